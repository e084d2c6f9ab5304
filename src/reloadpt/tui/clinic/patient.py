"""One patient in full, part by part: why they need you, how it went, what to change."""

from __future__ import annotations

from collections.abc import Sequence

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.events import Key
from textual.widgets import Static

from reloadpt.clinic.overview import PatientRow, row_of
from reloadpt.clinic.reviews import DONE, LONGEST_NAME, LONGEST_NOTE
from reloadpt.clinic.visits import Visit, compare_visits, visits_of
from reloadpt.files import Trouble, clean, clip, shorten
from reloadpt.measures.alerts import Alert
from reloadpt.tui.asks.choice import ChoiceScreen
from reloadpt.tui.asks.words import WordsScreen
from reloadpt.tui.clinic.page import ClinicPage
from reloadpt.tui.clinic.parts import PARTS, PatientFile, figure_line
from reloadpt.tui.kit import clinic_actions as c
from reloadpt.tui.kit.actions import HELP, bindings
from reloadpt.tui.widgets.key_line import KeyLine

ALL = "all"


class PatientScreen(ClinicPage[None]):
    """The patient ``row``, one of the list ``ids`` (the patients' own ids, in the order of the overview)."""

    CSS_PATH = "patient.tcss"
    BINDINGS = bindings(*c.PATIENT)

    def __init__(self, ids: Sequence[str], row: PatientRow) -> None:
        super().__init__()
        self._ids = tuple(ids)
        self._row = row
        self._part = 0
        self._file: PatientFile | None = None

    def compose(self) -> ComposeResult:
        """The figures, the names of the parts, and one part."""
        with Vertical(id="patient"):
            yield Static(id="figures")
            yield Static(id="parts")
            with VerticalScroll(id="body", can_focus=False):
                yield Static(id="told")
        yield KeyLine()

    def on_mount(self) -> None:
        """Read the logs, and begin with why."""
        self.query_one(KeyLine).show(
            c.NEXT_PART, c.MARK_SEEN, c.PRESCRIBE, c.NEXT_PATIENT, c.VISITS, c.JOIN, HELP, c.BACK_TO_LIST
        )
        self._read()

    def on_resize(self) -> None:
        """Lines follow the width."""
        self.call_after_refresh(self._show)

    def _read(self) -> None:
        """Read this patient's logs; what was chosen about two visits is forgotten."""
        clinic = self.clinic
        try:
            entries, origin = clinic.caseload.entries(self._row.patient)
            page = clinic.caseload.page(self._row.patient, clinic.wall())
        except (Trouble, OSError, LookupError) as trouble:
            self.complain(f"This patient cannot be read: {shorten(str(trouble), 300)}")
            return
        visits = visits_of(page.course)
        compared = compare_visits(entries, visits[-2], visits[-1]) if len(visits) > 1 else None
        self._file = PatientFile(self._row, page, entries, origin, compared)
        self._show()

    def _show(self) -> None:
        file = self._file
        if file is None or not self.is_mounted:
            return
        width = max(20, self.query_one("#body").size.width - 2)
        self.query_one("#figures", Static).update(Content("\n").join(figure_line(file, width)))
        names = [
            Content.styled(f" {number} {name} ", "reverse bold" if number - 1 == self._part else "$quiet")
            for number, name in enumerate(PARTS, start=1)
        ]
        self.query_one("#parts", Static).update(Content("").join(names))
        part = [*PARTS.values()][self._part]
        self.query_one("#told", Static).update(Content("\n").join(part(file, width)))

    def _turn_to(self, part: int) -> None:
        self._part = part % len(PARTS)
        self._show()
        self.query_one("#body", VerticalScroll).scroll_home(animate=False)

    def on_key(self, event: Key) -> None:
        """A digit opens its part."""
        if event.character and event.character.isdecimal() and 1 <= int(event.character) <= len(PARTS):
            event.stop()
            self._turn_to(int(event.character) - 1)

    # Keys -------------------------------------------------------------------------------------------------

    def action_next_part(self) -> None:
        """The next part."""
        self._turn_to(self._part + 1)

    def action_part_before(self) -> None:
        """The part before."""
        self._turn_to(self._part - 1)

    def action_scroll_down(self) -> None:
        """Further down."""
        self.query_one("#body", VerticalScroll).scroll_relative(y=5, animate=False)

    def action_scroll_up(self) -> None:
        """Further up."""
        self.query_one("#body", VerticalScroll).scroll_relative(y=-5, animate=False)

    def action_next_patient(self) -> None:
        """The next patient of the list."""
        rows = {row.patient.id: row for row in self.clinic.rows()}
        at = self._ids.index(self._row.patient.id) + 1
        next_row = next((rows[patient_id] for patient_id in self._ids[at:] if patient_id in rows), None)
        if next_row is None:
            self.notify("That was the last patient of the list.")
            return
        self._row, self._file = next_row, None
        self._part = 0
        self._read()
        self.query_one("#body", VerticalScroll).scroll_home(animate=False)

    @work(exclusive=True, group="asking")
    async def action_mark_seen(self) -> None:
        """Mark alerts as seen, with a note."""
        open_alerts = self._row.open
        if not open_alerts:
            self.notify("There is no alert that you have not seen.")
            return
        chosen: Sequence[Alert] = open_alerts
        if len(open_alerts) > 1:
            options = [(str(number), clean(alert.text)) for number, alert in enumerate(open_alerts)]
            answer = await self.app.push_screen_wait(
                ChoiceScreen("Which did you see?", [(ALL, f"All {len(open_alerts)} of them"), *options])
            )
            if answer is None:
                return
            chosen = open_alerts if answer == ALL else [open_alerts[int(answer)]]
        signs = [alert for alert in chosen if alert.sign]
        done, by = await self._ask_what_was_done(signs[0]) if signs else ("", "")
        if signs and not by:
            return
        note = await self.app.push_screen_wait(
            WordsScreen(
                "A note for later, or none",
                " ".join(clean(alert.text) for alert in chosen),
                LONGEST_NOTE,
                optional=True,
            )
        )
        if note is None:
            return
        try:
            self.clinic.mark_seen(self._row, chosen, note, done, by)
        except Trouble as trouble:
            self.complain(str(trouble))
            return
        self._renew_row()

    async def _ask_what_was_done(self, alert: Alert) -> tuple[str, str]:
        """What was done about a sign, and by whom; empty where the therapist left."""
        told, ways = clean(alert.text), [(way, way.capitalize()) for way in DONE]
        done = await self.app.push_screen_wait(ChoiceScreen("What did you do about it?", ways, told))
        if done is None:
            return "", ""
        by = await self.app.push_screen_wait(WordsScreen("By whom?", told, LONGEST_NAME))
        return done, (by or "").strip()

    def _renew_row(self) -> None:
        clinic = self.clinic
        self._row = row_of(self._row.patient, clinic.wall(), clinic.thresholds, clinic.reviews)
        self._read()

    @work(exclusive=True, group="asking")
    async def action_visits(self) -> None:
        """Choose two visits."""
        file = self._file
        visits = visits_of(file.page.course) if file else ()
        if file is None or len(visits) < 2:
            self.notify("There are no two visits to compare yet.")
            return
        first = await self._visit("From which visit?", visits[:-1])
        if first is None:
            return
        later = [visit for visit in visits if visit.at > first.at]
        second = later[0] if len(later) == 1 else await self._visit("To which visit?", later)
        if second is None:
            return
        compared = compare_visits(file.entries, first, second)
        self._file = PatientFile(file.row, file.page, file.entries, file.origin, compared)
        self._turn_to([*PARTS].index("Visits"))

    async def _visit(self, question: str, visits: Sequence[Visit]) -> Visit | None:
        options = [
            (str(number), f"{visit.at.day} {visit.at:%B %Y}" + ("" if visit.plan else ", the last report"))
            for number, visit in enumerate(visits)
        ]
        chosen = await self.app.push_screen_wait(ChoiceScreen(question, options))
        return None if chosen is None else visits[int(chosen)]

    @work(exclusive=True, group="asking")
    async def action_join(self) -> None:
        """Join this patient with another one."""
        alias = await self.app.push_screen_wait(
            WordsScreen(
                "Join with which patient?",
                "The alias of the other one. Do it where you know that two patients here are one person.",
            )
        )
        if alias is None:
            return
        others = [
            patient
            for patient in self.clinic.patients
            if alias in (patient.summary.patient, patient.id) and patient.id != self._row.patient.id
        ]
        if len(others) != 1:
            file = "no other patient" if not others else f"{len(others)} patients"
            self.complain(f"There is {file} with the alias {clip(alias)}. Nothing was joined.")
            return
        names = f"{clip(self._row.patient.summary.patient)} and {clip(others[0].summary.patient)}"
        sure = await self.app.push_screen_wait(
            ChoiceScreen(
                f"{names} become one patient",
                (("no", "No, leave them apart"), ("yes", "Yes, they are one person")),
                f"Their logs stay as they are, and are read as one. {self.key(c.PART)} takes them apart again.",
            )
        )
        if sure != "yes":
            return
        try:
            with self.clinic.caseload.writing() as placing:
                placing.join(self._row.patient, others[0])
            self.clinic.read_patients()
        except (Trouble, OSError) as trouble:
            self.complain(str(trouble))
            return
        self.notify(f"{names} are one patient now.", markup=False)
        self.dismiss(None)

    @work(exclusive=True, group="asking")
    async def action_part(self) -> None:
        """Take this patient apart."""
        patient = self._row.patient
        logs = [
            (log.log, f"{clean(log.patient)}: {log.entries} entries, log {log.log[:8]}")
            for log in patient.summary.logs
        ]
        if len(logs) < 2:
            self.notify("There is one log of this patient: nothing to take apart.")
            return
        chosen = await self.app.push_screen_wait(
            ChoiceScreen(
                "Which log is another patient's?",
                [("", "Those of the last join"), *logs],
                "It becomes a patient of its own, and no import puts them together again.",
            )
        )
        if chosen is None:
            return
        try:
            with self.clinic.caseload.writing() as placing:
                placing.part(patient, [chosen] if chosen else [])
            self.clinic.read_patients()
        except (Trouble, OSError) as trouble:
            self.complain(str(trouble))
            return
        self.notify("They are two patients now.")
        self.dismiss(None)

    @work(exclusive=True, group="asking")
    async def action_prescribe(self) -> None:
        """Make the next plan from the last one."""
        file = self._file
        if file is None or file.page.plan is None:
            self.complain("There is no plan in this log that the next one could begin with.")
            return
        from reloadpt.tui.clinic.prescribing import prescribe_next_plan

        written = await prescribe_next_plan(self.clinic, file.page.plan, file.page.course)
        if written:
            names = " and ".join(path.name for path in written)
            self.notify(
                f"{names} in {shorten(str(written[0].parent), 200)}",
                title="Written",
                markup=False,
                timeout=20,
            )
