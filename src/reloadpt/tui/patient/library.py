"""The library: browse and search every exercise, and watch each one move."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from reloadpt.program.exercise_words import exercise_in_words
from reloadpt.program.searching import (
    BY,
    By,
    ExerciseMatch,
    every_exercise,
    matching_exercises,
    search_choices,
)
from reloadpt.tui.asks.choice import ChoiceScreen
from reloadpt.tui.kit import actions as a
from reloadpt.tui.patient.moving_figure import MovingFigure
from reloadpt.tui.patient.page import PatientPage
from reloadpt.tui.widgets.hung_text import HangingLine, HangingText
from reloadpt.tui.widgets.key_line import KeyLine

ALL = "everything"
WORD_WIDE = 10


class LibraryScreen(PatientPage[None]):
    """A list to search on the left, the marked exercise moving on the right."""

    CSS_PATH = "library.tcss"
    BINDINGS = a.bindings(*a.LIBRARY)

    def __init__(self) -> None:
        super().__init__()
        self._found: tuple[ExerciseMatch, ...] = ()
        self._matches: list[ExerciseMatch] = []
        self._chosen: dict[By, str] = {}

    def compose(self) -> ComposeResult:
        """A search line, the list, and the exercise that is marked."""
        with Vertical(id="library"):
            yield Static(id="heading", classes="title")
            yield Input(placeholder="Search: a muscle, band, standing …", id="words")
            with Horizontal(id="both"):
                yield OptionList(id="found")
                with Vertical(id="seen"):
                    yield MovingFigure(id="moving")
                    with VerticalScroll(id="said", can_focus=False):
                        yield HangingText(id="text")
        yield KeyLine()

    def on_mount(self) -> None:
        """Read all programmes, and begin on the first exercise."""
        self._found, wrong = every_exercise(self.record_app.library)
        for trouble in wrong:
            self.complain(trouble)
        self.query_one(KeyLine).show((a.NEXT, "Watch"), a.SEARCH, a.NARROW, a.CLEAR, a.HELP, a.BACK_TO_TODAY)
        self._list()
        self.query_one("#found").focus()

    def _list(self) -> None:
        """Show what fits the words and the choices, under the name of each muscle."""
        self._matches = matching_exercises(self._found, self.query_one("#words", Input).value, self._chosen)
        lines: list[Option] = []
        muscle = ""
        for match in self._matches:
            if match.programme.muscle != muscle:
                muscle = match.programme.muscle
                lines.append(Option(Content(match.programme.short_name), disabled=True))
            lines.append(
                Option(Content(f"  {match.exercise.name} · {match.exercise.phase}"), id=match.exercise.id)
            )
        place = self.query_one("#found", OptionList)
        place.clear_options()
        place.add_options(lines)
        chosen = "".join(f"   {by}: {value}" for by, value in self._chosen.items())
        count = f"{len(self._matches)} exercise{'' if len(self._matches) == 1 else 's'}"
        self.query_one("#heading", Static).update(Content(f"Library   {count}{chosen}"))
        if self._matches:
            place.highlighted = 1
        else:
            self._show(None)

    @on(Input.Changed, "#words")
    def _searched(self) -> None:
        self._list()

    @on(Input.Submitted, "#words")
    def _to_the_list(self) -> None:
        self.query_one("#found").focus()

    @on(OptionList.OptionHighlighted, "#found")
    def _marked(self, event: OptionList.OptionHighlighted) -> None:
        self._show(self._by_id(event.option.id))

    @on(OptionList.OptionSelected, "#found")
    def _picked(self, event: OptionList.OptionSelected) -> None:
        self._open(self._by_id(event.option.id))

    def _by_id(self, exercise: str | None) -> ExerciseMatch | None:
        return next((match for match in self._matches if match.exercise.id == exercise), None)

    def _show(self, match: ExerciseMatch | None) -> None:
        self.query_one(MovingFigure).exercise = match.exercise if match else None
        self.query_one("#text", HangingText).show(
            exercise_details(match)
            if match
            else [HangingLine(Content(f"Nothing fits. {self.key(a.CLEAR)} shows all again."))]
        )
        self.query_one("#said", VerticalScroll).scroll_home(animate=False)

    def _open(self, match: ExerciseMatch | None) -> None:
        if match:
            self.app.push_screen(WatchScreen(match))

    def action_next(self) -> None:
        """Watch the marked exercise, as large as the terminal."""
        self.query_one("#found", OptionList).action_select()

    def action_search(self) -> None:
        """Write in the search line."""
        self.query_one("#words").focus()

    def action_narrow(self) -> None:
        """Choose a muscle, a phase, equipment or a position."""
        self.run_worker(self._narrow(), exclusive=True, group="asking")

    async def _narrow(self) -> None:
        kind = await self.app.push_screen_wait(
            ChoiceScreen("Show only one …", [(by, by.capitalize()) for by in BY])
        )
        by = next((choice for choice in BY if choice == kind), None)
        if by is None:
            return
        others: dict[By, str] = {kind: value for kind, value in self._chosen.items() if kind != by}
        counted = search_choices(
            matching_exercises(self._found, self.query_one("#words", Input).value, others), by
        )
        value = await self.app.push_screen_wait(
            ChoiceScreen(
                f"Which {by}?", [(value, f"{value}  ({count})") for value, count in counted] + [(ALL, "Any")]
            )
        )
        if value is not None:
            self._chosen = others if value == ALL else others | {by: value}
            self._list()

    def action_clear(self) -> None:
        """Show all again."""
        self._chosen = {}
        self.query_one("#words", Input).value = ""
        self._list()
        self.query_one("#found").focus()

    async def action_dismiss(self, result: object = None) -> None:  # noqa: ARG002
        """From the search line to the list, from the list to where one came from."""
        if self.query_one("#words").has_focus:
            self.query_one("#found").focus()
        else:
            self.answer(None)


class WatchScreen(PatientPage[None]):
    """One exercise, moving as large as there is room, with its text."""

    CSS_PATH = "library.tcss"
    BINDINGS = a.bindings(*a.WATCHING)

    def __init__(self, match: ExerciseMatch) -> None:
        super().__init__()
        self._found = match

    def compose(self) -> ComposeResult:
        """The figure, and all that is known."""
        with Vertical(id="watch"):
            yield Static(Content(self._found.exercise.name), classes="title")
            yield MovingFigure(id="moving")
            with VerticalScroll(id="said"):
                yield HangingText(exercise_details(self._found, name=False), id="text")
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin to move."""
        self.query_one(MovingFigure).exercise = self._found.exercise
        self._keys()
        self.query_one("#said").focus()

    def _keys(self) -> None:
        stands = self.query_one(MovingFigure).stands
        sides = [a.OTHER_SIDE] if self._found.exercise.dose.per_side else []
        self.query_one(KeyLine).show(
            (a.NEXT, "Move" if stands else "Stand still"), *sides, a.HELP, a.BACK_TO_TODAY
        )

    def action_next(self) -> None:
        """Let it stand still, or move again."""
        self.query_one(MovingFigure).stop_or_go()
        self._keys()

    def action_other_side(self) -> None:
        """Show the other side of the body."""
        if self._found.exercise.dose.per_side:
            self.query_one(MovingFigure).turn()


def exercise_details(match: ExerciseMatch, *, name: bool = True) -> list[HangingLine]:
    """The text of one exercise."""
    exercise = match.exercise
    about = (
        f"{exercise.phase}, {exercise.intent}, {exercise.position}; needs: {', '.join(exercise.equipment)}"
    )
    lines = [Content.styled(exercise.name, "bold")] if name else []
    lines += [Content(match.programme.name), Content.styled(about, "$quiet"), Content("")]
    return [
        *map(HangingLine, lines),
        *(
            HangingLine(Content(text), Content.styled(word, "$key-sign"), WORD_WIDE)
            for word, text in exercise_in_words(exercise, match.programme)
        ),
    ]
