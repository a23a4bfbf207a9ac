"""The second computation gives the lines that follow from MODEL.md's definitions by hand.

The service of every test: 2,628 M tokens in a month of 730 hours are 1,000 tokens a second, a quarter of them output. An
engineer costs 10,000 a month, nothing is discounted, and prices stand still unless the test says otherwise.
"""

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from tests.agreement.cases import sampled
from tests.agreement.generated import generated, generated_book
from tests.oracle import draw, evaluate, results, values, with_book
from tests.oracle.break_even import break_even_volume
from tests.oracle.budget import fiscal
from tests.oracle.excel import count_up, excel_round, lead_of, lowest, ranked

Case = dict[str, Any]
TOKENS = 2628
USAGE = 5256  # 1971 in at 1 and 657 out at 5
HOURS = 730
API = {"kind": "api", "name": "API", "input_price": 1, "output_price": 5}
RENTED = {"kind": "self_hosted", "name": "Rented", "gpu_hourly_price": 2, "gpus_per_replica": 1, "replica_tps": 500,
          "utilisation": 0.5}  # fmt: skip
OWNED = {"kind": "on_prem", "name": "Owned", "gpus_per_replica": 1, "replica_tps": 500, "utilisation": 0.5,
         "price_per_gpu_installed": 20000, "kw_per_gpu": 1, "pue": 1.5, "price_per_kwh": 0.1, "upkeep_rate": 0.12,
         "resale_decline": 0.36}  # fmt: skip
MANAGED = RENTED | {"kind": "platform", "name": "Managed"}
FLEET = 4 * HOURS * 2  # 1,000 tokens a second keep two replicas busy, at 50 % that is four


def made(options: dict[str, Case], years: int = 1, **blocks: Any) -> Case:
    """Make a case of these options; `finance` and `workload` are added to the usual ones."""
    case: Case = {
        "case": {"title": "By hand", "date": date(2026, 11, 23), "currency": "USD"},
        "finance": {"years": years, "start": "2027-01", "discount_rate": 0} | blocks.pop("finance", {}),
        "workload": {"tokens_per_month": TOKENS, "output_share": 0.25} | blocks.pop("workload", {}),
        "people": {"loaded_cost_per_fte": 120000} | blocks.pop("people", {}),
        "options": options,
    }
    return case | blocks


def two(**blocks: Any) -> Case:
    """Make a case of two equal workloads `a` and `b`, each half of the usual one, over these blocks."""
    work = {"tokens_per_month": TOKENS / 2, "output_share": 0.25}
    case = made(blocks.pop("options"), **blocks)
    del case["workload"]
    return case | {"workloads": {"a": {"name": "A", **work}, "b": {"name": "B", **work}}}


def one(option: Case, **blocks: Any) -> Case:
    """Evaluate an option beside the usual api."""
    return evaluate(made({"api": API, "it": option}, **blocks))["it"]


def lines(option: Case, **blocks: Any) -> dict[str, list[float]]:
    """Give an option's lines."""
    return one(option, **blocks)["lines"]  # type: ignore[no-any-return]


def detail(case: Case) -> Case:
    """Give what the second edition brought."""
    return results(case)["detail"]  # type: ignore[no-any-return]


def test_a_number_is_rounded_on_its_15_digits() -> None:
    """3.3095204999999996 has 15 digits that end in a five, which goes up, and away from zero."""
    assert excel_round(3.3095204999999996) == 3.309521
    assert excel_round(-0.0000005) == -0.000001
    assert count_up(0.1 * 3 / 0.1) == 3


def test_ties_go_to_the_first() -> None:
    """Amounts within a billionth count as equal; only a lower one comes before."""
    assert lowest({"a": 1e9 + 0.5, "b": 1e9}) == "a"
    assert lowest({"a": 1e9 + 1.5, "b": 1e9}) == "b"
    assert ranked({"a": 2.0, "b": 1.0 + 1e-10, "c": 1.0}) == ["b", "c", "a"]


def test_lead_of_nothing_is_nothing() -> None:
    """The lead is 0 where both full costs are 0."""
    assert lead_of(0.0, 0.0) == 0.0
    assert lead_of(75.0, 100.0) == 0.25


def test_volume_ramps_up() -> None:
    """With five months of ramp a sixth of the volume comes in the first month, all of it in the sixth."""
    found = detail(made({"api": API, "it": API}, workload={"ramp_months": 5}))["tokens"]
    assert found[0] == pytest.approx(TOKENS / 6)
    assert found[5:] == pytest.approx([TOKENS] * 7)


def test_growth_counts_from_the_start() -> None:
    """A workload that starts in month 3 and doubles every year has doubled in month 15."""
    found = detail(made({"api": API, "it": API}, years=2, workload={"starts_month": 3, "annual_growth": 1}))
    assert found["tokens"][:3] == [0, 0, TOKENS]
    assert found["tokens"][14] == pytest.approx(2 * TOKENS)


