"""Findings on completeness: probabilities of 0 or 1, missing ranges, costs left at their default."""

from collections.abc import Iterator, Sequence

import numpy as np

from reportgen.casing import first_lower, first_upper
from reportgen.findings.review import Review
from reportgen.model.options.options import Option
from reportgen.results.checks import Finding
from reportgen.schema.assumptions import Assumption

VARIATION = 0.1
MATERIAL_SHARE = 0.01
"""The change of a full cost, as a share, from which an assumption counts as material."""
DEFINITIONS = ("workload.hours_per_month",)
"""Assumptions that are conventions, not estimates."""
MOST_NAMED = 3
"""The number of assumptions named in a sentence, at most."""


def completeness_findings(review: Review) -> Iterator[Finding]:
    """Yield findings on what the case treats as certain or leaves out."""
    yield from _risks(review)
    yield from _exits(review)
    yield from _ranges(review)
    yield from _not_estimated(review)


def _risks(review: Review) -> Iterator[Finding]:
    """Yield a finding per certain or impossible risk, priced for the option that it affects most."""
    usual = review.usual.figures.probability
    for place, risk in enumerate(review.evaluated.case.outline.real_risks):
        probability = review.value(risk.probability)
        if probability not in (0.0, 1.0):
            continue
        impact = {
            key: review.evaluated.series(line)[place]
            for key, line in review.evaluated.case.risks.impact_core.items()
        }
        most_affected = max(review.evaluated.case.options, key=lambda option: abs(impact[option.key]))
        moved = (
            f"{most_affected.outline.name} is moved most"
            if impact[most_affected.key]
            else "no option costs more or less"
        )
        yield review.finding(
            "probability", usual, f'The risk "{risk.name}" has a probability of {review.percent(probability)}',
            option=most_affected if impact[most_affected.key] else None, path=risk.probability, cost=impact[most_affected.key] * (1 if probability == 0.0 else -1),
            detail=f"{'If it happens' if probability == 0.0 else 'If it does not happen'}, {moved}",
        )  # fmt: skip


def _exits(review: Review) -> Iterator[Finding]:
    """Yield a finding per exit with probability 0 or 1, priced at the complement."""
    usual = review.usual.figures.probability
    for option in review.evaluated.case.options:
        path = f"options.{option.key}.exit_probability"
        probability = review.evaluated.values.get(path) if option.exit else None
        if probability in (0.0, 1.0):
            yield review.finding(
                "probability", usual, f"Leaving has a probability of {review.percent(probability)}",
                option=option, path=path, cost=review.cost_difference(option, {path: 1 - probability}),
                detail=f"Priced at {review.percent(1 - probability)} instead",
            )  # fmt: skip


def _ranges(review: Review) -> Iterator[Finding]:
    """Yield one finding that names the most material assumptions without a range."""
    usual = review.usual.figures.range
    stated = [row for row in review.rows.values() if _is_estimated(row)]
    effects = {
        row.path: _largest_effect(review, row) for row in stated if row.low is None or row.high is None
    }
    missing = sorted(
        (path for path in effects if effects[path] > MATERIAL_SHARE), key=lambda path: -effects[path]
    )
    if not missing:
        return
    named = ", ".join(_label(review, path) for path in missing[:MOST_NAMED])
    more = f" and {len(missing) - MOST_NAMED} more" if len(missing) > MOST_NAMED else ""
    none = all(row.low is None or row.high is None for row in stated)
    title = (
        "No assumption has a range"
        if none
        else f"{review.counted(len(missing), 'assumption')} that {'matters has' if len(missing) == 1 else 'matter have'} no range"
    )
    yield review.finding(
        "range", usual, title, path=missing[0],
        detail=f"A tenth more or less moves a full cost by over {review.percent(MATERIAL_SHARE)}: {named}{more}",
    )  # fmt: skip


def _is_estimated(row: Assumption) -> bool:
    """Return whether an assumption is a stated estimate that can vary by `VARIATION`."""
    return (
        row.given
        and row.reachable
        and row.value != 0
        and not row.bounds.whole
        and row.path not in DEFINITIONS
    )


def _largest_effect(review: Review, row: Assumption) -> float:
    """Return the largest relative change of any option's full cost when an assumption varies by `VARIATION`."""
    points = (row.value * (1 - VARIATION), row.value * (1 + VARIATION))
    allowed = [value for value in points if row.bounds.contains(value, whole=False)]
    if not allowed or not review.ranking.depends_on(row.path):
        return 0.0
    costs = review.ranking.expected({row.path: np.array(allowed)})
    full = np.array([result.full_cost for result in review.results.values()])
    return float(np.max(np.abs(costs - full) / np.maximum(np.abs(full), 1.0)))


def _label(review: Review, path: str) -> str:
    """Return an assumption's label, with the option's short name where it belongs to one."""
    row, parts = review.rows[path], path.split(".")
    owner = review.results[parts[1]].short_name if parts[0] == "options" else ""
    return f"{first_lower(row.label)} ({owner})" if owner else first_lower(row.label)


def _not_estimated(review: Review) -> Iterator[Finding]:
    """Yield a finding per GPU option with costs left at their default."""
    usual = review.usual.figures.not_estimated
    for option in review.of_kind("self_hosted", "on_prem", "platform"):
        paths = review.results[option.key].not_estimated
        if paths:
            named = "; ".join(_with_usual(review, path) for path in paths)
            yield review.finding(
                "not_estimated", usual, f"{review.counted(len(paths), 'cost')} "
                f"{'is' if len(paths) == 1 else 'are'} not estimated",
                option=option, path=paths[0], detail=first_upper(named),
            )  # fmt: skip


def _with_usual(review: Review, path: str) -> str:
    """Return a cost's label, with its usual value where somebody has measured or printed one."""
    row, field = review.rows[path], review.usual.fields.get(path.rpartition(".")[2])
    if field is None or field.usual is None:
        return first_lower(row.label)
    usual = review.percent(field.usual) if row.unit.kind == "share" else review.number(field.usual)
    return f"{first_lower(row.label)} (usually {usual})"


def not_estimated(option: Option, rows: Sequence[Assumption]) -> tuple[str, ...]:
    """List the cost assumptions of a GPU option that were left at their default (MODEL, "What is not known").

    Drifts, discounts, credits, counts of tokens and the terms of a commitment are not costs and are excluded: leaving them
    out does not lower the total.
    """
    if option.outline.kind in ("api", "mix"):
        return ()
    start = f"options.{option.key}."
    values = {row.path: row.value for row in rows}
    terms = (
        "_change", "_discount", "_token_factor", "commitment_months", "termination_share", "credit",
        "prefix_cache_reach", "refresh_months",
    )  # fmt: skip
    nobody = () if values[f"{start}hires"] else (f"{start}cost_per_hire",)
    return tuple(
        row.path
        for row in rows
        if row.path.startswith(start)
        and not row.given
        and not row.path.endswith(terms)
        and row.path not in nobody
    )
