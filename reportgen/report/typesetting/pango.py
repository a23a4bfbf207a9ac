"""Installation command of Pango, the library that shapes the paper's text, by operating system."""

import platform
import sys

FAMILIES = {
    "debian": "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    "fedora": "sudo dnf install pango",
    "alpine": "sudo apk add pango",
    "arch": "sudo pacman -S pango",
    "suse": "sudo zypper install libpango-1_0-0",
}
"""Command that installs Pango, by family of Linux distributions."""


def install_command() -> str:
    """Return the command that installs Pango on this system; Debian's if the distribution is unknown."""
    if sys.platform == "darwin":
        return "brew install pango"
    if sys.platform == "win32":
        return "winget install MSYS2.MSYS2, then pacman -S mingw-w64-x86_64-pango in its shell"
    try:
        system = platform.freedesktop_os_release()
    except OSError:
        system = {}
    families = f"{system.get('ID', '')} {system.get('ID_LIKE', '')}".replace("ubuntu", "debian").replace(
        "rhel", "fedora"
    )
    return next((command for name, command in FAMILIES.items() if name in families), FAMILIES["debian"])
