"""A checker of the sections "What changed" and "Plan and actual": titles, leads, notes and tables, from the results file alone."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tests.report.claims.body import PrintedTable, plain
from tests.report.claims.facts import AMOUNT, Check, Facts, Results

A = f"({AMOUNT})"
CAUSES = {"volume": "by_volume", "mix": "by_mix", "price": "by_price", "the rest": "rest"}
NO_CLAIM = (
    r"The changes are made one after the other, in the order of the table, and each is given the difference that it makes\.",
    r"Each cause is the plan evaluated again with one more measured value, volume, then mix, then price; together they are the whole difference\.",
)  # fmt: skip
NO_CLAIM_TITLES = (r"The months that have passed", r"To the horizon, with what was measured")


def option_name(facts: Facts) -> str:
    """Return the pattern of any option's name, of those of the edition before too, and of none."""
    return rf"({'|'.join(re.escape(one) for one in sorted(_names(facts), key=len, reverse=True))}|no option)"


def titles(facts: Facts) -> list[tuple[str, Check]]:
    """List the patterns of the titles of both sections, each with its check."""
    name = option_name(facts)
    return [
        *((pattern, lambda _, __: True) for pattern in NO_CLAIM_TITLES),
        (rf"The recommendation would still be made: {name}", lambda f, m: _actual(f, "recommended_plan") == _actual(f, "recommended_forecast") == _key(f, m[1])),
        (rf"With what was measured the recommendation would be {name}; it was {name}", lambda f, m: m[1] != m[2] and (_key(f, m[1]), _key(f, m[2])) == (_actual(f, "recommended_forecast"), _actual(f, "recommended_plan"))),
        (rf"The recommendation stands: {name}", lambda f, m: _recommended(f, "old") == _recommended(f, "new") == _key(f, m[1]) == f.best),
        (rf"The recommendation is {name}; it was {name}", lambda f, m: m[1] != m[2] and _key(f, m[1]) == _recommended(f, "new") == f.best and _key(f, m[2]) == _recommended(f, "old")),
        (rf"The full cost of {name} is what it was: {A}", lambda f, m: all(f.is_amount(m[2], full) for full in _ends(f, m[1]))),
        (rf"The full cost of {name} (rises|falls) from {A} to {A}(?:; the most of it: (.+))?", _moved),
        (r"No change on the way makes another option the recommended one", lambda f, _: _turns(f) == 0),
        (r"The recommendation changes once on the way", lambda f, _: _turns(f) == 1),
        (r"The recommendation changes more than once on the way", lambda f, _: _turns(f) > 1),
        (r"(\d+|one|no) assumptions? changed", lambda f, m: _counted(m[1]) == len(_changed(f))),
    ]  # fmt: skip


def leads(facts: Facts) -> list[tuple[str, Check]]:
    """List the patterns of the sentences of both leads and of their notes, each with its check."""
    name = option_name(facts)
    cause = rf"{AMOUNT} (?:more|less) by (?:volume|mix|price|the rest)"
    return [
        *((pattern, lambda _, __: True) for pattern in NO_CLAIM),
        (rf"What was paid for tokens and machines of {name}, engineers left out, came to {A} ((?:in|from) .+?), as planned\.", lambda f, m: _spent(f, m) and abs(_total(f, "spend") - _total(f, "planned_spend")) < 0.005 * abs(_total(f, "spend"))),
        (rf"What was paid for tokens and machines of {name}, engineers left out, came to {A} ((?:in|from) .+?), {A} (more|less) than the plan: ((?:{cause}(?:, | and )?)+)\.", _deviation),
        (r"Since (edition \d+|the .+?): (\d+|one|no) numbers? changed(?: and (\d+|one) changes? of structure)?\.", lambda f, m: _since(f, m[1]) and _counted(m[2]) == len(_changed(f)) and _counted(m[3]) == len(f.results["since"]["structure"])),
        (r"Since (edition \d+|the .+?): (\d+|one) changes? of structure\.", lambda f, m: _since(f, m[1]) and not _changed(f) and _counted(m[2]) == len(f.results["since"]["structure"])),
        (r"The recommendation changes with: (.+?)\. That change alone would (not )?have been enough\.", _turning),
        (r"The two were written by different versions: (.+?) and (.+?)\.", lambda f, m: m[1] != m[2] and [m[1], m[2]] == [f.results["since"][side]["program"] for side in ("old", "new")]),
        (rf"Made alone the changes would miss what they do only together: ((?:.+? [+−]?{AMOUNT}(?:, )?)+)\.", _together),
        *((re.escape(plain(one)), lambda _, __: True) for one in _notes(facts)),
    ]  # fmt: skip


