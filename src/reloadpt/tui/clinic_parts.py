"""What there is to read about one patient, part by part, as lines of a screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from textual.content import Content

from reloadpt.clinic.evidence import evidence_entries
from reloadpt.clinic.overview import PatientRow
from reloadpt.clinic.visits import VisitChange, VisitComparison
from reloadpt.files import clean
from reloadpt.journal.entries import Entry
from reloadpt.measures.adherence import SOURCES
from reloadpt.measures.trends import Rating, pain_readings, soreness_readings
from reloadpt.share.page import SKIP_WORDS, SOURCE_WORDS, ReportPage, SessionLine, SessionReport, site_label
from reloadpt.tui.clinic_told import level_word, site_of
from reloadpt.tui.hanging import hanging

MOST_ENTRIES = 6
MOST_SESSIONS = 120
HIGHEST = 10


@dataclass(frozen=True)
class PatientFile:
    """All that is known of one patient: the row, what a report says, the entries and where each came from."""

    row: PatientRow
    page: ReportPage
    entries: Sequence[Entry]
    origin: Sequence[tuple[str, int]]
    between: VisitComparison | None


Part = Callable[[PatientFile, int], Iterator[Content]]


def alert_lines(known: PatientFile, width: int) -> Iterator[Content]:
    """The alerts, each with the entries that fired it, and what was noted of those looked at."""
    row = known.row
    if not row.alerts:
        yield _quiet("No alert.")
    for alert in row.alerts:
        look = row.seen.get(alert)
        yield from hanging(level_word(alert, seen=look is not None), clean(alert.text), width)
        if look:
            yield from hanging(Content.styled("", ""), f"seen {_day(look.at)}: {clean(look.note)}", width)
        found = evidence_entries(alert, known.entries, known.origin)
        for _, told in found[-MOST_ENTRIES:]:
            yield from hanging(Content(""), clean(told), width, "$quiet")
        if len(found) > MOST_ENTRIES:
            yield from hanging(
                Content(""), f"and {len(found) - MOST_ENTRIES} entries before these", width, "$quiet"
            )
    for name in row.patient.conflicts:
        yield Content("")
        yield Content.styled(
            "A log contradicts the one that is kept; every figure here is of the kept one.", "$error"
        )
        yield _quiet(f"  {name}")


def course_lines(known: PatientFile, width: int) -> Iterator[Content]:
    """Pain, soreness and needlings over time, then what was done by week."""
    yield from _chart(known.page, width)
    yield from (_quiet(caveat) for caveat in known.page.caveats)
    yield Content("")
    yield _head(f"{'week of':<10}{'sessions':<11}{'sets':<11}how, and what was left out")
    for week in reversed(known.page.weeks):
        counts = week.counts
        how = [
            f"{counts.by_source[each]} {SOURCE_WORDS[each]}" for each in SOURCES if counts.by_source.get(each)
        ]
        how += [f"{count} left out: {SKIP_WORDS[reason]}" for reason, count in counts.skipped.items()]
        sessions = f"{counts.sessions_done} of {counts.sessions_planned}"
        sets = f"{counts.sets_done} of {counts.sets_planned}"
        yield from hanging(
            Content(f"{_day(week.first):<10}{sessions:<11}{sets:<11}"), ", ".join(how), width, indent=32
        )


def session_lines(known: PatientFile, width: int) -> Iterator[Content]:
    """Each session, newest first: what was dealt, done and felt."""
    if not known.page.sessions:
        yield _quiet("No session yet.")
    for told in known.page.sessions[:MOST_SESSIONS]:
        yield from _session(told, width)
    if len(known.page.sessions) > MOST_SESSIONS:
        yield _quiet(f"and {len(known.page.sessions) - MOST_SESSIONS} sessions before these")


def exercise_lines(known: PatientFile, width: int) -> Iterator[Content]:
    """Each exercise: sets planned and done, its dose at first and now, pain and effort; then what was skipped."""
    page = known.page
    if not page.exercises:
        yield _quiet("No exercise was dealt yet.")
    for each in page.exercises:
        told: list[str | tuple[str, str]] = [
            (clean(each.name), "bold"),
            (f"  {clean(each.muscle)}", "$quiet"),
        ]
        yield Content.assemble(*told)
        parts = [f"{each.done} of {each.planned} sets"]
        parts.append(
            each.last_dose if each.first_dose == each.last_dose else f"{each.first_dose} → {each.last_dose}"
        )
        parts += [f"pain {each.pain}"] if each.pain else []
        parts += [f"effort {each.effort}"] if each.effort else []
        yield from hanging(Content(""), clean(", ".join(parts)), width, indent=2)
        if each.pain_skips:
            yield Content.styled(f"  {each.pain_skips} sets left out for pain", "$warning")
    if page.skips or page.no_reason:
        yield Content("")
        yield _head("Sets left out, and why")
        for reason, count in page.skips:
            yield Content(f"  {count:>4}  {reason}")
        if page.no_reason:
            yield Content(f"  {page.no_reason:>4}  no reason given")


def dose_step_lines(known: PatientFile, width: int) -> Iterator[Content]:
    """Each dose that was changed, newest first, with the reason it was dealt with."""
    if not known.page.steps:
        yield _quiet("No dose was changed yet.")
    for step in known.page.steps:
        yield Content.assemble((f"{_day(step.at):<10}", "$quiet"), (clean(step.name), "bold"))
        yield from hanging(Content(""), f"{clean(step.before)} → {clean(step.after)}", width)
        yield from hanging(Content(""), clean(step.why), width, "$quiet")


def patient_words(known: PatientFile, width: int) -> Iterator[Content]:
    """What the patient told: notes, warning signs, what stood in the way, activities; and what was corrected."""
    page = known.page
    yield from _notes(page, width)
    yield Content("")
    yield from _signs(page, width)
    barriers = [(each.day, each.barrier) for each in page.course.missed]
    if barriers:
        yield Content("")
        yield _head("What stood in the way")
        for day, barrier in reversed(barriers):
            yield from hanging(_quiet(clean(day)), clean(barrier).replace("_", " "), width, indent=12)
    if page.activities:
        yield Content("")
        yield _head("What matters to them, 10 is as before")
        for activity, first, last in page.activities:
            yield Content(f"  {clean(activity)}: {first} → {last}")
    if page.corrections:
        yield Content("")
        yield _head("Corrections")
        for each in page.corrections:
            told = clean(f"{each.what}: {each.before} → {each.after}")
            yield from hanging(
                _quiet(_day(each.at)), f"{told}  ({clean(each.reason)})" if each.reason else told, width
            )


def _notes(page: ReportPage, width: int) -> Iterator[Content]:
    yield _head("Notes")
    notes = [*page.notes, *((told.at, told.note) for told in page.sessions if told.note)]
    for at, text in sorted(notes, key=lambda note: note[0], reverse=True):
        yield from hanging(_quiet(_day(at)), clean(text), width)
    if not notes:
        yield _quiet("None.")


def _signs(page: ReportPage, width: int) -> Iterator[Content]:
    yield _head("Warning signs")
    for sign in page.signs:
        ended = f"cleared {_day(sign.ended)} by {clean(sign.by)}" if sign.ended else "not cleared"
        yield from hanging(_quiet(_day(sign.at)), f"YES, {ended}: {sign.text}", width, "$error")
    for text, count in page.asked:
        yield from hanging(_quiet("no"), f"{count} times: {text}", width, "$quiet")
    if not page.signs and not page.asked:
        yield _quiet("Not asked.")


def visit_lines(known: PatientFile, width: int) -> Iterator[Content]:
    """Two visits beside each other."""
    found = known.between
    if found is None:
        yield _quiet("There are no two visits to compare yet.")
        return
    yield Content.assemble(
        (f"{_day(found.first.at)} → {_day(found.second.at)}", "bold"),
        ("" if found.second.plan else "  (the last report)", "$quiet"),
    )
    yield Content(f"Between them: {'; '.join(found.done)}")
    room = max(18, min(44, width // 2))
    for title, changes in (("Felt", found.felt), ("Phases", found.phases), ("Doses", found.doses)):
        if changes:
            yield Content("")
            yield _head(title)
            yield from (
                _changed(change, room) for change in sorted(changes, key=lambda each: not each.differs)
            )


PARTS: dict[str, Part] = {
    "Why": alert_lines,
    "Course": course_lines,
    "Sessions": session_lines,
    "Exercises": exercise_lines,
    "Doses": dose_step_lines,
    "Said": patient_words,
    "Visits": visit_lines,
}


def figure_line(known: PatientFile, width: int) -> Iterator[Content]:
    """What stands above every part: who it is, and the figures."""
    summary, page = known.row.patient.summary, known.page
    plan = page.plan
    about = [clean(plan.complaint)] if plan and plan.complaint else []
    about += [f"{site_of(muscle)} {phase}" for muscle, phase in summary.phases.items()]
    if summary.self_made:
        about.insert(0, "a plan made without a therapist")
    yield Content.assemble(
        (clean(summary.patient), "bold $primary"), ("   " + " · ".join(about), "$quiet")
    ).truncate(width, ellipsis=True)
    recent = summary.recent
    told: list[str | tuple[str, str]] = ["Pain ", (_or_dash(summary.pain), "bold")]
    if summary.pain_change is not None:
        change = f"{summary.pain_change:+d}".replace("-", "−") if summary.pain_change else "as at the start"
        worth = ", worth having" if summary.worth_having else ""
        told.append((f" ({change}{worth})", "bold $success" if worth else ""))
    told += ["   Sore ", (_or_dash(summary.soreness), "bold")]
    told += [
        "   Two weeks ",
        (f"{recent.sets_done} of {recent.sets_planned} sets", "bold"),
        f", {recent.timed} timed",
    ]
    yield Content.assemble(*told)


def _session(told: SessionReport, width: int) -> Iterator[Content]:
    worst = "" if told.worst is None else f", worst pain {told.worst}"
    of = told.filled_in_for
    when = f"{of.day} {of:%b %Y}" if of else f"{told.at.day} {told.at:%b %Y, %H:%M}"
    how = f"{told.how}, on {told.at.day} {told.at:%b}" if of else told.how
    yield Content.assemble((when, "bold"), f"  {how}{worst}")
    for line in told.lines:
        yield from _line(line, width)


def _line(line: SessionLine, width: int) -> Iterator[Content]:
    whole = line.done >= line.planned
    sets = f"{line.done}/{line.planned}" if line.planned else str(line.done)
    count = Content.assemble("  ", (sets, "" if whole else "$warning"))
    parts: list[str | tuple[str, str]] = [clean(line.name), (f"  {clean(line.dose)}", "$quiet")]
    parts += [f", pain {line.pain}"] if line.pain else []
    parts += [f", effort {line.effort}"] if line.effort else []
    parts += [(f", left out: {', '.join(line.skipped)}", "$warning")] if line.skipped else []
    yield from hanging(count, Content.assemble(*parts), width, indent=8)


def _changed(change: VisitChange, room: int) -> Content:
    name = Content(f"  {clean(change.what)}").truncate(room, ellipsis=True).truncate(room + 1, pad=True)
    if change.differs:
        return Content.assemble(name, clean(change.before), " → ", (clean(change.after), "bold"))
    return Content.assemble(name, (f"{clean(change.after)}, the same", "$quiet"))


def _chart(page: ReportPage, width: int) -> Iterator[Content]:
    """Pain and soreness 0-10 by day; needlings above, days below. Where days are many a cell is several."""
    painful = pain_readings(page.course)
    sore = [each for ratings in soreness_readings(page.course).values() for each in ratings]
    rated = [*painful, *sore]
    if not rated:
        yield _quiet("Nothing was rated yet.")
        return
    first = min([each.at.date() for each in rated] + ([page.first_day] if page.first_day else []))
    span = (max(each.at.date() for each in rated) - first).days + 1
    room = max(10, width - 5)
    a_cell = -(-span // room)
    wide = max(1, min(3, room // max(1, -(-span // a_cell))))
    cells = -(-span // a_cell)

    def highest(ratings: Sequence[Rating]) -> dict[int, int]:
        found: dict[int, int] = {}
        for each in ratings:
            at = (each.at.date() - first).days // a_cell
            found[at] = max(each.score, found.get(at, 0))
        return found

    pain_at, sore_at = highest(painful), highest(sore)
    needled = {(each.needled_at.date() - first).days // a_cell for each in page.course.needlings}
    yield Content.assemble(
        ("● pain", "$primary"), "   ", ("○ soreness at the needle", "$warning"), "   ▼ needled"
    )
    yield Content(
        "    " + "".join(("▼" if at in needled else " ").ljust(wide) for at in range(cells)).rstrip()
    )
    for level in range(HIGHEST, -1, -1):
        parts: list[str | tuple[str, str]] = [(f"{level if level in (0, 5, 10) else '':>3} ", "$quiet")]
        for at in range(cells):
            sign, style = _sign(pain_at.get(at) == level, sore_at.get(at) == level, line=level in (0, 5, 10))
            parts.append((sign.ljust(wide, "·" if level in (0, 5, 10) else " "), style))
        yield Content.assemble(*parts)
    yield _quiet("    " + _foot(first, cells, a_cell, wide))
    yield _quiet("    " + _sites(page))


def _sign(pain: bool, sore: bool, *, line: bool) -> tuple[str, str]:  # noqa: FBT001
    if pain:
        return ("◉" if sore else "●"), "$primary"
    if sore:
        return "○", "$warning"
    return ("·" if line else " "), "$quiet"


def _foot(first: date, cells: int, a_cell: int, wide: int) -> str:
    foot, at = "", 0
    while at < cells:
        day = date.fromordinal(first.toordinal() + at * a_cell)
        word = f"{day.day} {day:%b}"
        foot = foot.ljust(at * wide) + word
        at += max(7, -(-(len(word) + 2) // wide)) if a_cell == 1 else -(-(len(word) + 2) // wide)
    return foot


def _sites(page: ReportPage) -> str:
    return ", ".join(f"{site_label(clean(each.muscle), each.side)} {each.rating.score}" for each in page.sore)


def _head(text: str) -> Content:
    return Content.styled(text, "bold $primary")


def _quiet(text: str) -> Content:
    return Content.styled(text, "$quiet")


def _day(at: date) -> str:
    return f"{at.day} {at:%b}"


def _or_dash(score: int | None) -> str:
    return "–" if score is None else str(score)
