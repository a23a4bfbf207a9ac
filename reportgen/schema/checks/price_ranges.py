"""Ranges beside prices of the book that a price has left: told, and widened for the run."""

from collections.abc import Iterator

from reportgen.schema.assumption_fields import Range, Stated
from reportgen.schema.case import Case
from reportgen.schema.schedules import Schedule, schedules, starting_price


def left_ranges(case: Case) -> Iterator[tuple[Schedule, Range, float]]:
    """Yield every price of the book that lies outside the range stated beside it: its schedule, range and value."""
    for schedule in schedules(case):
        stated = getattr(case.options[schedule.option], schedule.field, None)
        if isinstance(stated, Stated) or not isinstance(stated, Range):
            continue
        price = starting_price(schedule, case)
        if (stated.low is not None and price < stated.low) or (
            stated.high is not None and price > stated.high
        ):
            yield schedule, stated, price


def range_sentence(schedule: Schedule, stated: Range, price: float) -> str:
    """Tell that a price has left its range."""
    ends = " to ".join(f"{end:g}" for end in (stated.low, stated.high) if end is not None)
    return (
        f"{schedule.path}: {price:g} by the price book ({schedule.rates[0].item.id}), outside its range of {ends}; "
        f"the range is widened to it here. Look at the range again: build refuses it."
    )


def with_widened_ranges(case: Case) -> Case:
    """Return the case with each range widened to the price that has left it; the sentences stand in `widened`."""
    found = list(left_ranges(case))
    options = dict(case.options)
    for schedule, stated, price in found:
        ends = {
            "low": None if stated.low is None else min(stated.low, price),
            "high": None if stated.high is None else max(stated.high, price),
        }
        changed = {schedule.field: stated.model_copy(update=ends)}
        options[schedule.option] = options[schedule.option].model_copy(update=changed)
    return case.model_copy(update={"options": options}).with_widened(
        tuple(range_sentence(*one) for one in found)
    )
