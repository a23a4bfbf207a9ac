"""A checker of the tables of the paper's body: every cell is recomputed from the results file alone.

A table or a row that is not known here is a fault too.
"""

import re
from collections.abc import Callable, Iterator
from math import floor, log, log10

from tests.report.claims import history_claims
from tests.report.claims.body import PrintedTable, plain
from tests.report.claims.facts import DIGITS, Facts, Results
from tests.report.claims.section_claims import CATEGORIES
from tests.report.claims.switch_claims import is_met_at, is_watched, places, review_of

SCALES = {"": 1.0, "thousand": 1e3, "million": 1e6, "billion": 1e9, "lakh": 1e5, "crore": 1e7}
MISSING = ("not quantified", "–", "")
Values = dict[str, float | None]
PARTS = {
    "Engineers": "engineering", "Running both": "parallel", "Remaining commitment": "commitment", "Fees": "fees",
    "Lost on a forced sale": "forced_sale",
}  # fmt: skip


def table_faults(tables: tuple[PrintedTable, ...], results: Results) -> list[str]:
    """List the cells that the results do not bear out, and the rows that nothing here knows."""
    facts = Facts(results)
    found = []
    for table in tables:
        check = CHECKS.get(table.name)
        if check is None:
            found.append(f"not checked: table {table.name}")
        else:
            found += [f"{table.name}: {fault}" for fault in check(facts, table)]
    return found


def scale_of(words: str) -> float:
    """Read the unit of a table: "USD thousand" is 1,000."""
    return SCALES[words.partition(" ")[2]]


def is_cell(facts: Facts, cell: str, value: float | None, scale: float = 1.0) -> bool:
    """Return whether a cell is a value in a unit, to its last digit; a dash is nothing to print, words are no value."""
    if value is None:
        return cell in MISSING
    if cell == "–":
        return abs(value) < 0.5 * scale
    if not re.fullmatch(r"−?[\d.,  ’']+", cell):
        return False
    shown, half = facts.number(cell)
    return abs(shown * scale - value) <= half * scale * 1.001 + 1e-9


def option_columns(facts: Facts, table: PrintedTable) -> list[str]:
    """Return the keys of the options of a table's columns."""
    return [facts.names[head] for head in table.heads]


def by_option(facts: Facts, head: str, cells: tuple[str, ...], keys: list[str], values: Values, scale: float) -> Iterator[str]:  # fmt: skip
    """Yield the cells of a row that are not the options' values."""
    for key, cell in zip(keys, cells, strict=True):
        if not is_cell(facts, cell, values[key], scale):
            yield f"{head}, {key}: {cell}, not {values[key]}"


def _of_options(facts: Facts, name: str) -> Values:
    return {key: one[name] for key, one in facts.results["options"].items()}


def tco(facts: Facts, table: PrintedTable) -> Iterator[str]:
    """Check total cost by category and year, present value, risk, run rate and cost per token."""
    keys, scale = option_columns(facts, table), scale_of(table.corner)
    options = facts.results["options"]
    plain = {
        "Total cost, nominal": "tco",
        "Expected risk, nominal": "expected_risk",
        "Run rate in the last year, a month": "run_rate",
    }
    for _, head, cells in table.rows:
        year = re.fullmatch(r"of which year (\d+)", head)
        if head in CATEGORIES:
            values: Values = {key: options[key]["categories"][CATEGORIES[head]] for key in keys}
            yield from by_option(facts, head, cells, keys, values, scale)
        elif year:
            yield from by_option(facts, head, cells, keys, {key: options[key]["years"][int(year[1]) - 1] for key in keys}, scale)  # fmt: skip
        elif head in plain:
            yield from by_option(facts, head, cells, keys, _of_options(facts, plain[head]), scale)
        elif head.startswith("Present value at "):
            yield from by_option(facts, head, cells, keys, _of_options(facts, "pv"), scale)
        elif head.endswith(" per M tokens, nominal, before risk"):
            yield from by_option(facts, head, cells, keys, _of_options(facts, "cost_per_m_tokens"), 1.0)
        else:
            yield f"not checked: {head}"


