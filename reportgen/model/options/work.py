"""Engineering after go-live: stabilisation and tuning of one's own serving software."""

from reportgen.formula.nodes import Line, Node, maximum, round_to
from reportgen.model.options.basis import LEAST_MONTHS
from reportgen.model.options.builder import OptionBuilder, Timing
from reportgen.runtime.records import dataclass


@dataclass(frozen=True, slots=True)
class PostGoLiveWork:
    """The engineering after go-live until the service is stable and tuned; `stable_at` in months from the start."""

    stable_at: Node
    lines: tuple[Line, Line]


def post_go_live_work(builder: OptionBuilder, timing: Timing) -> PostGoLiveWork:
    """Define stabilisation and tuning work (MODEL, "self_hosted"; the same for on_prem)."""
    engineer = builder.shared.specialist_month
    stable_at = round_to(timing.go_live + builder.input("stabilisation_months"), 6)
    tuned_at = round_to(timing.go_live + builder.input("tuning_months"), 6)
    overlap = builder.shared.overlap
    stabilising = builder.input("stabilisation_fte") * engineer * overlap(timing.go_live, stable_at)
    monthly = builder.input("tuning_fte_months") / maximum(builder.input("tuning_months"), LEAST_MONTHS)
    tuning = monthly * engineer * overlap(timing.go_live, tuned_at)
    lines = (
        builder.cost("stabilisation", "Stabilisation", stabilising),
        builder.cost("tuning", "Tuning", tuning),
    )
    return PostGoLiveWork(stable_at, lines)
