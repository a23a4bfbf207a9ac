"""A checker of the decision page: every sentence of the finished text is recomputed from the results file alone.

A sentence that no pattern here knows is a fault too, so that a new one is not left unchecked.
"""

import re
from collections.abc import Iterator
from html import unescape

from tests.report.claims.eligibility_claims import says_of_whom, unmarked
from tests.report.claims.facts import AMOUNT, DIGITS, SHARE, VOLUME, WORDS, Check, Facts, Results
from tests.report.claims.plan_claims import is_day
from tests.report.claims.plan_claims import patterns as plan_patterns
from tests.report.claims.switch_claims import is_measured, is_switch, is_watched, price_scenarios_that_change

A, S, V, N = f"({AMOUNT})", f"({SHARE})", f"({VOLUME})", f"({DIGITS})"
PLAIN = (
    r"Board paper · .*", r"Edition \d+ .*", r"Model [0-9a-f]{8} .*", r"The .* is asked to", r"What could change this advice",
    r"The largest risks, and what is done about them", r"Next steps", r"Spending, and how far to trust it",
    r"The options at a glance", r"Rounded figures do not all add up to their total\.",
    r"Solid: total cost before risk\. (?:Hatched: expected risk, the sum of probability times impact\. )?Opportunity and exit cost are not in it\.",
    r"From the start to go-live, as planned",
    r"Relax a requirement, or change an option so that it meets them, before asking again\.",
)  # fmt: skip
"""Texts that claim nothing of the results."""
NINE_IN_TEN = "Total cost not exceeded in 9 of 10 simulated futures"


def text_of(html: str) -> str:
    """Return the text of a page without its charts, one block a line."""
    body = re.sub(r"<head>.*?</head>|<style>.*?</style>|<svg.*?</svg>", "", html, flags=re.DOTALL)
    body = re.sub(r"</(p|h1|h2|h3|h4|li|td|th|tr|section)>", "\n", body)
    lines = unescape(re.sub(r"<[^>]+>", "", body)).replace("\N{LEFT-TO-RIGHT MARK}", "").splitlines()
    lines = [re.sub(r"(?<=\d)\N{NO-BREAK SPACE}%", " %", line) for line in lines]  # as the case writes it
    return "\n".join(line for line in (" ".join(re.split(r"[ \t]+", one.strip())) for one in lines) if line)


def faults(page: str, results: Results, *, overview: bool = True) -> list[str]:
    """List what the text of a decision page claims and the results do not say; with its `overview`, that of the table too."""
    facts = Facts(results)
    texts, _, table = page.partition("The options at a glance\n")
    found = [fault for block in texts.splitlines() for fault in _block_faults(facts, block)]
    return found + (_table_faults(facts, table.splitlines()) if overview else [])


def _block_faults(facts: Facts, block: str) -> Iterator[str]:
    if any(re.fullmatch(pattern, block) for pattern in PLAIN) or _is_of_the_case(facts, block):
        return
    rest = block
    while rest:
        for pattern, check in _patterns(facts):
            found = re.match(pattern, rest)
            if (
                found
                and found.end()
                and (found.end() == len(rest) or rest[found.end() - 1] in ".)" or check is _kpi)
            ):
                if not check(facts, found):
                    yield f"false: {found[0]}"
                elif check.__module__ == __name__:  # the others hold texts of the case
                    yield from unmarked(facts, found[0])
                rest = rest[found.end() :].lstrip()
                break
        else:
            yield f"not checked: {rest}"
            return


def _is_of_the_case(facts: Facts, block: str) -> bool:
    """Return whether a line is nothing but texts of the case's heading, with the words that introduce them."""
    heading = facts.results["inputs"]["case"]
    own = [
        value
        for name, value in heading.items()
        if isinstance(value, str) and name not in ("currency", "not_priced")
    ]
    own += [value[:end] + "…" for value in own for end in range(30, len(value))]  # as the page cuts them
    return (
        block.startswith(("Board paper", "Business case", "Author", "For the ", "Sponsor: ")) and not re.search(AMOUNT, block)
    ) or not re.sub("|".join(map(re.escape, sorted([*own, "Author", "Sponsor:", "Board paper"], key=len, reverse=True))), "", block).strip()  # fmt: skip


