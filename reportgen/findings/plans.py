"""Findings on optimistic plans: utilisation, deployment time, engineers, exit."""

from collections.abc import Iterator

from reportgen.casing import first_upper
from reportgen.findings.review import Review
from reportgen.results.checks import Finding

SHARE, PREMIUM = "people.specialist_share", "people.ml_premium"


def plan_findings(review: Review) -> Iterator[Finding]:
    """Yield findings on plans that are more optimistic than the reference figures."""
    yield from _utilisation(review)
    yield from _deployment(review)
    yield from _operation(review)
    yield from _premium(review)
    yield from _exit(review)
    yield from _displaced(review)


def _utilisation(review: Review) -> Iterator[Finding]:
    figures = review.usual.figures
    for option in review.of_kind("self_hosted", "on_prem", "platform"):
        path = f"options.{option.key}.utilisation"
        planned = review.value(path)
        usual = figures.running_utilisation if option.outline.billed == "second" else figures.utilisation
        if planned > usual.limit:
            yield review.finding(
                "utilisation", usual, f"A utilisation of {review.percent(planned)} is planned",
                option=option, path=path, cost=review.cost_difference(option, {path: usual.figure}),
                detail=f"Priced at {review.percent(usual.figure)} instead",
            )  # fmt: skip


def _deployment(review: Review) -> Iterator[Finding]:
    usual = review.usual.figures.deployment_months
    for option in review.of_kind("self_hosted", "on_prem"):
        path = f"options.{option.key}.deployment_months"
        planned = review.value(path)
        if planned < usual.limit:
            yield review.finding(
                "deployment_time", usual, f"Deployment is planned to take {review.counted(planned, 'month')}",
                option=option, path=path, cost=_cost_of_delay(review, option.key, path, usual.figure),
                detail=f"Priced at {review.counted(usual.figure, 'month')} instead",
            )  # fmt: skip


def _cost_of_delay(review: Review, key: str, path: str, months: float) -> float | None:
    """Return the cost of a later go-live; None where no API serves the workload until then."""
    option = next(option for option in review.evaluated.case.options if option.key == key)
    return review.cost_difference(option, {path: months}) if option.outline.until_live else None


def _operation(review: Review) -> Iterator[Finding]:
    usual = review.usual.figures.ongoing_fte
    for option in review.of_kind("self_hosted", "on_prem"):
        path = f"options.{option.key}.ongoing_fte"
        planned = review.value(path)
        if planned < usual.limit:
            yield review.finding(
                "operation", usual, f"{_team_size(review, planned)} is planned to run it",
                option=option, path=path, cost=review.cost_difference(option, {path: usual.figure}),
                detail=f"Priced at {review.counted(usual.figure, 'engineer')} instead",
            )  # fmt: skip


def _team_size(review: Review, engineers: float) -> str:
    return f"Only {review.number(engineers)} of an engineer" if engineers else "Nobody"


def _premium(review: Review) -> Iterator[Finding]:
    """Yield a finding per GPU option whose engineers carry no ML premium."""
    usual, share = review.usual.figures.ml_premium, review.usual.figures.specialist_share
    if review.value(PREMIUM) > usual.limit and review.value(SHARE) > share.limit:
        return
    changes = {
        PREMIUM: review.value(PREMIUM) or usual.figure,
        SHARE: review.value(SHARE) or share.figure,
    }
    for option in review.of_kind("self_hosted", "on_prem"):
        yield review.finding(
            "premium", usual, "Its engineers cost no premium",
            option=option, path=PREMIUM, cost=review.cost_difference(option, changes),
            detail=f"Priced at {review.percent(changes[PREMIUM])} on {review.percent(changes[SHARE])} of the team instead",
        )  # fmt: skip


def _exit(review: Review) -> Iterator[Finding]:
    """Yield a finding per option whose exit costs nothing or is unknown; a mix is left as its parts are."""
    usual = review.usual.figures.exit
    for option in review.of_kind("api", "self_hosted", "on_prem", "platform"):
        curve = review.results[option.key].exit_curve
        if curve is None:
            title = "Nobody has estimated what leaving costs"
        elif not any(curve):
            title = "Leaving costs nothing"
        else:
            continue
        yield review.finding(
            "exit", usual, title, option=option, path=f"options.{option.key}.exit_probability"
        )


def _displaced(review: Review) -> Iterator[Finding]:
    """Yield a finding per option that takes engineers away from no project."""
    usual = review.usual.figures.displaced
    for option in review.of_kind("api", "self_hosted", "on_prem", "platform"):
        path = f"options.{option.key}.deployment_fte"
        deploying, operating = review.value(path), review.value(f"options.{option.key}.ongoing_fte")
        if option.outline.projects or max(deploying, operating) < usual.limit:
            continue
        yield review.finding(
            "displaced", usual, "Its engineers displace nothing",
            option=option, path=path,
            detail=f"{first_upper(_engineers(review, deploying))} during deployment and {_engineers(review, operating)} in operation, "
            "and no project that they would have delivered instead",
        )  # fmt: skip


def _engineers(review: Review, count: float) -> str:
    return review.counted(count, "engineer") if count else "none"
