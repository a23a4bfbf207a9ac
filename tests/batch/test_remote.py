"""Cases that travel: what comes back is what is built here, byte for byte; nothing is lost, doubled or half written."""

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import reportgen as rg
from reportgen.batch import remote
from reportgen.batch.build import BatchOptions, CaseBuild, build_all
from reportgen.batch.index import NAME as INDEX
from reportgen.errors import SurroundingsError
from reportgen.schema.loading.load import usual_figures
from reportgen.variants.axes import Axis
from reportgen.variants.evaluation import Evaluator
from reportgen.variants.grid import Grid
from reportgen.variants.running import evaluated
from reportgen.workers import SERIAL, cluster
from tests.engines import write_changed
from tests.paths import CASES, INPUTS
from tests.prices.books import BOOK

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

TEXT = (CASES / "nothing_known.yaml").read_text(encoding="utf-8")


class Elsewhere(Executor):
    """An executor that works at once, on what pickling makes of the work."""

    def __init__(self, damage: Callable[[remote.Returned], remote.Returned] = lambda found: found) -> None:
        self.sent: list[str] = []
        self._damage = damage

    def submit(self, fn: Any, /, *args: Any, **_: Any) -> Future[Any]:
        """Work at once."""
        self.sent.append(args[0].name)
        return SERIAL.submit(lambda: self._damage(fn(*args)))


@pytest.fixture
def cases(tmp_path: Path) -> list[Path]:
    """Make two cases and their price book."""
    folder = tmp_path / "inputs"
    folder.mkdir()
    (folder / "prices.yaml").write_text(BOOK, encoding="utf-8")
    for name in ("one", "two"):
        (folder / f"{name}.yaml").write_text(TEXT, encoding="utf-8")
    return [folder / "one.yaml", folder / "two.yaml"]


@pytest.fixture
def without_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the paper out, which takes a second; an empty file stands for it."""

    def no_paper(_: object, target: Path, *__: object) -> None:
        target.write_bytes(b"")

    monkeypatch.setattr("reportgen.pipeline.writing.write_paper", no_paper)


def built(cases: list[Path], out: Path, there: Executor | None = None) -> list[CaseBuild]:
    """Build cases, elsewhere where an executor is given."""
    return list(build_all(cases, BatchOptions(out, force=False, rebuild=False), 1, lambda _: None, there))


def contents(folder: Path) -> dict[str, bytes]:
    """Return the files of an output folder but its index and locks, which are hidden."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.startswith(".")}


@pytest.mark.usefixtures("without_paper")
def test_what_comes_back_is_what_is_built_here(cases: list[Path], tmp_path: Path) -> None:
    """The same bytes, no other files; a second time nothing travels; a changed case carries the edition before along."""
    here, there, away = tmp_path / "here", tmp_path / "there", Elsewhere()
    assert [one.state for one in built(cases, here)] == ["built", "built"]
    assert [one.state for one in built(cases, there, away)] == ["built", "built"]
    assert contents(there) == contents(here)
    assert [one.state for one in built(cases, there, away)] == ["unchanged", "unchanged"]
    (there / INDEX).unlink()
    assert [one.state for one in built(cases, there, away)] == ["unchanged", "unchanged"]
    cases[0].write_text(TEXT.replace("tokens_per_month: ", "tokens_per_month: 1"), encoding="utf-8")
    assert [one.state for one in built(cases, here)] == ["built", "unchanged"]
    assert [one.state for one in built(cases, there, away)] == ["built", "unchanged"]
    assert contents(there) == contents(here)
    assert away.sent == ["one.yaml", "two.yaml", "one.yaml"]


@pytest.mark.usefixtures("without_paper")
def test_what_cannot_travel_is_built_here(cases: list[Path], tmp_path: Path) -> None:
    """An edited workbook is kept, and a case with a problem is told, as without a cluster."""
    out, away = tmp_path / "out", Elsewhere()
    built(cases, out, away)
    issued = (out / "one.xlsx").rename(tmp_path / "issued.xlsx")
    write_changed(issued, out / "one.xlsx", {("Inputs", "D12"): 0.2})
    edited = (out / "one.xlsx").read_bytes()
    cases[1].write_text("case: {title: Bad}\n", encoding="utf-8")
    done = built(cases, out, away)
    assert [(one.state, one.status) for one in done] == [("failed", 4), ("failed", 1)]
    assert (out / "one.xlsx").read_bytes() == edited
    assert str(cases[1]) in done[1].sentence
    assert len(away.sent) == 2


