"""A price book as text in which rates are corrected at their place: what a workbook that came back does to it."""

from collections.abc import Mapping
from datetime import date

from reportgen.prices.book_editor import NewRate
from reportgen.schema.loading.yaml_text import Part, YamlText, quoted


class BookText(YamlText):
    """The text of a price book, edited in place; comments, order and layout stay."""

    def add_source(self, key: str, title: str, retrieved: date) -> None:
        """Add a source behind the last one, on one line."""
        self.put(("sources",), key, f"{{title: {quoted(title)}, retrieved: {retrieved}}}")

    def change_rate(self, item: str, number: int, values: Mapping[str, str], note: str) -> None:
        """Set keys of a rate, and put a note behind the one that it has."""
        parts = ("items", item, "rates", number)
        for key, text in values.items():
            self.put(parts, key, text)
        self._note(parts, note)

    def insert_rate(self, number: int, rate: NewRate) -> None:
        """Add a rate to its item, at its place among the days."""
        self.insert(("items", rate.item, "rates"), number, rate.text)

    def remove_rate(self, item: str, number: int) -> None:
        """Take a rate out of an item that has others."""
        self.remove(("items", item, "rates"), number)

    def retire(self, item: str, day: date, note: str) -> None:
        """Set the last day on which an item can be bought."""
        self.put(("items", item), "retires", str(day))
        self.remark(note, "items", item, "retires")

    def _note(self, parts: tuple[Part, ...], note: str) -> None:
        before = str(getattr(self.at(*parts, "note"), "value", "")) if self.has(*parts, "note") else ""
        self.put(parts, "note", quoted(f"{before.rstrip('.')}. {note}" if before else note))
