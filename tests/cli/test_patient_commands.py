"""What a patient tells by commands: check-ins, needlings and pauses, and that none of it opens a lock."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from program_runs import LOW_BACK, environment, home_in_use, reloadpt
from reloadpt.care.record import Record
from reloadpt.clock import now
from reloadpt.journal.events import CheckedIn, Cleared, FlagRaised, Needled, Paused


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home whose plan is of three days ago, so that these commands, which write now, come after it."""
    home, plan = tmp_path / "home", tmp_path / "a.plan.json"
    needled = ("--needled-at", days_ago(3).isoformat())
    for arguments in (("new", *LOW_BACK, *needled, "--screen", "all=no", "-o", plan), ("use", plan)):
        assert reloadpt(home, "plan", *arguments).code == 0
    return home


def days_ago(days: int) -> datetime:
    return (now() - timedelta(days=days)).replace(microsecond=0)


def told(home: Path) -> Sequence[object]:
    """What was written after the log and its plan began."""
    return [entry.event for entry in Record.open(home / "journal.jsonl", now()).journal.entries()][2:]


def locked(home: Path) -> object:
    return json.loads(reloadpt(home, "today", "--json").out)["locked"]


def test_a_check_in_writes_pain_and_soreness_and_nothing_about_warning_signs(home: Path) -> None:
    done = reloadpt(
        home, "checkin", "--pain", "4", "--soreness", "multifidus:2",
        "--soreness", "lumbar-paraspinals:left:1", "--when", "morning",
    )  # fmt: skip
    assert (done.code, done.out) == (0, "")
    (said,) = told(home)
    assert isinstance(said, CheckedIn)
    assert (said.when, said.pain, said.asked, said.flags) == ("morning", 4, (), ())
    assert [(each.muscle, each.side, each.score) for each in said.soreness] == [
        ("multifidus", "both", 2),
        ("lumbar-paraspinals", "left", 1),
    ]


def test_the_first_check_in_of_a_plan_is_before_a_session_and_soreness_may_stand_alone(home: Path) -> None:
    assert reloadpt(home, "checkin", "--soreness", "multifidus:0").code == 0
    (said,) = told(home)
    assert isinstance(said, CheckedIn)
    assert (said.when, said.pain) == ("before", None)


BAD_CHECKINS = {
    "nothing": (),
    "pain 11": ("--pain", "11"),
    "pain -1": ("--pain", "-1"),
    "pain in words": ("--pain", "much"),
    "a score of 11": ("--soreness", "multifidus:11"),
    "no score": ("--soreness", "multifidus"),
    "a score in other digits": ("--soreness", "multifidus:٣"),
    "a long score": ("--soreness", "multifidus:" + "9" * 5000),
    "a wrong side": ("--soreness", "multifidus:middle:3"),
    "an unknown muscle": ("--soreness", "multifidos:3"),
    "a muscle not needled": ("--soreness", "deltoid:3"),
    "hostile text": ("--soreness", "\x1b[31m[/]<script>:3"),
    "one site twice": ("--soreness", "multifidus:3", "--soreness", "multifidus:both:4"),
    "a wrong moment": ("--pain", "3", "--when", "noon"),
}


@pytest.mark.parametrize("name", BAD_CHECKINS)
def test_a_bad_check_in_is_one_plain_sentence_and_writes_nothing(home: Path, name: str) -> None:
    before = (home / "journal.jsonl").read_bytes()
    done = reloadpt(home, "checkin", *BAD_CHECKINS[name])
    assert done.code in (1, 2)
    assert done.out == ""
    assert 0 < len(done.err) < 400
    assert "Traceback" not in done.err
    assert "\x1b" not in done.err
    assert (home / "journal.jsonl").read_bytes() == before


def test_a_check_in_without_flags_opens_no_lock_and_says_that_it_stays_closed(home: Path) -> None:
    at = now()
    record = Record.open(home / "journal.jsonl", at)
    record.append([FlagRaised(code="ST", advice="Call 112 now.")], at)
    assert locked(home) == {"code": "ST", "advice": "Call 112 now."}
    done = reloadpt(home, "checkin", "--pain", "0", "--soreness", "multifidus:0")
    assert done.code == 0
    assert "Call 112 now." in done.err
    reloadpt(home, "needled", "multifidus")
    assert locked(home) == {"code": "ST", "advice": "Call 112 now."}
    # the check can fail: what does end a lock ends it here
    Record.open(home / "journal.jsonl", now()).append(
        [Cleared(code="ST", by="the clinic", seen_at=now().isoformat())], now()
    )
    assert locked(home) is None


