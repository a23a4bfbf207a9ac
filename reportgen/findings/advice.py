"""All findings on a case, sorted by cost."""

from collections.abc import Mapping, Sequence

from reportgen.findings.capacity import capacity_findings
from reportgen.findings.commitments import commitment_findings
from reportgen.findings.completeness import completeness_findings
from reportgen.findings.plans import plan_findings
from reportgen.findings.prices import price_findings
from reportgen.findings.review import Review
from reportgen.findings.service import service_findings
from reportgen.findings.slips import slip_findings
from reportgen.findings.totals import total_findings
from reportgen.findings.workloads import workload_findings
from reportgen.model.answer import EvaluatedCase
from reportgen.results.checks import Finding
from reportgen.results.options import OptionResult
from reportgen.results.uncertainty import Simulation
from reportgen.schema.assumptions import Assumption
from reportgen.schema.case import Case
from reportgen.schema.usual_figures import UsualFigures
from reportgen.simulate.ranking import Ranking
from reportgen.uncertainty.variables import variables_of


def findings(
    case: Case,
    rows: Sequence[Assumption],
    evaluated: EvaluatedCase,
    results: Mapping[str, OptionResult],
    usual: UsualFigures,
    simulation: Simulation | None,
) -> tuple[Finding, ...]:
    """Compare a case with the reference figures of `usual`, and its plan with its own `simulation`.

    Findings are sorted by absolute difference in cost, descending; those that cannot be priced come last.
    """
    unknowns = variables_of(case, rows, evaluated.case, evaluated.values)
    ranking = Ranking(unknowns, {option.key: option.core for option in evaluated.case.options})
    review = Review(case, {row.path: row for row in rows}, evaluated, results, ranking, usual, simulation)
    found = [
        *plan_findings(review),
        *capacity_findings(review),
        *workload_findings(review),
        *commitment_findings(review),
        *service_findings(review),
        *total_findings(review),
        *price_findings(review),
        *completeness_findings(review),
        *slip_findings(review),
    ]
    return tuple(sorted(found, key=lambda one: (one.cost is None, -abs(one.cost or 0.0))))
