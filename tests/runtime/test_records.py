"""Records are frozen dataclasses with slots: whatever the standard library's do, they do."""

import copy
import pickle
import re
from collections.abc import Callable
from dataclasses import FrozenInstanceError, asdict, astuple, field, fields, is_dataclass, replace
from dataclasses import dataclass as standard_dataclass
from pathlib import Path
from typing import Any, ClassVar

import pytest

from reportgen.runtime import records
from tests.paths import ROOT

PACKAGE = ROOT / "reportgen"


def _classes(dataclass: Callable[..., Any], module: str) -> dict[str, Any]:
    """Make the same classes with either decorator."""

    @dataclass(frozen=True, slots=True)
    class Base:
        """A base."""

        number: float
        words: str = "none"

    @dataclass(frozen=True, slots=True)
    class Derived(Base):
        """A class with all that records have here."""

        listed: list[int] = field(default_factory=list)
        hidden: str = field(default="h", repr=False)
        shared: ClassVar[int] = 7

        @property
        def twice(self) -> float:
            """Return twice the number."""
            return 2 * self.number

    @dataclass(frozen=True, slots=True, eq=False)
    class Identical:
        """Compared by identity."""

        number: float

    @dataclass(frozen=True, slots=True)
    class Printed:
        """With a text and comparison of its own."""

        number: float

        def __repr__(self) -> str:
            return "own"

    @dataclass(frozen=True, slots=True)
    class Checked:
        """Looks at itself when it is made."""

        number: float

        def __post_init__(self) -> None:
            if self.number < 0:
                raise TypeError("below zero")

    @dataclass(frozen=True, slots=True)
    class Own:  # noqa: PLW1641  what is tested
        """With methods of its own."""

        number: float

        def __init__(self, twice: float) -> None:
            object.__setattr__(self, "number", twice / 2)

        def __eq__(self, other: object) -> bool:
            return True

    made = {one.__name__: one for one in (Base, Derived, Identical, Printed, Checked, Own)}
    for one in made.values():
        one.__module__, one.__qualname__ = module, one.__name__
    return made


def _shape(thing: object) -> object:
    """Return an object by what it holds, whichever of the two decorators made its class."""
    return (type(thing).__name__, asdict(thing)) if is_dataclass(thing) and not isinstance(thing, type) else thing  # fmt: skip


def _outcome(work: Callable[[dict[str, Any]], object], made: dict[str, Any]) -> object:
    try:
        return _shape(work(made))
    except (TypeError, FrozenInstanceError, AttributeError) as error:
        return type(error), re.sub(r"_classes\.<locals>\.", "", str(error))


@pytest.mark.parametrize(
    "work",
    [
        lambda made: made["Base"](1.0),
        lambda made: made["Base"](1.0, words="w"),
        lambda made: made["Base"](number=1.0),
        lambda made: made["Base"](),
        lambda made: made["Base"](1.0, "w", "more"),
        lambda made: made["Base"](1.0, other=2),
        lambda made: made["Base"](1.0, number=2.0),
        lambda made: made["Derived"](1.0, listed=[1]),
        lambda made: made["Derived"](1.0).listed,
        lambda made: made["Derived"](1.0).listed is made["Derived"](1.0).listed,
        lambda made: made["Derived"](3.0).twice,
        lambda made: made["Derived"].shared,
        lambda made: repr(made["Derived"](1.0)),
        lambda made: repr(made["Base"](float("inf"), "a 'b'")),
        lambda made: repr(made["Printed"](1.0)),
        lambda made: made["Checked"](1.0),
        lambda made: made["Checked"](-1.0),
        lambda made: made["Own"](4.0),
        lambda made: made["Own"](4.0) == 3,
        lambda made: copy.copy(made["Own"](4.0)),
        lambda made: _cycle(made["Derived"]),
        lambda made: hash(made["Own"](4.0)),
        lambda made: made["Base"](1.0) == made["Base"](1.0),
        lambda made: made["Base"](1.0) == made["Base"](2.0),
        lambda made: made["Base"](1.0) == made["Derived"](1.0),
        lambda made: made["Base"](1.0) == 1.0,
        lambda made: made["Identical"](1.0) == made["Identical"](1.0),
        lambda made: made["Base"](float("nan")) == made["Base"](float("nan")),
        lambda made: hash(made["Base"](1.0, "w")) == hash((1.0, "w")),
        lambda made: hash(made["Derived"](1.0)),
        lambda made: len({made["Base"](1.0), made["Base"](1.0), made["Base"](2.0)}),
        lambda made: len({made["Identical"](1.0), made["Identical"](1.0)}),
        lambda made: setattr(made["Base"](1.0), "number", 2.0),
        lambda made: setattr(made["Derived"](1.0), "words", "w"),
        lambda made: delattr(made["Base"](1.0), "number"),
        lambda made: made["Base"](1.0).nothing,
        lambda made: hasattr(made["Base"](1.0), "__dict__"),
        lambda made: made["Derived"].__slots__,
        lambda made: made["Derived"].__match_args__,
        lambda made: made["Derived"].__doc__,
        lambda made: [(one.name, one.default, one.repr) for one in fields(made["Base"])],
        lambda made: replace(made["Derived"](1.0), words="w"),
        lambda made: replace(made["Base"](1.0), nothing=1),
        lambda made: astuple(made["Derived"](1.0)),
        lambda made: copy.copy(made["Derived"](1.0, "w", [3])),
        lambda made: copy.deepcopy(made["Derived"](1.0, "w", [3])),
        lambda made: _matched(made["Base"](1.0, "w"), made["Base"]),
        lambda made: made["Base"].__name__,
        lambda made: made["Base"](1.0) < made["Base"](2.0),
    ],
)
def test_a_record_does_what_a_dataclass_of_the_standard_library_does(work: Callable[..., object]) -> None:
    """Each is done first with a class that nobody has called yet, then again."""
    standard = _outcome(work, _classes(standard_dataclass, "standard"))
    fresh = _classes(records.dataclass, "records")
    assert _outcome(work, fresh) == standard
    assert _outcome(work, fresh) == standard


