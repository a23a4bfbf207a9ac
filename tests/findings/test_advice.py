"""All findings of a case: their order, and how the terminal shows them."""

from dataclasses import replace
from pathlib import Path

from reportgen.files import data_folder
from reportgen.findings.sheet import findings_sheet
from reportgen.formula.nodes import IssuedValues, Labels
from reportgen.report.findings_summary import findings_summary
from reportgen.results.checks import Finding
from reportgen.schema.loading.load import load_usual
from tests.agreement.cases import analysis_of, each_set
from tests.model.worked import FIXED, RENTED, Work


def test_the_costliest_stand_first_and_what_has_no_price_last(worked: Work) -> None:
    """By the size of the change, up or down."""
    findings = worked({"rented": RENTED, "fixed": FIXED}).results.findings
    costs = [one.cost for one in findings]
    priced = [abs(cost) for cost in costs if cost is not None]
    assert len(priced) >= 3
    assert priced == sorted(priced, reverse=True)
    assert costs[len(priced) :] == [None] * (len(costs) - len(priced))


@each_set
def test_every_finding_says_what_it_is_about_and_where_it_comes_from(cases: tuple[Path, ...]) -> None:
    """Title, detail and source are there; option and path exist in the case."""
    seen = set()
    for case in cases:
        analysis = analysis_of(case)
        keys = {option.key for option in analysis.results.options}
        for one in analysis.results.findings:
            assert one.title
            assert one.detail.endswith(".")
            assert one.source
            assert one.option is None or one.option in keys
            seen.add(one.kind)
    assert len(seen) >= 7


def test_a_usual_figure_has_a_source_of_its_file() -> None:
    """No figure without somebody who says so."""
    usual = load_usual(data_folder("inputs") / "usual.yaml")
    for name in type(usual.figures).model_fields:
        assert usual.source(getattr(usual.figures, name))


def test_the_terminal_shows_three_and_counts_the_rest(worked: Work) -> None:
    """A heading, three lines, how many more; a single one stands alone; none says nothing."""
    results = worked({"rented": RENTED}).results
    one = Finding("peak", "rented", None, "It falls short", "Detail.", "Source", 36901.0)
    free, unpriced = replace(one, cost=0.2), replace(one, cost=None)
    assert findings_summary(replace(results, findings=(one, free, unpriced, one))) == (
        "4 findings on the inputs, and what the usual figure would change the option's full cost by:",
        "  · Rented: It falls short: +$37k", "  · Rented: It falls short: nothing", "  · Rented: It falls short",
        "    and 1 more on the sheet Findings",
    )  # fmt: skip
    assert len(findings_summary(replace(results, findings=(one,)))) == 2
    assert findings_summary(replace(results, findings=())) == ()


def test_the_sheet_lists_all_findings_as_issued(worked: Work) -> None:
    """Titles under the option's short name, prices or the word that there is none; without findings no sheet."""
    case = worked({"rented": RENTED, "fixed": FIXED})
    found = case.results.findings
    (sheet,) = [sheet for sheet in case.analysis.model.sheets if sheet.name == "Findings"]
    title, cost, detail, source = sheet.blocks[0].lines
    assert isinstance(title.formula, Labels)
    assert isinstance(cost.formula, IssuedValues)
    assert title.formula.texts[0] == f"Rented: {found[0].title}"
    assert cost.formula.values == tuple("not priced" if one.cost is None else one.cost for one in found)
    assert detail.formula == Labels(tuple(one.detail for one in found))
    assert source.formula == Labels(tuple(one.source for one in found))
    assert findings_sheet((), {}) == ()