def test_ramp_may_start_part_of_the_way() -> None:
    """From 40 %, over one month of ramp, the first month is half way between that and all."""
    work = {"ramp_months": 1, "ramp_start": 0.4}
    assert detail(made({"api": API, "it": API}, workload=work))["tokens"][:2] == pytest.approx(
        [0.7 * TOKENS, TOKENS]
    )


def test_volume_factor_scales_every_workload() -> None:
    """It can be set in a run though `workload` is not stated."""
    found = evaluate(
        two(options={"api": API, "it": API}), [{"assumption": "workload.volume_factor", "set": 2}]
    )
    assert found["api"]["monthly"][0] == pytest.approx(2 * USAGE)


def test_tokens_count_as_each_model_counts_them() -> None:
    """Twice the input and half the output cost 2 x 1971 x 1 + 657 / 2 x 5; a million tokens of work stay one."""
    found = one(API | {"input_token_factor": 2, "output_token_factor": 0.5})
    assert found["monthly"][0] == pytest.approx(3942 + 1642.5)
    assert found["cost_per_m_tokens"] == pytest.approx(5584.5 / TOKENS)


def test_cache_reads_and_writes_have_their_prices() -> None:
    """Of 1971 M input tokens 40 % are fresh at 1, 40 % read at 0.1, 20 % written at 1.25."""
    option = API | {"cached_input_price": 0.1, "cache_write_price": 1.25}
    found = evaluate(
        made({"api": option, "it": option}, workload={"cached_share": 0.4, "cache_write_share": 0.2})
    )
    assert found["it"]["monthly"][0] == pytest.approx(1971 * (0.4 + 0.04 + 0.25) + 3285)


def test_cache_writes_cost_the_input_price_of_the_run() -> None:
    """The default follows the run's input price, and an effect on it acts on that."""
    case = made({"api": API, "it": API}, workload={"cache_write_share": 0.2})
    dearer = [{"assumption": "options.it.input_price", "set": 3}]
    writes = [*dearer, {"assumption": "options.it.cache_write_price", "multiply": 2}]
    assert evaluate(case)["it"]["monthly"][0] == pytest.approx(USAGE)
    assert evaluate(case, dearer)["it"]["monthly"][0] == pytest.approx(1971 * 3 + 3285)
    assert evaluate(case, writes)["it"]["monthly"][0] == pytest.approx(1971 * (0.8 * 3 + 0.2 * 6) + 3285)


def test_write_share_gives_way_in_a_draw() -> None:
    """70 % read leave 30 % to be written though 50 % are stated: 1971 x (0.7 x 0.1 + 0.3 x 2)."""
    option = API | {"cached_input_price": 0.1, "cache_write_price": 2}
    case = made({"api": option, "it": option}, workload={"cached_share": 0.4, "cache_write_share": 0.5})
    found = draw(case, {"workload.cached_share": 0.7})["options"]["it"]
    assert found["monthly"][0] == pytest.approx(1971 * (0.07 + 0.6) + 3285)


def test_minimum_spend_is_paid_from_go_live_by_its_own_option_only() -> None:
    """6,000 is paid where 5,256 is used; who leans on the api meanwhile pays what is used."""
    case = made(
        {
            "api": API | {"minimum_monthly_spend": 6000},
            "it": RENTED | {"until_live": "api", "deployment_months": 1},
        }
    )
    found = evaluate(case)
    assert found["api"]["monthly"][0] == 6000
    assert found["it"]["lines"]["interim_usage"][:2] == pytest.approx([USAGE, 0])


def test_credit_pays_bills_until_it_is_used_up() -> None:
    """12,000 pays two bills of 5,256 and 1,488 of the third."""
    assert lines(API | {"credit": 12000})["credited"][:4] == pytest.approx([-5256, -5256, -1488, 0])


def test_obligation_is_owed_whichever_option_is_chosen() -> None:
    """70,000 by month 12: the api itself spends 63,072, rented machines leaned on it for one month only."""
    owed = [{"id": "o", "name": "O", "option": "api", "amount": 70000, "until_month": 12}]
    options = {"api": API, "it": RENTED | {"until_live": "api", "deployment_months": 1}}
    found = evaluate(made(options, obligations=owed, finance={"irrecoverable_vat": 0.1}))
    assert found["api"]["lines"]["shortfall"][11] == pytest.approx(70000 - 12 * USAGE)
    assert found["it"]["lines"]["shortfall"][11] == pytest.approx(70000 - USAGE)
    assert found["it"]["lines"]["tax"][11] == pytest.approx(0.1 * (FLEET + 70000 - USAGE))


def test_credit_is_no_spend_towards_an_obligation() -> None:
    """What a credit pays does not count: 10,000 less the 256 that are paid in month 1."""
    owed = [{"id": "o", "name": "O", "option": "it", "amount": 10000, "until_month": 1}]
    assert lines(API | {"credit": 5000}, obligations=owed)["shortfall"][0] == pytest.approx(9744)


