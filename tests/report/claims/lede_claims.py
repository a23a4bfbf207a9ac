"""A checker of the leads of the body's sections and of the notes below its exhibits: sentence by sentence, from the results alone."""

import re

from tests.report.claims import history_claims
from tests.report.claims.eligibility_claims import unmarked
from tests.report.claims.facts import AMOUNT, DIGITS, SHARE, VOLUME, WORDS, Check, Facts, Results
from tests.report.claims.section_claims import CATEGORIES

A, S, V, N = f"({AMOUNT})", f"({SHARE})", f"({VOLUME})", f"({DIGITS})"
NO_CLAIM = (
    r"What displaced projects and leaving would cost is not in these totals: it follows further on\.",
    r"The same cash as in total cost, by fiscal year, named after the calendar year in which it ends\.",
    r"Each step below puts one part of this case back, worked out with the whole model; nominal over \w+ years?\.",
    r"The steps end at the total cost, before risk; what follows it stands apart from it\.",
    r"At each volume the whole model is worked out again, growth included\.",
    r"Fleets grow in whole machines, so costs rise in steps, a crossing is “about”, and lines can cross again\.",
    r"Probability times that change is its expected cost\.",
    r"A risk that saves money, such as a delay that postpones spending, is shown as it is\.",
    r"Ranges of assumptions are tested further on\.",
    r"One assumption at a time, all else as in the base case\.",
    r"Where the advice changes is worked out on full economic cost, with the risks anew\.",
    r"What the engineers would have delivered instead, net of what delivering it would cost, times a confidence; nominal\.",
    r"It is not spent money and in no total cost\.",
    r"What it would cost to leave at the end of each month, nominal, and, for the month examined, that cost times the probability of leaving\.",
    r"It is in no total cost\.",
    r"The fit is a judgement beside the money, never inside it\.",
    r"Options that fail a must-have are shown throughout, but not ranked\.",
    r"Each workload has its own volume, growth and mix; a mix routes each to one of the other options\.",
    r"What the charts and sentences of the body rest on, in the order of its sections\.",
    r"Source: the case file\.", r"Scores are judgements\.", r"– is zero\.", r"Rounded figures do not all add up to their total\.",
    r"Probabilities are estimates of the owners, not statistics\.", r"Hatched: expected or apart from cash\.",
    r"Values are their sponsors' estimates\.", r"Must-haves that rule no option out are left out\.",
    r"Change course: the value at which another option would be recommended, all else as stated\.",
    r"Look again: half way there, in time to check the other assumptions\.",
    r"A deployment of more than a month is split by the usual course: first model to half of it, hardening to three quarters, performance to its end\.",
    r"No value, alone, changes the advice for .+\.",
    r"Source: model [0-9a-f]{8}, results file\.", r"None: not within \w+ years?, or at no volume shown; all: at every volume shown\.",
)  # fmt: skip
"""Sentences that say how something is measured, not what comes out."""


def lede_faults(texts: tuple[tuple[str, str], ...], results: Results) -> list[str]:
    """List the sentences that the results do not bear out, and those that no pattern knows."""
    facts = Facts(results)
    mark = r"(?: \(not eligible\))?"
    patterns = _patterns(facts, f"({facts.name}){mark}", rf"((?:{facts.name}(?:, | and )?)+)")
    return [f"{where}: {fault}" for where, text in texts for fault in _faults(facts, text, patterns)]


def _faults(facts: Facts, text: str, patterns: list[tuple[str, Check]]) -> list[str]:
    found, rest = [], text
    while rest:
        for pattern, check in patterns:
            match = re.match(pattern + r"(?= |$)", rest)
            if match and match.end():
                found += unmarked(facts, match[0]) if check(facts, match) else [f"false: {match[0]}"]
                rest = rest[match.end() :].lstrip()
                break
        else:
            return [*found, f"not checked: {rest}"]
    return found


