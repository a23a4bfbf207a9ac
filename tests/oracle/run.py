"""One run of a case, and a part of it: one option that carries some of the workloads."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from tests.oracle.excel import Months, excel_round, grow, overlap
from tests.oracle.inputs.assumptions import Effect, active
from tests.oracle.inputs.book import price_steps
from tests.oracle.inputs.case import Case, horizon, workload_names, workload_path


@dataclass(frozen=True, slots=True)
class Run:
    """A case with the assumptions of one run, and the assumptions that were clipped to a bound."""

    case: Case
    known: Mapping[str, float]
    clipped: tuple[str, ...]
    H: int
    memo: dict[Any, Any] = field(default_factory=dict, repr=False)

    def months(self) -> range:
        """List the month numbers 1..H."""
        return range(1, self.H + 1)

    def discount(self, m: int) -> float:
        """Discount the end of month m at the yearly rate."""
        return float((1.0 + self.known["finance.discount_rate"]) ** (-m / 12.0))

    def present(self, amounts: Months) -> float:
        """Add up the present value of a line."""
        return sum(amount * self.discount(m) for m, amount in enumerate(amounts, start=1))

    def workload(self, name: str, what: str) -> float:
        """Give an assumption of a workload."""
        return self.known[f"{workload_path(self.case, name)}.{what}"]


@dataclass(frozen=True, slots=True)
class Part:
    """An option that carries some workloads: all of them where the option stands for itself."""

    run: Run
    key: str
    carried: tuple[str, ...]

    @property
    def option(self) -> dict[str, Any]:
        """Give the option as written."""
        found: dict[str, Any] = self.run.case["options"][self.key]
        return found

    @property
    def kind(self) -> str:
        """Give the option's kind."""
        return str(self.option["kind"])

    @property
    def in_use(self) -> bool:
        """Say whether the option is an api that carries the workload already."""
        return self.kind == "api" and self.option.get("until_live") == self.key

    def has(self, what: str) -> bool:
        """Say whether an assumption of the option has a value."""
        return f"options.{self.key}.{what}" in self.run.known

    def of(self, what: str) -> float:
        """Give an assumption of the option; 0 for one that its kind does not have."""
        return self.run.known.get(f"options.{self.key}.{what}", 0.0)

    def beside(self, key: str) -> "Part":
        """Give another option that carries the same workloads."""
        return Part(self.run, key, self.carried)

    def each(self) -> Iterator[int]:
        """Go through the months."""
        return iter(self.run.months())


def start(
    case: Case,
    effects: Sequence[Effect] = (),
    combined: bool = False,
    drawn: Mapping[str, float] | None = None,
) -> Run:
    """Begin a run of the case under these effects (`active` says what `combined` and `drawn` are)."""
    known, clipped = active(case, effects, combined, drawn)
    return Run(case, known, tuple(clipped), horizon(case))


def parts_of(run: Run, key: str) -> list[Part]:
    """List an option's parts: itself with every workload, or what the routes of a mix name, in the case's order."""
    option = run.case["options"][key]
    if option["kind"] != "mix":
        return [Part(run, key, tuple(workload_names(run.case)))]
    return routed(run, option["routes"])


def routed(run: Run, routes: Mapping[str, str]) -> list[Part]:
    """List the parts that routes name, in the case's order."""
    found = []
    for key in run.case["options"]:
        carried = tuple(name for name in workload_names(run.case) if routes[name] == key)
        if carried:
            found.append(Part(run, key, carried))
    return found


Line = Callable[[Part], Any]


def once(line: Line) -> Line:
    """Keep what a line of a part comes to, so that it is computed once per run."""

    @wraps(line)
    def kept(part: Part) -> Any:
        memo, name = part.run.memo, (line, part.key, part.carried)
        if name not in memo:
            memo[name] = line(part)
        return memo[name]

    return kept


@once
def lead(part: Part) -> float:
    """Compute when what was ordered is there, in months."""
    return excel_round(part.of("lead_time_months"))


@once
def go_live(part: Part) -> float:
    """Compute g, the fractional month of going live."""
    return excel_round(lead(part) + part.of("deployment_months"))


@once
def stable(part: Part) -> float:
    """Compute when the service is stable; g for kinds without stabilisation."""
    return excel_round(go_live(part) + part.of("stabilisation_months"))


@once
def live(part: Part) -> Months:
    """Compute the share of each month in service."""
    return [overlap(go_live(part), part.run.H, m) for m in part.each()]


@once
def team_away(part: Part) -> Months:
    """Compute the share of each month in deployment and stabilisation: the team does nothing else."""
    return [overlap(lead(part), stable(part), m) for m in part.each()]


@once
def deploying(part: Part) -> Months:
    """Compute the share of each month in deployment."""
    return [overlap(lead(part), go_live(part), m) for m in part.each()]


@once
def fte_month(part: Part) -> Months:
    """Cost one engineer for each month, without the premium."""
    known = part.run.known
    plain = known["people.loaded_cost_per_fte"] / 12.0
    return [plain * grow(known["people.wage_growth"], m) for m in part.each()]


@once
def team_month(part: Part) -> Months:
    """Cost one engineer of the option's team for each month: plain for an api, with specialists for all others."""
    known = part.run.known
    premium = 1.0 + known["people.specialist_share"] * known["people.ml_premium"]
    return [cost * (1.0 if part.kind == "api" else premium) for cost in fte_month(part)]


def price(part: Part, what: str, change: str) -> Months:
    """Follow a price through its announced steps and its drift."""
    steps = price_steps(part.run.case, part.run.known, part.key, what)
    return [part.of(what) * steps[m - 1] * grow(part.of(change), m) for m in part.each()]