def test_speed_follows_prompt_and_output() -> None:
    """A token takes 0.75 / 2000 + 0.25 / 500 s; a prefix cache that reaches half of 40 % reads spares a fifth of the first."""
    option = {name: value for name, value in RENTED.items() if name != "replica_tps"}
    option |= {"prompt_tps": 2000, "output_tps": 500}
    assert one(option)["machines"]["it"]["speed"]["w"] == pytest.approx(1 / 0.000875)
    cached = API | {"cached_input_price": 0.1}
    case = made({"api": cached, "it": option | {"prefix_cache_reach": 0.5}}, workload={"cached_share": 0.4})
    assert evaluate(case)["it"]["machines"]["it"]["speed"]["w"] == pytest.approx(1 / 0.0008)


def test_software_gains_from_year_to_year() -> None:
    """At twice the speed after a year, half the replicas are kept busy in month 13."""
    found = one(RENTED | {"replica_tps_change": 1}, years=2)["machines"]["it"]
    assert found["load"][0] == pytest.approx(2)
    assert found["load"][12] == pytest.approx(1)
    assert found["replicas"][12] == 2


def test_machines_billed_by_the_second_come_and_go() -> None:
    """1,000 tokens a second at 450 a replica and 50 % are 4.44 replicas, five by the month; none before the work begins."""
    option = RENTED | {"replica_tps": 450}
    by_second = option | {"billed": "second", "min_replicas": 0}
    work = {"starts_month": 2}
    assert one(option, workload=work)["machines"]["it"]["replicas"][:2] == [1, 5]
    assert one(by_second, workload=work)["machines"]["it"]["replicas"][:2] == pytest.approx([0, 4 + 4 / 9])


def test_full_machines_cost_the_same_by_second_and_by_month() -> None:
    """A load that fills whole machines pays for the same ones either way."""
    assert one(RENTED | {"billed": "second"})["tco"] == pytest.approx(one(RENTED)["tco"])
    assert one(RENTED)["tco"] == pytest.approx(12 * FLEET)


def test_replicas_do_not_straddle_servers() -> None:
    """Two replicas of three GPUs fit a server of eight, so four need two; one of sixteen takes two servers."""
    small = one(RENTED | {"gpus_per_replica": 3, "gpus_per_server": 8})["machines"]["it"]
    large = one(RENTED | {"gpus_per_replica": 16, "gpus_per_server": 8, "replica_tps": 2000})["machines"][
        "it"
    ]
    assert small["gpus"][0] == 16
    assert large["gpus"][0] == 16


def test_reserved_capacity_is_paid_from_delivery_and_the_rest_at_the_day() -> None:
    """Five replicas from month 1.5 on, discounted by 20 %: half a month, then whole ones, used or not; two more on top."""
    option = RENTED | {
        "lead_time_months": 1.5,
        "deployment_months": 1.5,
        "until_live": "api",
        "replica_tps": 300,
    }
    option |= {"committed_replicas": 5, "commitment_months": 3, "commitment_discount": 0.2}
    found = one(option)["machines"]["it"]
    assert found["covered"][:6] == pytest.approx([0, 2.5, 5, 5, 2.5, 0])
    assert found["fleet"][:6] == pytest.approx([0, 2920, 5840, 5840 + 2 * 1460, 2920 + 4.5 * 1460, 7 * 1460])


def test_reserved_capacity_carries_staging() -> None:
    """One replica of staging stands on reserved machines: it has no line of its own."""
    option = RENTED | {"deployment_months": 1, "until_live": "api", "staging_replicas": 6}
    option |= {"committed_replicas": 5, "commitment_months": 3}
    assert lines(option)["bill"][:2] == pytest.approx([6 * 1460, 5 * 1460])


def test_price_is_locked_when_a_term_is_signed() -> None:
    """At half the price a year on, the second term of six months is signed as the first ends: 2 x 0.5 ^ (5 / 12)."""
    option = RENTED | {"gpu_price_change": -0.5, "committed_replicas": 4, "commitment_months": 6}
    once = one(option)["machines"]["it"]["fleet"]
    again = one(option | {"commitment_renews": True})["machines"]["it"]["fleet"]
    assert once[5] == pytest.approx(FLEET)
    assert again[6:] == pytest.approx([FLEET * 0.5 ** (5 / 12)] * 6)
    assert once[11] == pytest.approx(FLEET * 0.5 ** (11 / 12))


def test_nothing_committed_has_no_discount() -> None:
    """`committed_replicas: 0` is no commitment: the discount that would apply without the field does not."""
    option = RENTED | {"commitment_discount": 0.25}
    assert one(option)["tco"] == pytest.approx(12 * FLEET * 0.75)
    assert one(option | {"committed_replicas": 0})["tco"] == pytest.approx(12 * FLEET)


