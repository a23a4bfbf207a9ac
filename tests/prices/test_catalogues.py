"""Public catalogues: rows of SkyPilot, gpuhunt and LiteLLM as quotes and as entries of the book."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from reportgen.errors import InputError
from reportgen.prices.book_editor import BookEditor
from reportgen.prices.catalogues import Format, provider_of, read_catalogue
from reportgen.prices.imports import book_entries, text_with_entries
from reportgen.prices.quotes import Quote
from reportgen.schema.loading.load import book_of, load_book
from tests.prices.books import book, loaded

DAY = date(2026, 11, 24)
SKYPILOT = """\
InstanceType,AcceleratorName,AcceleratorCount,vCPUs,MemoryGiB,GpuInfo,Price,SpotPrice,Region,AvailabilityZone
p5.48xlarge,H100,8,192,2048,,55.04,22.4,us-east-1,a
p5.48xlarge,H100,8,192,2048,,56.00,,us-east-1,b
,H100,1,,,,9.80,,us-east-1,a
m7i.large,,,2,8,,0.1,,us-east-1,a
"""
GPUHUNT = """\
instance_name,location,price,cpu,memory,gpu_count,gpu_name,gpu_memory,spot,disk_size,gpu_vendor
gpu_8x_h100,us-west-1,23.92,208,1800,8,H100,80.0,False,20000,nvidia
gpu_1x_h100,us-west-1,1.99,26,200,1,H100,80.0,True,1000,nvidia
cpu_4x,us-west-1,0.2,4,16,0,,,False,100,
"""
LITELLM = """{
 "sample_spec": {"input_cost_per_token": 0, "output_cost_per_token": 0, "litellm_provider": "one of"},
 "azure/gpt-6.1-sol": {"litellm_provider": "azure", "mode": "chat", "input_cost_per_token": 2e-06,
  "output_cost_per_token": 1e-05, "cache_read_input_token_cost": 1e-07, "input_cost_per_token_batches": 1e-06,
  "output_cost_per_token_batches": 5e-06, "input_cost_per_token_above_272k_tokens": 4e-06, "deprecation_date": "2028-03-11"},
 "azure/ada": {"litellm_provider": "azure", "mode": "embedding", "input_cost_per_token": 1e-07, "output_cost_per_token": 0}
}"""


def catalogue(
    folder: Path, kind: Format, text: str, match: str, provider: str = ""
) -> list[tuple[object, ...]]:
    """Read a catalogue and give the gist of its quotes."""
    path = folder / ("aws.json" if kind == "litellm" else "aws.csv")
    path.write_text(text, encoding="utf-8")
    return [
        (q.provider, q.title, q.purchase, q.amounts, q.region)
        for q in read_catalogue(kind, path, match, provider).quotes
    ]


def test_the_price_of_a_machine_is_divided_by_its_gpus(tmp_path: Path) -> None:
    """55.04 for eight H100 are 6.88 each, spot 2.80; of two zones the cheaper, and never an accelerator without machine."""
    assert catalogue(tmp_path, "skypilot", SKYPILOT, "h100") == [
        ("aws", "H100 SXM", "on_demand", {"per_gpu_hour": 6.88}, "us-east-1"),
        ("aws", "H100 SXM", "spot", {"per_gpu_hour": 2.8}, "us-east-1"),
    ]


def test_gpuhunt_rows_are_read_by_the_same_rule(tmp_path: Path) -> None:
    """23.92 for eight are 2.99 each; machines without GPUs are passed over; the provider is named beside the file."""
    assert catalogue(tmp_path, "gpuhunt", GPUHUNT, "h100 us-west", "lambda") == [
        ("lambda", "H100 80GB", "on_demand", {"per_gpu_hour": 2.99}, "us-west-1"),
        ("lambda", "H100 80GB", "spot", {"per_gpu_hour": 1.99}, "us-west-1"),
    ]


def test_amounts_per_token_become_amounts_per_million(tmp_path: Path) -> None:
    """Two millionths are 2, without the dust of binary fractions; batch is a price of its own; embeddings are no answer."""
    assert catalogue(tmp_path, "litellm", LITELLM, "azure") == [
        ("azure", "gpt-6.1-sol", "standard", {"input": 2.0, "cached_input": 0.1, "output": 10.0}, ""),
        ("azure", "gpt-6.1-sol", "batch", {"input": 1.0, "output": 5.0}, ""),
    ]
    quote = read_catalogue("litellm", tmp_path / "aws.json", "azure standard").quotes[0]
    assert quote.retires == date(2028, 3, 11)
    assert quote.note.startswith("Long requests cost more")


WRITES = """{
 "opus": {"litellm_provider": "anthropic", "mode": "chat", "input_cost_per_token": 4e-06, "output_cost_per_token": 2e-05,
  "cache_creation_input_token_cost": 5e-06, "cache_creation_input_token_cost_above_1hr": 8e-06,
  "input_cost_per_token_batches": 2e-06, "output_cost_per_token_batches": 1e-05,
  "cache_creation_input_token_cost_batches": 2.5e-06},
 "plain": {"litellm_provider": "anthropic", "mode": "chat", "input_cost_per_token": 4e-06, "output_cost_per_token": 2e-05,
  "cache_creation_input_token_cost": 0}
}"""


def test_the_price_of_a_write_to_the_cache_is_read(tmp_path: Path) -> None:
    """Five millionths are 5, batch 2.50; a write kept for an hour costs 8, which the note says; 0 is no price."""
    assert catalogue(tmp_path, "litellm", WRITES, "") == [
        ("anthropic", "opus", "standard", {"input": 4.0, "cache_write": 5.0, "output": 20.0}, ""),
        ("anthropic", "opus", "batch", {"input": 2.0, "cache_write": 2.5, "output": 10.0}, ""),
        ("anthropic", "plain", "standard", {"input": 4.0, "output": 20.0}, ""),
    ]
    notes = [quote.note for quote in read_catalogue("litellm", tmp_path / "aws.json", "").quotes]
    kept = "A cache kept longer costs more to write; the rate of the shortest time is given"
    assert notes == [kept, kept, ""]


def test_a_rate_that_charges_writes_as_input_agrees_with_a_catalogue_that_says_so(tmp_path: Path) -> None:
    """Where a rate states no price of writes they cost its input; a catalogue with another price has a new rate."""
    rate = loaded(tmp_path).items[0].rates[0]
    quote = Quote(
        "acme", "swift", "standard", None, {"input": rate.input or 0, "cache_write": rate.input or 0}
    )
    assert quote.agrees_with(rate)
    assert not replace(quote, amounts={**quote.amounts, "cache_write": 2 * (rate.input or 0)}).agrees_with(
        rate
    )


WRONG: list[tuple[Format, str, str]] = [
    ("skypilot", GPUHUNT, "has no column AcceleratorCount and no AcceleratorName"),
    ("gpuhunt", GPUHUNT.replace("23.92", "dear"), "no number above 0"),
    ("skypilot", SKYPILOT.replace("H100,8", "H100,0"), "no number above 0"),
    (
        "skypilot",
        SKYPILOT.replace("55.04", "-1"),
        "The price -1 or the number of GPUs, 8, of H100 on_demand us-east-1",
    ),
    ("skypilot", SKYPILOT.replace("22.4", "NaN"), "no number above 0"),
    ("gpuhunt", GPUHUNT.replace(",8,H100", ",many,H100"), "no number above 0"),
    (
        "litellm",
        LITELLM.replace("2e-06", "NaN"),
        "input_cost_per_token of azure/gpt-6.1-sol is nan, no price",
    ),
    ("litellm", LITELLM.replace("2e-06", "-1"), "is -1, no price"),
    ("litellm", "{", "it is not JSON"),
    ("litellm", "{}", "no entry has input_cost_per_token"),
]


@pytest.mark.parametrize(("kind", "text", "sentence"), WRONG)
def test_a_file_of_another_format_is_refused(kind: Format, text: str, sentence: str, tmp_path: Path) -> None:
    """One sentence says why the file is no such catalogue."""
    with pytest.raises(InputError) as caught:
        catalogue(tmp_path, kind, text, "")
    assert sentence in str(caught.value)


def test_entries_are_added_behind_the_last_item_and_to_items_that_we_have(tmp_path: Path) -> None:
    """A new item goes to the end, a new rate of an item behind its last; the same amount again adds nothing."""
    path = tmp_path / "cloud.csv"
    row = "gpu_1x,,{},26,200,1,H100 SXM,,False,1000,nvidia\nbig_8x,north,48.00,26,200,8,B200,,False,1000,nvidia\n"
    for price, states in (("3.99", ["unchanged", "new item"]), ("3.50", ["new rate", "new item"])):
        path.write_text(GPUHUNT.splitlines()[0] + "\n" + row.format(price), encoding="utf-8")
        found = book_entries(loaded(tmp_path), read_catalogue("gpuhunt", path, "").quotes, "gpuhunt", DAY)
        assert [entry.state for entry in found] == states
    target = book(tmp_path)
    text = target.read_text(encoding="utf-8")
    target.write_text(text_with_entries(text, load_book(target), found, "gpuhunt", DAY), encoding="utf-8")
    after = load_book(target)
    assert [item.id for item in after.items] == ["swift", "h100", "cloud-b200-north"]
    assert [rate.per_gpu_hour for rate in after.items[1].rates] == [3.99, 3.5]
    assert (after.items[2].rates[0].per_gpu_hour, after.items[2].rates[0].day) == (6.0, "undated")
    assert after.items[2].rates[0].note == "One of 8 in big_8x, which is rented whole"
    assert after.sources["gpuhunt"].retrieved == DAY


def entries(
    folder: Path, kind: Format, text: str, edits: tuple[tuple[str, str], ...], provider: str
) -> list[tuple[str, str]]:
    """Read a catalogue against the book with passages replaced; give item and state of each entry."""
    path = folder / "rows"
    path.write_text(text, encoding="utf-8")
    found = book_entries(loaded(folder, *edits), read_catalogue(kind, path, "", provider).quotes, kind, DAY)
    return [(entry.item, entry.state) for entry in found]


VERDA = """\
InstanceType,AcceleratorName,AcceleratorCount,Region,Price,SpotPrice
1H200.141S.44V,H200,1.0,FIN-02,3.39,
1H200.141S.44V,H200,1.0,FIN-03,3.99,
1H200.141S.44V,H200,1.0,ICE-01,3.39,
"""
ITS_H200 = (
    ("provider: cloud", "provider: verda"),
    ("gpu: H100 SXM", "gpu: H200\n    region: Finland"),
    ("per_gpu_hour: 3.99", "per_gpu_hour: 3.39"),
)


def test_an_item_is_recognised_by_provider_and_region(tmp_path: Path) -> None:
    """Both places in Finland are the book's item, the cheaper one counts; Iceland is another item."""
    assert entries(tmp_path, "skypilot", VERDA, ITS_H200, "verda") == [
        ("h100", "unchanged"),
        ("verda-h200-ice-01", "new item"),
    ]
    assert entries(tmp_path, "skypilot", VERDA, ITS_H200, "other")[0] == ("other-h200-fin-02", "new item")


