"""The table of fields, defaults and bounds of reportgen/model/README.md, made out of the schema.

What no field of the schema can say by itself stands here in words: `DEFAULTS` and `BOUNDS` replace what the schema
says, `CONDITIONS` is added behind it.
"""

from collections.abc import Iterable, Iterator
from types import NoneType

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from reportgen.schema.assumption_fields import Measure, Stated, measure_of
from reportgen.schema.bounds import SMALLEST, Bounds
from reportgen.schema.case import BreakEven, Bridge, Case, Criterion, Heading, Requirement, Simulation
from reportgen.schema.finance import Finance, Obligation
from reportgen.schema.opportunity import Project
from reportgen.schema.options import KINDS
from reportgen.schema.people import People
from reportgen.schema.risks import Risk
from reportgen.schema.workload import Workload

HEAD = "| field | kinds | default | bounds |\n|---|---|---|---|\n"
SECTIONS: dict[str, type[BaseModel]] = {
    "case.": Heading, "finance.": Finance, "workload.": Workload, "people.": People, "": Case, "bridge.": Bridge,
    "break_even.": BreakEven, "simulation.": Simulation, "obligations.<id>.": Obligation, "opportunity.<id>.": Project,
    "risks.<id>.": Risk, "requirements.<name>.": Requirement, "strategic_fit.<name>.": Criterion,
}  # fmt: skip
"""The parts of a case that have fields, by the beginning of their paths; options follow."""
SETTLED = {
    Heading: {"title", "date", "currency"},
    Case: {"baseline", "price_book"},
}
"""Of these parts only what the model knows: the rest is for the paper, or is a part by itself."""
NAMES = {"name", "id", "effects", "response", "owner"}
"""What risks, projects, obligations and criteria have beside numbers."""
DEFAULTS = {
    "finance.fiscal_year_start": "none (the start month)",
    "workload.tokens_per_month": "required",
    "workload.output_share": "required",
    "baseline": "the first api option, else the first",
    "price_book": "prices.yaml beside the case",
    "bridge.option": "the first self_hosted option",
    "requirements.<name>.workloads": "all",
    "short_name": "the name",
    "until_live": "none; required where g > 0 in any run",
    "input_price": "required; from the item where prices is given",
    "output_price": "required; from the item where prices is given",
    "cached_input_price": "none; required where a cached_share is above 0 in any run",
    "cache_write_price": "the input_price of the run",
    "gpu_hourly_price": "required; from the item where gpu_prices is given",
    "replica_tps": "required without prompt_tps and output_tps",
    "prompt_tps": "none; with output_tps in place of replica_tps",
    "output_tps": "none; with prompt_tps in place of replica_tps",
}
"""Defaults in words, where they hang on something else."""
BOUNDS = {
    "case.title": "text", "case.date": "date", "case.currency": "currency code", "finance.start": "month",
    "finance.years": "whole, 1..5", "finance.exchange_rates.<CUR>": "> 0", "finance.fiscal_year_start": "whole, 1..12",
    "finance.depreciation_years": "whole, 1..100", "finance.accounts": "a name by category of cost", "workload.starts_month": "whole, 1..H",
    "baseline": "option, not a mix", "price_book": "file", "bridge.option": "GPU option", "break_even.low": "> 0, below high",
    "break_even.high": "> low", "break_even.points": "whole, 2..200", "simulation.draws": "whole, 100..1000000",
    "simulation.seed": "whole, 0..4294967295", "simulation.confidence": "between 0 and 1, both excluded",
    "simulation.groups": "lists of paths", "simulation.independent": "true or false",
    "obligations.<id>.option": "api option", "obligations.<id>.until_month": "whole, 1..H",
    "opportunity.<id>.option": "option or list of options, not a mix", "opportunity.<id>.during": "deployment or operation",
    "requirements.<name>.must": "true or false", "requirements.<name>.met_by": "true or false for every option but a mix",
    "requirements.<name>.workloads": "workloads", "strategic_fit.<name>.weight": ">= 0",
    "strategic_fit.<name>.scores": "0..5 for every option", "kind": "the kind", "name": "text",
    "short_name": "text of at most 18 characters", "today": "true or false", "routes": "an option of another kind for every workload; two options or more",
    "until_live": "api option", "prices": "token item of the price book", "gpu_prices": "GPU item of the price book",
    "billed": "month or second", "spill_to": "api option; needs max_replicas", "exit_month": "whole, 1..H",
    "min_replicas": "whole, >= 1; >= 0 with billed second",
    "commitment_renews": "true or false; true needs commitment_months of at least 1",
}  # fmt: skip
"""Bounds of what is no assumption, or whose bounds hang on something else."""
CONDITIONS = {
    "workload.cache_write_share": "with cached_share at most 1",
    "refresh_fte_months": "needs refresh_months above 0",
    "gpus_per_server": "not with billed second",
    "prefix_cache_reach": "needs prompt_tps and output_tps",
    "max_replicas": "needs spill_to",
    "committed_replicas": "above 0 needs commitment_months",
    "tuning_fte_months": "needs tuning_months above 0",
}
"""What the fields beside a field have to be."""


