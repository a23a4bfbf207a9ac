"""A checker of the titles of the paper's sections and exhibits, which state their findings: each is recomputed from the results file."""

import re
from collections.abc import Callable
from itertools import pairwise

from tests.report.claims import history_claims
from tests.report.claims.eligibility_claims import says_of_whom, unmarked
from tests.report.claims.facts import AMOUNT, DIGITS, SHARE, VOLUME, WORDS, Check, Facts, Results
from tests.report.claims.switch_claims import price_scenarios_that_change

A, S, V, N = f"({AMOUNT})", f"({SHARE})", f"({VOLUME})", f"({DIGITS})"
CATEGORIES = {
    "Compute": "compute", "Supporting infrastructure": "supporting", "Deployment engineering": "deployment", "Ongoing engineering": "ongoing",
    "Running both until go-live": "interim", "One-off and other": "other", "Tax not recovered": "tax",
}  # fmt: skip
NO_CLAIM = (
    r"When the money is spent", r"What each workload needs, and which option carries it", r"Which workload goes where", r"Look again when a price changes",
    r"The tables behind the exhibits", r"How far the total cost of the options may spread",
)  # fmt: skip
"""Titles that claim nothing of the results."""


def section_faults(titles: list[str], results: Results) -> list[str]:
    """List the titles that the results do not bear out, and those that no pattern knows."""
    facts = Facts(results)
    found = []
    for title in titles:
        if any(re.fullmatch(pattern, title) for pattern in NO_CLAIM):
            continue
        matches = [
            (check, match) for pattern, check in _patterns(facts) if (match := re.fullmatch(pattern, title))
        ]
        if not matches:
            found.append(f"not checked: {title}")
        elif not any(check(facts, match) for check, match in matches):
            found.append(f"false: {title}")
        else:
            found += unmarked(facts, title)
    return found


def _patterns(facts: Facts) -> list[tuple[str, Check]]:
    name = rf"({facts.name})(?:,? \(?not eligible\)?(?=[ ,:]|$)|, not eligible(?=\)))?"
    some = rf"((?:{facts.name}(?: \(not eligible\))?(?:, | and )?)+(?:\d+ more options)?)"
    return [
        *_costs(name, some),
        *_break_even(name, some),
        *_risks(name, some),
        *_sensitivity(name),
        *_leaving(name, some),
        *_rules(some),
        *history_claims.titles(facts),
    ]


