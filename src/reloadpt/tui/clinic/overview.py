"""Everybody at a glance, worst first: who needs me, did they do it, did it hurt."""

from __future__ import annotations

from pathlib import Path

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from reloadpt.clinic.choosing import SHOWN, SORTS, chosen_rows
from reloadpt.clinic.overview import PatientRow
from reloadpt.files import Trouble, shorten
from reloadpt.tui.asks.choice import ChoiceScreen
from reloadpt.tui.asks.words import WordsScreen
from reloadpt.tui.clinic.importing import KIND_WORDS, NO_NEWS, ImportScreen
from reloadpt.tui.clinic.page import ClinicPage
from reloadpt.tui.clinic.patient_rows import column_heads, patient_details, row_line
from reloadpt.tui.kit.actions import HELP, bindings
from reloadpt.tui.kit.clinic_actions import ALL_AGAIN, FIND, IMPORT, LEAVE, OPEN, OVERVIEW, SHOW, SORT, WATCH
from reloadpt.tui.widgets.key_line import KeyLine
from reloadpt.tui.widgets.long_list import LongList

EVERYBODY, WORST = next(iter(SHOWN)), next(iter(SORTS))
NOBODY = (
    "Nobody here yet. Press {key} to take in the reports that patients sent: a file, or a folder of them."
)