@pytest.mark.usefixtures("without_paper")
def test_a_damaged_pack_is_not_written(cases: list[Path], tmp_path: Path) -> None:
    """What does not have the digests of its results file is left out; what was there stays."""
    away = Elsewhere(lambda found: replace(found, pack={**found.pack, "one.xlsx": b"PK"}))
    done = built(cases[:1], tmp_path / "out", away)
    assert (done[0].state, done[0].status) == ("failed", 4)
    assert "damaged on its way" in done[0].sentence
    assert contents(tmp_path / "out") == {}


@pytest.mark.usefixtures("without_paper")
def test_a_pack_that_was_changed_meanwhile_is_left_alone(cases: list[Path], tmp_path: Path) -> None:
    """Somebody else wrote into the folder while the case was away."""
    out = tmp_path / "out"
    out.mkdir()

    def meanwhile(found: remote.Returned) -> remote.Returned:
        (out / "one.pdf").write_bytes(b"another")
        return found

    done = built(cases[:1], out, Elsewhere(meanwhile))
    assert "was changed while it was built elsewhere" in done[0].sentence
    assert contents(out) == {"one.pdf": b"another"}


def test_a_failure_of_the_cluster_is_told(cases: list[Path], tmp_path: Path) -> None:
    """Whatever the cluster says stands in the result of its case."""

    class Failing(Elsewhere):
        """An executor whose work fails."""

        def submit(self, *_: Any, **__: Any) -> Future[Any]:
            """Fail."""
            future: Future[Any] = Future()
            future.set_exception(ConnectionError("the scheduler is gone"))
            return future

    done = built(cases[:1], tmp_path / "out", Failing())
    assert (done[0].state, done[0].status) == ("failed", 4)
    assert "ConnectionError: the scheduler is gone" in done[0].sentence


@pytest.fixture(scope="module")
def scheduler() -> Iterator[tuple[str, Any]]:
    """Start a cluster of four worker processes on this machine; give its address and a client."""
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(
            n_workers=4, threads_per_worker=1, processes=True, dashboard_address=None, memory_limit=0
        ) as local,
        distributed.Client(local) as client,
    ):
        yield local.scheduler_address, client


@pytest.mark.long
def test_a_cluster_whose_worker_is_killed_builds_everything_once(
    cases: list[Path], tmp_path: Path, scheduler: tuple[str, Any]
) -> None:
    """Of four worker processes one is killed at the first result: nothing lost, nothing doubled, the bytes of a local run."""
    address, client = scheduler
    for number in range(6):
        (cases[0].parent / f"more-{number}.yaml").write_text(TEXT, encoding="utf-8")
    all_cases = sorted(cases[0].parent.glob("[!p]*.yaml"))
    pids = list(client.run(os.getpid).values())
    told: list[str] = []

    def finished(build: CaseBuild) -> None:
        if not told:
            os.kill(pids[0], signal.SIGKILL)
        told.append(build.case.stem)

    order = BatchOptions(tmp_path / "there", force=False, rebuild=False)
    with cluster(address) as (executor, threads):
        assert threads == 4
        done = build_all(all_cases, order, threads, finished, executor)
    assert [(one.state, one.sentence) for one in done] == [("built", "")] * 8
    assert sorted(told) == sorted(case.stem for case in all_cases)
    build_all(all_cases, replace(order, folder=tmp_path / "here"), 2, lambda _: None)
    assert contents(tmp_path / "there") == contents(tmp_path / "here")
    assert {path.suffix for path in map(Path, contents(tmp_path / "there"))} == {
        ".xlsx",
        ".pdf",
        ".json",
    }


@pytest.mark.long
def test_a_sweep_on_a_cluster_is_the_sweep_here(scheduler: tuple[str, Any]) -> None:
    """The same variants in the same order, to the last digit."""
    case = rg.load(INPUTS / "small.yaml")
    grid = Grid((Axis("workload.tokens_per_month", tuple(np.linspace(100, 5000, 8_000))),))
    evaluator = Evaluator(case.case, usual_figures(case.file, case.case), grid.paths)
    with cluster(scheduler[0]) as (executor, threads):
        there = list(evaluated(evaluator, grid, executor, threads))
    here = list(evaluated(evaluator, grid, SERIAL, 1))
    assert [block.start for block in there] == [block.start for block in here]
    for one, other in zip(there, here, strict=True):
        assert one.figures.full_cost.tolist() == other.figures.full_cost.tolist()


def test_a_cluster_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """No address, and nobody at an address, are told in a sentence."""
    pytest.importorskip("distributed")
    monkeypatch.setattr("reportgen.workers.CONNECT", 0.5)
    with pytest.raises(SurroundingsError, match="--scheduler"), cluster(""):
        pass
    with pytest.raises(SurroundingsError, match="No Dask cluster answers"), cluster("tcp://127.0.0.1:9"):
        pass