def _costs(name: str, some: str) -> list[tuple[str, Check]]:
    return [
        (rf"The total cost of every option is {A}", lambda f, m: all(f.is_amount(m[1], f.cost(k, "tco")) for k in f.results["options"])),
        (rf"The total cost of {name} is {N} times that of {name}", lambda f, m: _ends(f, m[1], m[3]) and f.near(m[2], f.cost(f.names[m[1]], "tco") / f.cost(f.names[m[3]], "tco"))),
        (rf"The total cost of {name} is {A} above that of {name}", lambda f, m: _ends(f, m[1], m[3]) and f.is_amount(m[2], f.cost(f.names[m[1]], "tco") - f.cost(f.names[m[3]], "tco"))),
        (rf"(.+) is the largest part of {name}(?:, {S} of its total cost)?", _largest_part),
        (rf"In the last year every option costs {A} a month to run", lambda f, m: all(f.is_amount(m[1], f.cost(k, "run_rate")) for k in f.results["options"])),
        (rf"Lowest running cost in the last year: {some}, {A} a month", _running),
        (rf"No option catches up with {name} within (.+)", lambda f, m: f.names[m[1]] == f.results["inputs"]["baseline"] and m[2] == f.horizon and not _months(f)),
        (rf"Cumulative cost no higher than with {name}: (.+)", _catching_up),
        (rf"{name} costs most in the fiscal years? ((?:\d+(?:, | and )?)+(?: more years)?): {A}(?: each)?", _budget_year),
        (rf"{name} costs {A} in each fiscal year", lambda f, m: len(_cash(f, m[1])) > 1 and all(f.is_amount(m[2], one) for one in _cash(f, m[1]).values())),
        (rf"{name} costs {A} in the fiscal year (\d+)", _budget_year_alone),
        (r"No split of the workloads meets every must-have", lambda f, _: f.results["best_split"]["best"] is None),
        (rf"Without one must-have a split is possible, from {A}: (.+)", lambda f, m: m[2] == min(_possible(f), key=lambda rule: _possible(f)[rule]) and f.is_amount(m[1], _possible(f)[m[2]])),
        (r"Leaving out one must-have alone makes no split possible", lambda f, _: not _possible(f)),
        (rf"No split of the workloads costs less than {name}", lambda f, _: bool(f.results["best_split"])),
        (rf"The best split of the workloads costs {A} less than {name}", _split),
        (rf"One option for all workloads costs least: {name}", lambda f, m: set(f.results["best_split"]["best"]["routes"].values()) == {f.names[m[1]]}),
        (rf"The must-have that adds most to the best split: (.+), {A}", _adds_most),
        (rf"The must-haves that add most to the best split: (.+), {A} each", _adds_most),
        (r"No must-have makes the best split more expensive", lambda f, _: bool(f.results["best_split"])),
        (rf"The first estimate of {name} holds: {A}", lambda f, m: f.is_amount(m[2], f.cost(f.names[m[1]], "tco")) and f.is_amount(m[2], _first(f))),
        (rf"The first estimate of {name} is {A} too (high|low)", lambda f, m: f.is_amount(m[2], (_first(f) - f.cost(f.names[m[1]], "tco")) * (1 if m[3] == "high" else -1))),
        (rf"The total cost of {name} is {N} times the first estimate", lambda f, m: f.results["bridge"]["option"] == f.names[m[1]] and f.near(m[2], f.cost(f.names[m[1]], "tco") / _first(f))),
        (rf"The largest step is (.+): {A} more", lambda f, m: _step(f)[0].lower() == m[1].lower() and f.is_amount(m[2], _step(f)[1])),
        (rf"The largest steps are (.+): {A} more each", lambda f, m: _step(f)[0].lower() in m[1].lower() and f.is_amount(m[2], _step(f)[1])),
        (rf"No step adds to the first estimate of {name}", lambda f, _: _step(f)[1] < f.least),
    ]  # fmt: skip


def _break_even(name: str, some: str) -> list[tuple[str, Check]]:
    return [
        (rf"At about {V} tokens a month, the total cost of {some} falls to that of {name}", _volume),
        (rf"Total cost no higher than with {name} at (every volume shown|small volumes only): {some}", lambda f, m: f.names[m[1]] == f.results["inputs"]["baseline"] and not _volumes(f)),
        (rf"At no volume shown does the total cost of another option fall to that of {name}", lambda f, m: f.names[m[1]] == f.results["inputs"]["baseline"] and not _volumes(f)),
        (r"(?:The l|L)owest total cost( of the eligible options)?(?:: | is | changes hands ).+", _bands),
        (rf"At the case's volume nothing breaks even with {name} within (.+)", lambda f, m: m[2] == f.horizon and not _months(f)),
        (rf"At none of these growth rates is there a break-even with {name} within (.+)", lambda f, m: m[2] == f.horizon and all(one["month"] is None for one in f.results["growth"])),
        (rf"At every one of these growth rates there is a break-even with {name} within (.+): {some}", lambda f, m: m[2] == f.horizon and len(f.keys(m[3])) > 0 and set(f.keys(m[3])) <= _at_growth(f, all)),
        (rf"At one of these growth rates at least there is a break-even with {name} within (.+): {some}", lambda f, m: m[2] == f.horizon and not _at_growth(f, all) and set(f.keys(m[3])) <= _at_growth(f, any)),
        (rf"Break-even with {name} within (.+): {some}", lambda f, m: m[2] == f.horizon and set(f.keys(m[3])) <= set(_months(f)) and bool(_months(f))),
    ]  # fmt: skip