def _together(facts: Facts, m: re.Match[str]) -> bool:
    """Check that each amount is what the whole change is beyond the changes made alone, and that none is left out."""
    bridge, names = facts.results["since"]["bridge"], _names(facts)
    rest = {
        key: bridge["after"][key]
        - bridge["before"][key]
        - sum(step["alone"][key] for step in bridge["steps"])
        for key in bridge["before"]
    }
    said = re.findall(rf"(?:^|, )(.+?) \+?({AMOUNT})(?=, |$)", m[1])
    shown = {names[name] for name, _ in said}
    return all(facts.is_amount(amount, rest[names[name]]) for name, amount in said) and all(
        abs(amount) < 1 for key, amount in rest.items() if key not in shown
    )


def _names(facts: Facts) -> dict[str, str]:
    """Return the keys of options by name, those of the edition before included."""
    since = facts.results["since"]
    before = {name: key for key, name in since["old"]["names"].items()} if since else {}
    return before | facts.names


def _key(facts: Facts, name: str) -> str | None:
    return _names(facts).get(name)


def _actual(facts: Facts, name: str) -> str | None:
    found: str | None = facts.results["actual"][name]
    return found


def _notes(facts: Facts) -> list[str]:
    """List the remarks of plan and actual, and the changes of structure, as sentences."""
    remarks = facts.results["actual"]["remarks"] if facts.results["actual"] else []
    since = facts.results["since"]
    structure = [one["sentence"] for one in since["structure"]] if since else []
    return [*(f"{one[0].upper()}{one[1:]}.".replace("-", "−") for one in remarks), *structure]


def _total(facts: Facts, name: str) -> float:
    return float(sum(month[name] for month in facts.results["actual"]["months"]))


def _spent(facts: Facts, m: re.Match[str]) -> bool:
    """Check who served, what it cost, and in which months."""
    numbers = [month["measured"]["month"] - 1 for month in facts.results["actual"]["months"]]
    first, last = (facts.month_after(number) for number in (numbers[0], numbers[-1]))
    span = f"in {first}" if first == last else f"from {first} to {last}"
    served = facts.names[m[1]] == facts.results["actual"]["option"]
    return served and facts.is_amount(m[2], _total(facts, "spend")) and m[3] == span


def _deviation(facts: Facts, m: re.Match[str]) -> bool:
    """Check the deviation and its causes: each amount, the largest first, none left out that is printed as more than zero."""
    beyond = _total(facts, "spend") - _total(facts, "planned_spend")
    causes = {name: _total(facts, part) for name, part in CAUSES.items()}
    said = re.findall(rf"({AMOUNT}) (more|less) by (volume|mix|price|the rest)", m[6])
    amounts = all(
        facts.is_amount(amount, abs(causes[name])) and (word == "more") == (causes[name] > 0)
        for amount, word, name in said
    )
    order = [abs(causes[name]) for _, _, name in said]
    silent = set(causes) - {name for _, _, name in said}
    whole = abs(sum(causes.values()) - beyond) <= 1e-6 * max(abs(beyond), 1)
    return (
        _spent(facts, m) and facts.is_amount(m[4], abs(beyond)) and (m[5] == "more") == (beyond > 0) and amounts
        and order == sorted(order, reverse=True) and all(abs(causes[name]) < 1 for name in silent) and whole
    )  # fmt: skip


