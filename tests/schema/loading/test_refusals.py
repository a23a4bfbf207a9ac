"""The catalogue of refusals: a small mistake in the shipped case, and the one problem that it gives."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from reportgen.errors import InputError, Problem
from reportgen.schema.loading.load import load_case
from reportgen.schema.loading.suggestions import closest_match
from tests.agreement.cases import sampled
from tests.paths import CASES
from tests.schema.checks.test_prices import booked
from tests.schema.conftest import SHIPPED

Find = Callable[..., tuple[Problem, ...]]
Row = tuple[str, tuple[tuple[str, str], ...], str, str, tuple[str, ...]]
SMALL = CASES / "nothing_known.yaml"
RISK = "risks.performance_falls_short_and_needs_heavy_optimisation"
INPUT_PRICE = '    input_price: {value: 1.00, low: 0.60, high: 1.40, unit: per M tokens, source: "Article: $1-2 per M tokens"}\n'
TUNING = "- {assumption: options.self_hosted.tuning_months, add: 3}"
API_UNTIL_LIVE = "    until_live: api            # in use already; half a month to move to the new contract\n"
MET_BY = "{api: true, self_hosted: true, platform: true}"

# What is wrong, the edits, the path, a piece of the line that is shown, pieces of the sentence.
CATALOGUE: list[Row] = [
    # Numbers
    ("a number below its least", (("gpus_per_replica: 2", "gpus_per_replica: 0"),),
     "options.self_hosted.gpus_per_replica", "gpus_per_replica: 0",
     ("You wrote 0; it must be a whole number, 1 or more: the number of GPUs that serve one copy of the model.",)),
    ("a fraction of a whole number", (("gpus_per_replica: 2", "gpus_per_replica: 1.5"),),
     "options.self_hosted.gpus_per_replica", "gpus_per_replica: 1.5", ("You wrote 1.5", "a whole number")),
    ("a share as per cent", (("utilisation: {value: 0.35", "utilisation: {value: 35"),),
     "options.self_hosted.utilisation.value", "{value: 35,", ("between 0.000001 and 1", "35% is 0.35")),
    ("a share of 0 where something is used", (("utilisation: {value: 0.60, low: 0.45, ", "utilisation: {value: 0, "),),
     "options.platform.utilisation.value", "utilisation: {value: 0,", ("You wrote 0; it must be between 0.000001 and 1",)),
    ("a growth of -1", (("annual_growth: {value: 0.30, low: 0.0", "annual_growth: {value: 0.30, low: -1"),),
     "workload.annual_growth.low", "low: -1", ("low must be above -1",)),
    ("a low above the value", (('low: 0.20, high: 0.40, source: "Article: plan', 'low: 0.36, high: 0.40, source: "Article: plan'),),
     "options.self_hosted.utilisation.low", "low: 0.36", ("low is 0.36, above the value 0.35", "low <= value <= high")),
    ("a high below the value", (("high: 1.0, owner: Product", "high: 0.2, owner: Product"),),
     "workload.annual_growth.high", "high: 0.2", ("high is 0.2, below the value 0.3",)),
    ("a number in quotes", (("hours_per_month: 730", 'hours_per_month: "730"'),),
     "workload.hours_per_month", '"730"', ('You wrote "730", which is text', "without quotes")),
    ("a per cent sign", (("supporting_rate: {value: 0.25", "supporting_rate: {value: 25%"),),
     "options.self_hosted.supporting_rate.value", "25%", ("35% is 0.35",)),
    ("a truth value for a number", (("hours_per_month: 730", "hours_per_month: true"),),
     "workload.hours_per_month", "true", ("You wrote true; write a number.",)),
    ("not a number", (("hours_per_month: 730", "hours_per_month: .nan"),),
     "workload.hours_per_month", ".nan", ("not a number that can be calculated with",)),
    ("infinity", (("hours_per_month: 730", "hours_per_month: .inf"),),
     "workload.hours_per_month", ".inf", ("not a number that can be calculated with",)),
    ("a number of four hundred digits", (("hours_per_month: 730", "hours_per_month: 1" + "0" * 400),),
     "workload.hours_per_month", "1000", ("not a number that can be calculated with",)),
    ("a whole number of four hundred digits", (("  years: 3", "  years: 1" + "0" * 400),),
     "finance.years", "1000", ("You wrote inf", "a whole number")),
    ("a whole number too large for a decimal, in sixteens", (("  years: 3", "  years: -0x" + "F" * 400),),
     "finance.years", "0xFFF", ("You wrote -inf", "a whole number")),
    ("a number with nothing behind its colon", (("hours_per_month: 730", "hours_per_month:"),),
     "workload.hours_per_month", "hours_per_month:", ("Nothing is written here; write the hours",)),
    ("a list for a number", (("hours_per_month: 730", "hours_per_month: [730]"),),
     "workload.hours_per_month", "[730]", ("You wrote a list; write a number",)),
    ("a mapping without its value", (("cached_input_price: {value: 0.10}", "cached_input_price: {low: 0.10}"),),
     "options.api.cached_input_price", "{low: 0.10}", ("has no value", "`prices:`")),
    ("years beyond five", (("years: 3", "years: 6"),), "finance.years", "years: 6", ("between 1 and 5",)),
    ("draws of a half", (("baseline: api", "simulation: {draws: 0.5}"),),
     "simulation.draws", "0.5", ("write a whole number",)),
    ("a confidence of per cent", (("baseline: api", "simulation: {confidence: 80}"),),
     "simulation.confidence", "80", ("You wrote 80; it must be below 1",)),
    ("a ladder that does not rise", (("baseline: api", "break_even: {low: 100, high: 50}"),),
     "break_even", "low: 100", ("low is 100 and high 50", "low below high")),
    ("a score above five", (("scores: {api: 4,", "scores: {api: 9,"),),
     "strategic_fit.scale.scores.api", "api: 9", ("You wrote 9; it must be at most 5",)),
    # Text, days and months
    ("a number for a name", (("name: Commercial API", "name: 2027"),),
     "options.api.name", "name: 2027", ("You wrote 2027; write text here, in quotes",)),
    ("an empty name", (("name: Commercial API", 'name: " "'),), "options.api.name", 'name: " "', ("This is empty",)),
    ("a name that a spreadsheet would calculate", (("name: Commercial API", 'name: "=1+1"'),),
     "options.api.name", "=1+1", ("must not start with '='", "formula")),
    ("a name of 51 characters", (("name: Commercial API", f"short_name: API\n    name: {'x' * 51}"),),
     "options.api.name", "xxx", ("has 51 characters; it must have at most 50",)),
    ("a short name of 19 characters", (("name: Commercial API", "name: Commercial API\n    short_name: Commercial API, yes"),),
     "options.api.short_name", "API, yes", ("has 19 characters; it must have at most 18",)),
    ("a text too long for a cell", (("source: Treasury", f"source: {'x' * 32768}"),),
     "finance.discount_rate.source", "xxx", ("This text has 32768 characters", "32767")),
    ("a control character", (("name: Commercial API", 'name: "Com\\x07mercial"'),),
     "options.api.name", "Com", ('control character U+0007 after "Com"', "take it out")),
    ("half of an emoji", (("source: Treasury", 'source: "\\ud83d"'),),
     "finance.discount_rate.source", "ud83d", ("control character U+D83D",)),
    ("what is no character", (("name: Commercial API", 'name: "Com\\ufdd0mercial"'),),
     "options.api.name", "Com", ("control character U+FDD0", "take it out")),
    ("a formula after blanks in a name", (("name: Commercial API", 'name: "  =1+1"'),),
     "options.api.name", "=1+1", ("must not start with '='",)),
    ("a name of two lines", (("name: Commercial API", 'name: "Com\\rmercial"'),),
     "options.api.name", "Com", ("U+000D",)),
    ("a name of two lines, by Unicode", (("name: Commercial API", 'name: "Com\\Lmercial"'),),
     "options.api.name", "Com", ("over several lines",)),
    ("an error of a spreadsheet", (("name: Commercial API", 'name: "#N/A"'),),
     "options.api.name", "#N/A", ("A spreadsheet reads #N/A as an error",)),
    ("a day that does not exist", (("date: 2026-11-23", "date: 2026-02-30"),),
     "case.date", "2026-02-30", ("there is no such day",)),
    ("a day in another order", (("date: 2026-11-23", "date: 23.11.2026"),),
     "case.date", "23.11.2026", ("write a day as YYYY-MM-DD",)),
    ("a day for the start month", (("start: 2027-01", "start: 2027-01-15"),),
     "finance.start", "2027-01-15", ("write the month alone: 2027-01",)),
    ("a thirteenth month", (("start: 2027-01", "start: 2027-13"),),
     "finance.start", "2027-13", ("write a month as YYYY-MM",)),
    ("a currency in words", (("currency: USD", "currency: dollars"),),
     "case.currency", "dollars", ("three letters, such as USD",)),
    ("yes for true", (("met_by: {api: true,", "met_by: {api: yes,"),),
     "requirements.data_stays_within_the_eu.met_by.api", "api: yes", ("You wrote yes; write true or false.",)),
    ("a colour in words", (("baseline: api", "report: {colours: {api: red}}"),),
     "report.colours.api", "red", ('write a colour as "#4C8FCB"',)),
    ("a link that is not secure", (("  - id: D1\n", "  - id: D1\n    url: http://x\n"),),
     "sources.D1.url", "http://x", ("starts with https://",)),
    # Keys
    ("a misspelled key", (("tuning_months: 3", "tuning_month: 3"), ("tuning_fte_months: 2", "tuning_fte_months: 0"),
                          ("options.self_hosted.tuning_fte_months, add: 6", "options.self_hosted.tuning_fte_months, add: 0")),
     "options.self_hosted.tuning_month", "tuning_month: 3", ("Did you mean tuning_months?",)),
    ("a misspelled required key", (("utilisation: {value: 0.35", "utilisaton: {value: 0.35"),),
     "options.self_hosted.utilisaton", "utilisaton:", ("Did you mean utilisation?",)),
    ("a key that is like none", (("  discount_rate: {value", "  tax_rate: 0.2\n  discount_rate: {value"),),
     "finance.tax_rate", "tax_rate", ("`tax_rate` is not known here; the keys are years, start",)),
    ("a key of the same meaning", (("low: 0.07, high: 0.13", "minimum: 0.07, high: 0.13"),),
     "finance.discount_rate.minimum", "minimum", ("Did you mean low?",)),
    ("a key of another kind", (("    min_replicas: 1\n", "    staging_replicas: 1\n"),),
     "options.platform.staging_replicas", "staging_replicas: 1", ("options of kind self_hosted, on_prem; this one is platform",)),
    ("a key that nobody knows", (("hours_per_month: 730", "weather: 3"),),
     "workload.weather", "weather: 3", ("`weather` is not known here; the keys are tokens_per_month",)),
    ("an unknown part of an assumption", (("owner: CFO office", "author: CFO office"),),
     "finance.discount_rate.author", "author:", ("`author` is not known here",)),
    ("a key twice", (("hours_per_month: 730", "hours_per_month: 730\n  hours_per_month: 740"),),
     "workload.hours_per_month", "740", ("stands here twice, first in line 30",)),
    ("a merge key", (("hours_per_month: 730", "<<: {hours_per_month: 730}"),),
     "workload", "<<", ("Write the keys out here",)),
    ("a missing title", (("  title: Serving one billion tokens a month\n", ""),),
     "case.title", "case:", ("`title` is missing",)),
    ("a missing size", (("    gpus_per_replica: 2\n", ""),),
     "options.self_hosted.gpus_per_replica", "self_hosted:", ("`gpus_per_replica` is missing: the number of GPUs",)),
    ("a missing kind", (("    kind: platform\n", ""),),
     "options.platform.kind", "platform:", ("`kind` is missing", "self_hosted, on_prem, platform, or a mix")),
    ("an unknown kind", (("kind: platform", "kind: platfrom"),),
     "options.platform.kind", "platfrom", ("write one of api, self_hosted, on_prem, platform or mix", "Did you mean platform?")),
    ("an option key with capitals", (("  api:\n    kind", "  API:\n    kind"),),
     "options.API", "API:", ("small letters, digits and underscores",)),
    ("an id with a hyphen", (("name: API prices halve", "name: API prices halve\n    id: prices-halve"),),
     "price_scenarios.prices-halve.id", "prices-halve", ("small letters, digits and underscores",)),
    ("a section that is no mapping", (("baseline: api", "report: 3"),),
     "report", "report: 3", ("You wrote 3; write a mapping with keys such as logo",)),
    ("a list that is a mapping", (("requirements:\n  - name", "requirements:\n    name"),),
     "requirements", "requirements:", ("You wrote a mapping; write a list", "`- `")),
    ("a list without entries", (("effects: [{assumption: options.self_hosted.deployment_months, add: 1.84}]", "effects: []"),),
     "risks.deployment_runs_eight_weeks_late.effects", "effects: []", ("at least one entry",)),
    ("a phase that does not exist", (("during: deployment", "during: deploy"),),
     "opportunity.assistant_for_claims_handling.during", "during: deploy,", ("Did you mean deployment?",)),
    # Names that are used twice
    ("two options of one name", (("name: Managed platform", "name: commercial api"),),
     "options.platform.name", "commercial api", ('"commercial api" is taken: options.api', "another name")),
    ("a scenario named like a risk", (("name: API prices halve", "name: the api provider raises PRICES\n    id: other"),),
     "price_scenarios.other.name", "raises PRICES", ("is taken: risks.4",)),
    ("a risk named like the base case", (("name: Deployment runs eight weeks late", "name: Base case"),),
     "risks.base_case.name", "Base case", ("a run that the program makes",)),
    ("two risks of one id", (("name: The API provider raises prices", "name: Other\n    id: deployment_runs_eight_weeks_late"),),
     "risks.deployment_runs_eight_weeks_late.id", "id: deployment", ("is taken: risks.1",)),
    ("a name that gives no id", (("name: API prices halve", 'name: "半分"'),),
     "price_scenarios[1].name", "半分", ("gives no id",)),
    # References
    ("a baseline that does not exist", (("baseline: api", "baseline: apii"),),
     "baseline", "baseline: apii", ("the options are api, self_hosted, platform", "Did you mean api?")),
    ("an until_live of the wrong kind", (("until_live: api\n    lead", "until_live: platform\n    lead"),),
     "options.self_hosted.until_live", "until_live: platform", ("is of kind platform", "an api option: api")),
    ("a bridge over an api", (("{option: self_hosted, naive", "{option: api, naive"),),
     "bridge.option", "option: api", ("runs on GPUs: self_hosted, platform",)),
    ("a project of an unknown option", (("option: self_hosted, during: operation", "option: self_host, during: operation"),),
     "opportunity.search_relevance_roadmap.option", "self_host,", ("Did you mean self_hosted?",)),
    ("a requirement that leaves an option out", ((MET_BY, "{api: true, platform: true}"),),
     "requirements.data_stays_within_the_eu.met_by", "met_by:", ("self_hosted has none",)),
    ("a requirement on an unknown option", ((MET_BY, "{api: true, self_hosted: true, platform: true, cloud: true}"),),
     "requirements.data_stays_within_the_eu.met_by.cloud", "cloud: true", ('There is no option "cloud"',)),
    ("scores that leave an option out", (("scores: {api: 4, self_hosted: 1, platform: 3}", "scores: {api: 4, self_hosted: 1}"),),
     "strategic_fit.scale.scores", "Scale", ("platform has none",)),
    ("a cap without a place to spill to", (("min_replicas: 2\n", "min_replicas: 2\n    max_replicas: 3\n"),),
     "options.self_hosted.max_replicas", "max_replicas: 3", ("needs spill_to",)),
    ("a place to spill to without a cap", (("min_replicas: 2\n", "min_replicas: 2\n    spill_to: api\n"),),
     "options.self_hosted.spill_to", "spill_to", ("needs max_replicas",)),
    ("an exit month beyond the horizon", (("exit_month: 18", "exit_month: 37"),),
     "options.api.exit_month", "exit_month: 37", ("between 1 and 36",)),
    ("an exit month without a probability", (("    exit_probability: 0.25\n", ""),),
     "options.api.exit_month", "exit_month: 18", ("exit_month needs exit_probability beside it",)),
    # Effects
    ("an effect on nothing", (("assumption: options.self_hosted.replica_tps", "assumption: options.self_hosted.replica_tp"),),
     f"{RISK}.effects[1].assumption", "replica_tp,", ('There is no assumption "options.self_hosted.replica_tp". Did you mean options.self_hosted.replica_tps?',)),
    ("an effect on an exit month", (("assumption: options.self_hosted.replica_tps", "assumption: options.self_hosted.exit_month"),),
     f"{RISK}.effects[1].assumption", "exit_month", ("Effects do not reach options.self_hosted.exit_month",)),
    ("an effect on structure", (("assumption: options.self_hosted.replica_tps", "assumption: finance.years"),),
     f"{RISK}.effects[1].assumption", "finance.years", ("nothing that an effect reaches", "finance.discount_rate")),
    ("an effect on something without a value", (("assumption: options.self_hosted.replica_tps", "assumption: options.self_hosted.max_replicas"),),
     f"{RISK}.effects[1].assumption", "max_replicas", ("has no value in this case; state it first",)),
    ("an effect that changes nothing", ((TUNING, "- {assumption: options.self_hosted.tuning_months}"),),
     f"{RISK}.effects[3]", "tuning_months}", ("changes nothing", "set, multiply and add")),
    ("two effects of one sort on one assumption", ((TUNING, TUNING + "\n      " + TUNING),),
     f"{RISK}.effects[4].add", "tuning_months", ("Effect 3 of this run has `add` on it too",)),
    ("an effect out of bounds", (("options.self_hosted.replica_tps, multiply: 0.6", "options.self_hosted.replica_tps, multiply: 0"),),
     f"{RISK}.effects[1].multiply", "multiply: 0}", ("from 2500 to 0; it must be 0.000001 or more",)),
    ("a group of one", (("baseline: api", "simulation: {groups: {demand: [workload.tokens_per_month]}}"),),
     "simulation.groups.demand", "demand", ("two assumptions or more",)),
    ("a group with something that has no range", (("baseline: api", "simulation: {groups: {a: [workload.tokens_per_month, workload.hours_per_month]}}"),),
     "simulation.groups.a[2]", "hours_per_month", ("has no low and high",)),
    # What must hold in every run
    ("no cached price where the range of the share needs one", (("    cached_input_price: {value: 0.10}\n", ""),),
     "options.api.cached_input_price", "  api:", ("when workload.cached_share is at its high (0.5)",)),
    ("no until_live in the base case", ((API_UNTIL_LIVE, ""),),
     "options.api.until_live", "  api:", ("in the base case this option goes live after 0.5 months",)),
    ("no until_live in one run", ((API_UNTIL_LIVE, ""), ("    deployment_months: 0.5\n", ""),
                                  (TUNING, TUNING + "\n      - {assumption: options.api.lead_time_months, set: 2}")),
     "options.api.until_live", "  api:", ('in the run "Performance falls short', "after 2 months")),
    ("tuning work without time", (("    tuning_months: 3\n", ""), (TUNING, "- {assumption: options.self_hosted.tuning_loss, add: 0.1}")),
     "options.self_hosted.tuning_fte_months", "tuning_fte_months: 2", ("In the base case there are 2 FTE-months of tuning",)),
    ("tuning work without time in one run", ((TUNING, "- {assumption: options.self_hosted.tuning_months, add: -3}"),),
     "options.self_hosted.tuning_fte_months", "tuning_fte_months: 2", ("In the run", "there are 8 FTE-months")),
    # Prices
    ("no price", ((INPUT_PRICE, ""),),
     "options.api.input_price", "  api:", ("`input_price` is missing", "`prices:`")),
    ("a price book that is not there", (("baseline: api", "price_book: nowhere.yaml"),),
     "price_book", "nowhere.yaml", ("There is no price book",)),
]  # fmt: skip


@pytest.mark.parametrize("row", sampled(((row,) for row in CATALOGUE), lambda one: one[0][0]))
def test_a_mistake_gives_one_problem_with_its_place_and_remedy(row: Row, problems: Find) -> None:
    """A mistake gives one problem: its path, its line, and a sentence that says what to do."""
    _, edits, path, excerpt, sentences = row
    found = problems(*edits)
    assert len(found) == 1, "\n\n".join(map(str, found)) or "accepted"
    assert found[0].path == path
    assert excerpt in found[0].excerpt
    for sentence in sentences:
        assert sentence in found[0].sentence


def test_a_problem_reads_like_this(problems: Find) -> None:
    """A problem shows file, line and path, the line with a caret under the value, and the sentence."""
    (found,) = problems(("gpus_per_replica: 2", "gpus_per_replica: 0"))
    shown = str(found).partition("acme.yaml")[2]
    assert shown == (
        ":74: options.self_hosted.gpus_per_replica\n"
        "  74 |     gpus_per_replica: 0\n"
        "     |                       ^\n"
        "  You wrote 0; it must be a whole number, 1 or more: the number of GPUs that serve one copy of the model."
    )


def test_all_problems_are_told_at_once_in_the_order_of_the_file(problems: Find) -> None:
    """Problems of every sort are told together, by line, one of them never hiding another."""
    found = problems(
        ("date: 2026-11-23", "date: tomorrow"),
        ("hours_per_month: 730", 'hours_per_month: "730"'),
        ("baseline: api", "baseline: nobody"),
        ("    cached_input_price: {value: 0.10}\n", ""),
        ("    kind: self_hosted\n", "    kind: self_hosted\n    colour: red\n"),
        ("gpus_per_replica: 2", "gpus_per_replica: 0"),
        ("options.self_hosted.replica_tps", "options.self_hosted.speed"),
        ("option: self_hosted, during: operation", "option: other, during: operation"),
        (MET_BY, "{api: true, platform: true}"),
    )
    assert [problem.path for problem in found] == [
        "case.date",
        "workload.hours_per_month",
        "baseline",
        "options.api.cached_input_price",
        "options.self_hosted.colour",
        "options.self_hosted.gpus_per_replica",
        f"{RISK}.effects[1].assumption",
        "opportunity.search_relevance_roadmap.option",
        "requirements.data_stays_within_the_eu.met_by",
    ]
    assert [problem.line for problem in found] == sorted(problem.line for problem in found)


def test_one_option_is_no_comparison(problems: Find) -> None:
    """A case compares two to eight options."""
    copies = "".join(
        f"  api_{n}: {{kind: api, name: Copy {n}, input_price: 1, cached_input_price: 1, output_price: 1}}\n"
        for n in range(6)
    )
    found = problems(("options:\n", f"options:\n{copies}"))
    assert "There are 9 options; a case compares 2 to 8." in [problem.sentence for problem in found]
    text = SHIPPED.read_text(encoding="utf-8")
    others = text[text.index("  self_hosted:\n    kind") : text.index("risks:\n")]
    found = problems((others, ""))
    assert "There is 1 option; a case compares 2 to 8." in [problem.sentence for problem in found]


@pytest.mark.slow
def test_a_day_for_the_start_month_has_no_consequences(tmp_path: Path) -> None:
    """Prices by date depend on the start: while it is no month, nothing is said of them that may be right."""
    for written in ("2027-01-01", "2027-13", "soon"):
        path = booked(tmp_path)
        text = re.sub(r"start: \S+", f"start: {written}", path.read_text(encoding="utf-8"))
        path.write_text(text, encoding="utf-8")
        with pytest.raises(InputError) as caught:
            load_case(path)
        assert [problem.path for problem in caught.value.problems] == ["finance.start"]


def test_what_stands_behind_a_typing_error_is_told_in_the_same_round(problems: Find) -> None:
    """A misspelled section, kind and key: what is wrong below each is told beside it."""
    found = problems(
        ("\noptions:", "\noption:"),
        ("kind: self_hosted", "kind: selfhosted"),
        ("gpus_per_replica: 2", "gpus_per_replica: 0"),
        ("utilisation: {value: 0.35", "utilisaton: {value: 35"),
        ("baseline: api", "baseline: nobody"),
    )
    assert [problem.path for problem in found] == [
        "baseline",
        "option",
        "options.self_hosted.kind",
        "options.self_hosted.gpus_per_replica",
        "options.self_hosted.utilisaton",
        "options.self_hosted.utilisation.value",
    ]


def test_every_number_of_a_range_is_looked_at(problems: Find) -> None:
    """A value that is no number does not hide that its low is out of bounds and its distribution unknown."""
    written = (
        "discount_rate: {value: 0.10, low: 0.07",
        'discount_rate: {value: "0.10", distribution: flat, low: -3',
    )
    assert [problem.path for problem in problems(written)] == [
        "finance.discount_rate.value",
        "finance.discount_rate.distribution",
        "finance.discount_rate.low",
    ]


def test_no_text_shows_that_the_user_did_not_write(problems: Find) -> None:
    """What stands in for an invalid name, so that the rest can be validated, is named in no message."""
    found = problems(
        ("name: The API provider raises prices", "name: 3"),
        ("name: Commercial API", "name: 4"),
        ("assumption: options.self_hosted.replica_tps", "assumption: risks.placeholder.probability"),
        ("met_by: {api: true,", "met_by: {apis: true,"),
    )
    assert len(found) >= 4
    assert not any("placeholder_" in str(problem) for problem in found)


def test_a_long_line_is_clipped_around_the_place(problems: Find) -> None:
    """160 characters at most, the caret under the value."""
    (found,) = problems(
        ("hours_per_month: 730", f"hours_per_month: {{note: {'x' * 400}, value: no, source: {'y' * 400}}}")
    )
    _, line, caret, _ = str(found).split("\n")
    assert len(line) == len(" 123 | ") + 160
    assert line[caret.index("^") :].startswith("no, source")
    assert line.endswith("…")


def test_a_line_too_long_for_a_cell_is_refused(problems: Find) -> None:
    """The workbook carries the case line by line: a comment that no cell holds is told before the build."""
    (found,) = problems(("hours_per_month: 730", f"hours_per_month: 730   # {'x' * 40_000}"))
    assert "a cell of the workbook, which carries the case, holds 32767" in found.sentence


@pytest.mark.parametrize(
    ("word", "known", "close"),
    [
        ("reserved", ["reserved_1y", "reserved_3y"], None),
        ("cache_write_price", ["cached_input_price", "price_change"], None),
        ("tax_rate", ["start", "discount_rate"], None),
        ("platfrom", ["platform", "api"], "platform"),
        ("on-prem", ["on_prem", "api"], "on_prem"),
        ("utilization", ["utilisation"], "utilisation"),
        ("deploy", ["deployment", "operation"], "deployment"),
        ("wacc", ["discount_rate", "years"], "discount_rate"),
        ("h100", ["h101", "h102"], None),
        ("low", ["how"], None),
    ],
)
def test_a_suggestion_is_one_typing_error_away_or_of_one_meaning(
    word: str, known: list[str], close: str | None
) -> None:
    """Neither likeness of letters nor one of several that could be meant is enough."""
    assert closest_match(word, known) == close


def test_what_is_filled_in_from_a_wrong_key_is_no_problem_of_its_own(tmp_path: Path) -> None:
    """An option called 5 is told where it stands; the baseline and the bridge, taken from it, are not told at all."""
    path = tmp_path / "case.yaml"
    text = SMALL.read_text(encoding="utf-8")
    path.write_text(text.replace("  rented:", "  5:").replace("{option: rented, ", "{"), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_case(path)
    assert [problem.path for problem in caught.value.problems] == ["options.5"]
