"""The case that a workbook stands for now: the one it carries, with what its input cells hold."""

from collections.abc import Iterator, Mapping, Sequence

from reportgen.adopt.three_way import is_number
from reportgen.errors import InputError, Problem
from reportgen.model.outline import spare_risks
from reportgen.schema.assumption_fields import bare_value
from reportgen.schema.assumptions import with_values
from reportgen.schema.case import Case
from reportgen.schema.field_types import slug
from reportgen.schema.loading.load import case_of
from reportgen.schema.risks import Effect, Operation, Risk, Scenario
from reportgen.workbook.read import EditedEffect, EditedRisk, Returned, Typed


def issued_case(book: Returned) -> Case:
    """Read the case that a workbook carries, as it was issued."""
    return case_of(book.case, str(book.path), book.prices)


def current_case(book: Returned) -> Case:
    """Give the case with what the workbook's cells hold now; InputError where one of them holds no number."""
    case = issued_case(book)
    moved = {path: typed for path, typed in book.values.items() if typed.changed and ".spare_" not in path}
    case = with_values(case, _numbers(book, moved))
    return _with_register(case, book)


def _numbers(book: Returned, typed: Mapping[str, Typed]) -> dict[str, float]:
    """Turn cells into numbers, all that hold none told at once."""
    problems = [
        Problem(
            str(book.path),
            1,
            1,
            path,
            "",
            f"{one.cell} holds {one.now!r}, which is no number; it was {one.issued}.",
        )
        for path, one in typed.items()
        if not is_number(one.now)
    ]
    if problems:
        raise InputError(problems)
    return {path: float(str(one.now)) for path, one in typed.items()}


def _with_register(case: Case, book: Returned) -> Case:
    """Give the case with the risks' names, probabilities and effects as the workbook has them, spare rows included."""
    known, spare = book.risks[: len(case.risks)], book.risks[len(case.risks) :]
    chances = _numbers(
        book,
        {f"risks.{r.id}.probability": row.probability for r, row in zip(case.risks, known, strict=False)},
    )
    risks = [
        risk.model_copy(update={"name": row.name, "effects": _effects(book, risk, row.name)})
        for risk, row in zip(case.risks, known, strict=False)
    ]
    case = case.model_copy(
        update={
            "risks": (*risks, *_added(book, spare)),
            "price_scenarios": tuple(
                scenario.model_copy(update={"effects": _effects(book, scenario, scenario.name)})
                for scenario in case.price_scenarios
            ),
        }
    )
    return with_values(case, {path: value for path, value in chances.items() if _moved(case, path, value)})


def _moved(case: Case, path: str, value: float) -> bool:
    own = {f"risks.{risk.id}.probability": risk.probability.value for risk in case.risks}
    return own[path] != value


def _effects(book: Returned, scenario: Scenario, name: str) -> tuple[Effect, ...]:
    """Give a scenario's effects as the workbook has them; its own where nothing there was changed."""
    rows = [row for row in book.effects if row.whole and row.run in (name, scenario.name)]
    before = {(e.assumption, o): a for e in scenario.effects for o, a in e.amounts.items()}
    now = {(row.path, row.operation): row.amount.now for row in rows}
    return scenario.effects if now == before or not rows else tuple(_written(book, rows))


def _written(book: Returned, rows: Sequence[EditedEffect]) -> Iterator[Effect]:
    amounts = _numbers(book, {f"{row.path} {row.operation}": row.amount for row in rows})
    paths = dict.fromkeys(row.path for row in rows)
    for path in paths:
        own: dict[Operation, float] = {
            row.operation: amounts[f"{path} {row.operation}"]  # type: ignore[misc]
            for row in rows
            if row.path == path
        }
        yield Effect(assumption=path, **own)


def _added(book: Returned, spare: Sequence[EditedRisk]) -> Iterator[Risk]:
    """Give the risks that finance added in spare rows: those with a probability above 0 and effects."""
    own = [risk.name for risk in spare_risks()]
    for row, name in zip(spare, own, strict=False):
        rows = [effect for effect in book.effects if effect.whole and effect.run in (name, row.name)]
        chance = _numbers(book, {row.name: row.probability})[row.name]
        if chance and rows:
            yield Risk(
                name=row.name,
                id=slug(row.name),
                probability=bare_value(chance),
                effects=tuple(_written(book, rows)),
            )
