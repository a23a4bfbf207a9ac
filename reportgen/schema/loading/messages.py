"""What pydantic finds, as sentences: what was written, what is allowed, what to do."""

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import Any

from reportgen.schema.loading.places import Shape
from reportgen.schema.options import KINDS

Found = dict[str, Any]
"""One error of pydantic: type, loc, input, ctx."""
LONGEST_SHOWN = 60


def suggest(word: str, known: Iterable[str]) -> str:
    """Ask whether something known was meant; empty where nothing is close."""
    close = nearest(word, known)
    return f" Did you mean {close}?" if close else ""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Find the known word that is closest to one written."""
    found = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return found[0] if found else None


def listed(words: Iterable[str], most: int = 12) -> str:
    """List words, a long list cut short."""
    found = list(words)
    return ", ".join(found[:most]) + (f" and {len(found) - most} more" if len(found) > most else "")


def sentence(found: Found, shape: Shape, above: Shape) -> str:
    """Say in a sentence what is wrong; `shape` is what is expected there, `above` what it is part of."""
    wording = WORDINGS.get(found["type"])
    return wording(found, shape, above) if wording else f"You wrote {shown(found['input'])}; {found['msg']}."


def shown(value: object) -> str:
    """Show a value as written, shortly."""
    match value:
        case None:
            return "nothing"
        case dict():
            return "a mapping"
        case list():
            return "a list"
        case bool():
            return str(value).lower()
    text = f'"{value}"' if isinstance(value, str) else str(value)
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 3]}..."


def _own(found: Found, _shape: Shape, _above: Shape) -> str:
    return str(found["ctx"]["sentence"])


def _unknown(found: Found, _shape: Shape, above: Shape) -> str:
    key = str(found["loc"][-1])
    kinds = [name for name, kind in KINDS.items() if key in kind.model_fields]
    if kinds and above.kind in KINDS.values():
        own = next(name for name, kind in KINDS.items() if kind is above.kind)
        hint = "Take it out, or change the kind"
        return f"`{key}` belongs to options of kind {listed(kinds)}; this one is {own}. {hint}."
    if close := nearest(key, above.keys):
        return f"`{key}` is not known here. Did you mean {close}?"
    known = listed(above.keys, 40)
    return f"`{key}` is not known here; the keys are {known}. Take it out, or write one of these."


def _missing(found: Found, shape: Shape, _above: Shape) -> str:
    key = str(found["loc"][-1])
    return (
        f"`{key}` is missing: {shape.meaning}. Write it here."
        if shape.meaning
        else f"`{key}` is missing; write it."
    )


def _mapping(found: Found, shape: Shape, _above: Shape) -> str:
    keys = shape.keys
    hint = (
        f"a mapping with keys such as {listed(keys, 4)}" if keys else "a mapping, each entry as `key: value`"
    )
    return f"You wrote {shown(found['input'])}; write {hint}, indented below{_or_leave_out(found, shape)}."


def _list(found: Found, shape: Shape, _above: Shape) -> str:
    hint = f"each entry on a line of its own that starts with `- `{_or_leave_out(found, shape)}"
    return f"You wrote {shown(found['input'])}; write a list, {hint}."


def _or_leave_out(found: Found, shape: Shape) -> str:
    return ", or leave the key out" if found["input"] is None and shape.optional else ""


def _choice(found: Found, _shape: Shape, _above: Shape) -> str:
    expected = str(found["ctx"]["expected"]).replace("'", "")
    words = expected.replace(" or ", ", ").split(", ")
    return f"You wrote {shown(found['input'])}; write one of {expected}.{suggest(str(found['input']), words)}"


def _limit(words: str, name: str) -> Callable[[Found, Shape, Shape], str]:
    def wording(found: Found, shape: Shape, _above: Shape) -> str:
        meaning = f": {shape.meaning}" if shape.meaning else ""
        return f"You wrote {shown(found['input'])}; it must be {words} {found['ctx'][name]:g}{meaning}."

    return wording


def _empty(_found: Found, _shape: Shape, _above: Shape) -> str:
    return "This list is empty; give it at least one entry."


WORDINGS: dict[str, Callable[[Found, Shape, Shape], str]] = {
    "sentence": _own,
    "extra_forbidden": _unknown,
    "missing": _missing,
    "model_type": _mapping,
    "model_attributes_type": _mapping,
    "dict_type": _mapping,
    "tuple_type": _list,
    "literal_error": _choice,
    "greater_than": _limit("above", "gt"),
    "less_than": _limit("below", "lt"),
    "greater_than_equal": _limit("at least", "ge"),
    "less_than_equal": _limit("at most", "le"),
    "too_short": _empty,
}
