"""A case evaluated over all its runs, with the lines of its model."""

from reportgen.analysis import Analysis
from reportgen.binding.bound import bind
from reportgen.model.answer import EvaluatedCase, evaluate


def evaluated(analysis: Analysis) -> EvaluatedCase:
    """Bind the case again and evaluate it; its lines are others than those of the analysis."""
    bound = bind(analysis.case)
    return evaluate(bound.lines, bound.values)