def test_platform_has_discount_with_reserved_capacity_only() -> None:
    """Its fee and brokerage are in the price of a GPU: 1460 x 0.9 x 1.1."""
    option = MANAGED | {
        "commitment_discount": 0.2,
        "fee_rate": 0.1,
        "brokerage_discount": 0.1,
        "monthly_fee": 50,
    }
    each = 1460 * 0.99
    assert one(option)["monthly"][0] == pytest.approx(4 * each + 50)
    assert one(option | {"committed_replicas": 4, "commitment_months": 12})["monthly"][0] == pytest.approx(
        4 * each * 0.8 + 50
    )


def test_models_are_refreshed_over_the_service() -> None:
    """Two months of work every six months are a third of an engineer, from go-live on."""
    option = RENTED | {
        "refresh_months": 6,
        "refresh_fte_months": 2,
        "deployment_months": 1,
        "until_live": "api",
    }
    assert lines(option)["refresh"][:2] == pytest.approx([0, 10000 / 3])


def test_engineers_who_run_the_old_service_are_charged_until_go_live() -> None:
    """Half an engineer without the premium, for a month and a half."""
    case = made(
        {"api": API | {"ongoing_fte": 0.5}, "it": RENTED | {"until_live": "api", "deployment_months": 1.5}},
        people={"ml_premium": 0.5, "specialist_share": 1},
    )
    assert evaluate(case)["it"]["lines"]["interim_staff"][:3] == pytest.approx([5000, 2500, 0])


def test_tax_is_on_what_is_bought() -> None:
    """On machines, support, one-off and monthly bills, not on engineers or hires; a credit lowers it."""
    option = RENTED | {"supporting_rate": 0.5, "one_off_cost": 1000, "other_monthly_cost": 100, "ongoing_fte": 1,
                       "hires": 1, "cost_per_hire": 9000, "credit": 2000}  # fmt: skip
    found = lines(option, finance={"irrecoverable_vat": 0.2})["tax"]
    assert found[:2] == pytest.approx([0.2 * (1.5 * FLEET - 2000 + 1100), 0.2 * (1.5 * FLEET + 100)])


def test_machines_keep_worth_by_their_own_age() -> None:
    """Four bought in month 1, four more in month 7 when the second work begins: 0.64 a year, 0.8 in half a year."""
    case = two(options={"api": API, "it": OWNED}, finance={"irrecoverable_vat": 0.1})
    case["workloads"]["a"]["tokens_per_month"] = TOKENS
    case["workloads"]["b"] |= {"tokens_per_month": TOKENS, "starts_month": 7}
    found = evaluate(case)["it"]
    assert found["lines"]["purchases"][0] == 80000
    assert found["lines"]["purchases"][6] == 80000
    left = 80000 * 0.64 ** (11 / 12) + 80000 * 0.64 ** (5 / 12)
    assert found["lines"]["residual"][11] == pytest.approx(-left)
    assert found["lines"]["upkeep"][5:7] == pytest.approx([800, 1600])
    assert found["lines"]["power"][0] == pytest.approx(4 * 1.5 * HOURS * 0.1)
    assert found["lines"]["tax"][11] == pytest.approx(0.1 * (1600 + 8 * 1.5 * HOURS * 0.1))


def test_leaving_owned_machines_costs_the_forced_sale() -> None:
    """A quarter of the worth in month x, and a month of running both at power and upkeep with their tax."""
    option = OWNED | {"resale_loss": 0.25, "parallel_run_months": 1, "exit_fees": 500}
    option |= {"exit_probability": 0.5, "exit_month": 3}
    found = one(option, finance={"irrecoverable_vat": 0.1})
    assert found["exit_curve"][2] == pytest.approx(500 + 0.25 * 80000 * 0.64 ** (2 / 12) + 1.1 * (438 + 800))
    assert found["expected_exit"] == pytest.approx(0.5 * found["exit_curve"][2])


def test_leaving_owes_the_commitment() -> None:
    """At the end of month 3 of a reserved year nine months are left, one of them paid in the parallel run."""
    option = RENTED | {"committed_replicas": 4, "commitment_months": 12, "parallel_run_months": 1}
    option |= {"exit_probability": 0.5, "exit_month": 3, "termination_share": 0.5}
    found = one(option)
    assert found["exit_curve"][2] == pytest.approx(8 * FLEET * 0.5 + FLEET)
    assert found["exit_curve"][11] == pytest.approx(FLEET)


def test_leaving_before_service_owes_the_commitment_too() -> None:
    """Delivered in month 2, in service in month 4: at the end of month 1 and 2 the whole term or what is left of it."""
    option = RENTED | {
        "committed_replicas": 1,
        "commitment_months": 6,
        "lead_time_months": 2,
        "until_live": "api",
    }
    option |= {"deployment_months": 2, "exit_fees": 100, "exit_probability": 0.5, "exit_month": 3}
    assert one(option)["exit_curve"][:4] == pytest.approx([100 + n * 1460 for n in (6, 6, 5, 4)])


