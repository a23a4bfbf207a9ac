"""The paper as one self-contained web page, with fonts and pictures embedded."""

import re
from base64 import b64encode
from pathlib import Path

from reportgen.files import replace_text
from reportgen.report.folders import Folders
from reportgen.report.page import render_paper
from reportgen.report.paper import Paper

URL_REFERENCE = re.compile(r"url\((?!data:|#)[\"']?([^)\"']+)[\"']?\)")
MEDIA_TYPES = {
    ".ttf": "font/ttf",
    ".otf": "font/otf",
    ".woff2": "font/woff2",
    ".png": "image/png",
    ".svg": "image/svg+xml",
}


def write_html(paper: Paper, target: Path, folders: Folders) -> int:
    """Write the page and return its size in bytes. Raises SurroundingsError if a file that the style names is missing."""
    html = embed_files(render_paper(paper, folders, "html"), folders)
    replace_text(target, html)
    return len(html.encode())


def embed_files(html: str, folders: Folders) -> str:
    """Replace every file reference of the style sheet by a data URL."""

    def embedded(match: re.Match[str]) -> str:
        name = match.group(1)
        media_type = MEDIA_TYPES.get(Path(name).suffix.lower(), "application/octet-stream")
        return f"url(data:{media_type};base64,{b64encode(folders.find(name).read_bytes()).decode()})"

    head, end, body = html.partition("</style>")
    return URL_REFERENCE.sub(embedded, head) + end + body
