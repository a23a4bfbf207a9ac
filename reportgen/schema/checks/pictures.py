"""Pictures of a paper: a logo that runs, loads or expands nothing."""

from pathlib import Path
from xml.etree import ElementTree as ET

from reportgen.files import lies_outside

MAX_LOGO_BYTES = 1_000_000

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
FORBIDDEN_ELEMENTS = {"script", "foreignObject", "image", "use", "style", "a", "animate", "set", "iframe"}
"""SVG elements that run code or load external content."""


def logo_problem(name: str, folder: Path) -> str:
    """Return the error message of a logo file; "" if it can be used."""
    root = folder.resolve()
    path = (root / name).resolve()
    if lies_outside(folder, name):
        return f"{name} lies outside of the folder of this file; put the logo beside it."
    if not path.is_file():
        return f"There is no file {name} beside this file."
    if path.stat().st_size > MAX_LOGO_BYTES:
        return f"{name} is larger than {MAX_LOGO_BYTES // 1_000_000} MB; use a smaller picture."
    content = path.read_bytes()
    if path.suffix.lower() == ".png":
        return (
            ""
            if content.startswith(PNG_SIGNATURE) and content[12:16] == b"IHDR"
            else f"{name} is not a PNG picture."
        )
    if path.suffix.lower() == ".svg":
        return _svg_problem(name, content)
    return f"{name} is neither a PNG nor an SVG file."


def _svg_problem(name: str, content: bytes) -> str:
    """Return the error message of an SVG that runs, loads or expands anything; "" for plain shapes and text."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        return f"{name} declares a document type; save it as plain SVG."
    try:
        root = ET.fromstring(content)  # noqa: S314  without a document type nothing expands
    except ET.ParseError as error:
        return f"{name} is not sound SVG: {error}."
    if root.tag != "{http://www.w3.org/2000/svg}svg":
        return f"{name} is not an SVG drawing."
    for element in root.iter():
        tag = str(element.tag).rpartition("}")[2]
        if tag in FORBIDDEN_ELEMENTS:
            return f"{name} holds a <{tag}>; a logo may hold shapes and text only."
        for attribute, value in element.attrib.items():
            bare = attribute.rpartition("}")[2].lower()
            if bare.startswith("on") or bare == "href" or ("url(" in value and "url(#" not in value):
                return f"{name} has an attribute {bare} that runs or loads something; remove it."
    return ""
