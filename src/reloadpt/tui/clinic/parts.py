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
from reloadpt.tui.clinic.patient_rows import level_word, score_or_dash, site_of
from reloadpt.tui.kit.hanging import hanging

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


def alert_lines(file: PatientFile, width: int) -> Iterator[Content]:
    """The alerts, each with the entries that fired it, and what was noted of those looked at."""
    row = file.row
    for sentence in row.patient.damage:
        yield from hanging(Content(""), sentence, width, "$error")
    yield from hanging(Content(""), clean(row.story), width)
    yield Content("")
    if not row.alerts:
        yield _quiet("No alert.")
    for alert in row.alerts:
        review = row.seen.get(alert)
        yield from hanging(level_word(alert, seen=review is not None), clean(alert.text), width)
        if review:
            how = (
                f"closed {_day(review.at)}, {review.done} ({clean(review.by)})"
                if review.done
                else f"seen {_day(review.at)}"
            )
            noted = f"{how}: {clean(review.note)}" if review.note else f"{how}."
            yield from hanging(Content.styled("", ""), noted, width)
        entries = evidence_entries(alert, file.entries, file.origin)
        for _, sentence in entries[-MOST_ENTRIES:]:
            yield from hanging(Content(""), clean(sentence), width, "$quiet")
        if len(entries) > MOST_ENTRIES:
            yield from hanging(
                Content(""), f"and {len(entries) - MOST_ENTRIES} entries before these", width, "$quiet"
            )
    for name in row.patient.conflicts:
        yield Content("")
        yield Content.styled(
            "A log contradicts the one that is kept; every figure here is of the kept one.", "$error"
        )
        yield _quiet(f"  {name}")


def course_lines(file: PatientFile, width: int) -> Iterator[Content]:
    """Pain, soreness and needlings over time, then what was done by week."""
    yield from _chart(file.page, width)
    yield from (_quiet(caveat) for caveat in file.page.caveats)
    yield Content("")
    yield _head(f"{'week of':<10}{'sessions':<11}{'sets':<11}how, and what was left out")
    for week in reversed(file.page.weeks):
        counts = week.counts
        how = [
            f"{counts.by_source[source]} {SOURCE_WORDS[source]}"
            for source in SOURCES
            if counts.by_source.get(source)
        ]
        how += [f"{count} left out: {SKIP_WORDS[reason]}" for reason, count in counts.skipped.items()]
        sessions = f"{counts.sessions_done} of {counts.sessions_planned}"
        sets = f"{counts.sets_done} of {counts.sets_planned}"
        yield from hanging(
            Content(f"{_day(week.first):<10}{sessions:<11}{sets:<11}"), ", ".join(how), width, indent=32
        )


def session_lines(file: PatientFile, width: int) -> Iterator[Content]:
    """Each session, newest first: what was dealt, done and felt."""
    if not file.page.sessions:
        yield _quiet("No session yet.")
    for session in file.page.sessions[:MOST_SESSIONS]:
        yield from _session(session, width)
    if len(file.page.sessions) > MOST_SESSIONS:
        yield _quiet(f"and {len(file.page.sessions) - MOST_SESSIONS} sessions before these")


def exercise_lines(file: PatientFile, width: int) -> Iterator[Content]:
    """Each exercise: sets planned and done, its dose at first and now, pain and effort; then what was skipped."""
    page = file.page
    if not page.exercises:
        yield _quiet("No exercise was dealt yet.")
    for exercise in page.exercises:
        heading: list[str | tuple[str, str]] = [
            (clean(exercise.name), "bold"),
            (f"  {clean(exercise.muscle)}", "$quiet"),
        ]
        yield Content.assemble(*heading)
        parts = [f"{exercise.done} of {exercise.planned} sets"]
        parts.append(
            exercise.last_dose
            if exercise.first_dose == exercise.last_dose
            else f"{exercise.first_dose} → {exercise.last_dose}"
        )
        parts += [f"pain {exercise.pain}"] if exercise.pain else []
        parts += [f"effort {exercise.effort}"] if exercise.effort else []
        yield from hanging(Content(""), clean(", ".join(parts)), width, indent=2)
        if exercise.pain_skips:
            yield Content.styled(f"  {exercise.pain_skips} sets left out for pain", "$warning")
    if page.skips or page.no_reason:
        yield Content("")
        yield _head("Sets left out, and why")
        for reason, count in page.skips:
            yield Content(f"  {count:>4}  {reason}")
        if page.no_reason:
            yield Content(f"  {page.no_reason:>4}  no reason given")


def dose_step_lines(file: PatientFile, width: int) -> Iterator[Content]:
    """Each dose that was changed, newest first, with the reason it was dealt with."""
    if not file.page.steps:
        yield _quiet("No dose was changed yet.")
    for step in file.page.steps:
        yield Content.assemble((f"{_day(step.at):<10}", "$quiet"), (clean(step.name), "bold"))
        yield from hanging(Content(""), f"{clean(step.before)} → {clean(step.after)}", width)
        yield from hanging(Content(""), clean(step.why), width, "$quiet")


def patient_word_lines(file: PatientFile, width: int) -> Iterator[Content]:
    """What the patient told: notes, warning signs, what stood in the way, activities; and what was corrected."""
    page = file.page
    yield from _notes(page, width)
    yield Content("")
    yield from _signs(page, width)
    barriers = [(day.day, day.barrier) for day in page.course.missed]
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
        for correction in page.corrections:
            words = clean(f"{correction.what}: {correction.before} → {correction.after}")
            yield from hanging(
                _quiet(_day(correction.at)),
                f"{words}  ({clean(correction.reason)})" if correction.reason else words,
                width,
            )


