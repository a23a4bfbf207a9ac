"""What the program needs of the machine: Python, libraries, fonts, LibreOffice, write access, and what mends each."""

import os
import platform
import re
import shutil
import sys
import tempfile
import unicodedata
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from reportgen.errors import SurroundingsError
from reportgen.files import data_folder
from reportgen.runtime.records import dataclass

EXTRAS = {
    "genai-prices": ("prices", "token prices of today"),
    "watchfiles": ("watch", "built again at every save"),
    "pyarrow": ("parquet", "FOCUS bills as Parquet"),
    "orjson": ("usage", "large exports in JSON read thrice as fast"),
}
"""The package of each extra, its name, and what it is for."""
PACKAGES = {
    "apt-get": "apt-get install -y",
    "dnf": "dnf install -y",
    "brew": "brew install",
    "apk": "apk add",
}
LIBRARIES = {
    "apt-get": "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    "dnf": "pango harfbuzz",
    "brew": "pango",
    "apk": "pango harfbuzz",
}
OFFICE = {
    "apt-get": "libreoffice-calc",
    "dnf": "libreoffice-calc",
    "brew": "--cask libreoffice",
    "apk": "libreoffice-calc",
}
FONTS = {
    "apt-get": "fonts-noto-core",
    "dnf": "google-noto-sans-fonts",
    "brew": "--cask font-noto-sans",
    "apk": "font-noto",
}
CJK = {
    "apt-get": "fonts-noto-cjk",
    "dnf": "google-noto-sans-cjk-fonts",
    "brew": "--cask font-noto-sans-cjk",
    "apk": "font-noto-cjk",
}
SCRIPTS = {
    "CJK": "zh",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "HANGUL": "ko",
    "ARABIC": "ar",
    "HEBREW": "he",
    "DEVANAGARI": "hi",
    "THAI": "th",
    "BENGALI": "bn",
    "TAMIL": "ta",
    "TELUGU": "te",
    "GEORGIAN": "ka",
    "ARMENIAN": "hy",
}
"""Scripts that the shipped fonts do not have, by the beginning of their characters' names, with a language that fontconfig knows."""
FIRST_PYTHON = (3, 11)


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that is needed, or of use: whether it is there, how it is, and the command that mends it here."""

    name: str
    is_there: bool
    state: str
    remedy: str = ""
    needed: bool = True


def examined(case: Path | None, folder: Path) -> tuple[Condition, ...]:
    """Examine everything; `case` is read for the scripts of its texts, `folder` is where a build would write."""
    return (
        *_python(),
        *_libraries(),
        *_drawing(),
        *_fonts(case),
        *_office(),
        _writing(folder),
        *_own_folders(),
        *_extras(),
    )


def _install(packages: dict[str, str]) -> str:
    """Return the command that installs packages of this system; "" where no manager of packages is known."""
    manager = next((name for name in PACKAGES if shutil.which(name)), "")
    if not manager:
        return f"install {next(iter(packages.values()))} with the system's package manager"
    root = "" if manager == "brew" or (hasattr(os, "geteuid") and os.geteuid() == 0) else "sudo "
    return f"{root}{PACKAGES[manager]} {packages[manager]}"


def _pip(what: str) -> str:
    return f"{sys.executable} -m pip install '{what}'"


def _python() -> Iterator[Condition]:
    enough = sys.version_info[:2] >= FIRST_PYTHON
    yield Condition(
        "Python",
        enough,
        f"{platform.python_version()}, {sys.executable}",
        "" if enough else "install Python 3.11 or later",
    )


def _libraries() -> Iterator[Condition]:
    """Yield the required libraries that are missing or of another version than the one that is asked for."""
    wrong = []
    try:
        needed = [one for one in requires("reportgen") or () if "extra ==" not in one]
    except PackageNotFoundError:
        needed = []
    for text in needed:
        name, exact = re.split(r"[<>=!~; ]", text, maxsplit=1)[0], re.search(r"==([\w.]+)", text)
        try:
            found = version(name)
        except PackageNotFoundError:
            wrong.append((text, "missing"))
            continue
        if exact and found != exact[1]:
            wrong.append((text, f"is {found}"))
    if not wrong:
        said = f"all {len(needed)} are there" if needed else "not checked: the program runs uninstalled"
        yield Condition("Libraries", True, said)
    for text, state in wrong:
        yield Condition(f"Library {text.split('=')[0]}", False, state, _pip(text.split(";")[0].strip()))


def _drawing() -> Iterator[Condition]:
    """Yield whether WeasyPrint finds Pango and HarfBuzz, without which there is no PDF."""
    try:
        pango = import_module("weasyprint.text.ffi").pango
        number = int(pango.pango_version())
        yield Condition(
            "Pango and HarfBuzz", True, f"Pango {number // 10000}.{number // 100 % 100}.{number % 100}"
        )
    except (OSError, ImportError, AttributeError) as error:
        line = str(error).splitlines()[0] if str(error) else type(error).__name__
        yield Condition(
            "Pango and HarfBuzz", False, f"not found, so there is no PDF ({line})", _install(LIBRARIES)
        )


def _fonts(case: Path | None) -> Iterator[Condition]:
    """Yield whether fonts for the scripts of a case are there; the shipped ones have Latin, Greek and Cyrillic."""
    yield Condition("Fonts", True, "the shipped ones, for Latin, Greek and Cyrillic")
    if case is None:
        return
    try:
        text = case.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        yield Condition(
            "Case", False, f"{case} cannot be read: {error.strerror}", "check its name and folder"
        )
        return
    for script in sorted(_scripts(text)):
        found = _font_for(SCRIPTS[script])
        packages = CJK if script in ("CJK", "HIRAGANA", "KATAKANA", "HANGUL") else FONTS
        yield Condition(
            f"Font for {script.title()}",
            bool(found),
            found or "none, its characters would be boxes",
            "" if found else _install(packages),
        )


def _scripts(text: str) -> set[str]:
    """Return the scripts of a text that the shipped fonts do not have."""
    names = {
        unicodedata.name(character, "").split(" ")[0].split("-")[0]
        for character in set(text)
        if ord(character) > 0x52F
    }
    return names & SCRIPTS.keys()


def _font_for(language: str) -> str:
    """Return a family that fontconfig has for a language; "" without one, or without fontconfig."""
    from subprocess import TimeoutExpired, run

    tool = shutil.which("fc-list")
    if tool is None:
        return ""
    try:
        command = [tool, f":lang={language}", "family"]
        done = run(command, capture_output=True, text=True, timeout=20, check=False)  # noqa: S603 (a fixed command)
    except TimeoutExpired:
        return ""
    return next((line.split(",")[0] for line in sorted(done.stdout.splitlines()) if line), "")


def _office() -> Iterator[Condition]:
    found = shutil.which("soffice") or shutil.which("libreoffice")
    state = found or "not found: verify leaves out the recalculation"
    yield Condition("LibreOffice", found is not None, state, "" if found else _install(OFFICE), needed=False)


def _writing(folder: Path) -> Condition:
    """Return whether a folder, or the nearest that is there, can be written."""
    place = folder.absolute()
    while not place.exists() and place != place.parent:
        place = place.parent
    try:
        with tempfile.TemporaryFile(dir=place):
            pass
    except OSError as error:
        return Condition(
            "Write access",
            False,
            f"{place}: {error.strerror or error}",
            f"chmod u+w {place}, or name another folder with -o",
        )
    free = shutil.disk_usage(place).free / 1e9
    return Condition("Write access", True, f"{place}, {free:,.1f} GB free")


def _own_folders() -> Iterator[Condition]:
    for name in ("templates", "inputs"):
        try:
            yield Condition(f"Own {name}", True, str(data_folder(name)))
        except SurroundingsError as missing:
            yield Condition(f"Own {name}", False, str(missing), _pip("--force-reinstall reportgen"))


def _is_installed(package: str) -> bool:
    try:
        version(package)
    except PackageNotFoundError:
        return False
    return True


def _extras() -> Iterator[Condition]:
    for package, (extra, use) in EXTRAS.items():
        found = _is_installed(package)
        yield Condition(
            f"Extra {extra}",
            found,
            use if found else f"not installed ({use})",
            "" if found else _pip(f"reportgen[{extra}]"),
            needed=False,
        )
