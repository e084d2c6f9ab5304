"""The way in. What is called most, the app and the version, is reached without importing the commands."""

import sys

from reloadpt import __version__


def main() -> None:
    """Run reloadpt; trouble is told in plain words on stderr, never as a traceback."""
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        print(f"reloadpt {__version__}")  # noqa: T201
        return
    if arguments:
        from reloadpt.cli import run
    else:
        from reloadpt.opening import open_app as run
    from reloadpt.trouble import Trouble

    try:
        run()
    except Trouble as trouble:
        sys.stderr.write(f"{trouble}\n")
        sys.exit(1)


if __name__ == "__main__":
    main()
