"""The bridge between two editions: the change of every option's full cost, decomposed by its causes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from reportgen.compare.edition import Edition, EvaluateCase
from reportgen.compare.outcome import Outcome
from reportgen.compare.substitutions import STRUCTURE, Substitution, SubstitutionPlan, plan_substitutions
from reportgen.runtime.records import dataclass

PROGRAM = "program"
"""The key of the step that a change of program version causes."""

RELATIVE_TOLERANCE = 1e-9
"""Amounts that differ by less than this share are equal: results files record fewer digits."""

UNNAMED_CHANGE = "What only one edition states"
"""The label of a change of structure that has no sentence of its own."""

Amounts = Mapping[str, float]
Ends = tuple[Outcome, Outcome]


@dataclass(frozen=True, slots=True)
class Step:
    """One change and what it does to full cost by option: applied in turn, and alone from the older edition.

    `recommended` stands after this step; `changes_answer` says that it was another before, `changes_answer_alone` that this change
    alone would have done it.
    """

    key: str
    label: str
    before: float | None
    after: float | None
    amounts: Amounts
    alone: Amounts
    recommended: str | None
    changes_answer: bool
    changes_answer_alone: bool


@dataclass(frozen=True, slots=True)
class Bridge:
    """From one full cost to the other, for the options that both editions have.

    ``before + sum of the steps' amounts = after``, and ``before + sum of alone + interaction = after``.
    """

    before: Amounts
    steps: tuple[Step, ...]
    interaction: Amounts
    after: Amounts


def bridge(old: Edition, new: Edition, evaluate: EvaluateCase) -> Bridge:
    """Decompose the change of full cost between two editions by chain substitution.

    Each substitution is evaluated twice: cumulatively, after those before it, and alone. Where an edition's recorded
    results differ from what this version of the program computes, the difference is a step of its own (`PROGRAM`).
    """
    options = tuple(key for key in new.case.options if key in old.case.options)
    builder = _BridgeBuilder(old, new, plan_substitutions(old, new), options)
    first, evaluated, alone = builder.evaluate_all(evaluate)
    initial, final = old.recorded or first, new.recorded or evaluated[-1].outcome
    contributions = [
        *_version_contribution(
            builder, initial, first, "The older edition as this version of the program works it out"
        ),
        *_contributions(builder, first, evaluated, alone),
        *_version_contribution(
            builder,
            evaluated[-1].outcome,
            final,
            "The newer edition as the version that wrote it worked it out",
        ),
    ]
    steps = tuple(_steps(builder, contributions, initial))
    before, after = builder.shared(initial.full_cost), builder.shared(final.full_cost)
    rest = {key: after[key] - before[key] - sum(step.alone[key] for step in steps) for key in builder.options}
    return Bridge(before, steps, rest, after)


@dataclass(frozen=True, slots=True)
class _Evaluated:
    """A substitution and the outcome after it and all those before it."""

    substitution: Substitution
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class _Contribution:
    """A substitution with the outcomes before and after it: in sequence, and alone."""

    cause: Substitution
    in_sequence: Ends
    alone: Ends


@dataclass(frozen=True, slots=True)
class _BridgeBuilder:
    """The two editions, the planned substitutions, and the keys of the options that both editions have."""

    old: Edition
    new: Edition
    plan: SubstitutionPlan
    options: tuple[str, ...]

    def shared(self, amounts: Amounts) -> Amounts:
        """Return the amounts of the options that both editions have."""
        return {key: amounts[key] for key in self.options}

    def evaluate_all(self, evaluate: EvaluateCase) -> tuple[Outcome, list[_Evaluated], dict[int, Ends]]:
        """Evaluate every substitution.

        Returns the older edition's outcome, the outcomes in sequence, and, by the position of a substitution, the
        outcomes before and after it alone.
        """
        chain, values = self.plan.in_old_case, self.old.values
        sequence = list(_running_values(values, chain))
        singles = [{**values, **one.values} for one in chain]
        removed = {path: value for one in self.plan.removed for path, value in one.values.items()}
        outcomes = evaluate(self.old.case, [values, *sequence, *singles, {**values, **removed}])
        first, after, separate = outcomes[0], outcomes[1 : len(chain) + 1], outcomes[len(chain) + 1 : -1]
        results = [_Evaluated(one, outcome) for one, outcome in zip(chain, after, strict=True)]
        alone = {place: (first, outcome) for place, outcome in enumerate(separate)}
        if self.plan.structure is not None:
            results += self._evaluate_new_case(evaluate, outcomes[-1], alone)
        return first, results or [_Evaluated(Substitution("", "", {}), first)], alone

    def _evaluate_new_case(
        self, evaluate: EvaluateCase, before: Outcome, alone: dict[int, Ends]
    ) -> Iterator[_Evaluated]:
        """Evaluate the change of structure and the substitutions after it, in the newer case; enter them in `alone`.

        `before` is the outcome of the older edition without what only it has.
        """
        neutral, added = self.plan.neutral, self.plan.added
        new_values = {**self.new.values, **neutral}
        shared = {p: v for p, v in self.old.values.items() if p in new_values and p not in neutral}
        old_values = {**new_values, **shared}
        sequence = [new_values, *_running_values(new_values, added)]
        singles = [{**old_values, **one.values} for one in added]
        outcomes = evaluate(self.new.case, [*sequence, old_values, *singles])
        base, place = outcomes[len(sequence)], len(self.plan.in_old_case)
        alone[place] = (before, base)
        for number, outcome in enumerate(outcomes[len(sequence) + 1 :], start=1):
            alone[place + number] = (base, outcome)
        for one, outcome in zip((self.plan.structure, *added), outcomes, strict=False):
            assert one is not None
            yield _Evaluated(one, outcome)


def _running_values(
    start: Mapping[str, float], substitutions: Sequence[Substitution]
) -> Iterator[Mapping[str, float]]:
    """Yield the values after each substitution, those before it applied."""
    current = start
    for one in substitutions:
        current = {**current, **one.values}
        yield current


def _contributions(
    builder: _BridgeBuilder, first: Outcome, evaluated: Sequence[_Evaluated], alone: Mapping[int, Ends]
) -> Iterator[_Contribution]:
    """Yield each substitution's contribution, but an unlabelled change of structure without effect."""
    current = first
    for place, one in enumerate(evaluated):
        contribution = _Contribution(
            one.substitution, (current, one.outcome), alone.get(place, (current, current))
        )
        current, cause = one.outcome, one.substitution
        unlabelled = cause.key == STRUCTURE and not cause.label
        if cause.key and not (unlabelled and _has_no_effect(builder, contribution)):
            yield contribution