def _drawn(facts: Facts) -> str:
    """Return the head over what was simulated: of every combination of the risks, or of what was drawn."""
    if facts.results["simulation"]["exact"]:
        return "Every combination, with the whole model"
    risks = "Risks" if facts.results["risks"] else ""
    return (
        f"{' and '.join(filter(None, [risks, 'ranges' if facts.has_ranges else ''])).capitalize()}, simulated"
    )


def outcomes(facts: Facts, table: PrintedTable) -> Iterator[str]:
    """Check the percentiles, contingencies and shares of both distributions."""
    keys, scale = option_columns(facts, table), scale_of(table.corner)
    simulated = (facts.results["simulation"] or {}).get("options", {})
    alone = True
    for kind, head, cells in table.rows:
        percentile = re.fullmatch(r"(P\d\d) of (total|full) cost( \(PV\))?", head)
        if kind == "group":
            alone = head.startswith("Risks alone")
            if not alone and head != _drawn(facts):
                yield f"not what was drawn: {head}"
        elif head == "The plan, before risk":
            yield from by_option(facts, head, cells, keys, _of_options(facts, "tco"), scale)
        elif percentile and alone:
            yield from by_option(facts, head, cells, keys, {key: facts.results["joint"][key][percentile[1].lower()] for key in keys}, scale)  # fmt: skip
        elif percentile:
            of = "full_cost" if percentile[2] == "full" else "tco"
            yield from by_option(facts, head, cells, keys, {key: simulated[key][of][percentile[1].lower()] for key in keys}, scale)  # fmt: skip
        elif head.startswith(("Excess of ", "Contingency")):
            name = "contingency" if head.startswith("Contingency") else "risks_alone"
            known = {key: value or 0.0 for key, value in _of_options(facts, name).items()}
            yield from by_option(facts, head, cells, keys, known, scale)
        elif head == "Mean of full cost (PV)":
            yield from by_option(facts, head, cells, keys, {key: simulated[key]["mean_full_cost"] for key in keys}, scale)  # fmt: skip
        elif head == "Costs no more than the plan":
            yield from _shares(facts, head, cells, {key: simulated[key]["point_percentile"] for key in keys})
        elif head == f"Lowest total cost{_of_those(facts)}, chance":
            yield from _shares(
                facts, head, cells, {key: facts.results["joint"][key]["cheapest"] for key in keys}
            )
        elif head == f"Lowest full cost{_of_those(facts)}, share":
            yield from _shares(facts, head, cells, {key: simulated[key]["cheapest"] for key in keys})
        elif head == "Strongest driver":
            for key, cell in zip(keys, cells, strict=True):
                drivers = simulated[key]["drivers"]
                if cell != plain(drivers[0]["label"] if drivers else "none"):
                    yield f"{head}, {key}: {cell}"
        else:
            yield f"not checked: {head}"


def _of_those(facts: Facts) -> str:
    """Return whom a row ranks: all options, or those alone that may be chosen."""
    return "" if facts.all_eligible else " of the eligible"


def _shares(facts: Facts, head: str, cells: tuple[str, ...], values: Values) -> Iterator[str]:
    for cell, (key, value) in zip(cells, values.items(), strict=True):
        if value is None:
            holds = cell == "not eligible" and key not in facts.meeting()
        else:
            holds = cell != "not eligible" and facts.is_share(cell.partition(" ±")[0], value)
        if not holds:
            yield f"{head}, {key}: {cell}, not {value}"


def budget(facts: Facts, table: PrintedTable) -> Iterator[str]:
    """Check the recommended option's cash and charge by fiscal year: lines, their sums, and the parts of the cash."""
    scale = scale_of(table.corner)
    key = facts.best or facts.lowest(list(facts.results["options"])) or ""
    years = facts.results["options"][key]["budget"]["fiscal_years"]
    names = {
        "Capital": "capital", "Operating": "operating", "of which own staff": "own_staff", "of which recruitment": "recruitment",
        "Machines sold at the end": "residual", "Depreciation": "depreciation", "Charge to profit and loss": "charge",
        "Book value at the end of the year": "book_value",
    }  # fmt: skip
    if [head.partition(" ")[0] for head in table.heads] != [*(str(one["year"]) for one in years), "In"]:
        yield f"years: {table.heads}"
    for _, head, cells in table.rows:
        if head == "Cash in all":
            found = [one["capital"] + one["operating"] + one["residual"] for one in years]
            total: float | None = facts.cost(key, "tco")
        elif head in names:
            found = [one[names[head]] or 0.0 for one in years]
            total = None if head.startswith("Book value") else sum(found)
        else:
            yield f"not checked: {head}"
            continue
        for place, (cell, value) in enumerate(zip(cells, (*found, total), strict=True)):
            if not is_cell(facts, cell, value, scale):
                yield f"{head}, column {place + 1}: {cell}, not {value}"


