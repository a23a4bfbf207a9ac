"""What options that run on GPUs have: a fleet, and what it costs to rent, own, tune or have it managed."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from reportgen import units
from reportgen.schema.assumption_fields import NONE, ONE, Measure, Range, Stated, Written
from reportgen.schema.bounds import (
    AT_LEAST_ONE,
    CHANGE,
    DIVISOR,
    LOSS,
    NOT_NEGATIVE,
    SHARE,
    USED_SHARE,
    WHOLE_FROM_ONE,
    WHOLE_FROM_ZERO,
)
from reportgen.schema.field_types import Boolean, Key, Text

ONE_SPEED: JsonDict = {"oneOf": [{"required": ["replica_tps"]}, {"required": ["prompt_tps", "output_tps"]}]}
"""For editors: the speed of a replica is given in one form."""


class Fleet(Written):
    """How many GPUs serve the workload, and what exceeds them."""

    model_config = ConfigDict(json_schema_extra=ONE_SPEED)

    gpus_per_replica: Annotated[Stated, Measure(
        "GPUs in one replica", units.GPUS, WHOLE_FROM_ONE,
        "the number of GPUs that serve one copy of the model",
    )]  # fmt: skip
    gpus_per_server: Annotated[Stated | None, Measure(
        "GPUs in one server", units.GPUS, WHOLE_FROM_ONE,
        "the number of GPUs in a server, where GPUs come by the server",
    )] = None  # fmt: skip
    replica_tps: Annotated[Stated | None, Measure(
        "Throughput of one replica", units.TOKENS_PER_SECOND, DIVISOR,
        "the tokens a second, input and output, that one copy of the model serves", tokens="all",
    )] = None  # fmt: skip
    prompt_tps: Annotated[Stated | None, Measure(
        "Prompt throughput of one replica", units.TOKENS_PER_SECOND, DIVISOR,
        "the prompt tokens a second that one copy of the model reads when it only reads", tokens="input",
    )] = None  # fmt: skip
    output_tps: Annotated[Stated | None, Measure(
        "Output throughput of one replica", units.TOKENS_PER_SECOND, DIVISOR,
        "the tokens a second that one copy of the model writes when it only writes", tokens="output",
    )] = None  # fmt: skip
    prefix_cache_reach: Annotated[Stated, Measure(
        "Reach of the prefix cache", units.SHARE, SHARE,
        "how much of what an api would read from its cache a prefix cache saves here",
    )] = NONE  # fmt: skip
    replica_tps_change: Annotated[Stated, Measure(
        "Throughput change", units.SHARE_PER_YEAR, CHANGE,
        "how much better software makes the throughput in a year",
    )] = NONE  # fmt: skip
    utilisation: Annotated[Stated, Measure(
        "Utilisation", units.SHARE, USED_SHARE,
        "the share of that throughput that is used, averaged over the day",
    )]  # fmt: skip
    min_replicas: Annotated[Stated, Measure(
        "Minimum replicas", units.REPLICAS, WHOLE_FROM_ZERO, "how many copies of the model run at least",
    )] = ONE  # fmt: skip
    max_replicas: Annotated[Stated | None, Measure(
        "Maximum replicas", units.REPLICAS, WHOLE_FROM_ONE, "how many copies of the model run at most",
    )] = None  # fmt: skip
    spill_to: Key | None = Field(
        default=None, description="The api option that takes what max_replicas does not serve."
    )

    @property
    def has_speed_pair(self) -> bool:
        """Return whether the speed of a replica is given by prompt and output."""
        return self.prompt_tps is not None and self.output_tps is not None


class Rented(Written):
    """What rented GPUs cost."""

    gpu_prices: Text | None = Field(default=None, description="An item of the price book, of kind gpu_hour.")
    gpu_hourly_price: Annotated[Stated | Range | None, Measure(
        "GPU price", units.PRICE_PER_GPU_HOUR, NOT_NEGATIVE, "what one GPU costs for an hour", book=True,
    )] = None  # fmt: skip
    gpu_price_change: Annotated[Stated, Measure(
        "GPU price change", units.SHARE_PER_YEAR, CHANGE, "how much the GPU price changes in a year",
    )] = NONE  # fmt: skip
    billed: Literal["month", "second"] = Field(
        default="month",
        description="Whether machines are billed whole, all month, or by the second as the load comes and goes.",
    )
    commitment_months: Annotated[Stated, Measure(
        "Commitment", units.MONTHS, NOT_NEGATIVE,
        "how long the GPUs are committed to: after go-live, with committed_replicas from delivery on",
    )] = NONE  # fmt: skip
    commitment_discount: Annotated[Stated, Measure(
        "Commitment discount", units.SHARE, SHARE, "how much cheaper committed GPUs are",
    )] = NONE  # fmt: skip
    committed_replicas: Annotated[Stated | None, Measure(
        "Committed replicas", units.REPLICAS, WHOLE_FROM_ZERO,
        "how many copies of the model are committed to, paid whether used or not",
    )] = None  # fmt: skip
    commitment_renews: Boolean = Field(
        default=False, description="Whether the commitment is renewed until the end of the horizon."
    )
    termination_share: Annotated[Stated, Measure(
        "Share of commitment still due on exit", units.SHARE, SHARE,
        "the share of the rest that leaving still costs",
    )] = ONE  # fmt: skip


class Credited(Written):
    """A credit that a vendor grants."""

    credit: Annotated[Stated, Measure(
        "Vendor credit", units.MONEY, NOT_NEGATIVE,
        "what the vendor's credit pays of the option's own bills, as they fall due",
    )] = NONE  # fmt: skip


class Tuned(Written):
    """Running one's own serving software: staging, tuning, stabilisation and what surrounds it."""

    staging_replicas: Annotated[Stated, Measure(
        "Staging replicas", units.REPLICAS, WHOLE_FROM_ZERO, "how many copies run while deploying",
    )] = NONE  # fmt: skip
    tuning_loss: Annotated[Stated, Measure(
        "Throughput lost before tuning", units.SHARE, LOSS,
        "what the default configuration wastes until it is tuned",
    )] = NONE  # fmt: skip
    tuning_months: Annotated[Stated, Measure(
        "Tuning period", units.MONTHS, NOT_NEGATIVE, "the months after go-live until tuning is done",
    )] = NONE  # fmt: skip
    tuning_fte_months: Annotated[Stated, Measure(
        "Tuning effort", units.FTE_MONTHS, NOT_NEGATIVE, "the engineering work of tuning",
    )] = NONE  # fmt: skip
    stabilisation_months: Annotated[Stated, Measure(
        "Stabilisation period", units.MONTHS, NOT_NEGATIVE,
        "the months after go-live until the service is stable",
    )] = NONE  # fmt: skip
    stabilisation_fte: Annotated[Stated, Measure(
        "Extra engineers while stabilising", units.FTE, NOT_NEGATIVE,
        "the engineers needed on top in that time",
    )] = NONE  # fmt: skip
    supporting_rate: Annotated[Stated, Measure(
        "Supporting infrastructure, of GPU cost", units.SHARE, SHARE,
        "what storage, network and monitoring add",
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
        "Resale value lost", units.SHARE_PER_YEAR, LOSS,
        "the share of its value that a machine loses in a year",
    )]  # fmt: skip
    resale_loss: Annotated[Stated, Measure(
        "Loss on a forced sale", units.SHARE, SHARE,
        "what a sale in a hurry brings less than machines are worth, as a share of that",
    )] = NONE  # fmt: skip
    hardware_price_change: Annotated[Stated, Measure(
        "Hardware price change", units.SHARE_PER_YEAR, CHANGE, "how much the price of GPUs changes in a year",
    )] = NONE  # fmt: skip
    power_price_change: Annotated[Stated, Measure(
        "Electricity price change", units.SHARE_PER_YEAR, CHANGE,
        "how much electricity's price changes in a year",
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