def _risks(name: str, some: str) -> list[tuple[str, Check]]:
    return [
        (r"No risks are quantified: .+", lambda f, _: not f.results["risks"]),
        (r"On balance the named risks add no cost to any option", lambda f, _: all(f.cost(k, "expected_risk") < 1 for k in f.results["options"])),
        (rf"Risk weighs most on {some}: {A} expected(?:, {S} of its total cost| for each)?", _weighs),
        (rf"The largest expected costs, {A} each: .+", lambda f, m: len({name for name, amount in _every_expected(f) if f.is_amount(m[1], amount)}) > 1 and f.is_amount(m[1], _register(f)[0])),
        (r"How far the named risks spread the total cost of each option", lambda f, _: f.results["verdict"] == "too close to call"),
        (r"No risk adds expected cost to an option", lambda f, _: not _register(f) or _register(f)[0] <= 0),
        (rf"The largest expected cost: (.+), {A} for {some}", lambda f, m: {name.lower() for name, amount in _every_expected(f) if f.is_amount(m[2], amount)} == {m[1].lower()} and f.is_amount(m[2], _register(f)[0]) and f.are_all_level(m[3], m[2], _expected(f, _register(f)[1]))),
        (rf"In (every|{SHARE}(?: of)?) (?:simulated futures?|combination of the risks|all combinations of the risks, by their chance,) the lowest full cost( of the eligible options)? is that of {name}", _futures),
        (rf"In 8 of 10 simulated futures the total cost of {name} lies between {A} and {A}", lambda f, m: not f.results["simulation"]["exact"] and _spread(f, m)),
        (rf"In 8 of 10 combinations of the risks, by their chance, the total cost of {name} lies between {A} and {A}", lambda f, m: f.results["simulation"]["exact"] and _spread(f, m)),
        (rf"(?:With a chance of {S}|Whichever risks happen), the lowest total cost( of the eligible options)?(?: with risks)? is that of {name}", lambda f, m: bool(m[2]) == (not f.all_eligible) and f.names[m[3]] in f.meeting()),
        (r"No option meets every requirement: no chance of the lowest total cost is given", lambda f, _: not f.meeting()),
        (rf"The contingency of {name} is {A}", lambda f, m: f.names[m[1]] == f.best and f.is_amount(m[2], f.cost(f.best or "", "contingency"))),
    ]  # fmt: skip


def _sensitivity(name: str) -> list[tuple[str, Check]]:
    return [
        (r"No other eligible option could take the lead", lambda f, _: len(f.meeting()) == 1),
        (r"No assumption has a range; one by one, they were moved until the advice changes|How far each assumption may move before the advice changes", lambda f, _: all(one["low"] is None for one in f.results["switching_values"])),
        (r"No option may be chosen, so none has a lead that could change", lambda f, _: not f.meeting()),
        (r"Options this close trade places with a small change of an assumption|Between options this close a small change of an assumption decides", lambda f, _: f.results["verdict"] == "too close to call" and f.lead < 0.05),
        (r"Within its range, (.+) assumptions? would change the recommendation", lambda f, m: m[1] in (str(_within(f)), WORDS[min(_within(f), 12)]) and _within(f) > 0),
        (r"No single assumption, within its range, changes the recommendation", lambda f, _: not _within(f) and _ranged(f) and not (f.results["verdict"] == "too close to call" and f.lead < 0.05)),
        (rf"Before risk, {name} is not the cheapest(?: of the eligible options)?", lambda f, m: says_of_whom(f, m[0]) and f.lowest(f.meeting(), "core") != f.names[m[1]]),
        (r".* ranged assumptions? could reverse the order before risk|No ranged assumption, alone, reverses the order before risk", lambda f, _: not f.results["switching_values"]),
        (rf"(?:What moves the (?:lead|cost) of {name} most: .+|No ranged assumption moves the (?:lead|cost) of {name})", lambda f, m: f.names[m[1] or m[2]] == (f.best or f.lowest(list(f.results["options"])))),
        (r"The advice changes within the stated range of .+", lambda f, _: _within(f) > 0),
        (r"The advice changes only outside the stated ranges", lambda f, _: not _within(f) and _switches(f) > 0 and _ranged(f)),
        (r"No value of any one assumption tested changes the advice", lambda f, _: not _switches(f)),
        (r"The advice holds in (\d+) of (\d+) combinations of the two ranged assumptions that come nearest to changing it", lambda f, m: (int(m[1]), int(m[2])) == _grid(f)),
        (r"The advice holds whichever values of their ranges two assumptions take together", lambda f, _: _grid(f)[0] == _grid(f)[1]),
        (r"Prices move every option, and none is eligible", lambda f, _: not f.meeting()),
        (r"Prices can change the order: .+ would cost least before risk(?: of the eligible options)?", lambda f, m: says_of_whom(f, m[0]) and bool(price_scenarios_that_change(f))),
        (rf"(?:If .+|In (?:both|all .+) price scenarios),? {name} (?:still )?costs least before risk(?: of the eligible options)?", lambda f, m: says_of_whom(f, m[0]) and not price_scenarios_that_change(f) and f.lowest(f.meeting(), "core") == f.names[m[1]]),
    ]  # fmt: skip


