"""The way in. What is called most, the app and the version, is reached without importing the commands."""

import os
import sys

from reloadpt import __version__

COMPLETES = "_RELOADPT_COMPLETE"
"""Set by a shell that asks what may follow."""


def main() -> None:
    """Run reloadpt; trouble is told in plain words on stderr, never as a traceback.

    Exits with 1 where the answer is no, with 130 at an interrupt, with 70 where reloadpt itself fails.
    """
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        print(f"reloadpt {__version__}")  # noqa: T201
        return
    from reloadpt.crash import crash_sentence, exit_code, let_go_of_output, silence_tracebacks

    silence_tracebacks()
    try:
        if arguments or COMPLETES in os.environ:
            from reloadpt.cli import run
        else:
            from reloadpt.opening import open_app as run
        run()
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:  # noqa: BLE001  (what nobody foresaw is told in a sentence too)
        sys.stderr.write(f"{crash_sentence(error)}\n")
        let_go_of_output()
        sys.exit(exit_code(error))


if __name__ == "__main__":
    main()
