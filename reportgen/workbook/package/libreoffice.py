"""LibreOffice, where it is installed: recalculate a workbook from scratch and convert it to another format."""

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
"""The profile setting for recalculation on load; without it LibreOffice keeps the saved values."""


class LibreOfficeError(Exception):
    """LibreOffice could not convert a file; the message is its output."""


def find_libreoffice() -> str | None:
    """Return the path of the program; None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


@contextmanager
def converted_copy(path: Path, kind: str) -> Iterator[Path]:
    """Recalculate a file and convert it to `kind` (xlsx, pdf) in a temporary folder that lasts as long as the context."""
    with TemporaryDirectory(prefix="reportgen-") as folder:
        yield convert(path, Path(folder, "out"), kind)


def convert(path: Path, folder: Path, kind: str) -> Path:
    """Recalculate a file and convert it to `kind` in a folder; raises LibreOfficeError."""
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
    with subprocess.Popen(  # noqa: S603  a program found on the path, without a shell
        [*command, "--convert-to", kind, "--outdir", str(folder), str(path)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
    ) as process:  # fmt: skip
        try:
            output, _ = process.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired as expired:
            os.killpg(
                process.pid, signal.SIGKILL
            )  # started in a session of its own: the group holds nothing else
            raise LibreOfficeError(f"LibreOffice took more than {SECONDS} seconds") from expired
    return output
