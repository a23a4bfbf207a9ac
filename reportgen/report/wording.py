"""Building blocks of sentences: lists, counts and comparisons, grammatical for any name and number."""

from collections.abc import Iterable, Sequence

from reportgen.report.charts.drawing.money import Notation, money
from reportgen.units import counted as counted  # noqa: PLC0414  sentences of the paper count too

SMALL = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)

CERTAINTY = 1 - 1e-9
"""The share from which on a chance is certain: sums of probabilities differ from 1 by less."""


def join_list(parts: Sequence[str], last: str = "and") -> str:
    """Join parts as a list: "a, b and c"."""
    return f" {last} ".join((", ".join(parts[:-1]), parts[-1]) if len(parts) > 1 else parts)


def join_at_most(parts: Sequence[str], most: int, rest: str) -> str:
    """Join at most `most` parts as a list, counting the others: "a, b and 3 more risks"."""
    if len(parts) <= most:
        return join_list(parts)
    return join_list([*parts[: most - 1], f"{len(parts) - most + 1} more {rest}"])


def in_words(count: int, one: str, more: str = "") -> str:
    """Write a count with its noun: "three years", "one model retires"."""
    return f"{number_word(count)} {one if count == 1 else more or one + 's'}"


def number_word(count: int) -> str:
    """Write a number up to twelve as a word, a larger one in digits."""
    return SMALL[count] if 0 <= count < len(SMALL) else str(count)


def cut_at_word(text: str, longest: int) -> str:
    """Cut a text of more than `longest` characters at the last word that fits, and end it with "…".

    Where that would lose more than a third, as where words are long or not parted by spaces, it is cut within one.
    """
    if len(text) <= longest:
        return text
    whole = text[:longest].rsplit(" ", 1)[0]
    kept = whole if len(whole) > longest * 2 / 3 else text[:longest]
    return kept.rstrip(",;:.!? ") + "…"


def same_as_printed(one: float, other: float, notation: Notation) -> bool:
    """Return whether two amounts have the same printed form."""
    return money(one, notation) == money(other, notation)


def names_level_with(top: float, amounts: Iterable[tuple[str, float]], notation: Notation) -> list[str]:
    """List the names whose amount has the same printed form as `top`, in their order."""
    return [name for name, amount in amounts if same_as_printed(amount, top, notation)]


def difference_in_words(difference: float, notation: Notation) -> str:
    """Write a difference of amounts as a comparison: "$67k less than", "$1.1M more than", "as much as"."""
    if same_as_printed(abs(difference), 0, notation):
        return "as much as"
    return f"{money(abs(difference), notation)} {'less' if difference < 0 else 'more'} than"


def multiple_in_words(larger: float, smaller: float, notation: Notation) -> str:
    """Write a ratio: "4.2 times"; empty if a value is not positive or the ratio rounds to 1."""
    if smaller <= 0 or larger <= 0:
        return ""
    ratio = notation.number(larger / smaller, ".1f" if larger / smaller < 99.5 else ",.0f")
    return "" if ratio == notation.number(1, ".1f") else f"{ratio} times"
