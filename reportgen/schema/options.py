"""The options of a case: five kinds of serving a model, each with its own assumptions."""

from typing import Annotated, Literal

from pydantic import Discriminator, Field, ValidationError, WrapValidator, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from reportgen import units
from reportgen.schema.assumption_fields import NONE, ONE, Measure, Range, Stated, Written
from reportgen.schema.bounds import (
    CHANGE,
    DIVISOR,
    NOT_NEGATIVE,
    SHARE,
    WHOLE_FROM_ONE,
    WHOLE_FROM_ZERO,
)  # fmt: skip
from reportgen.schema.field_types import SHORT_LENGTH, Boolean, Key, Name, ShortName, Text
from reportgen.schema.gpus import Credited, Fleet, Managed, Owned, Rented, Tuned

OptionKind = Literal["api", "self_hosted", "on_prem", "platform", "mix"]

KIND = "How the model is served: api, self_hosted, on_prem, platform, or a mix of options."


class Option(Written):
    """What every kind of option has: its kind and its names."""

    kind: OptionKind = Field(description=KIND)
    name: Name = Field(description="The option's name.")
    short_name: ShortName = Field(
        default="",
        description="A name of at most 18 characters for tables and charts; by rule out of the name unless given.",
    )
    today: Boolean = Field(
        default=False,
        description="Whether it is what serves the work today; the paper says so, no number changes.",
    )

    @model_validator(mode="before")
    @classmethod
    def _shorten(cls, data: object) -> object:
        """Take the name for the short name where it fits."""
        if not isinstance(data, dict) or "short_name" in data:
            return data
        name = data.get("name")
        if not isinstance(name, str) or not 0 < len(name.strip()) <= SHORT_LENGTH:
            return data  # the case makes one by rule, unique among its options
        return {**data, "short_name": name}


class Service(Option):
    """What every kind but a mix has: who serves the workload before it does, and how it counts tokens."""

    until_live: Key | None = Field(
        default=None, description="The api option that carries the workload before go-live."
    )
    input_token_factor: Annotated[Stated, Measure(
        "Input tokens, of those measured", units.FACTOR, DIVISOR,
        "how many input tokens its model counts for one as measured",
    )] = ONE  # fmt: skip
    output_token_factor: Annotated[Stated, Measure(
        "Output tokens, of those measured", units.FACTOR, DIVISOR,
        "how many output tokens its model writes for one as measured",
    )] = ONE  # fmt: skip


class Effort(Written):
    """Deploying and running an option: time, engineers and other money."""

    lead_time_months: Annotated[Stated, Measure(
        "Lead time", units.MONTHS, NOT_NEGATIVE, "the months before deployment can begin",
    )] = NONE  # fmt: skip
    deployment_months: Annotated[Stated, Measure(
        "Deployment time", units.MONTHS, NOT_NEGATIVE, "the months from its beginning to go-live",
    )] = NONE  # fmt: skip
    deployment_fte: Annotated[Stated, Measure(
        "Engineers during deployment", units.FTE, NOT_NEGATIVE,
        "the engineers who deploy, in full-time equivalents",
    )] = NONE  # fmt: skip
    ongoing_fte: Annotated[Stated, Measure(
        "Engineers in operation", units.FTE, NOT_NEGATIVE,
        "the engineers who keep it running, full-time equivalents",
    )] = NONE  # fmt: skip
    hires: Annotated[Stated, Measure(
        "Hires", units.HIRES, WHOLE_FROM_ZERO, "how many people are hired for it",
    )] = NONE  # fmt: skip
    cost_per_hire: Annotated[Stated, Measure(
        "Cost per hire", units.MONEY_PER_HIRE, NOT_NEGATIVE, "what finding one person costs",
    )] = NONE  # fmt: skip
    one_off_cost: Annotated[Stated, Measure(
        "One-off cost", units.MONEY, NOT_NEGATIVE, "what is paid once, in the first month",
    )] = NONE  # fmt: skip
    other_monthly_cost: Annotated[Stated, Measure(
        "Other monthly cost", units.MONEY_PER_MONTH, NOT_NEGATIVE,
        "what else is paid in every month of service",
    )] = NONE  # fmt: skip
    refresh_months: Annotated[Stated, Measure(
        "Life of a model", units.MONTHS, NOT_NEGATIVE, "the months after which its model is replaced",
    )] = NONE  # fmt: skip
    refresh_fte_months: Annotated[Stated, Measure(
        "Effort to replace the model", units.FTE_MONTHS, NOT_NEGATIVE,
        "the work of evaluating and rolling out each replacement",
    )] = NONE  # fmt: skip


class ExitTerms(Written):
    """What it takes to leave an option."""

    exit_fte_months: Annotated[Stated, Measure(
        "Effort to leave", units.FTE_MONTHS, NOT_NEGATIVE, "the engineering work of leaving",
    )] = NONE  # fmt: skip
    exit_fees: Annotated[Stated, Measure(
        "Exit fees", units.MONEY, NOT_NEGATIVE, "what is paid to others on leaving",
    )] = NONE  # fmt: skip
    parallel_run_months: Annotated[Stated, Measure(
        "Parallel running", units.MONTHS, NOT_NEGATIVE, "how long the old service runs beside the new one",
    )] = NONE  # fmt: skip
    exit_probability: Annotated[Stated | None, Measure(
        "Exit probability", units.SHARE, SHARE, "how likely it is that the option is left",
    )] = None  # fmt: skip
    exit_month: Annotated[Stated | None, Measure(
        "Month of exit examined", units.MONTH_NUMBER, WHOLE_FROM_ONE,
        "the month of the horizon at whose end the option is left", reachable=False,
    )] = None  # fmt: skip


