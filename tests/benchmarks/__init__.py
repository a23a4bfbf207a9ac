"""Programs that measure; `python -m tests.benchmarks` runs them."""
