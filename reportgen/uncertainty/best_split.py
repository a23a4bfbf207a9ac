"""The best split: every assignment of workloads to options that meets the must-haves, each at the cost of its mix."""

from collections.abc import Mapping, Sequence
from math import prod

import numpy as np
from numpy.typing import NDArray

from reportgen.formula.comparison import first_lowest
from reportgen.formula.lines import SplitSearch
from reportgen.model.case import BusinessCase
from reportgen.model.options.split import split_lines
from reportgen.model.outline import Outline, RequirementOutline
from reportgen.results.options import OptionResult
from reportgen.results.split import BestSplit, Split, WithoutRequirement
from reportgen.runtime.records import dataclass
from reportgen.uncertainty.part_costs import PartCosts, split_runs

Array = NDArray[np.float64]
Choices = NDArray[np.intp]

LIMIT = 4096
"""The largest number of assignments that are evaluated (MODEL, "The best split")."""
SHOWN = 5
KEY = "best_split"


def best_split(
    lines: BusinessCase, values: Mapping[str, float], options: Sequence[OptionResult]
) -> BestSplit | None:
    """Search every assignment that meets the must-haves; None where the case has one workload.

    With more than `LIMIT` of them nothing is searched.
    """
    outline = lines.outline
    if len(outline.workloads) < 2:
        return None
    rules, keys = _must_haves(outline), _parts(outline)
    search = _Search(outline, PartCosts(lines, values, keys))
    count = search.count(rules)
    eligible = [option for option in options if option.eligible]
    stated = (
        eligible[int(first_lowest(np.array([option.full_cost for option in eligible])))] if eligible else None
    )
    five = search.lowest(rules, SHOWN) if 0 < count <= LIMIT else ()
    best = five[0] if five else None
    return BestSplit(
        count, LIMIT, count <= LIMIT, best, five, stated.key if stated else None,
        _lead(best.full_cost, stated.full_cost) if best and stated else None,
        tuple(_without(search, rules, rule) for rule in rules), _as_yaml(outline, best) if best else "",
    )  # fmt: skip


def split_search(lines: BusinessCase, found: BestSplit | None) -> SplitSearch | None:
    """Return the lines and rules by which a split that was found can be found again; None where none was.

    Options that may carry no workload are left out.
    """
    if found is None or found.best is None:
        return None
    outline, every = lines.outline, _parts(lines.outline)
    rules = _must_haves(outline)
    possible = {place for places in _carriers(outline, every, rules) for place in places}
    keys = tuple(key for place, key in enumerate(every) if place in possible)
    return SplitSearch(
        keys, tuple(map(tuple, _carriers(outline, keys, rules))), tuple(run.name for run in split_runs(outline)),
        tuple(risk.probability for risk in outline.real_risks),
        split_lines(lines.shared, lines.bases, lines.options, keys),
    )  # fmt: skip


def _must_haves(outline: Outline) -> tuple[RequirementOutline, ...]:
    """Return the requirements that every assignment meets."""
    return tuple(rule for rule in outline.requirements if rule.must)


def _parts(outline: Outline) -> tuple[str, ...]:
    """Return the options that workloads are assigned to: all but mixes."""
    return tuple(option.key for option in outline.options if not option.routes)


def _carriers(outline: Outline, keys: Sequence[str], rules: Sequence[RequirementOutline]) -> list[list[int]]:
    """Return the places of the options that may carry each workload: those that meet every rule that is about it."""
    return [
        [
            place
            for place, key in enumerate(keys)
            if all(rule.met_by[key] for rule in rules if not rule.workloads or one.key in rule.workloads)
        ]
        for one in outline.workloads
    ]


def _lead(cost: float, other: float) -> float | None:
    """Return the lead over another cost: 0 where both are 0, None where that alone is."""
    if other:
        return 1 - cost / other
    return None if cost else 0.0


def _without(
    search: "_Search", rules: Sequence[RequirementOutline], left_out: RequirementOutline
) -> WithoutRequirement:
    """Return the best split without one must-have; None where there are too many, or none."""
    rest = [rule for rule in rules if rule is not left_out]
    found = search.lowest(rest, 1) if 0 < search.count(rest) <= LIMIT else ()
    return WithoutRequirement(left_out.name, found[0] if found else None)


@dataclass(frozen=True)
class _Search:
    """The assignments of a case and what they cost; an assignment is a row of places of options, one per workload."""

    outline: Outline
    costs: PartCosts

    def allowed(self, rules: Sequence[RequirementOutline]) -> list[list[int]]:
        """Return the options that may carry each workload: those that meet every rule that is about it."""
        return _carriers(self.outline, self.costs.keys, rules)

    def count(self, rules: Sequence[RequirementOutline]) -> int:
        """Return how many assignments meet the rules."""
        return prod(len(places) for places in self.allowed(rules))

    def lowest(self, rules: Sequence[RequirementOutline], number: int) -> tuple[Split, ...]:
        """Return the assignments of lowest full cost that meet the rules; of equal ones the first, the first workload slowest."""
        grids = np.meshgrid(*self.allowed(rules), indexing="ij")
        choices = np.stack([grid.ravel() for grid in grids], axis=-1)
        full = self.full_costs(choices)
        found = []
        for _ in range(min(number, len(full))):
            place = int(first_lowest(full))
            routes = {
                one.key: self.costs.keys[chosen]
                for one, chosen in zip(self.outline.workloads, choices[place], strict=True)
            }
            found.append(Split(routes, float(full[place])))
            full[place] = np.inf
        return tuple(found)

    def full_costs(self, choices: Choices) -> Array:
        """Return the full cost of each assignment, risks run again; shape (assignments,)."""
        powers = 1 << np.arange(choices.shape[1])
        count, runs = len(self.costs.keys), len(self.costs.runs)
        subsets = np.stack([((choices == place) * powers).sum(axis=1) for place in range(count)], axis=-1)
        core = np.zeros((len(choices), runs))
        paid = np.zeros((len(choices), *self.costs.paid.shape[2:]))
        for place in range(count):
            core += self.costs.own[place, subsets[:, place]]
            paid += self.costs.paid[place, subsets[:, place]]
        used, places = np.unique(((subsets > 0) << np.arange(count)).sum(axis=1), return_inverse=True)
        core += self.costs.together(used)[places]
        return np.asarray((core + self.costs.shortfalls(paid)) @ self.costs.weights)


def _as_yaml(outline: Outline, split: Split) -> str:
    """Write an assignment as a mix to add to the case's options; empty where one option alone carries all."""
    if len(set(split.routes.values())) == 1:
        return ""
    taken = {option.key for option in outline.options}
    key = next(name for name in (KEY, *(f"{KEY}_{n}" for n in range(2, 10))) if name not in taken)
    routes = ", ".join(f"{workload}: {option}" for workload, option in split.routes.items())
    return f"{key}:\n  kind: mix\n  name: Best split\n  routes: {{{routes}}}\n"