def _patterns(facts: Facts) -> list[tuple[str, Check]]:
    name = f"({facts.name})"
    names = rf"((?:{facts.name}(?:, | and )?)+(?:\d+ more options)?)"
    some = rf"((?:{facts.name}(?: \(not eligible\))?(?:, | and )?)+(?:\d+ more options)?)"
    lowest = r"(the lowest|the lowest of the eligible options)"
    return [
        (r"No option meets every requirement: nothing is recommended$", lambda f, _: not f.meeting()),
        (rf"Too close to call: {names} are level in full economic cost$", _level),
        (rf"Too close to call: {name} is {S} below {name} in full economic cost(?:, but (.+))?$", _narrow),
        (rf"Too close to call: {name} is level with {name} in full economic cost(?:, but (.+))?$", lambda f, m: _is_close(f) and f.keys(m[1]) + f.keys(m[2]) == [f.best, f.runner_up] and (f.lead or 0.0) < 0.005),
        (
            rf"(Recommended|Open|Untested): {name},? {S} below the next( eligible option)? in full economic cost"
            rf"(?:, but (.+?))?(?:, though {A} more in cash than {name})?$",
            _headline,
        ),
        (rf"Recommended: {name}, the only option that meets every requirement$", lambda f, m: f.meeting() == f.keys(m[1])),
        (rf"Over (.+?) from (\w+ \d+), the total cost of {name} is {A}, nominal and before risk: (.+?)\.$", _costs),
        (rf"(?:No option meets|{names} do(?:es)? not meet) “.*The costs below are shown for information\.$", _missed),
        (rf"The highest total cost is that of {some}, {A}; engineers account for {S} of it(?: at {name})?(?:, against {S} for {name})?\.", _highest),
        (rf"Every option has this total cost, to the figures shown; engineers account for {S} of it\.", _all_alike),
        (rf"For {name}, total cost is {N} times the first estimate of {A}, which takes hardware at {S} utilisation and little else\.", _first_estimate),
        (
            rf"(?:With (.+?), discounted|Discounted), its full economic cost is {A}"
            rf"(?:; that of the next(?: eligible option)?, {names}, is {A}|, as is that of {name} to the figures shown|(; no other option is eligible))?\.",
            _full_cost,
        ),
        (rf"In cash it costs {A} more than {name}; what decides is (.+?)\.(?= |$)", _cash),
        (rf"Splitting the workloads between {names} costs {A} less in full economic cost, but is no option of this paper yet\.", _splitting),
        (rf"It stays the cheapest eligible option in {S} of (?:{N} simulated futures|all combinations of the risks, by their chance)(?:, {name} in {S})?: the answer is (.+?)(?: \((.+)\))?\.(?= |$)", _holds),
        (rf"([A-Z][a-z ,]+?) (?:is|are) not quantified for {name}: nothing is added there, which does not make it zero\.", _unquantified),
        *_requests(name, names, lowest),
        *_kpis(name),
        *_changes(name, names),
        *plan_patterns(name, some),
    ]  # fmt: skip


def _requests(name: str, names: str, lowest: str) -> list[tuple[str, Check]]:
    return [
        (r"Decide (?:(?:by|before) .+|now) which requirement may be relaxed, or ask for an option that meets them all\.$", lambda f, _: not f.meeting()),
        (r"Approve no spending on the figures below: they are for information\.$", lambda f, _: not f.meeting()),
        (rf"Approve (by|before|now)(?: (.+?))? {A} for {name} over (.+?): nominal total cost of {A}, (?:(no contingency is added)|plus {A} contingency|contingency not quantified)(?:, enough in {S} of (?:simulated futures|all combinations of the risks))?\.", _approve),
        (rf"This exempts {names} from (“.+?(?:”| more must-haves)) until go-live, for (?:under )?{N} months?\.", _exempts),
        (rf"Keep {names} in service until go-live, planned (?:under )?{N} months? after the start\.", _keep),
        (rf"Accept an expected cost of leaving of {A}, nominal; it is not part of the amount\.", lambda f, m: _is_leaving(f, m[1], 1)),
        (rf"Note that leaving {name} is expected to bring {A}, nominal; it is not part of the amount\.", lambda f, m: _is_leaving(f, m[2], -1)),
        (rf"Note that leaving {name} is expected to cost nothing: have that estimate checked\.", lambda f, _: abs(f.cost(f.best or "", "expected_exit")) < 1),
        (rf"Ask for an estimate of what leaving {name} would cost: there is none\.", lambda f, _: f.results["options"][f.best]["expected_exit"] is None),
        (rf"Choose (?:(?:by|before) .+?|now) between {names} on fit and terms: (?:their full economic costs are level at {A}|the lead of {name} in full economic cost, {S}, does not decide|{name} has no lead in full economic cost)\.", _choose),
        (r"Have binding offers made for (?:both|each of them) before anything is signed\.", lambda f, _: _is_close(f)),
        (rf"Provide for up to {A} over (.+?), the highest of their total costs, (contingency included|nominal)\.", _provide),
        (rf"Look again with (.+?) ((?:above|below|at) .+?), and change course ((?:above|below|at) .+?)(?: \({V} tokens a month at the start, not {V}\)|( \(prices of the start, not of a later month\)))?: the full economic cost of {name} is then {lowest}\.(?: Measured so far: (.+?)\.(?= |$))?", _look_again),
        (rf"With what the months so far have measured, its total cost comes to {A}, not {A}(?:, and {name} would be recommended)?\.", _measured),
        (r"Look again(?: when a price in appendix B changes, and)? at the latest in (\w+ \d+)\.", lambda f, m: m[1] == f.month_after(12)),
    ]  # fmt: skip


