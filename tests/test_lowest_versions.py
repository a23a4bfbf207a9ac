"""The lower bounds of pyproject.toml hold: with exactly these versions every command works."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.paths import INPUTS, ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = ("prices", "watch", "parquet", "usage")
REQUIREMENTS = [
    *PROJECT["dependencies"],
    *(one for extra in EXTRAS for one in PROJECT["optional-dependencies"][extra]),
]
CASE = INPUTS / "one-billion-tokens.yaml"
GROUPS = ((), ("prices",))
COMMANDS = (
    "build", "check", "explain", "adopt", "compare", "verify", "watch", "usage", "bench", "actual", "examples", "schema",
)  # fmt: skip

PARQUET = """
import sys
from datetime import datetime, timedelta
import pyarrow as pa, pyarrow.parquet as pq
days = [datetime(2026, 9, day) for day in range(1, 29)]
pq.write_table(pa.table({
    "ChargePeriodStart": days, "ChargePeriodEnd": [day + timedelta(days=1) for day in days],
    "ChargeCategory": ["Usage"] * 28, "ConsumedUnit": ["1M Tokens"] * 28, "ConsumedQuantity": [2.5] * 28,
    "EffectiveCost": [3.5] * 28, "SkuMeter": ["gpt-6 input"] * 28,
}), sys.argv[1])
"""
"""A program that writes a bill of a month as Parquet, in the form of FOCUS."""


def test_every_requirement_has_one_lower_bound() -> None:
    """A requirement is written as name>=version or name==version, so that the lowest version is known."""
    assert [one for one in REQUIREMENTS if not re.fullmatch(r"[\w.-]+(>=|==)[\d.]+", one)] == []


def test_the_tests_need_no_more_than_users_do() -> None:
    """What an extra and the tests both need has the same lower bound."""
    names = {re.split("[>=]", one)[0] for one in REQUIREMENTS}
    shared = [one for one in PROJECT["optional-dependencies"]["dev"] if re.split("[>=]", one)[0] in names]
    assert set(shared) <= set(REQUIREMENTS)


@pytest.fixture(scope="module")
def lowest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an environment with the lowest versions of all that the program needs; gives its Python."""
    folder = tmp_path_factory.mktemp("lowest")
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    python = folder / "bin" / "python"
    exact = [one.replace(">=", "==") for one in REQUIREMENTS]
    pip = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    subprocess.run([*pip, *exact], check=True, timeout=1800)
    return python


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.xdist_group("lowest")
def test_every_command_works_with_the_lowest_versions(lowest: Path, tmp_path: Path) -> None:
    """Help of every command, a check, a build with its paper, an explanation, a verification, an adoption, prices."""
    book, usage = tmp_path / "out" / "one-billion-tokens.xlsx", tmp_path / "usage.parquet"
    subprocess.run([lowest, "-c", PARQUET, usage], check=True)
    commands = [
        ["check", CASE],
        ["build", CASE, "-o", book.parent],
        ["build", CASE, "-o", tmp_path / "page", "--format", "html"],
        ["explain", CASE, "options.api.compute"],
        ["verify", book, "--fast"],
        ["adopt", book, "--case", CASE],
        ["compare", book, CASE],
        ["prices", "find", "gemini"],
        ["prices", "update", "--on", "2026-11-24"],
        *([*group, "--help"] for group in GROUPS),
        ["new", tmp_path / "new.yaml", "--volume", "6B", "--options", "api,platform"],
        ["usage", usage],
        ["doctor"],
        *([name, "--help"] for name in COMMANDS),
        *(["prices", name, "--help"] for name in ("find", "show", "check", "update", "import", "diff")),
    ]
    failed = {}
    for command in commands:
        done = subprocess.run(
            [lowest, "-m", "reportgen", *map(str, command)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            failed[" ".join(map(str, command))] = done.stderr[-2000:]
    assert failed == {}
    assert book.with_suffix(".pdf").stat().st_size > 100_000
