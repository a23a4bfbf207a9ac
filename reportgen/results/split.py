"""The best split of the workloads over the options."""

from reportgen.runtime.records import dataclass


@dataclass(frozen=True, slots=True)
class Split:
    """An assignment of every workload to an option, and its full cost as a mix."""

    routes: dict[str, str]
    """The option that carries each workload."""
    full_cost: float


@dataclass(frozen=True, slots=True)
class WithoutRequirement:
    """The best split without one must-have; None where there are more assignments than are searched, or none."""

    requirement: str
    best: Split | None


@dataclass(frozen=True, slots=True)
class BestSplit:
    """The search of the best split; as issued, it never changes the recommendation among the options stated."""

    assignments: int
    """How many meet the must-haves."""
    limit: int
    """With more than so many nothing is searched."""
    searched: bool
    best: Split | None
    """The one of lowest full cost; None where nothing was searched, or nothing meets the must-haves."""
    five: tuple[Split, ...]
    """The best five, lowest first."""
    best_stated: str | None
    """The eligible option of lowest full cost."""
    lead: float | None
    """Share of the best stated option's full cost by which the best split is cheaper; None where that alone is 0."""
    without: tuple[WithoutRequirement, ...]
    """What the best costs without each must-have, also where nothing meets all of them."""
    as_yaml: str
    """The mix to add to the case's options; empty where one option alone carries all."""
