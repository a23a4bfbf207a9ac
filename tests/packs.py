"""Packs without their paper, which takes a second: the workbook and the results file of a case."""

from pathlib import Path

from reportgen.analysis import Analysis
from reportgen.assessment import analyse
from reportgen.pipeline.writing import write_results, write_workbook
from reportgen.schema.loading.load import load_case


def pack(case_file: Path, folder: Path) -> Analysis:
    """Build a case into a folder, the paper left out."""
    analysis = analyse(load_case(case_file), case_file)
    write_workbook(analysis, folder / f"{case_file.stem}.xlsx")
    write_results(analysis, folder / f"{case_file.stem}.json")
    return analysis
