"""The verification of a paper: what it carries, built again, and the workbook that stands beside it."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.errors import SurroundingsError
from reportgen.runtime.records import dataclass

if TYPE_CHECKING:
    from reportgen.workbook.verify.verify import Verification

ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that was looked at: whether it holds (None: not known), and what was found."""

    subject: str
    holds: bool | None
    sentence: str


@dataclass(frozen=True, slots=True)
class PaperVerification:
    """A paper, the points looked at, and the verification of the workbook that it carries."""

    path: Path
    points: tuple[Point, ...]
    book: "Verification"

    @property
    def findings(self) -> int:
        """Return the number of points that do not hold, and of findings in the workbook."""
        return sum(point.holds is False for point in self.points) + self.book.findings


def verified_paper(path: Path, *, recalculate: bool) -> PaperVerification:
    """Verify a paper: its workbook as any other, then workbook and paper against those built again from what it carries.

    Raises:
        SurroundingsError: for a file that is missing, no PDF, or that carries no workbook and case.
    """
    from tempfile import TemporaryDirectory

    from reportgen.pipeline.attached import attached_files
    from reportgen.pipeline.verification import verified
    from reportgen.workbook.package.confined import TooMuch, Unreadable, confined

    try:
        files = confined(attached_files, path)
    except (TooMuch, Unreadable) as error:
        raise SurroundingsError(f"{path} cannot be read as a paper: {str(error).rstrip('.')}.") from error
    book = next((name for name, content in files.items() if content.startswith(ZIP)), None)
    case = next((name for name in files if name != book), None)
    if book is None or case is None:
        raise SurroundingsError(f"{path} carries no workbook with its case: it is no paper of this program.")
    with TemporaryDirectory(prefix="reportgen-") as folder:
        place = Path(folder)
        for name, content in files.items():
            (place / name).write_bytes(content)
        found = verified(place / book, recalculate=recalculate)
        points = (*_built_again(path, place, case, files[book]), _beside(path.with_name(book), files[book]))
    return PaperVerification(path, points, found)


def _built_again(paper: Path, folder: Path, case: str, book: bytes) -> tuple[Point, ...]:
    """Build the pack again from the case in the paper, and compare both files byte by byte."""
    from reportgen.errors import ReportgenError
    from reportgen.pipeline.build import build

    try:
        pack = build(folder / case, folder / "again", force=True, progress=lambda *_: None)
    except (ReportgenError, OSError, ValueError) as error:
        reason = str(error).strip().splitlines()[0][:160]
        return (Point("built again", None, f"not known: the case in it cannot be built here ({reason})"),)
    same_book = pack.workbook.read_bytes() == book
    workbook = Point(
        "its workbook", same_book or None,
        "the same bytes as built again from the case in it" if same_book
        else "not the same bytes as built again: another version, an earlier edition's history, or an edit; see below",
    )  # fmt: skip
    if pack.paper is None:
        return workbook, Point("its pages", None, f"not known: {pack.paper_missing}")
    if pack.paper.read_bytes() == paper.read_bytes():
        return workbook, Point("its pages", True, "the same bytes as built again")
    plain = same_book and _is_plain(pack.workbook.parent.parent / case)
    return workbook, Point(
        "its pages", False if plain else None,
        "not the bytes that its case gives here: the paper was changed, or set with other libraries" if plain
        else "not the same bytes: a logo, a brand, templates or an earlier edition are not in it, or it was changed",
    )  # fmt: skip


def _is_plain(case: Path) -> bool:
    """Return whether a paper is made from nothing but its case and price book: no logo, no files of a brand."""
    from reportgen.schema.loading.load import load_case

    report = load_case(case, widen=True).report
    brand: Mapping[str, object] = report.brand.model_dump(exclude_defaults=True)
    return report.logo is None and not brand


def _beside(book: Path, content: bytes) -> Point:
    """Compare the workbook that stands beside the paper with the one in it."""
    if not book.is_file():
        return Point("workbook beside", None, f"there is no {book.name} beside it")
    if book.read_bytes() == content:
        return Point("workbook beside", True, f"{book.name} is the one in the paper")
    sentence = f"{book.name} is not the one in the paper: it was edited, or is of another edition"
    return Point("workbook beside", False, f"{sentence}; look at it with: reportgen verify {book}")
