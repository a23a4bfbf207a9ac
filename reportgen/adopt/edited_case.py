"""The case of an edited workbook: the case that it carries, updated with its input cells."""

from collections.abc import Iterator, Mapping, Sequence

from reportgen.adopt.reading.risk_rows import with_all_risks
from reportgen.adopt.three_way import is_number
from reportgen.errors import InputError, Problem
from reportgen.model.outline import spare_risks
from reportgen.schema.assumption_fields import bare_value
from reportgen.schema.assumptions import with_values
from reportgen.schema.case import Case
from reportgen.schema.field_types import slug
from reportgen.schema.loading.load import case_of
from reportgen.schema.risks import Effect, Operation, Risk, Scenario
from reportgen.workbook.read import EditableCell, EditedEffect, EditedRisk, EditedWorkbook


def issued_case(book: EditedWorkbook) -> Case:
    """Load the case that a workbook carries, as it was issued."""
    return case_of(book.case, str(book.path), book.prices)


def current_case(book: EditedWorkbook) -> Case:
    """Return the carried case with the current values of the input cells; raises InputError where one is no number."""
    case = issued_case(book)
    book = with_all_risks(book, case)
    moved = {path: cell for path, cell in book.values.items() if cell.changed and ".spare_" not in path}
    case = with_values(case, _as_numbers(book, moved))
    return _with_risks(case, book)


def _as_numbers(book: EditedWorkbook, cells: Mapping[str, EditableCell]) -> dict[str, float]:
    """Convert cells to numbers; raises one InputError with a problem for every cell that holds no number."""
    problems = [
        Problem(
            str(book.path),
            1,
            1,
            path,
            "",
            f"{one.cell} holds {one.now!r}, which is no number; it was {one.issued}.",
        )
        for path, one in cells.items()
        if not is_number(one.now)
    ]
    if problems:
        raise InputError(problems)
    return {path: float(str(one.now)) for path, one in cells.items()}


def _with_risks(case: Case, book: EditedWorkbook) -> Case:
    """Return the case with the names, probabilities and effects of the workbook's risks, added risks included."""
    known, spare = book.risks[: len(case.risks)], book.risks[len(case.risks) :]
    probabilities = _as_numbers(
        book,
        {f"risks.{r.id}.probability": row.probability for r, row in zip(case.risks, known, strict=False)},
    )
    risks = [
        risk.model_copy(update={"name": row.name, "effects": _effects(book, risk, row.name)})
        for risk, row in zip(case.risks, known, strict=False)
    ]
    case = case.model_copy(
        update={
            "risks": (*risks, *_added_risks(book, spare)),
            "price_scenarios": tuple(
                scenario.model_copy(update={"effects": _effects(book, scenario, scenario.name)})
                for scenario in case.price_scenarios
            ),
        }
    )
    return with_values(
        case, {path: value for path, value in probabilities.items() if _differs(case, path, value)}
    )


def _differs(case: Case, path: str, value: float) -> bool:
    own = {f"risks.{risk.id}.probability": risk.probability.value for risk in case.risks}
    return own[path] != value


def _effects(book: EditedWorkbook, scenario: Scenario, name: str) -> tuple[Effect, ...]:
    """Return a scenario's effects as the workbook has them; the scenario's own where they are unchanged."""
    rows = [row for row in book.effects if row.complete and row.run in (name, scenario.name)]
    before = {(e.assumption, o): a for e in scenario.effects for o, a in e.amounts.items()}
    now = {(row.path, row.operation): row.amount.now for row in rows}
    return scenario.effects if now == before or not rows else tuple(_effects_from_rows(book, rows))


def _effects_from_rows(book: EditedWorkbook, rows: Sequence[EditedEffect]) -> Iterator[Effect]:
    amounts = _as_numbers(book, {f"{row.path} {row.operation}": row.amount for row in rows})
    paths = dict.fromkeys(row.path for row in rows)
    for path in paths:
        own: dict[Operation, float] = {
            row.operation: amounts[f"{path} {row.operation}"]  # type: ignore[misc]
            for row in rows
            if row.path == path
        }
        yield Effect(assumption=path, **own)


def _added_risks(book: EditedWorkbook, spare: Sequence[EditedRisk]) -> Iterator[Risk]:
    """Yield the risks that were added in spare rows: those with a probability above 0 and at least one effect."""
    own = [risk.name for risk in spare_risks()]
    for row, name in zip(spare, own, strict=False):
        rows = [effect for effect in book.effects if effect.complete and effect.run in (name, row.name)]
        probability = _as_numbers(book, {row.name: row.probability})[row.name]
        if probability and rows:
            yield Risk(
                name=row.name,
                id=slug(row.name),
                probability=bare_value(probability),
                effects=tuple(_effects_from_rows(book, rows)),
            )
