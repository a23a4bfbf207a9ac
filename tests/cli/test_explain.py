"""`reportgen explain` at a terminal."""

import pytest
from typer.testing import CliRunner

from reportgen.cli import app
from reportgen.errors import SurroundingsError
from tests.agreement.cases import SHIPPED


def explained(*arguments: str) -> str:
    """Run `reportgen explain` on the first shipped case; known errors are raised."""
    done = CliRunner().invoke(app, ["explain", str(SHIPPED), *arguments], terminal_width=200)
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.stdout


@pytest.mark.slow
def test_a_month_that_the_case_does_not_have_is_refused() -> None:
    """The case has 36 months; the 48th is refused with the range, the 36th is shown."""
    with pytest.raises(SurroundingsError, match="no month 48: the case has the months 1 to 36"):
        explained("options.self_hosted.replicas", "-m", "48")
    assert "month 36: " in explained("options.self_hosted.replicas", "-m", "36")


@pytest.mark.slow
def test_a_row_over_options_names_every_option() -> None:
    """One line of figures per option, under its name."""
    shown = explained("summary.full_cost").splitlines()
    heads = [line.partition(":")[0].strip() for line in shown if ":" in line]
    assert heads == ["Commercial API", "Self-hosted GPUs", "Managed platform"]


@pytest.mark.slow
def test_an_assumption_shows_value_range_and_source() -> None:
    """The utilisation of the case: 35 % between 20 % and 40 %, out of the article."""
    shown = explained("options.self_hosted.utilisation").replace("\u00a0", " ")
    assert "Utilisation = 35 %" in shown
    assert "range: 20 % to 40 %, triangular" in shown
    assert "source: Article: plan with 30-40 %" in shown
    assert "options.self_hosted.utilisation_" not in shown


@pytest.mark.slow
def test_a_name_that_is_nearly_one_is_suggested() -> None:
    """One letter off; and the last word of a line that stands elsewhere."""
    with pytest.raises(SurroundingsError, match=r"Did you mean options\.self_hosted\.utilisation"):
        explained("options.self_hosted.utilization")
    with pytest.raises(SurroundingsError, match="No line and no assumption begins with nonsense"):
        explained("nonsense")
