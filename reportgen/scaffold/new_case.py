"""A complete, commented case to begin with: the questions that matter first, each guess marked as one."""

from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import date

from reportgen.runtime.records import dataclass
from reportgen.scaffold.price_of_today import A_GUESS, TodaysPrice
from reportgen.schema.field_types import NAME_LENGTH
from reportgen.schema.loading.load import shipped_usual
from reportgen.schema.loading.yaml_text import number_text, quoted

GUESS = 'note: "a guess: replace"'
"""What marks a figure that nobody stands behind; `check` counts them."""
SCHEMA_LINE = "# yaml-language-server: $schema={}\n"
UNTIL_LIVE = "\n    until_live: api              # serves until this one does"
KINDS = ("api", "platform", "self_hosted", "on_prem")

Day = date


@dataclass(frozen=True, slots=True)
class Answers:
    """What is asked before a case is written; everything else is a guess in it."""

    title: str
    date: Day
    decide_by: Day
    start: Day
    currency: str = "USD"
    years: int = 3
    volume: float | None = None
    """M tokens a month."""
    today: TodaysPrice = A_GUESS
    options: tuple[str, ...] = KINDS[:3]
    workload: str = ""
    """Lines of a workload out of a usage export, in place of guesses."""
    speed: str = ""
    """Lines of an option out of a benchmark, in place of guesses."""
    schema: str = "case.schema.json"
    known: Mapping[str, str] = field(default_factory=dict)


def new_case(answers: Answers) -> str:
    """Return the text of a case that passes `check`."""
    money = _money(answers.currency)
    parts = [_head(answers), _workload(answers), _people(money), "options:\n"]
    parts += [OPTIONS[kind](answers, money) for kind in answers.options]
    parts += [_risks(answers), _rest(answers)]
    return SCHEMA_LINE.format(answers.schema) + "\n".join(parts)


def _money(currency: str) -> Callable[[float], str]:
    """Return a function that turns US dollars into the case's currency, to two digits, as text."""
    size = shipped_usual().currencies.get(currency, 1.0)
    return lambda dollars: number_text(float(f"{dollars * size:.2g}"))


def _guess(value: str, low: str = "", high: str = "", unit: str = "") -> str:
    ends = f", low: {low}, high: {high}" if low else ""
    return f"{{value: {value}{ends}{f', unit: {unit}' if unit else ''}, {GUESS}}}"


def _head(answers: Answers) -> str:
    return f"""\
# A business case for serving language models. Work from top to bottom: what stands first moves the answer most.
# Every figure can be a bare number or {{value, low, high, unit, source, owner, as_of, note}}; units are read and converted.
# reportgen check FILE counts the guesses that are left; reportgen build FILE writes workbook and paper.
case:
  title: {quoted(answers.title)}
  date: {answers.date}          # the day of this edition
  decide_by: {answers.decide_by}     # the day by which a decision is needed
  currency: {answers.currency}
  # organisation: ...   prepared_for: ...   sponsor: ...   meeting: ...

finance:
  start: {answers.start:%Y-%m}            # the first month that is counted
  years: {answers.years}
  discount_rate: {_guess("0.08", "0.06", "0.1")}   # ask the CFO's office
"""


def _workload(answers: Answers) -> str:
    if answers.workload:
        lines = answers.workload.rstrip("\n").splitlines()
        text = "\n".join(
            ["# 1. How much is served: out of your usage (reportgen usage), with its arithmetic.", *lines]
        )
        if "workloads:" in answers.workload:
            return text + "\n"
        if "tokens_per_month:" not in answers.workload:
            text += f"\n  tokens_per_month: {_volume(answers)}"
        if "annual_growth:" not in answers.workload:
            text += f"\n  annual_growth: {_guess('0.3', '0', '1')}"
        return text + "\n"
    return f"""\
# 1. How much is served. Better than a guess: reportgen usage EXPORT --into FILE
workload:
  tokens_per_month: {_volume(answers)}   # millions; 6B and 200M tokens a day are read too
  annual_growth: {_guess("0.3", "0", "1")}
  output_share: {_guess("0.2", "0.1", "0.3")}          # of all tokens, those that the model writes
  cached_share: {_guess("0.2", "0", "0.5")}            # of input, what is read from a prompt cache
  peak_to_average: {_guess("3", "2", "5")}            # the busiest hours over the average
"""


