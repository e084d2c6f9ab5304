"""Taking reports in, as it goes: how many, what became of each, and why some were not taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from reloadpt.clinic.importing import ImportResult, count_files
from reloadpt.files import Trouble, shorten
from reloadpt.tui.clinic.page import ClinicPage
from reloadpt.tui.kit.actions import bindings
from reloadpt.tui.kit.clinic_actions import IMPORTING, SCROLL_DOWN, STOP_IMPORT
from reloadpt.tui.kit.hanging import hanging
from reloadpt.tui.widgets.bar import Bar
from reloadpt.tui.widgets.key_line import KeyLine

KIND_WORDS = {
    "new": "new",
    "extended": "extended",
    "healed": "healed",
    "unchanged": "unchanged",
    "older": "older than what is here",
    "conflict": "contradicting what is here",
    "rejected": "rejected",
}
NO_NEWS = ("unchanged", "older")
KIND_STYLES = {
    "rejected": "bold $error",
    "conflict": "bold $warning",
    "new": "$success",
    "extended": "$success",
    "healed": "$success",
}
SAY_EVERY = 8
MOST_NAMED = 200


class ImportScreen(ClinicPage[None]):
    """Imports ``paths``; what was rejected stays where it is and is named with the reason."""

    CSS_PATH = "importing.tcss"
    BINDINGS = bindings(*IMPORTING)

    def __init__(self, paths: Sequence[Path]) -> None:
        super().__init__()
        self._paths = tuple(paths)
        self._counts: Counter[str] = Counter()
        self._named: list[ImportResult] = []
        self._file_count = 0
        self._over = False

    def compose(self) -> ComposeResult:
        """How far it is, the counts, and the files to know about."""
        with Vertical(classes="page"):
            yield Static("Importing", id="doing", classes="title")
            yield Bar(id="far")
            yield Static(id="kinds", classes="said gap")
            with VerticalScroll(id="named", can_focus=False):
                yield Static(id="names")
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin."""
        self.query_one(KeyLine).show(STOP_IMPORT, SCROLL_DOWN)
        self._take_in()

    def on_resize(self) -> None:
        """Lines follow the width."""
        self.call_after_refresh(self._names)

    @work(thread=True, exclusive=True, group="importing")
    def _take_in(self) -> None:
        try:
            self._file_count = count_files(self._paths)
            results: list[ImportResult] = []
            for result in self.clinic.take_in(self._paths):
                results.append(result)
                if len(results) >= SAY_EVERY:
                    self.app.call_from_thread(self._count, results)
                    results = []
            self.app.call_from_thread(self._count, results, finished=True)
        except (Trouble, OSError) as trouble:
            if not self.clinic.stopping.is_set():
                self.app.call_from_thread(self._count, [], finished=True)
                self.app.call_from_thread(self.complain, str(trouble))

    def _count(self, results: list[ImportResult], *, finished: bool = False) -> None:
        if not self.is_mounted:
            return
        self._over = finished
        self._counts.update(result.kind for result in results)
        self._named += [result for result in results if result.kind not in NO_NEWS]
        done = sum(self._counts.values())
        progress = f"{done} of {max(done, self._file_count)} files"
        self.query_one("#doing", Static).update(
            f"Imported: {progress}" if finished else f"Importing: {progress}"
        )
        self.query_one(Bar).fraction = 1.0 if finished else done / max(done, self._file_count, 1)
        kinds = [
            Content.styled(f"{self._counts[kind]} {words}   ", KIND_STYLES.get(kind, ""))
            for kind, words in KIND_WORDS.items()
            if self._counts[kind]
        ]
        self.query_one("#kinds", Static).update(
            Content("").join(kinds) if kinds else Content("There was nothing to import." if finished else "")
        )
        self._names()

    def _names(self) -> None:
        """What needs a look first: rejected and contradicting, then new and extended."""
        order = ("rejected", "conflict", "healed", "new", "extended")
        named = sorted(self._named, key=lambda result: order.index(result.kind))
        width = max(20, self.query_one("#named").size.width - 2)
        lines = [line for result in named[:MOST_NAMED] for line in _lines(result, width)]
        if len(named) > MOST_NAMED:
            lines.append(Content.styled(f"and {len(named) - MOST_NAMED} more", "$quiet"))
        self.query_one("#names", Static).update(Content("\n").join(lines))

    def action_scroll_down(self) -> None:
        """Further down."""
        self.query_one("#named", VerticalScroll).scroll_page_down(animate=False)

    def action_scroll_up(self) -> None:
        """Further up."""
        self.query_one("#named", VerticalScroll).scroll_page_up(animate=False)

    async def action_dismiss(self, result: object = None) -> None:  # noqa: ARG002
        """Back, once it is over."""
        if self._over:
            self.answer(None)
        else:
            self.notify("Still importing; it will not be long.")


def _lines(result: ImportResult, width: int) -> Iterator[Content]:
    word = Content.styled(result.kind, KIND_STYLES[result.kind])
    if result.kind == "rejected":
        yield from hanging(word, f"{shorten(result.why, 400)} It stays where it is.", width)
        return
    more = (
        ": kept beside the log that is here; the figures stay as they were"
        if result.kind == "conflict"
        else f": {shorten(result.damage, 400)}"
        if result.damage
        else ""
    )
    words = Content.assemble(f"{shorten(result.patient)}{more}  ", (result.name, "$quiet"))
    yield from hanging(word, words, width)
