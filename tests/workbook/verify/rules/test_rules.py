"""The rules: this program's workbooks follow all, and each seeded defect is reported by its rule or a recalculation."""

from pathlib import Path

import pytest

from reportgen.workbook.issue import issue_of
from reportgen.workbook.package.reader import open_book
from reportgen.workbook.verify.rules.table import RULES, apply_rules
from reportgen.workbook.write import write_workbook
from tests.agreement.cases import SHIPPED, analysis_of, over_cases
from tests.workbook.mutants import MUTANTS, RECALCULATION, Mutant, as_saved_and_computed, mutated, unchanged

pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the shipped case over two years and few volumes, once."""
    folder = tmp_path_factory.mktemp("sound")
    text = SHIPPED.read_text(encoding="utf-8").replace("years: 3", "years: 2", 1)
    (folder / "case.yaml").write_text(
        text + "\nsimulation: {draws: 100}\nbreak_even: {points: 2}\n", encoding="utf-8"
    )
    write_workbook(issue_of(analysis_of(folder / "case.yaml")), folder / "sound.xlsx")
    return folder / "sound.xlsx"


def found_in(path: Path) -> dict[str, list[str]]:
    """Apply the rules to a workbook, and map each rule with findings to them."""
    held = apply_rules(open_book(path))
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
    book = mutated(sound, tmp_path / "mutant.xlsx", mutant.change, plainly=mutant.plainly)
    if mutant.seen_by == RECALCULATION:
        saved, computed = as_saved_and_computed(book)
        assert any(not alike(saved[cell], value) for cell, value in computed.items())
    else:
        rule = next(rule for rule in RULES if rule.id == mutant.seen_by)
        assert list(rule.find(open_book(book)))


def test_the_sound_workbook_written_anew_has_no_findings(sound: Path, tmp_path: Path) -> None:
    """Neither the source of the mutants nor the way they are written causes a finding."""
    book = mutated(sound, tmp_path / "same.xlsx", unchanged)
    assert found_in(book) == {}
    saved, computed = as_saved_and_computed(book)
    assert [cell for cell, value in computed.items() if not alike(saved[cell], value)] == []
