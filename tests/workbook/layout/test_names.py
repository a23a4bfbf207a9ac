"""What options and assumptions are called, made into names of sheets and of cells."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from reportgen.formula.lines import Model, Sheet
from reportgen.formula.nodes import Line, as_node
from reportgen.units import FACTOR
from reportgen.workbook.layout.defined_names import REFERENCE, defined_name, defined_names
from reportgen.workbook.layout.sheet_names import FORBIDDEN, MAX_LENGTH, sheet_name, with_sheet_names
from reportgen.workbook.verify.verify import verify
from tests.packs import pack

NAMES = [
    ("GPUs 24/7", "GPUs 24-7"),
    ("Azure: EU", "Azure- EU"),
    ("[own]", "-own-"),
    ("?", "-"),
    ("*", "-"),
    ("a\\b", "a-b"),
    ("'quoted'", "quoted"),
    ("''", "-"),
    ("it's", "it's"),
    ("x" * 40, "x" * 31),
    ("x" * 29 + " 'y", "x" * 29),
    ("\N{ROCKET}" * 18, "\N{ROCKET}" * 15),
    ("a" * 30 + "\N{ROCKET}", "a" * 30),
    ("a" * 30 + "e\N{COMBINING ACUTE ACCENT}", "a" * 30),
    ("משלנו", "משלנו"),
]


@pytest.mark.parametrize(("name", "sheet"), NAMES)
def test_an_option_has_a_sheet_of_nearly_its_name(name: str, sheet: str) -> None:
    """What a sheet cannot bear becomes a hyphen; 31 UTF-16 units, no half of an emoji, no letter without its accent."""
    assert sheet_name(name) == sheet
    assert len(sheet.encode("utf-16-le")) <= 2 * MAX_LENGTH
    assert not FORBIDDEN.search(sheet)


def names_of(*options: str) -> list[str]:
    """Give the names of the sheets of a model with Summary, Checks and options of these names."""
    sheets = [Sheet(name, name, "", ()) for name in ("Summary", "Checks")]
    sheets += [Sheet(name, name, "", (), name) for name in options]
    model = Model(tuple(sheets), Line("runs.names", "Run", FACTOR, as_node(0)), (), {})
    return [sheet.name for sheet in with_sheet_names(model, ("Inputs", "Case")).sheets][2:]


def test_two_options_never_share_a_sheet() -> None:
    """Two that become one get numbers, without regard to capitals; so do names of our own sheets and Excel's History."""
    assert names_of("A/B", "A:B", "a?b") == ["A-B", "A-B (2)", "a-b (3)"]
    assert names_of("History", "INPUTS", "checks") == ["History (2)", "INPUTS (2)", "checks (2)"]
    assert names_of("y" * 40, "y" * 41) == ["y" * 31, "y" * 27 + " (2)"]
    assert names_of("z" * 27 + " (2)", "z" * 40, "z" * 41)[1:] == ["z" * 31, "z" * 27 + " (3)"]


@pytest.mark.parametrize(
    "path", ["r", "C", "rc", "R1C1", "r12", "c3", "ab12", "XFD1048576", "true", "a1", "7b"]
)
def test_a_defined_name_never_looks_like_a_reference(path: str) -> None:
    """Excel would read it as a cell, a row, a column or a value."""
    assert defined_name(path) == f"_{path}"


@pytest.mark.parametrize(
    "path", ["options.api.tco", "prices.gpt-6.1.input.undated", "recommended", "a_1", "abcd1"]
)
def test_a_path_becomes_a_name(path: str) -> None:
    """Letters and digits stay; all else is an underscore."""
    name = defined_name(path)
    assert not REFERENCE.fullmatch(name)
    assert len(name) == len(path)


def test_two_paths_never_share_a_defined_name() -> None:
    """gpt-6.1 and gpt-6-1 are two items: the second gets a number, also where only capitals differ."""
    paths = ("prices.gpt-6.1.input", "prices.gpt-6-1.input", "PRICES.gpt_6_1.input")
    assert list(defined_names(paths).values()) == [
        "prices_gpt_6_1_input",
        "prices_gpt_6_1_input_2",
        "PRICES_gpt_6_1_input_3",
    ]
    assert len({name.lower() for name in defined_names(f"{'x' * 300}{n}" for n in range(12)).values()}) == 12


CASE = """\
case: {{title: Names, date: 2026-11-23, currency: USD}}
finance: {{years: 1, start: 2027-01, discount_rate: 0.1}}
workload: {{tokens_per_month: 2500, output_share: 0.3}}
people: {{loaded_cost_per_fte: 180000}}
options:
"""
OPTION = "  option_{n}: {{kind: api, name: {name}, input_price: {n}, output_price: 15}}\n"
AWKWARD = (
    ("GPUs 24/7", "Azure: EU", "[own]", "?", "*", "a\\\\b", "'quoted'", "History"),
    ("Summary", "Cover", "A/B", "A:B", "\N{ROCKET}" * 18, "משלנו", "عربي: ٢", "TRUE"),
    ("Inputs", "Prices", "Case", "R", "C3", "A1", "it's", "Change log"),
)


@pytest.mark.slow
@pytest.mark.parametrize("names", AWKWARD, ids=["forbidden", "taken", "references"])
def test_options_of_any_name_build(names: tuple[str, ...], tmp_path: Path) -> None:
    """Every name that a case may bear has a sheet and is shown as written; the rules find nothing wrong."""
    case = tmp_path / "names.yaml"
    options = "".join(OPTION.format(n=n, name=f'"{name}"') for n, name in enumerate(names, start=1))
    case.write_text(CASE.format() + options, encoding="utf-8")
    pack(case, tmp_path)
    book = load_workbook(tmp_path / "names.xlsx")
    titles = {sheet["B2"].value for sheet in book.worksheets}
    assert {name.replace("\\\\", "\\") for name in names} <= titles
    folded = [name.casefold() for name in book.sheetnames]
    assert len(folded) == len(set(folded))
    found = verify(tmp_path / "names.xlsx", lambda _: "not asked for", recalculate=False)
    assert [(rule.id, places) for rule, places in found.rules if places] == []
    assert found.unsafe == ()
