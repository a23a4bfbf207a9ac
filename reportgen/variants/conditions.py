"""Conditions that must hold in every stated run of every variant (`reportgen/schema/checks/conditions.py`, for arrays)."""

from collections.abc import Callable, Iterator, Mapping

import numpy as np

from reportgen.runtime.records import dataclass
from reportgen.schema.case import Case
from reportgen.schema.checks.conditions import REFRESH, TUNING
from reportgen.schema.options import Api, OnPrem, Platform, SelfHosted
from reportgen.variants.grid import Array
from reportgen.variants.limits import Limit, Mask, changed
from reportgen.variants.rows import Register, Rows

Condition = Callable[["StatedRun"], Mask]


@dataclass(frozen=True, slots=True)
class StatedRun:
    """A run that the case states: the values of all assumptions, and of those that it changes."""

    rows: Rows
    values: Mapping[str, Array]

    def value(self, path: str) -> Array:
        """Return an assumption's value in this run; 0 where the case has none."""
        if path in self.values:
            return self.values[path]
        return self.rows[path].value if path in self.rows else np.array(0.0)


def condition_limits(case: Case, register: Register) -> Iterator[Limit]:
    """Yield the conditions of every option as limits."""
    for key, option in case.services.items():
        start = f"options.{key}."
        if not option.until_live:
            yield _limit(case, f"{start}until_live is missing: the option goes live after the start.",
                         (start + "lead_time_months", start + "deployment_months"), _goes_live_later)  # fmt: skip
        work = (REFRESH, TUNING) if isinstance(option, SelfHosted | OnPrem) else (REFRESH,)
        for effort, months, _ in work:
            yield _limit(case, f"{start}{effort} has no months to do it in.",
                         (start + effort, start + months), _has_no_months)  # fmt: skip
        if isinstance(option, Api) and not (
            option.cached_input_price or f"{start}cached_input_price" in register.rows
        ):
            reads = tuple(f"{prefix}.cached_share" for prefix in case.streams)
            yield _limit(
                case, f"{start}cached_input_price is missing: input is read from a cache.", reads, _any
            )
        if isinstance(option, SelfHosted | Platform):
            least = _renews_in_no_time if option.commitment_renews else _has_no_months
            yield _limit(case, f"{start}committed_replicas are committed to for no months.",
                         (start + "committed_replicas", start + "commitment_months"), least)  # fmt: skip


def _goes_live_later(lead: Array, deployment: Array) -> Mask:
    return np.asarray(np.round(lead + deployment, 6) > 0)


def _has_no_months(effort: Array, months: Array) -> Mask:
    return (effort > 0) & (months <= 0)


def _renews_in_no_time(_: Array, months: Array) -> Mask:
    return months < 1


def _any(*shares: Array) -> Mask:
    return np.asarray(np.any([share > 0 for share in np.broadcast_arrays(*shares)], axis=0))


def _limit(case: Case, reason: str, paths: tuple[str, ...], wrong: Callable[..., Mask]) -> Limit:
    """Return the limit that is broken where a condition is not met in any stated run."""

    def broken(rows: Rows) -> Mask:
        found = np.array(False)
        for run in _stated_runs(case, rows, paths):
            found = found | wrong(*(run.value(path) for path in paths))
        return found

    return Limit(reason, frozenset(paths), broken)


def _stated_runs(case: Case, rows: Rows, paths: tuple[str, ...]) -> Iterator[StatedRun]:
    """Yield the stated runs that change any of some paths, and the base case."""
    yield StatedRun(rows, {})
    for path in paths:
        row = rows.get(path)
        if row and row.reachable and row.low is not None and row.high is not None:
            yield StatedRun(rows, {path: row.low})
            yield StatedRun(rows, {path: row.high})
    for scenario in case.scenarios:
        if any(effect.assumption in paths for effect in scenario.effects):
            yield StatedRun(rows, changed(rows, scenario))