def test_a_term_that_ends_with_the_month_leaves_nothing() -> None:
    """Renewed every six months: nothing is owed at the end of month 6, five months at the end of month 7."""
    option = RENTED | {"committed_replicas": 1, "commitment_months": 6, "commitment_renews": True}
    option |= {"exit_probability": 0.5, "exit_month": 6}
    assert one(option)["exit_curve"][5:8] == pytest.approx([0, 5 * 1460, 4 * 1460])


def test_without_reserved_capacity_rent_is_owed_from_go_live() -> None:
    """Of six months from go-live, three are left at the end of month 4 after one in deployment, less the parallel run."""
    option = RENTED | {
        "commitment_months": 6,
        "deployment_months": 1,
        "until_live": "api",
        "parallel_run_months": 1,
    }
    option |= {"exit_probability": 0.5, "exit_month": 4}
    assert one(option)["exit_curve"][3] == pytest.approx(2 * FLEET + FLEET)
    assert one(option)["exit_curve"][0] == 0


def test_one_project_is_displaced_by_several_options() -> None:
    """Each that is named counts it by its own months; it has one value."""
    project = {
        "name": "P",
        "option": ["it", "other"],
        "during": "deployment",
        "monthly_value": 1000,
        "confidence": 0.5,
    }
    options = {"api": API, "it": RENTED | {"until_live": "api", "deployment_months": 2, "stabilisation_months": 1},
               "other": MANAGED}  # fmt: skip
    found = evaluate(made(options, opportunity=[project]))
    assert found["it"]["opportunity"] == pytest.approx(1500)
    assert found["other"]["opportunity"] == 0
    assert found["api"]["opportunity"] == 0


def test_everything_routed_to_one_option_is_that_option() -> None:
    """A split that names one option has its full cost, and each half of the api's work half of its usage."""
    options = {
        "api": API,
        "it": RENTED,
        "mix": {"kind": "mix", "name": "Mix", "routes": {"a": "api", "b": "it"}},
    }
    case = two(options=options)
    found = results(case)
    five = {
        tuple(split["routes"].values()): split["full_cost"] for split in found["detail"]["best_split"]["five"]
    }
    assert five["api", "api"] == pytest.approx(found["options"]["api"]["full_cost"])
    assert five["it", "it"] == pytest.approx(found["options"]["it"]["full_cost"])
    assert five["api", "it"] == pytest.approx(found["options"]["mix"]["full_cost"])
    assert found["options"]["mix"]["monthly"][0] == pytest.approx(USAGE / 2 + FLEET / 2)


def test_a_mix_counts_each_project_and_each_api_team_once() -> None:
    """Two parts lean on the api for two and for three months and displace one project: three months of each."""
    options = {
        "api": API | {"ongoing_fte": 1},
        "it": RENTED | {"until_live": "api", "deployment_months": 2},
        "other": OWNED | {"until_live": "api", "deployment_months": 3},
        "mix": {"kind": "mix", "name": "Mix", "routes": {"a": "it", "b": "other"}},
    }
    project = {
        "name": "P",
        "option": ["it", "other"],
        "during": "deployment",
        "monthly_value": 100,
        "confidence": 1,
    }
    found = evaluate(two(options=options, opportunity=[project]))["mix"]
    assert found["lines"]["interim_staff"][:4] == [10000, 10000, 10000, 0]
    assert found["lines"]["interim_usage"][:4] == pytest.approx([USAGE, USAGE, USAGE / 2, 0])
    assert found["opportunity"] == pytest.approx(300)
    assert found["go_live"] == 3


def test_an_api_team_that_serves_already_is_not_charged_twice() -> None:
    """The api is a part itself and live from the first day: its engineers are in its own service."""
    options = {
        "api": API | {"ongoing_fte": 1},
        "it": RENTED | {"until_live": "api", "deployment_months": 2},
        "mix": {"kind": "mix", "name": "Mix", "routes": {"a": "it", "b": "api"}},
    }
    found = evaluate(two(options=options))["mix"]["lines"]
    assert found["interim_staff"] == [0] * 12
    assert found["ongoing_engineering"][0] == 10000


def test_a_mix_is_not_quantified_where_a_part_is_not() -> None:
    """The api in use already counts as quantified; the rented part has no exit: its figure is null, what is known counts."""
    options = {
        "api": API | {"until_live": "api"},
        "it": RENTED,
        "cheap": API | {"exit_fees": 1000, "exit_probability": 0.5, "exit_month": 1},
        "mix": {"kind": "mix", "name": "Mix", "routes": {"a": "it", "b": "cheap"}},
        "used": {"kind": "mix", "name": "Used", "routes": {"a": "api", "b": "cheap"}},
    }
    found = evaluate(two(options=options))
    assert found["mix"]["expected_exit"] is None
    assert found["mix"]["unquantified"] == {"opportunity": ["it"], "expected_exit": ["it"]}
    assert found["mix"]["core"] == pytest.approx(found["mix"]["tco"] + 500)
    assert found["used"]["expected_exit"] == pytest.approx(500)