class TokenPrices(Written):
    """What an api charges for tokens."""

    prices: Text | None = Field(default=None, description="An item of the price book, of kind token.")
    input_price: Annotated[Stated | Range | None, Measure(
        "Input price", units.PRICE_PER_M_TOKENS, NOT_NEGATIVE, "what a million input tokens cost", book=True, tokens="input",
    )] = None  # fmt: skip
    cached_input_price: Annotated[Stated | Range | None, Measure(
        "Cached input price", units.PRICE_PER_M_TOKENS, NOT_NEGATIVE,
        "what a million input tokens out of the prompt cache cost", book=True, tokens="input",
    )] = None  # fmt: skip
    cache_write_price: Annotated[Stated | Range | None, Measure(
        "Cache write price", units.PRICE_PER_M_TOKENS, NOT_NEGATIVE,
        "what a million input tokens written to the prompt cache cost, input_price unless given", book=True,
        tokens="input",
    )] = None  # fmt: skip
    output_price: Annotated[Stated | Range | None, Measure(
        "Output price", units.PRICE_PER_M_TOKENS, NOT_NEGATIVE,
        "what a million output tokens cost", book=True, tokens="output",
    )] = None  # fmt: skip
    price_change: Annotated[Stated, Measure(
        "Price change", units.SHARE_PER_YEAR, CHANGE, "how much the prices change in a year",
    )] = NONE  # fmt: skip
    batch_share: Annotated[Stated, Measure(
        "Share of tokens in batches", units.SHARE, SHARE, "the share of tokens that can wait for a batch",
    )] = NONE  # fmt: skip
    batch_discount: Annotated[Stated, Measure(
        "Batch discount", units.SHARE, SHARE, "how much cheaper tokens in batches are",
    )] = NONE  # fmt: skip
    committed_discount: Annotated[Stated, Measure(
        "Committed discount", units.SHARE, SHARE, "the discount for a committed volume",
    )] = NONE  # fmt: skip
    minimum_monthly_spend: Annotated[Stated, Measure(
        "Minimum monthly spend", units.MONEY_PER_MONTH, NOT_NEGATIVE,
        "what a month of service costs at least, however few tokens it serves",
    )] = NONE  # fmt: skip
    migration_fte_months: Annotated[Stated, Measure(
        "Effort to migrate to a successor", units.FTE_MONTHS, NOT_NEGATIVE,
        "the work when a model is retired",
    )] = NONE  # fmt: skip


# The bases of the kinds are named from the last part to the first: pydantic lists their fields in that order.
class Api(ExitTerms, Effort, Credited, TokenPrices, Service):
    """A commercial api, paid per token."""

    kind: Literal["api"] = Field(description=KIND)


class SelfHosted(ExitTerms, Tuned, Effort, Credited, Rented, Fleet, Service):
    """Rented GPUs with one's own serving software."""

    kind: Literal["self_hosted"] = Field(description=KIND)


class OnPrem(ExitTerms, Tuned, Effort, Owned, Fleet, Service):
    """Owned GPUs with one's own serving software."""

    kind: Literal["on_prem"] = Field(description=KIND)


class Platform(ExitTerms, Effort, Managed, Credited, Rented, Fleet, Service):
    """GPUs that a platform manages."""

    kind: Literal["platform"] = Field(description=KIND)


class Mix(Option):
    """Several options side by side, each with the workloads that are routed to it."""

    kind: Literal["mix"] = Field(description=KIND)
    routes: dict[Key, Key] = Field(
        description="For every workload, the option that carries it: two options or more, none of them a mix."
    )


KINDS: dict[str, type[Api | SelfHosted | OnPrem | Platform | Mix]] = {
    "api": Api, "self_hosted": SelfHosted, "on_prem": OnPrem, "platform": Platform, "mix": Mix,
}  # fmt: skip
PRICE_FIELDS = {
    "prices": ("input_price", "cached_input_price", "cache_write_price", "output_price"),
    "gpu_prices": ("gpu_hourly_price",),
}
"""The fields that name an item of the price book, and the prices that it gives."""
OPTIONAL_PRICES = ("cached_input_price", "cache_write_price")
"""The prices that an api may leave out."""


def _pick(value: object, _read_any: object) -> object:
    """Read an option as the kind it names, so that only that kind's problems are told."""
    if isinstance(value, Option):
        return value
    if not isinstance(value, dict):
        raise PydanticCustomError("model_type", "not a mapping")
    if "kind" not in value:
        raise _fault("missing", value)
    if not isinstance(value["kind"], str) or value["kind"] not in KINDS:
        raise _fault(
            PydanticCustomError(
                "literal_error", "no kind", {"expected": "api, self_hosted, on_prem, platform or mix"}
            ),
            value["kind"],
        )
    return KINDS[value["kind"]].model_validate(value)


def _fault(fault: PydanticCustomError | str, value: object) -> ValidationError:
    """Make an error that points at the kind."""
    return ValidationError.from_exception_data(
        "kind", [InitErrorDetails(type=fault, loc=("kind",), input=value)]
    )


AnyOption = Annotated[
    Annotated[Api | SelfHosted | OnPrem | Platform | Mix, Discriminator("kind")], WrapValidator(_pick)
]
GpuOption = SelfHosted | OnPrem | Platform
ServiceOption = Api | GpuOption
"""Every kind but a mix."""