FORMS = """\
InstanceType,AcceleratorName,AcceleratorCount,Region,Price,SpotPrice
gpu-h100-sxm_1gpu,H100,1,north,3.99,
1x-H100_NVL,H100,1,north,2.08,
n3-H100x8,H100,8,south,15.2,
"""


def test_an_item_is_recognised_by_the_form_of_its_gpu(tmp_path: Path) -> None:
    """The machine's name tells the form; NVL, and a card of unknown form, are not the book's SXM."""
    assert entries(tmp_path, "skypilot", FORMS, (), "cloud") == [
        ("h100", "unchanged"),
        ("cloud-h100-nvl-north", "new item"),
        ("cloud-h100-south", "new item"),
    ]


KEYED = """{
 "azure/gpt-6.1-sol": {"litellm_provider": "azure", "input_cost_per_token": 2e-06, "output_cost_per_token": 1e-05},
 "azure/eu/gpt-6.1-sol": {"litellm_provider": "azure", "input_cost_per_token": 2.4e-06, "output_cost_per_token": 1.2e-05},
 "bedrock/us-east-1/acme.swift": {"litellm_provider": "bedrock", "input_cost_per_token": 1e-06, "output_cost_per_token": 1e-06}
}"""


@pytest.mark.parametrize(
    ("region", "price", "first", "second"),
    [
        ("global", "2", "unchanged", "new item"),
        ("European data zone", "2.4", "new item", "unchanged"),
        ("European data zone", "2.5", "new item", "new rate"),
    ],
)
def test_a_model_is_recognised_by_the_zone_within_its_key(
    region: str, price: str, first: str, second: str, tmp_path: Path
) -> None:
    """azure/... is the item of region global, azure/eu/... that of the European data zone, whatever their order."""
    edits = (
        ("provider: acme", "provider: azure"),
        ("model: swift", f"model: gpt-6.1-sol\n    region: {region}"),
        ("input: 0.75, output: 3.75", f"input: {price}, output: {10 if first == 'unchanged' else 12}"),
    )
    found = entries(tmp_path, "litellm", KEYED, edits, "")
    assert [state for _, state in found] == [first, second, "new item"]
    assert found[2] == ("bedrock-acme.swift-us-east-1", "new item")