def _leaving(name: str, some: str) -> list[tuple[str, Check]]:
    return [
        (r"No displaced project is priced", lambda f, _: any(o["opportunity"] is None for o in f.results["options"].values()) and not _displaced(f)[1]),
        (r"No option displaces a project", lambda f, _: not _displaced(f)[1]),
        (rf"{some}: {A} of other work displaced(?: by each)?", lambda f, m: f.is_amount(m[2], _displaced(f)[1]) and f.are_all_level(m[1], m[2], f.of_all("opportunity"))),
        (rf"Largest project displaced: (.+), {A}", lambda f, m: any(m[1] == one["name"] for one in f.results["inputs"]["opportunity"])),
        (r"No project displaced is worth more than it costs", lambda f, _: _displaced(f)[1] < f.least),
        (rf"Largest projects displaced, {A} each: (.+)", lambda f, m: sum(one["name"] in m[2] for one in f.results["inputs"]["opportunity"]) > 1),
        (r"Every option is in service from the start", lambda f, _: not any(map(f.stable, f.results["options"]))),
        (rf"Every option is in stable service {N} months? after the start", lambda f, m: any(f.near(m[1], f.stable(key)) for key in f.results["options"])),
        (rf"Stable service: {some} (?:from the start|after {N} months?), {some} after {N} months?", lambda f, m: all(f.near(m[4], f.stable(key)) for key in f.keys(m[3])) and all(f.near(m[2] or "0", f.stable(key)) for key in f.keys(m[1])) and {f.stable(f.keys(m[1])[0]), f.stable(f.keys(m[3])[0])} == {pick(map(f.stable, f.results["options"])) for pick in (min, max)}),
        (r"What leaving would cost is not quantified for any option", lambda f, _: all(o["exit_curve"] is None for o in f.results["options"].values())),
        (r"Leaving is expected to cost nothing", lambda f, _: max(_exits(f)) < f.least),
        (rf"Leaving {name}: {A} expected", lambda f, m: f.is_amount(m[2], f.cost(f.names[m[1]], "expected_exit"))),
        (rf"Leaving any option is expected to cost {A}", lambda f, m: all(f.is_amount(m[1], one) for one in _exits(f))),
        (rf"Expected cost of leaving: from {A} \((.+?)\) to {A} \((.+)\)", lambda f, m: f.is_amount(m[1], min(_exits(f))) and f.is_amount(m[3], max(_exits(f))) and all(f.are_all_level(m[at + 1], m[at], f.of_all("expected_exit")) for at in (1, 3))),
        (rf"Leaving costs {A} at most(, mixes aside)?: {some}(?:,? (?:(first )?at the end of month {N}|in every month))?", _dearest_to_leave),
        (r"Leaving costs nothing in any month", lambda f, _: max(_curves(f)) < f.least),
        (rf"Costliest to leave in the month examined: {some}, {A}", lambda f, m: f.is_amount(m[2], max(_examined(f).values())) and f.are_all_level(m[1], m[2], _examined(f))),
        (r"In the month examined, leaving costs nothing", lambda f, _: max(_exits(f)) < f.least),
        (r"Look again when (?:this|one of these) moves: .+", lambda f, _: _switches(f) > 0),
    ]  # fmt: skip


