"""The paper as one self-contained web page, with fonts and pictures embedded."""

import re
from base64 import b64encode
from pathlib import Path

from reportgen.files import replace_text
from reportgen.report.folders import Folders
from reportgen.report.live import (
    LiveParts,
    Scripts,
    with_policy,
    with_reachable_scrolling,
    without_style_attributes,
)
from reportgen.report.page import render_paper
from reportgen.report.paper import Paper

URL_REFERENCE = re.compile(r"url\((?!data:|#)[\"']?([^)\"']+)[\"']?\)")
STYLE_SHEET = re.compile(r"<style\b[^>]*>.*?</style>", re.DOTALL)
MEDIA_TYPES = {
    ".ttf": "font/ttf",
    ".otf": "font/otf",
    ".woff2": "font/woff2",
    ".png": "image/png",
    ".svg": "image/svg+xml",
}


def write_html(paper: Paper, target: Path, folders: Folders, live: LiveParts | None = None) -> int:
    """Write the page, with the model in it where its live parts are given, and return its size in bytes.

    Raises SurroundingsError if a file that the style names is missing.
    """
    html = self_contained(render_paper(paper, folders, "html", live=live is not None), folders, live)
    replace_text(target, html)
    return len(html.encode())


def self_contained(html: str, folders: Folders, scripts: Scripts | None = None) -> str:
    """Put the fonts, the pictures and the scripts of a page into it, under a policy that allows nothing else."""
    html = embed_files(without_style_attributes(with_reachable_scrolling(html)), folders)
    if scripts:
        body, end, rest = html.rpartition("</body>")
        html = f"{body}{scripts.html}{end}{rest}"
    return with_policy(html, scripts)


def embed_files(html: str, folders: Folders) -> str:
    """Replace every file reference of the style sheets by a data URL; elsewhere `url()` is text, such as in a title."""

    def embedded(match: re.Match[str]) -> str:
        name = web_font(match.group(1), folders)
        media_type = MEDIA_TYPES.get(Path(name).suffix.lower(), "application/octet-stream")
        return f"url(data:{media_type};base64,{b64encode(folders.find(name).read_bytes()).decode()})"

    head, end, body = html.partition("</head>")
    return STYLE_SHEET.sub(lambda style: URL_REFERENCE.sub(embedded, style[0]), head) + end + body


def web_font(name: str, folders: Folders) -> str:
    """Return the small form of a font of ours; the user's own fonts are taken as they are."""
    small = f"{name.removesuffix('.ttf')}.woff2"
    is_ours = (folders.built_in / small).is_file() and folders.find(name).is_relative_to(
        folders.built_in.resolve()
    )
    return small if is_ours else name
