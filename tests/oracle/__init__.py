"""MODEL.md computed a second time, from its text alone: what the program's results are held against.

It shares nothing with the program: plain floats, one loop over the months, no arrays and no formulas. A case is the
nested dict that `yaml.safe_load` gives: an assumption is a number or `{value: ...}`. Cases are taken to be valid; a
stated run that takes an assumption out of its bounds raises ValueError.

Reading order: `excel` (helpers), `fields` (tables and bounds), `case`, `assumptions` (effects, clipping), `book`
(prices), `run` (a run, a part, the timeline), `workloads`, `api`, `machines`, `rented`, `owned`, `lines`, `whole` (an
option from its parts), `opportunity`, `exits`, `evaluate` (one run); then `risks`, `break_even`, `bridge`, `budget`,
`decision`, `split`, `answer` (what runs say together).

Entry points:
- `results(case)`: everything below.
- `evaluate(case, effects)`: one stated run, {option: {...}}.
- `draw(case, drawn, happened)`: one draw of the simulation: {path: value drawn}, ids of the risks that happened; gives
  `options` (as `evaluate`) and `clipped` (paths clipped to a bound).
- `values(case)`: {path: value} of every assumption that has one.
- `with_book(case, book)`: the case with its prices resolved, under keys of the oracle's own:
  - `_prices`: {option: {component: [(day or None, rate, path, exchange path or None), ...]}}, days rising, components
    named as in the book (input, cached_input, cache_write, output, per_gpu_hour); a successor's rates follow
  - `_retires`: {option: [day, ...]}, the days after which a successor takes over

`results` gives, amounts unrounded, a monthly line a list with month m at index m - 1, None for not reached or not
quantified; m is a month number, PV present value:
- `recommended`: the option's key, None where none is eligible
- `too_close`: whether it is too close to call for a reason known without a simulation
- `options.<key>`: `tco`, `pv`, `core`, `full_cost`; `years` (cost per model year), `monthly`, `categories` {category:
  sum over 1..H}, `run_rate`, `cost_per_m_tokens`; `opportunity` (nominal), `opportunity_pv`; `expected_exit`
  (nominal), `expected_exit_pv`, `exit_curve` (by month x); `expected_risk` (on TCO), `expected_risk_core`.
  Categories: compute, supporting, deployment, ongoing, interim, other, tax
- `risks`: [{`name`, `probability`, `impact` {option: on TCO}, `impact_core` {option: on core}}]
- `joint.<key>`: `p50`, `p80`, `p90` of TCO plus impacts; `cheapest`: chance of the lowest TCO among the eligible, None
  for an option that is not eligible. {} beyond 20 risks
- `break_even.<key>` (not the baseline): `month`, `volume` (None unless the word is "about"), `word` (without volume)
- `price_scenarios`: [{`name`, `core` {option: core}}]
- `bridge`: None, or {`option`, `steps` [{`label`, `cost`, `multiple`}]}: `cost` is the run's TCO, of the last three
  steps the amount added or None
- `detail`: what the second edition brought beside those:
  - `workloads` {workload: tokens by month}, `tokens` (all together), `baseline` (key), `eligible` [keys]
  - `decision`: `order` (eligible, by full cost), `recommended`, `runner_up`, `lead` (None without two eligible, or
    where the runner-up's full cost alone is 0), `joint_core` {option: mean core over the joint runs of the risks
    through the model, None beyond 10 risks}, `joint_first` (lowest of those among the eligible), `futures_share`
    (share of the joint runs in which the recommended is of lowest core; None where anything is ranged),
    `unquantified` {recommended, runner-up: [parts]}, `reasons` {`lead`, `joint_runs`, `not_above_0`, `futures`: why it
    is too close to call} and `word`, both None without two eligible options; `word` is None where it takes a
    simulation, else too close to call, open or untested
  - `through_the_model`: None beyond 10 risks, or {`core`, `tco` {option: mean}, `cheapest` {eligible: share},
    `clipped`: chance of the combinations in which something was clipped}
  - `contingency.<key>`: `risks_alone` and `amount` (None where anything is ranged or nothing can happen)
  - `ladder`: [{`volume`, `tco` {option: TCO}}]
  - `best_split`: None without `workloads`, or {`assignments` (how many meet the must-haves), `limit` (True: more than
    4,096, nothing searched), `best` and `five` ({`routes`, `full_cost`}, lowest first), `best_stated` (key), `lead`
    (over it), `without` [{`requirement`, `routes`, `full_cost`}, best split without each must-have]}
  - `options.<key>`:
    - `parts` {option: [workloads]}, `go_live`, `unquantified` {`opportunity`, `expected_exit`: [parts]}
    - `lines` {line: monthly}: bill (an api's charge; rented fleet and staging), credited (negative), spill, purchases,
      power, upkeep, residual (negative); supporting; deployment_engineering; ongoing_engineering, refresh,
      stabilisation, tuning; interim_usage, interim_staff; one_off_cost, recruitment, other_monthly_cost, migrations,
      shortfall; tax
    - `monthly_categories` {category: monthly}, `yearly_categories` {category: by model year}
    - `known_opportunity` (monthly, what is known of it), `worth` (of owned machines, monthly)
    - `machines.<part>` (parts with machines): `speed` {workload: tokens/s of a replica}, and monthly `load`,
      `replicas`, `gpus`, `served`, `fleet`, `covered` and `locked` (None without committed_replicas), `owned` (None
      unless on_prem)
    - `exit_parts.<part>`: monthly `running`, `commitment`, `forced_sale`, `curve`, quantified or not
    - `budget`: `months` {`capital`, `operating`, `own_staff`, `recruitment`, `residual`, `depreciation`, `book_value`,
      `charge`}, `fiscal_years` and `quarters` [{`year`, `quarter` (None in a year), `first_month`, `last_month`, sums of
      those, `book_value` at its end}], `disposal_gain`; depreciation, book_value, charge and disposal_gain are None
      without depreciation_years
    - `net_present_saving`, `peak_funding` {`amount`, `month` or None}, `payback` {`month`, `only_by_residual`} (None for
      the baseline)
"""

from tests.oracle.answer import results
from tests.oracle.evaluate import draw, evaluate
from tests.oracle.inputs.assumptions import values
from tests.oracle.inputs.book import with_book

__all__ = ["draw", "evaluate", "results", "values", "with_book"]
