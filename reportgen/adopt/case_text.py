"""The text of a case file: assumptions, effects and risks are edited in place, each with a note of its origin."""

from collections.abc import Mapping

from ruamel.yaml.nodes import ScalarNode

from reportgen.schema.field_types import slug
from reportgen.schema.loading.yaml_text import Part, YamlText, number_text, quoted, scalars
from reportgen.schema.risks import OPERATIONS, Operation

RUNS = ("risks", "price_scenarios")
"""The lists of a case whose entries have effects."""

NewNumbers = Mapping[str, float]
"""New numbers of one assumption: any of value, low and high."""


class CaseText(YamlText):
    """An editor of a case file's text that keeps comments, order and layout."""

    def set_assumption(self, path: str, numbers: NewNumbers, now: float | None, note: str) -> None:
        """Set numbers of an assumption; `now` is its current value, written beside a range where the file states no value.

        A price of the book has no value of its own: `now` is None.

        Raises KeyError where the parent of the path is not in the file.
        """
        parts = tuple(path.split("."))
        stated = numbers if now is None else {"value": now, **numbers}
        if parts[0] == "workload" and not self.has("workload"):
            self.add(self.mapping(), f"workload:\n  {parts[1]}: {_flow_mapping(stated, note)}")
            return
        parent = self.mapping(*parts[:-1])
        if not self.has(*parts):
            self.add(parent, f"{parts[-1]}: {_flow_mapping(stated, note)}")
        elif isinstance(found := self.at(*parts), ScalarNode):
            self.replace(found, _flow_mapping(stated, note))
        else:
            factor = self._factor(parts, now)
            for end, number in numbers.items():
                self.set_key(parts, end, number_text(float(f"{number / factor:.12g}")))
            self.set_key(parts, "note", quoted(self._append_note(parts, note)))

    def set_texts(self, path: str, texts: Mapping[str, str], now: float | None, note: str) -> None:
        """Set texts of an assumption by their field, and append a note; `now` is its value, None for a price of the book.

        Raises KeyError where the parent of the path is not in the file.
        """
        parts = tuple(path.split("."))
        stated = {} if now is None else {"value": number_text(now)}
        written = {field: text if field == "as_of" else quoted(text) for field, text in texts.items()}
        if not self.has(*parts) or isinstance(self.at(*parts), ScalarNode):
            noted = {"note": quoted(note)} if note else {}
            flow = "{" + ", ".join(f"{k}: {v}" for k, v in (stated | written | noted).items()) + "}"
            if self.has(*parts):
                self.replace(self.at(*parts), flow)
            elif parts[0] == "workload" and not self.has("workload"):
                self.add(self.mapping(), f"workload:\n  {parts[1]}: {flow}")
            else:
                self.add(self.mapping(*parts[:-1]), f"{parts[-1]}: {flow}")
            return
        for field, text in written.items():
            self.set_key(parts, field, text)
        if note:
            self.set_key(parts, "note", quoted(self._append_note(parts, note)))

    def set_number(self, parts: tuple[Part, ...], number: float, remark: str) -> None:
        """Set a plain number, which cannot have a note; the remark is written as a comment on its line."""
        self.replace(self.at(*parts), number_text(number))
        self.remark(remark, *parts)

    def set_account(self, category: str, account: str | None, remark: str) -> None:
        """Set the account that a category of cost is booked to; None takes it out."""
        parts: tuple[Part, ...] = ("finance", "accounts")
        if account is None:
            self._remove_account(category)
        elif self.has(*parts):
            self.set_key(parts, category, quoted(account))
            self.remark(remark, *parts, category)
        else:
            self.add(self.mapping("finance"), f"accounts: {{{category}: {quoted(account)}}}")

    def _remove_account(self, category: str) -> None:
        """Rewrite the accounts without that of a category."""
        found = self.mapping("finance", "accounts")
        kept = {key.value: value.value for key, value in found.value if key.value != category}
        pairs = ", ".join(f"{key}: {quoted(account)}" for key, account in kept.items())
        self.replace(found, f"{{{pairs}}}")

    def rename(self, parts: tuple[Part, ...], name: str, id_: str, remark: str) -> None:
        """Rename a risk; its id is kept (and written, where it was derived from the name), so its paths stay valid."""
        risk = self.mapping(*parts)
        key = next(key for key, _ in risk.value if key.value == "name")
        between = ", " if risk.flow_style else f"   # {remark}\n{' ' * key.start_mark.column}"
        stays = "" if self.has(*parts, "id") else f"{between}id: {id_}"
        self.replace(self.at(*parts, "name"), f"{quoted(name)}{stays}")

    def set_effect(
        self,
        run: tuple[Part, Part],
        path: str,
        operation: Operation,
        amount: float | None,
        remark: str,
    ) -> None:
        """Set or add the amount of one operation of a run on an assumption; None removes it."""
        places, parts = self._effects(*run, path), (*run, "effects")
        place = next((n for n in places if self.has(*parts, n, operation)), None)
        if place is None:
            if amount is not None:
                self._add_effect(parts, path, operation, amount, remark)
        elif amount is not None:
            self.set_number((*parts, place, operation), amount, remark)
        else:
            self._remove_operation(parts, place, operation)

    def add_risk(
        self,
        name: str,
        id_: str,
        probability: float,
        effects: Mapping[tuple[str, Operation], float],
        note: str,
    ) -> None:
        """Append a risk with its probability, its effects and a note."""
        head = (
            f"name: {quoted(name)}",
            *((f"id: {id_}",) if slug(name) != id_ else ()),
            f"probability: {_flow_mapping({'value': probability}, note)}",
        )
        rows = [f"{{assumption: {path}, {what}: {number_text(a)}}}" for (path, what), a in effects.items()]
        lines = (*head, "effects:", *(f"  - {row}" for row in rows))
        flow = "{" + ", ".join((*head, f"effects: [{', '.join(rows)}]")) + "}"
        if self.has("risks") and (count := len(self.items("risks"))):
            self.insert(("risks",), count, flow, lines)
        elif self.has("risks"):
            self.replace(self.at("risks"), f"[{flow}]")
        else:
            self.add(
                self.mapping(), "\n".join(["risks:", f"  - {lines[0]}", *(f"    {x}" for x in lines[1:])])
            )

    def rename_paths(self, renamed_paths: Mapping[str, str]) -> None:
        """Replace every scalar that is a key of `renamed_paths` by its value, in one pass."""
        for node in reversed([one for one in scalars(self.at()) if one.value in renamed_paths]):
            self.replace(node, renamed_paths[node.value])

    def runs_affecting(self, path: str) -> list[tuple[Part, Part]]:
        """Return the runs (list and position) that have an effect on an assumption."""
        runs = [(part, n) for part in RUNS if self.has(part) for n, _ in enumerate(self.items(part))]
        return [(part, run) for part, run in runs if self._effects(part, run, path)]

    def copy_effects(self, before: str, after: str, remark: str) -> None:
        """Copy the effects that every run has on assumption `before` to assumption `after`."""
        for part, run in self.runs_affecting(before):
            for place in self._effects(part, run, before):
                parts = (part, run, "effects", place)
                for operation in (name for name in OPERATIONS if self.has(*parts, name)):
                    amount = float(self._scalar(*parts, operation))
                    self.set_effect((part, run), after, operation, amount, remark)

    def remove_effects(self, path: str) -> None:
        """Remove the effects on an assumption from the runs that have other effects too."""
        for part, run in self.runs_affecting(path):
            places = self._effects(part, run, path)
            if len(places) < len(self.items(part, run, "effects")):
                for place in reversed(places):
                    self.remove((part, run, "effects"), place)

    def _effects(self, part: Part, run: Part, path: str) -> list[int]:
        """Return the positions of a run's effects on an assumption."""
        every = self.items(part, run, "effects")
        return [n for n, _ in enumerate(every) if self._scalar(part, run, "effects", n, "assumption") == path]

    def _add_effect(
        self, parts: tuple[Part, ...], path: str, operation: Operation, amount: float, remark: str
    ) -> None:
        place = len(self.items(*parts))
        self.insert(parts, place, f"{{assumption: {path}, {operation}: {number_text(amount)}}}")
        self.remark(remark, *parts, place)

    def _remove_operation(self, parts: tuple[Part, ...], place: int, operation: Operation) -> None:
        """Remove one operation of an effect, and the whole effect where it has no other."""
        others = [name for name in OPERATIONS if name != operation and self.has(*parts, place, name)]
        if not others:
            self.remove(parts, place)
            return
        kept = "".join(f", {name}: {self._scalar(*parts, place, name)}" for name in others)
        path = self._scalar(*parts, place, "assumption")
        self.replace(self.at(*parts, place), f"{{assumption: {path}{kept}}}")

    def _scalar(self, *parts: Part) -> str:
        found = self.at(*parts)
        return str(found.value)

    def _factor(self, parts: tuple[Part, ...], now: float | None) -> float:
        """Return the factor between an assumption in its own unit and as the file writes it, 1 where it names no unit."""
        if not (self.has(*parts, "unit") and self.has(*parts, "value")):
            return 1.0
        try:
            written = float(self._scalar(*parts, "value"))
        except ValueError:  # a volume as text, such as 6B
            return 1.0
        return now / written if written and now else 1.0

    def _append_note(self, parts: tuple[Part, ...], note: str) -> str:
        """Return the existing note with `note` appended."""
        before = self._scalar(*parts, "note") if self.has(*parts, "note") else ""
        return f"{before.rstrip('.')}. {note}" if before else note


def _flow_mapping(numbers: NewNumbers, note: str) -> str:
    pairs = ", ".join(f"{end}: {number_text(number)}" for end, number in numbers.items())
    return "{" + f"{pairs}, note: {quoted(note)}" + "}"