def break_even(facts: Facts, table: PrintedTable) -> Iterator[str]:
    """Check month and volume of every option but the baseline."""
    if (
        table.corner
        != f"Against {facts.results['inputs']['options'][facts.results['inputs']['baseline']]['name']}"
    ):
        yield f"baseline: {table.corner}"  # fmt: skip
    known = facts.results["break_even"]
    if [facts.names[head] for _, head, _ in table.rows if head in facts.names] != [
        key for key in _ordered(facts) if key in known
    ]:
        yield "options: not all, or in another order"
    for _, head, (month, volume) in table.rows:
        one = known[facts.names[head]]
        if one["month"] is None and month != f"not within {facts.horizon}":
            yield f"{head}: month {month}"
        if one["month"] is not None and month != str(one["month"]):
            yield f"{head}: month {month}, not {one['month']}"
        if one["volume"] is None:
            holds = _is_word(facts, volume, one["word"])
        else:
            holds = is_cell(facts, volume.removeprefix("about "), one["volume"]) and volume != "about 0"
        if not holds:
            yield f"{head}: volume {volume}, not {one['volume'] or one['word']}"


def _is_word(facts: Facts, printed: str, word: str) -> bool:
    """Return whether a table says what stands where there is no volume; the last one searched in the locale's signs."""
    last = re.fullmatch(rf"None up to ({DIGITS})", printed)
    if last and word.startswith("not up to"):
        return facts.near(last[1], float(word.rpartition(" ")[2].replace(",", "")))
    return printed.lower() == word.lower()


def growth(facts: Facts, table: PrintedTable) -> Iterator[str]:
    """Check break-even at each growth rate; at the stated rate it is that of the case, and growth alone reaches the volume in time."""
    keys = option_columns(facts, table)
    workloads = {key: one["name"] for key, one in facts.results["inputs"]["workloads"].items()}
    part, left = "", {}
    for kind, head, cells in table.rows:
        if kind == "group":
            part = head.split()[1] if head.startswith("Break-even") else "reached"
            left[part] = [one for one in facts.results["growth"] if one["option"] == keys[0]]
            continue
        first = left[part].pop(0)
        of, _, rate = head.removesuffix(" a year").rpartition(", ")
        same = [
            one
            for one in facts.results["growth"]
            if (one["workload"], one["rate"]) == (first["workload"], first["rate"])
        ]
        holds = of == workloads.get(first["workload"], "") and facts.is_share(rate, first["rate"])
        by_option = {one["option"]: one for one in same}
        if not holds or not all(
            _is_growth(facts, part, cell, by_option[key]) for key, cell in zip(keys, cells, strict=True)
        ):
            yield f"{part} at {head}: {cells}"
    if set(left) != {"month", "volume:", "reached"} or any(left.values()):
        yield f"not every rate: {left}"


def _is_growth(facts: Facts, part: str, cell: str, one: Results) -> bool:
    several = one["workload"] is not None
    path = f"workloads.{one['workload']}.annual_growth" if several else "workload.annual_growth"
    stated = facts.results["break_even"][one["option"]]
    if facts.results["assumptions"][path] == one["rate"] and any(
        one[name] != stated[name] for name in stated
    ):
        return False
    if part == "month":
        return cell == ("none" if one["month"] is None else str(one["month"]))
    if one["volume"] is None:
        words = {"at every volume shown": "all", "only at small volumes": "small ones"}.get(
            one["word"], "none"
        )
        return cell == (words if part == "volume:" else "–")
    if part == "volume:":
        return is_cell(facts, cell.removeprefix("about "), one["volume"])
    return _is_reached(facts, cell, one, alone=not several)


