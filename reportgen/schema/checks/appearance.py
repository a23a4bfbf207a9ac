"""Checks of the report section of a case: locale, logo, colours."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from reportgen.colour import contrast
from reportgen.schema.case import Case
from reportgen.schema.loading.validation import Violation
from reportgen.schema.report import Report

MIN_CONTRAST = 3.0
"""The contrast ratio that areas and lines need on white (WCAG 2.2, 1.4.11)."""

MAX_LOGO_BYTES = 1_000_000

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
FORBIDDEN_ELEMENTS = {"script", "foreignObject", "image", "use", "style", "a", "animate", "set", "iframe"}
"""SVG elements that run code or load external content."""


def check_appearance(case: Case, folder: Path) -> Iterator[Violation]:
    """Yield violations: a locale without English words, unusable logo, colours too pale or used twice."""
    yield from _check_locale(case.report)
    yield from _check_logo(case.report.logo, folder)
    yield from _check_colours(case)


def _check_locale(report: Report) -> Iterator[Violation]:
    where = ("report", "language" if report.language else "locale")
    if report.language and report.language != report.locale:
        yield Violation(where, "This is the former name of `locale`, which is given, too; remove it.")
    elif problem := locale_problem(report.locale):
        yield Violation(where, problem)


def locale_problem(tag: str) -> str:
    """Return the error message of a locale; "" if it is a territory, or none, with English words."""
    language, _, territory = tag.partition("-")
    try:
        english = Locale.parse("en")
        named = Locale.parse(language).get_display_name("en")
    except UnknownLocaleError:
        return f'The locale "{tag}" is not known; write one such as en, en-GB, en-IN or en-DE.'
    if territory and english.territories.get(territory) in (None, "Unknown Region"):
        return f'The territory of the locale "{tag}" is not known; write one such as en-GB, en-IN or en-DE.'
    if language == "en":
        return ""
    usual = territory or get_global("likely_subtags").get(language, "").rpartition("_")[2]
    advice = f"en-{usual}" if usual in english.territories else "en-GB"
    return (
        f"The paper is in English: its words are not translated into {named}. Write locale: {advice}, "
        f"which has the signs, dates and grouping of {english.territories[advice[-2:]]} in an English text."
    )


def _check_colours(case: Case) -> Iterator[Violation]:
    seen: dict[str, str] = {}
    for key, colour in case.report.colours.items():
        where = ("report", "colours", key)
        found = contrast(colour, "#FFFFFF")
        if found < MIN_CONTRAST:
            yield Violation(
                where,
                f"{colour} is too pale: its contrast with white is {found:.1f}, and {MIN_CONTRAST:.0f} is needed.",
            )
        if colour.upper() in seen:
            yield Violation(where, f"{seen[colour.upper()]} has the same colour; options must be told apart.")
        seen.setdefault(colour.upper(), key)


def _check_logo(name: str | None, folder: Path) -> Iterator[Violation]:
    if name is None:
        return
    problem = logo_problem(name, folder)
    if problem:
        yield Violation(("report", "logo"), problem)


def logo_problem(name: str, folder: Path) -> str:
    """Return the error message of a logo file; "" if it can be used."""
    root = folder.resolve()
    path = (root / name).resolve()
    if not path.is_relative_to(root):
        return f"{name} lies outside of the case's folder; put the logo beside the case."
    if not path.is_file():
        return f"There is no file {name} beside the case."
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
