"""Node and its packages for tests: looked for on NODE_PATH, and beside the environment that runs the tests."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


def node_environment() -> dict[str, str]:
    """Return the environment with the packages that `sh .ci/setup test` installs on the path of Node."""
    places = [os.environ.get("NODE_PATH", ""), str(Path(sys.prefix) / "node_modules")]
    return {**os.environ, "NODE_PATH": os.pathsep.join(filter(None, places))}


def need_node(*packages: str) -> None:
    """Skip where node, or one of its packages, is missing."""
    if not shutil.which("node"):
        pytest.skip("node is not installed: sh .ci/setup test installs it.")
    script = "".join(f"require.resolve('{name}');" for name in packages)
    found = subprocess.run(["node", "-e", script], check=False, capture_output=True, env=node_environment())
    if found.returncode:
        pytest.skip(f"node finds no {' and '.join(packages)}: sh .ci/setup test installs them.")