def _recommended(facts: Facts, side: str) -> str | None:
    found: str | None = facts.results["since"][side]["outcome"]["recommended"]
    return found


def _since(facts: Facts, words: str) -> bool:
    old = facts.results["since"]["old"]
    return words == (f"edition {old['edition']}" if old["edition"] else f"the {old['form']} {old['name']}")


def _counted(words: str | None) -> int:
    known = {None: 0, "no": 0, "one": 1}
    return known[words] if words in known else int(words or 0)


def _changed(facts: Facts) -> list[Results]:
    """List the changes of assumptions; those that the edition still has must have its value."""
    found: list[Results] = facts.results["since"]["changes"]
    stated = facts.results["assumptions"]
    assert all(one["after"] is None or one["after"] == stated[one["path"]] for one in found)
    return found


def _ends(facts: Facts, name: str) -> tuple[float, float]:
    """Return an option's full cost in both editions; that of this one is also its result."""
    key = _names(facts)[name]
    bridge = facts.results["since"]["bridge"]
    assert abs(bridge["after"][key] - facts.cost(key)) <= 1e-6 * max(abs(facts.cost(key)), 1)
    return bridge["before"][key], bridge["after"][key]


def _steps(facts: Facts) -> list[Results]:
    found: list[Results] = facts.results["since"]["bridge"]["steps"]
    return found


def _turns(facts: Facts) -> int:
    """Count the steps after which another option is recommended than before them."""
    ends = [_recommended(facts, "old"), *(step["recommended"] for step in _steps(facts))]
    return sum(before != after for before, after in pairwise(ends))


def _label(step: Results) -> str:
    return plain(step["label"].removesuffix("."))


def _moved(facts: Facts, m: re.Match[str]) -> bool:
    """Check both costs, and that the change named adds most in the direction of the whole."""
    key, (before, after) = _names(facts)[m[1]], _ends(facts, m[1])
    sign = 1 if after > before else -1
    most = max(_steps(facts), key=lambda step: sign * step["amounts"][key])
    named = m[5] is None if len(_steps(facts)) < 2 else (m[5] or "").lower() == _label(most).lower()
    ends = facts.is_amount(m[3], before) and facts.is_amount(m[4], after)
    return ends and (m[2] == "rises") == (sign > 0) and named


def _turning(facts: Facts, m: re.Match[str]) -> bool:
    """Check that the change named is the last after which another option is recommended, and whether alone it would do."""
    recommended = [_recommended(facts, "old"), *(step["recommended"] for step in _steps(facts))]
    last = max(at for at, step in enumerate(_steps(facts)) if recommended[at] != recommended[at + 1])
    step = _steps(facts)[last]
    differ = _recommended(facts, "old") != _recommended(facts, "new")
    return differ and _label(step) == m[1] and bool(m[2]) != step["changes_answer_alone"]


def effects(facts: Facts, table: PrintedTable) -> Iterator[str]:
    """Check what each change does to the full cost of each option, and who is recommended after it."""
    keys, bridge = [_names(facts)[head] for head in table.heads[:-1]], facts.results["since"]["bridge"]
    rows: list[tuple[str, Results, str | None]] = [
        ("Before", bridge["before"], _recommended(facts, "old")),
        *((_label(step), step["amounts"], step["recommended"]) for step in _steps(facts)),
        ("Now", bridge["after"], _recommended(facts, "new")),
    ]
    if [head for _, head, _ in table.rows] != [head for head, _, _ in rows]:
        yield "not the changes in their order"
        return
    for (_, head, cells), (_, amounts, then) in zip(table.rows, rows, strict=True):
        wrong = [
            cell for key, cell in zip(keys, cells, strict=False) if not _is_signed(facts, cell, amounts[key])
        ]
        if wrong or _key(facts, cells[-1]) != then:
            yield f"{head}: {cells}"