def test_a_mix_meets_a_rule_by_the_workloads_it_is_about() -> None:
    """The rule is about `a` only: a mix that sends `b` to the api is eligible, the api itself is not."""
    options = {
        "api": API,
        "it": RENTED,
        "mix": {"kind": "mix", "name": "Mix", "routes": {"a": "it", "b": "api"}},
    }
    rule = {"name": "Inside", "met_by": {"api": False, "it": True}, "workloads": ["a"]}
    found = detail(two(options=options, requirements=[rule]))
    assert found["eligible"] == ["it", "mix"]
    assert found["best_split"]["assignments"] == 2
    assert found["best_split"]["best"]["routes"] == {"a": "it", "b": "api"}
    assert found["best_split"]["without"][0]["full_cost"] == pytest.approx(12 * USAGE)


def test_bridge_ends_with_tax_credits_and_obligations() -> None:
    """From four fifths utilisation: three replicas, then four, then a tenth of tax and a credit of 1,000 on it."""
    bridge = {"option": "it", "naive_utilisation": 0.8}
    case = made(
        {"api": API, "it": RENTED | {"credit": 1000}}, bridge=bridge, finance={"irrecoverable_vat": 0.1}
    )
    steps = results(case)["bridge"]["steps"]
    assert [step["label"] for step in steps[8:10]] == ["talent", "tax, credits, obligations"]
    assert steps[0]["cost"] == pytest.approx(0.75 * 12 * FLEET)
    assert steps[1]["cost"] == steps[8]["cost"] == pytest.approx(12 * FLEET)
    assert steps[9]["cost"] == pytest.approx(1.1 * (12 * FLEET - 1000))
    assert steps[10] == {"label": "expected risk", "cost": None, "multiple": None}


def test_bridge_has_no_such_step_where_nothing_of_it_is_stated() -> None:
    """A stated tax of 0 counts as stated."""
    case = made({"api": API, "it": RENTED}, bridge={"naive_utilisation": 0.8})
    assert len(results(case)["bridge"]["steps"]) == 12
    case["finance"]["irrecoverable_vat"] = 0
    assert len(results(case)["bridge"]["steps"]) == 13


def test_capital_is_depreciated_with_its_tax() -> None:
    """80,000 with a tenth of tax over two years: 3,666.67 a month, and what is left is sold for what it is worth."""
    case = made({"api": API, "it": OWNED | {"ongoing_fte": 1, "hires": 1, "cost_per_hire": 700}},
                finance={"irrecoverable_vat": 0.1, "depreciation_years": 2})  # fmt: skip
    found = detail(case)["options"]["it"]["budget"]
    assert found["months"]["capital"][:2] == pytest.approx([88000, 0])
    assert found["months"]["depreciation"] == pytest.approx([88000 / 24] * 12)
    assert found["months"]["book_value"][-1] == pytest.approx(44000)
    assert found["months"]["operating"][:2] == pytest.approx([10000 + 700 + 1.1 * 1238, 10000 + 1.1 * 1238])
    assert found["months"]["own_staff"][0] == 10000
    assert found["months"]["recruitment"][0] == 700
    assert found["disposal_gain"] == pytest.approx(80000 * 0.64 ** (11 / 12) - 44000)


def test_depreciation_ends_with_its_years() -> None:
    """A purchase of month 1 over one year is written off in month 12 and costs nothing in month 13."""
    case = made({"api": API, "it": OWNED}, years=2, finance={"depreciation_years": 1})
    found = detail(case)["options"]["it"]["budget"]["months"]
    assert found["depreciation"][11:13] == pytest.approx([80000 / 12, 0])
    assert found["book_value"][11] == pytest.approx(0)


def test_fiscal_years_are_named_after_the_year_they_end_in() -> None:
    """From January 2027 with years that begin in April: three months of 2027, then 2028."""
    case = made({"api": API, "it": API}, finance={"fiscal_year_start": 4})
    assert [fiscal(case, m) for m in (1, 3, 4, 7, 12)] == [
        (2027, 4),
        (2027, 4),
        (2028, 1),
        (2028, 2),
        (2028, 3),
    ]
    years = detail(case)["options"]["it"]["budget"]["fiscal_years"]
    assert [(year["year"], year["operating"]) for year in years] == [(2027, 3 * USAGE), (2028, 9 * USAGE)]
    case["finance"] = {"years": 1, "start": "2027-07", "discount_rate": 0}
    assert fiscal(case, 1) == (2028, 1)


def test_peak_funding_is_the_largest_excess_over_the_baseline() -> None:
    """One-off 9,000 and 584 a month more: 9,000 + 12 x 584 in month 12; the baseline itself needs nothing."""
    found = detail(made({"api": API, "it": RENTED | {"one_off_cost": 9000}}))["options"]
    assert found["it"]["peak_funding"] == {"amount": pytest.approx(9000 + 12 * 584), "month": 12}
    assert found["it"]["net_present_saving"] == pytest.approx(-9000 - 12 * 584)
    assert found["api"]["peak_funding"] == {"amount": 0, "month": None}


