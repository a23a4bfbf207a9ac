"""Every rate of the shipped price book is in the source that it names, and announced changes are not left out."""

import pytest

from reportgen.schema.prices import Item, Rate
from tests.inputs.shipped import book, rows

RATES = [(item, rate) for item in book().items for rate in item.rates]
GPUS = {"H100 SXM": ("H100-SXM-80GB", "H100-SXM"), "H200": ("H200",), "B200": ("B200",)}
READERS = {
    "gpu-pricing": "tardellirs/gpu-pricing", "data-receipts": "datareceipts/data-receipts",
    "silybench": "tgarg01/silybench-data", "api-evangelist": "api-evangelist/", "skypilot": "skypilot-org/",
}  # fmt: skip


def chosen(*sources: str) -> list[object]:
    """List the rates of some sources, as parameters of a test."""
    found = [(item, rate) for item, rate in RATES if rate.source in sources]
    return [pytest.param(item, rate, id=f"{item.id}-{rate.day}") for item, rate in found]


def test_the_book_has_a_sensible_selection() -> None:
    """Some thirty items: tokens and GPU-hours, every way to buy, a price rise ahead and a successor."""
    items = book().items
    assert 15 <= len(items) <= 40
    assert {item.purchase for item in items} >= {"standard", "batch", "flex", "on_demand", "spot"}
    assert any(item.successor for item in items)
    assert any(len(item.rates) > 1 and item.rates[-1].effective > item.rates[-1].verified for item in items)  # type: ignore[operator]


def test_every_source_is_used_and_says_its_licence() -> None:
    """No source stands there for show, and all that were read say under which licence."""
    assert {rate.source for _, rate in RATES} == set(book().sources)
    assert all(s.licence and s.retrieved and s.url for key, s in book().sources.items() if key != "nobody")


@pytest.mark.parametrize(("item", "rate"), chosen("nobody"))
def test_a_price_that_nobody_announced_is_called_assumed(item: Item, rate: Rate) -> None:
    """An assumed rate is that of the model it follows."""
    before = next(found for found in book().items if found.successor == item.id)
    assert rate.basis == "assumed"
    assert (rate.input, rate.cached_input, rate.cache_write, rate.output) == (
        before.rates[-1].input, before.rates[-1].cached_input, before.rates[-1].cache_write, before.rates[-1].output,
    )  # fmt: skip


@pytest.mark.provenance
@pytest.mark.parametrize(("item", "rate"), chosen("genai-prices"))
def test_token_rate_is_in_the_data(item: Item, rate: Rate) -> None:
    """Provider, model, way of buying and first day find one row; a cached rate not listed is the input rate."""
    first = rate.effective.isoformat() if rate.effective else ""
    found = [
        row
        for row in rows("api_prices.csv")
        if (row["provider"], row["model"], row["mode"], row["effective_from"])
        == (item.provider, item.model, item.purchase, first)
    ]
    assert len(found) == 1
    row = found[0]
    cached = row["cache_read_usd_per_mtok"] or row["input_usd_per_mtok"]
    assert rate.input == float(row["input_usd_per_mtok"])
    assert rate.output == float(row["output_usd_per_mtok"] or 0)  # an embedding has no output
    assert rate.cached_input == float(cached)
    assert rate.cache_write == (
        float(row["cache_write_usd_per_mtok"]) if row["cache_write_usd_per_mtok"] else None
    )


@pytest.mark.provenance
@pytest.mark.parametrize(("item", "rate"), chosen("litellm"))
def test_retirement_and_its_price_are_in_the_data(item: Item, rate: Rate) -> None:
    """The provider's own name of the model finds its last day and its price."""
    region = "eu/" if item.region == "European data zone" else ""
    found = [
        row
        for row in rows("model_retirements.csv")
        if row["model"] == f"{item.provider}/{region}{item.model}"
    ]
    assert len(found) == 1
    assert item.retires
    assert found[0]["retires_on"] == item.retires.isoformat()
    assert (float(found[0]["input_usd_per_mtok"]), float(found[0]["output_usd_per_mtok"])) == (
        rate.input,
        rate.output,
    )


@pytest.mark.provenance
@pytest.mark.parametrize(("item", "rate"), chosen(*READERS))
def test_gpu_rate_is_in_the_data(item: Item, rate: Rate) -> None:
    """Provider, GPU, way of buying, reader and day find a row with this price."""
    assert item.gpu
    assert any(
        row["provider"] == item.provider
        and row["gpu"] in GPUS[item.gpu]
        and row["purchase"] == item.purchase
        and row["via"].startswith(READERS[rate.source])
        and row["as_of"] in {rate.verified.isoformat(), ""}
        and float(row["usd_per_gpu_hour"]) == rate.per_gpu_hour
        for row in rows("gpu_prices.csv")
    )


@pytest.mark.provenance
@pytest.mark.parametrize(("item", "rate"), chosen("gpu-pricing-tracker"))
def test_gpu_rate_of_the_past_is_in_the_data(item: Item, rate: Rate) -> None:
    """The tracker first saw this price on the day from which the book has it."""
    assert item.gpu
    assert rate.effective
    assert any(
        row["provider"] == item.provider
        and row["gpu"] in GPUS[item.gpu]
        and row["purchase"] == item.purchase
        and row["from_date"] == rate.effective.isoformat()
        and float(row["usd_per_gpu_hour"]) == rate.per_gpu_hour
        for row in rows("gpu_price_history_2026.csv")
    )


@pytest.mark.provenance
def test_announced_changes_are_in_the_book() -> None:
    """A change that is announced for a model of the book stands there with its day."""
    announced = [
        (item, row["effective_date"])
        for row in rows("api_price_changes.csv")
        if row["status"] == "scheduled"
        for item in book().items
        if (item.provider, item.model) == (row["provider"], row["model"])
    ]
    assert len(announced) >= 2
    for item, day in announced:
        assert day in {rate.day for rate in item.rates}, item.id
