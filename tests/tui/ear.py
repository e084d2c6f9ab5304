"""Hears a session for a test, and makes no noise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reloadpt.coach.cues import Cue, CueKind
from reloadpt.journal.events import Item
from reloadpt.program.programme import Exercise
from reloadpt.settings import Settings


@dataclass
class Ear:
    """Hears a session: which cues came, and what was wanted of them. Makes no noise."""

    no_voice: str = ""
    heard: list[tuple[CueKind, Settings]] = field(default_factory=list)
    late: list[float] = field(default_factory=list)
    closed: bool = False

    def heed(
        self,
        cues: Sequence[Cue],
        now: float,
        wanted: Settings,
        items: Sequence[Item],
        exercises: Mapping[str, Exercise],
    ) -> str:
        assert all(cue.item is None or items[cue.item].exercise in exercises for cue in cues)
        self.heard += [(cue.kind, wanted) for cue in cues]
        self.late += [now - cue.due for cue in cues]
        return self.no_voice if wanted.speech else ""

    def trouble(self) -> str:
        return self.no_voice

    def close(self) -> None:
        self.closed = True

    def kinds(self) -> list[CueKind]:
        return [kind for kind, _ in self.heard]
