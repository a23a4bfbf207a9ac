"""Ten thousand futures of the first case: quick enough for every build, and in bounded memory."""

import tracemalloc
from collections.abc import Callable

import pytest

from reportgen.binding.outline import labels
from reportgen.uncertainty.simulation import Futures, futures
from reportgen.uncertainty.variables import variables_of
from tests.agreement.cases import SHIPPED, analysis_of
from tests.evaluated import evaluated

pytestmark = pytest.mark.slow


def drawing(draws: int) -> Callable[[], Futures]:
    """Give what draws futures of the shipped case; reading and evaluating it is done before."""
    analysis = analysis_of(SHIPPED)
    case, rows, done = analysis.case, analysis.assumptions, evaluated(analysis)
    named = labels(case, rows) | {f"risks.{risk.id}": risk.name for risk in case.risks}
    variables = variables_of(case, rows, done.case, done.values)
    options = analysis.results.options
    settings = case.simulation.model_copy(update={"draws": draws})
    return lambda: futures(done.case.options, options, variables, named, settings, "api")


def test_memory_is_bounded_by_the_block_and_the_results() -> None:
    """30,000 futures of nine amounts and forty streams stay far below 300 MB: no line is held over all futures."""
    draw = drawing(30_000)
    tracemalloc.start()
    draw()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 60e6
