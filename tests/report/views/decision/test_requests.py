"""What the board is asked for, exceptions included."""

from reportgen.report.views.decision.requests import amount_note, board_requests
from reportgen.results.options import Exemption
from tests.report.contexts import context
from tests.report.views.test_views import text

RULE = "Data stays"


def approval(*exempt: Exemption) -> str:
    """Give the request for approval where the recommended api needs these exemptions."""
    return text(board_requests(context({"api": {"exemptions": exempt}}))[0])


def test_approval_says_which_must_have_waits_for_go_live() -> None:
    """The rule, the option that does not meet it and the months stand in the sentence that asks."""
    asked = approval(Exemption(RULE, "platform", 4.0))
    assert asked.endswith("This exempts Managed platform from “Data stays” until go-live, for 4 months.")


def test_several_rules_are_named_once_with_the_longest_time() -> None:
    """Two rules and two options: both are named, for as long as either is needed."""
    asked = approval(
        Exemption(RULE, "platform", 1.0), Exemption("No names", "platform", 1.0), Exemption("No logs", "self_hosted", 2.5)
    )  # fmt: skip
    assert (
        "exempts Managed platform and Self-hosted GPUs from “Data stays”, “No names” and “No logs”" in asked
    )
    assert asked.endswith("for 2.5 months.")


def test_rules_that_hold_all_the_way_are_not_mentioned() -> None:
    """No exemption, no sentence."""
    assert "exempts" not in approval()


def test_note_where_the_amount_is_not_the_printed_sum() -> None:
    """$107k and $47k make $155k in print, so a note says so; $107k and $48k do make it, and 917k and 935k make 1.85M."""
    sums = ((107400.0, 47400.0, True), (107000.0, 48000.0, False), (917000.0, 935000.0, False))
    for tco, contingency, noted in sums:
        some = context({"api": {"tco": tco, "contingency": contingency}})
        assert bool(amount_note(some)) == noted
