"""Structural differences between two cases: horizon, workloads, options, risks, obligations, projects, requirements."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Literal

from reportgen.runtime.records import dataclass
from reportgen.schema.case import Case, Requirement
from reportgen.schema.options import GpuOption, Mix, Option
from reportgen.schema.risks import Scenario
from reportgen.schema.schedules import migrations, price_item_id, schedules
from reportgen.units import counted

Kind = Literal["added", "gone", "changed"]


@dataclass(frozen=True, slots=True)
class Structural:
    """One change that is no number: which part of the case it is, and a sentence that says it."""

    part: str
    kind: Kind
    sentence: str


def structure_changes(old: Case, new: Case) -> tuple[Structural, ...]:
    """List the structural changes, in the order of the case file."""
    return (
        *_horizon(old, new), *_workloads(old, new), *_options(old, new), *_risks(old, new), *_obligations(old, new),
        *_projects(old, new), *_requirements(old, new),
    )  # fmt: skip


def risks_with_changed_effects(old: Case, new: Case) -> frozenset[str]:
    """Return the ids of risks in both cases whose effects differ."""
    before, after = ({risk.id: risk for risk in case.risks} for case in (old, new))
    return frozenset(
        id_ for id_ in before.keys() & after.keys() if _effects_of(before[id_]) != _effects_of(after[id_])
    )


def rescheduled_projects(old: Case, new: Case) -> frozenset[str]:
    """Return the ids of displaced projects in both cases whose option or period differs."""
    before, after = ({p.id: (p.option, p.during) for p in case.opportunity} for case in (old, new))
    return frozenset(id_ for id_ in before.keys() & after.keys() if before[id_] != after[id_])


def redefined_obligations(old: Case, new: Case) -> frozenset[str]:
    """Return the ids of obligations in both cases that are owed to another option, or by another month."""
    before, after = ({o.id: (o.option, o.until_month) for o in case.obligations} for case in (old, new))
    return frozenset(id_ for id_ in before.keys() & after.keys() if before[id_] != after[id_])


def _effects_of(scenario: Scenario) -> dict[tuple[str, str], float]:
    return {
        (effect.assumption, operation): amount
        for effect in scenario.effects
        for operation, amount in effect.amounts.items()
    }


def _horizon(old: Case, new: Case) -> Iterator[Structural]:
    now = counted(new.finance.years, "year")
    facts = (
        ("finance.years", f"The horizon is {now}, it was {{0}}.", old.finance.years, new.finance.years),
        ("finance.start", "The first month is {1:%Y-%m}, it was {0:%Y-%m}.", old.finance.start, new.finance.start),
        ("case.currency", "Amounts are in {1}, they were in {0}.", old.case.currency, new.case.currency),
        ("baseline", "The baseline is {1}, it was {0}.", old.baseline, new.baseline),
        ("finance.fiscal_year_start", "Fiscal years begin in {1}, they began in {0}.",
         _fiscal_start(old), _fiscal_start(new)),
        ("finance.depreciation_years", "Machines are depreciated over {1}, before over {0}.",
         _depreciation(old), _depreciation(new)),
    )  # fmt: skip
    for part, sentence, before, after in facts:
        if before != after:
            yield Structural(part, "changed", sentence.format(before, after))


def _fiscal_start(case: Case) -> str:
    month = case.finance.fiscal_year_start
    return f"month {month} of the calendar" if month else "the month of the start"


def _depreciation(case: Case) -> str:
    years = case.finance.depreciation_years
    return counted(years, "year") if years else "no stated time"


def _workloads(old: Case, new: Case) -> Iterator[Structural]:
    yield from _added_and_removed("workloads", "Workload", _workload_names(old), _workload_names(new))


def _workload_names(case: Case) -> dict[str, str]:
    """Return the names of the workloads by key; of a case with a single one, that."""
    return {key: workload.name for key, workload in case.workloads.items()} or {"w": "the single one"}


def _options(old: Case, new: Case) -> Iterator[Structural]:
    yield from _added_and_removed("options", "Option", _names(old), _names(new))
    for key, after in new.options.items():
        if key in old.options:
            for part, sentence in _option_changes(old.options[key], after):
                yield Structural(f"options.{key}.{part}", "changed", f"{after.name}: {sentence}")
            if _rate_dates(old, key) != _rate_dates(new, key):
                sentence = (
                    f"{after.name}: its rates apply, or its model is followed by another, on other days."
                )
                yield Structural(f"options.{key}.days", "changed", sentence)


def _rate_dates(case: Case, key: str) -> tuple[object, ...]:
    """Return the dates from which successors apply and the months of migration, for an option's shared rates."""
    own = [schedule for schedule in schedules(case) if schedule.option == key]
    successors = {
        rate.item.id: rate.effective for s in own for rate in s.rates if rate.item is not s.rates[0].item
    }
    return (*migrations(case, key), *sorted(successors.items()))


