"""Lines of the model in words, and in figures for a month."""

from pathlib import Path


def explained(case_file: Path, start: str, month: int) -> list[str]:
    """Put the lines whose keys begin with `start` into words, and into figures for one month."""
    from reportgen.assessment import analyse
    from reportgen.casing import first_lower
    from reportgen.errors import SurroundingsError
    from reportgen.formula.explain import formula_in_figures, formula_in_words
    from reportgen.schema.loading.load import load_case

    analysis = analyse(load_case(case_file), case_file)
    labels = {row.path: first_lower(row.label) for row in analysis.assumptions}
    lines = [line for line in analysis.model.lines() if line.key.startswith(start)]
    if not lines:
        raise SurroundingsError(
            f"No line of the model begins with {start}; options.KEY. lists those of an option."
        )
    return [
        f"{line.key}\n  {formula_in_words(line, labels)}\n"
        f"  month {month}: {formula_in_figures(line, analysis.base, month - 1, _printed)}\n"
        for line in lines
    ]


def _printed(value: float) -> str:
    return f"{value:,.6g}" if abs(value) < 1000 else f"{value:,.0f}"