def _notes(page: ReportPage, width: int) -> Iterator[Content]:
    yield _head("Notes")
    notes = [*page.notes, *((session.at, session.note) for session in page.sessions if session.note)]
    for at, text in sorted(notes, key=lambda note: note[0], reverse=True):
        yield from hanging(_quiet(_day(at)), clean(text), width)
    if not notes:
        yield _quiet("None.")


def _signs(page: ReportPage, width: int) -> Iterator[Content]:
    yield _head("Warning signs")
    for sign in page.signs:
        answer = "taken back at once" if sign.withdrawn else f"YES, {clean(sign.became)}"
        yield from hanging(_quiet(_day(sign.at)), f"{answer}: {sign.text}", width, "$error")
    for text, count in page.asked:
        yield from hanging(_quiet("no"), f"{count} times: {text}", width, "$quiet")
    if not page.signs and not page.asked:
        yield _quiet("Not asked.")


def visit_lines(file: PatientFile, width: int) -> Iterator[Content]:
    """Two visits beside each other."""
    compared = file.between
    if compared is None:
        yield _quiet("There are no two visits to compare yet.")
        return
    yield Content.assemble(
        (f"{_day(compared.first.at)} → {_day(compared.second.at)}", "bold"),
        ("" if compared.second.plan else "  (the last report)", "$quiet"),
    )
    yield Content(f"Between them: {'; '.join(compared.done)}")
    room = max(18, min(44, width // 2))
    for title, changes in (("Felt", compared.felt), ("Phases", compared.phases), ("Doses", compared.doses)):
        if changes:
            yield Content("")
            yield _head(title)
            yield from (
                _changed(change, room) for change in sorted(changes, key=lambda change: not change.differs)
            )


PARTS: dict[str, Part] = {
    "Why": alert_lines,
    "Course": course_lines,
    "Sessions": session_lines,
    "Exercises": exercise_lines,
    "Doses": dose_step_lines,
    "Said": patient_word_lines,
    "Visits": visit_lines,
}


def figure_line(file: PatientFile, width: int) -> Iterator[Content]:
    """What stands above every part: who it is, and the figures."""
    summary, page = file.row.patient.summary, file.page
    plan = page.plan
    about = [clean(plan.complaint)] if plan and plan.complaint else []
    about += [f"{site_of(muscle)} {phase}" for muscle, phase in summary.phases.items()]
    if summary.self_made:
        about.insert(0, "a plan made without a therapist")
    yield Content.assemble(
        (clean(summary.patient), "bold $primary"), ("   " + " · ".join(about), "$quiet")
    ).truncate(width, ellipsis=True)
    recent = summary.recent
    figures: list[str | tuple[str, str]] = ["Pain ", (score_or_dash(summary.pain), "bold")]
    if summary.pain_change is not None:
        change = f"{summary.pain_change:+d}".replace("-", "−") if summary.pain_change else "as at the start"
        worth = ", worth having" if summary.worth_having else ""
        figures.append((f" ({change}{worth})", "bold $success" if worth else ""))
    figures += ["   Sore ", (score_or_dash(summary.soreness), "bold")]
    figures += [
        "   Two weeks ",
        (f"{recent.sets_done} of {recent.sets_planned} sets", "bold"),
        f", {recent.timed} timed",
    ]
    yield Content.assemble(*figures)


def _session(session: SessionReport, width: int) -> Iterator[Content]:
    worst = "" if session.worst is None else f", worst pain {session.worst}"
    of = session.filled_in_for
    when = f"{of.day} {of:%b %Y}" if of else f"{session.at.day} {session.at:%b %Y, %H:%M}"
    how = f"{session.how}, on {session.at.day} {session.at:%b}" if of else session.how
    yield Content.assemble((when, "bold"), f"  {how}{worst}")
    for line in session.lines:
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
    sore = [rating for ratings in soreness_readings(page.course).values() for rating in ratings]
    rated = [*painful, *sore]
    if not rated:
        yield _quiet("Nothing was rated yet.")
        return
    first = min([rating.at.date() for rating in rated] + ([page.first_day] if page.first_day else []))
    span = (max(rating.at.date() for rating in rated) - first).days + 1
    room = max(10, width - 5)
    a_cell = -(-span // room)
    wide = max(1, min(3, room // max(1, -(-span // a_cell))))
    cells = -(-span // a_cell)

    def highest(ratings: Sequence[Rating]) -> dict[int, int]:
        scores: dict[int, int] = {}
        for rating in ratings:
            at = (rating.at.date() - first).days // a_cell
            scores[at] = max(rating.score, scores.get(at, 0))
        return scores

    pain_at, sore_at = highest(painful), highest(sore)
    needled = {(needling.needled_at.date() - first).days // a_cell for needling in page.course.needlings}
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
    return ", ".join(
        f"{site_label(clean(soreness.muscle), soreness.side)} {soreness.rating.score}"
        for soreness in page.sore
    )


def _head(text: str) -> Content:
    return Content.styled(text, "bold $primary")


def _quiet(text: str) -> Content:
    return Content.styled(text, "$quiet")


def _day(at: date) -> str:
    return f"{at.day} {at:%b}"
