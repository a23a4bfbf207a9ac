"""The program starts no foreign program to load its libraries."""

import subprocess
import sys

import pytest

from tests.paths import ROOT

PROBE = """
import sys
started = []
sys.addaudithook(lambda event, arguments: event in ("subprocess.Popen", "os.posix_spawn", "os.exec") and started.append(arguments))
from reportgen.report.pdf import _weasyprint
_weasyprint()
print(started)
"""


@pytest.mark.slow
def test_loading_the_typesetter_runs_no_other_program() -> None:
    """Neither ldconfig nor gcc nor ld: the libraries are loaded by their names."""
    command = [sys.executable, "-W", "ignore", "-c", PROBE]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
