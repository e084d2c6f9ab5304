"""How invented patients behave, and what must be seen of each: the truth that tests compare figures with.

What is expected of a behaviour follows from what it does, not from what the program makes of it. It holds for
lives of four to six weeks; in longer ones the last weeks are like that.
"""

from __future__ import annotations

from dataclasses import dataclass

from reloadpt.journal.events import Source

SHORTEST_WEEKS = 4


@dataclass(frozen=True)
class ExpectedOutcome:
    """What must be seen of a behaviour at the end of a life.

    ``fires`` are the rules of alerts that must fire, ``never`` those that must not. ``done`` are the bounds of
    the sets done of those planned, 0-1, over the last two weeks; ``source`` is where most of them come from.
    """

    fires: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    done: tuple[float, float] = (0.0, 1.0)
    source: Source | None = None


@dataclass(frozen=True)
class Behaviour:
    """How one kind of patient behaves: its ``name``, what it ``says`` in words, and the ``truth`` to be seen of it.

    ``share`` is how common it is, ``source`` where its sets come from; who ``warns`` answers yes to a warning sign,
    who ``hurts`` stops one exercise for pain. ``every`` so many days the app is opened. ``pain`` is the usual pain at the start and after five weeks,
    ``last_pain`` that of the last ``last_days`` days where it is another. ``sore`` is the least soreness ever told.
    ``silent_days``: nothing is written so long before the end. ``unheard_days``: the last report is so old.
    """

    name: str
    says: str
    truth: ExpectedOutcome
    share: int = 1
    every: int = 1
    source: Source = "timed"
    pain: tuple[int, int] = (5, 2)
    last_pain: int | None = None
    last_days: int = 4
    sore: int = 0
    warns: bool = False
    hurts: bool = False
    silent_days: int = 0
    unheard_days: int = 0


_QUIET = frozenset({"warning_sign", "stopped", "pain_high", "sore_late", "stalled", "dropped", "pain_up", "left_out"})  # fmt: skip

STEADY = Behaviour(
    "steady", "does what is due and gets better",
    ExpectedOutcome(never=_QUIET | {"missed", "no_report"}, done=(0.8, 1.0), source="timed"), share=5,
)  # fmt: skip
BACK_FILLS = Behaviour(
    "back-fills", "does the exercises, and writes most of them down a day late",
    ExpectedOutcome(never=_QUIET, done=(0.8, 1.0), source="back_filled"), source="back_filled", pain=(4, 3),
)  # fmt: skip
MISSES = Behaviour(
    "misses", "comes every fourth day",
    ExpectedOutcome(fires=frozenset({"missed"}), never=_QUIET, done=(0.0, 0.6)), share=2, every=4, pain=(5, 4),
)  # fmt: skip
DROPS_OUT = Behaviour(
    "drops out", "begins well, then stops; a report is sent all the same",
    ExpectedOutcome(fires=frozenset({"dropped"}), never=frozenset({"stalled", "warning_sign"}), done=(0.0, 0.0)),
    pain=(5, 4), silent_days=22,
)  # fmt: skip
FLARES = Behaviour(
    "flares", "pain rises far above the start in the last days",
    ExpectedOutcome(fires=frozenset({"pain_high"}), never=frozenset({"warning_sign", "dropped"})),
    pain=(4, 3), last_pain=8,
)  # fmt: skip
WARNS = Behaviour(
    "warns", "answers yes to a warning sign on the day before the last",
    ExpectedOutcome(fires=frozenset({"warning_sign"}), never=frozenset({"dropped", "left_out"})), warns=True,
)  # fmt: skip
STAYS_SORE = Behaviour(
    "stays sore", "the needle site is still sore after days",
    ExpectedOutcome(fires=frozenset({"sore_late"}), never=frozenset({"warning_sign", "dropped", "pain_high"})), sore=5,
)  # fmt: skip
HURTS = Behaviour(
    "hurts", "one exercise is stopped for pain whenever it is dealt",
    ExpectedOutcome(fires=frozenset({"left_out"}), never=frozenset({"warning_sign", "dropped", "pain_high"})), hurts=True,
)  # fmt: skip
UNHEARD = Behaviour(
    "unheard", "was steady when a report last came, long ago",
    ExpectedOutcome(fires=frozenset({"no_report"}), never=_QUIET), unheard_days=18,
)  # fmt: skip

BEHAVIOURS = (STEADY, BACK_FILLS, MISSES, DROPS_OUT, FLARES, WARNS, STAYS_SORE, HURTS, UNHEARD)
