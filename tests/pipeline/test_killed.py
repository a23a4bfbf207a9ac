"""Builds that are killed or interrupted, and builds at the same time, leave a pack of one edition, or one that the next build mends."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from tests.paths import CASES, ROOT
from tests.safety.ended import Ended

pytestmark = pytest.mark.slow
SEED = 20_261_128
TOGETHER = 3
FORM = ("--format", "html")
"""A pack has as many files with a web page as with a paper, and is written in a third of the time."""
RATE = "discount_rate: 0.1"
Files = dict[str, bytes]


def files_of(folder: Path) -> Files:
    """Return everything in a folder by its path in it; the folder's own hidden files too."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@dataclass(frozen=True, slots=True)
class Build:
    """A second build of a case whose discount rate was changed: the pack before it, and after it."""

    folder: Path
    arguments: tuple[str, ...]
    before: Files
    after: Files
    events: int
    all_events: int
    ended: Ended

    @property
    def out(self) -> Path:
        """Return the folder of the pack."""
        return self.folder / "out"

    def reset(self) -> None:
        """Put the pack before the build in place."""
        shutil.rmtree(self.out, ignore_errors=True)
        for name, content in self.before.items():
            (self.out / name).parent.mkdir(parents=True, exist_ok=True)
            (self.out / name).write_bytes(content)

    def run(self) -> subprocess.CompletedProcess[str]:
        """Run the build to its end."""
        return subprocess.run(
            [sys.executable, *self.arguments], cwd=ROOT, capture_output=True, text=True, check=False
        )

    def require_whole_files(self) -> bool:
        """Require that every file of the pack is whole, of either edition; gives whether the pack is mixed."""
        found = files_of(self.out)
        pack = {name: found[name] for name in self.before}
        for name, content in pack.items():
            assert content in (self.before[name], self.after[name]), f"{name} is of neither edition"
        return pack not in (
            {name: self.before[name] for name in pack},
            {name: self.after[name] for name in pack},
        )

    def require_mended(self) -> None:
        """Require that the same build, run again, gives what it would have given, and leaves nothing behind."""
        mixed = self.require_whole_files()
        done = self.run()
        assert done.returncode == 0, done.stderr
        assert ("pack mended" in done.stderr) == mixed
        assert files_of(self.out) == self.after


def prepared(folder: Path, *since: str) -> Build:
    """Build a case, change it, and build it again in full, to know what a build gives that nobody ends."""
    case, out = folder / "small.yaml", folder / "out"
    text = (CASES / "nothing_known.yaml").read_text(encoding="utf-8")
    assert RATE in text
    arguments = ("-m", "reportgen", "build", str(case), "-o", str(out), *FORM)
    case.write_text(text, encoding="utf-8")
    subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, capture_output=True)
    before = files_of(out)
    case.write_text(text.replace(RATE, f"{RATE}2"), encoding="utf-8")
    arguments = (*arguments, *(one.format(out=out) for one in since))
    ended = Ended(folder / "hook", out)
    events = ended.events(arguments, "folder")
    after = files_of(out)
    build = Build(folder, arguments, before, after, events, 0, ended)
    build.reset()
    return Build(folder, arguments, before, after, events, ended.events(arguments, "any"), ended)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Prepare a build of a changed case."""
    return prepared(tmp_path_factory.mktemp("plain"))


@pytest.fixture(scope="module")
def since(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Prepare a build of a changed case as the edition after the one that is there."""
    return prepared(tmp_path_factory.mktemp("since"), "--since", "{out}/small.xlsx")


def kill_points(build: Build, count: int) -> Sequence[tuple[str, int]]:
    """Return every event that changes the folder, and seeded ones of all events until there are `count`."""
    moments = Random(SEED)  # noqa: S311  moments, no secrets
    points = [("folder", number) for number in range(1, build.events + 1)]
    others = [("any", moments.randrange(1, build.all_events)) for _ in range(max(count - len(points), 0))]
    return (*points, *others)


def kill_and_mend(build: Build, points: Sequence[tuple[str, int]]) -> int:
    """Kill a build at each point, and mend it where its files are mixed, and at every fifth; gives how often they were mixed."""
    mixed = 0
    for place, (kind, at) in enumerate(points):
        build.reset()
        done = build.ended.run(build.arguments, kind, at, signal.SIGKILL)
        assert done.returncode == -signal.SIGKILL, (kind, at)
        is_mixed = build.require_whole_files()
        mixed += is_mixed
        if is_mixed or place % 5 == 0:
            build.require_mended()
    return mixed


@pytest.mark.long
def test_a_pack_is_of_one_edition_where_a_build_is_killed_between_its_files(plain: Build) -> None:
    """Killed at its last changes of the folder, when the files are moved: each is whole, and the next build mends the pack."""
    assert kill_and_mend(plain, kill_points(plain, 0)[-7:-3])


@pytest.mark.long
def test_a_pack_is_of_one_edition_wherever_a_build_is_killed(plain: Build) -> None:
    """At fifty points: every change of the folder, and seeded ones over the whole build."""
    points = kill_points(plain, 50)
    assert len(points) >= 50
    assert kill_and_mend(plain, points)


@pytest.mark.long
def test_a_new_edition_can_be_repeated_wherever_it_is_killed(since: Build) -> None:
    """At every change of the folder: the repeated build gives the same bytes, the edition before kept among them."""
    assert any(name.startswith(".editions") for name in since.after)
    assert kill_and_mend(since, kill_points(since, 0))


@pytest.mark.long
def test_ctrl_c_leaves_a_pack_of_one_edition(plain: Build) -> None:
    """At twenty points: exit 130 without a traceback, nothing mixed, nothing left behind; or the build was done already."""
    moments = Random(SEED)  # noqa: S311  moments, no secrets
    points = [("folder", number) for number in range(1, plain.events + 1)]
    points = [
        *moments.sample(points, min(12, len(points))),
        *(("any", moments.randrange(1, plain.all_events)) for _ in range(8)),
    ]
    for kind, at in points:
        plain.reset()
        done = plain.ended.run(plain.arguments, kind, at, signal.SIGINT)
        assert done.returncode in (0, 130, -signal.SIGINT), (kind, at, done.stderr)
        assert "Traceback" not in done.stderr, (kind, at)
        assert not plain.require_whole_files(), (kind, at)
        left = {name for name in files_of(plain.out) if name not in plain.before}
        assert left <= {".small.lock"}, (kind, at)
    plain.require_mended()


def test_builds_at_the_same_time_do_not_mix(tmp_path: Path) -> None:
    """Each of several either writes a whole pack or says that another one is under way, and ends with exit 4."""
    case, folder = tmp_path / "small.yaml", tmp_path / "out"
    shutil.copy(CASES / "nothing_known.yaml", case)
    building = [
        subprocess.Popen(
            [sys.executable, "-m", "reportgen", "build", str(case), "-o", str(folder), *FORM],
            cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )
        for _ in range(TOGETHER)
    ]  # fmt: skip
    ended = [(one.communicate()[1], one.returncode) for one in building]
    assert {status for _, status in ended} <= {0, 4}
    assert any(status == 0 for _, status in ended)
    assert all("is under way" in text for text, status in ended if status == 4)
    first = files_of(folder)
    assert set(first) == {"small.html", "small.json", "small.xlsx"}
    again = subprocess.run(
        [sys.executable, "-m", "reportgen", "build", str(case), "-o", str(folder), *FORM],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    assert b"pack mended" not in again.stderr
    assert files_of(folder) == first
