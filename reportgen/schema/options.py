"""The options of a case: four kinds of serving a model, each with its own assumptions."""

from typing import Annotated, Literal

from pydantic import Discriminator, Field, ValidationError, WrapValidator, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from reportgen import units
from reportgen.schema.bounds import (
    AT_LEAST_ONE,
    CHANGE,
    LOSS,
    NOT_NEGATIVE,
    POSITIVE,
    SHARE,
    USED_SHARE,
    WHOLE_FROM_ONE,
    WHOLE_FROM_ZERO,
)  # fmt: skip
from reportgen.schema.stated import NONE, ONE, Measure, Range, Stated, Written
from reportgen.schema.words import SHORT_LENGTH, Key, Name, ShortName, Text

OptionKind = Literal["api", "self_hosted", "on_prem", "platform"]

KIND = "How the model is served: api, self_hosted, on_prem or platform."


class Option(Written):
    """What every kind of option has: its names, and who serves the workload before it does."""

    kind: OptionKind = Field(description=KIND)
    name: Name = Field(description="The option's name.")
    short_name: ShortName = Field(
        default="", description="A name of at most 18 characters for tables and charts."
    )
    until_live: Key | None = Field(
        default=None, description="The api option that carries the workload before go-live."
    )

    @model_validator(mode="before")
    @classmethod
    def _shorten(cls, data: object) -> object:
        """Take the name for the short name where it fits."""
        if not isinstance(data, dict) or "short_name" in data:
            return data
        name = data.get("name")
        if not isinstance(name, str) or not 0 < len(name.strip()) <= SHORT_LENGTH:
            return data  # references.py asks for a short name
        return {**data, "short_name": name}


class Effort(Written):
    """Deploying and running an option: time, engineers and other money."""

    lead_time_months: Annotated[Stated, Measure(
        "Lead time", units.MONTHS, NOT_NEGATIVE, "the months before deployment can begin",
    )] = NONE  # fmt: skip
    deployment_months: Annotated[Stated, Measure(
        "Deployment time", units.MONTHS, NOT_NEGATIVE, "the months from its beginning to go-live",
    )] = NONE  # fmt: skip
    deployment_fte: Annotated[Stated, Measure(
        "Engineers during deployment", units.FTE, NOT_NEGATIVE, "the engineers who deploy, in full-time equivalents",
    )] = NONE  # fmt: skip
    ongoing_fte: Annotated[Stated, Measure(
        "Engineers in operation", units.FTE, NOT_NEGATIVE, "the engineers who keep it running, full-time equivalents",
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
        "Other monthly cost", units.MONEY_PER_MONTH, NOT_NEGATIVE, "what else is paid in every month of service",
    )] = NONE  # fmt: skip


class Leaving(Written):
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
        "Exit probability", units.SHARE, SHARE, "how likely it is that the option is left", reachable=False,
    )] = None  # fmt: skip
    exit_month: Annotated[Stated | None, Measure(
        "Month of exit examined", units.MONTH_NUMBER, WHOLE_FROM_ONE,
        "the month of the horizon at whose end the option is left", reachable=False,
    )] = None  # fmt: skip


