"""The cost lines of one part, month by month, before what only the whole option knows (interim staff, shortfall, tax)."""

from tests.oracle.excel import Months, excel_round, overlap, total
from tests.oracle.inputs.book import migration_months
from tests.oracle.options.api import billed, usage
from tests.oracle.options.machines import served
from tests.oracle.options.owned import power, purchases, upkeep, worth
from tests.oracle.options.rented import fleet, staging
from tests.oracle.run import Part, deploying, fte_month, go_live, live, once, stable, team_month

Lines = dict[str, Months]
CATEGORIES = {
    "compute": ("bill", "purchases", "power", "upkeep", "residual", "spill", "credited"),
    "supporting": ("supporting",),
    "deployment": ("deployment_engineering",),
    "ongoing": ("ongoing_engineering", "refresh", "stabilisation", "tuning"),
    "interim": ("interim_usage", "interim_staff"),
    "other": ("one_off_cost", "recruitment", "other_monthly_cost", "migrations", "shortfall"),
    "tax": ("tax",),
}
"""Which lines belong to which category. `credited` and `residual` are negative; `bill` is an api's charge, or rented
fleet and staging."""


@once
def part_lines(part: Part) -> Lines:
    """List a part's lines by name."""
    none = [0.0 for _ in part.each()]
    owns = part.kind == "on_prem"
    bill = own_bill(part)
    lines = {
        "bill": bill,
        "purchases": purchases(part) if owns else none,
        "power": power(part) if owns else none,
        "upkeep": upkeep(part) if owns else none,
        "residual": [*none[:-1], -worth(part)[-1]],
        "spill": spill(part),
        "credited": [-paid for paid in credited(part, bill)],
        "supporting": supporting(part),
        "interim_usage": interim_usage(part),
        "one_off_cost": [part.of("one_off_cost"), *none[1:]],
        "recruitment": [part.of("hires") * part.of("cost_per_hire"), *none[1:]],
        "other_monthly_cost": [part.of("other_monthly_cost") * serves for serves in live(part)],
    }
    return lines | people(part)


def own_bill(part: Part) -> Months:
    """Compute what the option's own vendor bills: compute before credit and spill, nothing for owned machines."""
    match part.kind:
        case "api":
            return list(billed(part))
        case "self_hosted":
            return total(fleet(part), staging(part))
        case "platform":
            return list(fleet(part))
    return [0.0 for _ in part.each()]


@once
def running_fleet(part: Part) -> Months:
    """Compute what keeps the machines of the service going: fleet, an api's bill, power and upkeep of owned ones."""
    match part.kind:
        case "api":
            return list(billed(part))
        case "on_prem":
            return total(power(part), upkeep(part))
    return list(fleet(part))


@once
def supporting(part: Part) -> Months:
    """Compute supporting infrastructure on fleet and staging; 0 for kinds without a supporting rate."""
    extra = staging(part) if part.kind == "self_hosted" else [0.0 for _ in part.each()]
    return [part.of("supporting_rate") * cost for cost in total(running_fleet(part), extra)]


def credited(part: Part, bill: Months) -> Months:
    """Pay the bills as they fall due out of the vendor's credit, as long as it lasts."""
    used = 0.0
    found: Months = []
    for amount in bill:
        paid = min(max(0.0, amount), part.of("credit") - used)
        used += paid
        found.append(paid)
    return found


def spill(part: Part) -> Months:
    """Compute what an api charges for what capped machines do not serve."""
    if not part.has("max_replicas"):
        return [0.0 for _ in part.each()]
    over = usage(part.beside(part.option["spill_to"]))
    return [
        cost * (1.0 - share) * serves
        for cost, share, serves in zip(over, served(part), live(part), strict=True)
    ]


def interim_usage(part: Part) -> Months:
    """Compute what the api that carries the workload until go-live charges."""
    carrier = part.option.get("until_live")
    if carrier is None:
        if go_live(part) > 0:
            raise ValueError(f"options.{part.key}.until_live is required where go-live comes later")
        return [0.0 for _ in part.each()]
    return [
        cost * (1.0 - serves) for cost, serves in zip(usage(part.beside(carrier)), live(part), strict=True)
    ]


def people(part: Part) -> Lines:
    """Compute what the team costs: deployment, service, model refresh, stabilisation, tuning, model migrations."""
    g, team = go_live(part), team_month(part)
    refresh = part.of("refresh_fte_months") / max(part.of("refresh_months"), 0.01)
    tuning = part.of("tuning_fte_months") / max(part.of("tuning_months"), 0.01)
    tuned = excel_round(g + part.of("tuning_months"))
    moves = migration_months(part.run.case, part.key)
    months = list(part.each())
    return {
        "deployment_engineering": [part.of("deployment_fte") * team[m - 1] * deploying(part)[m - 1] for m in months],
        "ongoing_engineering": [part.of("ongoing_fte") * team[m - 1] * live(part)[m - 1] for m in months],
        "refresh": [refresh * team[m - 1] * live(part)[m - 1] for m in months],
        "stabilisation": [part.of("stabilisation_fte") * team[m - 1] * overlap(g, stable(part), m) for m in months],
        "tuning": [tuning * team[m - 1] * overlap(g, tuned, m) for m in months],
        "migrations": [
            part.of("migration_fte_months") * fte_month(part)[m - 1] * (m in moves) for m in months
        ],
    }  # fmt: skip
