"""Results of a sweep as a table in a file: CSV, or Parquet where pyarrow is installed; written block by block."""

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from reportgen.errors import SurroundingsError
from reportgen.files import atomic_write
from reportgen.variants.evaluation import Evaluator
from reportgen.variants.running import Block

ENDINGS = (".csv", ".parquet")
Write = Callable[[Block], None]


def heads(evaluator: Evaluator) -> tuple[str, ...]:
    """Return the columns: varied paths, recommended, lead, TCO and full cost of each option, why a variant was refused."""
    keys = [option.key for option in evaluator.options]
    costs = (f"{figure}.{key}" for figure in ("tco", "full_cost") for key in keys)
    return (*evaluator.paths, "recommended", "lead", *costs, "refused")


def columns(evaluator: Evaluator, block: Block) -> list[Sequence[Any]]:
    """Return the columns of a block; None where there is no figure."""
    keys, found = [option.key for option in evaluator.options], block.figures
    return [
        *(values.tolist() for values in block.columns.values()),
        [keys[place] if place >= 0 else None for place in found.recommended],
        _numbers(found.lead),
        *(_numbers(costs[:, place]) for costs in (found.tco, found.full_cost) for place in range(len(keys))),
        [evaluator.reasons[place] if place >= 0 else None for place in found.refused],
    ]


def _numbers(values: Any) -> list[float | None]:
    """Return numbers; None for NaN."""
    return [
        None if missing else value for value, missing in zip(values.tolist(), np.isnan(values), strict=True)
    ]


@contextmanager
def table(target: Path, evaluator: Evaluator) -> Iterator[Write]:
    """Provide the function that writes a block into a table, which replaces `target` when all are written.

    Raises:
        SurroundingsError: where the file cannot be written, or pyarrow is not installed.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    kind = _parquet if target.suffix.lower() == ".parquet" else _csv
    with atomic_write(target) as draft, kind(draft, evaluator) as write:
        yield write


@contextmanager
def _csv(draft: Path, evaluator: Evaluator) -> Iterator[Write]:
    with draft.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(heads(evaluator))
        yield lambda block: rows.writerows(zip(*columns(evaluator, block), strict=True))


@contextmanager
def _parquet(draft: Path, evaluator: Evaluator) -> Iterator[Write]:
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise SurroundingsError(
            "Parquet needs the library pyarrow; install it with: pip install pyarrow"
        ) from error
    names = heads(evaluator)
    texts = {"recommended", "refused"}
    schema = pa.schema([(name, pa.string() if name in texts else pa.float64()) for name in names])

    def write(block: Block) -> None:
        arrays = [
            pa.array(column, type=field.type)
            for column, field in zip(columns(evaluator, block), schema, strict=True)
        ]
        file.write_table(pa.Table.from_arrays(arrays, schema=schema))

    with parquet.ParquetWriter(draft, schema) as file:
        yield write
