"""The library: load a case, evaluate it with other values, sweep over variants, build its pack; the commands use it too.

import reportgen as rg

case = rg.load("acme.yaml")
result = rg.evaluate(case, {"workload.tokens_per_month": 2000})
result.options["api"].tco
rg.sweep(case, {"workload.tokens_per_month": range(100, 100_100, 100)}).recommended
rg.build(case, "out")
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from reportgen.errors import InputError, Problem
from reportgen.formula.comparison import first_lowest
from reportgen.results.options import OptionResult
from reportgen.results.results import Results
from reportgen.runtime.records import dataclass
from reportgen.schema.assumptions import Assumption, assumptions, with_values
from reportgen.schema.case import Case
from reportgen.schema.loading.load import load_case, usual_figures
from reportgen.schema.loading.suggestions import suggestion

if TYPE_CHECKING:
    from reportgen.analysis import Analysis
    from reportgen.pipeline.build import Pack

Changes = Mapping[str, float]
"""Values of assumptions by their paths."""
Array = NDArray[np.float64]


@dataclass(frozen=True)
class LoadedCase:
    """A case as read from its file, and the values that were changed since; immutable."""

    case: Case
    file: Path
    changes: Changes = field(default_factory=dict)

    @cached_property
    def assumptions(self) -> dict[str, Assumption]:
        """Return the register: every assumption by its path."""
        return {row.path: row for row in assumptions(self.case)}

    @property
    def title(self) -> str:
        """Return the case's title."""
        return self.case.case.title

    def with_values(self, changes: Changes) -> "LoadedCase":
        """Return a copy with other values at some paths; InputError for an unknown path or a value out of bounds."""
        self.check(changes)
        changed = with_values(self.case, dict(changes))
        return LoadedCase(changed, self.file, {**self.changes, **changes})

    def check(self, changes: Mapping[str, float | Iterable[float]]) -> None:
        """Raise InputError for a path that is no input of the case, and for a value outside its bounds."""
        problems = []
        for path, values in changes.items():
            row = self.assumptions.get(path)
            if row is None or not row.is_input:
                hint = (
                    suggestion(path, self.assumptions)
                    if row is None
                    else " Its value comes from the price book: change the rate, whose path begins with prices."
                )
                problems.append(
                    Problem(str(self.file), 1, 1, path, "", f"This is no input of the case.{hint}", "path")
                )
                continue
            wrong = [
                value
                for value in (values if isinstance(values, Iterable) else (values,))
                if not row.bounds.contains(value)
            ]
            if wrong:
                problems.append(
                    Problem(
                        str(self.file),
                        1,
                        1,
                        path,
                        "",
                        f"{wrong[0]:g} is out of bounds; it must be {row.bounds.requirement}.",
                        "invalid-value",
                    )
                )
        if problems:
            raise InputError(problems)

    def _repr_html_(self) -> str:
        rows = [
            (
                row.path,
                row.label,
                row.unit.printed(row.value),
                row.unit.text(self.case.case.currency),
                row.source,
            )
            for row in self.assumptions.values()
            if row.given
        ]
        return _table(self.title, ("Path", "Assumption", "Value", "Unit", "Source"), rows)


@dataclass(frozen=True)
class Result:
    """What a case comes to."""

    analysis: "Analysis"

    @property
    def results(self) -> Results:
        """Return everything, as it stands in the results file."""
        return self.analysis.results

    @cached_property
    def options(self) -> dict[str, OptionResult]:
        """Return each option's figures by its key: tco, full_cost, pv, break_even and the others."""
        return {option.key: option for option in self.results.options}

    @property
    def recommended(self) -> str | None:
        """Return the key of the recommended option; None where none is eligible."""
        return self.results.recommended

    @property
    def verdict(self) -> str | None:
        """Return how sure the recommendation is, such as robust; None where fewer than two options are eligible."""
        return self.results.verdict

    def to_pandas(self) -> Any:
        """Return the options as a pandas table; ImportError where pandas is not installed."""
        import pandas as pd

        columns = ("name", "tco", "pv", "core", "full_cost", "run_rate", "cost_per_m_tokens", "eligible")
        return pd.DataFrame(
            [{name: getattr(one, name) for name in columns} for one in self.results.options],
            index=list(self.options),
        )

    def _repr_html_(self) -> str:
        currency = self.results.currency
        rows = [
            (
                f"{one.name}{' ←' if one.key == self.recommended else ''}",
                f"{one.tco:,.0f}",
                f"{one.full_cost:,.0f}",
                f"{one.cost_per_m_tokens:,.2f}",
                "yes" if one.eligible else "no",
            )
            for one in self.results.options
        ]
        heads = (
            "Option",
            f"TCO, {currency}",
            f"Full cost, {currency} PV",
            f"{currency} / M tokens",
            "Eligible",
        )
        return _table(f"{self.analysis.title}: {self.verdict}", heads, rows)


