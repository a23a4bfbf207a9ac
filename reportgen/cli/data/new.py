"""`reportgen new`: a complete case to begin with."""

import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportgen.cli.console import print_status, print_step
from reportgen.cli.output import Quiet
from reportgen.cli.parameters import day_of

if TYPE_CHECKING:
    from reportgen.scaffold.new_case import Answers

DAYS = ["%Y-%m-%d"]
Name = Annotated[Path, typer.Argument(help="The case to write, NAME.yaml.", show_default=False)]
VolumeText = Annotated[
    str, typer.Option("--volume", help="Tokens a month: 6B, 600M, 200M tokens a day.", show_default=False)
]
Today = Annotated[
    str,
    typer.Option(
        "--today",
        help="What serves today, provider:model, such as anthropic:claude-opus-5-5.",
        show_default=False,
    ),
]
Ways = Annotated[
    str, typer.Option("--options", help="The ways that are weighed: api, platform, self_hosted, on_prem.")
]
UsageFiles = Annotated[
    list[Path] | None,
    typer.Option("--usage", help="A usage export: its workload in place of guesses.", show_default=False),
]
BenchFiles = Annotated[
    list[Path] | None,
    typer.Option("--bench", help="A benchmark result: its speed in place of guesses.", show_default=False),
]
Gpus = Annotated[
    float | None,
    typer.Option(
        "--gpus", help="The GPUs of the benchmark's replica, where its file does not say.", show_default=False
    ),
]
Like = Annotated[
    Path | None, typer.Option("--like", help="A case whose figures are taken over.", show_default=False)
]
Currency = Annotated[
    str, typer.Option("--currency", help="The currency, in three letters.", show_default="USD")
]
Title = Annotated[str, typer.Option("--title", help="The title of the paper.", show_default=False)]
Start = Annotated[
    datetime | None,
    typer.Option(
        "--start", formats=["%Y-%m", "%Y-%m-%d"], help="The first month that is counted.", show_default=False
    ),
]
Date = Annotated[
    datetime | None,
    typer.Option(
        "--date", formats=DAYS, help="The day of the edition; today unless given.", show_default=False
    ),
]
DecideBy = Annotated[
    datetime | None,
    typer.Option(
        "--decide-by", formats=DAYS, help="The day by which a decision is needed.", show_default=False
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Write over a file that is there.")]
NoQuestions = Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing, also on a terminal.")]


def new(
    name: Name, volume: VolumeText = "", today: Today = "", options: Ways = "", usage: UsageFiles = None, bench: BenchFiles = None,
    gpus: Gpus = None, like: Like = None, currency: Currency = "", title: Title = "", start: Start = None, on: Date = None,
    decide_by: DecideBy = None, force: Force = False, yes: NoQuestions = False, quiet: Quiet = False,
) -> None:  # fmt: skip
    """Write a complete, commented case that passes check; on a terminal what matters is asked first.

    Each figure that nobody stated is marked "a guess: replace", and check counts them.

    \b
    reportgen new acme.yaml                                            asks
    reportgen new acme.yaml --volume 6B --today anthropic:claude-opus-5-5 --options api,platform
    reportgen new acme.yaml --usage export.csv --bench vllm.json --gpus 8
    reportgen new second.yaml --like acme.yaml --volume 12B
    """
    if name.exists() and not force:
        raise typer.BadParameter(
            f"{name} is there; write over it with --force, or name another.", param_hint="NAME"
        )
    if sys.stdin.isatty() and not yes and like is None:
        volume, today, options, currency, start, decide_by = _ask(
            volume, today, options, currency, start, decide_by, has_usage=bool(usage)
        )
    day = day_of(on)
    first = start.date().replace(day=1) if start else _next_quarter(day)
    decision = decide_by.date() if decide_by else max(day + timedelta(days=42), day)
    from reportgen.scaffold.new_case import Answers, new_case
    from reportgen.scaffold.price_of_today import price_of_today

    answers = Answers(
        title or "Serving language models", day, decision, first, currency or "USD", volume=_volume(volume), today=price_of_today(today, day),
        options=_options(options), workload=_workload(usage), speed=_speed(bench, gpus),
    )  # fmt: skip
    text = _like(like, answers) if like else new_case(answers)
    _write(name, text, like, quiet=quiet)


def _ask(
    volume: str,
    today: str,
    options: str,
    currency: str,
    start: datetime | None,
    decide_by: datetime | None,
    *,
    has_usage: bool,
) -> tuple[str, str, str, str, datetime | None, datetime | None]:
    """Ask for what was not given; an empty answer is a guess in the case."""
    if not volume and not has_usage:
        volume = typer.prompt(
            "Tokens a month (6B, 600M; empty: a guess)", default="", show_default=False, err=True
        )
    if not today:
        today = typer.prompt(
            "What serves today, provider:model (empty: a guess)", default="", show_default=False, err=True
        )
    options = options or typer.prompt("Which ways are weighed", default="api,platform,self_hosted", err=True)
    currency = currency or typer.prompt("Currency", default="USD", err=True)
    asked = []
    for words, given, form in (
        ("First month, YYYY-MM", start, "%Y-%m"),
        ("Decision needed by, YYYY-MM-DD", decide_by, "%Y-%m-%d"),
    ):
        answer = (
            "" if given else typer.prompt(f"{words} (empty: soon)", default="", show_default=False, err=True)
        )
        try:
            asked.append(given or (datetime.strptime(answer, form) if answer else None))  # noqa: DTZ007 (a day)
        except ValueError as error:
            raise typer.BadParameter(
                f"{answer} is no {words.split(',')[0].lower()}; write {words.split(', ')[1]}."
            ) from error
    return volume, today, options, currency.upper(), asked[0], asked[1]


def _next_quarter(day: date) -> date:
    """Return the first day of the quarter that begins at least a month after a day."""
    later = day + timedelta(days=31)
    month = 3 * ((later.month - 1) // 3) + 4
    return date(later.year + (month > 12), (month - 1) % 12 + 1, 1)


def _volume(text: str) -> float | None:
    from reportgen.schema.quantities.conversions import volume

    if not text:
        return None
    found = volume(text)
    if found is None:
        raise typer.BadParameter(
            f"{text} is no volume; write 6B, 600M or 200M tokens a day.", param_hint="--volume"
        )
    return found


def _options(text: str) -> tuple[str, ...]:
    from reportgen.scaffold.new_case import KINDS

    chosen = tuple(
        dict.fromkeys(
            part.strip() for part in (text or "api,platform,self_hosted").split(",") if part.strip()
        )
    )
    chosen = (
        chosen if "api" in chosen else ("api", *chosen)
    )  # what serves today is weighed, and serves until another does
    unknown = [key for key in chosen if key not in KINDS]
    if unknown or len(chosen) < 2:
        what = f"{unknown[0]} is no option" if unknown else "a case weighs two options or more"
        raise typer.BadParameter(f"{what}; write some of {', '.join(KINDS)}.", param_hint="--options")
    return chosen


def _workload(files: list[Path] | None) -> str:
    if not files:
        return ""
    from reportgen.ingest.usage.summary import summary_of

    return summary_of(files).yaml


def _speed(files: list[Path] | None, gpus: float | None) -> str:
    if not files:
        return ""
    from reportgen.ingest.bench.choose import Target, choose
    from reportgen.ingest.bench.read import read_runs
    from reportgen.ingest.bench.text import option_yaml

    found = choose([run.per_replica(gpus) for run in read_runs(files)], Target())
    return option_yaml(found) if found else ""


def _like(like: Path, answers: "Answers") -> str:
    """Return the text of another case with the new heading, and the new volume where one is given."""
    from reportgen.files import read_text
    from reportgen.schema.loading.yaml_text import YamlText, number_text

    text = YamlText(read_text(like))
    text.set_key(("case",), "date", str(answers.date))
    if text.has("case", "decide_by"):
        text.set_key(("case",), "decide_by", str(answers.decide_by))
    if answers.volume is not None and text.has("workload", "tokens_per_month"):
        text.replace(text.at("workload", "tokens_per_month"), number_text(answers.volume))
    return text.text


def _write(name: Path, text: str, like: Path | None, *, quiet: bool) -> None:
    from reportgen.errors import SurroundingsError
    from reportgen.files import read_text, replace_text
    from reportgen.scaffold.schemas import SCHEMAS
    from reportgen.schema.loading.load import DEFAULT_BOOK, load_case

    try:
        name.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SurroundingsError(
            f"The folder {name.parent} cannot be made: {error.strerror or error}."
        ) from error
    replace_text(name, text)
    schema = name.with_name("case.schema.json")
    if not schema.exists():
        replace_text(schema, SCHEMAS["case"]())
    book = like.with_name(DEFAULT_BOOK) if like else None
    if book and book.exists() and not name.with_name(DEFAULT_BOOK).exists():
        replace_text(name.with_name(DEFAULT_BOOK), read_text(book))
    load_case(name, widen=True, limits=True)
    if not quiet:
        guesses = text.lower().count("a guess: replace")
        print_step("written", f"{name}, with {guesses} guesses to replace")
        print_status(f"Next:  reportgen check {name}   then   reportgen build {name}")
