"""Work on an untrusted file ends with a result or a sentence, whatever the file does."""

import os
import signal

import pytest

from reportgen.errors import InputError, Problem
from reportgen.workbook.package.confined import TooMuch, Unreadable, confined, confined_process


def _of_all_kinds(kind: str) -> str:
    match kind:
        case "memory":
            return "x" * 2**31
        case "killed":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "damaged":
            raise KeyError("xl/workbook.xml")
        case "deep":
            return _of_all_kinds_again(0)
        case "refused":
            raise InputError([Problem("a.xlsx", 1, 1, "", "", "It is refused.")])
    return kind


def _of_all_kinds_again(depth: int) -> str:
    return _of_all_kinds_again(depth + 1)


@pytest.mark.parametrize(
    ("kind", "error", "said"),
    [
        ("memory", TooMuch, "takes more than 1,024 MB of memory"),
        ("killed", TooMuch, "takes more than 1,024 MB of memory"),
        ("damaged", Unreadable, "KeyError: 'xl/workbook.xml'"),
        ("deep", Unreadable, "nested too deeply"),
        ("refused", InputError, "It is refused.\n\n1 problem. Nothing was written."),
    ],
)
def test_whatever_the_work_does_is_told(kind: str, error: type[Exception], said: str) -> None:
    """Too much memory, a killed process, a library's error, endless recursion, a refusal of our own."""
    with pytest.raises(error) as caught:
        confined(_of_all_kinds, kind)
    assert said in str(caught.value)


def test_questions_are_asked_about_what_was_made_once() -> None:
    """The state stays in the process; an error of one question does not end the next."""
    with confined_process(list, "abc") as child:
        assert child.ask(len) == 3
        with pytest.raises(Unreadable, match="IndexError"):
            child.ask(list.__getitem__, 7)
        assert child.ask(list.__getitem__, 1) == "b"