def _names(case: Case) -> dict[str, str]:
    return {key: option.name for key, option in case.options.items()}


def _option_changes(before: Option, after: Option) -> Iterator[tuple[str, str]]:
    """Yield part and sentence for each change of kind, price item, or option that serves before go-live or overflow."""
    facts = (
        ("kind", "it is of kind", "kind"),
        ("until_live", "until go-live it is served by", "until_live"),
        ("spill_to", "what it cannot carry goes to", "spill_to"),
        ("billed", "its machines are billed by the", "billed"),
    )
    for part, words, name in facts:
        was, now = getattr(before, name, None), getattr(after, name, None)
        if was != now:
            yield part, f"{words} {now or 'nobody'}, it was {was or 'nobody'}."
    if isinstance(before, Mix) and isinstance(after, Mix) and before.routes != after.routes:
        changed = (w for w, key in after.routes.items() if before.routes.get(w) != key)
        yield "routes", f"workloads go elsewhere: {', '.join(f'{w} to {after.routes[w]}' for w in changed)}."
    if isinstance(before, GpuOption) and isinstance(after, GpuOption):
        yield from _machine_changes(before, after)
    was, now = price_item_id(before), price_item_id(after)
    if was != now:
        yield "prices", f"its prices are {_origin(now)}, they were {_origin(was)}."


def _machine_changes(before: GpuOption, after: GpuOption) -> Iterator[tuple[str, str]]:
    """Yield part and sentence for each change of how speed is stated and whether a commitment renews."""
    if before.has_speed_pair != after.has_speed_pair:
        forms = ("prompt and output", "all tokens together")
        now, was = forms if after.has_speed_pair else forms[::-1]
        yield "speed", f"its speed is stated for {now}, it was for {was}."
    was_renewing, renewing = (getattr(option, "commitment_renews", False) for option in (before, after))
    if was_renewing != renewing:
        yield "commitment_renews", f"its commitment {'renews' if renewing else 'does not renew any more'}."


def _origin(item: str | None) -> str:
    return f"those of {item} in the price book" if item else "given in the case"


def _risks(old: Case, new: Case) -> Iterator[Structural]:
    before, after = ({risk.id: risk.name for risk in case.risks} for case in (old, new))
    yield from _added_and_removed("risks", "Risk", before, after)
    for id_ in _ordered_as(after, risks_with_changed_effects(old, new)):
        yield Structural(f"risks.{id_}.effects", "changed", f"Risk {after[id_]}: its effects are others.")


def _obligations(old: Case, new: Case) -> Iterator[Structural]:
    before, after = ({o.id: o.name for o in case.obligations} for case in (old, new))
    yield from _added_and_removed("obligations", "Obligation", before, after)
    for id_ in _ordered_as(after, redefined_obligations(old, new)):
        sentence = f"Obligation {after[id_]}: it is owed to another option or by another month."
        yield Structural(f"obligations.{id_}", "changed", sentence)


def _projects(old: Case, new: Case) -> Iterator[Structural]:
    before, after = ({project.id: project.name for project in case.opportunity} for case in (old, new))
    yield from _added_and_removed("opportunity", "Displaced project", before, after)
    for id_ in _ordered_as(after, rescheduled_projects(old, new)):
        sentence = f"Displaced project {after[id_]}: another option or time displaces it."
        yield Structural(f"opportunity.{id_}", "changed", sentence)


def _requirements(old: Case, new: Case) -> Iterator[Structural]:
    before, after = ({r.name: r for r in case.requirements} for case in (old, new))
    names = ({name: name for name in found} for found in (before, after))
    yield from _added_and_removed("requirements", "Requirement", *names)
    both = old.options.keys() & new.options.keys()
    for name, now in after.items():
        if name in before and _stated_terms(before[name], both) != _stated_terms(now, both):
            sentence = f"Requirement {name}: who meets it, whether it is a must, or which workloads it is about, is another."
            yield Structural(f"requirements.{name}", "changed", sentence)


def _stated_terms(
    requirement: Requirement, options: AbstractSet[str]
) -> tuple[bool, dict[str, bool], frozenset[str]]:
    """Return whether a requirement is a must, which of the shared options meet it, and its workloads."""
    met_by = {key: met for key, met in requirement.met_by.items() if key in options}
    return requirement.must, met_by, frozenset(requirement.workloads or ())


def _added_and_removed(
    part: str, noun: str, before: Mapping[str, str], after: Mapping[str, str]
) -> Iterator[Structural]:
    for key, name in after.items():
        if key not in before:
            yield Structural(f"{part}.{key}", "added", f"{noun} added: {name}.")
    for key, name in before.items():
        if key not in after:
            yield Structural(f"{part}.{key}", "gone", f"{noun} gone: {name}.")


def _ordered_as(names: Mapping[str, str], chosen: Iterable[str]) -> list[str]:
    wanted = set(chosen)
    return [name for name in names if name in wanted]
