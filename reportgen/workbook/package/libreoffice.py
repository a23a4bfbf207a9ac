"""LibreOffice, where it is installed: recalculates a workbook from nothing, and prints it."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

SECONDS = 300
_ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"""
"""Without it LibreOffice repeats the values that were saved."""


class LibreOfficeError(Exception):
    """LibreOffice made nothing of the file; the message says what it said."""


def find_libreoffice() -> str | None:
    """Give the program's path, None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


@contextmanager
def converted_copy(path: Path, kind: str) -> Iterator[Path]:
    """Let LibreOffice recalculate a file and save it as another kind (xlsx, pdf), for as long as it is looked at."""
    with TemporaryDirectory(prefix="reportgen-") as folder:
        yield convert(path, Path(folder, "out"), kind)


def convert(path: Path, folder: Path, kind: str) -> Path:
    """Let LibreOffice recalculate a file and save it as another kind into a folder."""
    program = find_libreoffice()
    if program is None:
        raise LibreOfficeError("LibreOffice is not installed")
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="reportgen-profile-") as profile:
        user = Path(profile, "user")
        user.mkdir()
        (user / "registrymodifications.xcu").write_text(_ALWAYS_RECALCULATE, encoding="utf-8")
        output = _run(program, Path(profile), path.resolve(), folder, kind)
    result = folder / f"{path.stem}.{kind}"
    if not result.exists():
        raise LibreOfficeError(output.strip() or "LibreOffice saved nothing")
    return result


def _run(program: str, profile: Path, path: Path, folder: Path, kind: str) -> str:
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    with subprocess.Popen(  # noqa: S603  the program found, on a file of our own naming
        [*command, "--convert-to", kind, "--outdir", str(folder), str(path)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
    ) as process:  # fmt: skip
        try:
            output, _ = process.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired as expired:
            os.killpg(process.pid, signal.SIGKILL)  # a session of its own: nothing else is in the group
            raise LibreOfficeError(f"LibreOffice took more than {SECONDS} seconds") from expired
    return output
