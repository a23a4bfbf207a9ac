"""What a command that was killed left to be done, done by the next one."""

from pathlib import Path


def finish_adoption(case_file: Path) -> None:
    """Finish an adoption of a case that was killed between its files, and say so."""
    from reportgen.cli.console import print_status

    if not case_file.name or not case_file.with_name(f".{case_file.name[:60]}.adoption").exists():
        return
    from reportgen.adopt.journal import recover

    written = recover(case_file)
    where = " and ".join(map(str, written)) or "nothing was left to be written"
    print_status(f"An adoption into {case_file} was ended before it was done; it was finished now: {where}.")
