"""A pack has one builder, and nobody who has its workbook open."""

import subprocess
import sys
from pathlib import Path

import pytest

from reportgen.errors import SurroundingsError
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
