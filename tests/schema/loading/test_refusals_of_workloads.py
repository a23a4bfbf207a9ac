"""Refusals of what workloads, mixes, obligations and machines may say: a small mistake in a good case, and its problem."""

from pathlib import Path

import pytest

from reportgen.errors import InputError, Problem
from reportgen.schema.loading.load import load_case
from tests.agreement.cases import sampled
from tests.paths import ROOT

WORKLOADS = "three_workloads"
MACHINES = "second_edition_machines"
Edits = tuple[tuple[str, str], ...]
Row = tuple[str, str, Edits, str, str, tuple[str, ...]]
ROUTES = "routes: {chat: api, documents: own_machines, embeddings: small_api}"
MET_BY = "met_by: {api: true, small_api: false, own_machines: true}"
SINGLE = "  tokens_per_month: {value: 14000, low: 6000, high: 30000}\n"
EFFECT = "{assumption: workloads.chat.tokens_per_month, multiply: 1.6}"

# What is wrong, the case, the edits, the path, a piece of the line that is shown, pieces of the sentence.
CATALOGUE: list[Row] = [
    # Workloads
    ("no workload", MACHINES, ((
        "workload:\n" + SINGLE + "  annual_growth: {value: 0.5, low: 0, high: 1}\n  output_share: {value: 0.2, low: 0.1, high: 0.35}\n"
        "  cached_share: {value: 0.3, low: 0, high: 0.5}\n  cache_write_share: 0.05\n  starts_month: 2\n  ramp_months: 3\n", ""),),
     "workload", "# Machines as they are bought", ("`workload` is missing", "two to six of them under `workloads`")),
    ("a single workload without its volume", MACHINES, ((SINGLE, ""),),
     "workload.tokens_per_month", "workload:", ("`tokens_per_month` is missing: the tokens of its first month",)),
    ("one of several without its volume", WORKLOADS, (("    tokens_per_month: 9000\n", ""),),
     "workloads.documents.tokens_per_month", "documents:", ("`tokens_per_month` is missing",)),
    ("a workload without a name", WORKLOADS, (("    name: Embeddings\n", ""),),
     "workloads.embeddings.name", "embeddings:", ("`name` is missing: the workload's name",)),
    ("two workloads of one name", WORKLOADS, (("name: Embeddings", "name: chat"),),
     "workloads.embeddings.name", "name: chat", ('"chat" is taken: workloads.chat',)),
    ("a mix of tokens where workloads have their own", WORKLOADS, (("workload: {peak_to_average: 1.8,", "workload: {output_share: 0.2,"),),
     "workload.output_share", "output_share: 0.2", ("belongs to each of the `workloads`", "peak_to_average, hours_per_month, volume_factor")),
    ("a hyphen in a workload's key", WORKLOADS, (("  embeddings:\n", "  em-beddings:\n"), ("embeddings: small_api", "em_beddings: small_api")),
     "workloads.em-beddings", "em-beddings:", ("small letters, digits and underscores",)),
    ("a cache that reads and writes more than all", WORKLOADS, (("cache_write_share: 0.1", "cache_write_share: 0.6"),),
     "workloads.chat.cache_write_share", "0.6", ("0.45 and cache_write_share 0.6 make 1.05", "at most 1 together")),
    ("a beginning after the end", WORKLOADS, (("starts_month: 4", "starts_month: 25"),),
     "workloads.documents.starts_month", "starts_month: 25", ("between 1 and 24, the last month of the horizon",)),
    ("a beginning in the middle of a month", WORKLOADS, (("starts_month: 4", "starts_month: 4.5"),),
     "workloads.documents.starts_month", "4.5", ("a whole number",)),
    ("a volume factor of nothing", WORKLOADS, (("{value: 1, low: 0.8, high: 1.3}", "0"),),
     "workload.volume_factor", "volume_factor: 0}", ("must be 0.000001 or more",)),
    ("a requirement about an unknown workload", WORKLOADS, (("workloads: [chat]", "workloads: [chatt]"),),
     "requirements.personal_data_stays_under_contract.workloads[1]", "[chatt]", ('There is no workload "chatt"', "Did you mean chat?")),
    ("a requirement about no workload", WORKLOADS, (("workloads: [chat]", "workloads: []"),),
     "requirements.personal_data_stays_under_contract.workloads", "[]", ("at least one entry",)),
    ("an effect on the volume of nobody in particular", WORKLOADS, ((EFFECT, "{assumption: workload.tokens_per_month, multiply: 2}"),),
     "risks.more_use.effects[1].assumption", "workload.tokens_per_month",
     ("several workloads, each with its own tokens_per_month", "workloads.chat.tokens_per_month")),
    ("an effect on an unknown workload", WORKLOADS, ((EFFECT, "{assumption: workloads.chatt.tokens_per_month, multiply: 2}"),),
     "risks.more_use.effects[1].assumption", "chatt", ("Did you mean workloads.chat.tokens_per_month?",)),
    # Mixes
    ("a mix in a case of one workload", MACHINES, (("  elastic:\n", "  both:\n    kind: mix\n    name: Both\n    routes: {w: api}\n  elastic:\n"),),
     "options.both.routes", "routes:", ("this one has a single `workload`",)),
    ("a route to an unknown option", WORKLOADS, (("embeddings: small_api}", "embeddings: small_apis}"),),
     "options.by_work.routes.embeddings", "small_apis", ('There is no option "small_apis"', "Did you mean small_api?")),
    ("a route to a mix", WORKLOADS, (("embeddings: small_api}", "embeddings: by_work}"),),
     "options.by_work.routes.embeddings", "by_work", ("is a mix itself", "api, small_api, own_machines")),
    ("a route of an unknown workload", WORKLOADS, (("embeddings: small_api}", "embeddings: small_api, voice: api}"),),
     "options.by_work.routes.voice", "voice: api", ('There is no workload "voice"',)),
    ("a workload without a route", WORKLOADS, ((", embeddings: small_api}", "}"),),
     "options.by_work.routes", "routes:", ("Every workload needs a route here; embeddings has none",)),
    ("a mix of one option", WORKLOADS, ((ROUTES, "routes: {chat: api, documents: api, embeddings: api}"),),
     "options.by_work.routes", "routes:", ("All workloads go to api", "two options or more")),
    ("a mix without routes", WORKLOADS, ((f"    {ROUTES}\n", ""),),
     "options.by_work.routes", "by_work:", ("`routes` is missing",)),
    ("a mix with a service before it", WORKLOADS, ((ROUTES, f"until_live: api\n    {ROUTES}"),),
     "options.by_work.until_live", "until_live: api", ("belongs to options of kind api, self_hosted, on_prem, platform; this one is mix",)),
    ("a mix with a place to spill to", WORKLOADS, ((ROUTES, f"spill_to: api\n    {ROUTES}"),),
     "options.by_work.spill_to", "spill_to: api", ("this one is mix",)),
    ("a mix as the baseline", WORKLOADS, (("baseline: api", "baseline: by_work"),),
     "baseline", "by_work", ("is a mix", "with a single one: api, small_api, own_machines")),
    ("a mix for the bridge", WORKLOADS, (("option: own_machines, naive", "option: by_work, naive"),),
     "bridge.option", "by_work", ("is a mix; the bridge is about an option that runs on GPUs: own_machines",)),
    ("a mix that displaces a project", WORKLOADS, (("option: [own_machines, small_api]", "option: [own_machines, by_work]"),),
     "opportunity.search.option[2]", "by_work", ("displaces what the options that it routes to displace",)),
    ("a mix that meets a requirement of its own", WORKLOADS, ((MET_BY, "met_by: {api: true, small_api: false, own_machines: true, by_work: true}"),),
     "requirements.personal_data_stays_under_contract.met_by.by_work", "by_work: true", ("where the options that it routes to do",)),
    ("an until_live that is a mix", WORKLOADS, (("until_live: api\n    lead", "until_live: by_work\n    lead"),),
     "options.own_machines.until_live", "by_work", ("is of kind mix", "an api option: api, small_api")),
    # Obligations and projects
    ("an obligation to machines", WORKLOADS, (("name: Framework contract, option: api", "name: Framework contract, option: own_machines"),),
     "obligations.framework.option", "own_machines", ("is of kind on_prem; option names an api option",)),
    ("an obligation after the end", WORKLOADS, (("until_month: 12", "until_month: 25"),),
     "obligations.framework.until_month", "25", ("between 1 and 24",)),
    ("an obligation by a day", WORKLOADS, (("until_month: 12", "until_month: 12.5"),),
     "obligations.framework.until_month", "12.5", ("write a whole number",)),
    ("a negative obligation", WORKLOADS, (("amount: 60000", "amount: -1"),),
     "obligations.framework.amount", "-1", ("must be 0 or more: what is owed",)),
    ("an effect on an obligation", WORKLOADS, ((EFFECT, "{assumption: obligations.framework.amount, set: 0}"),),
     "risks.more_use.effects[1].assumption", "obligations", ("Effects do not reach obligations.framework.amount",)),
    ("a project displaced twice by one option", WORKLOADS, (("[own_machines, small_api]", "[own_machines, own_machines]"),),
     "opportunity.search.option[2]", "own_machines]", ("stands in this list already",)),
    ("a project displaced by nobody", WORKLOADS, (("[own_machines, small_api]", "[]"),),
     "opportunity.search.option", "[]", ("at least one entry",)),
    ("two projects of one name and one option", MACHINES, (("id: assistant_bought, name: Assistant, option: bought", "id: other, name: Assistant, option: reserved"),),
     "opportunity.other.name", "name: Assistant", ('"Assistant" is taken: opportunity.1',)),
    # Machines
    ("no speed", MACHINES, (("    replica_tps: 4200\n", ""), ("      - {assumption: options.bought.replica_tps, multiply: 0.7}\n", "")),
     "options.bought.replica_tps", "bought:", ("`replica_tps` is missing: the tokens a second", "or prompt_tps and output_tps instead")),
    ("two speeds", MACHINES, (("    replica_tps: 4200\n", "    replica_tps: 4200\n    prompt_tps: 9000\n    output_tps: 900\n"),),
     "options.bought.replica_tps", "replica_tps: 4200", ("both say how fast a replica is",)),
    ("half a pair of speeds", MACHINES, (("    prompt_tps: 18000\n", ""),),
     "options.elastic.output_tps", "output_tps:", ("output_tps needs prompt_tps beside it",)),
    ("a prefix cache without speeds to act on", MACHINES, (("    replica_tps: 4200\n", "    replica_tps: 4200\n    prefix_cache_reach: 0.5\n"),),
     "options.bought.prefix_cache_reach", "0.5", ("needs prompt_tps and output_tps",)),
    ("an effect on a prefix cache without speeds to act on", MACHINES,
     (("{assumption: options.bought.replica_tps, multiply: 0.7}", "{assumption: options.bought.prefix_cache_reach, set: 0.7}"),),
     "risks.a_larger_model_is_needed.effects[4].assumption", "prefix_cache_reach", ("acts on prompt_tps and output_tps only; state those first",)),
    ("no machine at all, billed by the month", MACHINES, (("    min_replicas: 2\n", "    min_replicas: 0\n"),),
     "options.bought.min_replicas", "min_replicas: 0", ("a whole number, 1 or more", "`billed: second`")),
    ("a low of no machine, billed by the month", MACHINES, (("    min_replicas: 2\n", "    min_replicas: {value: 2, low: 0, high: 3}\n"),),
     "options.bought.min_replicas.low", "low: 0", ("You wrote 0",)),
    ("servers by the second", MACHINES, (("    billed: second\n", "    billed: second\n    gpus_per_server: 8\n"),),
     "options.elastic.gpus_per_server", "gpus_per_server: 8", ("do not come by the server",)),
    ("own machines by the second", MACHINES, (("    kind: on_prem\n", "    kind: on_prem\n    billed: second\n"),),
     "options.bought.billed", "billed: second", ("belongs to options of kind self_hosted, platform; this one is on_prem",)),
    ("billed by the hour", MACHINES, (("billed: second", "billed: hour"),),
     "options.elastic.billed", "hour", ("write one of month or second",)),
    ("a commitment without months", MACHINES, (
        ("    commitment_months: {value: 6, low: 3, high: 12}\n", ""), ("    commitment_renews: true\n", "")),
     "options.reserved.committed_replicas", "committed_replicas: 2", ("In the base case 2 replicas are committed to for no months",)),
    ("a renewal every half month in one run", MACHINES, (("{value: 6, low: 3, high: 12}", "{value: 6, low: 0.5, high: 12}"),),
     "options.reserved.commitment_renews", "true", ("at its low (0.5)", "lasts a month or more")),
    ("a renewal of nothing", MACHINES, (("    committed_replicas: 2\n", ""), ("      - {assumption: options.reserved.committed_replicas, add: 1}\n", "")),
     "options.reserved.commitment_renews", "commitment_renews", ("needs committed_replicas",)),
    ("model replacement without time", MACHINES, (("    refresh_months: {value: 8, low: 6, high: 12}\n", ""),),
     "options.elastic.refresh_fte_months", "0.8", ("there are 0.8 FTE-months of model replacement", "refresh_months above 0")),
    ("tax of 19", WORKLOADS, (("{value: 0.19, low: 0.15, high: 0.19}", "19"),),
     "finance.irrecoverable_vat", "19", ("between 0 and 1", "19% is 0.19")),
    ("a thirteenth month of fiscal years", WORKLOADS, (("fiscal_year_start: 10", "fiscal_year_start: 13"),),
     "finance.fiscal_year_start", "13", ("between 1 and 12",)),
    ("depreciation over no years", WORKLOADS, (("depreciation_years: 3", "depreciation_years: 0"),),
     "finance.depreciation_years", "0", ("between 1 and 100",)),
    ("a token factor of nothing", WORKLOADS, (("input_token_factor: 1.1", "input_token_factor: 0"),),
     "options.small_api.input_token_factor", "0", ("must be 0.000001 or more",)),
    ("an effect on a probability that is not stated", WORKLOADS, (
        ("    exit_fte_months: 3\n    exit_probability: 0.2\n    exit_month: 18\n", ""),
        ("{assumption: options.api.exit_probability, add: 0.3}", "{assumption: options.own_machines.exit_probability, add: 0.3}")),
     "risks.elsewhere.effects[2].assumption", "own_machines", ("has no value in this case; state it first",)),
]  # fmt: skip