def _kpis(name: str) -> list[tuple[str, Check]]:
    return [
        (rf"(?:{AMOUNT}|{SHARE})$", _kpi),
        (rf"{N}$", lambda f, m: f.runner_up is None and abs(f.number(m[1])[0] - f.cost(f.best or "", "cost_per_m_tokens")) <= f.number(m[1])[1] * 1.001),
        (rf"Nominal total cost of {name} over (.+?), before risk$", lambda f, m: m[2] == f.horizon and bool(f.meeting())),
        (rf"Nominal total cost of {name}, before risk: not eligible$", lambda f, _: not f.meeting()),
        (r"Its full economic cost, the lowest of all options: not eligible$", lambda f, _: not f.meeting()),
        (r"Full economic cost: discounted, (?:with (.+)|nothing else is quantified)$", lambda f, m: len(re.split(", | and ", m[1] or "")) == max(len(f.added(f.best or "")), 1)),
        (rf"Lead in full economic cost over {name}$", lambda f, m: f.keys(m[1]) == [f.runner_up]),
        (rf"of (?:simulated futures|all combinations of risks, by chance,) in which {name} stays the cheapest( eligible option)?$", lambda f, m: f.keys(m[1]) == [f.best] and bool(m[2]) == (not f.all_eligible)),
        (r"At once$", lambda f, _: f.serves_at_once(f.best or "")),
        (rf"(under )?{N} months?$", lambda f, m: f.served_from(f.best or "") > 0 and (f.served_from(f.best or "") < 0.05 if m[1] else f.near(m[2], f.served_from(f.best or "")))),
        (rf"{name}: in service from the start$", lambda f, m: f.keys(m[1]) == [f.best]),
        (r"Nominal total cost over (.+?)(, with expected risk|; risk not quantified)$", lambda f, m: m[1] == f.horizon and ("with" in m[2]) == bool(f.results["risks"])),
        (r"[A-Z]{3} per M tokens, nominal, before risk$", lambda f, _: f.runner_up is None),
    ]  # fmt: skip


def _changes(name: str, names: str) -> list[tuple[str, Check]]:
    return [
        (rf"Without “(.+?)”, {name} would be recommended: its full economic cost is {A} less\.$", _waived),
        (rf"Almost anything: between {names} a small change of any cost decides\.$", lambda f, _: _is_close(f) and (f.lead or 0.0) < 0.05),
        (r"An option that meets every must-have, or a must-have that may be relaxed\.$", lambda f, _: not f.meeting()),
        (r"No assumption has a range, so none was tested\.$", lambda f, _: not f.has_ranges),
        (r"(?:None of the (\w+) ranges tested, each by itself, changes the advice|The one range tested does not change the advice)\.$", lambda f, _: not any(one["within"] for one in f.results["switching_values"])),
        (r"Before risk, (the one|neither of the two|none of the (\w+)) price scenarios? (?:does not change|changes) which (eligible )?option costs least\.$", _no_scenario),
        (r"Prices: before risk, (.+)\.$", _prices),
        (rf"(.+?)(?: \({name}\))?: the usual figure (adds|saves) {A}, and {name} costs less\.$", _finding),
        (rf"(.+?) ((?:above|below|at|near) [^a-z]?.*?)(?: \(assumed: (.+?)\))?(?: \({V} tokens a month at the start, not {V}\))?: then {name}\.$", lambda f, m: is_switch(f, m[2], m[6], m[4], within=True)),
        (rf"(.+): {name} would then cost least(?: of the eligible options)?, before risk\.$", lambda f, m: says_of_whom(f, m[0]) and m[1] in price_scenarios_that_change(f)),
    ]  # fmt: skip


