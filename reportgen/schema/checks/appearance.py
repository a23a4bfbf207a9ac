"""Checks of the report section of a case: locale, logo, colours, brand."""

from collections.abc import Iterator
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from reportgen.schema.appearance.report import Report
from reportgen.schema.case import Case
from reportgen.schema.checks.brand import AREA_CONTRAST, brand_problems, contrast_problem
from reportgen.schema.checks.pictures import logo_problem
from reportgen.schema.loading.validation import Violation


def check_appearance(case: Case, folder: Path) -> Iterator[Violation]:
    """Yield violations: a locale without English words, unusable logo or brand, colours too pale or used twice."""
    yield from _check_locale(case.report)
    yield from _check_logo(case.report.logo, folder)
    yield from _check_colours(case)
    for where, sentence in brand_problems(case.report.brand, folder):
        yield Violation(("report", "brand", *where), sentence)


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
        if problem := contrast_problem(colour, AREA_CONTRAST, "for an option"):
            yield Violation(where, problem)
        if colour.upper() in seen:
            yield Violation(where, f"{seen[colour.upper()]} has the same colour; options must be told apart.")
        seen.setdefault(colour.upper(), key)


def _check_logo(name: str | None, folder: Path) -> Iterator[Violation]:
    if name is None:
        return
    problem = logo_problem(name, folder)
    if problem:
        yield Violation(("report", "logo"), problem)
