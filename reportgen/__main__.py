"""Run the command line: python -m reportgen, and the command reportgen."""

import sys

INTERRUPTED = 130


def main() -> None:
    """Run the command line; an interruption while it is still being loaded ends it quietly."""
    try:
        from reportgen.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