def _missed(facts: Facts, m: re.Match[str]) -> bool:
    """Return whether each must-have that any option misses is named with all that miss it, the last of many by their number."""
    missed = {rule: {k for k, meets in met.items() if not meets} for rule, met in facts.musts.items()}
    missed = {rule: keys for rule, keys in missed.items() if keys}
    for rule, keys in list(missed.items()):
        found = re.search(rf"(?:([Nn]o option meets)|(\S.*?) do(?:es)? not meet) “{re.escape(rule)}”", m[0])
        if found is None:
            continue
        listed = (found[2] or "").rpartition("”")[2]
        more = re.search(r"(\d+) more options", listed)
        named = set(facts.results["options"]) if found[1] else set(facts.keys(listed))
        if not named <= keys or len(keys) != len(named) + (int(more[1]) if more else 0):
            return False
        del missed[rule]
    rest = re.search(r"(\w+) more must-haves are missed too", m[0])
    return not facts.meeting() and len(missed) == (WORDS.index(rest[1]) if rest else 0)


def _is_close(facts: Facts) -> bool:
    return facts.results["verdict"] == "too close to call"


def _level(facts: Facts, m: re.Match[str]) -> bool:
    keys = facts.keys(m[1])
    spread = max(facts.cost(k) for k in keys) - min(facts.cost(k) for k in keys)
    return (
        _is_close(facts)
        and {facts.best, facts.runner_up} <= set(keys)
        and spread <= 0.005 * abs(facts.cost(keys[0]))
    )


def _narrow(facts: Facts, m: re.Match[str]) -> bool:
    pair = [facts.names[m[1]], facts.names[m[3]]]
    return _is_close(facts) and pair == [facts.best, facts.runner_up] and facts.is_share(m[2], facts.lead)


def _headline(facts: Facts, m: re.Match[str]) -> bool:
    words = {"Recommended": ("robust", "leaning"), "Open": ("open",), "Untested": ("untested",)}
    rival = facts.cheaper_in_cash
    cash = m[6] is None and rival is None
    if rival is not None and m[6] is not None:
        saving = facts.cost(facts.best or "", "tco") - facts.cost(rival, "tco")
        cash = facts.names[m[7]] == rival and facts.is_amount(m[6], saving)
    named = facts.names[m[2]] == facts.best and facts.results["verdict"] in words[m[1]]
    return named and facts.is_share(m[3], facts.lead) and bool(m[4]) == (not facts.all_eligible) and cash


def _costs(facts: Facts, m: re.Match[str]) -> bool:
    best, claims = facts.names[m[3]], m[5]
    holds = (
        m[1] == facts.horizon
        and m[2] == facts.month
        and best == facts.best
        and facts.is_amount(m[4], facts.cost(best, "tco"))
    )
    others = {key: cost for key, cost in facts.of_all("tco").items() if key != best}
    own, costs = facts.cost(best, "tco"), others.values()
    ends = re.fullmatch(r"(.+), the lowest of the others, and (.+), the highest", claims)
    if ends:
        return (
            holds
            and _all_compared(facts, ends[1], own, others, min(costs))
            and _all_compared(facts, ends[2], own, others, max(costs))
        )
    if claims.endswith("each of the others"):
        return holds and all(_is_compared(facts, claims, own - cost) for cost in costs)
    parts = re.findall(
        rf"((?:as much as|{AMOUNT} (?:less|more) than) ({facts.name})(?: \(which fails a must-have\))?)",
        claims,
    )
    named = {facts.names[name]: words for words, name in parts}
    return (
        holds
        and named.keys() == others.keys()
        and all(
            _is_compared(facts, words, own - others[key])
            and ("fails a must-have" in words) == (key not in facts.meeting())
            for key, words in named.items()
        )
    )


def _is_compared(facts: Facts, words: str, gap: float) -> bool:
    """Return whether a comparison of two costs begins with their difference."""
    found = re.match(rf"(?:(as much as)|{A} (less|more) than) ", words)
    if found is None:
        return False
    if found[1]:
        return abs(gap) < facts.least * 1.01
    return facts.is_amount(found[2], abs(gap)) and (gap < 0) == (found[3] == "less")


