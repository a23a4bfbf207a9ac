"""Formulas read as words: abbreviations stay, totals are not repeated, an input with the name of its line is marked."""

from reportgen import units
from reportgen.formula.axis import Axis
from reportgen.formula.explain import formula_in_words
from reportgen.formula.nodes import Call, Constant, Input, Line, Ref, SumWhere, Text, Total
from reportgen.report.composition import paper_of
from tests.agreement.cases import SHIPPED, analysis_of

MONTHS = Axis("months", ("1", "2"))
COMPUTE = Line("compute", "Total compute", units.MONEY, Constant(1.0), MONTHS)


def test_abbreviations_keep_their_capitals() -> None:
    """A line about GPUs is not one about gpus."""
    fleet = Line("fleet", "GPUs in production", units.GPUS, Constant(2.0), MONTHS)
    whole = Line("whole", "Whole fleet", units.GPUS, Ref(fleet) * Input("copies"), MONTHS)
    assert formula_in_words(whole, {"copies": "copies"}) == "Whole fleet = GPUs in production × copies"


def test_the_total_of_a_total_is_not_repeated() -> None:
    """All months of "Total compute" are the total of compute."""
    assert (
        formula_in_words(Line("sum", "All", units.MONEY, Total(COMPUTE), MONTHS), {})
        == "All = the total of compute"
    )


def test_an_input_with_the_name_of_its_line_is_marked() -> None:
    """The price of a month is the price as stated times its growth."""
    line = Line("price", "GPU price", units.MONEY, Input("a") * Input("b"), MONTHS)
    assert (
        formula_in_words(line, {"a": "GPU price", "b": "growth"})
        == "GPU price = GPU price as stated × growth"
    )


def test_a_guard_against_nothing_reads_as_a_billionth() -> None:
    """1e-09 is no figure for a board."""
    guarded = Line("x", "X", units.MONEY, Call("MAX", (Input("a"), Constant(1e-9))), MONTHS)
    assert (
        formula_in_words(guarded, {"a": "tuning period"})
        == "X = (the larger of tuning period and a billionth)"
    )


def test_a_sum_over_a_period_names_it() -> None:
    """The sum of compute in a fiscal year."""
    years = Line("years", "Fiscal year", units.TEXT, Constant(1.0), MONTHS)
    line = Line("x", "X", units.MONEY, SumWhere(COMPUTE, years, Text("FY2027")), MONTHS)
    assert formula_in_words(line, {}) == 'X = the sum of total compute where fiscal year is "FY2027"'


def test_the_shipped_case_in_words_has_no_small_abbreviation() -> None:
    """No formula of the paper writes gpu, gpus, ml or api in small letters."""
    words = " ".join(formula.words for formula in paper_of(analysis_of(SHIPPED)).formulas).split()
    assert words
    assert not {"gpu", "gpus", "ml", "api"} & set(words)
