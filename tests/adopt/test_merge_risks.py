"""Changed and added risks and effects are merged into the case; rows that cannot be merged are reported with a reason."""

import pytest

from reportgen.assessment import analyse
from reportgen.errors import SurroundingsError
from reportgen.pipeline.existing import keep_edited
from reportgen.pipeline.writing import write_workbook
from reportgen.schema.loading.load import load_case
from tests.adopt.returned_pack import ReturnedPack, changed_lines

pytestmark = pytest.mark.slow

DOLLAR, CONTRACT = "The dollar falls", "A contract instead of the list"
EUR, OUTPUT = "finance.exchange_rates.EUR", "options.old_model.output_price"
BY = "in back.xlsx by Finance on 2026-11-24"


def written(returned: ReturnedPack, *options: str) -> list[str]:
    """Adopt, and return the changed lines of the case."""
    before = returned.case.read_text(encoding="utf-8")
    done = returned.adopt("--apply", *options)
    assert done.exit_code == 0, done.output
    assert "written" in done.stderr
    return changed_lines(before, returned.case.read_text(encoding="utf-8"))


def test_an_amount_a_probability_and_an_added_effect_go_to_their_risk(returned: ReturnedPack) -> None:
    """The euro at 1.3 times, 35 percent, and a tenth of an engineer more: two lines change, each with the former value."""
    editor = returned.opened()
    editor.amount(DOLLAR, "multiply", EUR, 1.3)
    editor.add(DOLLAR, "add", "options.rented.ongoing_fte", 0.1)
    editor.risk(DOLLAR, 0.35)
    editor.save(returned.back)
    lines = written(returned)
    remarks = f"# multiply was 1.2: changed {BY}; add 0.1: added {BY}"
    assert sorted(lines) == sorted(
        [
            "- probability: 0.3",
            f'+ probability: {{value: 0.35, note: "Changed {BY}; value was 0.3"}}',
            f"- effects: [{{assumption: {EUR}, multiply: 1.2}}]",
            f"+ effects: [{{assumption: {EUR}, multiply: 1.3}}, {{assumption: options.rented.ongoing_fte, add: 0.1}}]   {remarks}",
        ]
    )
    assert "There is nothing to take." in returned.adopt().stderr


def test_another_operation_replaces_the_effect(returned: ReturnedPack) -> None:
    """Set to 2 becomes multiply by 0.8: one effect is removed, one added."""
    editor = returned.opened()
    editor.operation(CONTRACT, "set", OUTPUT, "multiply")
    editor.amount(CONTRACT, "multiply", OUTPUT, 0.8)
    editor.save(returned.back)
    assert "taken out" in returned.adopt().stdout
    assert written(returned) == [
        f"- effects: [{{assumption: {OUTPUT}, set: 2.0}}]",
        f"+ effects: [{{assumption: {OUTPUT}, multiply: 0.8}}]   # multiply 0.8: added {BY}",
    ]


def test_an_effect_that_was_cleared_is_taken_out_but_never_the_last_one(returned: ReturnedPack) -> None:
    """Of the two effects on list prices one may be removed; the dollar's only effect may not."""
    gpu = "prices.h100-cloud.per_gpu_hour.2026-10-19"
    editor = returned.opened()
    editor.clear("The list prices rise by half", "add", gpu)
    editor.clear(DOLLAR, "multiply", EUR)
    editor.save(returned.back)
    before = returned.case.read_text(encoding="utf-8")
    done = returned.adopt("--apply")
    assert done.exit_code == 3
    after = returned.case.read_text(encoding="utf-8")
    assert set(before.splitlines()) - set(after.splitlines()) == {f"      - {{assumption: {gpu}, add: 0.5}}"}
    assert f"nothing would be left of {DOLLAR}; take it out of the case yourself" in returned.adopt().stdout


