"""Strategic fit: a weighted score, apart from all sums of money."""

from reportgen import units
from reportgen.formula.axis import Axis
from reportgen.formula.lines import Block, Section, Sheet
from reportgen.formula.nodes import Input, Labels, Line, PerPosition, SumProduct, Total, maximum
from reportgen.model.outline import Outline

NOTE = "Scores from 0 to 5 with their weights, as entered on Inputs; beside the money, never inside it"


def fit_sheet(outline: Outline) -> tuple[Sheet, ...]:
    """Define the weighted score of every option; no sheet where the case has no criteria."""
    if not outline.criteria:
        return ()
    axis = Axis("criteria", tuple(criterion.name for criterion in outline.criteria), across=False)
    name = Line("fit.criterion", "Criterion", units.TEXT, Labels(axis.labels), axis)
    weight = Line(
        "fit.weight",
        "Weight",
        units.WEIGHT,
        PerPosition(tuple(Input(criterion.weight) for criterion in outline.criteria)),
        axis,
    )
    scores = {
        option.key: Line(
            f"fit.score.{option.key}", option.short_name, units.SCORE,
            PerPosition(tuple(Input(criterion.score(option.key)) for criterion in outline.criteria)), axis,
        )
        for option in outline.options
    }  # fmt: skip
    option_axis = Axis("options", tuple(option.short_name for option in outline.options))
    weighted = PerPosition(
        tuple(SumProduct(weight, line) / maximum(Total(weight), 1e-9) for line in scores.values())
    )
    total = Line("fit.weighted", "Weighted score", units.SCORE, weighted, option_axis, rank="total")
    blocks = (
        Block("Weighted score, 0 to 5", option_axis, (Section("", (total,)),)),
        Block(
            "Criteria", axis, (Section("", (name, weight)), Section("Scores, 0 to 5", tuple(scores.values())))
        ),
    )
    return (Sheet("Strategic fit", "Strategic fit", NOTE, blocks),)
