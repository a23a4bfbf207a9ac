"""A case file as text: assumptions, effects and risks changed at their place, with where the change came from."""

from collections.abc import Mapping

from ruamel.yaml.nodes import ScalarNode

from reportgen.schema.field_types import slug
from reportgen.schema.loading.yaml_text import Part, YamlText, number_text, quoted, scalars
from reportgen.schema.risks import OPERATIONS, Operation

RUNS = ("risks", "price_scenarios")
"""The parts of a case that have effects."""

Ends = Mapping[str, float]
"""New numbers of one assumption: any of value, low and high."""


class CaseText(YamlText):
    """The text of a case file, edited in place; comments, order and layout stay."""

    def change(self, path: str, ends: Ends, now: float, note: str) -> None:
        """Set ends of an assumption; `now` is the value it has, which a range alone needs beside it.

        KeyError where the part of the case that the path leads to is not there.
        """
        parts = tuple(path.split("."))
        parent = self.mapping(*parts[:-1])
        if not self.has(*parts):
            self.add(parent, f"{parts[-1]}: {_mapping({'value': now, **ends}, note)}")
        elif isinstance(found := self.at(*parts), ScalarNode):
            self.replace(found, _mapping({"value": now, **ends}, note))
        else:
            for end, number in ends.items():
                self.set_key(parts, end, number_text(number))
            self.set_key(parts, "note", quoted(self._noted(parts, note)))

    def set_number(self, parts: tuple[Part, ...], number: float, remark: str) -> None:
        """Set a number that has no room for a note; the remark stands behind it."""
        self.replace(self.at(*parts), number_text(number))
        self.remark(remark, *parts)

    def rename(self, parts: tuple[Part, ...], name: str, id_: str, remark: str) -> None:
        """Give a risk another name; its id stays, so that its paths do."""
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
        """Set, add or take out (None) what a run does to an assumption by one operation."""
        places, parts = self._effects(*run, path), (*run, "effects")
        place = next((n for n in places if self.has(*parts, n, operation)), None)
        if place is None:
            if amount is not None:
                self._add_effect(parts, path, operation, amount, remark)
        elif amount is not None:
            self.set_number((*parts, place, operation), amount, remark)
        else:
            self._drop(parts, place, operation)

    def add_risk(
        self,
        name: str,
        id_: str,
        probability: float,
        effects: Mapping[tuple[str, Operation], float],
        note: str,
    ) -> None:
        """Add a risk behind the others, with what it does and where it came from."""
        head = (
            f"name: {quoted(name)}",
            *((f"id: {id_}",) if slug(name) != id_ else ()),
            f"probability: {_mapping({'value': probability}, note)}",
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

    def rename_paths(self, renamed: Mapping[str, str]) -> None:
        """Write other paths wherever some stand by themselves, all at once."""
        for node in reversed([one for one in scalars(self.at()) if one.value in renamed]):
            self.replace(node, renamed[node.value])

    def runs_on(self, path: str) -> list[tuple[Part, Part]]:
        """List the runs that have an effect on an assumption."""
        runs = [(part, n) for part in RUNS if self.has(part) for n, _ in enumerate(self.items(part))]
        return [(part, run) for part, run in runs if self._effects(part, run, path)]

    def carry_on(self, before: str, after: str, remark: str) -> None:
        """Let every run do to one assumption what it does to another."""
        for part, run in self.runs_on(before):
            for place in self._effects(part, run, before):
                parts = (part, run, "effects", place)
                for operation in (name for name in OPERATIONS if self.has(*parts, name)):
                    amount = float(self._word(*parts, operation))
                    self.set_effect((part, run), after, operation, amount, remark)

    def drop_effects(self, path: str) -> None:
        """Take the effects on an assumption out of the runs that have others."""
        for part, run in self.runs_on(path):
            places = self._effects(part, run, path)
            if len(places) < len(self.items(part, run, "effects")):
                for place in reversed(places):
                    self.remove((part, run, "effects"), place)

    def _effects(self, part: Part, run: Part, path: str) -> list[int]:
        """Give the places of the effects of a run on an assumption."""
        every = self.items(part, run, "effects")
        return [n for n, _ in enumerate(every) if self._word(part, run, "effects", n, "assumption") == path]

    def _add_effect(
        self, parts: tuple[Part, ...], path: str, operation: Operation, amount: float, remark: str
    ) -> None:
        place = len(self.items(*parts))
        self.insert(parts, place, f"{{assumption: {path}, {operation}: {number_text(amount)}}}")
        self.remark(remark, *parts, place)

    def _drop(self, parts: tuple[Part, ...], place: int, operation: Operation) -> None:
        """Take one operation out of an effect, and the effect where it was the only one."""
        others = [name for name in OPERATIONS if name != operation and self.has(*parts, place, name)]
        if not others:
            self.remove(parts, place)
            return
        kept = "".join(f", {name}: {self._word(*parts, place, name)}" for name in others)
        path = self._word(*parts, place, "assumption")
        self.replace(self.at(*parts, place), f"{{assumption: {path}{kept}}}")

    def _word(self, *parts: Part) -> str:
        found = self.at(*parts)
        return str(found.value)

    def _noted(self, parts: tuple[Part, ...], note: str) -> str:
        """Put a note behind the one that is there."""
        before = self._word(*parts, "note") if self.has(*parts, "note") else ""
        return f"{before.rstrip('.')}. {note}" if before else note


def _mapping(ends: Ends, note: str) -> str:
    numbers = ", ".join(f"{end}: {number_text(number)}" for end, number in ends.items())
    return "{" + f"{numbers}, note: {quoted(note)}" + "}"
