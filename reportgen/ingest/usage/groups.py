"""The groups of usage that become workloads: the largest ones, and the others together."""

from reportgen.ingest.usage.text import MOST_WORKLOADS
from reportgen.ingest.usage.totals import Totals

OTHERS = "Others"


def largest(totals: Totals) -> dict[str, Totals]:
    """Return the totals of at most six groups, the last one all the others together."""
    groups = totals.by_group()
    if len(groups) <= MOST_WORKLOADS:
        return groups
    names = list(groups)
    kept = {name: groups[name] for name in names[: MOST_WORKLOADS - 1]}
    rest = Totals(widths=totals.widths, first=totals.first, last=totals.last)
    for name in names[MOST_WORKLOADS - 1 :]:
        for (start, _), amounts in groups[name].buckets.items():
            key = start, OTHERS
            rest.buckets[key] = rest.buckets[key] + amounts if key in rest.buckets else amounts.copy()
    return {**kept, OTHERS: rest}
