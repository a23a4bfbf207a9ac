"""A pack has one builder, and nobody who has its workbook open."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from reportgen.errors import SurroundingsError
from reportgen.pipeline import locks
from reportgen.pipeline.locks import pack_lock, require_closed
from tests.paths import ROOT

HOLDER = """
import sys
from pathlib import Path
from reportgen.pipeline.locks import pack_lock
with pack_lock(Path(sys.argv[1]), "acme"):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_builder_is_told_and_a_dead_one_holds_nothing(tmp_path: Path) -> None:
    """While another process holds the lock it is named; another pack is free; after a kill the lock is taken."""
    command = [sys.executable, "-c", HOLDER, str(tmp_path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with (
            pytest.raises(SurroundingsError, match=rf"under way \(process {holder.pid}\)"),
            pack_lock(tmp_path, "acme"),
        ):
            pass
        with pack_lock(tmp_path, "other"):
            pass
        holder.kill()
    with pack_lock(tmp_path, "acme"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_build_that_fails_leaves_no_lock_file(tmp_path: Path) -> None:
    """The file goes with the build, however that ends."""
    with pytest.raises(KeyError), pack_lock(tmp_path, "acme"):
        raise KeyError
    assert list(tmp_path.iterdir()) == []


def test_a_lock_file_that_was_taken_away_meanwhile_is_no_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The build before ends between the opening and the locking: the lock is that of the file that is there then."""
    path, opened = tmp_path / ".acme.lock", []

    def lock(descriptor: int) -> bool:
        if not opened:
            path.unlink()
        opened.append(descriptor)
        return True

    monkeypatch.setattr(locks, "_locked", lock)
    with pack_lock(tmp_path, "acme"):
        assert path.read_text(encoding="utf-8") == f"{os.getpid()}\n"
    assert len(opened) == 2


@pytest.mark.parametrize(
    ("name", "content", "who"),
    [
        ("~$acme.xlsx", b"\x05Maria" + b" " * 49, "Maria has it"),
        (
            ".~lock.acme.xlsx#",
            b",maria,desk-7,27.11.2026 10:00,file:///home/maria;",
            "maria on desk-7 has it",
        ),
        (".~lock.acme.xlsx#", b"Maria Rossi,maria,desk-7,27.11.2026 10:00,x;", "Maria Rossi has it"),
        ("~$acme.xlsx", b"", "somebody has it"),
    ],
)
def test_a_workbook_that_is_open_is_left_alone(name: str, content: bytes, who: str, tmp_path: Path) -> None:
    """The lock files of Excel and LibreOffice say who has it."""
    workbook = tmp_path / "acme.xlsx"
    require_closed(workbook)
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SurroundingsError, match=who):
        require_closed(workbook)
