"""Every dialogue by a list of answers, by lines and by keys: the same questions, and the same in the journal."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from head_runs import Answers, Dialogue, by_keys, by_lines, by_list, home_copy, written

import reloadpt
from app_runs import NEEDLED, HandClock, home_with_plan, low_back_plan
from reloadpt.care.record import Record
from reloadpt.dialogue.asks import go_through, typed_number
from reloadpt.dialogue.at_hand import ask_when_needed
from reloadpt.dialogue.check_in import check_in
from reloadpt.dialogue.first_questions import first_questions
from reloadpt.dialogue.health import answer_screening
from reloadpt.dialogue.in_session import rate, skip_reason
from reloadpt.dialogue.respondent import Respondent
from reloadpt.dialogue.signs import seen_and_may_go_on, signs_in_session
from reloadpt.dialogue.ways import WAYS
from reloadpt.files import Places
from reloadpt.journal.events import CheckedIn, EmergencyNumber, FlagRaised, Note, Paused
from reloadpt.program.plan import DoseOverride, ScreeningAnswer
from reloadpt.program.programme import Frequency
from reloadpt.program.screening import NEVER_LEFT_OUT
from sample_logs import four_days

SOURCE = Path(reloadpt.__file__).parent
MORNING = datetime.fromisoformat("2026-11-22T09:00:00+01:00")
LATER = MORNING + timedelta(days=1)
"""Two whole days went by unopened then."""
EVENING = NEEDLED + timedelta(days=3, hours=8)
JOINED = "می\u200cخواهم [/] <b>x</b> $quiet"


def fresh(folder: Path) -> Places:
    """A home on its third day, with activities to rate."""
    return home_with_plan(folder, low_back_plan(activities=("sit an hour",)))


def four_days_on(folder: Path) -> Places:
    places = Places(folder / "home", folder / "home")
    four_days(places.journal, low_back_plan(start_pain=4)).record.keep_state()
    return places


def abroad(folder: Path) -> Places:
    """A home whose number is for Japan, met in London."""
    places = fresh(folder)
    Record.open(places.journal, MORNING).append([EmergencyNumber(number="119", zone="Asia/Tokyo")], MORNING)
    return places


def locked(folder: Path) -> Places:
    places = fresh(folder)
    record = Record.open(places.journal, MORNING)
    record.append(
        [CheckedIn(when="other", asked=("SN",), flags=("SN",)), FlagRaised(code="SN", advice="Call.")],
        MORNING - timedelta(hours=3),
    )
    return places


def paused(folder: Path) -> Places:
    places = four_days_on(folder)
    Record.open(places.journal, EVENING).append([Paused(from_="2026-11-22", to="2026-11-30")], EVENING)
    return places


def short(folder: Path) -> Places:
    often = Frequency(times=6, per="day")
    dose = DoseOverride(exercise="lumbar-paraspinals/pelvic-tilts", often=often)
    return home_with_plan(folder, low_back_plan(doses=(dose,)))


def loaded(folder: Path) -> Places:
    """A home on whose second day something with a weight is due."""
    lift = "multifidus/romanian-deadlift"
    dose = DoseOverride(exercise=lift, from_phase="activate")
    return home_with_plan(folder, low_back_plan(doses=(dose,), demanding=(lift,), most_exercises=12))


def not_screened(folder: Path) -> Places:
    """A home whose plan leaves open what was never asked, and what was not known."""
    answers = tuple(
        ScreeningAnswer(item=item, answer="unanswered" if item == "osteoporosis" else "no")
        for item in NEVER_LEFT_OUT
        if item not in ("falls", "infection", "later-pregnancy")
    )
    return home_with_plan(folder, replace(low_back_plan(), screened=answers))


def empty(folder: Path) -> Places:
    return Places(folder / "home", folder / "home")


@dataclass(frozen=True)
class Case:
    """A dialogue, where it is begun, and what is answered; ``kinds`` are what it writes."""

    home: Callable[[Path], Places]
    at: datetime
    answers: Answers
    kinds: tuple[str, ...]
    begin: Dialogue | None = None


def way(word: str) -> Dialogue:
    return next(way.begin for way in WAYS if way.word == word)


async def _in_session(dialogue: Callable[..., Any], patient: Respondent, head: Any) -> None:
    """Ask inside a session, and note what was answered."""
    due = patient.today()
    assert due
    asked = partial(dialogue, "2026-11-22.1", due.items) if dialogue is rate else dialogue
    patient.write(Note(text=str(await go_through(head, asked))))


CASES: dict[str, Case] = {
    "check-in": Case(
        fresh, LATER,
        [{"pain": 3, "worst": 10, "sore back both": 0}, {"sit an hour": 7}, "forgot", ()],
        ("checked_in", "activity_rated", "missed_explained", "missed_explained"), check_in,
    ),
    "check-in with a sign": Case(
        fresh, LATER,
        [{"pain": 10, "worst": None, "sore back both": None}, {"sit an hour": None}, "not said", ("SL",), "yes"],
        ("checked_in", "flag_raised"), check_in,
    ),
    "first questions": Case(
        empty, MORNING,
        ["alone", ("infection?",), (), ("calf", "hamstrings"),
         {"side calf": "left", "when calf": "24", "side hamstrings": "both", "when hamstrings": "1"}, "other", "112", "yes"],
        ("plan_started",), first_questions,
    ),
    "first questions, needled where there are no exercises": Case(
        empty, MORNING,
        ["alone", (), (), ("scalenes",), {"side scalenes": "left", "when scalenes": "24"}, "other", "112", "yes"],
        ("plan_started",), first_questions,
    ),
    "seen": Case(locked, MORNING, ["Dr. No", "by_phone", "2 h", "yes"], ("cleared",), seen_and_may_go_on),
    "seen in person": Case(
        locked, MORNING, ["Dr. No", "in_person", JOINED, "2 h", "yes"], ("cleared",), seen_and_may_go_on
    ),
    "seen, and not so": Case(locked, MORNING, ["Dr. No", "by_phone", "2 h", "no"], (), seen_and_may_go_on),
    "signs in a session": Case(
        fresh, MORNING, [("SL", "SN"), "no"], ("checked_in", "flag_withdrawn", "flag_withdrawn"), signs_in_session
    ),
    "sudden pain after a fall": Case(
        fresh, LATER + timedelta(days=2), [("SK", "SI"), "yes", ("fall",)],
        ("checked_in", "flag_raised", "flag_raised"), signs_in_session,
    ),
    "check-in in another country": Case(
        abroad, LATER, ["999", {"pain": 3, "worst": 10, "sore back both": 0}, {"sit an hour": 7}, "forgot", ()],
        ("emergency_number", "checked_in", "activity_rated", "missed_explained", "missed_explained"), check_in,
    ),
    "skip": Case(fresh, MORNING, ["equipment"], ("note",), partial(_in_session, skip_reason)),
    "rate": Case(fresh, MORNING, [{"0": 4, "1": "needle", "2": 0, "4": 3, "6": 10}], ("note",), partial(_in_session, rate)),
    "signs": Case(fresh, MORNING, [("worry",), JOINED], ("checked_in", "worried")),
    "sore": Case(fresh, MORNING, [{"pain": 2, "sore back both": 5}], ("checked_in",)),
    "tick": Case(short, MORNING, [{"lumbar-paraspinals/pelvic-tilts": "2"}], ("set_done", "set_done", "session_closed") * 2),
    "done": Case(four_days_on, EVENING, ["2026-11-22", "other", "multifidus/bird-dog", "1", {"worst": 2}], ("set_done", "set_done", "session_closed")),
    "correct": Case(four_days_on, EVENING, ["0", "pain", {"pain": 5}, "own words", JOINED], ("amended",)),
    "note": Case(fresh, MORNING, [JOINED], ("note",)),
    "share": Case(four_days_on, EVENING, [], ("shared",)),
    "needled": Case(four_days_on, EVENING, ["another", "calf", "left", "other", "yesterday 14:30", "yes"], ("needled",)),
    "away": Case(
        four_days_on, EVENING, ["moving", "2026-11-24", "other", "28 november", ("band", "dumbbell"), "1, 2 and 4"],
        ("at_hand", "note"),
    ),
    "at home": Case(four_days_on, EVENING, [("band", "dumbbell"), "2.5 kg 10 lb"], ("at_hand",)),
    "health": Case(not_screened, EVENING, [("osteoporosis", "falls?")], ("screening_answered",)),
    "health, and what bars it all": Case(
        not_screened, EVENING, [("infection", "later-pregnancy"), "yes", "yes", "2027-03-01"], ("screening_answered",),
        answer_screening,
    ),
    "what is needed": Case(loaded, LATER, [("dumbbell",), "not known"], ("at_hand",), ask_when_needed),
    "back again": Case(paused, EVENING, [], ("paused",)),
    "told": Case(four_days_on, EVENING, [JOINED], ("note",)),
    "spoke": Case(four_days_on, EVENING, ["the clinic", "in_person", "yesterday", "yes"], ("cleared",)),
}  # fmt: skip


def test_every_dialogue_is_driven_here() -> None:
    assert {way.word for way in WAYS} <= set(CASES)
    begun = {case.begin for case in CASES.values()}
    assert {ask_when_needed, check_in, first_questions, seen_and_may_go_on, signs_in_session} <= begun


@pytest.mark.parametrize("name", CASES)
async def test_it_asks_and_writes_the_same_through_every_head(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("TZ", "Europe/London" if CASES[name].home == abroad else "Etc/UTC")
    case = CASES[name]
    source = case.home(tmp_path / "source")
    clock = HandClock(case.at)
    first = Record.open(source.journal, case.at).history.entries if source.journal.exists() else 0
    answers = [str(_reading(source)) if answer == "0" else answer for answer in case.answers]
    dialogue = case.begin or way(name)
    homes = {head: home_copy(source, tmp_path / head) for head in ("list", "lines", "keys")}
    asked = by_list(homes["list"], clock, dialogue, answers)
    assert [question.question for question in by_lines(homes["lines"], clock, dialogue, answers)] == [
        question.question for question in asked
    ]
    by_key = await by_keys(homes["keys"], clock, dialogue, answers)
    assert [question.question for question in by_key] == [question.question for question in asked]
    told = {head: written(places, clock, first) for head, places in homes.items()}
    assert (
        tuple(event["kind"] for event in told["list"] if event["kind"] not in ("due", "concern_told"))
        == case.kinds
    )
    assert told["lines"] == told["list"]
    assert told["keys"] == told["list"]


def _reading(places: Places) -> int:
    """The entry of the last check-in."""
    return Record.open(places.journal, EVENING).history.checkins[-1].n


# Numbers ------------------------------------------------------------------------------------------------


def test_the_end_of_a_ten_is_never_the_best_number() -> None:
    for first in range(10):
        assert typed_number(None, first) == first
        for second in range(10):
            ten = (first, second) == (1, 0)
            assert typed_number(first, second) == (10 if ten else second)
    assert typed_number(10, 0) == 10
    assert typed_number(10, 3) == 3


# One place ----------------------------------------------------------------------------------------------

ASKED_ELSEWHERE = {
    "plain/talk.py": {"Which one?", "Which of these?"},
    "tui/patient/flows.py": {"What would you like to do?"},
    "tui/patient/settings.py": {": when?"},
}
"""What is chosen from any list, what is done next, and what is set, is no question to the patient about themselves."""
HEADS = ("plain", "tui/patient", "tui/asks")


def questions_in(source: str) -> set[str]:
    """The texts of a module that ask something: they end with a question mark and are no docstring."""
    tree = ast.parse(source)
    passed_over = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and node not in passed_over
        and isinstance(node.value, str)
        and node.value.endswith("?")
        and len(node.value.split()) > 1
    }


def writes_in(source: str) -> bool:
    """Whether a module writes into the journal."""
    return any(
        isinstance(node, ast.Attribute) and node.attr == "append" and "record" in ast.unparse(node.value)
        for node in ast.walk(ast.parse(source))
    )


def test_no_question_is_worded_and_no_answer_written_outside_the_dialogues() -> None:
    found: dict[str, set[str]] = {}
    for place in HEADS:
        for path in sorted((SOURCE / place).rglob("*.py")) or [SOURCE / place]:
            name = path.relative_to(SOURCE).as_posix()
            source = path.read_text(encoding="utf-8")
            found[name] = questions_in(source) - ASKED_ELSEWHERE.get(name, set())
            assert not writes_in(source), name
    assert {name: texts for name, texts in found.items() if texts} == {}


def test_a_question_that_is_worded_elsewhere_is_found() -> None:
    assert questions_in('talk.ask("How strong is it?")') == {"How strong is it?"}
    assert questions_in('"""Is it so?"""') == set()
    assert writes_in("self.record.append([event], at)")
    assert not writes_in("lines.append(1)")