def _is_signed(facts: Facts, cell: str, value: float) -> bool:
    return abs(value) < 0.5 if cell == "–" else facts.is_amount(cell.removeprefix("+"), value)


def inputs(facts: Facts, table: PrintedTable) -> Iterator[str]:
    """Check value before and now of each assumption that changed."""
    for (_, head, cells), one in zip(table.rows, _changed(facts), strict=True):
        ends = [one["before"], one["after"]]
        holds = head == plain(one["label"]) and all(
            cell == "–" if value is None else _is_value(facts, cell, value)
            for cell, value in zip(cells[1:3], ends, strict=True)
        )
        if None not in ends and ends[0]:
            holds &= facts.is_share(cells[3].removeprefix("+"), (ends[1] - ends[0]) / abs(ends[0]))
        if not holds:
            yield f"{head}: {cells}"


def _is_value(facts: Facts, cell: str, value: float) -> bool:
    shown, half = facts.number(cell.rstrip("%").strip())
    scale = 0.01 if cell.endswith("%") else 1.0
    return abs(shown * scale - value) <= half * scale * 1.001


def months(facts: Facts, table: PrintedTable) -> Iterator[str]:
    """Check tokens, spend and causes of each month that has passed, and their sums."""
    scale = _scale(facts)
    names = ("planned_spend", "spend", "deviation", *CAUSES.values())
    rows = facts.results["actual"]["months"]
    for (_, head, cells), one in zip(table.rows[:-1], rows, strict=True):
        volumes = (one["planned_volume"], one["measured"]["volume"])
        holds = head == facts.month_after(one["measured"]["month"] - 1)
        holds &= _all(facts, cells[:2], volumes, 1.0) and _all(
            facts, cells[2:], [one[name] for name in names], scale
        )
        if not holds or abs(one["spend"] - one["planned_spend"] - one["deviation"]) > 1e-6 * abs(
            one["spend"]
        ):
            yield f"{head}: {cells}"
    if not _all(facts, table.rows[-1][2][2:], [_total(facts, name) for name in names], scale):
        yield f"sums: {table.rows[-1][2]}"


def _scale(facts: Facts) -> float:
    """Return the unit of the spends: that of the largest of them."""
    largest = max(
        one[name] for one in facts.results["actual"]["months"] for name in ("planned_spend", "spend")
    )
    return next((unit for least, unit in ((1e11, 1e9), (1e8, 1e6), (1e5, 1e3)) if largest >= least), 1.0)


def _all(facts: Facts, cells: Sequence[str], values: Sequence[float], scale: float) -> bool:
    return all(
        abs(value) < 0.5 * scale if cell == "–" else _is_near(facts, cell, value, scale)
        for cell, value in zip(cells, values, strict=True)
    )


def _is_near(facts: Facts, cell: str, value: float, scale: float) -> bool:
    shown, half = facts.number(cell)
    return abs(shown * scale - value) <= half * scale * 1.001


def outlook(facts: Facts, table: PrintedTable) -> Iterator[str]:
    """Check each option's full cost to the horizon, as planned and with what was measured; the first is also its result."""
    for _, head, (before, after, change) in table.rows:
        one = facts.results["actual"]["options"][facts.names[head]]
        plan, forecast = one["full_cost_plan"], one["full_cost_forecast"]
        full = facts.cost(facts.names[head])
        holds = (
            facts.is_amount(before, plan)
            and facts.is_amount(after, forecast)
            and abs(plan - full) <= 1e-6 * abs(full)
        )
        holds &= (
            abs(forecast - plan) < 0.5
            if change == "–"
            else facts.is_amount(change.removeprefix("+"), forecast - plan)
        )
        if not holds:
            yield f"{head}: {before}, {after}, {change}"
