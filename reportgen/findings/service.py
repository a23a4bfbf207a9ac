"""Findings on service: paid before its first work comes, and rules that do not hold until go-live."""

from collections.abc import Iterator, Sequence

from reportgen.findings.review import Review
from reportgen.formula.nodes import Line
from reportgen.model.answer import EvaluatedCase
from reportgen.model.options.ledger import Account
from reportgen.model.options.options import Option
from reportgen.results.checks import Finding
from reportgen.results.options import Exemption

IN_SERVICE = ("compute", "supporting", "ongoing", "other")
BEFORE = ("one_off", "recruitment", "residual")
"""Lines of those categories that are not paid for service: in the first month or for what is left at the end."""


def service_findings(review: Review) -> Iterator[Finding]:
    """Yield findings on the time around go-live."""
    for option in review.evaluated.case.options:
        for account in option.ledger.accounts:
            yield from _late_start(review, option, account)
        yield from _exemptions(review, option)


def _late_start(review: Review, option: Option, account: Account) -> Iterator[Finding]:
    """Yield a finding on what a service costs from go-live to the month before its first workload begins."""
    workloads = {one.key: one for one in review.evaluated.case.outline.workloads}
    starts = {key: review.value(workloads[key].path("starts_month")) for key in account.part.workloads}
    first = min(starts, key=lambda key: starts[key])
    live = review.evaluated.series(account.part.basis.timing.live)
    idle = [month for month in range(int(starts[first]) - 1) if live[month] > 0]
    monthly = _monthly(review, account)
    paid = [monthly[month] if month in idle else 0.0 for month in range(len(live))]
    if sum(paid) <= 0:
        return
    name = _name(option, account)
    yield review.finding(
        "late_start", review.usual.figures.late_start,
        f"{name or 'It'} is ready {review.counted(len(idle), 'month')} before its first work comes",
        option=option, path=workloads[first].path("starts_month"), cost=-review.present(paid),
        detail=f"From go-live to month {starts[first] - 1:g} it costs {review.money(sum(paid))}; a later go-live would save that",
    )  # fmt: skip


def _monthly(review: Review, account: Account) -> list[float]:
    """Return what the service of an account costs by month: all its lines but one-off costs and tax."""
    lines: Sequence[Line] = [
        line
        for category in IN_SERVICE
        for line in account.entered.get(category, ())
        if line.key.rpartition(".")[2] not in BEFORE
    ]
    return [sum(values) for values in zip(*map(review.evaluated.series, lines), strict=True)]


def _exemptions(review: Review, option: Option) -> Iterator[Finding]:
    """Yield a finding per must-have that does not hold until go-live."""
    for one in review.results[option.key].exemptions:
        api = review.results[one.api].name
        yield review.finding(
            "must_have", review.usual.figures.must_have,
            f'Until go-live the must-have "{one.requirement}" is not met',
            option=option, detail=f"{api} does not meet it, and serves for {review.counted(round(one.months, 2), 'month')}",
        )  # fmt: skip


def exemptions(evaluated: EvaluatedCase, option: Option) -> tuple[Exemption, ...]:
    """Return the must-haves that an eligible option does not meet until go-live, each for as long as any part needs it."""
    found: dict[tuple[str, str], float] = {}
    for part in option.ledger.parts:
        api = part.builder.outline.until_live
        months = evaluated.number(part.basis.timing.go_live)
        if option.outline.failed or api is None or months <= 0:
            continue
        for rule in evaluated.case.outline.requirements:
            if rule.must and not rule.met_by[api] and set(rule.workloads) & set(part.workloads):
                found[rule.name, api] = max(months, found.get((rule.name, api), 0.0))
    return tuple(Exemption(name, api, months) for (name, api), months in found.items())


def _name(option: Option, account: Account) -> str:
    """Return the short name of a part of a mix; nothing where the option stands for itself."""
    return account.part.builder.outline.short_name if option.outline.routes else ""