class TokenPrices(Option):
    """What an api charges for tokens."""

    prices: Text | None = Field(default=None, description="An item of the price book, of kind token.")
    input_price: Annotated[Stated | Range | None, Measure(
        "Input price", units.PRICE_PER_M_TOKENS, NOT_NEGATIVE, "what a million input tokens cost", book=True,
    )] = None  # fmt: skip
    cached_input_price: Annotated[Stated | Range | None, Measure(
        "Cached input price", units.PRICE_PER_M_TOKENS, NOT_NEGATIVE,
        "what a million input tokens out of the prompt cache cost", book=True,
    )] = None  # fmt: skip
    output_price: Annotated[Stated | Range | None, Measure(
        "Output price", units.PRICE_PER_M_TOKENS, NOT_NEGATIVE, "what a million output tokens cost", book=True,
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
    migration_fte_months: Annotated[Stated, Measure(
        "Effort to migrate to a successor", units.FTE_MONTHS, NOT_NEGATIVE, "the work when a model is retired",
    )] = NONE  # fmt: skip


class Fleet(Option):
    """How many GPUs serve the workload, and what exceeds them."""

    gpus_per_replica: Annotated[Stated, Measure(
        "GPUs in one replica", units.GPUS, WHOLE_FROM_ONE, "the number of GPUs that serve one copy of the model",
    )]  # fmt: skip
    replica_tps: Annotated[Stated, Measure(
        "Throughput of one replica", units.TOKENS_PER_SECOND, POSITIVE,
        "the tokens a second, input and output, that one copy of the model serves",
    )]  # fmt: skip
    utilisation: Annotated[Stated, Measure(
        "Utilisation", units.SHARE, USED_SHARE, "the share of that throughput that is used, averaged over the day",
    )]  # fmt: skip
    min_replicas: Annotated[Stated, Measure(
        "Minimum replicas", units.REPLICAS, WHOLE_FROM_ONE, "how many copies of the model run at least",
    )] = ONE  # fmt: skip
    max_replicas: Annotated[Stated | None, Measure(
        "Maximum replicas", units.REPLICAS, WHOLE_FROM_ONE, "how many copies of the model run at most",
    )] = None  # fmt: skip
    spill_to: Key | None = Field(
        default=None, description="The api option that takes what max_replicas does not serve."
    )


class Rented(Written):
    """What rented GPUs cost."""

    gpu_prices: Text | None = Field(default=None, description="An item of the price book, of kind gpu_hour.")
    gpu_hourly_price: Annotated[Stated | Range | None, Measure(
        "GPU price", units.PRICE_PER_GPU_HOUR, NOT_NEGATIVE, "what one GPU costs for an hour", book=True,
    )] = None  # fmt: skip
    gpu_price_change: Annotated[Stated, Measure(
        "GPU price change", units.SHARE_PER_YEAR, CHANGE, "how much the GPU price changes in a year",
    )] = NONE  # fmt: skip
    commitment_months: Annotated[Stated, Measure(
        "Commitment", units.MONTHS, NOT_NEGATIVE, "how long after go-live the GPUs are committed to",
    )] = NONE  # fmt: skip
    termination_share: Annotated[Stated, Measure(
        "Share of commitment still due on exit", units.SHARE, SHARE, "the share of the rest that leaving still costs",
    )] = ONE  # fmt: skip


class Committed(Written):
    """What a commitment saves on rented GPUs."""

    commitment_discount: Annotated[Stated, Measure(
        "Commitment discount", units.SHARE, SHARE, "how much cheaper committed GPUs are",
    )] = NONE  # fmt: skip


class Tuned(Written):
    """Running one's own serving software: staging, tuning, stabilisation and what surrounds it."""

    staging_replicas: Annotated[Stated, Measure(
        "Staging replicas", units.REPLICAS, WHOLE_FROM_ZERO, "how many copies run while deploying",
    )] = NONE  # fmt: skip
    tuning_loss: Annotated[Stated, Measure(
        "Throughput lost before tuning", units.SHARE, LOSS, "what the default configuration wastes until it is tuned",
    )] = NONE  # fmt: skip
    tuning_months: Annotated[Stated, Measure(
        "Tuning period", units.MONTHS, NOT_NEGATIVE, "the months after go-live until tuning is done",
    )] = NONE  # fmt: skip
    tuning_fte_months: Annotated[Stated, Measure(
        "Tuning effort", units.FTE_MONTHS, NOT_NEGATIVE, "the engineering work of tuning",
    )] = NONE  # fmt: skip
    stabilisation_months: Annotated[Stated, Measure(
        "Stabilisation period", units.MONTHS, NOT_NEGATIVE, "the months after go-live until the service is stable",
    )] = NONE  # fmt: skip
    stabilisation_fte: Annotated[Stated, Measure(
        "Extra engineers while stabilising", units.FTE, NOT_NEGATIVE, "the engineers needed on top in that time",
    )] = NONE  # fmt: skip
    supporting_rate: Annotated[Stated, Measure(
        "Supporting infrastructure, of GPU cost", units.SHARE, SHARE, "what storage, network and monitoring add",
    )] = NONE  # fmt: skip


class Owned(Written):
    """What owned GPUs cost."""

    price_per_gpu_installed: Annotated[Stated, Measure(
        "Price of one GPU, installed", units.MONEY_PER_GPU, NOT_NEGATIVE,
        "what one GPU costs with its share of the server, installed",
    )]  # fmt: skip
    kw_per_gpu: Annotated[Stated, Measure(
        "Power of one GPU", units.KW, NOT_NEGATIVE, "the power of one GPU with its share of the server",
    )]  # fmt: skip
    pue: Annotated[Stated, Measure(
        "Power usage effectiveness", units.RATIO, AT_LEAST_ONE, "the site's power over that of its machines",
    )]  # fmt: skip
    price_per_kwh: Annotated[Stated, Measure(
        "Electricity price", units.PRICE_PER_KWH, NOT_NEGATIVE, "what a kilowatt-hour costs",
    )]  # fmt: skip
    upkeep_rate: Annotated[Stated, Measure(
        "Upkeep, of purchase price", units.SHARE_PER_YEAR, SHARE,
        "the yearly cost of space, network and maintenance as a share of the purchase price",
    )]  # fmt: skip
    resale_decline: Annotated[Stated, Measure(
        "Resale value lost", units.SHARE_PER_YEAR, LOSS, "the share of its value that a machine loses in a year",
    )]  # fmt: skip
    hardware_price_change: Annotated[Stated, Measure(
        "Hardware price change", units.SHARE_PER_YEAR, CHANGE, "how much the price of GPUs changes in a year",
    )] = NONE  # fmt: skip
    power_price_change: Annotated[Stated, Measure(
        "Electricity price change", units.SHARE_PER_YEAR, CHANGE, "how much electricity's price changes in a year",
    )] = NONE  # fmt: skip


class Managed(Written):
    """What a managed platform charges around the GPUs."""

    brokerage_discount: Annotated[Stated, Measure(
        "Brokerage discount", units.SHARE, SHARE, "how far below the public-cloud price the platform buys",
    )] = NONE  # fmt: skip
    fee_rate: Annotated[Stated, Measure(
        "Platform fee, of GPU cost", units.SHARE, SHARE, "the platform's fee as a share of GPU cost",
    )] = NONE  # fmt: skip
    monthly_fee: Annotated[Stated, Measure(
        "Monthly platform fee", units.MONEY_PER_MONTH, NOT_NEGATIVE, "the platform's fixed fee for a month",
    )] = NONE  # fmt: skip


# The bases of the kinds are named from the last part to the first: pydantic lists their fields in that order.
class Api(Leaving, Effort, TokenPrices):
    """A commercial api, paid per token."""

    kind: Literal["api"] = Field(description=KIND)


class SelfHosted(Leaving, Tuned, Effort, Committed, Rented, Fleet):
    """Rented GPUs with one's own serving software."""

    kind: Literal["self_hosted"] = Field(description=KIND)


class OnPrem(Leaving, Tuned, Effort, Owned, Fleet):
    """Owned GPUs with one's own serving software."""

    kind: Literal["on_prem"] = Field(description=KIND)


class Platform(Leaving, Effort, Managed, Rented, Fleet):
    """GPUs that a platform manages."""

    kind: Literal["platform"] = Field(description=KIND)


KINDS: dict[str, type[Api | SelfHosted | OnPrem | Platform]] = {
    "api": Api, "self_hosted": SelfHosted, "on_prem": OnPrem, "platform": Platform,
}  # fmt: skip
PRICE_FIELDS = {
    "prices": ("input_price", "cached_input_price", "output_price"),
    "gpu_prices": ("gpu_hourly_price",),
}
"""The fields that name an item of the price book, and the prices that it gives."""


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
                "literal_error", "no kind", {"expected": "api, self_hosted, on_prem or platform"}
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
    Annotated[Api | SelfHosted | OnPrem | Platform, Discriminator("kind")], WrapValidator(_pick)
]
GpuOption = SelfHosted | OnPrem | Platform
