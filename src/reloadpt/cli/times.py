"""Times as they are typed on the command line."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import click

from reloadpt.files import clip


class Moment(click.ParamType[datetime]):
    """A date and time; without an offset it is this machine's local time."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Read ``value``, or fail with what a time looks like."""
        if isinstance(value, datetime):
            return value
        try:
            found = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a time such as 2026-11-20T09:00:00+01:00", param, ctx)
        return found if found.tzinfo else found.astimezone()


MOMENT = Moment()


def read_day(text: str, today: date | None = None) -> date:
    """Read a day such as 2026-11-20, or, where ``today`` is given, one of the words ``today`` and ``yesterday``.

    ``click.UsageError`` where it is none.
    """
    if today and text in ("today", "yesterday"):
        return today - timedelta(days=text == "yesterday")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise click.UsageError(f"{clip(text)} is not a day such as 2026-11-20.") from None


def read_period(since: str | None, until: str | None) -> tuple[date | None, date | None]:
    """Read the first and the last day of a period, where they are given."""
    first, last = (read_day(text) if text else None for text in (since, until))
    if first and last and last < first:
        raise click.UsageError(f"The period ends on {last}, before it begins on {first}.")
    return first, last
