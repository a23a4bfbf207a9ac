"""No text of a case becomes code: not in the workbook, not in the page, not in the paper."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml

from reportgen.assessment import analyse
from reportgen.errors import InputError
from reportgen.pipeline.writing import Form, write_data, write_page, write_paper
from reportgen.schema.case import Case
from reportgen.schema.loading.load import load_case
from reportgen.workers import SERIAL
from tests.paths import INPUTS
from tests.safety.payloads import MARK, PAYLOADS, Place, free_text_fields, text_places, with_texts
from tests.safety.written_code import in_page, in_paper, in_workbook

EVERY_TEXT = Path(__file__).with_name("every_text.yaml")
REFERENCES = {
    "price_book",
    "usual",
    "prices",
    "gpu_prices",
    "assumption",
    "unit",
    "logo",
    "fonts",
    "text_font",
    "title_font",
}
"""Fields whose text names something else: what does not exist is refused."""
LONGEST_ROUNDS = 12
UNWRITTEN = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff\ufeff]")


@cache
def schema() -> Any:
    """Return the schema of cases."""
    return json.loads((INPUTS / "case.schema.json").read_text(encoding="utf-8"))


@cache
def data() -> Any:
    """Return the case with every text."""
    return json.loads(json.dumps(yaml.safe_load(EVERY_TEXT.read_text(encoding="utf-8")), default=str))


@cache
def places() -> tuple[Place, ...]:
    """Return the places of free texts in the case, references left out."""
    return tuple(
        place
        for place in text_places(data(), schema())
        if place[-1] not in REFERENCES and "routes" not in place
    )


def test_the_case_has_every_free_text_of_the_schema() -> None:
    """A field that the schema gets has its place in the case of this folder too, or names something else."""
    names = {place[-1] for place in places()}
    assert {field for _, field in free_text_fields(schema())} - REFERENCES - names == set()


def written(path: Path, texts: dict[Place, str]) -> dict[int, Place]:
    """Write the case with other texts, a line for each; return the places by their lines."""
    signs = {place: f"\x01{number}\x01" for number, place in enumerate(texts)}
    lines = json.dumps(with_texts(data(), signs), indent=1).split("\n")
    found = {}
    for place, own in signs.items():
        sign = json.dumps(own)
        line = next(line for line, text in enumerate(lines, start=1) if sign in text)
        text = UNWRITTEN.sub(
            lambda one: f"\\u{ord(one[0]):04x}", json.dumps(texts[place], ensure_ascii=False)
        )
        lines[line - 1] = lines[line - 1].replace(sign, text)
        found[line] = place
    path.write_text("\n".join(lines), encoding="utf-8")
    return found


def accepted(path: Path, shift: int) -> tuple[Case, dict[Place, str]]:
    """Load the case with a payload in every place, those that are refused left out; each refusal is at its line."""
    texts = {place: PAYLOADS[(number + shift) % len(PAYLOADS)] for number, place in enumerate(places())}
    for _ in range(LONGEST_ROUNDS):
        lines = written(path, texts)
        try:
            return load_case(path), texts
        except InputError as error:
            refused = {lines.get(problem.line) for problem in error.problems}
            if not refused & texts.keys():
                raise
            texts = {place: text for place, text in texts.items() if place not in refused}
    raise AssertionError(texts)


@cache
def plain_tags() -> Any:
    """Return how often each tag that can run or fetch something is in the page of the case as it is."""
    with TemporaryDirectory() as folder:
        page = Path(folder, "plain.html")
        write_page(analyse(load_case(EVERY_TEXT), EVERY_TEXT), page, Form(kind="html"))
        return in_page(page)[1]


def code_in_pack(folder: Path, shift: int, *, paper: bool) -> Iterator[str]:
    """Write a pack whose texts are payloads, and yield what of them became code."""
    path = folder / "case.yaml"
    case, texts = accepted(path, shift)
    assert len(texts) > len(places()) / 4
    analysis = analyse(case, path)
    results = folder / "case.json"
    data = SERIAL.submit(write_data, analysis, folder / "case.xlsx", results)
    json.loads(results.read_text(encoding="utf-8"))
    yield from in_workbook(folder / "case.xlsx")
    write_page(analysis, folder / "case.html", Form(kind="html"))
    found, tags = in_page(folder / "case.html")
    yield from found
    if tags != plain_tags():
        yield f"other tags: {tags - plain_tags()} {plain_tags() - tags}"
    if paper:
        missing = write_paper(analysis, folder / "case.pdf", data, lambda *_: None, Form(), None)
        assert missing is None
        yield from in_paper(folder / "case.pdf")


@pytest.mark.parametrize("payload", [*PAYLOADS[::9]], ids=ascii)
def test_a_payload_is_a_text_or_refused_at_its_line(payload: str, tmp_path: Path) -> None:
    """Some payloads in the title, a note and a risk's name: what is accepted is read as it was written."""
    path = tmp_path / "case.yaml"
    for place in (("case", "title"), ("finance", "discount_rate", "note"), ("risks", 0, "name")):
        lines = written(path, {place: payload})
        try:
            case = load_case(path)
        except InputError as error:
            refused = {problem.line for problem in error.problems}
        else:
            refused = set()
            assert payload.strip() in (
                case.case.title,
                case.risks[0].name,
                str(case.finance.discount_rate.note).strip(),
            )
        assert refused <= lines.keys()


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("shift", [0, 54])
def test_no_text_becomes_code(shift: int, tmp_path: Path) -> None:
    """A payload in every text: none is a formula, a tag, an attribute, a style, a script, an action or an address."""
    assert list(code_in_pack(tmp_path, shift, paper=shift == 0)) == []


@pytest.mark.long
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("shift", range(len(PAYLOADS)))
def test_no_payload_becomes_code_in_any_text(shift: int, tmp_path: Path) -> None:
    """Every payload in every text, once; the paper for every fifth."""
    assert list(code_in_pack(tmp_path, shift, paper=shift % 5 == 0)) == []


def test_the_marks_are_in_the_payloads() -> None:
    """Every payload is found again by its mark."""
    assert [text for text in PAYLOADS if MARK not in text] == []
