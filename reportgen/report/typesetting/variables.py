"""Variables of a style sheet put in where they are used.

Why: WeasyPrint looks a variable up, and validates its value, again for each element that uses it.
"""

import re

ROOT = re.compile(r""":root\s*\{((?:"[^"]*"|[^"}])*)\}""")
DECLARATION = re.compile(r"""(--[\w-]+)\s*:\s*((?:"[^"]*"|[^";}])*)""")
USE = re.compile(r"var\((--[\w-]+)\)")


def with_values(style: str) -> str:
    """Return a style sheet with the variables of its root replaced by their values, those set anywhere else left."""
    values = dict(pair for block in ROOT.findall(style) for pair in DECLARATION.findall(block))
    for name, _ in DECLARATION.findall(ROOT.sub("", style)):
        values.pop(name, None)
    return USE.sub(lambda use: values.get(use[1], use[0]).strip(), style)
