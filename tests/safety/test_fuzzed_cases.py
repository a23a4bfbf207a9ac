"""Whatever a file holds: reading it gives a case or problems in sentences, and a case that is read is worked out or refused."""

import shutil
from collections import Counter
from pathlib import Path

import pytest

from reportgen.assessment import analyse
from reportgen.errors import InputError, ReportgenError
from reportgen.pipeline.writing import write_results
from reportgen.schema.case import Case
from reportgen.schema.loading.load import load_case
from tests.paths import CASES, INPUTS
from tests.safety.limits import at_most
from tests.safety.yaml_mutants import case_mutant, folder_of, numbers_mutant

SEED = 20_261_128
READ, EVALUATED, SHARDS = 100_000, 2_000, 20
FOUND = (20266281, 20269225, 20274450, 20277619, 20283781, 20284955, 20300743, 20300793, 20341147)
"""Seeds at which reading once failed: half a character in place of a number, a horizon beyond the calendar, a part refused twice, an end that never came."""
SECONDS = 20
"""Of the processor, for one file; what is usual is a hundredth of one."""


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return two folders with a price book each: the shipped one, and that of the tests."""
    found = {}
    for name, source in (("shipped", INPUTS), ("tests", CASES)):
        found[name] = tmp_path_factory.mktemp(name)
        shutil.copy(source / "prices.yaml", found[name])
    return found


def read(path: Path) -> Case | None:
    """Read a case; None where it is refused, in a form that people can use."""
    try:
        with at_most(SECONDS):
            return load_case(path, limits=True)
    except InputError as error:
        refused = error
    assert refused.problems
    lines = len(path.read_bytes().decode(errors="replace").splitlines())
    for problem in refused.problems:
        assert problem.line >= 1
        assert problem.column >= 1
        assert problem.line <= max(lines, 1) or problem.file != str(path)
        assert problem.sentence.strip()
        assert problem.sentence.rstrip()[-1] in ".?)"
    str(refused).encode()  # a terminal can print it
    return None


def refusals(seeds: range, folders: dict[str, Path]) -> Counter[str]:
    """Read mutants; count those that were accepted and refused."""
    found: Counter[str] = Counter()
    for seed in seeds:
        name, content = case_mutant(seed)
        path = folders[folder_of(name)] / "mutant.yaml"
        path.write_bytes(content)
        try:
            found["case" if read(path) else "refused"] += 1
        except BaseException as error:
            error.add_note(f"case_mutant({seed}), of {name}")
            raise
    return found


def shards(count: int, first: int) -> list[range]:
    """Divide seeds into ranges of equal length."""
    length = count // SHARDS
    starts = range(first, first + count, length)
    return [range(start, start + length) for start in starts]


def test_some_damaged_cases_are_read_or_refused(folders: dict[str, Path]) -> None:
    """A dozen seeds in the default run; both outcomes are among them."""
    assert set(refusals(range(SEED, SEED + 12), folders)) == {"case", "refused"}


def test_what_once_failed_is_refused(folders: dict[str, Path]) -> None:
    """Each of them with its place and a sentence."""
    assert sum((refusals(range(seed, seed + 1), folders) for seed in FOUND), Counter()) == {
        "refused": len(FOUND)
    }


@pytest.mark.slow
def test_two_hundred_damaged_cases_are_read_or_refused(folders: dict[str, Path]) -> None:
    """One mutant after the other: a case, or problems with place and sentence."""
    assert refusals(range(SEED, SEED + 200), folders).total() == 200


@pytest.mark.long
@pytest.mark.parametrize("seeds", shards(READ, SEED), ids=str)
def test_a_hundred_thousand_damaged_cases_are_read_or_refused(seeds: range, folders: dict[str, Path]) -> None:
    """One mutant after the other: a case, or problems with place and sentence."""
    assert refusals(seeds, folders).total() == len(seeds)


def outcomes(seeds: range, folder: Path) -> Counter[str]:
    """Read and work out cases with other numbers; count what became of them."""
    found: Counter[str] = Counter()
    for seed in seeds:
        name, content = numbers_mutant(seed)
        path = folder / f"{name}.yaml"
        path.write_bytes(content)
        try:
            case = read(path)
            found[
                "worked out" if case and worked_out(case, path) else "beyond telling" if case else "refused"
            ] += 1
        except BaseException as error:
            error.add_note(f"numbers_mutant({seed}), of {name}")
            raise
    return found


def worked_out(case: Case, path: Path) -> bool:
    """Work a case out and write its results, which hold nothing infinite; False where it is refused in a sentence."""
    try:
        with at_most(6 * SECONDS):
            write_results(analyse(case, path), path.with_suffix(".json"))
    except ReportgenError as error:
        refused = error
    else:
        return True
    assert refused.status in (1, 4)
    assert str(refused).strip()
    return False


@pytest.mark.slow
def test_some_cases_with_other_numbers_are_worked_out(folders: dict[str, Path]) -> None:
    """Twenty seeds: results without infinite numbers, or a refusal."""
    assert outcomes(range(SEED, SEED + 20), folders["tests"])["worked out"]


@pytest.mark.long
@pytest.mark.parametrize("seeds", shards(EVALUATED, SEED), ids=str)
def test_two_thousand_cases_with_other_numbers_are_worked_out(seeds: range, folders: dict[str, Path]) -> None:
    """Results without infinite numbers, or a refusal."""
    assert outcomes(seeds, folders["tests"])["worked out"]
