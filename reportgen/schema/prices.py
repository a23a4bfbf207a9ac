"""The schema of a price book: items with dated rates and their sources."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, PrivateAttr

from reportgen.schema.assumption_fields import Number, Written
from reportgen.schema.field_types import Currency, Day, Line, Link, Text, item_id_validator

Basis = Literal["list", "quote", "contract", "observed", "assumed"]
Purchase = Literal["standard", "batch", "flex", "on_demand", "spot", "reserved_1y", "reserved_3y"]
Component = Literal["input", "cached_input", "cache_write", "output", "per_gpu_hour"]
COMPONENTS: dict[str, tuple[Component, ...]] = {
    "token": ("input", "cached_input", "cache_write", "output"),
    "gpu_hour": ("per_gpu_hour",),
}
"""The rate components of each kind of item."""
OPTION_FIELDS: dict[Component, str] = {
    "input": "input_price", "cached_input": "cached_input_price", "cache_write": "cache_write_price",
    "output": "output_price", "per_gpu_hour": "gpu_hourly_price",
}  # fmt: skip
"""The option field whose value each rate component provides."""
COMPONENT_WORDS: dict[Component, str] = {
    "cached_input": "cached input", "cache_write": "cache write", "per_gpu_hour": "GPU-hour",
}  # fmt: skip
Amount = Annotated[Number, Field(ge=0)]


def component_words(component: Component) -> str:
    """Return what a component is called in labels."""
    return COMPONENT_WORDS.get(component, component)


class PriceSource(Written):
    """Where rates were found."""

    title: Text
    url: Link | None = None
    licence: Text | None = None
    retrieved: Day | None = None
    note: Text | None = None


class Rate(Written):
    """The rates of an item from one day on."""

    effective: Day | None = Field(
        default=None, description="The first day; only an item's first rate may leave it out."
    )
    verified: Day = Field(description="The day on which somebody last looked.")
    source: Text = Field(description="One of the book's sources.")
    valid_until: Day | None = Field(default=None, description="The last day on which a quote can be taken.")
    basis: Basis = Field(description="What sort of price it is.")
    input: Amount | None = Field(default=None, description="Per M input tokens.")
    cached_input: Amount | None = Field(
        default=None, description="Per M input tokens read from the prompt cache."
    )
    cache_write: Amount | None = Field(
        default=None,
        description="Per M input tokens written to the prompt cache; the input rate unless given.",
    )
    output: Amount | None = Field(default=None, description="Per M output tokens.")
    per_gpu_hour: Amount | None = Field(default=None, description="Per GPU and hour.")
    note: Text | None = None

    @property
    def day(self) -> str:
        """Return the rate's part of an assumption path: its first day in ISO format, or "undated"."""
        return self.effective.isoformat() if self.effective else "undated"

    def amount(self, component: Component) -> float | None:
        """Return the amount of a component; None if the rate does not state it."""
        match component:
            case "input":
                return self.input
            case "cached_input":
                return self.cached_input
            case "cache_write":
                return self.cache_write
            case "output":
                return self.output
            case "per_gpu_hour":
                return self.per_gpu_hour

    def charged(self, component: Component) -> Component:
        """Return the component whose amount is charged: writes to a cache cost the input rate where none is stated."""
        return "input" if component == "cache_write" and self.cache_write is None else component


class Item(Written):
    """Something with a price: a model's tokens or a GPU's hour at one provider."""

    id: Annotated[Text, item_id_validator]
    kind: Literal["token", "gpu_hour"]
    provider: Line
    model: Line | None = None
    gpu: Line | None = None
    purchase: Purchase
    currency: Currency | None = Field(default=None, description="Its currency where it is not the book's.")
    region: Line | None = None
    retires: Day | None = Field(default=None, description="The last day on which it can be bought.")
    successor: Text | None = Field(default=None, description="The item that follows it.")
    rates: tuple[Rate, ...] = Field(min_length=1, description="Its rates, oldest first.")
    note: Text | None = None

    @property
    def title(self) -> str:
        """Return the name of the priced model or GPU."""
        return self.model or self.gpu or self.id

    @property
    def components(self) -> tuple[Component, ...]:
        """Return the rate components of the item's kind."""
        return COMPONENTS[self.kind]

    def states(self, component: Component) -> bool:
        """Return whether any rate of the item states a component."""
        return any(rate.amount(component) is not None for rate in self.rates)

    def at(self, day: date) -> Rate | None:
        """Return the rate in force on a day: the last one effective on or before it; None before the first."""
        found = None
        for rate in self.rates:
            if rate.effective is None or rate.effective <= day:
                found = rate
        return found


class PriceBook(Written):
    """The price book: items with dated rates, and where they come from."""

    schema_: Literal["reportgen.prices/1"] = Field(alias="schema", description="The form of this file.")
    currency: Currency = Field(description="The currency of all rates, unless an item has its own.")
    sources: dict[Text, PriceSource] = Field(default_factory=dict)
    items: tuple[Item, ...] = ()
    _file: str = PrivateAttr("")

    def item(self, name: str | None) -> Item | None:
        """Return the item with an id; None if there is none."""
        return next((item for item in self.items if item.id == name), None)

    def currency_of(self, item: Item) -> str:
        """Return the currency of an item's rates."""
        return item.currency or self.currency
