"""The figures of the paper are those of the results: read back from the page, and found again in the PDF."""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pytest

from reportgen.report.charts.drawing.money import ENGLISH
from reportgen.report.figures import DASH, format_number, sums_differ, table_unit
from reportgen.report.notation import number_notation
from reportgen.results_file.write import record
from tests.agreement.cases import analysis_of, over_cases
from tests.papers import rendered

each_paper = pytest.mark.parametrize(
    "case", over_cases(larger=["polish_names", "dated_prices", "second_edition_machines", "three_workloads"])
)
"""Runs a test on the paper of every case; those that take longest are long."""

FEWEST = 50
"""The paper of the case with the fewest inputs has 71 figures with a reference."""

FEWEST_RISKS = 3
"""Of many risks and options only the largest risks are shown, but never fewer."""

MARKED = re.compile(r'<span data-ref="([^"]+)" data-as="([^"]+)">([^<]*)</span>')
NUMBER = re.compile(r"(?P<digits>\d[\d,]*(?:\.(?P<decimals>\d+))?)(?P<unit>bn|M|k)?")
UNITS = {"bn": 1e9, "M": 1e6, "k": 1e3, None: 1.0}


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure of the page: its reference, its number format, its text."""

    ref: str
    how: str
    text: str


def marks(html: str) -> list[Mark]:
    """List the figures of a page that have a reference; every span with a reference must match."""
    found = [Mark(ref, how, unescape(text)) for ref, how, text in MARKED.findall(html)]
    assert len(found) == html.count("data-ref=")
    return found


def result(whole: object, ref: str) -> object:
    """Look up a reference in the results file; keys of its mappings may contain dots."""
    if not ref:
        return whole
    if isinstance(whole, Mapping):
        key = max((k for k in whole if ref == k or ref.startswith(f"{k}.")), key=len, default=None)
        assert key is not None, f"the results hold no {ref}"
        return result(whole[key], ref[len(key) + 1 :])
    assert isinstance(whole, Sequence), f"nothing stands below {whole} at {ref}"
    number, _, rest = ref.partition(".")
    return result(whole[int(number)], rest)


def in_english(text: str, case: Path) -> str:
    """Write a figure of a case's paper with English signs: Polish has a decimal comma and spaces between thousands."""
    if analysis_of(case).case.report.locale != "en-PL":
        return text
    return re.sub(r"(?<=\d)[\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}](?=\d)", "", text).replace(",", ".")


def read(text: str, how: str) -> tuple[float, float]:
    """Read a printed figure as a person does: its value, and half a unit of its last digit."""
    scale = {
        "thousands": 1e3,
        "millions": 1e6,
        "billions": 1e9,
        "lakh": 1e5,
        "crore": 1e7,
        "share": 0.01,
        "share1": 0.01,
    }.get(how, 1.0)
    if text == DASH:
        return 0.0, scale / 2
    found = NUMBER.search(text)
    assert found, f"{text!r} holds no number"
    step = scale * UNITS[found["unit"]]
    value = float(found["digits"].replace(",", "")) * step
    sign = -1 if text.startswith(("\N{MINUS SIGN}", "-")) else 1
    decimals = len(found["decimals"] or "")
    if how == "number":  # six significant digits, however many decimals these are; whole numbers stand whole
        return sign * value, max(abs(value) * 5e-6, 0.0)
    return sign * value, step * 10**-decimals / 2


def words(text: str) -> list[str]:
    """Split a text at white space, the no-break space left within a figure taken out."""
    return re.sub(r"(?<=\d)[\N{NO-BREAK SPACE} ]+(?=%)", "", text).split()


def bare(word: str) -> str:
    """Take brackets and the punctuation of the sentence off a word."""
    return word.strip("()[]:;").rstrip(".,")


@pytest.mark.slow
@each_paper
def test_every_figure_is_the_result_it_refers_to(case: Path) -> None:
    """Read back from the page, each figure is within half its last digit of the result, recomputed."""
    whole = json.loads(json.dumps(record(analysis_of(case))))
    found = marks(rendered(case).html)
    assert len(found) >= FEWEST
    for mark in found:
        value, (shown, half) = result(whole, mark.ref), read(in_english(mark.text, case), mark.how)
        assert isinstance(value, int | float), f"{mark} refers to {value!r}"
        assert abs(shown - value) <= half * (1 + 1e-9) + 1e-12, f"{mark} is {value}"


@pytest.mark.slow
@each_paper
def test_the_main_results_of_every_option_are_in_the_paper(case: Path) -> None:
    """Total cost, present value and full cost of each option stand in it, and the probability of the largest risks."""
    refs = {mark.ref for mark in marks(rendered(case).html)}
    results = analysis_of(case).results
    wanted = {f"options.{o.key}.{name}" for o in results.options for name in ("tco", "pv", "full_cost")}
    assert wanted - refs == set()
    risks = [ref for ref in refs if ref.startswith("risks.") and ref.endswith(".probability")]
    assert len(risks) >= min(len(results.risks), FEWEST_RISKS)


