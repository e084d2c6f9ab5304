"""A file that someone wrote: what is wrong is said by file, line and field, with the nearest right word."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reloadpt.files import Trouble
from reloadpt.program.check import InvalidFile, lines_by_location, read_checked, read_form, schema_of
from reloadpt.program.lenient import read_logged_plan
from reloadpt.program.library import Library, shipped_folder
from reloadpt.program.plan import Plan
from reloadpt.program.programme import PHASES, Programme

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
TARGET: dict[str, Any] = {
    "muscle": "multifidus",
    "intent": "wake",
    "needled_at": "2026-11-20T09:00:00+01:00",
}
PLAN: dict[str, Any] = {
    "format": "reloadpt-plan/1",
    "id": "p1",
    "patient": "A-17",
    "made_at": "2026-11-20T09:30:00+01:00",
    "targets": [TARGET],
}


def plan_file(folder: Path, **changes: Any) -> Path:
    path = folder / "a.plan.json"
    path.write_text(json.dumps(PLAN | changes, indent=1), encoding="utf-8")
    return path


def problems(path: Path, form: type[Any]) -> tuple[str, ...]:
    with pytest.raises(InvalidFile) as caught:
        read_form(path, form)
    return tuple(str(problem) for problem in caught.value.problems)


def test_a_plan_needs_five_fields_and_the_rest_has_defaults(tmp_path: Path) -> None:
    plan = read_form(plan_file(tmp_path), Plan)
    assert plan.self_made
    assert plan.contact.emergency is None
    assert plan.most_exercises == 4
    assert plan.targets[0].side == "both"


EXAMPLES = {
    "id": ', such as "multifidus/bird-dog"',
    "patient": ', such as "A-17"',
    "made_at": ', such as "2026-11-20T10:00:00+01:00"',
}


@pytest.mark.parametrize("field", ["format", "id", "patient", "made_at", "targets"])
def test_each_needed_field_is_named_when_it_is_missing(tmp_path: Path, field: str) -> None:
    path = tmp_path / "a.plan.json"
    path.write_text(json.dumps({name: value for name, value in PLAN.items() if name != field}))
    assert problems(path, Plan) == (f"{path}, line 1: {field} is missing; add it{EXAMPLES.get(field, '')}.",)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"complain": "back"}, "complain", "did you mean “complaint”?"),
        ({"progression": "guidde"}, "progression", "did you mean “guided”?"),
        ({"most_exercises": 0}, "most_exercises", "1 or more"),
        ({"most_exercises": "4"}, "most_exercises", "a whole number"),
        ({"start_pain": 11}, "start_pain", "10 or less"),
        ({"made_at": "2026-11-20T09:30:00"}, "made_at", "the offset too"),
        ({"made_at": "yesterday"}, "made_at", "a day and a time"),
        ({"patient": ""}, "patient", "some words"),
        ({"targets": []}, "targets", "a list of at least 1"),
        ({"targets": "multifidus"}, "targets", "a list in [ ]"),
        ({"targets": [TARGET | {"intent": "wak"}]}, "targets[0].intent", "did you mean “wake”?"),
        ({"targets": [TARGET | {"side": "l"}]}, "targets[0].side", "write left, right or both"),
        ({"targets": [TARGET, TARGET]}, "", "stands twice for the same side"),
        ({"doses": [{"exercise": "bird-dog"}]}, "doses[0].exercise", "not written the way it must be"),
        ({"contact": {"fone": "1"}}, "contact.fone", "did you mean “phone”?"),
        ({"exercises": [{}]}, "exercises[0].id", "is missing"),
        ({"limits": {"reset": 12}}, "limits.reset", "10 or less"),
        ({"has": ["bands"]}, "has[0]", "did you mean “band”?"),
    ],
)
def test_a_wrong_field_is_named_with_what_to_do(
    tmp_path: Path, changes: dict[str, Any], field: str, words: str
) -> None:
    found = problems(plan_file(tmp_path, **changes), Plan)
    assert any(field in said and words in said for said in found), found


def test_every_problem_is_told_at_once_each_with_its_line(tmp_path: Path) -> None:
    path = plan_file(tmp_path, complain="x", progression="guidde")
    text = path.read_text().splitlines()
    for said in problems(path, Plan):
        line = int(said.split("line ")[1].split(":")[0])
        field = said.split(": ")[1].split(" ")[0]
        assert f'"{field}"' in text[line - 1]


def test_only_what_is_wrong_itself_is_told_not_what_follows_from_it(tmp_path: Path) -> None:
    path = plan_file(tmp_path, targets=[{"muscle": "multifidus"}])
    assert [said.split(": ", 1)[1] for said in problems(path, Plan)] == [
        'targets[0].needled_at is missing; add it, such as "2026-11-20T10:00:00+01:00".'
    ]


BAD_FILES: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "is empty"),
    "blank": (b" \n ", "is empty"),
    "not JSON": (b"{format}", "not JSON here"),
    "cut off": (b'{"format": "reloadpt', "not JSON here"),
    "binary": (bytes(range(256)), "neither text nor"),
    "twice": (b'{"id": 1, "id": 2}', "stands twice"),
    "NaN": (b'{"id": NaN}', "not a number that JSON knows"),
    "deep": (b"[" * 100_000, "nested too deeply"),
    "long number": (b"[" + b"9" * 10_000 + b"]", "nested too deeply, or a number too long"),
    "a list": (b"[1]", "a JSON list"),
    "a word": (b'"plan"', "a text"),
    "half a sign": (b'{"id": "\\ud800"}', "half a sign"),
}


@pytest.mark.parametrize("name", BAD_FILES)
@pytest.mark.parametrize("form", [Plan, Programme])
def test_a_bad_file_gets_a_plain_sentence(tmp_path: Path, name: str, form: type[Any]) -> None:
    path = tmp_path / "bad.json"
    data, words = BAD_FILES[name]
    path.write_bytes(data)
    with pytest.raises(Trouble) as caught:
        read_form(path, form)
    assert words in str(caught.value)
    assert str(path) in str(caught.value)


def test_a_file_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "big.json"
    with path.open("wb") as handle:
        handle.truncate(200 * 1024 * 1024)
    with pytest.raises(Trouble, match="larger than 4 MiB"):
        read_form(path, Plan)


def test_a_folder_or_a_missing_file_is_said_to_be_one(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="is a folder"):
        read_form(tmp_path, Plan)
    with pytest.raises(Trouble, match="no such file"):
        read_form(tmp_path / "none.json", Plan)


# Programmes ------------------------------------------------------------

Change = Callable[[dict[str, Any]], object]


def _set(path: str, value: object) -> Change:
    def change(programme: dict[str, Any]) -> None:
        *way, last = path.split(".")
        place: Any = programme
        for part in way:
            place = place[int(part)] if part.isdigit() else place[part]
        place[int(last) if last.isdigit() else last] = value

    return change


def _drop(path: str) -> Change:
    def change(programme: dict[str, Any]) -> None:
        *way, last = path.split(".")
        place: Any = programme
        for part in way:
            place = place[int(part)] if part.isdigit() else place[part]
        del place[last]

    return change


BROKEN: list[tuple[Change, str, str]] = [
    (_drop("format"), "format", "is missing"),
    (_drop("muscle"), "muscle", "is missing"),
    (_drop("name"), "name", "is missing"),
    (_drop("where"), "where", "is missing"),
    (_drop("region"), "region", "is missing"),
    (_drop("default_intent"), "default_intent", "is missing"),
    (_drop("stop_rules"), "stop_rules", "is missing"),
    (_drop("exercises"), "exercises", "is missing"),
    (_drop("exercises.0.id"), "exercises[0].id", "is missing"),
    (_drop("exercises.0.cue"), "exercises[0].cue", "is missing"),
    (_drop("exercises.0.mistake"), "exercises[0].mistake", "is missing"),
    (_drop("exercises.0.setup"), "exercises[0].setup", "is missing"),
    (_drop("exercises.0.evidence"), "exercises[0].evidence", "is missing"),
    (_drop("exercises.0.dose"), "exercises[0].dose", "is missing"),
    (_drop("exercises.0.dose.sets"), "exercises[0].dose.sets", "is missing"),
    (_drop("exercises.0.dose.often"), "exercises[0].dose.often", "is missing"),
    (_drop("exercises.0.dose.often.per"), "exercises[0].dose.often.per", "is missing"),
    (_set("format", "reloadpt-programme/9"), "format", "reloadpt-programme/2"),
    (_set("muscle", "Multi Fidus"), "muscle", "not written the way"),
    (_set("region", "bak"), "region", "did you mean “back”?"),
    (_set("default_intent", "wakes"), "default_intent", "did you mean “wake”?"),
    (_set("stop_rules", []), "stop_rules", "a list of at least 1"),
    (_set("stop_rules.0", "S9"), "stop_rules[0]", "write S0, ST"),
    (_set("exercises.0.phase", "resett"), "exercises[0].phase", "did you mean “reset”?"),
    (_set("exercises.0.intent", "quiet"), "exercises[0].intent", "write calm, wake or both"),
    (_set("exercises.0.type", "stretching"), "exercises[0].type", "did you mean “stretch”?"),
    (_set("exercises.0.position", "lying"), "exercises[0].position", "did you mean “side-lying”?"),
    (_set("exercises.0.equipment", ["stik"]), "exercises[0].equipment[0]", "did you mean “stick”?"),
    (_set("exercises.0.equipment", ["mat"]), "exercises[0].equipment[0]", "a bed, a sofa or a carpet does"),
    (_drop("version"), "version", "write 1, and one more when a file that others have changes"),
    (_set("version", 0), "version", "1 or more"),
    (_set("weeks", 0), "weeks", "1 or more"),
    (_set("sources.mtgsked-arm-lift.grade", "blog"), "sources.mtgsked-arm-lift.grade", "study, guideline"),
    (_drop("sources.mtgsked-arm-lift.grade"), "sources.mtgsked-arm-lift.grade", "is missing"),
    (_drop("exercises.0.ease"), "exercises[0].ease", "is missing"),
    (
        _drop("exercises.0.effects"),
        "exercises[0].effects",
        "is missing; say true or false for end_range_spine",
    ),
    (_drop("exercises.0.effects.strain"), "exercises[0].effects.strain", "is missing"),
    (_set("exercises.0.effects.strain", "no"), "exercises[0].effects.strain", "true or false"),
    (_set("exercises.0.effects.heavy", True), "exercises[0].effects.heavy", "is not a name"),
    (_set("exercises.0.asks", ["overhed"]), "exercises[0].asks[0]", "did you mean “overhead”?"),
    (_set("exercises.0.harder", "Lift higher."), "exercises[0].harder", "not written the way"),
    (
        _set("exercises.0.harder", "multifidus/brid-dog"),
        "exercises[0].harder",
        "did you mean “multifidus/bird-dog”?",
    ),
    (_set("exercises.8.easier", "multifidus/bird-dog"), "exercises[8].easier", "names the exercise itself"),
    (
        _set("exercises.4.instead_of", "multifidus/pallof-press"),
        "exercises[4].instead_of",
        "of another phase",
    ),
    (_set("exercises.4.dose.reps_to", 2), "exercises[4].dose", "must be more than reps"),
    (
        _set("without", [{"phase": "perform", "intent": "wake", "cannot": []}]),
        "without[0].cannot",
        "a list of at least 1",
    ),
    (
        _set("without", [{"phase": "perform", "intent": "wake", "cannot": ["sit"]}]),
        "without[0].why",
        "is missing",
    ),
    (_set("exercises.0.equipment", []), "exercises[0].equipment", "a list of at least 1"),
    (_set("exercises.0.dose.sets", 0), "exercises[0].dose.sets", "1 or more"),
    (_set("exercises.0.dose.sets", "3"), "exercises[0].dose.sets", "a whole number"),
    (_set("exercises.0.dose.sets", 2.5), "exercises[0].dose.sets", "a whole number"),
    (_set("exercises.0.dose.reps", 1000), "exercises[0].dose.reps", "100 or less"),
    (_set("exercises.0.dose.tempo", None), "exercises[0].dose", "both missing"),
    (_set("exercises.0.dose.hold_s", 10), "exercises[0].dose", "not both"),
    (_set("exercises.0.dose.tempo", "40-30-20"), "exercises[0].dose", "1 to 60 seconds"),
    (_set("exercises.0.dose.tempo", "0-0-0"), "exercises[0].dose", "1 to 60 seconds"),
    (_set("exercises.0.dose.tempo", "slow"), "exercises[0].dose.tempo", "not written the way"),
    (_set("exercises.0.dose.often.per", "weak"), "exercises[0].dose.often.per", "did you mean “week”?"),
    (_set("exercises.0.dose.often.times", 0), "exercises[0].dose.often.times", "1 or more"),
    (_set("exercises.0.dose.rests", 10), "exercises[0].dose.rests", "did you mean “rest_s”?"),
    (_set("exercises.0.cues", "x"), "exercises[0].cues", "did you mean “cue”?"),
    (_set("exercises.0.setup", ["one step"]), "exercises[0].setup", "a list of at least 2"),
    (_set("exercises.3.evidence", "nobody-1999"), "exercises[3].evidence", "has no entry in sources"),
    (_set("exercises.0.id", "upper-trapezius/breathing"), "exercises[0].id", "belongs to another muscle"),
    (_set("exercises.0.from_day", 0), "exercises[0].from_day", "1 or more"),
    (_set("avoid", [{"what": "lifting"}]), "avoid[0].hours", "is missing"),
    (_set("exercises", []), "exercises", "a list of at least 4"),
]


@pytest.mark.parametrize("number", range(len(BROKEN)))
def test_a_broken_programme_fails_with_its_file_and_field(tmp_path: Path, number: int) -> None:
    change, field, words = BROKEN[number]
    programme = json.loads((shipped_folder() / "multifidus.json").read_text(encoding="utf-8"))
    change(programme)
    path = tmp_path / "multifidus.json"
    path.write_text(json.dumps(programme, indent=1), encoding="utf-8")
    found = problems(path, Programme)
    assert any(said.startswith(f"{path}, line") and field in said and words in said for said in found), found


def test_a_stand_in_takes_the_place_of_a_first_choice_for_the_same_intent(tmp_path: Path) -> None:
    programme = json.loads((shipped_folder() / "multifidus.json").read_text(encoding="utf-8"))
    bird_dog, bridge = (
        exercise
        for exercise in programme["exercises"]
        if exercise["phase"] == "reload" and "instead_of" not in exercise
    )
    others = [copy.deepcopy(bird_dog) | {"id": f"multifidus/bird-dog-{n}"} for n in range(3)]
    others[0] |= {"instead_of": bird_dog["id"], "intent": "both"}
    others[1] |= {"instead_of": others[0]["id"]}
    others[2] |= {"instead_of": bridge["id"], "intent": "calm"}
    programme["exercises"] += others
    path = tmp_path / "multifidus.json"
    path.write_text(json.dumps(programme), encoding="utf-8")
    at = len(programme["exercises"]) - 3
    assert [said.split(": ", 1)[1] for said in problems(path, Programme)] == [
        (
            f"exercises[{at + 1}].instead_of names another stand-in; name the one that both stand in for, "
            "“multifidus/bird-dog”."
        ),
        f"exercises[{at + 2}].instead_of names an exercise for “wake”; this one must serve that too: wake or both.",
    ]


def _as_before(programme: dict[str, Any]) -> dict[str, Any]:
    """The programme as files of the first form said it."""
    old = {name: value for name, value in programme.items() if name not in ("version", "weeks")}
    exercises = [
        {name: value for name, value in each.items() if name not in ("effects", "asks", "ease")}
        | {"easier": each["ease"], "harder": "Lift higher.", "equipment": ["mat"]}
        for each in programme["exercises"]
    ]
    sources = {
        mark: {name: value for name, value in source.items() if name != "grade"}
        for mark, source in programme["sources"].items()
    }
    return old | {"format": "reloadpt-programme/1", "exercises": exercises, "sources": sources}


def test_a_file_of_the_first_form_is_read_with_its_easier_way_and_no_effects(tmp_path: Path) -> None:
    programme = json.loads((shipped_folder() / "multifidus.json").read_text(encoding="utf-8"))
    path = tmp_path / "multifidus.json"
    path.write_text(json.dumps(_as_before(programme)), encoding="utf-8")
    read = read_form(path, Programme)
    assert [each.ease for each in read.exercises] == [each["ease"] for each in programme["exercises"]]
    assert {each.effects for each in read.exercises} == {None}
    assert (read.version, read.weeks) == (1, 6)
    old = _as_before(programme)
    old["exercises"][1]["easier"] = 3
    path.write_text(json.dumps(old, indent=1), encoding="utf-8")
    [said] = problems(path, Programme)
    assert "exercises[1].ease is “3”" in said


def test_a_plan_says_in_words_of_now_what_it_said_before(tmp_path: Path) -> None:
    programme = json.loads((shipped_folder() / "multifidus.json").read_text(encoding="utf-8"))
    own = _as_before(programme)["exercises"][0]
    path = plan_file(tmp_path, cannot=["prone", "kneel"], exercises=[own])
    for plan in (read_form(path, Plan), read_logged_plan(json.loads(path.read_text()), NOON)[0]):
        assert plan.cannot == ("front", "kneel")
        assert plan.exercises[0].ease == own["easier"]


LIFT: list[dict[str, Any]] = [{"posture": "supine"}, {"posture": "supine", "angles": {"hip_right": 40}}]
FRAMES = "exercises[0].figure.frames"

BROKEN_FIGURES: list[tuple[Any, str, str]] = [
    ("standing", "exercises[0].figure", "an object in"),
    ({}, FRAMES, "is missing"),
    ({"frames": []}, FRAMES, "a list of at least 1"),
    ({"frames": [{"posture": "planck"}]}, f"{FRAMES}[0].posture", "Did you mean “plank”?"),
    ({"frames": [{"posture": "standing", "pose": 1}]}, f"{FRAMES}[0].pose", "did you mean “posture”?"),
    ({"frames": LIFT, "viev": "side"}, "exercises[0].figure.viev", "did you mean “view”?"),
    ({"frames": LIFT, "view": "sid"}, "exercises[0].figure.view", "did you mean “side”?"),
    ({"frames": LIFT, "works": ["right_leg"]}, "exercises[0].figure.works[0]", "“leg_right”?"),
    ({"frames": LIFT, "props": [{"kind": "bands"}]}, "exercises[0].figure.props[0].kind", "“band”?"),
    (
        {"frames": LIFT, "props": [{"kind": "pillow", "at": "haed"}]},
        "exercises[0].figure.props[0].at",
        "Did you mean “head”?",
    ),
    (
        {"frames": LIFT, "region": {"at": ["belly"], "does": "swell"}},
        "exercises[0].figure.region.does",
        "did you mean “swells”?",
    ),
    (
        {"frames": [LIFT[0], {"posture": "supine", "angles": {"knee_rihgt": 30}}]},
        f"{FRAMES}[1].angles.knee_rihgt",
        "Did you mean “knee_right”?",
    ),
    (
        {"frames": [LIFT[0], {"posture": "supine", "angles": {"knee_right": -40}}]},
        f"{FRAMES}[1].angles.knee_right",
        "further than knee_right goes",
    ),
    (
        {"frames": [LIFT[0], {"posture": "supine", "angles": {"shoulder_right": -60}}]},
        f"{FRAMES}[1]",
        "below the floor",
    ),
    (
        {"frames": [LIFT[0], {"posture": "supine", "reach": {"hand_left": [2.5, 1.0]}}]},
        f"{FRAMES}[1].reach.hand_left",
        "it ends",
    ),
    (
        {"frames": [LIFT[0], {"posture": "supine", "reach": {"hand_left": 3}}]},
        f"{FRAMES}[1].reach.hand_left",
        "write words in quotes or a list in",
    ),
    ({"frames": [LIFT[0], LIFT[0]]}, FRAMES, "Nothing moves"),
    ({"frames": [{"posture": "close-foot"}, LIFT[0]]}, FRAMES, "only be followed by the same close-up"),
]


@pytest.mark.parametrize("number", range(len(BROKEN_FIGURES)))
def test_a_figure_that_cannot_be_drawn_fails_with_its_file_line_and_field(
    tmp_path: Path, number: int
) -> None:
    figure, field, words = BROKEN_FIGURES[number]
    programme = json.loads((shipped_folder() / "multifidus.json").read_text(encoding="utf-8"))
    programme["exercises"][0]["figure"] = figure
    path = tmp_path / "multifidus.json"
    path.write_text(json.dumps(programme, indent=1), encoding="utf-8")
    [said] = problems(path, Programme)
    place, _, what = said.removeprefix(f"{path}, line ").partition(": ")
    assert what.startswith(f"{field} "), said
    assert words in what
    line = path.read_text(encoding="utf-8").splitlines()[int(place) - 1]
    assert words == "is missing" or field.rpartition(".")[2].partition("[")[0] in line or "]" in field


def test_a_figure_and_a_field_that_are_wrong_are_told_together(tmp_path: Path) -> None:
    programme = json.loads((shipped_folder() / "multifidus.json").read_text(encoding="utf-8"))
    programme["exercises"][1]["figure"] = {"frames": [{"posture": "planck"}]}
    programme["exercises"][0]["dose"]["sets"] = 0
    path = tmp_path / "multifidus.json"
    path.write_text(json.dumps(programme), encoding="utf-8")
    assert [said.split(": ")[1].split()[0] for said in problems(path, Programme)] == [
        "exercises[0].dose.sets",
        "exercises[1].figure.frames[0].posture",
    ]


def test_an_exercise_of_the_therapists_own_in_a_plan_is_drawn_too(tmp_path: Path) -> None:
    programme = json.loads((shipped_folder() / "multifidus.json").read_text(encoding="utf-8"))
    own = programme["exercises"][0]
    assert read_form(plan_file(tmp_path, exercises=[own]), Plan).exercises[0].id == own["id"]
    own["figure"] = {"frames": [{"posture": "planck"}]}
    [said] = problems(plan_file(tmp_path, exercises=[own]), Plan)
    assert "exercises[0].figure.frames[0].posture cannot be drawn" in said


def test_an_id_that_stands_twice_is_named(tmp_path: Path) -> None:
    programme = json.loads((shipped_folder() / "multifidus.json").read_text(encoding="utf-8"))
    programme["exercises"].append(copy.deepcopy(programme["exercises"][0]))
    path = tmp_path / "multifidus.json"
    path.write_text(json.dumps(programme), encoding="utf-8")
    assert any("stands twice" in said for said in problems(path, Programme))


@pytest.mark.parametrize("phase", PHASES)
def test_a_phase_without_exercises_is_named(tmp_path: Path, phase: str) -> None:
    programme = json.loads((shipped_folder() / "multifidus.json").read_text(encoding="utf-8"))
    programme["exercises"] = [each for each in programme["exercises"] if each["phase"] != phase]
    path = tmp_path / "multifidus.json"
    path.write_text(json.dumps(programme), encoding="utf-8")
    assert any(f"no exercise for the phase {phase}" in said for said in problems(path, Programme))


@pytest.mark.parametrize("path", sorted(shipped_folder().glob("*.json")), ids=lambda path: path.stem)
def test_every_shipped_programme_passes_both_our_check_and_an_independent_one(path: Path) -> None:
    programme = read_form(path, Programme)
    assert programme == read_checked(path, Programme)
    assert {exercise.phase for exercise in programme.exercises} == set(PHASES)
    validator = jsonschema.Draft202012Validator(schema_of(Programme))
    told = json.loads(path.read_text(encoding="utf-8"))
    assert not list(validator.iter_errors(told))
    told["exercises"][0]["dose"]["sets"] = "three"
    assert list(validator.iter_errors(told))


def test_the_shipped_library_is_whole() -> None:
    library = Library()
    assert len(library.muscles) == 28
    exercises = [each for muscle in library.muscles for each in library.programme(muscle).exercises]
    assert len({each.id for each in exercises}) == len(exercises) >= 283
    assert [each.id for each in exercises if each.figure is None] == []


def test_the_files_name_the_schema_that_is_kept_beside_the_docs() -> None:
    kept = shipped_folder().parent / "docs" / "programme.schema.json"
    assert json.loads(kept.read_text(encoding="utf-8")) == json.loads(json.dumps(schema_of(Programme)))
    for path in shipped_folder().glob("*.json"):
        assert json.loads(path.read_text(encoding="utf-8"))["$schema"] == "../docs/programme.schema.json"


# Lines -----------------------------------------------------------------

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)


@given(JSON_VALUES, st.sampled_from([None, 1, 3]))
def test_every_place_of_any_json_has_the_line_it_stands_on(value: object, indent: int | None) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=False)
    lines = lines_by_location(text)
    raw = text.split("\n")
    for location, line in lines.items():
        if location and isinstance(location[-1], str):
            assert json.dumps(location[-1], ensure_ascii=False) in raw[line - 1]


# The library -----------------------------------------------------------


def test_a_file_of_ones_own_stands_in_for_the_shipped_one(tmp_path: Path) -> None:
    programme = json.loads((shipped_folder() / "multifidus.json").read_text(encoding="utf-8"))
    programme["name"] = "My own"
    (tmp_path / "multifidus.json").write_text(json.dumps(programme), encoding="utf-8")
    library = Library(tmp_path)
    assert library.programme("multifidus").name == "My own"
    assert library.programme("upper-trapezius").name != "My own"


def test_a_broken_file_of_ones_own_is_named_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "multifidus.json").write_text('{"format": "reloadpt-programme/1"}', encoding="utf-8")
    with pytest.raises(Trouble, match=r"multifidus\.json, line 1: muscle is missing"):
        Library(tmp_path).programme("multifidus")


def test_a_file_named_otherwise_than_its_muscle_is_refused(tmp_path: Path) -> None:
    shipped = (shipped_folder() / "multifidus.json").read_text(encoding="utf-8")
    (tmp_path / "back.json").write_text(shipped, encoding="utf-8")
    with pytest.raises(Trouble, match="Name them alike"):
        Library(tmp_path).programme("back")


@pytest.mark.parametrize(
    ("asked", "near"), [("multifidos", "multifidus"), ("../../etc/passwd", "exercises list"), ("", "list")]
)
def test_an_unknown_muscle_gets_the_nearest_right_word(asked: str, near: str) -> None:
    with pytest.raises(Trouble, match=near):
        Library().programme(asked)


def test_an_unknown_exercise_gets_the_nearest_right_word() -> None:
    with pytest.raises(Trouble, match="Did you mean multifidus/bird-dog"):
        Library().exercise("multifidus/bird-dogs")