def test_payback_may_rest_on_what_the_machines_bring() -> None:
    """Bought for 80,000, sold for 53,000 and cheaper to run by 4,018 a month: ahead at the end, and only then."""
    found = results(made({"api": API, "it": OWNED}))
    assert found["break_even"]["it"]["month"] == 12
    assert found["detail"]["options"]["it"]["payback"] == {"month": 12, "only_by_residual": True}


def test_break_even_volume_scales_all_workloads() -> None:
    """At 1,314 M a month the api costs 2,628, two replicas 2,920; at 2,628 5,256 against 5,840 or, by half the rent, 2,920."""
    options = {"api": API, "it": RENTED | {"gpu_hourly_price": 1}}
    case = two(options=options, break_even={"low": 657, "high": 2628, "points": 3})
    found = results(case)
    ladder = found["detail"]["ladder"]
    assert [rung["volume"] for rung in ladder] == pytest.approx([657, 1314, 2628])
    assert [rung["tco"]["api"] for rung in ladder] == pytest.approx([12 * 1314, 12 * 2628, 12 * 5256])
    assert [rung["tco"]["it"] for rung in ladder] == pytest.approx([12 * 730, 12 * 1460, 12 * 2920])
    assert found["break_even"]["it"] == {"month": 1, "volume": None, "word": "at every volume shown"}


def test_break_even_words() -> None:
    """The words are tested before a crossing is looked for; a crossing is interpolated in volume."""
    assert break_even_volume([1, 2], [(1, 2), (5, 4)]) == (None, "only at small volumes")
    assert break_even_volume([1, 2], [(3, 2), (5, 4)]) == (None, "not up to")
    assert break_even_volume([1, 2, 4], [(4, 2), (5, 4), (7, 8)]) == (3, "about")


def test_contingency_of_risks_alone() -> None:
    """12,000 with a chance of 30 % lies above P60 and within P80; without ranges it is the whole contingency."""
    risk = {
        "name": "R",
        "probability": 0.3,
        "effects": [{"assumption": "options.it.one_off_cost", "add": 12000}],
    }
    case = made({"api": API, "it": API}, risks=[risk])
    assert detail(case)["contingency"]["it"] == {"risks_alone": 12000, "amount": 12000}
    case["simulation"] = {"confidence": 0.6}
    assert detail(case)["contingency"]["it"] == {"risks_alone": 0, "amount": 0}


def test_risks_that_happen_together_go_through_the_model() -> None:
    """Two that halve the price, each with a chance of one half: 1, 1/2, 1/2 and 1/4 of it on average, not nothing."""
    risks = [{"name": f"R{n}", "probability": 0.5, "effects": [
        {"assumption": "options.it.input_price", "multiply": 0.5},
        {"assumption": "options.it.output_price", "multiply": 0.5}]} for n in (1, 2)]  # fmt: skip
    found = results(made({"api": API, "it": API}, risks=risks))
    assert found["options"]["it"]["full_cost"] == pytest.approx(12 * USAGE * 0.5)
    assert found["detail"]["decision"]["joint_core"]["it"] == pytest.approx(12 * USAGE * 2.25 / 4)
    assert found["recommended"] == "it"
    assert found["detail"]["decision"]["lead"] == pytest.approx(0.5)
    assert found["detail"]["decision"]["futures_share"] == pytest.approx(0.75)


def test_combinations_are_clipped_to_bounds_and_stated_runs_are_not() -> None:
    """1.5 x 1.5 of a confidence of 60 % is clipped to 100 % with a chance of 1/4; alone, twice 60 % is an error."""
    project = {"name": "P", "option": "it", "during": "operation", "monthly_value": 1000, "confidence": 0.6}
    path = "opportunity.p.confidence"
    risks = [
        {"name": f"R{n}", "probability": 0.5, "effects": [{"assumption": path, "multiply": 1.5}]}
        for n in (1, 2)
    ]
    case = made({"api": API, "it": API}, opportunity=[project], risks=risks)
    through = detail(case)["through_the_model"]
    assert through["clipped"] == pytest.approx(0.25)
    assert through["core"]["it"] == pytest.approx(12 * (USAGE + 1000 * (0.6 + 0.9 + 0.9 + 1) / 4))
    with pytest.raises(ValueError, match="out of bounds"):
        evaluate(case, [{"assumption": path, "multiply": 2}])


def test_an_open_bound_is_clipped_a_millionth_inside() -> None:
    """Two risks that take the discount rate below -100 % leave it at a millionth above."""
    path = "finance.discount_rate"
    case = made({"api": API, "it": API}, risks=[
        {"name": f"R{n}", "probability": 0.5, "effects": [{"assumption": path, "add": -0.7}]} for n in (1, 2)])  # fmt: skip
    found = draw(case, {}, ["r1", "r2"])
    assert found["clipped"] == [path]
    assert found["options"]["it"]["pv"] == pytest.approx(sum(USAGE * 1e-6 ** (-m / 12) for m in range(1, 13)))


