"""Statements of every case's paper beyond its first page, recomputed from its results file by other code than the paper's."""

import json
import re
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

from reportgen.files import templates
from reportgen.report.composition import paper_of
from reportgen.report.folders import Folders
from reportgen.report.page import render_paper
from reportgen.results_file.write import record
from tests.agreement.cases import analysis_of, each_case

HALF = 0.5001
HEADLINES = ("Recommended:", "Too close to call:", "Open:", "Untested:")
UNITS = {"": 1.0, "k": 1e3, "M": 1e6, "bn": 1e9}
AMOUNT = r"(−?)(?:[A-Z]{3}\s|[$€£])(\d+(?:[.,\s’]\d+)*)(k|M|bn)?(?!\w)"


@cache
def paper_text(case: Path) -> str:
    """Return the text of a paper without its charts, with single spaces."""
    html = render_paper(paper_of(analysis_of(case)), Folders(templates()))
    body = re.sub(r"<style>.*?</style>|<svg.*?</svg>", "", html, flags=re.DOTALL)
    body = re.sub(r"</(p|h1|h2|h3|h4|li|td|th|tr|section)>", " ¶ ", body)
    return " ".join(unescape(re.sub(r"<[^>]+>", "", body)).split())


@cache
def results(case: Path) -> dict[str, Any]:
    """Return the results file of a case, as another program reads it."""
    whole: dict[str, Any] = json.loads(json.dumps(record(analysis_of(case))))
    return whole


def names(case: Path) -> dict[str, str]:
    """Return the options' names by key."""
    return {key: option["name"] for key, option in results(case)["inputs"]["options"].items()}


def assert_states_amount(case: Path, before: str, amount: float, after: str = "") -> None:
    """Assert that the paper states an amount between two texts, to the last digit printed."""
    found = re.findall(re.escape(before) + AMOUNT + r"\s?" + re.escape(after), paper_text(case))
    assert found, f"the paper does not say: {before} … {after}"
    for sign, digits, unit in found:
        comma = paper_of(analysis_of(case)).locale == "en-PL"
        plain = digits.replace("\N{NO-BREAK SPACE}", "").replace(" ", "")
        plain = plain.replace(",", ".") if comma else plain.replace(",", "")
        value = float(plain) * UNITS[unit] * (-1 if sign else 1)
        decimals = len(plain.partition(".")[2])
        assert abs(value - amount) <= HALF * UNITS[unit] * 10**-decimals, (before, digits, unit, amount)


def eligible(case: Path) -> list[str]:
    """List the options that meet every must-have, from the inputs alone; a mix by the options that it routes to."""
    inputs = results(case)["inputs"]
    must = [rule for rule in inputs["requirements"] if rule["must"]]

    def meets(key: str, rule: dict[str, Any]) -> bool:
        routes = inputs["options"][key].get("routes")
        if not routes:
            return bool(rule["met_by"][key])
        concerned = rule.get("workloads") or routes
        return all(rule["met_by"][routes[workload]] for workload in concerned)

    return [key for key in names(case) if all(meets(key, rule) for rule in must)]


def marked(case: Path, key: str) -> str:
    """Return an option's name, with the note that it may not be chosen."""
    return names(case)[key] + ("" if key in eligible(case) else " (not eligible)")


@each_case
def test_ends_of_total_cost(case: Path) -> None:
    """The lowest and the highest total cost are those of the options named with them."""
    tco = {key: option["tco"] for key, option in results(case)["options"].items()}
    low, high = min(tco, key=lambda key: tco[key]), max(tco, key=lambda key: tco[key])
    assert_states_amount(case, f"The lowest is that of {marked(case, low)}, ", tco[low])
    if eligible(case):
        level = [marked(case, key) for key in tco if tco[key] > tco[high] * 0.9995]
        sentence = re.search(r"The highest total cost is that of (.+?); ", paper_text(case))
        assert sentence, "the paper does not name the highest total cost"
        assert all(name in sentence[1] for name in level)
        assert_states_amount(case, sentence[0].rpartition(", ")[0] + ", ", tco[high])


@each_case
def test_opportunity_and_exit_are_in_no_total(case: Path) -> None:
    """Every total is the sum of its categories, and the paper says which parts are not in it."""
    for option in results(case)["options"].values():
        assert abs(sum(option["categories"].values()) - option["tco"]) <= 1e-6 * max(abs(option["tco"]), 1)
    assert "What displaced projects and leaving would cost is not in these totals" in paper_text(case)


@each_case
def test_risk_that_weighs_most(case: Path) -> None:
    """The option of largest expected risk is named with it; a case without risks says that it has none."""
    expected = {key: option["expected_risk"] for key, option in results(case)["options"].items()}
    known = {key: value for key, value in expected.items() if value is not None}
    if not known:
        assert "No risks are quantified" in paper_text(case)
        return
    most = max(known, key=lambda key: known[key])
    if known[most] > 1:
        assert_states_amount(case, f"Risk weighs most on {marked(case, most)}: ", known[most], "expected")
    else:
        assert "add no cost to any option" in paper_text(case)


@each_case
def test_unquantified_is_not_zero(case: Path) -> None:
    """Every null of the results reads "not quantified" at the option."""
    for key, option in results(case)["options"].items():
        if option["opportunity"] is None:
            sentence = re.findall(r"Not quantified, which is not zero, for ([^¶]*)", paper_text(case))
            assert any(names(case)[key] in one for one in sentence)


@each_case
def test_grammar(case: Path) -> None:
    """No double full stops, no empty lists, no unfilled placeholders and no "1 months"."""
    text = paper_text(case)
    for slip in ("..", " ,", "for .", ": .", "{", "}", "( ", " )"):
        assert slip not in text.replace("...", ""), (
            slip,
            text[max(text.find(slip) - 60, 0) : text.find(slip) + 30],
        )
    assert not re.search(r"(?<![\d.,])1 months\b", text)
    assert not re.search(r"\b(nan|inf|none type|null)\b", text)
