"""The evaluation of many variants at once: TCO and full cost of every option, and which variants are refused."""

import pickle
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from reportgen.binding.bound import Bound, bind
from reportgen.formula.comparison import first_lowest
from reportgen.formula.dependencies import dependencies
from reportgen.formula.evaluate import Evaluation
from reportgen.formula.nodes import Line
from reportgen.model import answer
from reportgen.model.evaluated import EvaluatedCase
from reportgen.model.options.options import Option
from reportgen.runtime.records import dataclass
from reportgen.schema.assumption_fields import MAX_MAGNITUDE
from reportgen.schema.case import Case
from reportgen.schema.usual_figures import UsualFigures
from reportgen.simulate.ranking import Ranking
from reportgen.simulate.variables import Event, Variables
from reportgen.uncertainty.variables import variables_of
from reportgen.variants.conditions import condition_limits
from reportgen.variants.grid import Array, Columns
from reportgen.variants.limits import AMOUNTS, Limit, all_limits, first_broken
from reportgen.variants.rows import Register, register_of

BATCH = 250
"""Variants that are evaluated at once: enough to be fast, few enough for the processor's cache."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What variants come to; NaN in those that are refused. Arrays have the shape (variants, options) or (variants,)."""

    tco: Array
    full_cost: Array
    recommended: NDArray[np.intp]
    """The place of the recommended option; -1 where none is eligible or the variant is refused."""
    lead: Array
    """By which share of the runner-up's full cost the recommended option is cheaper; NaN without a runner-up."""
    refused: NDArray[np.intp]
    """The place of the reason among the evaluator's; -1 where the variant is accepted."""


