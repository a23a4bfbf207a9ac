"""Public catalogues: rows of SkyPilot, gpuhunt and LiteLLM as quotes and as entries of the book."""

from datetime import date
from pathlib import Path

import pytest

from reportgen.errors import InputError
from reportgen.prices.catalogues import Format, read_catalogue
from reportgen.prices.imports import book_entries, text_with_entries
from reportgen.schema.loading.load import load_book
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
        for q in read_catalogue(kind, path, match, provider)
    ]


def test_the_price_of_a_machine_is_divided_by_its_gpus(tmp_path: Path) -> None:
    """55.04 for eight H100 are 6.88 each, spot 2.80; of two zones the cheaper, and never an accelerator without machine."""
    assert catalogue(tmp_path, "skypilot", SKYPILOT, "h100") == [
        ("aws", "H100", "on_demand", {"per_gpu_hour": 6.88}, "us-east-1"),
        ("aws", "H100", "spot", {"per_gpu_hour": 2.8}, "us-east-1"),
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
        ("azure", "azure/gpt-6.1-sol", "standard", {"input": 2.0, "cached_input": 0.1, "output": 10.0}, ""),
        ("azure", "azure/gpt-6.1-sol", "batch", {"input": 1.0, "output": 5.0}, ""),
    ]
    quote = read_catalogue("litellm", tmp_path / "aws.json", "azure standard")[0]
    assert quote.retires == date(2028, 3, 11)
    assert quote.note.startswith("Long requests cost more")


WRONG: list[tuple[Format, str, str]] = [
    ("skypilot", GPUHUNT, "has no column AcceleratorCount and no AcceleratorName"),
    ("gpuhunt", GPUHUNT.replace("23.92", "dear"), "no number above 0"),
    ("skypilot", SKYPILOT.replace("H100,8", "H100,0"), "no number above 0"),
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
        found = book_entries(loaded(tmp_path), read_catalogue("gpuhunt", path, ""), "gpuhunt", DAY)
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
