"""`reportgen prices` at a terminal: what each command prints, writes and exits with."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from reportgen.cli import app
from reportgen.cli.prices.writing import write_book
from reportgen.errors import InputError, ReportgenError
from reportgen.prices.findings import book_findings
from reportgen.schema.loading.load import load_book, load_case
from tests.prices.books import book
from tests.schema.checks.test_prices import CASE_ROWS, booked, refusal


def run(*arguments: str | Path) -> Result:
    """Run `reportgen prices` in this process; known errors are raised."""
    done = CliRunner().invoke(app, ["prices", *map(str, arguments)], terminal_width=100)
    if isinstance(done.exception, ReportgenError):
        raise done.exception
    return done


def words(done: Result) -> str:
    """Give what stands on stdout, however it was broken into lines."""
    return re.sub(r"\s+", " ", done.stdout)


def test_find_looks_in_book_and_package(tmp_path: Path) -> None:
    """The item with its newest rate; models of the package that the book does not have; nothing, said so."""
    done = run("find", "H100 sxm", "--book", book(tmp_path))
    assert "h100 H100 SXM cloud on_demand per gpu hour 3.99 from 2026-10-19" in words(done)
    assert "not in the book" in run("find", "gemini", "--book", book(tmp_path)).stdout
    assert "has abacus in its id" in words(run("find", "abacus", "--book", book(tmp_path)))


def test_show_gives_the_rate_in_force(tmp_path: Path) -> None:
    """All rates, or the one of a day; assumed before anybody looked; before the first one, exit 2."""
    path = booked(tmp_path).with_name("prices.yaml")
    everything = words(run("show", "swift-3.8", "--book", path))
    assert "Retires on 2028-06-30; swift-4 follows." in everything
    assert "undated 0.75 0.075 3.75" in everything
    assert "2030-01-01 3.00 0.30 9.00" in everything
    day = words(run("show", "swift-3.8", "--at", "2027-03-14", "--book", path))
    assert "0.75" in day
    assert "1.50" not in day
    assert "assumed: nobody had looked yet" in words(
        run("show", "swift-3.8", "--at", "2026-11-08", "--book", path)
    )
    early = run("show", "h100", "--at", "2026-10-18", "--book", path)
    assert early.exit_code == 2
    assert "has no rate before 2026-10-19" in re.sub(r"\s+", " ", early.stderr)
    missing = run("show", "h200", "--book", path)
    assert missing.exit_code == 2
    assert "Did you mean h100?" in missing.stderr


@pytest.mark.slow
def test_check_exits_with_3_where_something_deserves_a_look(tmp_path: Path) -> None:
    """A sound book: nothing; a machine's price for a GPU-hour: one finding, exit 3; a case: its own prices."""
    sound = run("check", book(tmp_path))
    assert (sound.exit_code, sound.stdout) == (0, "Nothing deserves a second look.\n")
    dear = run("check", book(tmp_path, ("3.99", "31.92")))
    assert dear.exit_code == 3
    assert dear.stdout.startswith("instance price         h100: 31.92")
    case = run("check", booked(tmp_path))
    assert case.exit_code == 3
    assert "retires                swift-3.8" in case.stdout


def test_update_prints_first_and_writes_on_request(tmp_path: Path) -> None:
    """A model of the real package, its book half as old: proposed, then written, then found unchanged."""
    path = book(tmp_path, ("provider: acme", "provider: mistral"), ("model: swift", "model: mistral-large-4"))
    before = path.read_text(encoding="utf-8")
    shown = run("update", "--book", path, "--on", "2026-11-24")
    assert "2026-10-29" in shown.stdout
    assert "Nothing was written" in shown.stderr
    assert path.read_text(encoding="utf-8") == before
    assert run("update", "--book", path, "--on", "2026-11-24", "--write").exit_code == 0
    assert load_book(path).items[0].rates[-1].effective is not None
    again = run("update", "--book", path, "--on", "2026-11-24")
    assert "1 item is unchanged." in again.stderr


def test_import_prints_entries_to_paste_and_writes_on_request(tmp_path: Path) -> None:
    """What is printed is what is written; an unknown format exits 2."""
    rows = tmp_path / "cloud.csv"
    rows.write_text(
        "instance_name,location,price,gpu_count,gpu_name,spot\nbox,north,8.00,2,H200,False\n",
        encoding="utf-8",
    )
    path = book(tmp_path)
    done = run("import", "gpuhunt", rows, "--match", "h200", "--book", path, "--on", "2026-11-24")
    assert "# new item\n- id: cloud-h200-north\n" in done.stdout
    assert "per_gpu_hour: 4.00" in done.stdout
    run("import", "gpuhunt", rows, "--match", "h200", "--book", path, "--on", "2026-11-24", "--write")
    assert load_book(path).items[-1].id == "cloud-h200-north"
    wrong = run("import", "excel", rows, "--match", "h200", "--book", path)
    assert wrong.exit_code == 2
    assert "skypilot, gpuhunt, litellm" in re.sub(r"\s+", " ", wrong.stderr)
    assert 'has all of "b300"' in run("import", "gpuhunt", rows, "--match", "b300", "--book", path).stderr


ROW = "instance_name,location,price,gpu_count,gpu_name,spot\nbox,north,{},1,H100 SXM,False\n"


