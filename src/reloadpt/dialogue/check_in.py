"""How are you: the sheet of numbers before a session and each morning, and at any other hour."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Literal

from reloadpt import wording
from reloadpt.care.answers import ABLE_ENDS, NO_SIGNS, PAIN_ENDS, SORE_ENDS, check_in_entries
from reloadpt.care.backfill import checked_in_later
from reloadpt.care.questions import CheckInQuestions, muscles_of_sign
from reloadpt.clock import zone
from reloadpt.dialogue.asks import Ask, Cells, Choice, Head, Row, Saying, Sheet, go_through, options_of
from reloadpt.dialogue.elsewhere import of_head, write_down, write_signs
from reloadpt.dialogue.emergency import number_elsewhere
from reloadpt.dialogue.muscles import region_of
from reloadpt.dialogue.respondent import Respondent
from reloadpt.dialogue.signs import ask_signs, in_full, whom_to_call_now
from reloadpt.journal.events import Side, Soreness
from reloadpt.phrases import place_phrase
from reloadpt.program.library import Library
from reloadpt.program.plan import AlsoNeedled, Target

NOT_SAID = "not said"


@dataclass(frozen=True)
class NeedleSite:
    """One place and side, sore once for all muscles that were needled there; ``last`` is the highest said before."""

    place: str
    side: Side
    muscles: tuple[str, ...]
    last: int | None = None

    @property
    def key(self) -> str:
        """Its row in a sheet."""
        return f"sore {self.place} {self.side}"

    def row(self, question: wording.Sentence) -> Row:
        """The row that asks how sore it is."""
        return Row(self.key, question(place=place_phrase(self.place, self.side)), SORE_ENDS, self.last)


def needle_sites(needled: Iterable[tuple[str, Side, int | None]], library: Library) -> tuple[NeedleSite, ...]:
    """The places of muscles, sides and what was said last of each, in their order."""
    sites: dict[tuple[str, Side], NeedleSite] = {}
    for muscle, side, last in needled:
        place = region_of(muscle, library)
        before = sites.get((place, side), NeedleSite(place, side, ()))
        lasts = [score for score in (before.last, last) if score is not None]
        sites[place, side] = NeedleSite(place, side, (*before.muscles, muscle), max(lasts, default=None))
    return tuple(sites.values())


def soreness_of(sites: Sequence[NeedleSite], cells: Cells) -> tuple[Soreness, ...]:
    """What was said of places, for every muscle that was needled there."""
    return tuple(
        Soreness(muscle=muscle, side=site.side, score=score)
        for site in sites
        for muscle in site.muscles
        if (score := number_in(cells, site.key)) is not None
    )


def number_in(cells: Cells, key: str) -> int | None:
    """The number of a row; None where it was left out."""
    value = cells.get(key)
    return value if isinstance(value, int) else None


async def check_in(patient: Respondent, head: Head) -> bool:
    """Ask what is due before a session and write it; False where the person left, or a sign closed the day."""
    due = patient.today()
    if due is None or due.ask is None:
        return due is not None
    if not await number_elsewhere(patient, head, zone()):
        return False
    raised = await go_through(head, partial(_check_in, patient, due.ask))
    if raised:
        await whom_to_call_now(patient, head)
        await write_down(patient, of_head(head))
    return raised == ()


async def _check_in(patient: Respondent, questions: CheckInQuestions, ask: Ask) -> tuple[str, ...]:
    plan, at = patient.plan, patient.wall()
    sites = needle_sites(
        ((site.muscle, site.side, site.last) for site in questions.soreness), patient.library
    )
    rows = [Row("pain", wording.SHEET_PAIN(), PAIN_ENDS, questions.last_pain)]
    rows += [Row("worst", wording.SHEET_WORST(), PAIN_ENDS, optional=True)] if questions.worst else []
    rows += [site.row(wording.SHEET_SORE) for site in sites]
    cells = await ask(Sheet(wording.HOW_ARE_YOU(), rows=tuple(rows)))
    activities = [Row(activity, activity, ABLE_ENDS) for activity in questions.activities]
    able: Cells = await ask(Sheet(wording.SHEET_ACTIVITIES(), rows=tuple(activities))) if activities else {}
    barrier = await _ask_barrier(ask) if questions.missed else None
    signs = NO_SIGNS
    if questions.signs:
        full = in_full(plan, patient.record.history, questions.signs, at)
        signs = await ask_signs(ask, plan, questions.signs, full=full)
    told = {(soreness.muscle, soreness.side): soreness.score for soreness in soreness_of(sites, cells)}
    scores = {"pain": number_in(cells, "pain"), "worst": number_in(cells, "worst")}
    for number, site in enumerate(questions.soreness):
        scores[f"soreness {number}"] = told.get((site.muscle, site.side))
    for number, activity in enumerate(questions.activities):
        scores[f"activity {number}"] = number_in(able, activity)
    muscles = {code: muscles_of_sign(plan, patient.library, code) for code in signs.raised}
    entries = check_in_entries(questions, scores, barrier, signs, plan, zone(), muscles)
    await write_signs(patient, ask, entries, locks=bool(signs.raised))
    return signs.raised


async def _ask_barrier(ask: Ask) -> str | None:
    options = [(value, sentence()) for value, sentence in wording.BARRIERS.items()]
    told = await ask(
        Choice(wording.ASK_BARRIER(), options=options_of(*options, (NOT_SAID, wording.NOT_SAID())))
    )
    return None if told == NOT_SAID else told


async def numbers_now(patient: Respondent, head: Head) -> None:
    """Tell pain and soreness at any hour, beside the check-ins that are asked."""
    await numbers_of(patient, head, patient.wall().date())


async def numbers_of(patient: Respondent, head: Head, day: date) -> None:
    """Tell how it was on ``day``, today or before."""
    if await go_through(head, partial(_numbers, patient, day)):
        await head.ask(Saying(wording.NUMBERS_NOTED(), brief=True), None)


async def _numbers(patient: Respondent, day: date, ask: Ask) -> bool:
    at = patient.wall()
    now = day == at.date()
    needled: list[Target | AlsoNeedled] = [*patient.plan.targets, *patient.plan.also_needled]
    sites = needle_sites(((site.muscle, site.side, None) for site in needled), patient.library)
    sore = wording.SHEET_SORE if now else wording.SHEET_SORE_THEN
    pain = Row("pain", (wording.SHEET_PAIN if now else wording.SHEET_PAIN_THEN)(), PAIN_ENDS)
    question = (wording.HOW_ARE_YOU if now else wording.HOW_WAS_IT)()
    cells = await ask(Sheet(question, rows=(pain, *(site.row(sore) for site in sites))))
    when: Literal["morning", "other"] = "other" if now else "morning"
    await write_down(
        patient,
        ask,
        checked_in_later(
            patient.record.history,
            day,
            at,
            when,
            pain=number_in(cells, "pain"),
            soreness=soreness_of(sites, cells),
            zone=zone(),
        ),
    )
    return True
