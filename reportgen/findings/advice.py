"""All findings on a case, the costliest first."""

from collections.abc import Mapping, Sequence

from reportgen.findings.machines import machines
from reportgen.findings.plans import plans
from reportgen.findings.prices import prices
from reportgen.findings.review import Review
from reportgen.findings.unknown import unknown
from reportgen.model.answer import Evaluated
from reportgen.results.checks import Finding
from reportgen.results.options import OptionResult
from reportgen.schema.assumptions import Assumption
from reportgen.schema.case import Case
from reportgen.schema.usual import UsualFigures
from reportgen.simulate.ranking import Ranking
from reportgen.uncertainty.variables import variables_of


def findings(
    case: Case,
    rows: Sequence[Assumption],
    done: Evaluated,
    results: Mapping[str, OptionResult],
    usual: UsualFigures,
) -> tuple[Finding, ...]:
    """Hold a case against what is usual; what cannot be priced stands last, in the order of the sections above."""
    unknowns = variables_of(case, rows, done.case.outline, done.values)
    ranking = Ranking(unknowns, {option.key: option.core for option in done.case.options})
    review = Review(case, {row.path: row for row in rows}, done, results, ranking, usual)
    found = [*plans(review), *machines(review), *prices(review), *unknown(review)]
    return tuple(sorted(found, key=lambda one: (one.cost is None, -abs(one.cost or 0.0))))
