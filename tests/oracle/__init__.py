"""MODEL.md computed a second time, from its text alone: what the program's results are held against.

It shares nothing with the program: plain floats, one loop over the months, no arrays and no formulas. A case is the
nested dict that `yaml.safe_load` gives. It checks no bounds, since the cases given to it are valid.

A case that takes prices from the price book carries them resolved (`with_book`), under keys of the oracle's own:
- `_prices`: {option: {component: [(day or None, rate, path, exchange path or None), ...]}}, days rising, components
  named as in the book (input, cached_input, output, per_gpu_hour); a successor's rates follow, used from the day
  after its predecessor retires at the earliest
- `_retires`: {option: [day, ...]}, the days after which a successor takes over
"""

from tests.oracle.answer import results
from tests.oracle.assumptions import values
from tests.oracle.book import with_book
from tests.oracle.run import evaluate

__all__ = ["evaluate", "results", "values", "with_book"]
