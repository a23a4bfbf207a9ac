"""Packs without their paper, which takes a second, and small cases, for what does not depend on their size."""

import shutil
from pathlib import Path

from reportgen.analysis import Analysis
from reportgen.assessment import analyse
from reportgen.pipeline.writing import write_results, write_workbook
from reportgen.schema.loading.load import load_case
from tests.paths import CASES, INPUTS


def pack(case_file: Path, folder: Path) -> Analysis:
    """Build a case into a folder, the paper left out."""
    analysis = analyse(load_case(case_file), case_file)
    write_workbook(analysis, folder / f"{case_file.stem}.xlsx")
    write_results(analysis, folder / f"{case_file.stem}.json")
    return analysis


def small_case(folder: Path, name: str = "small", report: str = "{sections: [decision, tco]}") -> Path:
    """Write the smallest shipped case, with a paper of two sections or another, into a folder, its prices beside it."""
    text = (INPUTS / "small.yaml").read_text(encoding="utf-8")
    case = folder / f"{name}.yaml"
    case.write_text(f"{text}\nreport: {report}\n", encoding="utf-8")
    shutil.copy(INPUTS / "prices.yaml", folder)
    return case


def small_dated_case(folder: Path, name: str) -> Path:
    """Write the case with dated prices, its prices beside it, over two years in place of three, with few futures and volumes.

    Why: LibreOffice goes through all months of the book for each volume.
    """
    text = (CASES / "dated_prices.yaml").read_text(encoding="utf-8")
    smaller = {
        "\nbridge:": "\nsimulation: {draws: 100}\nbreak_even: {points: 2}\nbridge:",
        "finance:\n": "finance:\n  years: 2\n",
    }
    for before, after in smaller.items():
        assert before in text, before
        text = text.replace(before, after, 1)
    case = folder / f"{name}.yaml"
    case.write_text(text, encoding="utf-8")
    shutil.copy(CASES / "prices.yaml", folder)
    return case
