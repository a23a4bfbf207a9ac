"""Explanations of the rows of the Summary, written beside them."""

MOST_NOTED = 4
"""The greatest number of options with room for notes beside them."""

NOTES = {
    "summary.tco": "Undiscounted sum of the years",
    "summary.cost_per_m_tokens": "Total cost over all tokens served",
    "summary.run_rate": "What stays once everything is settled",
    "summary.pv": "Month-end cash at the discount rate",
    "summary.opportunity_pv": "Value of work that the engineers do not do, by its confidence",
    "summary.expected_exit_pv": "Probability of leaving times its cost in the chosen month",
    "summary.core": "What risks, sensitivity and scenarios are measured on",
    "summary.base_core": "The same in the base case, whatever run is shown",
    "summary.expected_risk_core": "Each risk's probability times what it costs",
    "summary.full_cost": "What the recommendation ranks",
    "summary.beyond": "The price of choosing otherwise",
    "request.contingency": "From the random futures or the risks, at the confidence asked for",
    "request.amount": "Enough in the share of futures on Simulation",
    "request.a_year": "The baseline's total less this one's, over the years",
    "request.payback": "From when it has cost no more, residual values left out",
    "request.peak_funding": "The most that it has cost beyond the baseline's",
    "request.full_cost": "Compare with the base case's full economic cost above",
    "summary.break_even_month": "From when it has cost no more than the baseline",
    "summary.break_even_word": "Whether more volume makes it cheaper",
    "summary.break_even_volume": "Above this volume it is cheaper; see Break-even",
}