def _patterns(facts: Facts, name: str, names: str) -> list[tuple[str, Check]]:
    return [
        *((pattern, lambda _, __: True) for pattern in NO_CLAIM),
        (r"The (bars|price scenarios|bars and price scenarios) show cost before risk: present value with displaced projects and expected exit(; where the advice changes is worked out on full economic cost, with the risks anew)?\.", lambda f, m: ("price" in m[1]) == bool(f.results["price_scenarios"]) and bool(m[2]) == bool(f.results["switching_values"])),
        (r"All cash cost over (.+?), nominal and before risk\.", lambda f, m: m[1] == f.horizon),
        (rf"The lowest is that of ((?:{facts.name}(?: \(not eligible\))?(?:, | and )?)+), {A}(?:; (.+?) is {S} of it)?\.", _lowest),
        (rf"Before risk, in present value, it costs {A} (less|more) than {name}\.", _saving),
        (rf"Before risk its present value is that of {name}\.", lambda f, m: abs(_own(f)["net_present_saving"]) < 1e-3 * f.cost(f.names[m[1]], "pv") + 1),
        (rf"It is furthest behind at the end of (\w+ \d+), when it has cost {A} more in all than {name} would have\.", _furthest),
        (rf"At no month's end has it cost more in all than {name} would have\.", lambda f, _: _behind(f)[0] <= 1e-6),
        (rf"A first estimate usually counts the GPUs(?: at {S} utilisation)? and stops there\.", lambda f, m: m[1] is None or f.is_share(m[1], f.results["inputs"]["bridge"]["naive_utilisation"]["value"])),
        (rf"The case (?:starts at {V} tokens a month and ends at {V}|stays at {V} tokens a month)\.", _volumes),
        (rf"{name}, against which the others are set, fails a must-have and may not be chosen\.", lambda f, m: f.names[m[1]] == f.results["inputs"]["baseline"] and f.names[m[1]] not in f.meeting()),
        (rf"Shown too, though they may not be chosen: {names}(?:\d+ more options)?\.", lambda f, m: set(f.keys(m[1])) <= set(f.results["options"]) - set(f.meeting())),
        (r"(?:The one named risk is|The (\w+) named risks are each) priced with the whole model: the change of nominal total cost if it happens\.", lambda f, m: (m[1] or "one") in (WORDS[min(len(f.results["risks"]), 12)], str(len(f.results["risks"])))),
        (r"The case names no risks\.|Expected risk is not quantified, nothing is added for it, and the ranking says so\.", lambda f, _: not f.results["risks"]),
        (rf"Not quantified, which is not zero, for {names}\.", lambda f, m: all(None in (f.results["options"][key]["opportunity"], f.results["options"][key]["exit_curve"]) for key in f.keys(m[1]))),
        (rf"A mix leaves each of its parts, each in its own month: ((?:{facts.name} \({AMOUNT} expected\)(?:, | and )?)+)\.", _mixes),
        (r"No option states a probability and a month of exit, so nothing is added for leaving; that is not to say that it is free\.", lambda f, _: all(one["exit_curve"] is None for one in f.results["options"].values())),
        (r"There are more than [\d,]+ ways to assign the workloads to options, so that no best split was looked for\.", lambda f, _: f.results["best_split"]["best"] is None),
        (r"Every assignment of the workloads to options was looked at: none meets the must-haves of all workloads\.", lambda f, _: f.results["best_split"]["best"] is None),
        (r"Every assignment of the workloads to options was costed as a mix, with its risks: (one way that meets|[\d,]+ ways that meet) the must-haves\.", lambda f, _: bool(f.results["best_split"]["best"])),
        (r"The best is no option of this paper until it is added to the case; the workbook's sheet Best split has the lines to add\.", lambda f, _: all(set(one.get("routes", {}).items()) != set(f.results["best_split"]["best"]["routes"].items()) for one in f.results["inputs"]["options"].values())),
        (r"Source: model ([0-9a-f]{8}), (?:[Ss]heets? [\w ,-]+?|sheets of the options(?: and TCO)?)(?:, as issued)?(?:, which has the other options and the quarters)?(?:: risks independent, impacts added, ranges left out)?\.", lambda f, m: f.results["fingerprint"].startswith(m[1])),
        (rf"(?:Source: model [0-9a-f]{{8}}, s|S)heet Simulation: {N} futures from seed (\d+), each worked out with the whole model\.", lambda f, m: not f.results["simulation"]["exact"] and (f.near(m[1], f.results["simulation"]["draws"]), int(m[2])) == (True, f.results["simulation"]["seed"])),
        (rf"(?:Source: model [0-9a-f]{{8}}, s|S)heet Simulation: {N} combinations of the risks, each worked out with the whole model\.", lambda f, m: f.results["simulation"]["exact"] and f.near(m[1], f.results["simulation"]["draws"])),
        (rf"A value was cut to its bound in {S} of them\.", lambda f, m: f.is_share(m[1], f.results["simulation"]["clipped"])),
        (rf"The plan lies low for {names}: it holds no risks, which add more cost than they save\.", lambda f, m: not f.has_ranges and set(f.keys(m[1])) == set(_low(f)) & _at_risk(f)),
        (rf"The plan lies low for {names}: risks and ranges together add more cost than they save\.", lambda f, m: f.has_ranges and set(f.keys(m[1])) == set(_low(f)) & _at_risk(f)),
        (rf"The plan lies low for {names}: ranges add more upwards than they save downwards\.", lambda f, m: not f.results["simulation"]["exact"] and set(f.keys(m[1])) == set(_low(f)) - _at_risk(f)),
        (r"Where options are level, a future counts for the first of them\.", lambda f, _: f.results["verdict"] == "too close to call"),
        (r"A price is that of the start, from which the plan has it change from year to year\.", lambda f, _: f.has_drift),
        (r"Here the first six of (\w+)\.", lambda _, m: m[1] not in WORDS[:7]),
        (r"Here the (\w+) nearest; the sheet has (\w+) more\.", lambda f, m: sum(one["below"] is not None or one["above"] is not None for one in f.results["switching_values"]) == sum(WORDS.index(word) if word in WORDS else int(word) for word in m.groups())),
        (r"Ranges of assumptions are tested further on\.", lambda f, _: f.has_ranges),
        *history_claims.leads(facts),
    ]  # fmt: skip