def test_a_needling_takes_its_muscle_back_to_reset(home: Path) -> None:
    done = reloadpt(home, "needled", "multifidus", "--stim")
    assert done.code == 0
    assert "It begins with gentle movement once more." in done.err
    (said,) = told(home)
    assert isinstance(said, Needled)
    assert (said.muscle, said.side, said.stim) == ("multifidus", "both", True)
    phases = json.loads(reloadpt(home, "today", "--json").out)["phase"]
    assert phases == {"lumbar-paraspinals": "activate", "multifidus": "reset"}


def test_the_same_needling_is_written_once(home: Path) -> None:
    at = days_ago(1)
    for _ in range(2):
        done = reloadpt(home, "needled", "multifidus:left", "--at", at.isoformat())
        assert done.code == 0
    assert "already" in done.err
    (said,) = told(home)
    assert isinstance(said, Needled)
    assert (said.side, said.needled_at) == ("left", at)


@pytest.mark.parametrize(
    ("muscle", "why"),
    [
        ("deltoid:left", "Your plan has no exercises for it."),
        ("serratus-anterior:left", "There are no exercises for it here."),
    ],
)
def test_a_needling_of_a_muscle_without_exercises_is_written_and_promises_none(
    muscle: str, why: str, home: Path
) -> None:
    done = reloadpt(home, "needled", muscle)
    assert done.code == 0
    assert why in done.err
    assert "gentle movement" not in done.err
    assert len(told(home)) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("multifidos",),
        ("multifidus:middle",),
        ("multifidus:left:stim",),
        ("multifidus", "--at", "yesterday"),
        ("multifidus", "--at", days_ago(-1).isoformat()),
        ("multifidus", "--at", days_ago(400).isoformat()),
        ("multifidus", "--at", "0001-01-01T00:00:00+01:00"),
        (),
    ],
)
def test_a_bad_needling_is_told_and_writes_nothing(home: Path, arguments: tuple[str, ...]) -> None:
    done = reloadpt(home, "needled", *arguments)
    assert done.code in (1, 2)
    assert "Traceback" not in done.err
    assert told(home) == []


def test_paused_days_plan_nothing_and_end_by_themselves(home: Path) -> None:
    first, last = (days_ago(-days).date() for days in (1, 3))
    arguments = ("pause", "--from", str(first), "--to", str(last), "--reason", "away")
    assert reloadpt(home, *arguments).code == 0
    assert told(home) == [Paused(from_=str(first), to=str(last), reason="away")]
    assert "pause until" in reloadpt(home, "today", "--at", f"{last}T09:00:00").out
    assert "pause until" not in reloadpt(home, "today", "--at", f"{last + timedelta(days=1)}T09:00:00").out
    assert "already" in reloadpt(home, *arguments).err
    assert len(told(home)) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("--from", "2026-11-25", "--to", "2026-11-23"),
        ("--from", "2026-11-25"),
        ("--from", "monday", "--to", "2026-11-23"),
        ("--from", "2026-11-31", "--to", "2026-12-03"),
        ("--from", "2026-11-25", "--to", "9999-12-31"),
        ("--from", "2026-11-25", "--to", "2026-11-26", "--reason", "x" * 1001),
    ],
)
def test_a_bad_pause_is_told_and_writes_nothing(home: Path, arguments: tuple[str, ...]) -> None:
    done = reloadpt(home, "pause", *arguments)
    assert done.code == 2
    assert "Traceback" not in done.err
    assert told(home) == []


@pytest.mark.parametrize(
    "arguments", [("checkin", "--pain", "3"), ("needled", "multifidus"),
                  ("pause", "--from", "2026-11-25", "--to", "2026-11-26")],
)  # fmt: skip
def test_without_a_plan_nothing_is_begun(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = reloadpt(tmp_path / "new", *arguments)
    assert done.code == 1
    assert "no plan" in done.err
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    "arguments", [("checkin", "--pain", "3"), ("needled", "multifidus"),
                  ("pause", "--from", "2026-11-25", "--to", "2026-11-26")],
)  # fmt: skip
def test_none_of_it_imports_textual_or_numpy(home: Path, arguments: tuple[str, ...]) -> None:
    script = (
        "import sys\n"
        "from reloadpt.__main__ import main\n"
        "try:\n    main()\n"
        "except SystemExit as leave:\n    assert not leave.code\n"
        'sys.stderr.write(f\'HEAVY {sorted({"textual", "numpy", "rich"} & set(sys.modules))}\')\n'
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        capture_output=True, text=True, env=environment(home), check=False,
    )  # fmt: skip
    assert "HEAVY []" in done.stderr


def test_a_check_in_on_the_command_line_stands_in_for_no_warning_signs(tmp_path: Path) -> None:
    home = home_in_use(tmp_path / "home")
    assert json.loads(reloadpt(home, "today", "--json").out)["checkin"] is True
    assert reloadpt(home, "checkin", "--pain", "3").code == 0
    assert json.loads(reloadpt(home, "today", "--json").out)["checkin"] is True
