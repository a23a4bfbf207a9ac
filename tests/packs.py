"""Packs without their paper, which takes a second, and the smallest case, for what does not depend on its size."""

import shutil
from pathlib import Path

from reportgen.analysis import Analysis
from reportgen.assessment import analyse
from reportgen.pipeline.writing import write_results, write_workbook
from reportgen.schema.loading.load import load_case
from tests.paths import INPUTS


def pack(case_file: Path, folder: Path) -> Analysis:
    """Build a case into a folder, the paper left out."""
    analysis = analyse(load_case(case_file), case_file)
    write_workbook(analysis, folder / f"{case_file.stem}.xlsx")
    write_results(analysis, folder / f"{case_file.stem}.json")
    return analysis


def small_case(folder: Path) -> Path:
    """Write the smallest shipped case, with a paper of two sections, into a folder, its prices beside it."""
    text = (INPUTS / "small.yaml").read_text(encoding="utf-8")
    case = folder / "small.yaml"
    case.write_text(f"{text}\nreport: {{sections: [decision, tco]}}\n", encoding="utf-8")
    shutil.copy(INPUTS / "prices.yaml", folder)
    return case
