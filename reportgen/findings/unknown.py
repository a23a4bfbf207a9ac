"""Findings on what a case leaves open: probabilities of 0 or 1, missing ranges, costs that nobody has estimated."""

from collections.abc import Iterator, Sequence

import numpy as np

from reportgen.casing import first_lower, first_upper
from reportgen.findings.review import Review
from reportgen.model.options.options import Option
from reportgen.results.checks import Finding
from reportgen.schema.assumptions import Assumption

TENTH = 0.1
MATTERS = 0.01
"""An assumption matters when a tenth more or less of it moves a full cost by this share."""
DEFINITIONS = ("workload.hours_per_month",)
"""What is agreed on, not estimated."""
NAMED = 3
"""So many are named in a sentence."""


def unknown(review: Review) -> Iterator[Finding]:
    """Find what is taken as certain, or as nothing."""
    yield from _risks(review)
    yield from _exits(review)
    yield from _ranges(review)
    yield from _not_estimated(review)


def _risks(review: Review) -> Iterator[Finding]:
    """Price a certain or impossible risk by the option that it moves most."""
    usual = review.usual.figures.probability
    for place, risk in enumerate(review.done.case.outline.real_risks):
        chance = review.value(risk.probability)
        if chance not in (0.0, 1.0):
            continue
        impact = {
            key: review.done.series(line)[place] for key, line in review.done.case.risks.impact_core.items()
        }
        hit = max(review.done.case.options, key=lambda option: abs(impact[option.key]))
        yield review.finding(
            "probability", usual, f'The risk "{risk.name}" has a probability of {review.percent(chance)}',
            option=hit, path=risk.probability, cost=impact[hit.key] * (1 if chance == 0.0 else -1),
            detail=f"{'If it happens' if chance == 0.0 else 'If it does not happen'}, {hit.outline.name} is moved most",
        )  # fmt: skip


def _exits(review: Review) -> Iterator[Finding]:
    """Price an exit that is held certain or impossible by the other of the two."""
    usual = review.usual.figures.probability
    for option in review.done.case.options:
        path = f"options.{option.key}.exit_probability"
        chance = review.done.values.get(path) if option.exit else None
        if chance in (0.0, 1.0):
            yield review.finding(
                "probability", usual, f"Leaving has a probability of {review.percent(chance)}",
                option=option, path=path, cost=review.wrong(option, {path: 1 - chance}),
                detail=f"Priced at {review.percent(1 - chance)} instead",
            )  # fmt: skip


def _ranges(review: Review) -> Iterator[Finding]:
    """Name the assumptions without a range that matter most."""
    usual = review.usual.figures.range
    stated = [row for row in review.rows.values() if _could_vary(row)]
    moves = {row.path: _moves(review, row) for row in stated if row.low is None or row.high is None}
    missing = sorted((path for path in moves if moves[path] > MATTERS), key=lambda path: -moves[path])
    if not missing:
        return
    named = ", ".join(_label(review, path) for path in missing[:NAMED])
    more = f" and {len(missing) - NAMED} more" if len(missing) > NAMED else ""
    none = all(row.low is None or row.high is None for row in stated)
    title = (
        "No assumption has a range"
        if none
        else f"{review.counted(len(missing), 'assumption')} that {'matters has' if len(missing) == 1 else 'matter have'} no range"
    )
    yield review.finding(
        "range", usual, title, path=missing[0],
        detail=f"A tenth more or less moves a full cost by over {review.percent(MATTERS)}: {named}{more}",
    )  # fmt: skip


def _could_vary(row: Assumption) -> bool:
    """Tell whether somebody stated a figure of which a tenth more or less makes sense."""
    return (
        row.given
        and row.reachable
        and row.value != 0
        and not row.bounds.whole
        and row.path not in DEFINITIONS
    )


def _moves(review: Review, row: Assumption) -> float:
    """Give the largest share by which a tenth more or less of an assumption moves an option's full cost."""
    points = (row.value * (1 - TENTH), row.value * (1 + TENTH))
    held = [value for value in points if row.bounds.hold(value, whole=False)]
    if not held or not review.ranking.reached(row.path):
        return 0.0
    costs = review.ranking.expected({row.path: np.array(held)})
    full = np.array([result.full_cost for result in review.results.values()])
    return float(np.max(np.abs(costs - full) / np.maximum(np.abs(full), 1.0)))


def _label(review: Review, path: str) -> str:
    """Name an assumption, that of an option with its short name."""
    row, parts = review.rows[path], path.split(".")
    owner = review.results[parts[1]].short_name if parts[0] == "options" else ""
    return f"{first_lower(row.label)} ({owner})" if owner else first_lower(row.label)


def _not_estimated(review: Review) -> Iterator[Finding]:
    usual = review.usual.figures.not_estimated
    for option in review.of_kind("self_hosted", "on_prem", "platform"):
        paths = review.results[option.key].not_estimated
        if paths:
            named = "; ".join(first_lower(review.rows[path].label) for path in paths)
            yield review.finding(
                "not_estimated", usual, f"{review.counted(len(paths), 'cost')} "
                f"{'is' if len(paths) == 1 else 'are'} not estimated",
                option=option, path=paths[0], detail=first_upper(named),
            )  # fmt: skip


def not_estimated(option: Option, rows: Sequence[Assumption]) -> tuple[str, ...]:
    """List the cost assumptions of a GPU option that were left at their default (MODEL, "What is not known").

    Drifts, discounts and the terms of a commitment are no costs: left out, they make nothing look cheaper.
    """
    if option.outline.kind == "api":
        return ()
    start = f"options.{option.key}."
    values = {row.path: row.value for row in rows}
    terms = ("_change", "_discount", "commitment_months", "termination_share")
    nobody = () if values[f"{start}hires"] else (f"{start}cost_per_hire",)
    return tuple(
        row.path
        for row in rows
        if row.path.startswith(start)
        and not row.given
        and not row.path.endswith(terms)
        and row.path not in nobody
    )