@pytest.mark.slow
@each_paper
def test_every_figure_is_read_in_the_pdf(case: Path) -> None:
    """The PDF holds each figure as a word of its text, at least as often as the page marks it."""
    paper = rendered(case)
    wanted = Counter(word for mark in marks(paper.html) for word in words(mark.text))
    found = Counter(bare(word) for page in paper.pages for word in words(page))
    assert {text: count for text, count in wanted.items() if found[text] < count} == {}


@pytest.mark.parametrize(
    ("text", "how", "value"),
    [
        ("$107k", "money", 106_549.85), ("\N{MINUS SIGN}$5.4k", "money", -5_431.1), ("PLN\N{NO-BREAK SPACE}1.64M", "money", 1_636_971.0),
        ("1,160", "thousands", 1_159_590.7), (DASH, "thousands", 0.0), ("0", "thousands", 480.0), ("54.2", "crore", 542_300_000.0), ("64%", "share", 0.636),
        ("2.5", "months", 2.5), ("0.1", "number", 0.1),
    ],
)  # fmt: skip
def test_a_printed_figure_is_read_to_its_last_digit(text: str, how: str, value: float) -> None:
    """`read` is right: the value lies within half of the last digit, 1 % more does not where that is a digit."""
    shown, half = read(text, how)
    assert abs(shown - value) <= half + 1e-12
    assert abs(shown - (value + 3 * half + 1e-9)) > half


def test_a_wrong_figure_is_seen() -> None:
    """A figure formatted from another result than its reference fails."""
    whole = {"options": {"api": {"tco": 106_549.85, "pv": 92_435.6}}}
    value = result(whole, "options.api.tco")
    assert isinstance(value, float)
    shown, half = read(format_number(92_435.6, "money", ENGLISH), "money")
    assert abs(shown - value) > half


@pytest.mark.parametrize(
    ("amounts", "tag", "cents", "words", "text"),
    [
        ((1.51, 39.62), "en", True, "USD", "1.51"),
        ((1.51, 39.62), "en", False, "USD", "2"),
        ((78_800.0, 400.0), "en", False, "USD", "78,800"),
        ((1_159_590.7, None), "en", False, "USD thousand", "1,160"),
        ((123_456_789.0,), "en", False, "USD million", "123.5"),
        ((2.5e11,), "en", False, "USD billion", "250.0"),
        ((54_200_000.0,), "en-IN", False, "USD lakh", "542.0"),
        ((5.42e9,), "en-IN", False, "USD crore", "542.0"),
    ],
)
def test_unit_of_a_table(
    amounts: tuple[float | None, ...], tag: str, *, cents: bool, words: str, text: str
) -> None:
    """The unit of a table follows from its largest amount; none has more than six digits."""
    notation = number_notation(tag, "USD", cents=cents)
    unit = table_unit(amounts, notation)
    assert unit.words == words
    assert amounts[0] is not None
    assert format_number(amounts[0], unit.number_format, notation) == text


def test_only_zero_is_a_dash() -> None:
    """Half a thousand too little for its unit is "0", which is not nothing."""
    assert format_number(0.0, "thousands", ENGLISH) == DASH
    assert format_number(1e-9, "thousands", ENGLISH) == DASH
    assert format_number(480.0, "thousands", ENGLISH) == "0"
    assert format_number(-480.0, "thousands", ENGLISH) == "0"


@pytest.mark.parametrize(
    ("parts", "total", "differ"),
    [
        ((1_400.0, 1_400.0), 2_800.0, True),
        ((1_600.0, 1_400.0), 3_000.0, False),
        ((), 0.0, False),
        ((499.0, 499.0), 998.0, True),
    ],
)
def test_printed_sum_of_printed_parts(parts: tuple[float, ...], total: float, *, differ: bool) -> None:
    """1.4 and 1.4 print as 1 and 1 below 3; 1.6 and 1.4 as 2 and 1 below 3."""
    assert sums_differ(parts, total, "thousands") is differ


@pytest.mark.slow
@each_paper
def test_note_on_rounding_stands_where_a_sum_differs(case: Path) -> None:
    """Read from the page, the note stands at the table of total cost where a column of it does not add up, and only there."""
    html = rendered(case).html
    table = html.partition('id="x-tco-table"')[2].partition('id="x-')[0]
    columns: dict[str, dict[str, list[float]]] = {}
    for mark in marks(table):
        found = re.fullmatch(r"options\.([a-z0-9_]+)\.(categories|years|tco)(?:\..*)?", mark.ref)
        if found:
            value, _ = read(in_english(mark.text, case), mark.how)
            columns.setdefault(found[1], {}).setdefault(found[2], []).append(value)
    differs = any(
        abs(sum(parts) - column["tco"][0]) > 1e-9 * max(abs(column["tco"][0]), 1.0)
        for column in columns.values()
        for name, parts in column.items()
        if name != "tco"
    )
    assert columns
    assert ("Rounded figures do not all add up" in table) is differs
