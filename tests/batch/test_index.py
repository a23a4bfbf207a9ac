"""The index of a batch: an unchanged pack is known unread, and whatever was touched is noticed."""

import os
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import time_ns

import pytest

from reportgen.batch.index import NAME, Entry, Index, entry_of
from reportgen.batch.stamps import Stamp, stamp
from reportgen.compare.portfolio import Answer, OptionAnswer
from reportgen.schema.loading.load import input_files, load_case
from tests.paths import INPUTS

ANSWER = Answer(
    "one", "Case one", date(2026, 11, 23), "USD", 3, "f" * 64,
    (OptionAnswer("a", "Option A", 0.1 + 0.2, 1e15), OptionAnswer("b", "Option\u2028B", -5.0, 7.0)), "a", "robust", None, ("Look",), None,
)  # fmt: skip
HOUR = 3_600_000_000_000


def aged(path: Path, text: str, nanoseconds: int = HOUR) -> Path:
    """Write a file that was last changed some time ago."""
    path.write_text(text, encoding="utf-8")
    when = time_ns() - nanoseconds
    os.utime(path, ns=(when, when + 1))
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make an output folder with a pack, beside its case and price book, and index it."""
    aged(tmp_path / "one.yaml", "case: 1\n")
    aged(tmp_path / "prices.yaml", "schema: reportgen.prices/1\n")
    out = tmp_path / "out"
    out.mkdir()
    for ending in ("xlsx", "pdf", "json"):
        aged(out / f"one.{ending}", ending)
    Index(out).add("one", entry(out))
    return out


def entry(out: Path, since: int | None = None) -> Entry | None:
    """Return the entry of the pack."""
    inputs = [out.parent / "one.yaml", out.parent / "prices.yaml"]
    pack = [out / f"one.{ending}" for ending in ("xlsx", "pdf", "json")]
    return entry_of(inputs, pack, ANSWER, time_ns() if since is None else since)


def test_an_unchanged_pack_is_known_unread(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its answer is that of the build to the last digit, and no file but the index is opened."""
    index = Index(folder)
    monkeypatch.setattr("reportgen.batch.stamps._content", lambda *_: pytest.fail("a file was read"))
    case = folder.parent / "one.yaml"
    assert index.verdict(case) == "same"
    assert index.knows(case)
    assert index.answer(case) == ANSWER


@pytest.mark.parametrize(
    ("name", "text", "verdict"),
    [
        ("one.yaml", "case: 2\n", "inputs"), ("prices.yaml", "schema: reportgen.prices/2\n", "inputs"),
        ("out/one.xlsx", "XLSX", "pack"), ("out/one.json", "{}", "pack"), ("out/one.pdf", None, "pack"), ("prices.yaml", None, "inputs"),
    ],
)  # fmt: skip
def test_whatever_was_touched_is_noticed(folder: Path, name: str, text: str | None, verdict: str) -> None:
    """Another content, even of the same length, and a missing file: of an input, or of the pack."""
    path = folder.parent / name
    if text is None:
        path.unlink()
    else:
        path.write_text(text, encoding="utf-8")
    assert Index(folder).verdict(folder.parent / "one.yaml") == verdict


def test_a_file_saved_again_as_it_was_is_the_same(folder: Path) -> None:
    """Another time and another inode with the same content: read once, and known unread from then on."""
    case = folder.parent / "one.yaml"
    case.unlink()
    aged(case, "case: 1\n", HOUR // 2)
    assert Index(folder).verdict(case) == "same"
    again = Index(folder)._entries["one"].inputs[str(case.resolve())]
    assert again.state == (8, case.stat().st_mtime_ns, case.stat().st_ino)


def test_a_file_written_just_now_is_not_trusted_by_its_time(tmp_path: Path) -> None:
    """A change within the same tick of the clock would not show: such a file is read the next time."""
    path = tmp_path / "file"
    path.write_text("one", encoding="utf-8")
    found = stamp(path)
    assert found.state is None
    kept = path.stat()
    path.write_text("two", encoding="utf-8")
    os.utime(path, ns=(kept.st_atime_ns, kept.st_mtime_ns))
    assert found.still(path) is None
    assert Stamp(found.digest, None).still(aged(path, "one")) is not None


def test_an_input_saved_during_the_build_is_not_recorded(folder: Path) -> None:
    """Whether the pack was made from it is not known."""
    assert entry(folder, time_ns() - 2 * HOUR) is None


def test_another_program_is_another_input(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After an update every pack is made again."""
    monkeypatch.setattr("reportgen.batch.index.program_digest", lambda: "other")
    assert Index(folder).verdict(folder.parent / "one.yaml") == "inputs"


def test_a_case_from_elsewhere_is_unknown(folder: Path, tmp_path: Path) -> None:
    """A case of the same name in another folder, and one that was never built."""
    other = tmp_path / "other"
    other.mkdir()
    assert Index(folder).verdict(aged(other / "one.yaml", "case: 1\n")) == "unknown"
    assert Index(folder).verdict(aged(other / "two.yaml", "case: 1\n")) == "unknown"


def test_a_line_that_was_cut_off_counts_for_nothing(folder: Path) -> None:
    """A batch that was killed while it wrote loses that line alone, and the next line stands by itself."""
    path = folder / NAME
    with path.open("a", encoding="utf-8") as file:
        file.write('\n{"form":"reportgen.batch-index/1","case":"tw')
    index = Index(folder)
    assert index.verdict(folder.parent / "one.yaml") == "same"
    found = index._entries["one"]
    index.add("two", replace(found, answer=replace(ANSWER, case="two")))
    assert set(Index(folder)._entries) == {"one", "two"}


def test_superseded_lines_are_dropped(folder: Path) -> None:
    """The index does not grow with the number of batches."""
    index = Index(folder)
    found = index._entries["one"]
    for _ in range(300):
        index.add("one", found)
    Index(folder)
    assert len((folder / NAME).read_text(encoding="utf-8").split()) < 50
    assert Index(folder).verdict(folder.parent / "one.yaml") == "same"


def test_a_pack_is_made_from_every_file_that_its_case_names(tmp_path: Path) -> None:
    """Case, price book, usual figures, both logos, the folder of fonts and the fonts in it; no book where no price comes from one."""
    case = load_case(INPUTS / "small.yaml")
    fonts = tmp_path / "fonts"
    fonts.mkdir()
    (fonts / "own.ttf").write_bytes(b"")
    brand = case.report.brand.model_copy(update={"logo": "brand.png", "fonts": "fonts"})
    look = case.report.model_copy(update={"logo": "logo.svg", "brand": brand})
    named = case.model_copy(update={"usual": "own.yaml", "report": look})
    found = [path.relative_to(tmp_path).as_posix() for path in input_files(tmp_path / "small.yaml", named)]
    assert found == [
        "small.yaml",
        "prices.yaml",
        "own.yaml",
        "logo.svg",
        "brand.png",
        "fonts",
        "fonts/own.ttf",
    ]
    before = stamp(fonts).digest
    (fonts / "another.ttf").write_bytes(b"")
    assert stamp(fonts).digest != before
