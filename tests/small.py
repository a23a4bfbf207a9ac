"""The smallest case for tests of what is done with a case, whatever its size: its paper has two sections."""

import shutil
from pathlib import Path

from tests.paths import INPUTS


def small_case(folder: Path) -> Path:
    """Write the smallest shipped case, with a paper of two sections, into a folder, its prices beside it."""
    text = (INPUTS / "small.yaml").read_text(encoding="utf-8")
    case = folder / "small.yaml"
    case.write_text(f"{text}\nreport: {{sections: [decision, tco]}}\n", encoding="utf-8")
    shutil.copy(INPUTS / "prices.yaml", folder)
    return case
