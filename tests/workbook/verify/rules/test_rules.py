"""The rules: this program's workbooks follow all, and each seeded defect is reported by its rule or a recalculation."""

from pathlib import Path

import pytest
import yaml
from openpyxl import Workbook

from reportgen.workbook.issue import issue_of
from reportgen.workbook.package.reader import OpenedBook, open_book
from reportgen.workbook.verify.rules.rule import Rule
from reportgen.workbook.verify.rules.table import RULES, apply_rules
from reportgen.workbook.write import write_workbook
from tests.agreement.cases import SHIPPED, analysis_of, over_cases
from tests.workbook.mutants import (
    MUTANTS,
    RECALCULATION,
    Cached,
    Mutant,
    as_saved_and_computed,
    mutated,
    mutated_in_memory,
    unchanged,
)

pytestmark = pytest.mark.slow


AT_ONCE = (
    "a factor in one cell",
    "a swapped unit",
    "an unlocked formula",
    "merged cells",
    "a hidden sheet",
    "a name that leads nowhere",
    "a long sheet whose head scrolls away",
    "no page numbers",
    "a what-if table over another cell",
    "an error value",
)
"""Defects in different places of a workbook, which one file holds together."""


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build two options of the shipped case over two years and few volumes, with one risk, once."""
    folder = tmp_path_factory.mktemp("sound")
    case = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    del case["options"]["platform"]
    case["finance"]["years"], case["risks"] = 2, case["risks"][:1]
    for key in ("opportunity", "price_scenarios", "requirements", "strategic_fit"):
        del case[key]
    case |= {"simulation": {"draws": 100}, "break_even": {"points": 2}}
    (folder / "case.yaml").write_text(yaml.safe_dump(case, sort_keys=False), encoding="utf-8")
    write_workbook(issue_of(analysis_of(folder / "case.yaml")), folder / "sound.xlsx")
    return folder / "sound.xlsx"


def found_in(path: Path) -> dict[str, list[str]]:
    """Apply the rules to a workbook, and map each rule with findings to them."""
    return findings_of(open_book(path))


def findings_of(book: OpenedBook) -> dict[str, list[str]]:
    """Apply the rules to an opened workbook, and map each rule with findings to them."""
    held = apply_rules(book)
    return {rule.id: [f"{one.where} {one.what}" for one in found] for rule, found in held if found}


def alike(saved: object, computed: object) -> bool:
    """Compare two values: what-if tables hold 12 digits, and differences of them fewer."""
    if isinstance(saved, int | float) and isinstance(computed, int | float):
        return abs(saved - computed) <= 1e-5 + 1e-9 * abs(saved)
    return saved == computed or not (saved or computed)


@pytest.mark.parametrize(
    "path", over_cases(larger=["polish_names", "dated_prices", "second_edition_machines"])
)
def test_our_workbooks_keep_every_rule(path: Path, tmp_path: Path) -> None:
    """No rule has a finding in any case."""
    book = tmp_path / "book.xlsx"
    write_workbook(issue_of(analysis_of(path)), book)
    assert open_book(book).made_by_reportgen
    assert found_in(book) == {}


def test_there_are_at_least_thirty_mutants_and_every_rule_has_one() -> None:
    """Every rule can fail."""
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS) >= 30
    assert {rule.id for rule in RULES} - {mutant.seen_by for mutant in MUTANTS} == set()


def _is_first(mutant: Mutant) -> bool:
    """Return whether a defect is the first that its rule sees: the whole run takes one for each rule."""
    return next(one for one in MUTANTS if one.seen_by == mutant.seen_by) is mutant


@pytest.mark.parametrize(
    "mutant",
    [pytest.param(one, id=one.name, marks=() if _is_first(one) else pytest.mark.long) for one in MUTANTS],
)
def test_a_seeded_defect_is_seen(mutant: Mutant, sound: Path, tmp_path: Path) -> None:
    """Its rule reports it, or a recalculation gives other values than those saved."""
    if mutant.needs_file:
        assert_seen_in_file(mutant, sound, tmp_path)
    else:
        assert list(rule_for(mutant).find(mutated_in_memory(sound, mutant.change)))


@pytest.mark.long
@pytest.mark.parametrize("mutant", [pytest.param(one, id=one.name) for one in MUTANTS if not one.needs_file])
def test_a_seeded_defect_is_seen_in_a_file(mutant: Mutant, sound: Path, tmp_path: Path) -> None:
    """The same for each defect once it is written to a file and read again."""
    assert_seen_in_file(mutant, sound, tmp_path)


def test_defects_in_one_file_are_all_seen(sound: Path, tmp_path: Path) -> None:
    """A file with a defect for each of ten rules is reported by all of these rules."""
    seeded = [one for one in MUTANTS if one.name in AT_ONCE]
    assert len(seeded) == len(AT_ONCE)

    def change(book: Workbook, cached: Cached) -> None:
        for one in seeded:
            one.change(book, cached)

    found = found_in(mutated(sound, tmp_path / "mutants.xlsx", change))
    assert {one.seen_by for one in seeded} <= set(found)


def rule_for(mutant: Mutant) -> Rule:
    """Find the rule that must report a defect."""
    return next(rule for rule in RULES if rule.id == mutant.seen_by)


def assert_seen_in_file(mutant: Mutant, sound: Path, folder: Path) -> None:
    """Assert that a defect is reported once it is in a file."""
    book = mutated(sound, folder / "mutant.xlsx", mutant.change, plainly=mutant.plainly)
    if mutant.seen_by == RECALCULATION:
        saved, computed = as_saved_and_computed(book)
        assert any(not alike(saved[cell], value) for cell, value in computed.items())
    else:
        assert list(rule_for(mutant).find(open_book(book)))


def test_the_sound_workbook_written_anew_has_no_findings(sound: Path, tmp_path: Path) -> None:
    """Neither the source of the mutants nor the way they are made causes a finding."""
    assert findings_of(mutated_in_memory(sound, unchanged)) == {}
    book = mutated(sound, tmp_path / "same.xlsx", unchanged)
    assert found_in(book) == {}
    saved, computed = as_saved_and_computed(book)
    assert [cell for cell, value in computed.items() if not alike(saved[cell], value)] == []


def test_a_circle_through_a_range_is_found_at_the_cell_that_reads_the_range(tmp_path: Path) -> None:
    """B1 = A1 and A1 = SUM(B1:B3); C1 and C2 read the same range and are on no circle."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for cell, formula in {"A1": "=SUM(B1:B3)", "B1": "=A1", "C1": "=SUM(B1:B3)", "C2": "=SUM(B1:B3)"}.items():
        sheet[cell] = formula
    book.save(tmp_path / "circle.xlsx")
    found = found_in(tmp_path / "circle.xlsx")["circles"]
    assert len(found) == 1
    assert any(cell in found[0] for cell in ("A1", "B1"))
