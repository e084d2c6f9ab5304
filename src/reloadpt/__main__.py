"""Run reloadpt with ``python -m reloadpt``."""

from reloadpt.cli import main

main()
