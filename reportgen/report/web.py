"""The paper as one web page that needs nothing else: fonts and pictures within, readable on a phone."""

import re
from base64 import b64encode
from pathlib import Path

from reportgen.files import replace_text
from reportgen.report.folders import Folders
from reportgen.report.page import page
from reportgen.report.paper import Paper

LOADED = re.compile(r"url\((?!data:|#)[\"']?([^)\"']+)[\"']?\)")
KINDS = {
    ".ttf": "font/ttf",
    ".otf": "font/otf",
    ".woff2": "font/woff2",
    ".png": "image/png",
    ".svg": "image/svg+xml",
}


def write_html(paper: Paper, target: Path, folders: Folders) -> int:
    """Write the page and give its size in bytes. Raises SurroundingsError where a file that the style names is missing."""
    html = within(page(paper, folders, "html"), folders)
    replace_text(target, html)
    return len(html.encode())


def within(html: str, folders: Folders) -> str:
    """Put every file that the style loads into the page itself."""

    def embedded(found: re.Match[str]) -> str:
        name = found.group(1)
        kind = KINDS.get(Path(name).suffix.lower(), "application/octet-stream")
        return f"url(data:{kind};base64,{b64encode(folders.find(name).read_bytes()).decode()})"

    head, end, body = html.partition("</style>")
    return LOADED.sub(embedded, head) + end + body
