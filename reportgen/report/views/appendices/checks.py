"""Appendix E: checks of the arithmetic, the fingerprint, and how to rebuild the paper."""

from markupsafe import Markup

from reportgen.report.parts import Section, Text
from reportgen.report.views.context import ViewContext
from reportgen.report.wording import join_list


def section(context: ViewContext) -> Section:
    """Return the appendix on checks."""
    paper = context.paper
    failing = [check for check in context.results.checks if not check.passes]
    total = len(context.results.checks)
    title = (
        f"{len(failing)} of {total} checks of the arithmetic fail"
        if failing
        else f"All {total} checks of the arithmetic pass"
    )
    code = Markup("<code>{}</code>")
    inputs = [file for file in (paper.case_file, paper.price_book) if file]
    notes: tuple[Text, ...] = (
        *(
            f"Fails: {check.name} ({context.number(check.left)} against {context.number(check.right)})."
            for check in failing
        ),
        Markup(
            "Inputs: {}, fingerprint {}. The same inputs give the same fingerprint, workbook and paper."
        ).format(join_list(inputs), code.format(paper.fingerprint)),
        Markup("Program: {}. To rebuild: {}").format(
            paper.program, code.format(f"reportgen build {paper.case_file}")
        ),
        f"Attached to this file: {join_list([f'{paper.workbook} with every figure as a live formula', *inputs])}.",
    )
    lede = "Each total is reached in two ways, which must agree to a billionth of its size."
    return Section("checks", "Appendix E: checks", title, lede, (), notes)