def test_an_announced_price_is_no_new_rate_and_takes_none_before_it(tmp_path: Path) -> None:
    """The price in force on the day counts; where the book has a later rate already, none is put behind it."""
    row = GPUHUNT.splitlines()[0] + "\ngpu_1x,,{},26,200,1,H100 SXM,,False,1000,nvidia\n"
    later = (
        "      - {effective: 2027-01-01, verified: 2026-11-09, source: list, basis: list, per_gpu_hour: 5}\n"
    )
    edits = (("      # the last one\n", later),)
    for price, state in (("3.99", "unchanged"), ("3.50", "announced")):
        assert entries(tmp_path, "gpuhunt", row.format(price), edits, "cloud") == [("h100", state)]


PASSED_OVER: list[tuple[Format, str, str]] = [
    ("skypilot", SKYPILOT.replace("p5.48xlarge", ""), "without its machine"),
    ("skypilot", SKYPILOT.replace("55.04,22.4", "0.00,0").replace("56.00", "0"), "a price of 0, which is no price"),
    ("litellm", LITELLM.replace("2e-06", "0.0"), "a price of 0, which is no price"),
    ("litellm", KEYED.replace('"azure/eu/gpt-6.1-sol": {"litellm_provider": "azure", "input_cost_per_token": 2.4e-06',
     '"azure/tiered": {"litellm_provider": "azure", "tiered_pricing": [{"input_cost_per_token": 1e-06}]'),
     "prices by length of the request alone"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "reason"), PASSED_OVER)
