"""WeasyPrint is loaded without what is rarely used, which is there once it is used."""

import subprocess
import sys

SCRIPT = """
import sys
from reportgen.report.typesetting.loading import RARELY_USED, weasyprint
page = weasyprint().HTML(string="<p>Some text</p>")
first = page.write_pdf()
print(sorted(RARELY_USED.keys() & sys.modules.keys()))
from weasyprint.pdf import fonts
fonts.harfbuzz_subset = None
second = page.write_pdf()
print(sorted(RARELY_USED.keys() & sys.modules.keys()), len(second) < 1.5 * len(first))
try:
    fonts.instantiateVariableFont({}, {})
except ValueError as missing:
    print(missing)
import fontTools.varLib.instancer
print(fontTools.varLib.instancer.__file__ is not None, fonts.subset.Subsetter is fontTools.subset.Subsetter)
"""


def test_rarely_used_modules_are_loaded_when_they_are_used() -> None:
    """A page needs none of them; without HarfBuzz's subsets, or for a variable font, the real ones do their work."""
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [
        "[]",
        "['fontTools.subset'] True",
        "Missing required table fvar",
        "True True",
    ]


LOADED_BEFORE = """
import fontTools.subset, weasyprint
from reportgen.report.typesetting import loading
before = fontTools.subset
print(loading.weasyprint() is weasyprint, sys.modules["fontTools.subset"] is before)
"""


def test_what_was_loaded_before_is_left_alone() -> None:
    """A program that has loaded WeasyPrint or fontTools itself keeps them."""
    done = subprocess.run(
        [sys.executable, "-c", "import sys" + LOADED_BEFORE], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["True", "True"]


THREADS = """
from threading import Thread
from reportgen.report.typesetting import loading
threads = [Thread(target=loading.weasyprint) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("heard")
"""


def test_output_is_heard_after_threads_have_loaded_it() -> None:
    """WeasyPrint's own output is silenced while one thread loads it, and no longer."""
    done = subprocess.run([sys.executable, "-c", THREADS], capture_output=True, text=True, check=True)
    assert done.stdout == "heard\n"
