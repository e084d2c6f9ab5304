"""Invented histories for the property of who is told; a thousand of them with ``python tests/invented_histories.py``."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from lives import BERLIN, Life, chance_of
from reloadpt import wording
from reloadpt.care.following import keep_recent
from reloadpt.care.rules import Evidence
from reloadpt.care.today import Today
from reloadpt.journal.events import (
    ActivityRated,
    AnyEvent,
    Cleared,
    Item,
    Needled,
    Note,
    Paused,
    SessionClosed,
    SessionOpened,
    SetSkipped,
)
from reloadpt.measures.alerts import Alert, from_log
from reloadpt.measures.muscle_phases import muscle_states
from reloadpt.measures.planned import planned_days

THERAPIST_ALONE = {"no_report", "unread", "low", "limit_needed", "gate_waits", "withdrawn"}
"""The rules that no patient is told of, and no others."""
OF_SIGNS = {"warning_sign", "faint", "worried"}
"""Told the patient by the lock, or by the patient."""
PLANS: tuple[tuple[str, ...], ...] = (
    ("multifidus:wake",),
    ("lumbar-paraspinals:calm", "multifidus:wake:stim"),
    ("upper-trapezius:calm:left",),
    ("pelvic-floor-underactive:wake",),
    ("quadriceps:wake:right", "hamstrings:calm:right"),
)


class InventedLife:
    """One patient by chance: how often they come, how much it hurts, what happens to them."""

    def __init__(self, seed: int) -> None:
        self.chance = chance = chance_of(seed)
        at = datetime(2026, 9, 7, chance.randrange(6, 20), tzinfo=BERLIN)
        self.usual = chance.choice([0, 2, 3, 5, 6, 7])
        more: dict[str, object] = {"start_pain": chance.choice([self.usual, 2, None])}
        if chance.random() < 0.2:
            more["made_by"] = None
        if chance.random() < 0.2:
            more["ends"] = at + timedelta(days=chance.randrange(5, 20))
        self.life = Life(at, chance.choice(PLANS), self._pain, self._sore, more)
        self.comes, self.answers = chance.choice([0.2, 0.6, 0.9, 1.0]), chance.choice([0.0, 0.5, 1.0, 1.0])
        self.worse = chance.choice([0, 0, 2, 4])
        self.days = chance.randrange(3, 45)

    def _pain(self, day: int) -> int:
        if self.chance.random() > self.answers:
            return None  # type: ignore[return-value] # a number that is left out
        up = self.worse if day > self.days // 2 else 0
        return max(0, min(10, self.usual + up + self.chance.randrange(-1, 2)))

    def _sore(self, day: int) -> int:
        return max(0, self.chance.randrange(7) - day // 2)

    def lived(self) -> Life:
        """Live the days, and share at a moment of the last one."""
        life, begins = self.life, self.life.at
        for day in range(self.days):
            life.at = max(life.at, begins + timedelta(days=day, minutes=45))
            if self.chance.random() < 0.08:
                life.writes(self._happening())
            if self.chance.random() < self.comes:
                self._comes()
            if day % 7 == 0:
                keep_recent(life.record.history)
        life.at = max(life.at, begins + timedelta(days=self.days + self.chance.choice([0, 0, 1, 16, 30])))
        return life

    def _comes(self) -> None:
        life = self.life
        due = life.opens()
        if not due.items or due.locked:
            return
        if self.chance.random() < 0.1:
            self._hurts(due.items)
        else:
            life.session(due.items, sets=self.chance.choice([None, None, 1, 3]))

    def _hurts(self, items: Sequence[Item]) -> None:
        life = self.life
        session = life.record.history.next_session(life.at.date())
        skipped = SetSkipped(
            session=session, exercise=items[0].exercise, side=items[0].sides[0], set=1, reason="pain"
        )
        life.writes(SessionOpened(session=session, items=tuple(items)), skipped)
        life.writes(SessionClosed(session=session, how="stopped", worst=8))

    def _happening(self) -> AnyEvent:
        life, target = self.life, self.life.plan.targets[0]
        first = life.at.date()
        last = first + timedelta(days=self.chance.randrange(1, 20))
        events: list[AnyEvent] = [
            Needled(muscle=target.muscle, side=target.side, needled_at=life.at),
            Paused(from_=first.isoformat(), to=last.isoformat()),
            Cleared(code="spoke", by="the clinic", seen_at=first.isoformat()),
            ActivityRated(activity="lift the child", score=self.chance.randrange(11)),
            ActivityRated(activity="walk", score=self.chance.randrange(11)),
            Note(text="a note"),
        ]
        return self.chance.choice(events)


def told_the_patient(due: Today) -> Counter[str]:
    """The rules by which the patient is to be told at this moment, told already or not."""
    return Counter(evidence.rule for evidence in due.evidence if _has_sentence(evidence))


def told_the_therapist(life: Life) -> Counter[str]:
    """The rules on the therapist's list that are not the therapist's alone, of the journal shared at this moment."""
    course = life.shares()
    found: tuple[Alert, ...] = from_log(course, planned_days(course), muscle_states(course))
    rules = Counter(alert.rule for alert in found if alert.rule not in THERAPIST_ALONE | OF_SIGNS)
    over = life.plan.over_at <= life.at
    return rules + Counter({"plan_over": 1} if over else {})


def _has_sentence(evidence: Evidence) -> bool:
    return evidence.sentence in wording.CONCERNS and evidence.rule not in OF_SIGNS


def both_told(seed: int) -> tuple[Counter[str], Counter[str]]:
    """The rules that the patient and the therapist are told by at the end of one invented history."""
    life = InventedLife(seed).lived()
    return told_the_patient(life.today()), told_the_therapist(life)


def main() -> int:
    """Look at a thousand, or as many as are asked for; say which differ."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    wrong, fired = 0, Counter[str]()
    for seed in range(many):
        patient, therapist = both_told(seed)
        fired += patient
        if patient != therapist:
            wrong += 1
            only = f"Today alone {dict(patient - therapist)}, the list alone {dict(therapist - patient)}"
            sys.stdout.write(f"{seed}: {only}\n")
    sys.stdout.write(f"{wrong} of {many} differ; fired: {dict(fired)}\n")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
