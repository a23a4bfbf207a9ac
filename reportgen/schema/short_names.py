"""Short names of options whose name is too long for tables and charts, by rule."""

from collections.abc import Collection, Mapping, Sequence
from itertools import count, takewhile

from reportgen.schema.field_types import SHORT_LENGTH

LOOSE_ENDS = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "into",
        "of",
        "on",
        "or",
        "over",
        "the",
        "to",
        "under",
        "with",
        "without",
        "&",
        "+",
        "-",
        "–",
    ]
)
"""Words that a name does not end with."""

PUNCTUATION = ",;:.!?&+-/(\N{EN DASH}"
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


def short_names(names: Mapping[str, str], stated: Mapping[str, str]) -> dict[str, str]:
    """Return a short name for every option without a stated one, by key.

    It is as many whole words as fit, from the first one on; of names that begin alike, from the first word in which they
    differ. A word too long for it is cut, and a number makes alike what is left.
    """
    taken = {_folded(name) for name in (*names.values(), *stated.values())}
    missing = {key: name.split() for key, name in names.items() if key not in stated}
    leads = {key: _leading_words(words) for key, words in missing.items()}
    out: dict[str, str] = {}
    for key, words in missing.items():
        alike = [other for rival, other in missing.items() if _folded(leads[rival]) == _folded(leads[key])]
        candidate = leads[key]
        if len(alike) > 1 or _folded(candidate) in taken:
            candidate = _leading_words(words[_shared(alike) :]) or candidate
        out[key] = _numbered(candidate, taken)
        taken.add(_folded(out[key]))
    return out


def _leading_words(words: Sequence[str]) -> str:
    """Join as many words as fit, without loose ends; cut the first one where it alone is too long."""
    shown: list[str] = []
    for word in words:
        if len(" ".join([*shown, word]).rstrip(PUNCTUATION)) > SHORT_LENGTH:
            break
        shown.append(word)
    while shown and (shown[-1].casefold() in LOOSE_ENDS or not shown[-1].rstrip(PUNCTUATION)):
        shown.pop()
    if shown:
        return " ".join(shown).rstrip(PUNCTUATION)
    first = next((word for word in words if word.casefold() not in LOOSE_ENDS), "")
    return first if len(first) <= SHORT_LENGTH else first[: SHORT_LENGTH - 1] + ELLIPSIS


def _shared(names: Sequence[Sequence[str]]) -> int:
    """Return how many words all names begin with."""
    columns = zip(*([word.casefold() for word in name] for name in names), strict=False)
    return sum(1 for _ in takewhile(lambda column: len(set(column)) == 1, columns)) if len(names) > 1 else 0


def _numbered(candidate: str, taken: Collection[str]) -> str:
    """Return the candidate, with the first number that makes it unique where it is taken."""
    if _folded(candidate) not in taken:
        return candidate
    for number in count(2):
        end = f" {number}"
        found = candidate[: SHORT_LENGTH - len(end)].rstrip() + end
        if _folded(found) not in taken:
            return found
    raise AssertionError  # count() does not end


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