def test_a_row_without_a_price_is_named_with_its_reason(
    kind: Format, text: str, reason: str, tmp_path: Path
) -> None:
    """It gives no quote and is not called missing."""
    path = tmp_path / "rows"
    path.write_text(text, encoding="utf-8")
    found = read_catalogue(kind, path, "")
    assert any(reason in row.reason for row in found.passed_over)
    assert not any(0.0 in quote.amounts.values() for quote in found.quotes)


def test_a_utf_16_catalogue_is_refused_with_advice(tmp_path: Path) -> None:
    """Spreadsheets export UTF-16: the sentence says what to save it as."""
    path = tmp_path / "rows.csv"
    path.write_text(SKYPILOT, encoding="utf-16")
    with pytest.raises(InputError, match="UTF-16 text; save it as UTF-8"):
        read_catalogue("skypilot", path, "")


def test_the_provider_is_taken_from_the_files_name() -> None:
    """A version is no part of it, and SkyPilot's file of each provider lies in the provider's folder."""
    names = ("lambda.csv", "lambda-v8.csv", "v8/lambda/vms.csv")
    assert {provider_of(Path(name)) for name in names} == {"lambda"}


def test_entries_are_added_to_an_empty_book(tmp_path: Path) -> None:
    """A book that was just begun has no entry to write below; it gets its first."""
    rows = tmp_path / "cloud.csv"
    text = "schema: reportgen.prices/1\ncurrency: USD\nsources: {}\nitems: []   # none yet\n"
    rows.write_text(GPUHUNT, encoding="utf-8")
    for start in (text, text.replace("sources: {}\n", "").replace("items: []   # none yet\n", "")):
        begun = book_of(start, "prices.yaml")
        found = book_entries(begun, read_catalogue("gpuhunt", rows, "").quotes, "gpuhunt", DAY)
        after = book_of(text_with_entries(start, begun, found, "gpuhunt", DAY), "prices.yaml")
        assert [item.id for item in after.items] == [entry.item for entry in found]
        assert list(after.sources) == ["gpuhunt"]


def test_a_rate_is_added_to_rates_on_one_line(tmp_path: Path) -> None:
    """Rates in brackets get theirs within the brackets."""
    text = (
        "schema: reportgen.prices/1\ncurrency: USD\nsources: {list: {title: A list}}\nitems:\n"
        "  - id: h100\n    kind: gpu_hour\n    provider: cloud\n    gpu: H100 80GB\n    purchase: on_demand\n"
        "    rates: [{verified: 2026-11-09, source: list, basis: list, per_gpu_hour: 3.99}]\n"
    )
    rows = tmp_path / "cloud.csv"
    rows.write_text(GPUHUNT, encoding="utf-8")
    begun = book_of(text, "prices.yaml")
    found = book_entries(begun, read_catalogue("gpuhunt", rows, "on_demand").quotes, "gpuhunt", DAY)
    editor = BookEditor(text)
    editor.add_rates([replace(entry.rate, source="list") for entry in found])
    assert [rate.per_gpu_hour for rate in book_of(editor.text, "prices.yaml").items[0].rates] == [3.99, 2.99]
