"""Cases that went wrong, by seed: the shipped ones and those of the tests, damaged in their bytes, tokens, values or structure."""

import json
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import cache
from random import Random
from typing import Any

import yaml

from tests.paths import CASES, INPUTS

SHIPPED = ("small", "one-billion-tokens", "hospital-group", "ten-to-twenty-billion-tokens")
SHIPPED_SHARE = 0.005
"""Most mutants are of small cases, which are read in a hundredth of a second where a shipped one takes half of one."""
SHARE_POWER = 2.5
"""A case of the tests is taken the less often the longer it is, by this power of its length."""
ODD_BYTES = (
    b"\x00", b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xe2\x80\xa8", b"\xc2\x85", b"\x1b[31m", b"\x07", b"\xe2\x80\xae",
    b"\xf4\x90\x80\x80", b"\xef\xbf\xbf", b"\xf0\x9f\x92\xa9", b"\r", b"\r\n", b"\t", b"\x7f", b"\xfe\xff", b"PK\x03\x04", b"%PDF",
)  # fmt: skip
ODD_TOKENS = (
    "&a", "*a", "*a", "!!python/object/apply:os.system ['id']", "!!binary aGk=", "!!set", "!!omap", "!!timestamp 2026-99-99", "!!float x",
    "!!int x", "!!bool x", "!!null x", "!x", "!<tag:x>", "<<: *a", "<<", "---", "...", "%YAML 9.9", "%YAML 1.1\n---", "%TAG ! x", "? ", "- ",
    ": ", "|", ">", "|9", ">-", "|+", "'", '"', "{", "}", "[", "]", ",", "#", "\t", "@", "`", "%", '"\\U00110000"', '"\\ud800"', '"\\x00"',
    '"\\uFFFE"', '"\\q"', '"\\x9"', "''", '""', "[[[[[[[[", "{a: {b: {c: {d: ", "&x [*x]", "? [a]\n: b", "? {a: b}\n: c", "\n", "\n\n  ",
    "=", "!", "!!", "&", "*", "-", "?", ":", "value", "options", "case", "effects", "id", "name", "null:", "1:", "true:",
)  # fmt: skip
ODD_VALUES = (
    "0", "-0", "-0.0", "-1", "1", "1e3", "1e15", "1e16", "1e300", "1e308", "1e309", "-1e309", "1e-320", ".inf", "-.inf", ".nan", "NaN",
    "9" * 400, "9" * 5000, "0x1F", "0o17", "0b11", "017", "1_000", "_1", "1e", "+1", "1,000", "1.000,5", "50%", "12:30:45", "~", "null",
    "yes", "no", "on", "true", "True", "2026-13-45", "2026-11-23", "0000-00-00", "9999-12-31", "9999-12", "0001-01", "2027-01", "2027-1",
    "2026-11-23T10:00:00Z", "[]", "{}", "[1, 2]", "{value: 1}", "{value: 2, low: 3, high: 1}", "{value: .nan, low: 1, high: 2}",
    "{value: 1, unit: B}", "{value: 1, unit: per 1K tokens}", "{value: 1, unit: '%'}", "{low: 1, high: 2}", "''", "' '", '"\\u202e"',
    "api", "USD", "EUR", "xyz", "=1+1", "../../../../etc/passwd", "/dev/zero", "con", "x" * 300, "x" * 40_000, "é" * 200,
)  # fmt: skip
TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
SCALAR = re.compile(r"(?<=: )([^\s,{}\[\]#][^,{}\[\]#\n]*)")


@cache
def case_texts() -> dict[str, str]:
    """Return the texts of all cases by name: the shipped ones first."""
    paths = [*(INPUTS / f"{name}.yaml" for name in SHIPPED), *sorted(CASES.glob("*.yaml"))]
    found = {path.stem: path.read_text(encoding="utf-8") for path in paths}
    return {name: text for name, text in found.items() if "\noptions:" in text}


def folder_of(name: str) -> str:
    """Return the name of the price book's folder of a case: shipped or tests."""
    return "shipped" if name in SHIPPED else "tests"


def case_mutant(seed: int) -> tuple[str, bytes]:
    """Return the name of a case and its damaged content."""
    random = Random(seed)  # noqa: S311  damage, no secrets
    name = random.choice(SHIPPED) if random.random() < SHIPPED_SHARE else _of_the_tests(random)
    damage = random.choice((in_bytes, in_tokens, in_values, in_values, in_structure, in_structure))
    return name, damage(case_texts()[name], random)


def numbers_mutant(seed: int) -> tuple[str, bytes]:
    """Return the name of a case and its content with other numbers, most of which are accepted."""
    random = Random(seed)  # noqa: S311  damage, no secrets
    name = _of_the_tests(random)
    text = case_texts()[name]
    places = list(re.finditer(r"(?<=[:\s{])\d+(?:\.\d+)?(?=[\s,}]|$)", text))
    for place in sorted(random.sample(places, random.randint(1, 6)), key=lambda one: -one.start()):
        value = float(place[0])
        other = random.choice(
            (0, 1, value * 2, value / 3, value * random.lognormvariate(0, 2), value + 1, -value, value * 1e6)
        )
        text = f"{text[: place.start()]}{other:.6g}{text[place.end() :]}"
    return name, text.encode()


def _of_the_tests(random: Random) -> str:
    lengths = {name: len(text) for name, text in case_texts().items() if name not in SHIPPED}
    return random.choices([*lengths], [length**-SHARE_POWER for length in lengths.values()])[0]


@cache
def _data(text: str) -> Any:
    return yaml.load(text, yaml.CSafeLoader)


def in_bytes(text: str, random: Random) -> bytes:
    """Flip bits, cut, repeat and insert bytes."""
    content = bytearray(text.encode())
    for _ in range(random.randint(1, 4)):
        start, length = random.randrange(len(content) or 1), random.choice((1, 2, 8, 64, 512))
        match random.randrange(6):
            case 0:
                content[start : start + 1] = (
                    bytes([content[start] ^ 1 << random.randrange(8)]) if content else b""
                )
            case 1:
                del content[start : start + length]
            case 2:
                content[start:start] = content[start : start + length]
            case 3:
                content[start:start] = random.choice(ODD_BYTES)
            case 4:
                content[start:start] = random.randbytes(length)
            case _:
                del content[start:]
    return bytes(content)


def in_tokens(text: str, random: Random) -> bytes:
    """Replace, delete, repeat and swap words, signs and blanks."""
    tokens = TOKEN.findall(text)
    for _ in range(random.randint(1, 4)):
        at, other = random.randrange(len(tokens)), random.randrange(len(tokens))
        match random.randrange(5):
            case 0:
                tokens[at] = random.choice(ODD_TOKENS)
            case 1:
                tokens.insert(at, random.choice(ODD_TOKENS))
            case 2:
                tokens[at] = ""
            case 3:
                tokens.insert(at, tokens[other])
            case _:
                tokens[at], tokens[other] = tokens[other], tokens[at]
    return "".join(tokens).encode(errors="surrogatepass")


def in_values(text: str, random: Random) -> bytes:
    """Put odd values in the place of others."""
    places = list(SCALAR.finditer(text))
    for place in sorted(random.sample(places, random.randint(1, 3)), key=lambda one: -one.start()):
        text = f"{text[: place.start()]}{random.choice(ODD_VALUES)}{text[place.end() :]}"
    return text.encode()


def in_structure(text: str, random: Random) -> bytes:
    """Move, wrap, rename, drop and multiply parts of the mapping."""
    data: Any = deepcopy(_data(text))
    for _ in range(random.randint(1, 3)):
        nodes = list(_nodes(data))
        parent, key = random.choice(nodes)
        random.choice(RESTRUCTURINGS)(parent, key, nodes, random)
    return json.dumps(data, default=str, ensure_ascii=False).encode(errors="surrogatepass")


def _nodes(data: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every mapping and list with each of its keys and positions."""
    for key in data if isinstance(data, dict) else range(len(data)):
        yield data, key
        if isinstance(data[key], dict | list):
            yield from _nodes(data[key])


def _drop(parent: Any, key: Any, *_: Any) -> None:
    del parent[key]


def _swap(parent: Any, key: Any, nodes: Any, random: Random) -> None:
    other, at = random.choice(nodes)
    other[at], parent[key] = deepcopy(parent[key]), deepcopy(other[at])


def _rename(parent: Any, key: Any, nodes: Any, random: Random) -> None:
    if isinstance(parent, dict):
        names = [name for holder, name in nodes if isinstance(holder, dict)]
        other = random.choice(
            (*names, "", " ", "x" * 300, "a.b", "1", "null", "__class__", "=1", "\u202e", "a/b", "é")
        )
        parent[other] = parent.pop(key)


def _wrap(parent: Any, key: Any, _: Any, random: Random) -> None:
    parent[key] = random.choice(
        ([parent[key]], {"value": parent[key]}, {"value": {"value": parent[key]}}, {"": parent[key]})
    )


def _multiply(parent: Any, key: Any, _: Any, random: Random) -> None:
    count = random.choice((2, 7, 40))
    if isinstance(parent, list):
        parent.extend(deepcopy(parent[key]) for _ in range(count))
    elif isinstance(parent[key], dict | list):
        parent.update({f"{key}{number}": deepcopy(parent[key]) for number in range(min(count, 7))})
    else:
        parent[key] = [parent[key]] * count


def _nest(parent: Any, key: Any, _: Any, random: Random) -> None:
    for _ in range(random.choice((3, 29, 31, 200))):
        parent[key] = random.choice(([parent[key]], {"a": parent[key]}))


def _graft(parent: Any, key: Any, _: Any, random: Random) -> None:
    """Take a part of another case that bears the same key, or all that its mapping has and this one has not."""
    data = _data(random.choice([*case_texts().values()]))
    same = [(holder, name) for holder, name in _nodes(data) if name == key and type(holder) is type(parent)]
    if not same:
        return
    holder, name = random.choice(same)
    if isinstance(parent, dict) and random.random() < 0.5:
        parent.update({other: deepcopy(part) for other, part in holder.items() if other not in parent})
    else:
        parent[key] = deepcopy(holder[name])


def _replace(parent: Any, key: Any, _: Any, random: Random) -> None:
    parent[key] = random.choice(
        (
            None,
            True,
            0,
            -1,
            1e308,
            "",
            "x",
            [],
            {},
            [[]],
            [None],
            {"value": None},
            "\x00",
            "\ud800",
            "\ufffe",
            "=1",
        )
    )


RESTRUCTURINGS: tuple[Callable[[Any, Any, Any, Random], None], ...] = (
    _drop,
    _swap,
    _rename,
    _wrap,
    _multiply,
    _nest,
    _replace,
    _graft,
    _graft,
)