def _all_compared(facts: Facts, words: str, own: float, costs: dict[str, float], end: float) -> bool:
    """Return whether a comparison names the options at one end of the costs, all that are level there or their number."""
    level = {key for key, cost in costs.items() if abs(cost - end) <= 0.001 * abs(end)}
    listed = re.sub(r"^(?:as much as|.+? (?:less|more) than) ", "", words)
    named, more = set(facts.keys(listed)), re.search(r"(\d+) more options", listed)
    marked = {
        facts.names[name] for name in re.findall(rf"({facts.name}) \(which fails a must-have\)", listed)
    }
    some = bool(named) and any(abs(costs[key] - end) <= 1e-9 * abs(end) for key in level & named or level)
    counted = len(named) + (int(more[1]) if more else 0) <= len(level)
    return (
        some
        and named <= level
        and counted
        and marked == named - set(facts.meeting())
        and _is_compared(facts, words, own - end)
    )


def _engineers(facts: Facts, key: str) -> float:
    years = facts.results["options"][key]["budget"]["fiscal_years"]
    return float(sum(year["own_staff"] for year in years) / facts.cost(key, "tco"))


def _highest(facts: Facts, m: re.Match[str]) -> bool:
    costs, listed = facts.of_all("tco"), facts.keys(m[1])
    holds = facts.is_amount(m[2], max(costs.values())) and facts.are_all_level(m[1], m[2], costs)
    of_whom = [facts.names[m[4]]] if m[4] else listed
    holds &= all(facts.is_share(m[3], _engineers(facts, key)) for key in of_whom)
    return holds and (
        not m[6]
        or (facts.names[m[6]] == facts.best and facts.is_share(m[5], _engineers(facts, facts.best or "")))
    )


def _all_alike(facts: Facts, m: re.Match[str]) -> bool:
    costs = [facts.cost(key, "tco") for key in facts.results["options"]]
    return max(costs) - min(costs) <= 0.01 * abs(max(costs)) and facts.is_share(
        m[1], _engineers(facts, facts.best or "")
    )


def _first_estimate(facts: Facts, m: re.Match[str]) -> bool:
    bridge, key = facts.results["bridge"], facts.names[m[1]]
    first = next(step["cost"] for step in bridge["steps"] if step["cost"] is not None)
    times, half = facts.number(m[2])
    return (
        bridge["option"] == key
        and facts.is_amount(m[3], first)
        and abs(facts.cost(key, "tco") / first - times) <= half * 1.001
    )


def _full_cost(facts: Facts, m: re.Match[str]) -> bool:
    best = facts.best or ""
    listed = re.split(", | and ", m[1]) if m[1] else []
    holds = listed == facts.added(best) and facts.is_amount(m[2], facts.cost(best))
    if m[3]:
        holds &= (
            says_of_whom(facts, m[0])
            and facts.are_all_level(
                m[3], m[4], {key: facts.cost(key) for key in facts.meeting() if key != best}
            )
            and facts.is_amount(m[4], facts.cost(facts.runner_up or ""))
        )
    if m[5]:
        holds &= facts.names[m[5]] == facts.runner_up and facts.is_amount(
            m[2], facts.cost(facts.runner_up or "")
        )
    return holds and (not m[6] or facts.meeting() == [best])


def _cash(facts: Facts, m: re.Match[str]) -> bool:
    rival, best = facts.names[m[2]], facts.best or ""
    saving = facts.cost(best, "tco") - facts.cost(rival, "tco")
    parts = {
        "expected risk": "expected_risk_core",
        "displaced projects": "opportunity_pv",
        "the expected cost of leaving": "expected_exit_pv",
    }
    excess = {words: facts.cost(rival, part) - facts.cost(best, part) for words, part in parts.items()}
    excess["paying earlier"] = facts.cost(rival, "pv") - facts.cost(best, "pv") + saving
    cause = rf"({'|'.join(excess)})(?:: | \(){A} more for ({facts.name})(?:(, not quantified) for ({facts.name}))?\)?"
    causes = re.findall(cause, m[3])
    named = [words for words, *_ in causes]
    holds = re.sub(cause, "", m[3]).strip(", ") in ("", "and")
    holds &= rival == facts.cheaper_in_cash and facts.is_amount(m[1], saving)
    for words, amount, who, unknown, whose in causes:
        open_part = words in parts and facts.results["options"][best][parts[words]] is None
        holds &= facts.is_amount(amount, excess[words]) and facts.names[who] == rival
        holds &= open_part == bool(unknown) and (not unknown or facts.names[whose] == best)
    largest = sorted(excess, key=lambda words: -excess[words])[: len(named)]
    enough = sum(excess[words] for words in named) >= saving * (1 - 1e-9)
    none_too_many = sum(sorted((excess[words] for words in named), reverse=True)[:-1]) <= saving
    return holds and set(named) == set(largest) and enough and none_too_many


