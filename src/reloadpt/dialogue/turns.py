"""Whose turn it is, asked at the start where several people have a journal in one home."""

from __future__ import annotations

from reloadpt import wording
from reloadpt.dialogue.asks import BACK, Choice, Head, options_of
from reloadpt.files import Places, clean
from reloadpt.journal.people import ALONE, people_in, turn_of


async def ask_turn(home: Places, head: Head) -> Places:
    """Ask whose turn it is, whoever was here last a key away; nothing is asked where there is one person."""
    people = people_in(home)
    if len(people) < 2:
        return home
    labels = [
        (person.name, wording.TURN_ALONE() if person.alias == ALONE else clean(person.alias) or "?")
        for person in people
    ]
    chosen = await head.ask(Choice(wording.WHOSE_TURN(), (wording.TURN_LAST(),), options_of(*labels)), None)
    return home if chosen is BACK else turn_of(home, chosen)