def test_a_risk_in_a_spare_row_becomes_a_risk_of_the_case(returned: ReturnedPack) -> None:
    """Name, probability and both effects are appended; a second adoption takes nothing."""
    editor = returned.opened()
    editor.risk("Spare risk 1", 0.25, 'Nobody knows "the" software')
    editor.add('Nobody knows "the" software', "add", "options.rented.deployment_months", 2)
    editor.add("Spare risk 1", "multiply", "options.rented.utilisation", 0.9)
    editor.save(returned.back)
    assert written(returned) == [
        '+ - name: "Nobody knows \\"the\\" software"',
        f'+ probability: {{value: 0.25, note: "Added {BY}"}}',
        "+ effects:",
        "+ - {assumption: options.rented.deployment_months, add: 2}",
        "+ - {assumption: options.rented.utilisation, multiply: 0.9}",
    ]
    risk = load_case(returned.case).risks[-1]
    assert (risk.id, risk.probability.value, len(risk.effects)) == ("nobody_knows_the_software", 0.25, 2)
    assert "There is nothing to take." in returned.adopt().stderr


def test_a_risk_that_was_renamed_keeps_its_id(returned: ReturnedPack) -> None:
    """Its paths stay valid, so that editions can be compared."""
    editor = returned.opened()
    editor.risk(DOLLAR, called="The euro rises")
    editor.save(returned.back)
    assert written(returned) == [
        f"- - name: {DOLLAR}",
        f'+ - name: "The euro rises"   # renamed {BY}; was {DOLLAR}',
        "+ id: the_dollar_falls",
    ]
    assert load_case(returned.case).risks[1].name == "The euro rises"


BY_HAND = [
    (("Base case", "add", "options.rented.hires", 1), "the base case has no effects; change the assumption itself."),
    (("Flood", "add", "options.rented.hires", 1), 'no risk or price scenario is called "Flood".'),
    (("USD for one EUR: low", "add", "options.rented.hires", 1), "the program makes this run out of a low and a high"),
    (("Exchange: EUR", "", "", None), "a run, an operation, an amount and the key of an assumption make an effect"),
    ((DOLLAR, "divide", EUR, 2), '"divide" is no operation; effects set, multiply or add.'),
    ((DOLLAR, "add", EUR, "a bit"), "is a bit, which is no number."),
    ((DOLLAR, "multiply", EUR, 2), f"multiply {EUR} stands more than once in {DOLLAR}; keep one."),
    (("Bridge 0: the first estimate", "add", "options.rented.hires", 1), "the program makes this run for the bridge"),
    (("Volume 1: 50 M tokens a month", "add", "options.rented.hires", 1), "the program makes this run out of break_even"),
]  # fmt: skip


def test_a_row_without_a_place_is_said_with_its_reason(returned: ReturnedPack) -> None:
    """Of rows that the case has no field for none is taken, and the terminal gives each its reason."""
    editor = returned.opened()
    for row, _ in BY_HAND:
        editor.add(*row)
    editor.save(returned.back)
    done = returned.adopt()
    assert [reason for _, reason in BY_HAND if done.stdout.count(reason) != 1] == []
    assert "Not taken; where the case should follow" in done.stdout
    assert f"{len(BY_HAND)} edits were not taken" in done.stderr
    assert done.exit_code == 3


def test_a_volume_that_was_typed_over_is_not_taken(returned: ReturnedPack) -> None:
    """Volume runs are generated by the program."""
    editor = returned.opened()
    editor.amount("Volume 1: 50 M tokens a month", "set", "workload.volume_factor", 0.06)
    editor.save(returned.back)
    said = "set workload.volume_factor in Volume 1: 50 M tokens a month is 0.06, was 0.01666666667: the program makes this run out of break_even"
    assert said in returned.adopt().stdout


SPARE = [
    (0.2, "", True, "a risk was added without a name; type one over Spare risk 1 in the workbook."),
    (None, "Flood", False, "the added risk Flood does nothing"),
    ("often", "Flood", True, "the added risk Flood has no probability; type a number."),
]