def _has_no_effect(builder: _BridgeBuilder, contribution: _Contribution) -> bool:
    """Return whether a contribution is nil, in sequence and alone."""
    return all(_equal_outcomes(builder, *ends) for ends in (contribution.in_sequence, contribution.alone))


def _equal_outcomes(builder: _BridgeBuilder, before: Outcome, after: Outcome) -> bool:
    """Return whether two outcomes are equal within the recorded digits."""
    close = (
        abs(before.full_cost[key] - after.full_cost[key])
        <= RELATIVE_TOLERANCE * max(abs(after.full_cost[key]), 1.0)
        for key in builder.options
    )
    return before.recommended == after.recommended and all(close)


def _version_contribution(
    builder: _BridgeBuilder, before: Outcome, after: Outcome, label: str
) -> list[_Contribution]:
    """Return the contribution of a change of program version, or nothing where the outcomes are equal."""
    if _equal_outcomes(builder, before, after):
        return []
    return [_Contribution(Substitution(PROGRAM, label, {}), (before, after), (before, after))]


def _steps(
    builder: _BridgeBuilder, contributions: Sequence[_Contribution], initial: Outcome
) -> Iterator[Step]:
    """Merge contributions with the same key into one step, at the position of the last of them."""
    recommended = initial.recommended
    for place, one in enumerate(contributions):
        cause = one.cause
        if any(later.cause.key == cause.key != PROGRAM for later in contributions[place + 1 :]):
            continue
        merged = [
            other for other in contributions[: place + 1] if other.cause.key == cause.key != PROGRAM
        ] or [one]
        now = one.in_sequence[1].recommended
        yield Step(
            cause.key, cause.label or UNNAMED_CHANGE, _value(builder.old, cause), _value(builder.new, cause),
            _sum(builder, (other.in_sequence for other in merged)), _sum(builder, (other.alone for other in merged)), now,
            now != recommended, one.alone[1].recommended != initial.recommended,
        )  # fmt: skip
        recommended = now


def _value(edition: Edition, cause: Substitution) -> float | None:
    """Return the value of a substituted assumption in an edition; None where the cause is no assumption."""
    return None if cause.key in (STRUCTURE, PROGRAM) else edition.values.get(cause.key)


def _sum(builder: _BridgeBuilder, pairs: Iterable[Ends]) -> Amounts:
    """Add up the changes of full cost over pairs of outcomes, by option."""
    ends = tuple(pairs)
    return {
        key: sum(after.full_cost[key] - before.full_cost[key] for before, after in ends)
        for key in builder.options
    }
