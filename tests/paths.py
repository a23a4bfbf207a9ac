"""Where the project's folders are."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
INPUTS = ROOT / "inputs"
CASES = ROOT / "tests" / "cases"
