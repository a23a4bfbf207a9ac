"""What the results file says of the largest risks, of spending by year, of the estimate and of what follows, for the checker of claims."""

import re
from datetime import date

from tests.report.claims.facts import AMOUNT, DIGITS, SHARE, Check, Facts

A, S, N = f"({AMOUNT})", f"({SHARE})", f"({DIGITS})"
MOST = 2


def patterns(name: str, some: str) -> list[tuple[str, Check]]:
    """List the patterns of these sentences, each with its check."""
    return [
        (r"What it is for: .+$", _purpose),
        (rf"(.+) \({S} likely\): adds {A} to {some}\. (What is done about it is not stated|Response: (.+?))(?:\.|(?<=…))$", _risk),
        (r"No risks are quantified, so nothing is provided for any\.$", lambda f, _: not f.results["risks"]),
        (rf"No named risk adds cost to {some}\.$", lambda f, m: are_concerned(f, m[1]) and not largest(f)),
        (rf"No other named risk adds cost to {some}\.$", lambda f, m: are_concerned(f, m[1]) and len(largest(f)) == 1),
        (rf"When it is spent \({name}, by fiscal year\): (.+?)\. It is (?:{A} capital; )?{A} operating, of which {A} own staff(?:; less {A} from machines sold at the end)?; (no|{DIGITS}) new hires?\.$", _spending),
        (r"How rough it is: class (\d) of 5, where 1 is definitive and 5 rough; (none|\d+) of (\d+) stated assumptions names? a source\.(?= |$)", _rough),
        (rf"{S} of (?:simulated futures|combinations of the risks, by their chance,) cost no more than this plan; half cost {A} or more\.$", _low_plan),
        (rf"The strategic fit speaks for {some}: {N} of 5, against {N} for {name}\.$", _fit),
        (r"Not priced: (.+)$", _not_priced),
        (r"(.+): (.+)$", _next_step),
    ]  # fmt: skip


def is_day(text: str, iso: str) -> bool:
    """Return whether a text is a day, written the British or the American way."""
    day = date.fromisoformat(iso)
    return text in (f"{day.day} {day:%B} {day.year}", f"{day:%B} {day.day}, {day.year}")


def concerned(facts: Facts) -> list[str]:
    """List the options whose risks the page names: the recommended one, or all that are level with it."""
    best = facts.best or facts.lowest(list(facts.results["options"])) or ""
    if facts.results["verdict"] != "too close to call" or facts.runner_up is None:
        return [best]
    close = [key for key in facts.meeting() if 0 < facts.cost(key) < facts.cost(best) / 0.95]
    return list({best: 0, facts.runner_up: 0} | dict.fromkeys(close))


def are_concerned(facts: Facts, listed: str) -> bool:
    """Return whether a list names the options concerned, or the first of them and the number of the others."""
    named, more = facts.keys(listed), re.search(r"(\d+) more options", listed)
    return set(named) <= set(concerned(facts)) and len(named) + int(more[1] if more else 0) == len(
        concerned(facts)
    )


def largest(facts: Facts) -> list[tuple[str, str]]:
    """List the risks that add most to an option concerned, with that option: the two largest expected costs."""
    found = []
    for risk in facts.results["risks"]:
        costs = {key: risk["probability"] * risk["impact"][key] for key in concerned(facts)}
        key = max(costs, key=lambda key: costs[key])
        if costs[key] > 1e-9 * max(abs(facts.cost(key, "tco")), 1):
            found.append((costs[key], risk["name"], key))
    return [(name, key) for _, name, key in sorted(found, key=lambda one: -one[0])[:MOST]]


def _purpose(facts: Facts, m: re.Match[str]) -> bool:
    heading, text = facts.results["inputs"]["case"], m[0]
    today = [key for key, option in facts.results["inputs"]["options"].items() if option["today"]]
    said = re.search(rf"Today ((?:{facts.name}(?:, | and )?)+) serves? the work\.", text)
    same = (set(facts.keys(said[1])) if said else set()) == set(today)
    starts = {"purpose": "What it is for: ", "if_not": "If the answer is no: "}
    return same and all(
        not heading[part] or says(text.partition(start)[2], heading[part]) for part, start in starts.items()
    )


def says(text: str, stated: str) -> bool:
    """Return whether a text begins with one that the case states, whole or cut at a word and ended with "…"."""
    said, cut, _ = text.partition("…")
    return text.startswith(stated) or bool(cut and said and stated.startswith(said))


