"""How results are held against those of the second computation."""

from typing import Any

DETAILED = ("budget", "net_present_saving", "peak_funding", "payback", "go_live")
"""What the second computation gives of an option under `detail`, with the names of the results file."""


def compare(found: Any, expected: Any, path: str) -> list[str]:
    """List where two results differ: numbers beyond 1e-9 of their size, all else at all."""
    if isinstance(expected, dict):
        keys = [f"{path}: {key}" for key in found.keys() ^ expected.keys()]
        return keys + [
            text
            for key in expected
            if key in found
            for text in compare(found[key], expected[key], f"{path}.{key}")
        ]
    if isinstance(expected, list | tuple):
        if len(found) != len(expected):
            return [f"{path}: {len(found)} is not {len(expected)} long"]
        return [
            text
            for n, pair in enumerate(zip(found, expected, strict=True))
            for text in compare(*pair, f"{path}.{n}")
        ]
    if isinstance(expected, float) and isinstance(found, float):
        return (
            []
            if abs(found - expected) <= 1e-9 * max(abs(expected), 1.0)
            else [f"{path}: {found} is not {expected}"]
        )
    return [] if _word(found) == _word(expected) else [f"{path}: {found!r} is not {expected!r}"]


def _word(value: object) -> object:
    """Read 'not up to 100,000 M' as 'not up to': the volume stands beside the word, not in it."""
    return "not up to" if isinstance(value, str) and value.startswith("not up to") else value


def option_differences(found: Any, expected: Any) -> list[str]:
    """Compare every option of a results file with the second computation: its figures, then its budget and funding."""
    wrong = []
    for key, figures in expected["options"].items():
        detail = expected["detail"]["options"][key]
        whole = figures | {name: detail[name] for name in DETAILED}
        mine = {name: value for name, value in found[key].items() if name in whole}
        wrong += compare(mine, whole, f"options.{key}")
    return wrong
