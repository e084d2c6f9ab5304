"""Every command of the program, so that a test which must try them all fails for one that is new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from reloadpt.cli import cli


def commands_of(group: click.Group = cli, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The names that lead to each command, such as ``("plan", "check")``."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from commands_of(command, (*before, name))
        else:
            yield (*before, name)


def not_tried(calls: Iterable[Sequence[str | Path]]) -> set[tuple[str, ...]]:
    """The commands that none of these calls is of."""
    began = [tuple(map(str, call)) for call in calls]
    return {
        command for command in commands_of() if not any(call[: len(command)] == command for call in began)
    }
