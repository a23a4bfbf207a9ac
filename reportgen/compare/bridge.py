"""The causal bridge between two editions: the change of every option's full cost, by the changes that made it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reportgen.compare.edition import Costs, Edition
from reportgen.compare.outcome import Outcome
from reportgen.compare.route import STRUCTURE, Leg, Route, route

PROGRAM = "program"
"""The key of the step that two versions of the program account for."""

NEAR = 1e-9
"""Amounts recorded in fewer digits are the same within this share of them."""

UNNAMED = "What only one edition states"
"""What the change of structure is called where nothing that has a name changed."""

Amounts = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Step:
    """One change and what it does to full cost by option: applied in turn, and alone from the older edition.

    `recommended` stands after this step; `flips` says that it was another before, `flips_alone` that this change
    alone would have done it.
    """

    key: str
    label: str
    before: float | None
    after: float | None
    amounts: Amounts
    alone: Amounts
    recommended: str | None
    flips: bool
    flips_alone: bool


@dataclass(frozen=True, slots=True)
class Bridge:
    """From one full cost to the other, for the options that both editions have.

    ``before + sum of the steps' amounts = after``, and ``before + sum of alone + interaction = after``.
    """

    before: Amounts
    steps: tuple[Step, ...]
    interaction: Amounts
    after: Amounts


def bridge(old: Edition, new: Edition, costs: Costs) -> Bridge:
    """Walk from the older edition to the newer one, one change after the other, and book each on its cause."""
    way = route(old, new)
    walk = _Walk(old, new, way, tuple(key for key in new.case.options if key in old.case.options))
    first, turned, apart = walk.work_out(costs)
    began, ended = old.recorded or first, new.recorded or turned[-1].outcome
    moves = list(_moves(walk, first, turned, apart))
    moves[:0] = _version(walk, began, first, "The older edition as this version of the program works it out")
    moves += _version(
        walk, turned[-1].outcome, ended, "The newer edition as the version that wrote it worked it out"
    )
    steps = tuple(_steps(walk, moves, began))
    before, after = walk.only(began.full_cost), walk.only(ended.full_cost)
    rest = {key: after[key] - before[key] - sum(step.alone[key] for step in steps) for key in walk.options}
    return Bridge(before, steps, rest, after)


@dataclass(frozen=True, slots=True)
class _Turn:
    """A leg walked in turn, and what stands at its end."""

    leg: Leg
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class _Move:
    """A leg with the outcomes that it leads from and to: in turn, and alone."""

    leg: Leg
    turn: tuple[Outcome, Outcome]
    alone: tuple[Outcome, Outcome]


@dataclass(frozen=True, slots=True)
class _Walk:
    old: Edition
    new: Edition
    way: Route
    options: tuple[str, ...]

    def only(self, amounts: Amounts) -> Amounts:
        """Keep the options that both editions have."""
        return {key: amounts[key] for key in self.options}

    def work_out(self, costs: Costs) -> tuple[Outcome, list[_Turn], dict[int, tuple[Outcome, Outcome]]]:
        """Work out the first point, every point in turn, and from where to where each leg leads alone, by its place."""
        way, first = self.way, self.old.values
        turned = list(_turned(first, way.before))
        singles = [{**first, **leg.values} for leg in way.before]
        bared = {**first, **{path: value for leg in way.went for path, value in leg.values.items()}}
        found = costs(self.old.case, [first, *turned, *singles, bared])
        legs = len(way.before)
        turns = [_Turn(leg, out) for leg, out in zip(way.before, found[1 : legs + 1], strict=True)]
        alone = {place: (found[0], out) for place, out in enumerate(found[legs + 1 : -1])}
        if way.structure is not None:
            turns += self._beyond(costs, found[-1], alone)
        return found[0], turns or [_Turn(Leg("", "", {}), found[0])], alone

    def _beyond(
        self, costs: Costs, first: Outcome, alone: dict[int, tuple[Outcome, Outcome]]
    ) -> Iterator[_Turn]:
        """Work out what lies beyond the change of structure, in the newer case."""
        way, legs = self.way, (self.way.structure, *self.way.came)
        bare = {**self.new.values, **way.neutral}
        early = {**bare, **{p: v for p, v in self.old.values.items() if p in bare and p not in way.neutral}}
        turned = [bare, *_turned(bare, way.came)]
        singles = [{**early, **leg.values} for leg in way.came]
        found = costs(self.new.case, [*turned, early, *singles])
        base, place = found[len(turned)], len(way.before)
        alone[place] = (first, base)
        for number, outcome in enumerate(found[len(turned) + 1 :], start=1):
            alone[place + number] = (base, outcome)
        for leg, outcome in zip(legs, found, strict=False):
            assert leg is not None
            yield _Turn(leg, outcome)


def _turned(start: Mapping[str, float], legs: Sequence[Leg]) -> Iterator[Mapping[str, float]]:
    """Give the point after each leg, those before it applied."""
    here = start
    for leg in legs:
        here = {**here, **leg.values}
        yield here


def _moves(
    walk: _Walk, first: Outcome, turned: list[_Turn], apart: Mapping[int, tuple[Outcome, Outcome]]
) -> Iterator[_Move]:
    here = first
    for place, turn in enumerate(turned):
        move = _Move(turn.leg, (here, turn.outcome), apart.get(place, (here, here)))
        here = turn.outcome
        if turn.leg.key and not (turn.leg.key == STRUCTURE and not turn.leg.label and _idle(walk, move)):
            yield move


def _idle(walk: _Walk, move: _Move) -> bool:
    """Say whether a leg changes nothing, in turn or alone."""
    return all(_same(walk, *ends) for ends in (move.turn, move.alone))


def _same(walk: _Walk, before: Outcome, after: Outcome) -> bool:
    """Say whether two outcomes are the same within the digits that are recorded."""
    near = (
        abs(before.full_cost[key] - after.full_cost[key]) <= NEAR * max(abs(after.full_cost[key]), 1.0)
        for key in walk.options
    )
    return before.recommended == after.recommended and all(near)


def _version(walk: _Walk, before: Outcome, after: Outcome, label: str) -> list[_Move]:
    """Make the step that a version of the program accounts for; none where both come to the same."""
    if _same(walk, before, after):
        return []
    return [_Move(Leg(PROGRAM, label, {}), (before, after), (before, after))]


def _steps(walk: _Walk, moves: Sequence[_Move], began: Outcome) -> Iterator[Step]:
    """Book moves of one cause together, at the place of the last of them."""
    here = began.recommended
    for place, move in enumerate(moves):
        if any(later.leg.key == move.leg.key for later in moves[place + 1 :]) and move.leg.key != PROGRAM:
            continue
        own = [one for one in moves[: place + 1] if one.leg.key == move.leg.key != PROGRAM] or [move]
        now = move.turn[1].recommended
        yield Step(
            move.leg.key, move.leg.label or UNNAMED, _value(walk.old, move.leg), _value(walk.new, move.leg),
            _sum(walk, own, lambda one: one.turn), _sum(walk, own, lambda one: one.alone), now,
            now != here, move.alone[1].recommended != began.recommended,
        )  # fmt: skip
        here = now


def _value(edition: Edition, leg: Leg) -> float | None:
    return None if leg.key in (STRUCTURE, PROGRAM) else edition.values.get(leg.key)


def _sum(walk: _Walk, moves: Sequence[_Move], ends: Callable[[_Move], tuple[Outcome, Outcome]]) -> Amounts:
    return {
        key: sum(ends(move)[1].full_cost[key] - ends(move)[0].full_cost[key] for move in moves)
        for key in walk.options
    }
