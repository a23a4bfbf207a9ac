"""`reportgen sign`: files of a pack signed with an SSH key."""

from pathlib import Path
from typing import Annotated

import typer

from reportgen.cli.console import print_status
from reportgen.cli.output import AsJson, Quiet, print_json


def sign(
    files: Annotated[
        list[Path], typer.Argument(help="Files of a pack: workbook, paper, results.", show_default=False)
    ],
    key: Annotated[
        Path, typer.Option("--key", help="A private SSH key, such as ~/.ssh/id_ed25519.", show_default=False)
    ],
    as_json: AsJson = False,
    _quiet: Quiet = False,
) -> None:
    """Sign files with an SSH key: a signature beside each, which nobody without the key can make.

    The seal in a workbook is a quick sign that anybody can make; a signature proves who issued a file. Signing is
    done by ssh-keygen, which asks for a passphrase where the key has one.

    \b
    reportgen sign out/mine.xlsx out/mine.pdf --key ~/.ssh/id_ed25519
    reportgen verify out/mine.pdf --key finance.pub
    """
    from reportgen.pipeline.signature import sign as signed

    written = [signed(path, key.expanduser()) for path in files]
    if as_json:
        print_json("sign", {"files": [str(path) for path in written]})
        return
    for path in written:
        typer.echo(str(path))
    print_status("Who gets them checks with:  reportgen verify FILE --key THE-PUBLIC-KEY.pub")