def _is_reached(facts: Facts, cell: str, one: Results, *, alone: bool) -> bool:
    """Check after how many months the volume is reached; of one workload that is worked out again from its growth."""
    stated, rate = facts.results["assumptions"], one["rate"]
    start = stated.get("workload.tokens_per_month", 0.0) * stated["workload.volume_factor"]
    if alone and one["volume"] > start and stated.get("workload.starts_month", 1) == 1:
        months = 12 * log(one["volume"] / start) / log(1 + rate) if rate > 0 else None
        known = one["reached"] is None if months is None else abs(months - one["reached"]) <= 0.01 * months
        if not known:
            return False
    if one["reached"] is None:
        return cell == "never"
    return cell == "at once" if one["reached"] == 0 else is_cell(facts, cell, one["reached"])


def _ordered(facts: Facts) -> list[str]:
    """Return the options with the recommended one first, the others in the case's order."""
    return sorted(facts.results["options"], key=lambda key: key != facts.best)


def risk_register(facts: Facts, table: PrintedTable) -> Iterator[str]:
    """Check probability, impact and expected cost of each risk at each option, and their sums."""
    scale = scale_of(facts.results["inputs"]["case"]["currency"] + _unit_of_risks(facts))
    risks = {plain(one["name"]): one for one in facts.results["risks"]}
    key: str | None = None
    for kind, head, cells in table.rows:
        if kind == "group":
            key = facts.names.get(head)
        elif kind == "subtotal" and head.startswith("Expected, "):
            if facts.names[head.removeprefix("Expected, ")] != key or not is_cell(
                facts, cells[2], facts.cost(key or "", "expected_risk"), scale
            ):
                yield f"sum of {key}: {cells[2]}, not {facts.cost(key or '', 'expected_risk')}"
        elif head in risks:
            yield from _risk_row(facts, risks[head], key, cells, scale)
        elif head != "No named risk touches it" and kind != "detail":
            yield f"not checked: {head}"


def _risk_row(facts: Facts, risk: Results, key: str | None, cells: tuple[str, ...], scale: float) -> Iterator[str]:  # fmt: skip
    impacts = [risk["impact"][key]] if key else list(risk["impact"].values())
    holds = any(
        is_cell(facts, cells[1], impact, scale)
        and is_cell(facts, cells[2], risk["probability"] * impact, scale)
        for impact in impacts
    )
    if not (holds and facts.is_share(cells[0], risk["probability"])):
        yield f"{risk['name']} at {key}: {cells[:3]}"


def _unit_of_risks(facts: Facts) -> str:
    """Return the unit in which the largest impact is printed."""
    largest = max((abs(one) for risk in facts.results["risks"] for one in risk["impact"].values()), default=0)
    if str(facts.results["inputs"]["report"]["locale"]).endswith("IN"):
        return next((word for least, word in ((1e8, " crore"), (1e6, " lakh")) if largest >= least), "")
    return next((word for least, word in ((1e11, " billion"), (1e8, " million"), (1e5, " thousand")) if largest >= least), "")  # fmt: skip


def _displacing(project: Results) -> list[str]:
    """Return the options that displace a project; a case may name one alone."""
    option = project["option"]
    return [option] if isinstance(option, str) else list(option)


