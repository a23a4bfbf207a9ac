"""MODEL.md computed a second time, from its text alone: what the program's results are held against.

It shares nothing with the program: plain floats, one loop over the months, no arrays and no formulas. A case is the
nested dict that `yaml.safe_load` gives. It checks no bounds, since the cases given to it are valid.

A case that takes prices from the price book carries them resolved, under keys of the oracle's own:
- `_prices`: {option: {component: [(date or None, rate), ...]}}, dates rising, components named as in the book
  (input, cached_input, output, per_gpu_hour); a successor's rates follow under their dates. Their paths are
  `prices.<item>.<component>.<date>`, the item the one the case names, or the third member of the tuple.
- `_retires`: {option: [date, ...]}, the days after which a successor takes over
- `_currency`: {option: CUR}, where the item is not in the case's currency
"""

from tests.oracle.answer import results
from tests.oracle.assumptions import values
from tests.oracle.run import evaluate

__all__ = ["evaluate", "results", "values"]