class Evaluator:
    """A case whose variants are evaluated; made once per process, and sent to others as its case."""

    def __init__(self, case: Case, usual: UsualFigures, paths: tuple[str, ...]) -> None:
        self.case, self.usual, self.paths = case, usual, paths

    def __reduce__(self) -> tuple[object, ...]:
        """Send the inputs alone; another process makes its own evaluator of them, once."""
        return _received, (pickle.dumps((self.case, self.usual, self.paths)),)

    @cached_property
    def _bound(self) -> Bound:
        return bind(self.case)

    @cached_property
    def _done(self) -> EvaluatedCase:
        return answer.evaluate(self._bound.lines, self._bound.values)

    @cached_property
    def options(self) -> tuple[Option, ...]:
        """Return the options of the model, in the order of the columns."""
        return tuple(self._done.case.options)

    @cached_property
    def eligible(self) -> tuple[bool, ...]:
        """Return whether each option meets the must-haves, which no variant changes."""
        return tuple(not option.outline.failed for option in self.options)

    @cached_property
    def _register(self) -> Register:
        return register_of(self.case, self._bound.assumptions)

    @cached_property
    def _limits(self) -> tuple[Limit, ...]:
        """Return the limits that variants may break: those that a varied path decides; the case itself keeps the others."""
        varied = frozenset(self.paths)
        moved = self._register.follows(varied)
        every = (
            *all_limits(self.case, self._register, self.usual, varied),
            *condition_limits(self.case, self._register),
        )
        return tuple(limit for limit in every if limit.paths & moved)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Return the reasons for which a variant may be refused, as sentences."""
        return (*(limit.reason for limit in self._limits), AMOUNTS)

    def evaluate(self, columns: Columns) -> Figures:
        """Evaluate variants in batches."""
        count = len(next(iter(columns.values())))
        parts = [
            self._batch({path: values[start : start + BATCH] for path, values in columns.items()})
            for start in range(0, count, BATCH)
        ]
        tco, full = (np.concatenate([part[place] for part in parts]) for place in (0, 1))
        amounts = np.hstack((tco, full))
        with np.errstate(invalid="ignore"):
            beyond = ~(np.isfinite(amounts) & (np.abs(amounts) <= MAX_MAGNITUDE)).all(axis=1)
        refused = first_broken(self._limits, self._register, columns, count)
        refused = np.where((refused < 0) & beyond, len(self._limits), refused)
        tco, full = (np.where(refused[:, None] < 0, amount, np.nan) for amount in (tco, full))
        return Figures(tco, full, *self._ranked(full, refused), refused)

    def _ranked(self, full: Array, refused: NDArray[np.intp]) -> tuple[NDArray[np.intp], Array]:
        """Return the place of the recommended option and its lead over the runner-up."""
        rows = np.arange(len(full))
        costs = np.where(np.array(self.eligible), np.nan_to_num(full, nan=np.inf), np.inf)
        best = first_lowest(costs)
        first = costs[rows, best]
        costs[rows, best] = np.inf
        second = costs[rows, first_lowest(costs)]
        with np.errstate(all="ignore"):
            lead = np.where(second != 0, 1 - first / second, np.where(first == 0, 0.0, np.nan))
        lead = np.where(np.isfinite(second), lead, np.nan)
        return np.where((refused < 0) & any(self.eligible), best, -1), lead

    def _batch(self, columns: Columns) -> tuple[Array, Array]:
        """Return TCO and full cost of some variants."""
        count = len(next(iter(columns.values())))
        shape = (count, len(self.options))
        return self._tco(columns, shape), np.broadcast_to(self._full_cost(columns), shape)

    @cached_property
    def _stated(self) -> Evaluation:
        stated = Evaluation({path: np.full((1, 1), value) for path, value in self._bound.values.items()})
        for option in self.options:
            stated[option.tco]  # fills the cache from which evaluations with changes start
        return stated

    @cached_property
    def _tco_dependencies(self) -> Mapping[Line, frozenset[str]]:
        return dependencies(*(option.tco for option in self.options))

    def _tco(self, columns: Columns, shape: tuple[int, int]) -> Array:
        """Return the TCO of every option: one run, the base case."""
        changed = {path: values[:, None] for path, values in columns.items()}
        some = self._stated.with_inputs(changed, changed.keys(), self._tco_dependencies)
        out = np.empty(shape)
        for place, option in enumerate(self.options):
            out[:, place] = np.broadcast_to(some[option.tco], (shape[0], 1))[:, 0]
        return out

    def _full_cost(self, columns: Columns) -> Array:
        """Return the full cost of every option, shape (variants or 1, options).

        The expected cost is linear in each probability: without the risks whose probability is varied, each of these adds its
        probability times its own effect.
        """
        events = {event.id: event for event in self._variables.events}
        chances = {path: values for path, values in columns.items() if path in self._risks}
        others = {path: values for path, values in columns.items() if path not in chances}
        if not chances:
            return self._ranking(tuple(events.values())).expected(others)
        varied = {self._risks[path] for path in chances}
        cost = self._ranking(tuple(event for event in events.values() if event.id not in varied)).expected(
            others
        )
        without = self._ranking(()).expected(others)
        for path, chance in chances.items():
            certain = self._ranking((replace(events[self._risks[path]], probability=1.0),))
            cost = cost + chance[:, None] * (certain.expected(others) - without)
        return cost

    @cached_property
    def _variables(self) -> Variables:
        return variables_of(self.case, self._bound.assumptions, self._done.case, self._done.values)

    @cached_property
    def _risks(self) -> dict[str, str]:
        """Return the id of each risk by the path of its probability."""
        return {risk.probability: risk.id for risk in self._done.case.outline.real_risks}

    @cached_property
    def _rankings(self) -> dict[tuple[Event, ...], Ranking]:
        return {}

    def _ranking(self, events: tuple[Event, ...]) -> Ranking:
        """Return the ranking on full cost where only some events may happen; kept, because it holds what does not vary."""
        if events not in self._rankings:
            costs = {option.key: option.core for option in self.options}
            self._rankings[events] = Ranking(replace(self._variables, events=events), costs)
        return self._rankings[events]


@lru_cache(maxsize=2)
def _received(content: bytes) -> Evaluator:
    """Return the evaluator of what another process sent; the same one for the same content."""
    return Evaluator(*pickle.loads(content))  # noqa: S301  sent by the process that started this one