def projects(facts: Facts, table: PrintedTable) -> Iterator[str]:
    """Check value and confidence of each displaced project, and each option's sum."""
    scale = scale_of(table.heads[-1])
    stated = {
        (one["name"], key): one for one in facts.results["inputs"]["opportunity"] for key in _displacing(one)
    }
    by_name = {name: one for (name, _), one in stated.items()}
    sums: dict[str, float] = {}
    for _, head, cells in table.rows:
        total = head.startswith("All, ") and head.removeprefix("All, ") in facts.names
        if total:
            key = facts.names[head.removeprefix("All, ")]
            if not is_cell(facts, cells[-1], facts.cost(key, "opportunity"), scale):
                yield f"{head}: {cells[-1]}, not {facts.cost(key, 'opportunity')}"
            continue
        key = facts.names[cells[0]]
        one = stated.get((head, key)) or by_name.get(head)  # a mix displaces what its parts do
        if one is None:
            yield f"not checked: {head}"
            continue
        value, confidence = one["monthly_value"]["value"], one["confidence"]["value"]
        stands = cells[1] == one["during"] and is_cell(facts, cells[2], value)
        if not (stands and facts.is_share(cells[3], confidence)):
            yield f"{head}: {cells}"
        sums[key] = sums.get(key, 0.0) + (0.0 if cells[4] == "–" else facts.number(cells[4])[0] * scale)
    for key, found in sums.items():
        known = facts.results["options"][key]["opportunity"] is not None
        if known and abs(found - facts.cost(key, "opportunity")) > scale * len(table.rows):
            yield f"projects of {key} add to {found}, not {facts.cost(key, 'opportunity')}"


def exit_parts(facts: Facts, table: PrintedTable) -> Iterator[str]:
    """Check what leaving costs in the month examined: its parts, their sum, the probability and what is expected."""
    keys, scale = option_columns(facts, table), scale_of(table.corner)
    inputs = facts.results["inputs"]["options"]
    months = {key: int(inputs[key]["exit_month"]["value"]) for key in keys}
    chances = {key: inputs[key]["exit_probability"]["value"] for key in keys}
    total: Values = {key: facts.results["options"][key]["exit_curve"][months[key] - 1] for key in keys}
    sums = dict.fromkeys(keys, 0.0)
    for _, head, cells in table.rows:
        if head in PARTS:
            for key, cell in zip(keys, cells, strict=True):
                sums[key] += 0.0 if cell == "–" else facts.number(cell)[0] * scale
        elif head == "Cost of leaving":
            yield from by_option(facts, head, cells, keys, total, scale)
            yield from (f"parts of {key} add to {sums[key]}" for key in keys if abs(sums[key] - (total[key] or 0)) > 3 * scale)  # fmt: skip
        elif head == "Month examined":
            yield from by_option(facts, head, cells, keys, dict(months), 1.0)
        elif head == "Probability":
            yield from (f"{head}: {cell}" for key, cell in zip(keys, cells, strict=True) if not facts.is_share(cell, chances[key]))  # fmt: skip
        elif head == "Expected, nominal":
            yield from by_option(facts, head, cells, keys, {key: chances[key] * (total[key] or 0) for key in keys}, scale)  # fmt: skip
        elif head != "Largest part of it":
            yield f"not checked: {head}"


def triggers(facts: Facts, table: PrintedTable) -> Iterator[str]:
    """Check that the value of a change of course is a switching value, its option the next, and the look halfway there."""
    for _, head, (stated, look, course, then, _owner) in table.rows:
        if stated in ("announced", "in service"):
            continue
        if "the plan" in course:
            if stated != "as planned" or not is_watched(facts, look, course, then):
                yield f"{head}: {stated}, {look}, {course}, {then}"
        elif not _is_halfway(facts, stated, look, course, then):
            yield f"{head}: {stated}, {look}, {course}, {then}"


def _is_halfway(facts: Facts, stated: str, look: str, course: str, then: str) -> bool:
    early = {side: text for side, text, _ in places(look)}
    return any(
        facts.names.get(then) == one[f"{side}_to"]
        and side in early
        and exact == is_met_at(one, one[side])
        and _is_near(facts, stated, one["value"])
        and _is_near(facts, value, one[side])
        and _is_near(facts, early[side], review_of(one, one[side]))
        for side, value, exact in places(course)
        for one in facts.results["switching_values"]
        if one[side] is not None
    )


def _is_near(facts: Facts, text: str, value: float | None) -> bool:
    """Return whether a printed value is one to its last digit: three significant ones, all of a thousand and more, tenths of a percent."""
    if value is None or not re.fullmatch(r"−?[\d.,\s'’]+%?", text):
        return False
    shown, _ = facts.number(re.sub(r"\s*%$", "", text))
    if text.endswith("%"):
        return abs(shown / 100 - value) <= 0.0005001
    digits = 0 if value == 0 or abs(value) >= 1000 else max(2 - floor(log10(abs(value))), 0)
    return abs(shown - value) <= 0.5001 * 10.0**-digits