def _volume(answers: Answers) -> str:
    if answers.volume is None:
        return _guess("1000", "500", "2000", "M tokens")
    value = answers.volume
    return f'{{value: {number_text(value)}, low: {number_text(value * 0.7)}, high: {number_text(value * 1.5)}, unit: M tokens, note: "The range is a guess: replace"}}'


def _people(money: Callable[[float], str]) -> str:
    return f"""\
# 2. What people cost: wages, social security, workplace, everything.
people:
  loaded_cost_per_fte: {_guess(money(180_000), money(140_000), money(230_000))}
  wage_growth: {_guess("0.03")}

# 3. The ways that are weighed. The api is the baseline: what serves today.
"""


def _api(answers: Answers, money: Callable[[float], str]) -> str:
    price = answers.today
    cached = price.input / 10 if price.is_guess else price.input
    known = (
        ("input_price", price.input),
        ("cached_input_price", price.cached),
        ("output_price", price.output),
    )
    amounts = []
    for name, amount in known:
        if amount is not None and not price.is_guess:
            amounts.append(f"{name}: {_list_price(amount, price, answers, money)}")
        else:
            guessed = cached if amount is None else amount
            ends = () if amount is None else (money(guessed / 2), money(guessed * 1.5))
            amounts.append(f"{name}: {_guess(money(guessed), *ends)}")
    lines = "\n".join(f"    {line}" for line in amounts)
    return f"""\
  api:
    kind: api
    name: {quoted(price.name[:NAME_LENGTH])}
{lines}
    price_change: {_guess("-0.1", "-0.3", "0.1")}          # a year
    ongoing_fte: {_guess("0.1", "0.05", "0.3")}
    migration_fte_months: {_guess("1", "0.5", "3")}    # moving to each successor of the model
"""


def _list_price(amount: float, price: TodaysPrice, answers: Answers, money: Callable[[float], str]) -> str:
    if answers.currency == "USD":
        return f"{{value: {number_text(amount)}, unit: per M tokens, source: {quoted(price.source)}, as_of: {price.as_of}}}"
    note = f"a guess: replace; {number_text(amount)} US dollars at a rounded exchange rate"
    return f"{{value: {money(amount)}, unit: per M tokens, source: {quoted(price.source)}, as_of: {price.as_of}, note: {quoted(note)}}}"


def _speed(answers: Answers) -> str:
    lines = [line for line in answers.speed.splitlines() if line and not line.startswith("#")]
    if not any("_tps:" in line for line in lines):
        lines = [
            *lines,
            f"replica_tps: {_guess('2500', '1200', '5000', 'tokens/s')}   # input and output together, while answers come in time",
        ]
    if not any(line.startswith("gpus_per_replica") for line in lines):
        lines = ["gpus_per_replica: 2", *lines]
    return "\n".join(f"    {line}" for line in lines)


def _platform(answers: Answers, money: Callable[[float], str]) -> str:
    return f"""\
  platform:
    kind: platform
    name: Managed platform{UNTIL_LIVE}
    deployment_months: {_guess("1", "0.5", "2")}
    deployment_fte: {_guess("0.5", "0.3", "1")}
    ongoing_fte: {_guess("0.25", "0.1", "0.5")}
    gpu_hourly_price: {_guess(money(3.5), money(2.5), money(5), "per GPU-hour")}
{_speed(answers)}
    utilisation: {_guess("0.5", "0.35", "0.65")}         # of that throughput, averaged over the day
    min_replicas: 1
    fee_rate: {_guess("0.1")}
    monthly_fee: {_guess(money(1500))}
    exit_fte_months: {_guess("1", "0.5", "2")}
    exit_probability: {_guess("0.25", "0.1", "0.5")}
    exit_month: {6 * answers.years}
"""


