"""Learn: pages to read about needling and the days after, every sentence with its source."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from reloadpt.learn.pages import Block, LearnPage, learn_pages, sources
from reloadpt.tui.asks.choice import ChoiceScreen
from reloadpt.tui.kit.actions import BACK_TO_TODAY, HELP, NEXT, NEXT_PAGE, PREVIOUS_PAGE, READING, bindings
from reloadpt.tui.patient.page import PatientPage
from reloadpt.tui.patient.record_app import RecordApp
from reloadpt.tui.widgets.key_line import KeyLine


async def read_pages(app: RecordApp) -> None:
    """Offer the pages until the person has read enough."""
    options = [(page.name, page.title) for page in learn_pages()]
    while (name := await app.push_screen_wait(ChoiceScreen("Learn", options))) is not None:
        await app.push_screen_wait(LearnScreen([page.name for page in learn_pages()].index(name)))


class LearnScreen(PatientPage[None]):
    """One page at a time, from the page ``first`` on."""

    CSS_PATH = "learn.tcss"
    BINDINGS = bindings(*READING)

    def __init__(self, first: int) -> None:
        super().__init__()
        self._at = first

    def compose(self) -> ComposeResult:
        """The text, filled by ``_show``."""
        yield VerticalScroll(classes="page", id="reading")
        yield KeyLine()

    async def on_mount(self) -> None:
        """Begin to read."""
        self.query_one(KeyLine).show((NEXT, "Read on"), PREVIOUS_PAGE, NEXT_PAGE, HELP, BACK_TO_TODAY)
        self.query_one("#reading").focus()
        await self._turn_to(self._at)

    async def _turn_to(self, at: int) -> None:
        """Show the page at this place; before the first and after the last nothing changes."""
        pages = learn_pages()
        if not 0 <= at < len(pages):
            return
        self._at = at
        text = self.query_one("#reading", VerticalScroll)
        with self.app.batch_update():
            await text.remove_children()
            await text.mount_all(_widgets(pages[at], f"Page {at + 1} of {len(pages)}"))
        text.scroll_home(animate=False)

    async def action_next(self) -> None:
        """Read on: further down, and at the end the next page; after the last, back."""
        text = self.query_one("#reading", VerticalScroll)
        if text.scroll_offset.y < text.max_scroll_y:
            text.scroll_relative(y=max(text.size.height - 2, 1), animate=False)
        elif self._at + 1 < len(learn_pages()):
            await self.action_next_page()
        else:
            self.answer(None)

    async def action_next_page(self) -> None:
        """The page after this one."""
        await self._turn_to(self._at + 1)

    async def action_previous_page(self) -> None:
        """The page before this one."""
        await self._turn_to(self._at - 1)


CLASSES = {"title": "title", "heading": "heading gap", "paragraph": "said gap"}


def _widgets(page: LearnPage, place: str) -> list[Widget]:
    """A page with numbered marks, and what they stand for at its end."""
    numbers = {mark: number for number, mark in enumerate(page.marks, start=1)}
    title, *text = [_block(block, numbers) for block in page.blocks]
    widest = len(f"[{len(numbers)}]")
    source_lines = [
        _marked_line(f"[{number}]".rjust(widest), Content(sources()[mark]), "source")
        for mark, number in numbers.items()
    ]
    return [
        title,
        Static(Content(place), classes="quiet"),
        *text,
        Static("Where this comes from", classes="heading gap"),
        *source_lines,
    ]


def _block(block: Block, numbers: dict[str, int]) -> Widget:
    parts: list[str | tuple[str, str]] = []
    for text, marks in block.pieces:
        signs = f"[{', '.join(str(numbers[mark]) for mark in marks)}] " if marks else ""
        parts += [f"{text} ", (signs, "$quiet")]
    words = Content.assemble(*parts).rstrip()
    return _marked_line("•", words) if block.kind == "point" else Static(words, classes=CLASSES[block.kind])


def _marked_line(mark: str, words: Content, style: str = "") -> Widget:
    """A mark and words beside it, which stay under their beginning where they wrap."""
    return Horizontal(
        Static(Content(mark), classes=f"mark {style}"),
        Static(words, classes=f"words {style}"),
        classes="hung",
    )