def price_scenarios(facts: Facts, table: PrintedTable) -> Iterator[str]:
    """Check the cost before risk in the base case and in each scenario."""
    keys, scale = option_columns(facts, table), scale_of(table.corner if table.corner != "Scenario" else _unit_of_costs(facts))  # fmt: skip
    known = {one["name"].replace(" %", "%"): one["core"] for one in facts.results["price_scenarios"]}
    known["Base case"] = _of_options(facts, "core")
    for _, head, cells in table.rows:
        if head not in known:
            yield f"not checked: {head}"
        else:
            yield from by_option(facts, head, cells, keys, known[head], scale)


def _unit_of_costs(facts: Facts) -> str:
    """Return the unit in which the largest total or full cost is printed."""
    largest = max(
        abs(one[name] or 0)
        for one in facts.results["options"].values()
        for name in ("tco", "full_cost", "p90")
        if name in one
    )
    largest = max(largest, *(one["p90"] for one in facts.results["joint"].values()))
    if str(facts.results["inputs"]["report"]["locale"]).endswith("IN"):
        return next((word for least, word in ((1e8, "INR crore"), (1e6, "INR lakh")) if largest >= least), "")
    return next((word for least, word in ((1e11, "X billion"), (1e8, "X million"), (1e5, "X thousand")) if largest >= least), "")  # fmt: skip


def requirements(facts: Facts, table: PrintedTable) -> Iterator[str]:
    """Check who meets which must-have, and who misses a wish."""
    keys = option_columns(facts, table)
    stated = {one["name"]: one for one in facts.results["inputs"]["requirements"]}
    for _, head, cells in table.rows:
        name, _, kind = head.rpartition(" (")
        if name not in stated or stated[name]["must"] != (kind == "must)"):
            yield f"not checked: {head}"
            continue
        for key, cell in zip(keys, cells, strict=True):
            met = facts.musts[name][key] if name in facts.musts else stated[name]["met_by"].get(key)
            if met is not None and cell != ("met" if met else "not met"):
                yield f"{head}, {key}: {cell}"


def must_haves(facts: Facts, table: PrintedTable) -> Iterator[str]:
    """Check what each must-have costs: who would be recommended without it, at which full cost."""
    scale = scale_of(_unit_of_costs(facts) or "X")
    own = facts.cost(facts.best or "")
    rules = {rule: facts.meeting(rule) for rule in facts.musts}
    rules["Without any must-have"] = list(facts.results["options"])
    for _, head, (then, full, costs) in table.rows:
        if head not in rules:
            yield f"not checked: {head}"
            continue
        winner = facts.lowest(rules[head]) or ""
        named = facts.names.get(then.removesuffix(", as now")) == winner
        saved = own - facts.cost(winner)
        if not (
            named and is_cell(facts, full, facts.cost(winner), scale) and is_cell(facts, costs, saved, scale)
        ):
            yield f"{head}: {then}, {full}, {costs}; not {winner}, {facts.cost(winner)}, {saved}"


def fit_scores(facts: Facts, table: PrintedTable) -> Iterator[str]:
    """Check the scores, and their weighted means."""
    keys = option_columns(facts, table)
    stated = {one["name"]: one for one in facts.results["inputs"]["strategic_fit"]}
    for _, head, cells in table.rows:
        name = head.rpartition(" (weight ")[0]
        if head == "Weighted mean":
            yield from by_option(facts, head, cells, keys, dict(facts.scores), 1.0)
        elif name in stated:
            yield from by_option(facts, head, cells, keys, {key: stated[name]["scores"].get(key, 0) for key in keys}, 1.0)  # fmt: skip
        else:
            yield f"not checked: {head}"


