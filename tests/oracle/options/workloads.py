"""Tokens: what each workload brings from month to month, and how an option's model counts them."""

from tests.oracle.excel import Months, total
from tests.oracle.inputs.case import workload_names
from tests.oracle.run import Part, Run


def tokens(run: Run, name: str) -> Months:
    """Count the tokens of a workload, in millions, as they were measured."""
    if ("tokens", name) in run.memo:
        return list(run.memo["tokens", name])
    starts, ramp_months = run.workload(name, "starts_month"), run.workload(name, "ramp_months")
    ramp_start, growth = run.workload(name, "ramp_start"), run.workload(name, "annual_growth")
    volume = run.workload(name, "tokens_per_month") * run.known["workload.volume_factor"]
    found: Months = []
    for m in run.months():
        begun = 1.0 if m >= starts else 0.0
        ramp = min(1.0, ramp_start + (1.0 - ramp_start) * (m - starts + 1.0) / (ramp_months + 1.0))
        found.append(volume * (1.0 + growth) ** (max(0.0, m - starts) / 12.0) * begun * ramp)
    run.memo["tokens", name] = found
    return found


def all_tokens(run: Run) -> Months:
    """Count the tokens of all workloads together, in millions."""
    return total(*(tokens(run, name) for name in workload_names(run.case)))


def volume_at_start(run: Run) -> float:
    """Add up the tokens a month of all workloads, before growth, ramp and volume factor."""
    return sum(run.workload(name, "tokens_per_month") for name in workload_names(run.case))


def tokens_in(part: Part, name: str) -> Months:
    """Count a workload's input tokens as the option's model counts them."""
    share = (1.0 - part.run.workload(name, "output_share")) * part.of("input_token_factor")
    return [amount * share for amount in tokens(part.run, name)]


def tokens_out(part: Part, name: str) -> Months:
    """Count a workload's output tokens as the option's model counts them."""
    share = part.run.workload(name, "output_share") * part.of("output_token_factor")
    return [amount * share for amount in tokens(part.run, name)]


def output_share(part: Part, name: str) -> float:
    """Compute the output share of the tokens that the option's model handles for a workload."""
    stated = part.run.workload(name, "output_share")
    out = stated * part.of("output_token_factor")
    return out / ((1.0 - stated) * part.of("input_token_factor") + out)


def cache_shares(run: Run, name: str) -> tuple[float, float]:
    """Give the shares of a workload's input tokens read from a cache and written to one; the second gives way."""
    read = run.workload(name, "cached_share")
    return read, min(run.workload(name, "cache_write_share"), 1.0 - read)
