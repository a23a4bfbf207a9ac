"""Units as text: "USD per 1K tokens" as a factor, dimensions, and what the text says beside them."""

import re
from collections import Counter
from dataclasses import field

from reportgen.runtime.records import dataclass

THOUSAND, MILLION, BILLION, TRILLION = 1e3, 1e6, 1e9, 1e12
SECONDS = {"s": 1.0, "min": 60.0, "h": 3600.0, "day": 86400.0, "week": 7 * 86400.0}
YEAR = 365 * SECONDS["day"]
MONTH = YEAR / 12
"""A month of 730 hours, the model's convention."""


class UnknownUnitError(ValueError):
    """A text that is not read as a unit."""


@dataclass(frozen=True, slots=True)
class UnitText:
    """A unit as written: what one of it is in base units, its dimensions with their exponents, and what it is said of.

    `said` holds words such as "output" or "percent" that restrict the thing counted; `currencies` the codes that occur.
    """

    factor: float
    dimensions: tuple[tuple[str, int], ...]
    said: frozenset[str] = frozenset()
    currencies: tuple[str, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """Return the names of the dimensions."""
        return frozenset(name for name, _ in self.dimensions)


def _table() -> dict[str, tuple[float, str]]:
    """Return what each word stands for: a factor, and a dimension ("" for a number alone)."""
    words = {
        "money": {"$ usd dollar dollars € eur euro euros £ gbp pound pounds ¥ ₹ inr money": 1.0, "cent cents ct pence": 0.01},
        "token": {"token tokens tok toks": 1.0},
        "time": {
            "s sec secs second seconds": SECONDS["s"],
            "min mins minute minutes": SECONDS["min"],
            "h hr hrs hour hours": SECONDS["h"],
            "d day days": SECONDS["day"],
            "wk week weeks": SECONDS["week"],
            "mo mth month months": MONTH,
            "quarter quarters": YEAR / 4,
            "y yr yrs year years annum": YEAR,
        },
        "energy": {"kwh": 1.0, "mwh": THOUSAND, "wh": 0.001},
        "power": {"kw kilowatt kilowatts": 1.0, "w watt watts": 0.001, "megawatt megawatts": THOUSAND},
        "gpu": {"gpu gpus accelerator accelerators card cards": 1.0},
        "server": {"node nodes server servers machine machines instance instances box host hosts chassis system vm rack": 1.0},
        "user": {"user users stream streams request requests req reqs session sessions sequence sequences query queries seat seats call calls": 1.0},
        "replica": {"replica replicas copy copies endpoint endpoints": 1.0},
        "fte": {"fte ftes engineer engineers person persons people head heads headcount employee developer specialist": 1.0},
        "hire": {"hire hires position positions": 1.0},
        "": {
            "k thousand thousands": THOUSAND,
            "m mn mio mill million millions": MILLION,
            "b bn bio billion billions g": BILLION,
            "t tn trillion trillions": TRILLION,
            "% percent pct": 0.01,
            "bp bps": 0.0001,
        },
    }  # fmt: skip
    return {
        word: (factor, dimension)
        for dimension, groups in words.items()
        for group, factor in groups.items()
        for word in group.split()
    }


WORDS = _table()
SAID = {
    "output": "output", "generated": "output", "completion": "output", "decode": "output", "generation": "output",
    "input": "input", "prompt": "input", "prefill": "input", "context": "input", "cached": "cached", "cache": "cached",
    "total": "total", "all": "total", "combined": "total", "blended": "blended", "batch": "batch",
}  # fmt: skip
"""Words that say what is counted."""
PERCENT = frozenset({"%", "percent", "pct", "bp", "bps"})
PER = frozenset({"per", "a", "an", "/", "every", "each"})
ADVERBS = {"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter", "yearly": "year", "annual": "year", "annually": "year", "pa": "year"}  # fmt: skip
IDLE = frozenset(
    [
        "and",
        "in",
        "the",
        "at",
        "of",
        "share",
        "shares",
        "fraction",
        "ratio",
        "factor",
        "times",
        "x",
        "number",
        "no",
        "decimal",
        "count",
        "full",
        "time",
        "equivalent",
        "equivalents",
        "list",
        "price",
        "rate",
        "net",
        "installed",
        "loaded",
        "read",
        "write",
        "written",
        "reads",
        "writes",
    ]
)
"""Words that change nothing."""
PHRASES = (
    (r"\([^)]*\)", " "), (r"\bp\.\s*a\.?", " per year "), (r"\bper cent\b", " percent "), (r"\bt/s\b", " tokens/s "),
    (r"\bkilowatt[- ]hours?\b", " kwh "), (r"\btps\b", " tokens / s "), (r"\btpm\b", " tokens / min "),
    (r"\bpm\b", " person month "), (r"\b(person|fte|gpu|node|server)s?h\b", r" \1 hour "),
    (r"\b(%|percent|share|fraction) of .*", r" \1 "), (r"% of .*", " % "),
)  # fmt: skip
"""What is rewritten before words are read."""
COMPOUND = re.compile(r"(k|m|g|b|bn|t)(tok|toks|token|tokens|usd|eur|gbp|inr|\$|€|£)|(\$|€|£)(k|m|bn|b)")
MODEL_OF_GPU = re.compile(r"[abhlv]\d{2,3}[a-z]?|mi\d{3}x?|gb\d{3}")
TOKEN = re.compile(r"\d[\d,_]*(?:\.\d+)?(?:e[+-]?\d+)?|[^\W\d_]+\d*[^\W_]*|[%$€£¥₹/]", re.UNICODE)
NUMBER_WITH_SUFFIX = re.compile(r"(\d)(k|m|mn|b|bn|t|g)\b")
CODE = re.compile(r"\b[A-Z]{3}\b")
SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP", "₹": "INR"}
NOT_CURRENCIES = frozenset({"FTE", "GPU", "TPS", "TPM", "KWH", "MWH", "PUE", "TPU", "NODE", "MTOK"})


@dataclass(slots=True)
class _Side:
    """One side of a fraction while it is read."""

    factor: float = 1.0
    dimensions: Counter[str] = field(default_factory=Counter)


def read_unit(text: str) -> UnitText:
    """Read a unit; UnknownUnitError names the word that is not known."""
    codes = [code for code in CODE.findall(text) if code not in NOT_CURRENCIES]
    currencies = tuple(dict.fromkeys([*codes, *(code for sign, code in SYMBOLS.items() if sign in text)]))
    said: set[str] = set()
    sides = [_Side()]
    for word in _words(text, codes):
        if word in PER:
            sides.append(_Side())
        elif word in SAID:
            said.add(SAID[word])
        elif word not in IDLE:
            if word in PERCENT:
                said.add("percent")
            _read_word(word, sides[-1])
    return _fraction(sides, frozenset(said), currencies)


def _words(text: str, codes: list[str]) -> list[str]:
    """Return the words of a unit in lower case, currency codes as "money"."""
    plain = text
    for code in codes:
        plain = re.sub(rf"\b{code}\b", " money ", plain)
    plain = plain.lower().replace("-", " ")
    for pattern, by in PHRASES:
        plain = re.sub(pattern, by, plain)
    plain = NUMBER_WITH_SUFFIX.sub(r"\1 \2", plain)
    plain = COMPOUND.sub(lambda found: f" {found[1] or found[4]} {found[2] or found[3]} ", plain)
    out = []
    for word in TOKEN.findall(plain):
        out += ["per", ADVERBS[word]] if word in ADVERBS else [word]
    return out


def _read_word(word: str, side: _Side) -> None:
    """Multiply one side of the fraction by a word."""
    if word[0].isdigit():
        side.factor *= float(word.replace(",", "").replace("_", ""))
        return
    if word not in WORDS and MODEL_OF_GPU.fullmatch(word):
        word = "gpu"
    if word not in WORDS:
        raise UnknownUnitError(word)
    factor, dimension = WORDS[word]
    side.factor *= factor
    if dimension:
        side.dimensions[dimension] += 1


def _fraction(sides: list[_Side], said: frozenset[str], currencies: tuple[str, ...]) -> UnitText:
    """Join the sides: the first over all others; a number alone below the line counts tokens."""
    factor, dimensions = sides[0].factor, Counter(sides[0].dimensions)
    for side in sides[1:]:
        if not side.dimensions and side.factor != 1:
            side.dimensions["token"] += 1
        factor /= side.factor
        dimensions.subtract(side.dimensions)
    kept = tuple(sorted((name, power) for name, power in dimensions.items() if power))
    return UnitText(factor, kept, said, currencies)
