"""Pay per token: what an api charges for the workloads that it carries."""

from tests.oracle.excel import Months
from tests.oracle.options.workloads import cache_shares, tokens_in, tokens_out
from tests.oracle.run import Part, live, once, price


@once
def usage(part: Part) -> Months:
    """Compute what all the tokens cost, the api's own go-live, minimum spend and credit left out."""
    inputs = price(part, "input_price", "price_change")
    reads = price(part, "cached_input_price", "price_change")
    writes = price(part, "cache_write_price", "price_change")
    outputs = price(part, "output_price", "price_change")
    kept = (1.0 - part.of("batch_share") * part.of("batch_discount")) * (1.0 - part.of("committed_discount"))
    charged = [0.0 for _ in part.each()]
    for name in part.carried:
        read, written = cache_shares(part.run, name)
        if read > 0 and not part.has("cached_input_price"):
            raise ValueError(
                f"options.{part.key}.cached_input_price is required where a cached_share is above 0"
            )
        went_in, came_out = tokens_in(part, name), tokens_out(part, name)
        for i in range(part.run.H):
            blended = (1.0 - read - written) * inputs[i] + read * reads[i] + written * writes[i]
            charged[i] += (went_in[i] * blended + came_out[i] * outputs[i]) * kept
    return charged


@once
def billed(part: Part) -> Months:
    """Compute the api's own bill: usage or the minimum spend, from go-live on."""
    least = part.of("minimum_monthly_spend")
    return [max(used, least) * serves for used, serves in zip(usage(part), live(part), strict=True)]
