"""What the results file says, read by code that shares nothing with the paper's: amounts, shares, who is lowest of whom."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

Results = dict[str, Any]

SPACES = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE} '’"
UNITS = {"": 1.0, "k": 1e3, "M": 1e6, "bn": 1e9, "tn": 1e12, "lakh": 1e5, "crore": 1e7, "lakh crore": 1e12}
COMMA_COUNTRIES = ("PL", "DE", "FR", "AT", "ES", "IT", "BR")
DIGITS = r"\d(?:[\d.,\s'’]*\d)?"
AMOUNT = (
    rf"−?(?:[A-Z]{{3}}\s|[A-Z]{{0,3}}[$€£₹¥])(?:{DIGITS})(?:k|M|bn|tn|\slakh crore|\slakh|\scrore)?(?![\w%])"
)
SHARE = rf"(?:over |under )?−?{DIGITS}\s?%"
VOLUME = rf"(?:{DIGITS})(?:k|M|bn|tn)?"
WORDS = (
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
ADDED = {
    "expected risk": "expected_risk_core",
    "displaced projects": "opportunity_pv",
    "the expected cost of leaving": "expected_exit_pv",
}


@dataclass(frozen=True)
class Facts:
    """The results file of a case with what follows from it."""

    results: Results

    @cached_property
    def names(self) -> dict[str, str]:
        """Return the options' keys by name, and by short name."""
        options = self.results["inputs"]["options"].items()
        short = {option["short_name"]: key for key, option in options}
        return short | {option["name"]: key for key, option in options}

    @cached_property
    def name(self) -> str:
        """Return the pattern of any option's name."""
        return "(?:" + "|".join(re.escape(one) for one in sorted(self.names, key=len, reverse=True)) + ")"

    @cached_property
    def musts(self) -> dict[str, dict[str, bool]]:
        """Return the must-haves, and which option meets each; a mix meets it where all that carry the workloads do."""
        options = self.results["inputs"]["options"]
        found = {}
        for rule in self.results["inputs"]["requirements"]:
            if not rule["must"]:
                continue
            met = dict(rule["met_by"])
            for key, option in options.items():
                if option["kind"] == "mix":
                    concerned = rule["workloads"] or list(option["routes"])
                    met[key] = all(rule["met_by"][option["routes"][workload]] for workload in concerned)
            found[rule["name"]] = met
        return found

    def meeting(self, waived: str | None = None) -> list[str]:
        """List the options that meet every must-have, one of them waived."""
        rules = [met for name, met in self.musts.items() if name != waived]
        return [key for key in self.results["options"] if all(met[key] for met in rules)]

    def cost(self, key: str, name: str = "full_cost") -> float:
        """Return a result of an option; 0 where it is not quantified."""
        return float(self.results["options"][key][name] or 0.0)

    def lowest(self, keys: list[str], name: str = "full_cost") -> str | None:
        """Return the option with the lowest of a result; of equal ones the first in the case's order."""
        best: str | None = None
        for key in keys:
            if best is None or self.cost(key, name) < self.cost(best, name) - 1e-9 * max(
                1, abs(self.cost(key, name))
            ):
                best = key
        return best

    @cached_property
    def best(self) -> str | None:
        """Return the eligible option of lowest full cost."""
        return self.lowest(self.meeting())

    @cached_property
    def runner_up(self) -> str | None:
        """Return the next eligible one."""
        return self.lowest([key for key in self.meeting() if key != self.best])

    @property
    def lead(self) -> float:
        """Return the share of the next one's full cost by which the best one is below it."""
        if self.best is None or self.runner_up is None or not self.cost(self.runner_up):
            return 0.0
        return 1 - self.cost(self.best) / self.cost(self.runner_up)

    @cached_property
    def cheaper_in_cash(self) -> str | None:
        """Return the eligible option whose total cost is lower than that of the best one, as printed."""
        rival = self.lowest(self.meeting(), "tco")
        if rival is None or self.best is None or rival == self.best:
            return None
        return (
            rival
            if self.cost(self.best, "tco") - self.cost(rival, "tco") > self.printed_step(self.best)
            else None
        )

    def printed_step(self, key: str) -> float:
        """Return half of the last digit that a total cost is printed with, three digits or so."""
        return 0.0005 * abs(self.cost(key, "tco"))

    @property
    def all_eligible(self) -> bool:
        """Return whether every option may be chosen."""
        return len(self.meeting()) == len(self.results["options"])

    def number(self, text: str) -> tuple[float, float]:
        """Read a number with the locale's signs: its value, and half of its last digit."""
        comma = str(self.results["inputs"]["report"]["locale"])[3:] in COMMA_COUNTRIES
        sign = -1 if text.startswith("−") else 1
        digits = "".join(c for c in text.lstrip("−") if c not in SPACES)
        plain = digits.replace(".", "").replace(",", ".") if comma else digits.replace(",", "")
        return sign * float(plain), 0.5 * 10.0 ** -len(plain.partition(".")[2])

    def is_amount(self, text: str, value: float) -> bool:
        """Return whether a printed amount is a value, to its last digit."""
        found = re.fullmatch(rf"(−?)(?:[A-Z]{{3}}\s|[A-Z]{{0,3}}[$€£₹¥])({DIGITS})\s?([a-zM ]*)", text)
        if not found:
            return False
        shown, half = self.number(found[1] + found[2])
        scale = UNITS[found[3]]
        return abs(shown * scale - value) <= half * scale * 1.0001 + 1e-9

    def is_share(self, text: str, value: float) -> bool:
        """Return whether a printed share is a value: "over 99%" lies below 1, "under 1%" above 0."""
        if text.startswith("over"):
            return 0.99 <= value < 1
        if text.startswith("under"):
            return 0 < value < 0.01
        shown, half = self.number(text.rstrip("%" + SPACES))
        return abs(shown / 100 - value) <= half / 100 * 1.0001 + 1e-12

    def near(self, text: str, value: float) -> bool:
        """Return whether a printed number is a value, to its last digit."""
        shown, half = self.number(text)
        return abs(shown - value) <= half * 1.001

    @property
    def has_ranges(self) -> bool:
        """Return whether any assumption has a range."""
        inputs = {name: part for name, part in self.results["inputs"].items() if name != "break_even"}
        return "'low': " in str(inputs).replace("'low': None", "")

    @property
    def has_drift(self) -> bool:
        """Return whether the plan has a price of any option change from year to year."""
        options = self.results["inputs"]["options"].values()
        changes = [option.get(name) for option in options for name in ("price_change", "gpu_price_change")]
        return any(one and one["value"] for one in changes)

    @property
    def has_mix(self) -> bool:
        """Return whether an option is a mix of others."""
        return any(option["kind"] == "mix" for option in self.results["inputs"]["options"].values())

    def stable(self, key: str) -> float:
        """Return the months from the start to a stable service; of a mix, of the last of its parts."""
        options = self.results["inputs"]["options"]
        parts = self.parts(key)
        settling = {
            part: (options[part].get("stabilisation_months") or {"value": 0.0})["value"] for part in parts
        }
        return max(
            0.0
            if self.serves_at_once(part) and not settling[part]
            else self.cost(part, "go_live") + settling[part]
            for part in parts
        )

    def parts(self, key: str) -> set[str]:
        """Return the options that carry the workloads of an option: of a mix those that it routes them to."""
        option = self.results["inputs"]["options"][key]
        return set(option["routes"].values()) if option["kind"] == "mix" else {key}

    def served_from(self, key: str) -> float:
        """Return the months until all parts serve that do not serve from the start."""
        late = [part for part in self.parts(key) if not self.serves_at_once(part)]
        return max((self.cost(part, "go_live") for part in late), default=0.0)

    def leaning(self, key: str) -> set[str]:
        """Return the parts of an option that an api outside it serves until they are live."""
        parts, options = self.parts(key), self.results["inputs"]["options"]
        return {part for part in parts if options[part]["until_live"] not in (None, *parts)}

    @property
    def first_otherwise(self) -> list[str]:
        """Return the options that the reasons call first by another ranking of the futures."""
        ends = (" is first where risks meet in one run", " is first on the average of the futures")
        reasons = [(reason, end) for reason in self.results["reasons"] for end in ends]
        return [self.names[reason.removesuffix(end)] for reason, end in reasons if reason.endswith(end)]

    def serves_at_once(self, key: str) -> bool:
        """Return whether all parts of an option serve in the first month: live at once, or their own until they are live."""
        options = self.results["inputs"]["options"]
        return all(
            options[part]["until_live"] == part or self.cost(part, "go_live") <= 0 for part in self.parts(key)
        )

    @cached_property
    def scores(self) -> dict[str, float]:
        """Return each option's weighted mean score of strategic fit."""
        criteria = self.results["inputs"]["strategic_fit"]
        weight = sum(one["weight"] for one in criteria) or 1.0
        return {
            key: sum(one["weight"] * one["scores"].get(key, 0) for one in criteria) / weight
            for key in self.results["options"]
        }

    def is_volume(self, text: str, millions: float) -> bool:
        """Return whether a printed number of tokens is a value in millions, to three digits."""
        found = re.fullmatch(rf"({DIGITS})(k|M|bn|tn)?", text)
        if not found:
            return False
        shown = self.number(found[1])[0] * UNITS[found[2] or ""]
        return abs(shown - millions * 1e6) <= 0.00501 * millions * 1e6

    def keys(self, listed: str) -> list[str]:
        """Read a list of names."""
        return [self.names[name] for name in re.findall(self.name, listed)]

    def are_all_level(self, listed: str, amount: str, amounts: dict[str, float]) -> bool:
        """Return whether a list names all options whose amount is printed like this one, the last of many by their number."""
        level = {key for key, value in amounts.items() if self.is_amount(amount, value)}
        named, more = set(self.keys(listed)), re.search(r"(\d+) more options", listed)
        return bool(named) and named <= level and len(level) == len(named) + (int(more[1]) if more else 0)

    def of_all(self, name: str) -> dict[str, float]:
        """Return a result of every option for which it is quantified."""
        found = {key: option[name] for key, option in self.results["options"].items()}
        return {key: float(value) for key, value in found.items() if value is not None}

    @property
    def month(self) -> str:
        """Return the first month in words."""
        return self.month_after(0)

    def month_after(self, months: int) -> str:
        """Return a later month in words."""
        year, month = map(int, str(self.results["inputs"]["finance"]["start"]).split("-")[:2])
        later = year * 12 + month - 1 + months
        return f"{date(2000, later % 12 + 1, 1):%B} {later // 12}"

    @property
    def horizon(self) -> str:
        """Return the years in words."""
        years = int(self.results["inputs"]["finance"]["years"])
        return f"{WORDS[years]} year{'' if years == 1 else 's'}"

    def added(self, key: str) -> list[str]:
        """List the parts that full cost adds to present value and that are not nothing."""
        options = self.results["options"]
        return [words for words, part in ADDED.items() if abs(options[key][part] or 0.0) >= self.least]

    @property
    def least(self) -> float:
        """Return the least amount that is printed as more than zero."""
        largest = max(abs(self.cost(key, "tco")) for key in self.results["options"])
        return 0.005 if largest < 1000 else 0.5


Check = Callable[[Facts, re.Match[str]], bool]
"""Whether a claim that a pattern has found holds."""