def _risk(facts: Facts, m: re.Match[str]) -> bool:
    risk = next((one for one in facts.results["risks"] if one["name"] == m[1]), None)
    stated = next((one for one in facts.results["inputs"]["risks"] if one["name"] == m[1]), None)
    keys = facts.keys(m[4])
    if risk is None or stated is None or not {(m[1], key) for key in keys} & set(largest(facts)):
        return False
    said = (m[6] or "").partition("…")[0].rpartition(" (")[0] or (m[6] or "").partition("…")[0]
    response = (stated["response"] or "").strip()
    impacts = {key: risk["impact"][key] for key in concerned(facts)}
    holds = facts.is_share(m[2], risk["probability"]) and facts.are_all_level(m[4], m[3], impacts)
    return holds and (not response if m[6] is None else bool(response) and response.startswith(said[:100]))


def _spending(facts: Facts, m: re.Match[str]) -> bool:
    key = facts.names[m[1]]
    years = facts.results["options"][key]["budget"]["fiscal_years"]
    said = re.findall(rf"{A} in (\d{{4}})(?: \((\d+) months?\))?", m[2])
    cash = [year["capital"] + year["operating"] + year["residual"] for year in years]
    lengths = [year["last_month"] - year["first_month"] + 1 for year in years]
    holds = len(said) == len(years) and key == concerned(facts)[0]
    for (amount, year, months), of, length, value in zip(said, years, lengths, cash, strict=False):
        holds &= facts.is_amount(amount, value) and int(year) == of["year"] and int(months or 12) == length
    sums = {
        name: sum(year[name] for year in years) for name in ("capital", "operating", "own_staff", "residual")
    }
    holds &= facts.is_amount(m[4], sums["operating"]) and facts.is_amount(m[5], sums["own_staff"])
    holds &= facts.is_amount(m[3], sums["capital"]) if m[3] else abs(sums["capital"]) < facts.least
    holds &= facts.is_amount(m[6], -sums["residual"]) if m[6] else abs(sums["residual"]) < facts.least
    options = facts.results["inputs"]["options"]
    parts = {key, *options[key].get("routes", {}).values()} if options[key]["kind"] == "mix" else {key}
    hires = sum((options[part].get("hires") or {}).get("value", 0) for part in parts)
    return bool(holds and ((m[7] == "no" and not hires) or m[7] == f"{hires:.0f}"))


def _low_plan(facts: Facts, m: re.Match[str]) -> bool:
    own = facts.results["simulation"]["options"][facts.best]
    return (
        facts.is_share(m[1], own["point_percentile"])
        and facts.is_amount(m[2], own["tco"]["p50"])
        and own["point_percentile"] < 0.3
    )


def _rough(facts: Facts, m: re.Match[str]) -> bool:
    estimate, sourced = facts.results["estimate_class"], 0 if m[2] == "none" else int(m[2])
    same = abs(sourced / int(m[3]) - estimate["sourced"]) < 1e-9
    return int(m[1]) == estimate["number"] and same and f"{sourced} of {m[3]} stated" in estimate["sentence"]


def _fit(facts: Facts, m: re.Match[str]) -> bool:
    scores, firsts, best = facts.scores, facts.keys(m[1]), facts.names[m[4]]
    highest = max(scores[key] for key in facts.meeting())
    own = abs(facts.number(m[3])[0] - scores[best]) <= 0.0501
    near = all(abs(facts.number(m[2])[0] - scores[key]) <= 0.0501 for key in firsts)
    return (
        own and near and best == facts.best and set(firsts) <= set(facts.meeting()) and highest > scores[best]
    )


def _not_priced(facts: Facts, m: re.Match[str]) -> bool:
    stated = facts.results["inputs"]["case"]["not_priced"]
    return says(m[1], stated) if stated else m[1].startswith("the quality of the answers")


def _next_step(facts: Facts, m: re.Match[str]) -> bool:
    for one in facts.results["inputs"]["next_steps"]:
        rest = m[1].removeprefix(one["step"])
        dated = is_day(rest.removeprefix(", by "), one["by"]) if one["by"] else not rest
        if m[1].startswith(one["step"]) and dated and m[2] == (one["owner"] or "nobody is named"):
            return True
    return False
