"""MODEL.md's table of fields: what each block and kind may state, its default, and the bounds of every field."""

WORKLOAD_REQUIRED = ("tokens_per_month", "output_share")
WORKLOAD_DEFAULTS: dict[str, float | None] = {
    "annual_growth": 0.0, "cached_share": 0.0, "cache_write_share": 0.0, "starts_month": 1.0,
    "ramp_months": 0.0, "ramp_start": 0.0,
}  # fmt: skip
"""Of one workload: under `workload.` where there is one, under `workloads.<key>.` where there are several."""

SHARED_REQUIRED = ("people.loaded_cost_per_fte", "finance.discount_rate")
SHARED_DEFAULTS: dict[str, float | None] = {
    "workload.hours_per_month": 730.0, "workload.peak_to_average": None, "workload.volume_factor": 1.0,
    "people.wage_growth": 0.0, "people.ml_premium": 0.0, "people.specialist_share": 0.0,
    "finance.irrecoverable_vat": 0.0,
}  # fmt: skip


def _zeros(*fields: str) -> dict[str, float | None]:
    return dict.fromkeys(fields, 0.0)


_ALL = _zeros(
    "lead_time_months", "deployment_months", "deployment_fte", "ongoing_fte", "hires", "cost_per_hire",
    "one_off_cost", "other_monthly_cost", "refresh_months", "refresh_fte_months",
    "exit_fte_months", "exit_fees", "parallel_run_months",
) | {"input_token_factor": 1.0, "output_token_factor": 1.0, "exit_probability": None, "exit_month": None}  # fmt: skip
_MACHINES = _zeros("replica_tps_change", "prefix_cache_reach") | {
    "min_replicas": 1.0, "max_replicas": None, "gpus_per_server": None,
    "replica_tps": None, "prompt_tps": None, "output_tps": None,
}  # fmt: skip
_TEAM = _zeros(
    "staging_replicas", "tuning_loss", "tuning_months", "tuning_fte_months", "stabilisation_months",
    "stabilisation_fte", "supporting_rate",
)  # fmt: skip
_RENTED = _zeros("gpu_price_change", "commitment_months", "commitment_discount", "credit") | {
    "committed_replicas": None, "termination_share": 1.0,
}  # fmt: skip

REQUIRED: dict[str, tuple[str, ...]] = {
    "api": ("input_price", "output_price"),
    "self_hosted": ("gpu_hourly_price", "gpus_per_replica", "utilisation"),
    "on_prem": ("gpus_per_replica", "utilisation", "price_per_gpu_installed", "kw_per_gpu", "pue",
                "price_per_kwh", "upkeep_rate", "resale_decline"),
    "platform": ("gpu_hourly_price", "gpus_per_replica", "utilisation"),
    "mix": (),
}  # fmt: skip
DEFAULTS: dict[str, dict[str, float | None]] = {
    "api": _ALL | _zeros(
        "price_change", "batch_share", "batch_discount", "committed_discount", "minimum_monthly_spend", "credit",
        "migration_fte_months",
    ) | {"cached_input_price": None, "cache_write_price": None},
    "self_hosted": _ALL | _MACHINES | _TEAM | _RENTED,
    "on_prem": _ALL | _MACHINES | _TEAM | _zeros("hardware_price_change", "power_price_change", "resale_loss"),
    "platform": _ALL | _MACHINES | _RENTED | _zeros("brokerage_discount", "fee_rate", "monthly_fee"),
    "mix": {},
}  # fmt: skip
"""None: no value unless stated. The exception is `cache_write_price`, which is then the input price of the run."""

COMPONENTS = {
    "input_price": "input", "cached_input_price": "cached_input", "cache_write_price": "cache_write",
    "output_price": "output", "gpu_hourly_price": "per_gpu_hour",
}  # fmt: skip
"""Fields that a price book can give, and what the book calls them."""

OPEN = 1e-6
"""How far inside an open bound an amount is clipped."""
_SHARES = {
    "ml_premium", "utilisation", "fee_rate", "supporting_rate", "upkeep_rate", "resale_decline", "ramp_start",
    "prefix_cache_reach", "irrecoverable_vat", "confidence", "exit_probability",
}  # fmt: skip
_SHARE_ENDINGS = ("_share", "_discount", "_loss")
_ABOVE_LOSS = ("_change", "_growth")
_POSITIVE = {
    "utilisation", "replica_tps", "prompt_tps", "output_tps", "input_token_factor", "output_token_factor",
    "volume_factor", "hours_per_month",
}  # fmt: skip
_FROM_ONE = {
    "pue", "peak_to_average", "gpus_per_replica", "gpus_per_server", "max_replicas", "min_replicas", "starts_month",
}  # fmt: skip


def bounds(path: str, months: int, billed_by_second: bool) -> tuple[float, bool, float, bool]:
    """Give an assumption's bounds: the least it may be, whether that is open, the most, whether that is open."""
    field = path.rsplit(".", 1)[1]
    least, least_open, most, most_open = 0.0, False, float("inf"), False
    if field in _SHARES or field.endswith(_SHARE_ENDINGS):
        most = 1.0
    if field in _FROM_ONE:
        least = 1.0
    if field in _POSITIVE:
        least = 1e-6
    if field == "min_replicas" and billed_by_second:
        least = 0.0
    if field == "starts_month":
        most = float(months)
    if field == "discount_rate" or field.endswith(_ABOVE_LOSS):
        least, least_open = -1.0, True
    if field == "tokens_per_month" or path.startswith("finance.exchange_rates."):
        least, least_open = 0.0, True
    if field in {"tuning_loss", "resale_decline"}:
        most_open = True
    return least, least_open, most, most_open
