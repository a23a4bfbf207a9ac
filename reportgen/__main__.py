"""Run the command line: python -m reportgen, and the command reportgen."""

import os
import signal
from types import FrameType

INTERRUPTED = 130


def main() -> None:
    """Run the command line; an interruption while it is still being loaded ends it at once, without a word."""
    usual = signal.getsignal(signal.SIGINT)
    if usual is signal.default_int_handler:  # not in the background of a shell, which has it ignored
        signal.signal(signal.SIGINT, _end)
    from reportgen.runtime.memory import with_one_stack

    def load_and_run() -> None:
        from reportgen.cli import main as run

        signal.signal(signal.SIGINT, usual)
        run()

    with_one_stack(load_and_run)


def _end(_number: int, _frame: FrameType | None) -> None:
    """End the process: an exception could be raised within an import that prints it and goes on."""
    os._exit(INTERRUPTED)


if __name__ == "__main__":
    main()
