"""The files of a pack are of one edition: drafted first, moved into place in a row, told where they are mixed."""

import json
from pathlib import Path

import pytest

from reportgen.editions.kept import keep_edition, kept_edition
from reportgen.errors import SurroundingsError
from reportgen.files import digest
from reportgen.pipeline.drafts import drafted, hidden_name, mixed_files
from reportgen.pipeline.existing import require_own_results, told_mixed


def pack(folder: Path, text: str) -> tuple[Path, Path, Path]:
    """Write the three files of a pack, the results file with the digests of the others."""
    workbook, paper, results = (folder / f"acme.{end}" for end in ("xlsx", "pdf", "json"))
    workbook.write_text(text, encoding="utf-8")
    paper.write_text(text, encoding="utf-8")
    files = {path.name: digest(path) for path in (workbook, paper)}
    record = {"fingerprint": text, "program": "reportgen", "files": files}
    results.write_text(json.dumps(record), encoding="utf-8")
    return workbook, paper, results


def test_nothing_is_in_place_before_all_is_drafted(tmp_path: Path) -> None:
    """Ended between two drafts, the old files stand untouched and no draft is left; ended after, all are new."""
    workbook, paper, _ = pack(tmp_path, "old")

    def draft(*, fail: bool) -> None:
        with drafted(tmp_path, "acme") as drafts:
            drafts.of(workbook).write_text("new", encoding="utf-8")
            if fail:
                raise KeyboardInterrupt
            drafts.of(paper).write_text("new", encoding="utf-8")
            assert workbook.read_text(encoding="utf-8") == "old"
            drafts.publish()

    with pytest.raises(KeyboardInterrupt):
        draft(fail=True)
    assert [path.read_text(encoding="utf-8") for path in (workbook, paper)] == ["old", "old"]
    draft(fail=False)
    assert [path.read_text(encoding="utf-8") for path in (workbook, paper)] == ["new", "new"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["acme.json", "acme.pdf", "acme.xlsx"]


def test_drafts_of_a_killed_build_are_swept_and_those_of_others_are_not(tmp_path: Path) -> None:
    """By the whole name of the pack: acme does not touch acme.v2; names of 240 letters have drafts too."""
    left, other = tmp_path / ".acme.1.drafts", tmp_path / ".acme.v2.1.drafts"
    for folder in (left, other):
        folder.mkdir()
        (folder / "acme.xlsx").write_text("draft", encoding="utf-8")
    with drafted(tmp_path, "acme"):
        assert (left.exists(), other.exists()) == (False, True)
    assert hidden_name("a" * 240) != hidden_name("a" * 239 + "b")
    with drafted(tmp_path, "a" * 240) as drafts:
        assert drafts.folder.is_dir()


def test_a_file_that_cannot_be_moved_is_told_with_the_editions_of_all(tmp_path: Path) -> None:
    """A folder in the place of the paper: the workbook is new, the paper and the results are not."""
    workbook, paper, results = pack(tmp_path, "old")
    paper.unlink()
    (paper / "in the way").mkdir(parents=True)
    with drafted(tmp_path, "acme") as drafts:
        for path in (workbook, paper, results):
            drafts.of(path).write_text("new", encoding="utf-8")
        with pytest.raises(
            SurroundingsError,
            match=r"Of the new edition are acme.xlsx; of the one before acme.pdf, acme.json",
        ):
            drafts.publish()


def test_what_cannot_be_drafted_is_told_by_the_name_that_it_would_have(tmp_path: Path) -> None:
    """The sentence names the workbook in its folder, not the draft."""
    with pytest.raises(SurroundingsError) as caught, drafted(tmp_path, "acme") as drafts:
        raise SurroundingsError(f"{drafts.of(tmp_path / 'acme.xlsx')} cannot be written.")
    assert str(caught.value) == f"{tmp_path / 'acme.xlsx'} cannot be written."


def test_a_mixed_pack_is_told(tmp_path: Path) -> None:
    """A workbook of another edition beside its paper: named; a whole pack, or one without digests, is none."""
    _, paper, results = pack(tmp_path, "old")
    assert told_mixed(results) == ""
    paper.write_text("another", encoding="utf-8")
    assert told_mixed(results) == "not of the edition of its results file: acme.pdf; all are written again"
    assert mixed_files(tmp_path, None) == []
    assert mixed_files(tmp_path, {"gone.pdf": "0"}) == ["gone.pdf"]


def test_a_foreign_file_in_the_place_of_the_results_is_left_alone(tmp_path: Path) -> None:
    """JSON of another program stops the build unless it is forced; a results file and no file do not."""
    _, _, results = pack(tmp_path, "old")
    require_own_results(results, force=False)
    for text in ("[1]", "{}", "no JSON"):
        results.write_text(text, encoding="utf-8")
        with pytest.raises(SurroundingsError, match="is no results file of this program"):
            require_own_results(results, force=False)
        require_own_results(results, force=True)


def test_an_edition_that_is_replaced_is_kept_once(tmp_path: Path) -> None:
    """The first file kept under a number stays: a build that was ended and is repeated does not replace it."""
    workbook, paper, _ = pack(tmp_path, "first")
    keep_edition((workbook, paper), 1)
    workbook.write_text("second", encoding="utf-8")
    keep_edition((workbook, paper), 1)
    kept = kept_edition(workbook, 1)
    assert kept == tmp_path / ".editions" / "acme.edition-1.xlsx"
    assert kept.read_text(encoding="utf-8") == "first"