@dataclass(frozen=True)
class Sweep:
    """Many variants of a case, each a row: what was changed, and what each option comes to."""

    changes: Mapping[str, Array]
    """The values of the changed assumptions, shape (variants,)."""
    keys: tuple[str, ...]
    """The options, in the order of the columns."""
    tco: Array
    """Total cost of ownership, shape (variants, options)."""
    full_cost: Array
    """Full economic cost, which ranks them, shape (variants, options)."""
    lead: Array
    """By which share of the runner-up's full cost the recommended option is cheaper, shape (variants,); NaN without one."""
    eligible: tuple[bool, ...]
    refused: list[str]
    """Why a variant would be no case: a limit that it breaks; "" where it is one. The figures of refused variants are NaN."""

    @cached_property
    def recommended(self) -> list[str | None]:
        """Return the key of the recommended option in each variant; None where none is eligible, or the variant is refused."""
        if not any(self.eligible):
            return [None] * len(self.full_cost)
        costs = np.where(np.array(self.eligible), self.full_cost, np.inf)
        return [
            None if refused else self.keys[place]
            for place, refused in zip(first_lowest(costs), self.refused, strict=True)
        ]

    def __len__(self) -> int:
        """Return the number of variants."""
        return len(self.full_cost)

    def to_pandas(self) -> Any:
        """Return the variants as a pandas table; ImportError where pandas is not installed."""
        import pandas as pd

        costs = {f"full_cost.{key}": self.full_cost[:, place] for place, key in enumerate(self.keys)}
        tco = {f"tco.{key}": self.tco[:, place] for place, key in enumerate(self.keys)}
        found = {"recommended": self.recommended, "lead": self.lead, "refused": self.refused}
        return pd.DataFrame({**self.changes, **tco, **costs, **found})

    def _repr_html_(self) -> str:
        heads = (*self.changes, *(f"Full cost of {key}" for key in self.keys), "Recommended")
        shown = (
            range(len(self))
            if len(self) <= MOST_ROWS
            else [*range(MOST_ROWS // 2), *range(len(self) - MOST_ROWS // 2, len(self))]
        )
        rows = [
            (
                *(f"{values[row]:,.6g}" for values in self.changes.values()),
                *(f"{cost:,.0f}" for cost in self.full_cost[row]),
                self.recommended[row] or "none",
            )
            for row in shown
        ]
        return _table(f"{len(self)} variants", heads, rows)


MOST_ROWS = 20
"""Rows of a table that a notebook shows."""


def load(path: str | Path, prices: str | Path | None = None) -> LoadedCase:
    """Load a case with the price book that it names, or with `prices`.

    Raises:
        InputError: with every problem of the case, each with file, line, path, code and remedy.
    """
    file = Path(path)
    return LoadedCase(load_case(file, Path(prices) if prices else None, widen=True, limits=True), file)


def evaluate(case: LoadedCase | str | Path, changes: Changes | None = None) -> Result:
    """Evaluate a case, with other values at some paths: every figure that the results file has, simulation included.

    Raises:
        InputError: for an unknown path, or a value out of bounds.
    """
    from reportgen.actuals.recorded import analyse_with_actuals

    loaded = case if isinstance(case, LoadedCase) else load(case)
    changed = loaded.with_values(changes) if changes else loaded
    return Result(analyse_with_actuals(changed.case, changed.file))


def sweep(
    case: LoadedCase | str | Path, variants: Mapping[str, Iterable[float]] | Sequence[Changes]
) -> Sweep:
    """Evaluate many variants of a case at once: costs with expected risks, without simulation.

    `variants` maps paths to their values, one for each variant, or is a list of changes; what a variant does not name has the
    case's own value. A variant whose values are no case together, such as shares of more than the whole, is refused in the
    result, with the reason; the others are evaluated.

    Raises:
        InputError: for an unknown path, or a value out of bounds.
        ValueError: where paths have different numbers of values.
    """
    from reportgen.variants.evaluation import Evaluator

    loaded = case if isinstance(case, LoadedCase) else load(case)
    changes = _columns(loaded, variants)
    evaluator = Evaluator(loaded.case, usual_figures(loaded.file, loaded.case), tuple(changes))
    found = evaluator.evaluate(changes)
    refused = [evaluator.reasons[place] if place >= 0 else "" for place in found.refused]
    keys = tuple(option.key for option in evaluator.options)
    return Sweep(changes, keys, found.tco, found.full_cost, found.lead, evaluator.eligible, refused)


def _columns(
    case: LoadedCase, variants: Mapping[str, Iterable[float]] | Sequence[Changes]
) -> dict[str, Array]:
    """Return the values of every changed assumption, one for each variant."""
    if isinstance(variants, Mapping):
        out = {path: np.array(list(values), dtype=float) for path, values in variants.items()}
    else:
        paths = list(dict.fromkeys(path for one in variants for path in one))
        case.check({path: [] for path in paths})
        own = case.assumptions
        out = {
            path: np.array([one.get(path, own[path].value) for one in variants], dtype=float)
            for path in paths
        }
    if not out or not all(len(values) for values in out.values()):
        raise ValueError("A sweep needs at least one variant that changes something.")
    if len({len(values) for values in out.values()}) > 1:
        lengths = ", ".join(f"{path}: {len(values)}" for path, values in out.items())
        raise ValueError(f"Every path needs a value for each variant ({lengths}).")
    case.check({path: values.tolist() for path, values in out.items()})
    return out


def build(
    case: LoadedCase | str | Path,
    folder: str | Path = "out",
    *,
    force: bool = False,
    since: str | Path | None = None,
) -> "Pack":
    """Write workbook, paper and results file of a case into a folder; return their paths and the results.

    A case with changed values is first written there as YAML, each change with a note.

    Raises:
        InputError: before anything is written.
        SurroundingsError: where a file cannot be written, or a workbook there was edited (unless `force`).
    """
    from reportgen.pipeline.build import build as build_pack

    loaded = case if isinstance(case, LoadedCase) else load(case)
    file = _written(loaded, Path(folder)) if loaded.changes else loaded.file
    return build_pack(
        file, Path(folder), force=force, progress=lambda *_: None, since=Path(since) if since else None
    )


def _written(case: LoadedCase, folder: Path) -> Path:
    """Write a changed case beside its pack, with its price book; return its path."""
    from reportgen.adopt.case_text import CaseText
    from reportgen.files import read_text, replace_text
    from reportgen.schema.loading.load import book_path

    folder.mkdir(parents=True, exist_ok=True)
    stated = {row.path: row for row in assumptions(load_case(case.file, widen=True))}
    text = CaseText(read_text(case.file))
    for path, value in case.changes.items():
        row = stated[path]
        ends = {
            end: reach(number, value)
            for end, number, reach in (("low", row.low, min), ("high", row.high, max))
            if number is not None and reach(number, value) != number
        }
        note = f"{row.value:g} until it was changed by a program"
        text.set_assumption(path, {"value": value, **ends}, row.value, note)
    target = folder / case.file.name
    if target.resolve() == case.file.resolve():
        target = folder / f"{case.file.stem}-changed.yaml"
    replace_text(target, text.text)
    if (book := book_path(case.file, case.case)) and book.exists():
        replace_text(folder / book.name, read_text(book))
    return target


def _table(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return an HTML table for a notebook."""
    head = "".join(f"<th>{escape(one)}</th>" for one in heads)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f"<table><caption>{escape(title)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