def _rules(some: str) -> list[tuple[str, Check]]:
    return [
        (r"Every option fails a must-have", lambda f, _: not f.meeting()),
        (rf"Not eligible, for failing a must-have: {some}", lambda f, m: set(f.keys(m[1])) == set(f.results["options"]) - set(f.meeting())),
        (r"Every option meets the must-haves", lambda f, _: f.all_eligible and bool(f.musts)),
        (r"No requirement rules an option out", lambda f, _: not f.musts),
        (r"Every requirement is met by every option", lambda f, _: f.all_eligible),
        (r"Missed by at least one option: .+|.+ requirements are each missed by an option or more", lambda f, _: bool(f.results["inputs"]["requirements"])),
        (rf"The must-have that costs most: (.+), {A}", _must_have),
        (rf"The must-haves that cost most, {A} each: .+", lambda f, m: sum(f.is_amount(m[1], cost) for cost in _must_have_costs(f).values()) > 1),
        (rf"No must-have costs anything by itself; together they cost {A}", lambda f, m: f.is_amount(m[1], f.cost(f.best or "") - min(map(f.cost, f.results["options"])))),
        (r"The must-haves cost nothing: what they rule out is not cheaper", lambda f, _: f.lowest(list(f.results["options"])) in f.meeting() or not f.meeting()),
        (r"The options fit the strategy equally well", lambda f, _: max(f.scores.values()) - min(f.scores.values()) < 0.1001),
        (rf"Best strategic fit: {some}, {N} of 5(.*)", lambda f, m: f.near(m[2], max(f.scores.values())) and f.near(m[2], f.scores[f.keys(m[1])[0]])),
    ]  # fmt: skip


def _ends(facts: Facts, high: str, low: str) -> bool:
    tco = [facts.cost(key, "tco") for key in facts.results["options"]]
    return facts.cost(facts.names[high], "tco") == max(tco) and facts.cost(facts.names[low], "tco") == min(
        tco
    )


def _largest_part(facts: Facts, m: re.Match[str]) -> bool:
    key = facts.names[m[2]]
    parts, total = facts.results["options"][key]["categories"], facts.cost(key, "tco")
    highest = max(facts.cost(one, "tco") for one in facts.results["options"])
    part = parts[CATEGORIES[m[1]]]
    return (
        total == highest
        and part == max(parts.values())
        and (m[3] is None or facts.is_share(m[3], part / total))
    )


def _running(facts: Facts, m: re.Match[str]) -> bool:
    named = [facts.names[one] for one in re.findall(facts.name, m[1])]
    lowest = min(facts.cost(key, "run_rate") for key in facts.results["options"])
    marked = [facts.names[one] for one in re.findall(rf"({facts.name}) \(not eligible\)", m[1])]
    right = set(marked) == set(named) - set(facts.meeting())
    return (
        right
        and facts.is_amount(m[2], lowest)
        and all(facts.is_amount(m[2], facts.cost(key, "run_rate")) for key in named)
    )


def _months(facts: Facts) -> dict[str, int]:
    """Return the options that catch up with the baseline, with the month."""
    return {key: one["month"] for key, one in facts.results["break_even"].items() if one["month"] is not None}


def _volumes(facts: Facts) -> dict[str, float]:
    """Return the break-even volumes, M tokens a month, by option."""
    return {
        key: one["volume"] for key, one in facts.results["break_even"].items() if one["volume"] is not None
    }


def _at_growth(facts: Facts, of: Callable[[list[bool]], bool]) -> set[str]:
    """Return the options that catch up with the baseline at all of the growth rates, or at any."""
    found: dict[str, list[bool]] = {}
    for one in facts.results["growth"]:
        found.setdefault(one["option"], []).append(one["month"] is not None)
    return {key for key, months in found.items() if of(months)}


def _catching_up(facts: Facts, m: re.Match[str]) -> bool:
    later = re.findall(rf"({facts.name}) from month (\d+)", m[2])
    right = all(_months(facts).get(facts.names[who]) == int(month) for who, month in later)
    return right and facts.names[m[1]] == facts.results["inputs"]["baseline"] and bool(_months(facts))


def _cash(facts: Facts, name: str) -> dict[int, float]:
    years = facts.results["options"][facts.names[name]]["budget"]["fiscal_years"]
    return {year["year"]: year["capital"] + year["operating"] + year["residual"] for year in years}


def _budget_year(facts: Facts, m: re.Match[str]) -> bool:
    """Check that all fiscal years printed like the dearest are named, or counted, and no other."""
    cash = _cash(facts, m[1])
    level = {year for year, amount in cash.items() if facts.is_amount(m[3], amount)}
    named = {int(year) for year in re.findall(r"\d{4}", m[2])}
    more = re.search(r"(\d+) more years", m[2])
    return (
        facts.is_amount(m[3], max(cash.values()))
        and named <= level
        and len(level) == len(named) + (int(more[1]) if more else 0)
        and len(level) < len(cash)
    )


def _budget_year_alone(facts: Facts, m: re.Match[str]) -> bool:
    cash = _cash(facts, m[1])
    return list(cash) == [int(m[3])] and facts.is_amount(m[2], cash[int(m[3])])


