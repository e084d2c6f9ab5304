"""The screen's head: draws one question of a dialogue as a screen, and brings the answer back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reloadpt.dialogue.asks import BACK, Answer, Back, Choice, Marks, Question, Saying, Sheet, Words

if TYPE_CHECKING:
    from reloadpt.tui.app import ReloadApp

BRIEF_S = 6


class ScreenHead:
    """Asks the questions of dialogues on the screens of ``app``; each is imported when it is first drawn."""

    def __init__(self, app: ReloadApp) -> None:
        self._app = app

    async def ask(self, question: Question[Answer], before: Answer | None) -> Answer | Back:
        """Ask it until there is an answer."""
        answer: Answer | Back = await self._answer(question, before)
        return answer

    async def _answer(self, question: Question[Any], before: Any) -> Any:
        from reloadpt.dialogue.signs import Alarm
        from reloadpt.tui.screens.choice import ChoiceScreen, SeveralScreen

        says = "\n".join(question.says)
        match question:
            case Saying(brief=True):
                self._app.notify(question.question, markup=False, timeout=BRIEF_S)
                return None
            case Saying():
                await self._app.push_screen_wait(ChoiceScreen(question.question, (("ok", "Back"),), says))
                return None
            case Alarm(lock=lock) if lock is not None:
                from reloadpt.tui.screens.locked import LockedScreen

                contact = self._app.patient.plan.contact
                return "seen" if await self._app.push_screen_wait(LockedScreen(lock, contact)) else BACK
            case Choice():
                options = [(option.value, option.label) for option in question.options]
                chosen = await self._app.push_screen_wait(
                    ChoiceScreen(
                        question.question, options, says, before if isinstance(before, str) else None
                    )
                )
                return BACK if chosen is None else chosen
            case Marks(letters=True):
                from reloadpt.tui.screens.signs import SignsScreen

                return await self._app.push_screen_wait(SignsScreen(question, before))
            case Marks():
                return await self._app.push_screen_wait(SeveralScreen(question, before))
            case Sheet():
                from reloadpt.tui.screens.sheet import SheetScreen

                return await self._app.push_screen_wait(SheetScreen(question, before))
            case Words():
                from reloadpt.tui.screens.words import WordsScreen

                found = await self._app.push_screen_wait(
                    WordsScreen(question.question, says, longest=10_000, read=question.read)
                )
                return BACK if found is None else question.read(found)
            case _:
                raise TypeError(question)