def table() -> str:
    """Write the table: the fields of the case with their paths, then those of the options with the kinds that have them."""
    return HEAD + "".join(
        f"| {path} | {kinds} | {default} | {bounds} |\n" for path, kinds, default, bounds in rows()
    )


def rows() -> Iterator[tuple[str, str, str, str]]:
    """Give path, kinds, default and bounds of every field."""
    for prefix, model in SECTIONS.items():
        for name, field in model.model_fields.items():
            if name in SETTLED.get(model, model.model_fields.keys() - NAMES):
                path = f"{prefix}{name}" if name != "exchange_rates" else f"{prefix}{name}.<CUR>"
                yield path, "-", default_of(path, field), bounds_of(path, field)
    for name, field, kinds in _options():
        yield name, ", ".join(kinds), default_of(name, field), bounds_of(name, field)


def _options() -> Iterable[tuple[str, FieldInfo, list[str]]]:
    """Give the fields of all kinds of option, each once, with the kinds that have it."""
    names = dict.fromkeys(name for model in KINDS.values() for name in model.model_fields)
    for name in names:
        kinds = [kind for kind, model in KINDS.items() if name in model.model_fields]
        yield name, KINDS[kinds[0]].model_fields[name], kinds


def default_of(path: str, field: FieldInfo) -> str:
    """Say what a field is that is not given."""
    if path in DEFAULTS:
        return DEFAULTS[path]
    if field.is_required():
        return "required"
    found = field.get_default(call_default_factory=True)
    match found:
        case Stated():
            return f"{found.value:g}"
        case bool():
            return str(found).lower()
        case int() | float():
            return f"{found:.10g}"
        case str():
            return found
    assert isinstance(found, NoneType) or not found, f"{path}: say in DEFAULTS what {found} is"
    return "none"


def bounds_of(path: str, field: FieldInfo) -> str:
    """Say what a field may be."""
    measure: Measure | None = measure_of(field)
    assert measure or path in BOUNDS, f"{path}: say in BOUNDS what it may be"
    found = BOUNDS.get(path) or in_signs(measure.bounds if measure else Bounds())
    return "; ".join(filter(None, (found, CONDITIONS.get(path))))


def in_signs(bounds: Bounds) -> str:
    """Write the bounds of a number: "0..1", "> -1", "whole, >= 1"."""
    least = "1e-6" if bounds.least == SMALLEST else None if bounds.least is None else f"{bounds.least:g}"
    whole = "whole, " if bounds.whole else ""
    if least is None:
        return f"{whole}> {bounds.above:g}"
    if bounds.most is not None:
        return f"{whole}{least}..{bounds.most:g}"
    return (
        f"{whole}>= {least}"
        if bounds.below is None
        else f"{least}..{bounds.below:g}, {bounds.below:g} excluded"
    )
