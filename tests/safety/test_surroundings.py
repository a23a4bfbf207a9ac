"""The bytes of a pack depend on nothing that surrounds the program: not on home, time zone, language, hash seed, umask or folder."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.paths import CASES, ROOT

SURROUNDINGS = (
    {"TZ": "Pacific/Kiritimati", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "0"},
    {
        "TZ": "America/Los_Angeles",
        "LANG": "de_DE.UTF-8",
        "LC_ALL": "tr_TR.UTF-8",
        "PYTHONHASHSEED": "4242",
        "COLUMNS": "40",
        "NO_COLOR": "1",
    },
)


def pack(folder: Path, surroundings: dict[str, str], umask: int) -> dict[str, bytes]:
    """Build the case in a folder of its own, as workbook with paper, then with web page; gives the bytes of all files."""
    home = folder / "home"
    home.mkdir(parents=True)
    shutil.copy(CASES / "nothing_known.yaml", folder / "acme.yaml")
    kept = {
        name: value for name, value in os.environ.items() if name in ("PATH", "SYSTEMROOT", "VIRTUAL_ENV")
    }
    environment = {**kept, **surroundings, "HOME": str(home), "PYTHONPATH": str(ROOT)}
    for kind in ("pdf", "html"):
        subprocess.run(
            [sys.executable, "-m", "reportgen", "build", "acme.yaml", "-o", kind, "--format", kind],
            cwd=folder, env=environment, umask=umask, check=True, capture_output=True,
        )  # fmt: skip
    return {
        f"{kind}/{path.name}": path.read_bytes()
        for kind in ("pdf", "html")
        for path in sorted((folder / kind).iterdir())
    }


@pytest.mark.long
def test_a_pack_is_the_same_to_the_byte_in_other_surroundings(tmp_path: Path) -> None:
    """Two homes, time zones, languages, hash seeds, umasks and folders: five files, the same bytes."""
    one = pack(tmp_path / "one", SURROUNDINGS[0], 0o022)
    other = pack(tmp_path / "another folder, ü", SURROUNDINGS[1], 0o077)
    assert [*one] == [
        "pdf/acme.json",
        "pdf/acme.pdf",
        "pdf/acme.xlsx",
        "html/acme.html",
        "html/acme.json",
        "html/acme.xlsx",
    ]
    assert [name for name in one if one[name] != other[name]] == []
