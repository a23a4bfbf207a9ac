"""`reportgen prices`: the commands around the price book; each is a module of its name."""

import typer

from reportgen.cli.prices import add, check, diff, find, import_catalogue, show, update

app = typer.Typer(
    no_args_is_help=True, add_completion=False, rich_markup_mode=None, context_settings={"help_option_names": ["-h", "--help"]},
)  # fmt: skip


@app.callback(epilog="The price book is inputs/prices.yaml unless --book names another.")
def prices() -> None:
    """Look prices up, check and update them, and see what a change of prices does.

    \b
    reportgen prices find gemini                        in the book, and in the package genai-prices
    reportgen prices check                              which prices deserve a second look
    reportgen prices update --write                     the newest token prices into the book
    reportgen prices diff old.yaml inputs/prices.yaml --case inputs/acme.yaml
    """


# The order of registration is the order in --help.
app.command()(find.find)
app.command()(show.show)
app.command()(check.check)
app.command()(update.update)
app.command()(add.add)
app.command("import")(import_catalogue.import_catalogue)
app.command()(diff.diff)