def _splitting(facts: Facts, m: re.Match[str]) -> bool:
    split = facts.results["best_split"]["best"]
    saved = facts.cost(facts.best or "") - split["full_cost"]
    stated = [set(one.get("routes", {}).items()) for one in facts.results["inputs"]["options"].values()]
    carriers, routes = set(facts.keys(m[1])), set(split["routes"].items())
    return (
        carriers == set(split["routes"].values())
        and facts.is_amount(m[2], saved)
        and routes not in stated
        and saved > 0
    )


def _holds(facts: Facts, m: re.Match[str]) -> bool:
    simulation, verdict, reason = facts.results["simulation"], facts.results["verdict"], m[6] or ""
    within = sum(one["within"] for one in facts.results["switching_values"])
    holds = m[5] == verdict and facts.is_share(m[1], simulation["holds"]) and _oftener(facts, m[3], m[4])
    holds &= m[2] is None or facts.number(m[2])[0] == simulation["draws"]
    claims = {
        "at least 15": facts.lead >= 0.15, "no single assumption": not within, "lead is below 15": facts.lead < 0.15, "lead is below 5": facts.lead < 0.05,
        "fewer than 80%": simulation["holds"] < 0.8, "fewer than 60%": simulation["holds"] < 0.6, "one assumption, within": within == 1,
        "assumptions, each within its range, change it": any(f"{WORDS[within] if within < 13 else within} assumptions" in reason for _ in [0]),
        "no assumption has a range": verdict == "untested", "not quantified": verdict == "open",
    }  # fmt: skip
    said = [true for words, true in claims.items() if words in reason]
    return holds and bool(said or not reason or "first" in reason or "least" in reason) and all(said)


def _oftener(facts: Facts, name: str | None, share: str | None) -> bool:
    """Return whether the option that is the cheapest most often is named with its share, where it is another one."""
    simulated = facts.results["simulation"]
    shares = {key: simulated["options"][key]["cheapest"] or 0.0 for key in facts.meeting()}
    most = max(shares, key=lambda key: shares[key])
    if name is None or share is None:
        return shares[most] - simulated["holds"] < 0.011
    return (
        facts.keys(name) == [most]
        and facts.is_share(share, shares[most])
        and shares[most] > simulated["holds"]
    )


def _unquantified(facts: Facts, m: re.Match[str]) -> bool:
    option = facts.results["options"][facts.names[m[2]]]
    parts = {
        "risk": "expected_risk_core",
        "displaced projects": "opportunity_pv",
        "the cost of leaving": "expected_exit_pv",
    }
    listed = {part.lower() for part in re.split(", | and ", m[1])}
    return listed == {words for words, part in parts.items() if option[part] is None}


def _approve(facts: Facts, m: re.Match[str]) -> bool:
    best, by = facts.best or "", facts.results["inputs"]["case"]["decide_by"]
    contingency = facts.results["options"][best]["contingency"]
    begun = (
        str(facts.results["inputs"]["case"]["date"])[:7]
        >= str(facts.results["inputs"]["finance"]["start"])[:7]
    )
    dated = (
        is_day(m[2] or "", by)
        if by
        else (m[1], m[2]) == (("now", None) if begun else ("before", facts.month))
    )
    amount = facts.is_amount(m[3], facts.cost(best, "tco") + (contingency or 0.0)) and facts.is_amount(
        m[6], facts.cost(best, "tco")
    )
    if m[8]:
        reserve = contingency is not None and contingency >= 0 and facts.is_amount(m[8], contingency)
    else:
        reserve = (
            abs(contingency) <= 0.005 * facts.cost(best, "tco")
            if m[7] and contingency is not None
            else contingency is None
        )
    enough = facts.results["options"][best]["enough"]
    enough_holds = (m[9] is None) == (enough is None or contingency is None) and (
        m[9] is None or facts.is_share(m[9], enough)
    )
    return (
        not _is_close(facts)
        and facts.names[m[4]] == best
        and m[5] == facts.horizon
        and dated
        and amount
        and reserve
        and enough_holds
    )


