"""What an option displaces: the value of projects that its team does not deliver meanwhile."""

from typing import Any

from tests.oracle.excel import Months
from tests.oracle.inputs.case import Case, slug
from tests.oracle.run import Part, live, team_away

TEAMS = ("self_hosted", "on_prem")


def displaces(project: dict[str, Any], key: str) -> bool:
    """Say whether an option displaces a project: it is the one named, or one of those named."""
    named = project["option"]
    return key in ([named] if isinstance(named, str) else named)


def projects_of(case: Case, parts: list[Part]) -> list[dict[str, Any]]:
    """List the projects that at least one part displaces."""
    return [
        project
        for project in case.get("opportunity") or ()
        if any(displaces(project, part.key) for part in parts)
    ]


def opportunity(parts: list[Part]) -> Months:
    """Value what is displaced, each project once, in each month at the largest share that a part displaces."""
    run = parts[0].run
    found = [0.0 for _ in run.months()]
    for project in projects_of(run.case, parts):
        start = f"opportunity.{slug(project)}"
        value = run.known[f"{start}.monthly_value"] * run.known[f"{start}.confidence"]
        share = team_away if project["during"] == "deployment" else live
        shares = [share(part) for part in parts if displaces(project, part.key)]
        for i in range(run.H):
            found[i] += value * max(one[i] for one in shares)
    return found


def unnamed(parts: list[Part]) -> list[str]:
    """List the parts whose teams are busy while nobody has named a project that they displace."""
    case = parts[0].run.case
    return [part.key for part in parts if part.kind in TEAMS and not projects_of(case, [part])]