def _cycle(kind: Any) -> bool:
    record = kind(1.0)
    record.listed.append(record)
    again = copy.deepcopy(record)
    return again.listed[0] is again


def _matched(record: object, kind: Any) -> object:
    match record:
        case kind(number, words):
            return number, words
    return None


@records.dataclass(frozen=True, slots=True)
class Sent:
    """A record that is sent to another process."""

    numbers: tuple[int, ...]
    words: str = "w"


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_a_record_is_pickled(protocol: int) -> None:
    """What is read back equals what was sent."""
    sent = Sent((1, 2))
    assert pickle.loads(pickle.dumps(sent, protocol)) == sent  # noqa: S301  made here


def test_a_message_about_arguments_names_the_class() -> None:
    """Its constructor has the name that one of the standard library has."""
    with pytest.raises(
        TypeError, match=r"Sent\.__init__\(\) missing 1 required positional argument: 'numbers'"
    ):
        Sent()  # type: ignore[call-arg]


def test_other_options_are_the_standard_librarys() -> None:
    """A dataclass that may be changed, one without slots, and one with a field that is only named."""

    @records.dataclass(slots=True)
    class Changing:
        number: int

    @records.dataclass(frozen=True)
    class WithDict:
        number: int

    @records.dataclass(frozen=True, slots=True)
    class Named:
        number: int
        words: str = field(kw_only=True)
        unseen: str = field(default="", compare=False)

    changing = Changing(1)
    changing.number = 2
    assert changing == Changing(2)
    assert WithDict(1).__dict__ == {"number": 1}
    assert Named(1, words="a", unseen="b") == Named(1, words="a", unseen="c")
    with pytest.raises(TypeError):
        Named(1, "a")  # type: ignore[misc]


def test_no_constructor_is_compiled_before_it_is_called() -> None:
    """That is what makes classes quickly."""
    made = _classes(records.dataclass, "records")["Base"]
    before = made.__init__
    made(1.0)
    assert before is not made.__init__
    assert made.__init__ is _called_again(made)


def _called_again(made: Any) -> object:
    made(2.0)
    return made.__init__


def test_every_dataclass_of_the_program_is_made_here() -> None:
    """None is made by the standard library directly, which takes several times as long."""
    modules = sorted(PACKAGE.rglob("*.py"))
    assert (
        sum("from reportgen.runtime.records import dataclass" in path.read_text("utf-8") for path in modules)
        > 200
    )
    others = [
        path.name
        for path in modules
        if path != Path(records.__file__)
        and re.search(
            r"from dataclasses import .*\bdataclass\b|dataclasses\.dataclass", path.read_text("utf-8")
        )
    ]
    assert others == []