@pytest.mark.parametrize(("chance", "name", "does", "sentence"), SPARE)
def test_an_added_risk_that_is_not_whole_is_not_taken(
    returned: ReturnedPack, chance: float | str | None, name: str, *, does: bool, sentence: str
) -> None:
    """A risk needs a name, a probability and an effect."""
    editor = returned.opened()
    editor.risk("Spare risk 1", chance, name)
    if does:
        editor.add(name or "Spare risk 1", "add", "options.rented.hires", 1)
    editor.save(returned.back)
    done = returned.adopt()
    assert sentence in done.stdout
    assert "1 edit was not taken" in done.stderr
    assert done.exit_code == 3


def test_an_effect_that_changed_on_both_sides_is_a_conflict_with_a_key(returned: ReturnedPack) -> None:
    """1.2 as issued, 1.3 in the workbook, 1.4 in the case today: exit 1 until --theirs takes it by the printed key."""
    editor = returned.opened()
    editor.amount(DOLLAR, "multiply", EUR, 1.3)
    editor.save(returned.back)
    returned.edit(returned.case, "multiply: 1.2}", "multiply: 1.4}")
    stopped = returned.adopt("--apply")
    key = f"risks.the_dollar_falls.effects.{EUR}.multiply"
    assert stopped.exit_code == 1
    assert f"{DOLLAR}: multiply {EUR}: 1.2 as issued" in stopped.stdout
    assert f"--theirs {key}   takes 1.3 from the workbook" in stopped.stdout
    assert f"--ours {key}   keeps 1.4" in stopped.stdout
    assert returned.adopt("--ours", key, "--apply").exit_code == 0
    assert load_case(returned.case).risks[1].effects[0].multiply == 1.4
    assert returned.adopt("--theirs", key, "--apply").exit_code == 0
    assert load_case(returned.case).risks[1].effects[0].multiply == 1.3


def test_a_key_that_nobody_changed_is_a_wrong_command_line(returned: ReturnedPack) -> None:
    """Exit 2, with the most similar key."""
    editor = returned.opened()
    editor.risk(DOLLAR, 0.35)
    editor.save(returned.back)
    done = returned.adopt("--theirs", "risks.the_dollar_fall.probability")
    assert done.exit_code == 2
    assert "Did you mean" in done.output


def test_a_risk_that_is_gone_today_is_not_brought_back(returned: ReturnedPack) -> None:
    """The workbook changes a risk that today's case does not have."""
    editor = returned.opened()
    editor.risk(DOLLAR, 0.35)
    editor.save(returned.back)
    text = returned.case.read_text(encoding="utf-8")
    gone = text[text.index(f"  - name: {DOLLAR}") : text.index("price_scenarios:")]
    returned.edit(returned.case, gone, "")
    done = returned.adopt()
    assert (
        f"Risks!D12: {DOLLAR}: probability is 0.35 there; the case has no risks.the_dollar_falls today."
        in done.stdout
    )
    assert "1 edit was not taken: the reasons stand above." in done.stderr


def test_words_that_were_typed_are_not_written_over_either(returned: ReturnedPack) -> None:
    """A changed operation or name stops `build` although no number changed; a file saved again unchanged does not."""
    target = returned.folder / "out" / "acme.xlsx"
    analysis = analyse(load_case(returned.case), returned.case)
    returned.opened().save(target)
    assert keep_edited(target, force=False) is None
    write_workbook(analysis, target)
    editor = returned.opened()
    editor.operation(CONTRACT, "set", OUTPUT, "multiply")
    editor.save(target)
    with pytest.raises(
        SurroundingsError, match=r"was edited since it was issued \(Runs![A-Z]+17 is multiply, was set"
    ):
        keep_edited(target, force=False)
    write_workbook(analysis, target)
    editor = returned.opened()
    editor.risk(DOLLAR, called="The euro rises")
    editor.save(target)
    with pytest.raises(SurroundingsError, match="Risks!B12 is The euro rises, was The dollar falls"):
        keep_edited(target, force=False)
