"""``log add`` and ``log amend`` as a person calls them."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from program_runs import LOW_BACK, Run, reloadpt
from reloadpt.__main__ import main
from reloadpt.care.record import Record
from reloadpt.clock import now
from reloadpt.journal.events import Amended, AnyEvent, CheckedIn, Note, SetDone
from sample_logs import HOSTILE


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home whose plan is of three days ago, with a check-in as entry 2."""
    home, plan = tmp_path / "home", tmp_path / "a.plan.json"
    needled = ("--needled-at", (now() - timedelta(days=3)).replace(microsecond=0).isoformat())
    for arguments in (
        ("plan", "new", *LOW_BACK, *needled, "--screen", "all=no", "-o", plan),
        ("plan", "use", plan),
        ("checkin", "--pain", "4", "--soreness", "multifidus:2"),
    ):
        assert reloadpt(home, *arguments).code == 0
    return home


class Here:
    """Calls the program in this process: many wrong calls take no time of their own."""

    def __init__(self, home: Path, patch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._patch, self._capsys = patch, capsys
        patch.setenv("RELOADPT_HOME", str(home))

    def __call__(self, *arguments: str) -> Run:
        self._patch.setattr(sys, "argv", ["reloadpt", *arguments])
        self._capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        said = self._capsys.readouterr()
        code = ended.value.code
        return Run(code if isinstance(code, int) else 0, said.out, said.err)


@pytest.fixture
def here(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Here:
    return Here(home, monkeypatch, capsys)


def told(home: Path) -> list[AnyEvent | None]:
    """What was written after the check-in."""
    return [entry.event for entry in Record.open(home / "journal.jsonl", now()).journal.entries()][3:]


def add(home: Path, *arguments: str) -> Run:
    return reloadpt(home, "log", "add", *arguments)


def amend(home: Path, *arguments: str) -> Run:
    return reloadpt(home, "log", "amend", *arguments)


def test_sets_done_away_are_written_for_both_sides_of_their_day(home: Path) -> None:
    done = add(
        home, "sets", "multifidus/bird-dog", "--sets", "2", "--reps", "6", "--day", "yesterday", "--pain", "2"
    )
    assert (done.code, done.out) == (0, "")
    assert "4 sets" in done.err
    sets = [event for event in told(home) if isinstance(event, SetDone)]
    yesterday = (now() - timedelta(days=1)).date().isoformat()
    assert [(each.side, each.set, each.reps, each.source, each.for_day) for each in sets] == [
        (side, number, 6, "back_filled", yesterday) for side in ("left", "right") for number in (1, 2)
    ]
    shown = reloadpt(home, "log", "show").out
    assert f"filled in later for {yesterday}" in shown


def test_a_session_done_away_is_the_plan_of_its_day_and_is_written_once(home: Path) -> None:
    assert add(home, "session", "--pain", "2").code == 0
    sets = [event for event in told(home) if isinstance(event, SetDone)]
    assert len({each.exercise for each in sets}) >= 2
    items = json.loads(reloadpt(home, "today", "--json").out)["items"]
    assert not {item["exercise"] for item in items} & {each.exercise for each in sets}
    assert add(home, "session", "--day", "2000-01-01").code == 1


def test_a_check_in_and_a_note_are_added(home: Path) -> None:
    assert add(home, "checkin", "--day", "yesterday", "--pain", "3", "--soreness", "multifidus:1").code == 0
    assert add(home, "note", "it", "went", "well").code == 0
    checkin, note = told(home)
    assert isinstance(checkin, CheckedIn)
    assert (checkin.pain, checkin.when, checkin.asked) == (3, "morning", ())
    assert note == Note(text="it went well")


BAD: dict[str, Sequence[tuple[str, ...]]] = {
    "sets": [
        ("multifidus/nonsense",),
        ("nonsense",),
        ("multifidus/bird-dog:middle",),
        ("multifidus/bird-dog", "--sets", "21"),
        ("multifidus/bird-dog", "--sets", "0"),
        ("multifidus/bird-dog", "--reps", "-1"),
        ("multifidus/bird-dog", "--hold", "nan"),
        ("multifidus/bird-dog", "--pain", "11"),
        ("multifidus/bird-dog", "--day", "tomorrow"),
        ("multifidus/bird-dog", "--day", "2999-01-01"),
        ("multifidus/bird-dog", "--day", "2000-01-01"),
    ],
    "session": [("--day", "2999-01-01"), ("--day", "x"), ("--pain", "x")],
    "checkin": [
        (),
        ("--pain", "11"),
        ("--pain", "3", "--day", "2999-01-01"),
        ("--soreness", "deltoid:3"),
        ("--soreness", "multifidus:3", "--soreness", "multifidus:4"),
    ],
    "note": [(), ("",), ("x" * 10_001,)],
}  # fmt: skip


def test_what_cannot_be_added_gets_a_sentence_and_writes_nothing(home: Path, here: Here) -> None:
    before = (home / "journal.jsonl").read_bytes()
    for what, wrong in BAD.items():
        for arguments in wrong:
            done = here("log", "add", what, *arguments)
            assert done.code in (1, 2), (arguments, done)
            assert done.out == ""
            assert done.err
    assert (home / "journal.jsonl").read_bytes() == before


def test_an_entry_is_corrected_and_shown_so(home: Path) -> None:
    shows = amend(home, "2")
    assert shows.code == 0
    assert "pain=4" in shows.out
    assert "soreness:multifidus=2" in shows.out
    done = amend(home, "2", "pain=3", "soreness:multifidus=1", "--reason", "pressed wrong")
    assert (done.code, done.out) == (0, "")
    [corrected] = told(home)
    assert isinstance(corrected, Amended)
    assert (corrected.amends, corrected.reason) == (2, "pressed wrong")
    shown = reloadpt(home, "log", "show").out
    assert "now pain 3, soreness multifidus 1 (corrected by entry 3: pressed wrong)" in shown
    assert "before: pain 4" in shown or "morning: pain 4" in shown, "what was first written stays"
    assert amend(home, "2", "--void", "--reason", "not mine").code == 0
    assert "taken back (corrected by entry 4: not mine)" in reloadpt(home, "log", "show").out
    assert amend(home, "2", "--as-written", "--reason", "it was").code == 0
    assert "now as first written (corrected by entry 5: it was)" in reloadpt(home, "log", "show").out
    assert reloadpt(home, "log", "verify").code == 0


WRONG: Sequence[tuple[str, ...]] = [
    (),
    ("99", "pain=3", "--reason", "x"),
    ("-1", "pain=3", "--reason", "x"),
    ("0", "zone=x", "--reason", "x"),
    ("1", "--void", "--reason", "x"),
    ("2", "pain=3"),
    ("2", "pain=11", "--reason", "x"),
    ("2", "pain", "--reason", "x"),
    ("2", "pain=3", "pain=4", "--reason", "x"),
    ("2", "kind=note", "--reason", "x"),
    ("2", "flags=[]", "--reason", "x"),
    ("2", "soreness:deltoid=3", "--reason", "x"),
    ("2", "pain=4", "--reason", "x"),
    ("2", "pain=3", "--void", "--reason", "x"),
    ("2", "--as-written", "--reason", "x"),
    ("2", "[/]=<script>", "--reason", "x"),
]


def test_a_correction_that_cannot_be_is_a_sentence_and_writes_nothing(home: Path, here: Here) -> None:
    before = (home / "journal.jsonl").read_bytes()
    for arguments in WRONG:
        done = here("log", "amend", *arguments)
        assert done.code in (1, 2), (arguments, done)
        assert done.out == ""
        assert 0 < len(done.err) < 600
    assert (home / "journal.jsonl").read_bytes() == before


def test_hostile_words_in_notes_and_reasons_reach_the_terminal_as_text(home: Path, here: Here) -> None:
    for text in HOSTILE:
        assert here("log", "add", "note", "--", text).code == 0
    n = 2 + len(told(home))
    assert here("log", "amend", str(n), "text=\x1b[31m[/] <b>", "--reason", "\x1b]0;owned\x07").code == 0
    shown = here("log", "show")
    assert shown.code == 0
    assert "\x1b" not in shown.out + here("log", "amend", str(n)).out
    assert "\u202e" not in shown.out
