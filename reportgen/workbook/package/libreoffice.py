"""LibreOffice, where it is installed: recalculate a workbook from scratch and convert it to another format."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

SECONDS = 900
"""How long LibreOffice may take: it fills the what-if tables of the largest shipped books in four minutes of processor."""
NOWHERE = 9
"""A port of this machine on which nothing answers, where the proxy of every request is said to be."""
_SETTINGS = (
    ("Calc/Formula/Load", "OOXMLRecalcMode", "0"),  # recalculate; otherwise the saved values are kept
    ("Calc/Content/Update", "Link", "2"),  # follow no link to another file
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
)
_NO_NETWORK = (
    ("ooInetProxyType", "2"),
    *((f"ooInet{kind}ProxyName", "127.0.0.1") for kind in ("HTTP", "HTTPS", "FTP")),
    *((f"ooInet{kind}ProxyPort", f"{NOWHERE}") for kind in ("HTTP", "HTTPS", "FTP")),
    ("ooInetNoProxy", ""),
)
_ITEM = (
    '<item oor:path="/org.openoffice.{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>'
)
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
{}
</oor:items>
"""


def _profile() -> str:
    """Return the settings: recalculate on load, run no macro, follow no link, reach no server."""
    own = [_ITEM.format(f"Office.{path}", name, value) for path, name, value in _SETTINGS]
    return _PROFILE.format("\n".join([*own, *(_ITEM.format("Inet/Settings", *pair) for pair in _NO_NETWORK)]))


@cache
def _without_network() -> tuple[str, ...]:
    """Return the command that runs another one without network; empty where the system does not allow that."""
    program = shutil.which("unshare")
    command = (program, "--map-root-user", "--net") if program else ()
    if not command:
        return ()
    tried = subprocess.run([*command, "true"], capture_output=True, check=False)  # noqa: S603  fixed words
    return command if tried.returncode == 0 else ()


class LibreOfficeError(Exception):
    """LibreOffice could not convert a file; the message is its output."""


def find_libreoffice() -> str | None:
    """Return the path of the program; None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


@contextmanager
def converted_copy(path: Path, kind: str, seconds: float | None = None) -> Iterator[Path]:
    """Recalculate a file and convert it to `kind` (xlsx, pdf) in a temporary folder that lasts as long as the context."""
    with TemporaryDirectory(prefix="reportgen-") as folder:
        yield convert(path, Path(folder, "out"), kind, seconds)


def convert(path: Path, folder: Path, kind: str, seconds: float | None = None) -> Path:
    """Recalculate a file and convert it to `kind` in a folder, in at most `seconds`; raises LibreOfficeError."""
    program = find_libreoffice()
    if program is None:
        raise LibreOfficeError("LibreOffice is not installed")
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="reportgen-profile-") as profile:
        user = Path(profile, "user")
        user.mkdir()
        (user / "registrymodifications.xcu").write_text(_profile(), encoding="utf-8")
        output = _run(program, Path(profile), path.resolve(), folder, kind, seconds or SECONDS)
    result = folder / f"{path.stem}.{kind}"
    if not result.exists():
        raise LibreOfficeError(output.strip() or "LibreOffice saved nothing")
    return result


def _run(program: str, profile: Path, path: Path, folder: Path, kind: str, seconds: float) -> str:
    command = [
        *_without_network(),
        program,
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--norestore",
    ]
    with subprocess.Popen(  # noqa: S603  a program found on the path, without a shell
        [*command, "--convert-to", kind, "--outdir", str(folder), str(path)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
    ) as process:  # fmt: skip
        try:
            output, _ = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired as expired:
            os.killpg(
                process.pid, signal.SIGKILL
            )  # started in a session of its own: the group holds nothing else
            raise LibreOfficeError(f"LibreOffice took more than {seconds:g} seconds") from expired
    return output
