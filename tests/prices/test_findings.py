"""Findings about prices, each on a book that has exactly this one."""

from datetime import date
from pathlib import Path

import pytest

from reportgen.prices.findings import book_findings, case_findings
from reportgen.schema.loading.load import load_case
from tests.prices.books import loaded
from tests.schema.checks.test_prices import booked

SECOND = """
  - id: swift-again
    kind: token
    provider: acme
    model: swift
    purchase: standard
    rates:
      - {verified: 2026-11-09, source: other, basis: list, input: 0.80, output: 3.75}
"""
SPOT = """
  - id: h100-spot
    kind: gpu_hour
    provider: cloud
    gpu: H100 SXM
    purchase: spot
    rates:
      - {effective: 2026-10-19, verified: 2026-11-09, source: list, basis: list, per_gpu_hour: 4.50}
"""
CHEAP = (
    SPOT.replace("h100-spot", "h100-cheap")
    .replace("purchase: spot", "purchase: on_demand")
    .replace("4.50", "1.99")
    .replace("provider: cloud", "provider: elsewhere")
)
LAST = "      # the last one\n"
ROWS = [
    ("instance price", ("per_gpu_hour: 3.99", "per_gpu_hour: 31.92"), "h100: 31.92 for one GPU and hour is more than 25"),
    ("contradicted", (LAST, LAST + SECOND), "swift: input is 0.75 by list and 0.8 by other (swift-again)"),
    ("spot above on-demand", (LAST, LAST + SPOT), "h100-spot: spot at 4.5 costs more than on demand, 3.99 (h100)"),
    ("spot equals on-demand", (LAST, LAST + SPOT.replace("4.50", "3.99")), "h100-spot: spot at 3.99 costs as much as on demand"),
    ("bid floor", (LAST, LAST + SPOT.replace("4.50", "0.79")), "h100-spot: spot at 0.79 is less than a fifth of on demand"),
    ("bid floor", (LAST, LAST + SPOT.replace("provider: cloud", "provider: vast")), "h100-spot: spot at 4.5 on vast is the lowest bid"),
    ("no price", ("per_gpu_hour: 3.99", "per_gpu_hour: 0.00"), "h100: per_gpu_hour is 0, which is no price"),
    ("far below others", (LAST, LAST + CHEAP), "h100-cheap: per_gpu_hour is 1.99, under half of the lowest of 1 other price"),
    ("stale", ("{verified: 2026-11-09", "{verified: 2026-08-10"), "swift: last looked at on 2026-08-10, 91 days before 2026-11-09"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "edit", "sentence"), ROWS, ids=[row[2] for row in ROWS])
def test_a_book_has_this_finding(kind: str, edit: tuple[str, str], sentence: str, tmp_path: Path) -> None:
    """One change to a sound book, one finding, in words that say what to do."""
    assert book_findings(loaded(tmp_path)) == ()
    (finding,) = book_findings(loaded(tmp_path, edit))
    assert finding.kind == kind
    assert finding.sentence.startswith(sentence)


def test_ninety_days_are_not_too_old(tmp_path: Path) -> None:
    """The limit itself is no finding, a day later is; both as of a day that is asked for, never the clock's."""
    assert book_findings(loaded(tmp_path), date(2027, 2, 7)) == ()
    assert {finding.kind for finding in book_findings(loaded(tmp_path), date(2027, 2, 8))} == {"stale"}


@pytest.mark.slow
def test_a_case_is_checked_over_its_horizon(tmp_path: Path) -> None:
    """Its model retires in June 2028 and its GPU-hour looks like a machine's; what it does not use is not told."""
    found = case_findings(load_case(booked(tmp_path)))
    assert [(finding.kind, finding.item) for finding in found] == [
        ("instance price", "h100"),
        ("retires", "swift-3.8"),
    ]
    assert "within the horizon of Commercial API; swift-4 follows" in found[1].sentence


def test_the_days_of_a_case_are_its_own(tmp_path: Path) -> None:
    """A paper of March 2027 that uses prices of November 2026 says that they are old."""
    edits = (("date: 2026-11-23", "date: 2027-03-01"),)
    kinds = [finding.kind for finding in case_findings(load_case(booked(tmp_path, in_case=edits)))]
    assert kinds.count("stale") == 3


def test_half_of_the_others_is_not_too_cheap(tmp_path: Path) -> None:
    """1.995 is half of 3.99: no finding; the limit is below it."""
    edit = CHEAP.replace("1.99}", "1.995}")
    assert book_findings(loaded(tmp_path, (LAST, LAST + edit))) == ()
