"""The lines of the clinic's overview: one patient on one row, and the marked one in a few words more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from textual.content import Content

from reloadpt.care.rules import Level
from reloadpt.clinic.choosing import done_lately, timed_lately
from reloadpt.clinic.overview import PatientRow
from reloadpt.clinic.summary import Summary
from reloadpt.files import clean
from reloadpt.measures.alerts import Alert
from reloadpt.phrases import count_phrase
from reloadpt.share.page import muscle_label
from reloadpt.tui.kit.hanging import INDENT

LEVEL_WORDS: dict[Level, str] = {"today": "TODAY", "this_week": "this week", "at_visit": "at visit"}
LEVEL_STYLES: dict[Level, str] = {
    "today": "bold $error",
    "this_week": "bold $warning",
    "at_visit": "$secondary",
}
BLOCKS = "▁▂▃▄▅▆▇█"
LINE_DAYS = 28
PHASES_FROM = 110
"""So wide a list has room for the phases, and from there on for their muscles."""
MUSCLES_FROM = 140
COLUMNS = (
    ("needs you", 10),
    ("patient", 10),
    ("done", 5),
    ("timed", 6),
    ("pain", 5),
    ("change", 10),
    ("sore", 5),
    ("seen", 8),
)
VISIT = ("visit", 9)
CONTRADICTED = "A log contradicts the one that is kept; the figures are of the kept one."


def column_heads(width: int) -> Content:
    """The heads of the columns."""
    heads = "".join(f"{word:<{room}}" for word, room in _fitting(width))
    if width >= PHASES_FROM:
        heads += f"{'4 weeks of pain':<{LINE_DAYS + 1}}phase"
    else:
        heads += "pain, 4 weeks"
    return Content.styled(heads, "$quiet").truncate(width)


def row_line(row: PatientRow, today: date, width: int) -> Content:
    """One patient on one row of ``width`` cells."""
    summary = row.patient.summary
    cells = {
        "needs you": _level(row),
        "patient": (clean(summary.patient), "bold"),
        "done": (_percent(done_lately(row)), ""),
        "timed": (_percent(timed_lately(row)), "$quiet"),
        "pain": (score_or_dash(summary.pain), ""),
        "change": _change(summary),
        "sore": (score_or_dash(summary.soreness), ""),
        "seen": (time_ago(summary.last_seen, today), ""),
        "visit": (time_ahead(summary.next_visit, today), ""),
    }
    parts: list[Content] = []
    for word, room in _fitting(width):
        text, style = cells[word]
        parts.append(Content.styled(text, style).truncate(room - 1, ellipsis=True).truncate(room, pad=True))
    used = sum(room for _, room in _fitting(width))
    if width >= PHASES_FROM:
        line = sparkline(summary.pain_line, LINE_DAYS)
        parts += [Content.styled(line, "$primary").truncate(LINE_DAYS + 1, pad=True), _phases(summary, width)]
    else:
        parts.append(Content.styled(sparkline(summary.pain_line, max(0, width - used)), "$primary"))
    return Content("").join(parts)


def patient_details(row: PatientRow, today: date) -> list[Content]:
    """The marked patient: the story, why, where the muscles stand, and when it was and will be seen."""
    summary = row.patient.summary
    alerts = [alert_line(alert, seen=alert in row.seen) for alert in row.alerts]
    if row.patient.conflicts:
        alerts.insert(0, Content.styled(CONTRADICTED, "$error"))
    alerts[:0] = [Content.styled(sentence, "$error") for sentence in row.patient.damage]
    facts = [f"{site_of(muscle)}: {phase}" for muscle, phase in summary.phases.items()]
    if summary.self_made:
        facts.append("a plan made without a therapist")
    facts.append(f"report {time_ago(summary.reported_at, today) or 'none'}")
    if summary.next_visit:
        facts.append(f"next visit {time_ahead(summary.next_visit, today, short=False)}")
    return [
        Content(clean(row.story)),
        *(alerts or [Content.styled("No alert.", "$quiet")]),
        Content.styled(" · ".join(facts), "$quiet"),
    ]


def alert_line(alert: Alert, *, seen: bool) -> Content:
    """One alert: its level in word and colour, and its sentence."""
    return Content.assemble(
        level_word(alert, seen=seen).truncate(INDENT, pad=True), (clean(alert.text), "$quiet" if seen else "")
    )


def level_word(alert: Alert, *, seen: bool) -> Content:
    """The level of an alert, in word and colour."""
    return (
        Content.styled("seen", "$quiet")
        if seen
        else Content.styled(LEVEL_WORDS[alert.level], LEVEL_STYLES[alert.level])
    )


def site_of(muscle: str) -> str:
    """A muscle, or a muscle and its side, as a summary names it."""
    name, _, side = muscle_label(clean(muscle)).partition(":")
    return f"{name}, {side}" if side else name


def sparkline(line: Sequence[tuple[date, int]], room: int) -> str:
    """The last mornings of pain up to the last rated one, a cell a day; a day without one is a dot."""
    if not line or room <= 0:
        return ""
    last = line[-1][0]
    days = {(last - day).days: score for day, score in line}
    begin = min(room, LINE_DAYS, max(days) + 1)
    return "".join(
        "·" if score is None else BLOCKS[min(7, round(score * 0.7))]
        for score in (days.get(before) for before in range(begin - 1, -1, -1))
    )


def time_ago(at: datetime | None, today: date) -> str:
    """How long ago something was."""
    if at is None:
        return ""
    days = (today - at.date()).days
    return "today" if days <= 0 else "1 day" if days == 1 else f"{days} days"


def time_ahead(text: str | None, today: date, *, short: bool = True) -> str:
    """When something will be, or was to be, of a time as the log holds it: ``in 2 d``, in full ``in 2 days``."""
    try:
        day = datetime.fromisoformat(text or "").date()
    except ValueError:
        return ""
    days = (day - today).days
    span = f"{abs(days)} d" if short else count_phrase(abs(days), "day")
    return "today" if days == 0 else f"in {span}" if days > 0 else f"{span} ago"


def _fitting(width: int) -> list[tuple[str, int]]:
    """The columns there is room for, the last ones left out first."""
    columns, used = [], 0
    for word, room in (*COLUMNS, VISIT) if width >= PHASES_FROM else COLUMNS:
        if used + room > width:
            break
        columns.append((word, room))
        used += room
    return columns


def _level(row: PatientRow) -> tuple[str, str]:
    if row.open:
        level = row.open[0].level
        more = f" +{len(row.open) - 1}" if len(row.open) > 1 and level == "today" else ""
        return LEVEL_WORDS[level] + more, LEVEL_STYLES[level]
    return ("seen", "$quiet") if row.seen else ("–", "$quiet")


def _change(summary: Summary) -> tuple[str, str]:
    """The change in pain since the start, marked where it is worth having."""
    change = summary.pain_change
    if change is None:
        return "", ""
    if summary.worth_having:
        return f"{change:+d} better".replace("-", "−"), "bold $success"
    return (f"{change:+d}".replace("-", "−") if change else "same"), ""


def _phases(summary: Summary, width: int) -> Content:
    if width < MUSCLES_FROM:
        return Content.styled(", ".join(dict.fromkeys(summary.phases.values())), "$quiet")
    phases = (f"{site_of(muscle)} {phase}" for muscle, phase in summary.phases.items())
    return Content.styled(", ".join(phases), "$quiet")


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.0f}%"


def score_or_dash(score: int | None) -> str:
    """A score, or a dash where none is known."""
    return "–" if score is None else str(score)