class OverviewScreen(ClinicPage[None]):
    """A list of patients, and the marked one in a few words more."""

    CSS_PATH = "overview.tcss"
    BINDINGS = bindings(*OVERVIEW)

    def __init__(self) -> None:
        super().__init__()
        self._all: list[PatientRow] = []
        self._rows: list[PatientRow] = []
        self._sort, self._show = WORST, EVERYBODY
        self._watched: Path | None = None
        self._read = False

    def compose(self) -> ComposeResult:
        """A heading, a line to search, the list, and the marked patient."""
        with Vertical(id="overview"):
            yield Static(id="counts", classes="title")
            yield Input(placeholder="Search: an alias, a muscle, an alert …", id="sought")
            yield Static(id="columns")
            yield LongList(id="patients")
            yield Static(id="marked")
        yield KeyLine()

    def on_mount(self) -> None:
        """Read the caseload beside the screen, so that keys are answered meanwhile."""
        self._show_keys()
        self.query_one("#sought", Input).cursor_blink = False
        self.query_one("#counts", Static).update("Reading the caseload …")
        self.query_one(LongList).focus()
        for problem in self.clinic.reviews.mended:
            self.notify(problem, severity="warning", markup=False, timeout=30)
        self.read_again()

    @work(thread=True, exclusive=True, group="reading")
    def read_again(self) -> None:
        """Read everybody from the disk, then list them."""
        try:
            self.clinic.read_patients()
        except (Trouble, OSError) as trouble:
            self.app.call_from_thread(self.complain, str(trouble))
        self.app.call_from_thread(self.list_again)

    def list_again(self) -> None:
        """List everybody as of now; the marked patient stays marked."""
        marked_id = self.row.patient.id if self.row else ""
        self._read = True
        self._all = self.clinic.rows()
        self._list(marked_id=marked_id)

    def on_screen_resume(self) -> None:
        """Back from a patient: what was marked as seen has sunk, and the next one stands in its place."""
        if self._read:
            at = self.query_one(LongList).at
            self._all = self.clinic.rows()
            self._list(at)

    def on_resize(self) -> None:
        """The heads of the columns follow the width."""
        self._heads()

    # The list ---------------------------------------------------------------------------------------------

    def _list(self, at: int = 0, marked_id: str = "") -> None:
        """List who fits, from the line ``at``, or where the patient ``marked_id`` stands now."""
        words = self.query_one("#sought", Input).value
        self._rows = chosen_rows(self._all, words, self._show, self._sort)
        ids = [row.patient.id for row in self._rows]
        at = ids.index(marked_id) if marked_id in ids else at
        today = self.clinic.wall().date()
        self.query_one(LongList).show(
            len(self._rows), lambda number, width: row_line(self._rows[number], today, width), at
        )
        self._heads()
        self._show_counts()
        self._show_keys()

    def _show_keys(self) -> None:
        """Before the first report there is nothing to open, search or sort."""
        nobody = self._read and not self._all
        self.set_class(nobody, "-nobody")
        keys = (IMPORT,) if nobody else (OPEN, IMPORT, FIND, SORT, (SHOW, "Show only"))
        self.query_one(KeyLine).show(*keys, WATCH, HELP, LEAVE)

    def _heads(self) -> None:
        width = self.query_one(LongList).size.width
        self.query_one("#columns", Static).update(column_heads(width) if self._rows and width else "")

    def _show_counts(self) -> None:
        if not self._read:
            return
        count = (
            f"{len(self._rows)} of {len(self._all)}"
            if len(self._rows) != len(self._all)
            else f"{len(self._all)}"
        )
        needing = [sum(bool(row.open) and row.open[0].level == level for row in self._all)
                   for level in ("today", "this_week", "at_visit")]  # fmt: skip
        parts: list[str | tuple[str, str]] = [f"{count} patients   "]
        for number, words, style in zip(
            needing,
            ("today", "this week", "at the visit"),
            ("bold $error", "bold $warning", "$secondary"),
            strict=True,
        ):
            parts.append((f"{number} {words}   ", style if number else "$quiet"))
        if self._sort != WORST:
            parts.append((f"{self._sort}   ", "$quiet"))
        if self._show != EVERYBODY:
            parts.append((f"only {self._show}   ", "$quiet"))
        if self._watched:
            parts.append((f"watching {shorten(self._watched.name, 30)}", "$quiet"))
        self.query_one("#counts", Static).update(Content.assemble(*parts))

    @property
    def row(self) -> PatientRow | None:
        """The patient that is marked."""
        at = self.query_one(LongList).at
        return self._rows[at] if at < len(self._rows) else None

    @on(LongList.Moved)
    def _mark(self) -> None:
        row = self.row
        if row:
            details = Content("\n").join(patient_details(row, self.clinic.wall().date()))
        elif self._all:
            details = Content(f"Nobody fits. {self.key(ALL_AGAIN)} shows all again.")
        else:
            details = Content(NOBODY.format(key=self.key(IMPORT)) if self._read else "")
        self.query_one("#marked", Static).update(details)

    @on(LongList.Chosen)
    def _chosen(self) -> None:
        self.action_open()

    # Keys -------------------------------------------------------------------------------------------------

    def action_open(self) -> None:
        """Open the marked patient; from the search line, go to the list."""
        if self.query_one("#sought").has_focus:
            self.query_one(LongList).focus()
        elif self.row:
            self.clinic.open_screen("PatientScreen", [row.patient.id for row in self._rows], self.row)

    def action_up(self) -> None:
        """The patient above."""
        self.query_one(LongList).move(-1)

    def action_down(self) -> None:
        """The patient below."""
        self.query_one(LongList).move(1)

    def action_page_up(self) -> None:
        """A screen up."""
        self.query_one(LongList).page(-1)

    def action_page_down(self) -> None:
        """A screen down."""
        self.query_one(LongList).page(1)

    def action_first(self) -> None:
        """The first patient."""
        self.query_one(LongList).end(last=False)

    def action_last(self) -> None:
        """The last patient."""
        self.query_one(LongList).end(last=True)

    def action_find(self) -> None:
        """Write in the search line."""
        self.query_one("#sought").focus()

    @on(Input.Changed, "#sought")
    def _sought(self) -> None:
        if self._read:
            self._list()

    @on(Input.Submitted, "#sought")
    def _to_the_list(self) -> None:
        self.query_one(LongList).focus()

    def action_all_again(self) -> None:
        """Everybody, worst first."""
        self._sort, self._show = WORST, EVERYBODY
        self.query_one("#sought", Input).value = ""
        self._list()
        self.query_one(LongList).focus()

    @work(exclusive=True, group="asking")
    async def action_sort(self) -> None:
        """Another order."""
        order_chosen = await self.app.push_screen_wait(
            ChoiceScreen("Sorted by …", [(order, order.capitalize()) for order in SORTS])
        )
        self._sort = order_chosen or self._sort
        self._list()

    @work(exclusive=True, group="asking")
    async def action_show(self) -> None:
        """Only some patients."""
        counted = [
            (name, f"{name.capitalize()}  ({sum(keep(row) for row in self._all)})")
            for name, keep in SHOWN.items()
        ]
        filter_chosen = await self.app.push_screen_wait(ChoiceScreen("Show only …", counted))
        self._show = filter_chosen or self._show
        self._list()

    def action_leave(self) -> None:
        """Leave; from the search line it would be a letter."""
        self.app.exit()

    # Reports ----------------------------------------------------------------------------------------------

    @work(exclusive=True, group="asking")
    async def action_import(self) -> None:
        """Take in a file or a folder."""
        path = await self._path("Import which file or folder?", "Nothing is moved or deleted. Sealed reports are opened with this clinic's key.")  # fmt: skip
        if path:
            await self.app.push_screen_wait(ImportScreen((path,)))
            self.read_again()

    @work(exclusive=True, group="asking")
    async def action_watch(self) -> None:
        """Watch a folder, or stop watching it."""
        if self._watched:
            self._watched = None
            self.workers.cancel_group(self, "watching")
            self.notify("The folder is watched no more.")
            self._show_counts()
            return
        path = await self._path(
            "Watch which folder?", "What is in it is taken in now, and what is dropped into it as it comes."
        )
        if path and not path.is_dir():
            self.complain(f"{shorten(str(path), 200)}: there is no such folder to watch.")
        elif path:
            self._watched = path
            self._show_counts()
            self._watch(path)

    async def _path(self, question: str, says: str) -> Path | None:
        typed = await self.app.push_screen_wait(WordsScreen(question, says))
        if typed is None:
            return None
        path = Path(typed.strip("'\"")).expanduser()
        return path if path.is_absolute() else self.clinic.out_folder / path

    @work(thread=True, exclusive=True, group="watching")
    def _watch(self, folder: Path) -> None:
        """Take in what comes, until it is watched no more or the app ends."""
        from textual.worker import get_current_worker

        from reloadpt.clinic.watching import dropped_files

        worker = get_current_worker()
        try:
            for paths in dropped_files(folder, self.clinic.stopping, lambda: worker.is_cancelled):
                outcome = import_outcome(
                    [(result.kind, result.patient or result.why) for result in self.clinic.take_in(paths)]
                )
                if self.clinic.stopping.is_set():
                    return
                self.clinic.read_patients()
                self.app.call_from_thread(self._dropped, outcome)
        except (Trouble, OSError) as trouble:
            if not self.clinic.stopping.is_set():
                self.app.call_from_thread(self.complain, str(trouble))

    def _dropped(self, outcome: str) -> None:
        if outcome:
            self.notify(outcome, title="Taken in", markup=False, timeout=15)
        self.list_again()


def import_outcome(results: list[tuple[str, str]]) -> str:
    """What came of some files, in one line a kind; what was here already is not news."""
    lines = []
    for kind, word in KIND_WORDS.items():
        names = [name for result_kind, name in results if result_kind == kind and kind not in NO_NEWS]
        if names:
            first_names = ", ".join(shorten(name, 120) for name in names[:3]) + (
                " …" if len(names) > 3 else ""
            )
            lines.append(f"{len(names)} {word}: {first_names}")
    return "\n".join(lines)
