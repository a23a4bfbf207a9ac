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


def test_an_account_goes_where_the_last_one_was_taken_out() -> None:
    """What is left then is an empty mapping, in which the next one stands alone."""
    text = CaseText("finance:\n  years: 3\n  accounts: {compute: '6100'}\nbaseline: api\n")
    text.set_account("compute", None, "was 6100")
    assert text.text == "finance:\n  years: 3\n  accounts: {}\nbaseline: api\n"
    text.set_account("ongoing", "4200", "was not stated")
    assert text.text.startswith('finance:\n  years: 3\n  accounts: {ongoing: "4200"}')
    assert text.text.endswith("baseline: api\n")
