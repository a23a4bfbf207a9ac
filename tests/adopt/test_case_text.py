"""Numbers written back into a case whose own unit is another one."""

from reportgen.adopt.case_text import CaseText


def test_a_number_goes_back_in_the_unit_of_the_file() -> None:
    """0.002 for a thousand tokens is 2 for a million; 3 for a million goes back as 0.003."""
    text = CaseText("options:\n  api:\n    input_price: {value: 0.002, unit: per 1K tokens}\n")
    text.set_assumption("options.api.input_price", {"value": 3.0}, 2.0, "By Finance")
    assert (
        text.text
        == 'options:\n  api:\n    input_price: {value: 0.003, unit: per 1K tokens, note: "By Finance"}\n'
    )


def test_a_volume_as_text_becomes_millions() -> None:
    """6B was 6,000 million; 7,000 million goes in as a number."""
    text = CaseText("workload: {tokens_per_month: {value: 6B, low: 4B}}\n")
    text.set_assumption("workload.tokens_per_month", {"value": 7000.0}, 6000.0, "By Finance")
    assert text.text == 'workload: {tokens_per_month: {value: 7000, low: 4B, note: "By Finance"}}\n'
