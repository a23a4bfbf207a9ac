"""The lines of an option of kind api: pay per token."""

from reportgen import units
from reportgen.formula.nodes import Input, Line, Node, Term, as_node, maximum, sum_terms
from reportgen.model.options.basis import Basis, Tokens, standing_costs, tokens_of
from reportgen.model.options.builder import OptionBuilder, Price, flat, timing_lines
from reportgen.model.options.part import Part, PartBuilder
from reportgen.model.prices import migration_lines

PRICE = units.PRICE_PER_M_TOKENS
CHANGE = "price_change"


def basis(builder: OptionBuilder) -> Basis:
    """Define what an api has whatever it carries; its engineers have no specialist premium (MODEL, "All kinds")."""
    timing, engineer = timing_lines(builder), builder.shared.fte_month
    prices = _Prices(builder)
    kept = builder.single(
        "paid_share", "Share of the price paid", units.SHARE,
        (1 - builder.input("batch_share") * builder.input("batch_discount")) * (1 - builder.input("committed_discount")),
    )  # fmt: skip
    tokens = tokens_of(builder)
    mixes = tuple(prices.of_input(one) for one in tokens)
    usage = tuple(
        builder.monthly(
            builder.of_workload("usage", one.workload), builder.label_of("All tokens at this price", one.workload),
            units.MONEY, (one.input * mix + one.output * prices.output.by_month) * kept,
        )
        for one, mix in zip(tokens, mixes, strict=True)
    )  # fmt: skip
    every = usage[0]
    if len(usage) > 1:
        every = builder.monthly("usage", "All tokens at this price", units.MONEY, sum_terms(usage))
    by_workload = zip(tokens, mixes, usage, strict=True)
    drivers = flat([(one.input, one.output, mix, used) for one, mix, used in by_workload])
    migrations = migration_lines(builder.outline, builder.shared)
    costs = standing_costs(builder, timing, engineer, ())
    if migrations:
        work = builder.input("migration_fte_months") * builder.shared.fte_month * migrations[-1]
        costs["other"] = (
            *costs["other"],
            builder.cost("migration", "Moving to the successor", work),
        )
    return Basis(
        builder, timing, engineer,
        (*timing.lines, *prices.lines, kept, *drivers, *(() if every is usage[0] else (every,)), *migrations),
        {one.workload.key: used for one, used in zip(tokens, usage, strict=True)}, costs,
        usage=every, looked_up=prices.looked_up,
    )  # fmt: skip


class _Prices:
    """The prices of an api by month."""

    def __init__(self, builder: OptionBuilder) -> None:
        self.builder = builder
        self.input = builder.price("input_price", "Input price", PRICE, CHANGE)
        self.output = builder.price("output_price", "Output price", PRICE, CHANGE)
        self.cached = None
        if builder.outline.cached_price:
            self.cached = builder.price("cached_input_price", "Cached input price", PRICE, CHANGE)
        self.write = self._write()
        found = [price for price in (self.input, self.cached, self.write, self.output) if price]
        self.lines = flat([price.lines for price in found])
        self.looked_up = {path: line for price in found for path, line in price.looked_up.items()}

    def _write(self) -> Price:
        """Define the price of cache writes; without one of its own, the input price of the run, steps included."""
        label = "Cache write price"
        if self.builder.outline.write_price:
            return self.builder.price("cache_write_price", label, PRICE, CHANGE)
        charged = Input(self.builder.input("cache_write_price").path, self.input.stated)
        steps = as_node(self.input.steps) if self.input.steps else None
        price = charged if steps is None else charged * steps
        drift = self.builder.shared.grow(self.builder.input(CHANGE))
        by_month = self.builder.monthly("cache_write_price_by_month", label, PRICE, price * drift)
        return Price(by_month, (by_month,), {charged.path: self.input.by_month})

    def of_input(self, tokens: Tokens) -> Line:
        """Define the mean price of an input token of one workload, cache reads and writes included."""
        workload = tokens.workload
        read = workload.input("cached_share")
        rest: Node = 1 - read - workload.written
        reads: Term = read * self.cached.by_month if self.cached else read * self.input.by_month
        formula = rest * self.input.by_month + reads + workload.written * self.write.by_month
        name = self.builder.of_workload("input_mix_price", workload)
        label = self.builder.label_of("Input token, with cache", workload)
        return self.builder.monthly(name, label, PRICE, formula)


def part(parts: PartBuilder) -> Part:
    """Define what an api charges for the workloads that it carries (MODEL, "api")."""
    builder, live = parts.builder, parts.basis.timing.live
    usage = (
        parts.basis.usage
        if parts.is_whole
        else parts.carried("usage", "All tokens at this price", units.MONEY)
    )
    assert usage is not None
    least = builder.input("minimum_monthly_spend")
    bill = builder.cost("token_fees", "Token fees", maximum(usage, least) * live)
    used, credited = parts.credited(bill)
    interim = parts.interim_usage()
    own = (usage,) if usage.key == builder.key("usage") and not parts.is_whole else ()
    return Part(
        parts.basis, builder, parts.selection.workloads, (*own, *parts.usage_lines(), *used),
        {"compute": (bill, credited), "interim": (interim,) if interim else ()},
        as_node(bill), charged=bill + credited, interim_usage=interim,
    )  # fmt: skip