def workload_routes(facts: Facts, table: PrintedTable) -> Iterator[str]:
    """Check each workload's volume, who carries it in every mix and in the best split, and what these cost."""
    inputs, split = facts.results["inputs"], facts.results["best_split"]
    stated = {one["name"]: (key, one) for key, one in inputs["workloads"].items()}
    for _, head, (volume, *cells) in table.rows:
        for column, cell in zip(table.heads[1:], cells, strict=True):
            best = column == "Best split found"
            if head == "Full economic cost":
                cost = split["best"]["full_cost"] if best else facts.cost(facts.names[column])
                holds = facts.is_amount(cell, cost)
            elif head in stated:
                routes = split["best"]["routes"] if best else inputs["options"][facts.names[column]]["routes"]
                holds = facts.names.get(cell) == routes[stated[head][0]]
            else:
                holds = False
            if not holds:
                yield f"{head}, {column}: {cell}"
        if head in stated and not facts.is_volume(volume, stated[head][1]["tokens_per_month"]["value"]):
            yield f"{head}: {volume} tokens"


def must_have_splits(facts: Facts, table: PrintedTable) -> Iterator[str]:
    """Check what each must-have costs the best split."""
    split = facts.results["best_split"]
    known = {one["requirement"]: one["best"] for one in split["without"]}
    for _, head, (costs, _then) in table.rows:
        best = known[head]
        if split["best"] is None:
            holds = facts.is_amount(costs, best["full_cost"]) if best else costs == "none is possible"
        elif best is None:
            holds = costs == "not searched"
        else:
            holds = costs == "–" or facts.is_amount(costs, split["best"]["full_cost"] - best["full_cost"])
        if not holds:
            yield f"{head}: {costs}"


def switching(facts: Facts, table: PrintedTable) -> Iterator[str]:
    """Check that each value at which the advice changes is a switching value, with the option that then comes first."""
    for _, head, cells in table.rows:
        if head.startswith("None of the"):
            if any(
                one["below"] is not None or one["above"] is not None
                for one in facts.results["switching_values"]
            ):
                yield head
            continue
        if not any(_is_switching_row(facts, one, head, cells) for one in facts.results["switching_values"]):
            yield f"{head}: {cells}"


def _first_words(facts: Facts, label: str) -> str:
    """Return the beginning of an assumption's label, up to its option; of a workload's field what follows the workload."""
    words = plain(label).split(",")[0]
    workload, _, field = words.partition(": ")
    known = [one["name"] for one in facts.results["inputs"]["workloads"].values()]
    return field[:1].upper() + field[1:] if workload in known else words


def _is_switching_row(facts: Facts, one: Results, head: str, cells: tuple[str, ...]) -> bool:
    """Return whether a row is an assumption's: its value, its range, and where the advice changes on either side."""
    stated, span, *sides = cells
    ends = span.split(" to ")
    ranged = span == "none stated" if one["low"] is None else len(ends) == 2 and all(
        _is_near(facts, text, one[end]) for text, end in zip(ends, ("low", "high"), strict=True)
    )  # fmt: skip
    holds = (
        head.startswith(_first_words(facts, one["label"]))
        and _is_near(facts, stated, one["value"])
        and ranged
    )
    for side, cell in zip(("below", "above"), sides, strict=True):
        value, _, then = cell.partition(": ")
        if one[side] is None or one[f"{side}_to"] is None:
            holds &= cell == "no change"
        else:
            at, tiny = is_met_at(one, one[side]), 0 < abs(one[side]) < abs(one["value"]) / 10_000
            printed = value.removeprefix("at ")
            holds &= facts.names.get(then) == one[f"{side}_to"] and value.startswith("at ") == at
            holds &= printed == "near 0" if tiny else _is_near(facts, printed, one[side])
    return bool(holds)


CHECKS: dict[str, Callable[[Facts, PrintedTable], Iterator[str]]] = {
    "tco-table": tco, "outcomes-table": outcomes, "budget": budget, "break-even-table": break_even, "risk-register": risk_register,
    "projects": projects, "exit-curve": exit_parts, "exit-parts": exit_parts, "triggers": triggers, "price-scenarios": price_scenarios,
    "requirements": requirements, "must-haves": must_haves, "fit-scores": fit_scores, "workload-routes": workload_routes,
    "must-have-splits": must_have_splits, "switching": switching, "break-even-growth": growth, "changes-effects": history_claims.effects,
    "changes-inputs": history_claims.inputs, "actuals-months": history_claims.months, "actuals-outlook": history_claims.outlook,
}  # fmt: skip