def test_effects_reach_exit_probability_but_not_the_month() -> None:
    """A doubled probability doubles the expected exit; the month is an input only."""
    option = API | {"exit_fees": 100, "exit_probability": 0.2, "exit_month": 2}
    case = made({"api": API, "it": option})
    found = evaluate(case, [{"assumption": "options.it.exit_probability", "multiply": 2}])
    assert found["it"]["expected_exit"] == pytest.approx(40)
    with pytest.raises(ValueError, match="takes no effects"):
        evaluate(case, [{"assumption": "options.it.exit_month", "add": 1}])


def test_book_without_a_write_price_charges_the_input_price() -> None:
    """A rate that has one is a rate of its own; a later one without it falls back to its input."""
    rates = [
        {"input": 1, "output": 5, "cache_write": 2},
        {"effective": date(2027, 3, 1), "input": 3, "output": 5},
    ]
    book = {"currency": "USD", "items": [{"id": "m", "rates": rates}]}
    option = {"kind": "api", "name": "It", "prices": "m"}
    case = with_book(made({"api": API, "it": option}, workload={"cache_write_share": 0.5}), book)
    assert evaluate(case)["it"]["monthly"][:3] == pytest.approx([1971 * 1.5 + 3285] * 2 + [1971 * 3 + 3285])


def test_a_range_beside_a_price_of_the_book_is_drawn_as_a_factor() -> None:
    """1.5 drawn where the book says 1, in a run that doubles the rate: 3, and three times that after the announced step."""
    rates = [{"input": 1, "output": 5}, {"effective": date(2027, 3, 1), "input": 3, "output": 5}]
    book = {"currency": "USD", "items": [{"id": "m", "rates": rates}]}
    option = {"kind": "api", "name": "It", "prices": "m", "input_price": {"low": 0.5, "high": 2}}
    double = [{"assumption": f"prices.m.input.{day}", "multiply": 2} for day in ("undated", "2027-03-01")]
    case = made({"api": API, "it": option}, risks=[{"name": "R", "probability": 0.5, "effects": double}])
    found = draw(with_book(case, book), {"options.it.input_price": 1.5}, ["r"])["options"]["it"]
    assert found["monthly"][1:3] == pytest.approx([1971 * 3 + 3285, 1971 * 9 + 3285])


def test_defaults_are_those_of_the_table() -> None:
    """What is not stated stands at its default, and what has none is no assumption."""
    known = values(made({"api": API, "it": RENTED}))
    assert known["options.api.cache_write_price"] == 1
    assert known["options.it.termination_share"] == 1
    assert known["options.it.min_replicas"] == 1
    assert known["workload.volume_factor"] == 1
    assert (
        not {"options.it.committed_replicas", "options.it.gpus_per_server", "options.it.prompt_tps"}
        & known.keys()
    )


@pytest.mark.parametrize("seed", sampled(range(24)))
def test_identities_hold_in_random_cases(seed: int) -> None:
    """TCO is charge plus book value less worth; factors of 1 change nothing; no split beats its own best; lines add up."""
    case, book = generated(seed), generated_book(seed)
    for option in case["options"].values():
        if option["kind"] != "mix":
            option.setdefault("input_token_factor", 1)
    plain = deepcopy(case)
    for option in plain["options"].values():
        if option.get("input_token_factor") == 1:
            del option["input_token_factor"]
    case, plain = (with_book(one_of, book) if book else one_of for one_of in (case, plain))
    found = results(case)
    for key, result in evaluate(plain, []).items():
        told, more = found["options"][key], found["detail"]["options"][key]
        assert result["core"] == told["core"]
        assert sum(sum(line) for line in more["lines"].values()) == pytest.approx(told["tco"], rel=1e-12)
        months = more["budget"]["months"]
        if months["charge"]:
            kept = sum(months["charge"]) + months["book_value"][-1] - more["worth"][-1]
            assert kept == pytest.approx(told["tco"], rel=1e-12)
        for periods in ("fiscal_years", "quarters"):
            sums = [
                one_of["operating"] + one_of["capital"] + one_of["residual"]
                for one_of in more["budget"][periods]
            ]
            assert sum(sums) == pytest.approx(told["tco"], rel=1e-12)
    split = found["detail"]["best_split"]
    if split and split["best_stated"] and split["best"]:
        assert split["best"]["full_cost"] <= found["options"][split["best_stated"]]["full_cost"] + 1e-6
        assert split["lead"] >= -1e-9
    if found["bridge"]:
        steps = [step for step in found["bridge"]["steps"] if step["label"] not in ("expected risk", "opportunity cost", "expected exit")]  # fmt: skip
        assert steps[-1]["cost"] == pytest.approx(
            found["options"][found["bridge"]["option"]]["tco"], rel=1e-12
        )
