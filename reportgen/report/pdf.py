"""The paper as PDF: WeasyPrint, with the workbook and the case attached, the same bytes for the same case."""

import contextlib
import io
import platform
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from reportgen.errors import SurroundingsError
from reportgen.files import replacing
from reportgen.report.paper import Attachment

FAMILIES = {
    "debian": "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    "fedora": "sudo dnf install pango",
    "alpine": "sudo apk add pango",
    "arch": "sudo pacman -S pango",
    "suse": "sudo zypper install libpango-1_0-0",
}
"""How Pango is installed, by family of systems."""


class MissingLibrary(SurroundingsError):
    """Pango, which sets the paper's text, is not installed."""

    def __init__(self) -> None:
        super().__init__(
            f"The paper was not written: the library Pango is missing. Install it with: {install_command()}"
        )


def install_command() -> str:
    """Give the command that installs Pango on this system."""
    if sys.platform == "darwin":
        return "brew install pango"
    if sys.platform == "win32":
        return "winget install MSYS2.MSYS2, then pacman -S mingw-w64-x86_64-pango in its shell"
    try:
        system = platform.freedesktop_os_release()
    except OSError:
        system = {}
    likes = f"{system.get('ID', '')} {system.get('ID_LIKE', '')}".replace("ubuntu", "debian").replace(
        "rhel", "fedora"
    )
    return next((command for name, command in FAMILIES.items() if name in likes), FAMILIES["debian"])


def write_pdf(
    html: str, target: Path, templates: Path, created: datetime, attachments: tuple[Attachment, ...] = ()
) -> int:
    """Render the page and give the number of pages. Raises MissingLibrary where Pango is not installed."""
    weasyprint = _weasyprint()
    fetcher = _fetcher(weasyprint, templates)
    document = weasyprint.HTML(string=html, base_url=templates.as_uri() + "/", url_fetcher=fetcher).render()
    document.metadata.created = document.metadata.modified = created.strftime("%Y-%m-%dT%H:%M:%SZ")
    document.metadata.attachments = [_attached(weasyprint, one, created) for one in attachments]
    with replacing(target) as draft:
        document.write_pdf(draft, pdf_variant="pdf/a-3u", pdf_tags=True, custom_metadata=False)
    return len(document.pages)


def _weasyprint() -> Any:
    """Import WeasyPrint; what it prints where Pango is missing is said in one sentence of ours."""
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            import weasyprint
    except OSError as error:
        raise MissingLibrary from error
    return weasyprint


def _attached(weasyprint: Any, one: Attachment, created: datetime) -> Any:
    return weasyprint.Attachment(
        string=one.content, name=one.name, description=one.description, relationship=one.relationship,
        created=created, modified=created,
    )  # fmt: skip


def _fetcher(weasyprint: Any, templates: Path) -> Any:
    """Let the page load files of the templates folder, and nothing else."""
    inside = templates.resolve().as_uri() + "/"

    class Inside(weasyprint.URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            if not url.startswith(inside) or ".." in url:
                raise ValueError(f"{url} is not one of the paper's own files")
            return super().fetch(url, headers)

    return Inside()