def _own(facts: Facts) -> Results:
    """Return the results of the option whose budget is shown."""
    key = facts.best or facts.lowest(list(facts.results["options"]))
    own: Results = facts.results["options"][key]
    return own


def _low(facts: Facts) -> list[str]:
    """List the options whose plan lies below three in ten of the simulated futures."""
    simulated = facts.results["simulation"]["options"]
    return [key for key, one in simulated.items() if one["point_percentile"] < 0.3]


def _at_risk(facts: Facts) -> set[str]:
    """Return the options whose total cost a risk moves that is not at 0 %."""
    return {
        key
        for one in facts.results["risks"]
        if one["probability"] > 0
        for key, impact in one["impact"].items()
        if abs(impact) > 1e-9 * max(abs(facts.cost(key, "tco")), 1)
    }


def _lowest(facts: Facts, m: re.Match[str]) -> bool:
    named = facts.keys(m[1])
    lowest = min(facts.cost(one, "tco") for one in facts.results["options"])
    level = [
        one for one in facts.results["options"] if abs(facts.cost(one, "tco") - lowest) <= 1e-9 * abs(lowest)
    ]
    holds = set(level) <= set(named) and all(facts.is_amount(m[2], facts.cost(one, "tco")) for one in named)
    if not holds:
        return False
    key = next(one for one in named if facts.cost(one, "tco") == lowest)
    if m[3] is None:
        return holds
    parts = facts.results["options"][key]["categories"]
    part = parts[{words.lower(): one for words, one in CATEGORIES.items()}[m[3].lower()]]
    return holds and part == max(parts.values()) and facts.is_share(m[4], part / lowest)


def _saving(facts: Facts, m: re.Match[str]) -> bool:
    base = facts.results["inputs"]["baseline"]
    saving = facts.cost(base, "pv") - float(_own(facts)["pv"])
    return (
        facts.names[m[3]] == base and (m[2] == "less") == (saving > 0) and facts.is_amount(m[1], abs(saving))
    )


def _behind(facts: Facts) -> tuple[float, int]:
    """Return by how much more the shown option has cost at most than the baseline, and after how many months."""
    base = facts.results["options"][facts.results["inputs"]["baseline"]]["monthly"]
    total, found = 0.0, (0.0, 0)
    for month, (own, other) in enumerate(zip(_own(facts)["monthly"], base, strict=True)):
        total += own - other
        found = max(found, (total, month), key=lambda one: one[0])
    return found


def _furthest(facts: Facts, m: re.Match[str]) -> bool:
    amount, month = _behind(facts)
    base = facts.names[m[3]] == facts.results["inputs"]["baseline"]
    return base and facts.is_amount(m[2], amount) and m[1] == facts.month_after(month)


def _volumes(facts: Facts, m: re.Match[str]) -> bool:
    """Check the volume of the first month and of the last, all workloads together."""
    months = [sum(volumes) for volumes in zip(*facts.results["workloads"].values(), strict=True)]
    first, last = (m[1], m[2]) if m[3] is None else (m[3], m[3])
    return facts.is_volume(first, months[0]) and facts.is_volume(last, months[-1])


def _mixes(facts: Facts, m: re.Match[str]) -> bool:
    listed = re.findall(rf"({facts.name}) \(({AMOUNT}) expected\)", m[1])
    return all(
        facts.is_amount(amount, facts.cost(facts.names[who], "expected_exit"))
        and facts.results["inputs"]["options"][facts.names[who]]["kind"] == "mix"
        for who, amount in listed
    )
