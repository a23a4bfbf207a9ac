"""What each option costs for every subset of the workloads, and what only the options used together cost: tables for the split.

A part's own cost depends on the option and on the workloads that it carries; interim staff and displaced projects depend
on which options are used, not on what each carries; a shortfall of an obligation on all that was paid (MODEL, "Mix").
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from reportgen import units
from reportgen.formula.evaluate import Evaluation
from reportgen.formula.nodes import Input, Line, Node, SumProduct, sum_terms
from reportgen.formula.runs import BASE, Run, active_values
from reportgen.model.case import BusinessCase
from reportgen.model.exit import exit_cost
from reportgen.model.opportunity import opportunity
from reportgen.model.options.builder import Selection, routing
from reportgen.model.options.ledger import own_account, paid_to
from reportgen.model.options.options import part_of
from reportgen.model.options.part import Part, PartBuilder
from reportgen.model.workload import VAT

Array = NDArray[np.float64]
SPLIT = "split"
"""The owner of the lines of parts that stand in no workbook."""


@dataclass(frozen=True)
class PartCosts:
    """The costs of parts by option and subset of the workloads, in the base case and in the run of each risk.

    `keys` are the options but mixes in the case's order. A subset is a number: workload n counts 2^n; 0 carries nothing
    and costs nothing. `own` has the shape (options, subsets, runs), `paid` (options, subsets, runs, obligations).
    """

    lines: BusinessCase
    values: Mapping[str, float]
    keys: tuple[str, ...]

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """Return the base case, then the run of each risk."""
        real = {risk.name for risk in self.lines.outline.real_risks}
        return (Run(BASE), *(run for run in self.lines.outline.purposes("risk") if run.name in real))

    @cached_property
    def weights(self) -> Array:
        """Return the weight of each run in the full cost: that of the base case is 1 less all chances."""
        chances = [self.values[risk.probability] for risk in self.lines.outline.real_risks]
        return np.array([1 - sum(chances), *chances])

    @cached_property
    def _inputs(self) -> dict[str, Array]:
        return {path: values[None] for path, values in active_values(self.values, self.runs).items()}

    @cached_property
    def base(self) -> Evaluation:
        """Evaluate what does not depend on what an option carries; arrays of shape (1, runs or 1, positions)."""
        return Evaluation(self._inputs)

    @cached_property
    def _tables(self) -> tuple[Array, Array]:
        workloads = tuple(one.key for one in self.lines.outline.workloads)
        subsets = np.arange(2 ** len(workloads))[:, None, None]
        flags = {routing(key): (subsets >> n & 1).astype(float) for n, key in enumerate(workloads)}
        evaluation = Evaluation({**self._inputs, **flags})
        shape = (len(subsets), len(self.runs))
        own = np.zeros((len(self.keys), *shape))
        paid = np.zeros((*own.shape, len(self._obligations)))
        for place, key in enumerate(self.keys):
            part = self._part(key, workloads)
            own[place] = np.broadcast_to(evaluation.node(self._core(part)), (*shape, 1))[..., 0]
            for number, (api, until, _) in enumerate(self._obligations):
                if terms := paid_to(part, api):
                    spent = evaluation[part.builder.monthly(f"paid_{api}", "", units.MONEY, sum_terms(terms))]
                    months = np.broadcast_to(spent, (*shape, self.months))[..., :until]
                    paid[place, ..., number] = months.sum(axis=-1)
        own[:, 0], paid[:, 0] = 0.0, 0.0
        return own, paid

    @property
    def own(self) -> Array:
        """Return what parts cost by themselves, on core."""
        return self._tables[0]

    @property
    def paid(self) -> Array:
        """Return what parts pay to each api that spend is owed to, up to the month in which it is due."""
        return self._tables[1]

    @property
    def months(self) -> int:
        """Return the number of months of the horizon."""
        return self.lines.shared.months.size

    @cached_property
    def _obligations(self) -> tuple[tuple[str, int, str], ...]:
        """Return the api, the month and the path of the amount of each obligation."""
        return tuple((one.option, one.until_month, one.amount) for one in self.lines.outline.obligations)

    def _part(self, key: str, workloads: tuple[str, ...]) -> Part:
        basis = self.lines.bases[key]
        selection = Selection(workloads, flagged=True)
        return part_of(PartBuilder(basis, basis.builder.part_of(SPLIT), selection, self.lines.bases))

    def _core(self, part: Part) -> Node:
        """Return a part's core without what is known of all parts together only."""
        account = own_account(part)
        costs = [line for lines in account.costs.values() for line in lines]
        monthly = part.builder.cost("own", "Own cost", sum_terms(costs) + Input(VAT) * account.taxed)
        core: Node = SumProduct(monthly, self.lines.shared.discount)
        left = exit_cost(part)
        return core + left.expected_pv if left else core

    def together(self, used: Sequence[int]) -> Array:
        """Return what the options used cost together, on core, by run: interim staff and displaced projects."""
        keys = [self.keys[place] for place in used]
        return self._staff(keys) + self._displaced(keys)

    def _staff(self, keys: Sequence[str]) -> Array:
        """Return the present value of the engineers of every api that serves until go-live, once however many use it."""
        total = np.zeros(len(self.runs))
        outlines = {key: self.lines.bases[key].builder.outline for key in keys}
        for api in {one.until_live for one in outlines.values() if one.until_live}:
            leaning = [key for key, one in outlines.items() if one.until_live == api]
            share = np.max([1 - self._by_month(self.lines.bases[key].timing.live) for key in leaning], axis=0)
            if api in keys:
                share = np.minimum(share, 1 - self._by_month(self.lines.bases[api].timing.live))
            engineers = self.base.node(self.lines.bases[api].builder.input("ongoing_fte"))[0]
            total = total + self._present(engineers * self._by_month(self.lines.shared.fte_month) * share)
        return np.asarray(total, dtype=float)

    def _displaced(self, keys: Sequence[str]) -> Array:
        """Return the present value of the projects that the options displace, each once, at the largest share."""
        shares: dict[str, list[Array]] = {}
        for found in (self._opportunities[key] for key in keys):
            for project, line in found.items():
                shares.setdefault(project, []).append(self._by_month(line))
        total = np.zeros(len(self.runs))
        for project, listed in shares.items():
            value = Input(f"opportunity.{project}.monthly_value") * Input(f"opportunity.{project}.confidence")
            total = total + self._present(self.base.node(value)[0] * np.max(listed, axis=0))
        return np.asarray(total, dtype=float)

    @cached_property
    def _opportunities(self) -> dict[str, Mapping[str, Line]]:
        """Return the share of each month in which an option displaces each of its projects."""
        found = {key: opportunity(self.lines.bases[key]) for key in self.keys}
        return {key: one.shares if one else {} for key, one in found.items()}

    def shortfalls(self, paid: Array) -> Array:
        """Return what is owed beyond what was paid, with its tax, on core, by run; `paid` of shape (..., runs, obligations)."""
        total: Array = np.zeros(paid.shape[:-1])
        tax = 1 + self.base.node(Input(VAT))[0, :, 0]
        for number, (_, until, amount) in enumerate(self._obligations):
            owed = np.maximum(0.0, self.base.node(Input(amount))[0, :, 0] - paid[..., number])
            total = total + owed * tax * self._by_month(self.lines.shared.discount)[:, until - 1]
        return np.asarray(total, dtype=float)

    def _by_month(self, line: Line) -> Array:
        return np.asarray(np.broadcast_to(self.base[line], (1, len(self.runs), self.months))[0])

    def _present(self, monthly: Array) -> Array:
        found = (monthly * self._by_month(self.lines.shared.discount)).sum(axis=-1)
        return np.asarray(np.broadcast_to(found, (len(self.runs),)))
