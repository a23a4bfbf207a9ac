"""Where the project's folders are, and the largest of its cases."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
INPUTS = ROOT / "inputs"
CASES = ROOT / "tests" / "cases"
LARGE = ("hospital-group", "ten-to-twenty-billion-tokens")
"""The cases that take seconds to be worked out."""
large_cases = pytest.mark.xdist_group("large cases")
"""Marks a test of a large case: these run in one process, which works each case out once."""