@pytest.mark.parametrize("price", ["-1", "NaN", "inf", "1e99999", "dear"])
def test_a_row_that_is_no_price_leaves_the_book_as_it_was(price: str, tmp_path: Path) -> None:
    """Exit 1 with the row's line, and not a byte of the book has changed."""
    rows, path = tmp_path / "cloud.csv", book(tmp_path)
    rows.write_text(ROW.format(price), encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(InputError, match=r"cloud.csv:2"):
        run("import", "gpuhunt", rows, "--match", "h100", "--book", path, "--write")
    assert path.read_bytes() == before


def test_a_book_that_would_not_load_is_not_written(tmp_path: Path) -> None:
    """The new text is validated before it takes the place of the old one."""
    path = book(tmp_path)
    before = path.read_bytes()
    with pytest.raises(InputError, match="Nothing was written"):
        write_book(path, before.decode().replace("3.99", "-1"))
    assert path.read_bytes() == before


def test_a_written_book_keeps_its_line_endings(tmp_path: Path) -> None:
    """A book with CRLF and a byte order mark gets one line with CRLF; every other byte stays."""
    rows, path = tmp_path / "cloud.csv", book(tmp_path)
    before = b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(before)
    rows.write_text(ROW.format("3.50"), encoding="utf-8")
    day = ("--on", "2026-11-24")
    assert run("import", "gpuhunt", rows, "--match", "h100", "--book", path, "--write", *day).exit_code == 0
    old, new = before.split(b"\r\n"), path.read_bytes().split(b"\r\n")
    added = [line for line in new if line not in old]
    assert [line for line in old if line not in new] == []
    assert added[-1].strip().startswith(b"- {effective: 2026-11-24, verified: 2026-11-24, source: gpuhunt")
    assert b"\n" not in path.read_bytes().replace(b"\r\n", b"")


def test_an_import_says_what_is_doubtful(tmp_path: Path) -> None:
    """A price under half of the book's for the same GPU is printed as a finding before anything is written."""
    rows = tmp_path / "elsewhere.csv"
    rows.write_text(ROW.format("1.00"), encoding="utf-8")
    done = run("import", "gpuhunt", rows, "--match", "h100", "--book", book(tmp_path))
    assert "Look again: elsewhere-h100-sxm-north: per_gpu_hour is 1, under half" in done.stderr


def test_a_book_that_is_missing_is_not_written_to(tmp_path: Path) -> None:
    """Without a book --write is refused; nothing claims to have written."""
    rows = tmp_path / "cloud.csv"
    rows.write_text(ROW.format("1.00"), encoding="utf-8")
    done = run("import", "gpuhunt", rows, "--match", "h100", "--book", tmp_path / "none.yaml", "--write")
    assert done.exit_code == 2
    assert "There is no price book" in re.sub(r"\s+", " ", done.stderr)


@pytest.mark.slow
def test_diff_with_a_case_names_what_changes_it(tmp_path: Path) -> None:
    """Tokens at a hundred times the price from the start: the platform is recommended, exit 3, and the cause is named."""
    case = booked(tmp_path, (("per_gpu_hour: 39.9", "per_gpu_hour: 3"),))
    old = case.with_name("prices.yaml")
    new = tmp_path / "new.yaml"
    text = old.read_text(encoding="utf-8")
    dearer = "input: 0.75, cached_input: 0.075, output: 3.75"
    new.write_text(text.replace(dearer, "input: 75, cached_input: 7.5, output: 375"), encoding="utf-8")
    plain = run("diff", old, new)
    assert plain.exit_code == 0
    assert "swift-3.8 changed undated input 0.75 75.00 +9900.0%" in words(plain)
    case.write_text(
        re.sub(r"    input_price: \{low: 0.5, high: 1.0\}\n", "", case.read_text(encoding="utf-8")),
        encoding="utf-8",
    )
    done = run("diff", old, new, "--case", case)
    assert done.exit_code == 3
    assert "THE RECOMMENDATION CHANGES" in done.stdout
    assert "(alone enough for it: swift-3.8 changed)" in done.stdout
    assert "Break-even volume" in done.stdout
    assert "Managed platform < " in words(done)
    assert "the same prices" in run("diff", old, old).stdout


@pytest.mark.slow
def test_every_bad_book_has_a_message_of_its_own(tmp_path: Path) -> None:
    """Duplicate ids, dates out of order, no exchange rate, too late, an instance price, retired, in a circle: seven."""
    in_books = (
        (("id: h100", "id: swift-4"),),
        (("effective: 2030-01-01", "effective: 2027-01-01"),),
        (("    currency: EUR\n", "    currency: EUR\n    retires: 2029-01-31\n    successor: swift-3.8\n"),),
    )
    told = [
        refusal(load_book, booked(tmp_path, edits).with_name("prices.yaml"))[0].sentence for edits in in_books
    ]
    for name in ("no exchange rate", "a start before the first rate", "retirement before the start"):
        row = next(row for row in CASE_ROWS if row[0] == name)
        told.append(refusal(load_case, booked(tmp_path, row[1], row[2]))[0].sentence)
    told.append(book_findings(load_book(booked(tmp_path).with_name("prices.yaml")))[0].sentence)
    hints = (
        "ids are used once",
        "sort them",
        "in a circle",
        "exchange_rates",
        "no rate before",
        "before the start",
        "several GPUs",
    )
    assert [hint for hint, sentence in zip(hints, told, strict=True) if hint not in sentence] == []
    assert len(set(told)) == 7


@pytest.mark.parametrize("command", ["find", "show", "check", "update", "import", "diff"])
def test_help_leads_with_an_example(command: str) -> None:
    """Every command shows how it is typed."""
    assert f"reportgen prices {command} " in run(command, "--help").stdout