def _split(facts: Facts, m: re.Match[str]) -> bool:
    split = facts.results["best_split"]
    return facts.is_amount(m[1], facts.cost(facts.names[m[2]]) - split["best"]["full_cost"])


def _possible(facts: Facts) -> dict[str, float]:
    """Return the cost of the best split without each must-have without which there is one."""
    found = facts.results["best_split"]["without"]
    return {one["requirement"]: one["best"]["full_cost"] for one in found if one["best"]}


def _first(facts: Facts) -> float:
    return float(facts.results["bridge"]["steps"][0]["cost"] or 0.0)


def _step(facts: Facts) -> tuple[str, float]:
    """Return the step of the bridge up to total cost that adds most, and what it adds."""
    steps = facts.results["bridge"]["steps"]
    total = facts.cost(facts.results["bridge"]["option"], "tco")
    last = max(
        place
        for place, one in enumerate(steps)
        if one["cost"] is not None and abs(one["cost"] - total) <= 1e-6 * max(abs(total), 1)
    )
    cash = steps[: last + 1]
    changes = [
        (after["label"], (after["cost"] or 0) - (before["cost"] or 0)) for before, after in pairwise(cash)
    ]
    return max(changes, key=lambda one: one[1], default=("", 0.0))


def _volume(facts: Facts, m: re.Match[str]) -> bool:
    found = _volumes(facts)
    first = min(found, key=lambda key: (key not in facts.meeting(), found[key]))
    level = [
        key
        for key in found
        if (key in facts.meeting()) == (first in facts.meeting())
        and f"{found[key]:.3g}" == f"{found[first]:.3g}"  # as printed: to three digits
    ]
    return (
        set(facts.keys(m[2])) == set(level)
        and facts.names[m[3]] == facts.results["inputs"]["baseline"]
        and facts.is_volume(m[1], found[first])
    )


def _bands(facts: Facts, m: re.Match[str]) -> bool:
    """Check that only options that may be chosen are named, unless none may, and that the title says whom it ranks.

    Where the baseline is first and one other option follows, the volume between them is that other's break-even.
    """
    ranked = facts.meeting() or list(facts.results["options"])
    named = facts.keys(m[0])
    holds = set(named) <= set(ranked) and bool(m[1]) == (not facts.all_eligible and bool(facts.meeting()))
    border = re.search(rf" up to about {V} tokens a month, then ", m[0])
    if border and len(named) == 2 and named[0] == facts.results["inputs"]["baseline"]:
        found = _volumes(facts).get(named[1])
        holds &= found is not None and facts.is_volume(border[1], found)
    return holds


def _weighs(facts: Facts, m: re.Match[str]) -> bool:
    expected = facts.of_all("expected_risk")
    most = max(expected.values())
    share = m[3] is None or facts.is_share(m[3], most / facts.cost(facts.keys(m[1])[0], "tco"))
    return facts.are_all_level(m[1], m[2], expected) and facts.is_amount(m[2], most) and share


def _expected(facts: Facts, risk: str) -> dict[str, float]:
    found = next(one for one in facts.results["risks"] if one["name"] == risk)
    return {key: float(found["probability"] * impact) for key, impact in found["impact"].items()}


def _every_expected(facts: Facts) -> list[tuple[str, float]]:
    """List each risk with its expected cost for each option."""
    return [
        (one["name"], one["probability"] * impact)
        for one in facts.results["risks"]
        for impact in one["impact"].values()
    ]


def _register(facts: Facts) -> tuple[float, str]:
    """Return the largest expected cost of a risk for an option, and the risk."""
    return max((amount, name) for name, amount in _every_expected(facts))


def _futures(facts: Facts, m: re.Match[str]) -> bool:
    holds, pair = facts.results["simulation"]["holds"], (facts.best or "", facts.runner_up or "")
    if facts.results["verdict"] == "too close to call" and facts.cost(pair[0]) == facts.cost(pair[1]):
        return False  # a tie goes to the first in every future
    share = holds >= 1 - 1e-9 if m[1] == "every" else facts.is_share(m[1].removesuffix(" of"), holds)
    return share and bool(m[2]) == (not facts.all_eligible) and facts.names[m[3]] == facts.best


