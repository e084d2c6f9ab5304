"""How it has gone in words: the same sentences on the progress screen and line by line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from reloadpt import wording
from reloadpt.care.in_words import full_dose
from reloadpt.files import clean
from reloadpt.measures.progress import Progress

STATE_WORDS = {
    "done": "done",
    "part": "in part",
    "beside": "beside the plan",
    "left": "not opened",
    "paused": "paused",
    "locked": "closed",
    "free": "nothing planned",
}


def pain_sentence(progress: Progress) -> str:
    """Where pain began and is now, and whether that is worth having."""
    start, now, points = progress.pain.start, progress.pain.now, progress.pain.points
    if now is None:
        return ""
    if start is None or points is None:
        return wording.PAIN_NOW(now=now.score)
    if points == 0:
        return wording.PAIN_AS_BEFORE(now=now.score)
    if points > 0:
        return wording.PAIN_MORE(start=start, now=now.score)
    sentence = wording.PAIN_WORTH if progress.pain.worth_having else wording.PAIN_LESS
    return sentence(start=start, now=now.score)


def soreness_sentence(progress: Progress) -> str:
    """The latest soreness of each needle site."""
    told = [
        f"{soreness.muscle.replace('-', ' ')}{'' if soreness.side == 'both' else f', {soreness.side}'} {soreness.rating.score}"
        for soreness in progress.sore
    ]
    return clean(wording.SORE_LAST(told="; ".join(told))) if told else ""


def adherence_sentence(progress: Progress) -> str:
    """How much was done, in a sentence that blames nobody."""
    counts = progress.counts
    beside = f" {counts.extra} more beside the plan." if counts.extra else ""
    if counts.sets is None:
        return f"{counts.extra} sets done." if counts.extra else ""
    share = (
        wording.DONE_MOST
        if counts.sets >= 0.8
        else wording.DONE_HALF
        if counts.sets >= 0.5
        else wording.DONE_SOME
    )
    sentences = (f"{share(done=counts.sets_done, planned=counts.sets_planned)}{beside}", *progress.caveats)
    return " ".join(sentences)


def corrections_sentence(progress: Progress) -> str:
    """How many entries were corrected afterwards."""
    count = progress.corrections.later
    return (
        f"{count} {'entries were' if count > 1 else 'entry was'} corrected; what was first written stays."
        if count
        else ""
    )


def dose_change_lines(progress: Progress, most: int) -> Iterator[tuple[str, str]]:
    """The latest changes of doses, each with why it was dealt so."""
    for change in progress.changes[:most]:
        after = change.after
        said = (
            f"{weekday_in_words(change.at.date())}: {after.name}, {full_dose(change.before)} → {full_dose(after)}",
            after.why,
        )
        yield clean(said[0]), clean(said[1])


def weekday_in_words(day: date) -> str:
    """A day such as ``Fri 20 November``."""
    return f"{day:%a} {day.day} {day:%B}"