@pytest.mark.parametrize("row", sampled(((row,) for row in CATALOGUE), lambda one: one[0][0]))
def test_a_mistake_gives_one_problem_with_its_place_and_remedy(row: Row, tmp_path: Path) -> None:
    """A mistake gives one problem: its path, its line, and a sentence that says what to do."""
    _, case, edits, path, excerpt, sentences = row
    found = _problems(tmp_path, case, edits)
    assert len(found) == 1, "\n\n".join(map(str, found)) or "accepted"
    assert found[0].path == path
    assert excerpt in found[0].excerpt
    for sentence in sentences:
        assert sentence in found[0].sentence


def test_more_than_six_workloads_are_refused(tmp_path: Path) -> None:
    """Seven workloads are one too many; the mix has no route for the four that were added."""
    more = "".join(
        f"  more_{n}: {{name: More {n}, tokens_per_month: 1, output_share: 0.1}}\n" for n in range(4)
    )
    found = _problems(tmp_path, WORKLOADS, (("workloads:\n", f"workloads:\n{more}"),))
    assert [problem.path for problem in found] == ["workloads", "options.by_work.routes"]
    assert "There are 7 workloads; a case has 2 to 6." in found[0].sentence


def test_one_workload_of_several_is_no_several(tmp_path: Path) -> None:
    """A case with one entry under `workloads` is told to write `workload`."""
    text = (ROOT / "tests" / "cases" / f"{WORKLOADS}.yaml").read_text(encoding="utf-8")
    others = text[text.index("  documents:\n") : text.index("people:")]
    mix = text[text.index("  by_work:\n") : text.index("risks:")]
    (found,) = _problems(tmp_path, WORKLOADS, ((others, ""), (mix, "")))
    assert found.sentence == "There is 1 workload; a case has 2 to 6. A single one is written as `workload`."


def test_a_default_price_of_cache_writes_takes_effects(tmp_path: Path) -> None:
    """A scenario doubles the price of cache writes of an api that states none: the effect acts on its input price."""
    assert not _problems(tmp_path, WORKLOADS, ())


def _problems(folder: Path, case: str, edits: Edits) -> tuple[Problem, ...]:
    """List the problems of a good case with passages replaced; none where it loads."""
    text = (ROOT / "tests" / "cases" / f"{case}.yaml").read_text(encoding="utf-8")
    for before, after in edits:
        assert before in text, before
        text = text.replace(before, after, 1)
    path = folder / "edited.yaml"
    path.write_text(text, encoding="utf-8")
    try:
        load_case(path)
    except InputError as error:
        return error.problems
    return ()
