"""In-place corrections of the rates in a price book's text, as adopting an edited workbook needs them."""

from collections.abc import Mapping
from datetime import date

from reportgen.prices.book_editor import NewRate
from reportgen.schema.loading.yaml_text import Part, YamlText, quoted


class BookText(YamlText):
    """The text of a price book, edited in place; comments, order and layout are preserved."""

    def add_source(self, key: str, title: str, retrieved: date) -> None:
        """Append a source in flow style."""
        self.set_key(("sources",), key, f"{{title: {quoted(title)}, retrieved: {retrieved}}}")

    def change_rate(self, item: str, number: int, values: Mapping[str, str], note: str) -> None:
        """Set keys of a rate and append a note to its existing one."""
        parts = ("items", item, "rates", number)
        for key, text in values.items():
            self.set_key(parts, key, text)
        self._note(parts, note)

    def insert_rate(self, number: int, rate: NewRate) -> None:
        """Insert a rate into its item at index `number`."""
        self.insert(("items", rate.item, "rates"), number, rate.text)

    def remove_rate(self, item: str, number: int) -> None:
        """Remove a rate from an item that has others."""
        self.remove(("items", item, "rates"), number)

    def retire(self, item: str, day: date, note: str) -> None:
        """Set the last day on which an item can be bought, with a note as comment."""
        self.set_key(("items", item), "retires", str(day))
        self.remark(note, "items", item, "retires")

    def _note(self, parts: tuple[Part, ...], note: str) -> None:
        before = str(getattr(self.at(*parts, "note"), "value", "")) if self.has(*parts, "note") else ""
        self.set_key(parts, "note", quoted(f"{before.rstrip('.')}. {note}" if before else note))