def _exempts(facts: Facts, m: re.Match[str]) -> bool:
    rules = re.findall("“(.+?)”", m[2])
    more = re.search(r"(\d+) more must-haves", m[2])
    missed = sum(not all(met[key] for key in facts.keys(m[1])) for met in facts.musts.values())
    named = all(not all(facts.musts[rule][key] for key in facts.keys(m[1])) for rule in rules)
    return named and (not more or len(rules) + int(more[1]) <= missed)


def _keep(facts: Facts, m: re.Match[str]) -> bool:
    leaning = facts.leaning(facts.best or "")
    planned = max((facts.cost(part, "go_live") for part in leaning), default=0.0)
    apis = {facts.results["inputs"]["options"][part]["until_live"] for part in leaning}
    is_months = facts.near(m[2], planned) or ("under" in m[0] and 0 < planned < facts.number(m[2])[0])
    return is_months and set(facts.keys(m[1])) == apis


def _is_leaving(facts: Facts, amount: str, sign: int) -> bool:
    cost, tco = facts.cost(facts.best or "", "expected_exit"), facts.cost(facts.best or "", "tco")
    return facts.is_amount(amount, sign * cost) and abs(cost) >= 0.05 * abs(tco) and cost * sign > 0


def _choose(facts: Facts, m: re.Match[str]) -> bool:
    listed = facts.keys(m[1])
    if m[2]:
        return _is_close(facts) and all(facts.is_amount(m[2], facts.cost(key)) for key in listed)
    led = facts.is_share(m[4], facts.lead) if m[4] else (facts.lead or 0.0) < 0.005
    ahead = facts.names[m[3] or m[5]] == facts.best
    return _is_close(facts) and listed[:2] == [facts.best, facts.runner_up] and ahead and led


def _provide(facts: Facts, m: re.Match[str]) -> bool:
    close = [
        key
        for key in facts.meeting()
        if facts.cost(key) > 0 and 1 - facts.cost(facts.best or "") / facts.cost(key) < 0.05
    ]
    most = max(
        facts.cost(key, "tco") + facts.cost(key, "contingency")
        for key in {*close, *facts.first_otherwise, facts.best or "", facts.runner_up or ""}
    )
    return facts.is_amount(m[1], most) and m[2] == facts.horizon


def _look_again(facts: Facts, m: re.Match[str]) -> bool:
    scope = (m[8] == "the lowest") == facts.all_eligible
    return (
        scope
        and (not m[6] or facts.has_drift)
        and is_switch(facts, m[3], m[7], m[4], within=False)
        and is_watched(facts, m[2], m[3], m[7])
        and (not m[9] or is_measured(facts, m[3], m[7], m[9]))
    )


def _measured(facts: Facts, m: re.Match[str]) -> bool:
    actual = facts.results["actual"]
    then = actual["recommended_forecast"]
    turned = then is not None and then != actual["recommended_plan"]
    holds = facts.is_amount(m[1], actual["options"][facts.best]["tco_forecast"]) and facts.is_amount(
        m[2], facts.cost(facts.best or "", "tco")
    )
    return holds and (facts.names[m[3]] == then if m[3] else not turned)


def _kpi(facts: Facts, m: re.Match[str]) -> bool:
    key = facts.best or facts.lowest(list(facts.results["options"])) or ""
    simulation = facts.results["simulation"]
    if m[0].rstrip().endswith("%"):
        return facts.is_share(m[0], facts.lead) or bool(
            simulation and facts.is_share(m[0], simulation["holds"])
        )
    return any(facts.is_amount(m[0], facts.cost(key, name)) for name in ("tco", "full_cost"))


def _waived(facts: Facts, m: re.Match[str]) -> bool:
    winner = facts.lowest(facts.meeting(m[1]))
    saved = facts.cost(facts.best or "") - facts.cost(winner or "")
    return m[1] in facts.musts and facts.names[m[2]] == winner and facts.is_amount(m[3], saved) and saved > 0


def _no_scenario(facts: Facts, m: re.Match[str]) -> bool:
    count = {"the one": 1, "neither of the two": 2}.get(m[1], WORDS.index(m[2]) if m[2] in WORDS else 0)
    whom = bool(m[3]) == (not facts.all_eligible)
    return whom and count == len(facts.results["price_scenarios"]) and not price_scenarios_that_change(facts)


