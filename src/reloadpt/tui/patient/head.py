"""The screen's head: draws one question of a dialogue as a screen, and brings the answer back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reloadpt.dialogue.asks import (
    BACK,
    Answer,
    Back,
    Choice,
    Marks,
    Question,
    Saying,
    Sheet,
    Tally,
    Words,
    reworded,
)
from reloadpt.dialogue.respondent import Respondent
from reloadpt.tui.kit.keyboard import screen_class
from reloadpt.tui.kit.settings_app import SettingsApp

BRIEF_S = 6
LONGEST_WORDS = 10_000


class ScreenHead:
    """Asks the questions of dialogues on the screens of ``app``; each is imported when it is first drawn."""

    def __init__(self, app: SettingsApp[Any], patient: Respondent, ticks: Callable[[], float]) -> None:
        self._app, self._patient, self._ticks = app, patient, ticks

    async def ask(self, question: Question[Answer], before: Answer | None) -> Answer | Back:
        """Ask it until there is an answer."""
        plan = self._patient.record.history.plan
        alone = plan is not None and plan.self_made
        answer: Answer | Back = await self._answer(reworded(question, alone=alone), before)
        return answer

    async def _answer(self, question: Question[Any], before: Any) -> Any:
        from reloadpt.dialogue.signs import Alarm

        says = "\n".join(question.says)
        match question:
            case Saying(brief=True):
                self._app.notify(question.question, markup=False, timeout=BRIEF_S)
                return None
            case Saying():
                await self._show("ChoiceScreen", question.question, (("ok", "Back"),), says)
                return None
            case Alarm(lock=lock):
                seen = await self._show("LockedScreen", lock, self._patient.plan)
                return "seen" if seen else BACK
            case Choice():
                options = [(option.value, option.label) for option in question.options]
                chosen = await self._show("ChoiceScreen", question.question, options, says, before)
                return BACK if chosen is None else chosen
            case Marks(letters=True):
                return await self._show("SignsScreen", question, before, self._ticks)
            case Marks():
                return await self._show("SeveralScreen", question, before)
            case Sheet():
                return await self._show("SheetScreen", question, before, self._ticks)
            case Tally():
                return await self._show("TallyScreen", question, before)
            case Words():
                typed = await self._show("WordsScreen", question.question, says, LONGEST_WORDS, question.read)
                return BACK if typed is None else question.read(typed)
            case _:
                raise TypeError(question)

    async def _show(self, name: str, *arguments: Any) -> Any:
        return await self._app.push_screen_wait(screen_class(name)(*arguments))
