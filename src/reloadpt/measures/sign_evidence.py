"""What is told of the warning signs that were ever marked: each once, with its story in a line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from reloadpt import wording
from reloadpt.care.rules import Evidence, Level
from reloadpt.care.signs import BY_PLAN, Sign
from reloadpt.care.thresholds import Thresholds
from reloadpt.files import shorten
from reloadpt.measures.course import Course
from reloadpt.phrases import span_phrase

SIGN_RULES = ("warning_sign", "faint", "withdrawn", "worried")
"""The rules whose alerts a therapist closes with what was done."""
WORRY = "worry"
"""What stands in the place of a sign's code where something else worried the patient."""
SAID = 200


def sign_evidence(course: Course, thresholds: Thresholds) -> Iterator[Evidence]:
    """Each sign that was marked, cleared or not, each that was taken back, and each worry.

    A code that is not known counts as an emergency.
    """
    for sign in course.signs:
        if sign.withdrawn:
            yield _of_sign("withdrawn", sign, _level_withdrawn(course, sign, thresholds))
        else:
            yield _of_sign("faint" if sign.sign_class == "faint" else "warning_sign", sign)
    for worry in course.worries:
        words = f": {shorten(worry.words, SAID)}" if worry.words else ""
        values = {"when": _moment(worry.at), "words": words}
        yield Evidence(rule="worried", about=WORRY, values=values, entries=(worry.n,))


def sign_became(sign: Sign) -> str:
    """What became of a sign that was marked, in a few words."""
    said = wording.SIGN_BECAME
    if sign.ended_at is None:
        return said["faint" if sign.sign_class == "faint" else "open"]()
    span = span_phrase(sign.ended_at - sign.at)
    if sign.by == BY_PLAN:
        return said["plan"](span=span)
    how = said["phone_alone" if sign.by_phone_alone else sign.how]() if sign.how else ""
    where = f", {shorten(sign.where, SAID)}" if sign.where else ""
    return said["cleared"](span=span, by=shorten(sign.by, SAID) or said["somebody"](), how=how, where=where)


def _of_sign(rule: str, sign: Sign, level: Level | None = None) -> Evidence:
    values = {
        "code": shorten(sign.code, 20),
        "again": " again" if sign.again else "",
        "when": _moment(sign.at),
        "became": sign_became(sign),
        "sign": wording.sign_text(sign.code),
        "words": f" ({shorten(sign.words, SAID)})" if sign.words else "",
        "unsolved": sign.standing == "open",
    }
    return Evidence(rule=rule, about=sign.code, values=values, entries=(sign.n,), level=level)


def _level_withdrawn(course: Course, sign: Sign, thresholds: Thresholds) -> Level:
    """An emergency sign that was taken back is graver, and one that was so twice within some days."""
    within = timedelta(days=thresholds.withdrawn_days)
    near = [
        other
        for other in course.signs
        if other.withdrawn and other.code == sign.code and abs(other.at - sign.at) < within
    ]
    grave = sign.sign_class == "emergency" or len(near) >= thresholds.withdrawn_times
    return "this_week" if grave else "at_visit"


def _moment(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %H:%M}"