def _prices(facts: Facts, m: re.Match[str]) -> bool:
    changing = price_scenarios_that_change(facts)
    least = rf"({facts.name}) costs least(?: of the eligible options)? if "
    said = re.findall(rf"{least}(.+?)(?= and {least}|$)", m[1])
    return (
        bool(said)
        and says_of_whom(facts, m[0])
        and all(
            changing.get(words[:1].upper() + words[1:], changing.get(words)) == facts.names[who]
            for who, words, _ in said
        )
    )


def _finding(facts: Facts, m: re.Match[str]) -> bool:
    for one in facts.results["findings"]:
        if one["title"] != m[1] or one["cost"] is None or (m[2] and facts.names[m[2]] != one["option"]):
            continue
        after = _costs_if(facts, one)
        first = min(after, key=lambda key: after[key])
        if (
            facts.is_amount(m[4], abs(one["cost"]))
            and first == facts.names[m[5]] != facts.best
            and (one["cost"] > 0) == (m[3] == "adds")
        ):
            return True
    return False


def _costs_if(facts: Facts, finding: Results) -> dict[str, float]:
    """Return full cost where the usual figure holds for every option of which the same is found."""
    costs = {key: facts.cost(key) for key in facts.meeting()}
    if finding["kind"] == "percentile":
        simulated = facts.results["simulation"]["options"]
        return {key: simulated[key]["full_cost"]["p50"] for key in costs}
    path = finding["path"] or ""
    for risk in facts.results["risks"]:
        if f'"{risk["name"]}"' in finding["title"] and path.startswith("risks."):
            sign = 1 if risk["probability"] == 0 else -1
            return {key: cost + sign * risk["impact_core"][key] for key, cost in costs.items()}
    for one in facts.results["findings"]:
        alike = (one["kind"], (one["path"] or "").split(".")[-1]) == (finding["kind"], path.split(".")[-1])
        if alike and one["option"] and not (one["path"] or "").startswith("risks."):
            mixes = [
                k
                for k in costs
                if one["option"] in facts.results["inputs"]["options"][k].get("routes", {}).values()
            ]
            costs = {
                k: v + (one["cost"] or 0.0) * (k == one["option"]) for k, v in costs.items() if k not in mixes
            }
    return costs


def _table_faults(facts: Facts, lines: list[str]) -> list[str]:
    """Check the rows of amounts and of months of the overview, whichever way it is set."""
    fields = {
        "Total cost, nominal, before risk": "tco", "Total cost, nominal": "tco", "Present value of it": "pv", "Present value": "pv", "Expected risk, discounted": "expected_risk_core",
        "Expected risk": "expected_risk_core", "Displaced projects, discounted": "opportunity_pv", "Displaced projects": "opportunity_pv",
        "Expected cost of leaving, discounted": "expected_exit_pv", "Expected exit": "expected_exit_pv", "Full economic cost": "full_cost",
        "Months from start to go-live": "go_live", NINE_IN_TEN: NINE_IN_TEN, "Total cost not exceeded in 9 of 10 combinations of the risks, by their chance": NINE_IN_TEN,
    }  # fmt: skip
    scale = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "lakh": 1e5, "crore": 1e7}.get(
        lines[0].split(",")[0][4:], 1.0
    )
    keys = [facts.names[line] for line in lines if line in facts.names]
    columns = [fields[line] for line in lines if line in fields]
    cells: list[tuple[str, str, str]] = []
    if lines[1] in facts.names:
        for at, line in enumerate(lines):
            if line in fields:
                cells += zip(keys, [fields[line]] * len(keys), lines[at + 1 :], strict=False)
    else:
        for at, line in enumerate(lines):
            if line in facts.names:
                cells += zip([facts.names[line]] * len(columns), columns, lines[at + 1 :], strict=False)
    return [
        f"false: {field} of {key} is not {cell}"
        for key, field, cell in cells
        if not _is_cell(facts, key, field, cell, scale)
    ]


def _is_cell(facts: Facts, key: str, field: str, cell: str, scale: float) -> bool:
    if field == "go_live":
        if cell == "in service" or facts.serves_at_once(key):
            return cell == "in service" and facts.serves_at_once(key)
        return facts.near(cell, facts.served_from(key))
    value = (
        facts.results["simulation"]["options"][key]["tco"]["p90"]
        if field == NINE_IN_TEN
        else facts.results["options"][key][field]
    )
    if cell == "not quantified" or value is None:
        return cell == "not quantified" and value is None
    if cell == "–":
        return abs(value) < 0.005
    shown, half = facts.number(cell)
    return bool(abs(shown * scale - value) <= half * scale * 1.0001 + 1e-9)
