"""The index of a batch: of every case what its pack was made from and how it was written, so that an unchanged one is not read.

One line of JSON for each pack, appended as soon as it is known; a later line of a case replaces an earlier one, and a line that
was cut off counts for nothing. So a batch that is ended, by whatever, goes on where it stopped.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, Literal

from reportgen.batch.program import program_digest
from reportgen.batch.stamps import Stamp, stamp
from reportgen.compare.portfolio import Answer, OptionAnswer
from reportgen.errors import SurroundingsError
from reportgen.files import replace_text, write_error
from reportgen.runtime.records import dataclass

NAME = ".batch-index.jsonl"
FORM = "reportgen.batch-index/1"
WASTE = 2
"""Lines for each pack from which on the index is written anew."""

Verdict = Literal["same", "inputs", "pack", "unknown"]
"""What the index says of a case: unchanged; made from other inputs; its pack was edited or is incomplete; nothing."""
Stamps = Mapping[str, Stamp]


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of one pack: the files it was made from by their paths, its own by their names, and its answer."""

    program: str
    inputs: Stamps
    pack: Stamps
    answer: Answer


def entry_of(inputs: Iterable[Path], pack: Iterable[Path], answer: Answer, since: int) -> Entry | None:
    """Return the entry of a pack; None where an input was saved after `since`, nanoseconds, or a file is gone.

    Why: it is not known then whether the pack was made before or after.
    """
    try:
        if any(path.stat().st_mtime_ns >= since for path in inputs):
            return None
        made_from = {str(path.resolve()): stamp(path) for path in inputs}
        return Entry(program_digest(), made_from, {path.name: stamp(path) for path in pack}, answer)
    except OSError:
        return None


class Index:
    """The index of an output folder, read once."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._path = folder, folder / NAME
        self._entries: dict[str, Entry] = {}
        lines = 0
        for line in self._lines():
            lines += 1
            if (found := _parsed(line)) is not None:
                self._entries[found[0]] = found[1]
        if lines > WASTE * max(len(self._entries), 100):
            self._compact()

    def verdict(self, case: Path) -> Verdict:
        """Return whether a pack is still what its case makes; only files whose state has changed are read."""
        entry = self._entries.get(case.stem)
        if entry is None:
            return "unknown"
        if str(case.resolve()) not in entry.inputs:
            return "unknown"
        if entry.program != program_digest():
            return "inputs"
        inputs = {path: found.still(Path(path)) for path, found in entry.inputs.items()}
        if not all(inputs.values()):
            return "inputs"
        pack = {name: found.still(self._folder / name) for name, found in entry.pack.items()}
        if not all(pack.values()):
            return "pack"
        now = Entry(entry.program, _found(inputs), _found(pack), entry.answer)
        if now != entry:
            self.add(case.stem, now)
        return "same"

    def answer(self, case: Path) -> Answer:
        """Return the answer of a pack that is the same."""
        return self._entries[case.stem].answer

    def knows(self, case: Path) -> bool:
        """Return whether a file has the content of a case that was built."""
        entry, path = self._entries.get(case.stem), str(case.resolve())
        return entry is not None and path in entry.inputs and entry.inputs[path].still(case) is not None

    def add(self, stem: str, entry: Entry | None) -> None:
        """Write what is known of a pack; nothing for None."""
        if entry is None:
            return
        self._entries[stem] = entry
        try:
            with self._path.open("a", encoding="utf-8") as file:
                file.write(_line(stem, entry))
        except OSError as error:
            raise SurroundingsError(write_error(self._path, error)) from error

    def _lines(self) -> list[str]:
        try:
            return self._path.read_text(encoding="utf-8").split("\n")
        except (OSError, UnicodeDecodeError):
            return []

    def _compact(self) -> None:
        replace_text(self._path, "".join(_line(stem, entry) for stem, entry in self._entries.items()))


def _found(stamps: Mapping[str, Stamp | None]) -> dict[str, Stamp]:
    return {name: found for name, found in stamps.items() if found}


def _line(stem: str, entry: Entry) -> str:
    """Return an entry as a line, begun with a line feed: what a killed batch left unfinished ends before it."""
    stamps = {
        name: {key: [one.digest, one.state] for key, one in found.items()}
        for name, found in (("inputs", entry.inputs), ("pack", entry.pack))
    }
    whole = {"form": FORM, "case": stem, "program": entry.program, **stamps, "answer": asdict(entry.answer)}
    return "\n" + json.dumps(whole, default=str, ensure_ascii=False, separators=(",", ":")) + "\n"


def _parsed(line: str) -> tuple[str, Entry] | None:
    """Return the case and the entry of a line; None where it is none of this form."""
    try:
        found = json.loads(line)
        if found["form"] != FORM:
            return None
        inputs, pack = _stamps(found["inputs"]), _stamps(found["pack"])
        return str(found["case"]), Entry(found["program"], inputs, pack, _answer(found["answer"]))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _stamps(found: Mapping[str, Any]) -> dict[str, Stamp]:
    return {key: Stamp(digest, tuple(state) if state else None) for key, (digest, state) in found.items()}


def _answer(found: dict[str, Any]) -> Answer:
    options = tuple(OptionAnswer(**option) for option in found["options"])
    lists = {
        "options": options,
        "findings": tuple(found["findings"]),
        "date": date.fromisoformat(found["date"]),
    }
    return Answer(**{**found, **lists})