def _spread(facts: Facts, m: re.Match[str]) -> bool:
    spread = facts.results["simulation"]["options"][facts.names[m[1]]]["tco"]
    return facts.is_amount(m[2], spread["p10"]) and facts.is_amount(m[3], spread["p90"])


def _ranged(facts: Facts) -> bool:
    """Return whether any assumption tested has a range, or none was tested for where the advice changes."""
    tested = facts.results["switching_values"]
    return not tested or any(one["low"] is not None for one in tested)


def _within(facts: Facts) -> int:
    return sum(one["within"] for one in facts.results["switching_values"])


def _switches(facts: Facts) -> int:
    return sum(
        one["below"] is not None or one["above"] is not None for one in facts.results["switching_values"]
    )


def _grid(facts: Facts) -> tuple[int, int]:
    flat = [key for line in facts.results["two_way"]["recommended"] for key in line]
    return flat.count(facts.best), len(flat)


def _adds_most(facts: Facts, m: re.Match[str]) -> bool:
    """Return whether the must-haves named are those that add most to the best split, each what is printed, or the last by their number."""
    split = facts.results["best_split"]
    added = {
        one["requirement"]: split["best"]["full_cost"] - one["best"]["full_cost"]
        for one in split["without"]
        if one["best"]
    }
    level = [rule for rule, amount in added.items() if facts.is_amount(m[2], amount)]
    named, more = [rule for rule in level if rule[1:] in m[1]], re.search(r"(\d+) more must-haves", m[1])
    return (
        facts.is_amount(m[2], max(added.values()))
        and len(named) == len(level) - (int(more[1]) if more else 0) > 0
    )


def _displaced(facts: Facts) -> tuple[str, float]:
    key = max(facts.results["options"], key=lambda key: facts.cost(key, "opportunity"))
    return key, facts.cost(key, "opportunity")


def _exits(facts: Facts) -> list[float]:
    return [
        option["expected_exit"]
        for option in facts.results["options"].values()
        if option["expected_exit"] is not None
    ]


def _curves(facts: Facts) -> list[float]:
    """List what leaving costs in any month, of the options that are no mix: a mix leaves its parts in months of their own."""
    options = facts.results["inputs"]["options"]
    return [
        cost
        for key, one in facts.results["options"].items()
        if options[key]["kind"] != "mix"
        for cost in one["exit_curve"] or ()
    ]


def _dearest_to_leave(facts: Facts, m: re.Match[str]) -> bool:
    """Check that all options printed like the dearest are named, and that the month is the only such one, or the first."""
    kinds = facts.results["inputs"]["options"]
    curves = {
        k: one["exit_curve"]
        for k, one in facts.results["options"].items()
        if one["exit_curve"] and kinds[k]["kind"] != "mix"
    }
    top = {key: max(curve) for key, curve in curves.items()}
    holds = (
        bool(m[2]) == facts.has_mix
        and facts.is_amount(m[1], max(top.values()))
        and facts.are_all_level(m[3], m[1], top)
    )
    for key in facts.keys(m[3]):
        months = [month for month, cost in enumerate(curves[key], start=1) if cost >= top[key] * (1 - 1e-9)]
        if "in every month" in m[0]:
            holds &= len(months) == len(curves[key])
        elif m[5]:
            holds &= int(m[5]) == months[0] and (len(months) == 1) == (m[4] is None)
    return holds


def _examined(facts: Facts) -> dict[str, float]:
    """Return what leaving costs in the month examined, of the options that are no mix."""
    kinds = facts.results["inputs"]["options"]
    return {
        key: one["exit_curve"][int(kinds[key]["exit_month"]["value"]) - 1]
        for key, one in facts.results["options"].items()
        if one["exit_curve"] and kinds[key]["kind"] != "mix"
    }


def _must_have_costs(facts: Facts) -> dict[str, float]:
    """Return by how much the lead is dearer for each must-have."""
    return {
        rule: facts.cost(facts.best or "") - facts.cost(facts.lowest(facts.meeting(rule)) or "")
        for rule in facts.musts
    }


def _must_have(facts: Facts, m: re.Match[str]) -> bool:
    costs = _must_have_costs(facts)
    rule = max(costs, key=lambda rule: costs[rule])
    return rule.lower() == m[1].lower() and facts.is_amount(m[2], costs[rule])
