"""A part: an option that carries some workloads, with the lines that depend on which; an option by itself carries all."""

from collections.abc import Mapping
from dataclasses import field

from reportgen import units
from reportgen.formula.nodes import Line, Node, Previous, Term, maximum, minimum
from reportgen.model.options.basis import Basis, Costs
from reportgen.model.options.builder import OptionBuilder, Selection
from reportgen.runtime.records import dataclass


@dataclass(frozen=True, slots=True)
class Sizing:
    """The machines of a part: its load, the replicas and GPUs that serve it, and the share of the work served here."""

    load: Line
    needed: Line
    replicas: Line
    gpus: Line
    served: Line | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Purchases:
    """What owned machines cost and are worth: purchases, what was paid so far, worth, and the residual at the horizon."""

    bought: Line
    worth: Line
    residual: Line


@dataclass(frozen=True, slots=True)
class Part:
    """The lines of an option that depend on the workloads it carries.

    `fleet` is the monthly cost of keeping the service up, without engineers and supporting infrastructure (an api's own
    bill); `charged` is an api's own compute after credit.
    """

    basis: Basis
    builder: OptionBuilder
    workloads: tuple[str, ...]
    drivers: tuple[Line, ...]
    costs: Costs
    fleet: Node
    supporting: Line | None = None
    charged: Node | None = None
    spill: Line | None = None
    interim_usage: Line | None = None
    sizing: Sizing | None = None
    owned: Purchases | None = None

    @property
    def key(self) -> str:
        """Return the key of the option that it is a part of."""
        return self.basis.key

    @property
    def all_costs(self) -> Costs:
        """Return its lines of cost by category, with those that it has whatever it carries."""
        both = (self.costs, self.basis.costs)
        names = dict.fromkeys(name for costs in both for name in costs)
        return {name: tuple(line for costs in both for line in costs.get(name, ())) for name in names}


Apis = Mapping[str, Basis]
"""The api options of a case by key."""


@dataclass(frozen=True, slots=True)
class PartBuilder:
    """A builder of the lines of a part: its option, its workloads, the api options, and the keys of its lines."""

    basis: Basis
    builder: OptionBuilder
    selection: Selection
    apis: Apis
    _usage: dict[str, Line] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """Return whether it carries every workload, whatever a run says."""
        every = len(self.builder.shared.workloads)
        return len(self.selection.workloads) == every and not self.selection.flagged

    def carried(self, name: str, label: str, unit: units.Unit) -> Line:
        """Return the sum over its workloads of the load on its machines, or of its own usage."""
        return self._added(self.basis.by_workload, name, label, unit)

    def _added(self, by_workload: Mapping[str, Line], name: str, label: str, unit: units.Unit) -> Line:
        """Return the sum of a line over its workloads: the line itself where there is one."""

        def define(total: Node) -> Line:
            return self.builder.monthly(name, label, unit, total)

        return self.selection.line(by_workload, define)

    def usage_of(self, api: str) -> Line:
        """Return the usage of an api option for the workloads carried here."""
        basis = self.apis[api]
        if self.is_whole:
            assert basis.usage is not None
            return basis.usage
        if api not in self._usage:
            label = f"{basis.builder.outline.short_name}: usage for the same work"
            self._usage[api] = self._added(basis.by_workload, f"usage_{api}", label, units.MONEY)
        return self._usage[api]

    def usage_lines(self) -> tuple[Line, ...]:
        """Return the lines of usage that were defined for this part alone."""
        return tuple(line for line in self._usage.values() if line.key.startswith(self.builder.key("")))

    def interim_usage(self) -> Line | None:
        """Define the usage of the api that serves until go-live; None where there is none (MODEL, "All kinds")."""
        api = self.builder.outline.until_live
        if api is None:
            return None
        name = self.apis[api].builder.outline.short_name
        usage = self.usage_of(api) * (1 - self.basis.timing.live)
        return self.builder.cost("interim_usage", f"{name} until go-live", usage)

    def spill(self, served: Line | None) -> Line | None:
        """Define what an api charges for what the machines do not serve; None without a cap (MODEL, "Hybrid")."""
        api = self.builder.outline.spill_to
        if served is None or api is None:
            return None
        beyond = self.usage_of(api) * (1 - served) * self.basis.timing.live
        return self.builder.cost("spill", "Tokens beyond the cap", beyond)

    def credited(self, bill: Term) -> tuple[tuple[Line, Line], Line]:
        """Define the bills and the credit used so far, and what it pays each month (MODEL, "All kinds": vendor credit)."""
        billed = self.builder.monthly("billed", "Bills so far", units.MONEY, Previous() + maximum(0, bill))
        used = self.builder.monthly(
            "credit_used", "Credit used so far", units.MONEY, minimum(self.builder.input("credit"), billed)
        )
        return (billed, used), self.builder.cost("credited", "Paid by credit", Previous(used) - used)