def _tuned(answers: Answers) -> str:
    return f"""\
{_speed(answers)}
    utilisation: {_guess("0.3", "0.2", "0.4")}         # teams plan with more and reach 30 to 40 %
    min_replicas: 2
    staging_replicas: 1
    tuning_loss: {_guess("0.3", "0.2", "0.5")}          # what the default configuration wastes
    tuning_months: {_guess("3", "2", "6")}
    tuning_fte_months: {_guess("2", "1", "4")}
    supporting_rate: {_guess("0.25", "0.2", "0.4")}    # storage, network, monitoring, of GPU cost
    exit_fte_months: {_guess("4", "2", "8")}
    parallel_run_months: {_guess("2", "1", "3")}
    exit_probability: {_guess("0.3", "0.1", "0.5")}
    exit_month: {6 * answers.years}
"""


def _self_hosted(answers: Answers, money: Callable[[float], str]) -> str:
    return f"""\
  self_hosted:
    kind: self_hosted
    name: Rented GPUs{UNTIL_LIVE}
    lead_time_months: {_guess("0.5", "0", "2")}
    deployment_months: {_guess("4", "3", "6")}
    deployment_fte: {_guess("2", "1.5", "4")}
    stabilisation_months: {_guess("2", "1", "3")}
    stabilisation_fte: {_guess("1", "0.5", "2")}
    ongoing_fte: {_guess("1", "0.5", "2")}
    hires: 1
    cost_per_hire: {_guess(money(30_000), money(15_000), money(60_000))}
    gpu_hourly_price: {_guess(money(3), money(2), money(4.5), "per GPU-hour")}
    gpu_price_change: {_guess("-0.1", "-0.25", "0.05")}
{_tuned(answers)}"""


def _on_prem(answers: Answers, money: Callable[[float], str]) -> str:
    return f"""\
  on_prem:
    kind: on_prem
    name: Own GPUs{UNTIL_LIVE}
    lead_time_months: {_guess("3", "2", "6")}
    deployment_months: {_guess("4", "3", "6")}
    deployment_fte: {_guess("2", "1.5", "4")}
    ongoing_fte: {_guess("1.5", "1", "2.5")}
    price_per_gpu_installed: {_guess(money(35_000), money(28_000), money(45_000))}
    kw_per_gpu: {_guess("1.3", "1", "1.6")}
    pue: {_guess("1.3", "1.15", "1.6")}
    price_per_kwh: {_guess(money(0.15), money(0.1), money(0.25))}
    upkeep_rate: {_guess("0.1", "0.06", "0.15")}
    resale_decline: {_guess("0.35", "0.25", "0.5")}
{_tuned(answers)}"""


OPTIONS: dict[str, Callable[[Answers, Callable[[float], str]], str]] = {
    "api": _api, "platform": _platform, "self_hosted": _self_hosted, "on_prem": _on_prem,
}  # fmt: skip


def _risks(answers: Answers) -> str:
    lines = ["# 4. What may go otherwise, how likely, and what it does.", "risks:"]
    for name, probability, effects in _events(answers):
        lines += [f"  - name: {name}", f"    probability: {_guess(probability)}", "    effects:"]
        lines += [f"      - {{assumption: options.{path}, {effect}}}" for path, effect in effects]
    return "\n".join(lines) + "\n"


def _events(answers: Answers) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Return the events that a case begins with: name, probability, and effects on assumptions of options."""
    own = [key for key in answers.options if key in ("self_hosted", "on_prem")]
    out = [
        (
            "The api provider raises prices",
            "0.15",
            [(f"api.{name}", "multiply: 1.3") for name in ("input_price", "output_price")],
        )
    ]
    if own:
        out.append(
            (
                "Deployment runs eight weeks late",
                "0.5",
                [(f"{key}.deployment_months", "add: 1.84") for key in own],
            )
        )
    if own and ("_tps:" not in answers.speed or "replica_tps:" in answers.speed):
        out.append(
            ("Performance falls short", "0.4", [(f"{key}.replica_tps", "multiply: 0.6") for key in own])
        )
    return out


def _rest(answers: Answers) -> str:
    met = ", ".join(f"{key}: true" for key in answers.options)
    return f"""\
# 5. What an option must meet to be eligible: true or false for each.
requirements:
  - name: Data stays where the contract allows
    met_by: {{{met}}}
"""
