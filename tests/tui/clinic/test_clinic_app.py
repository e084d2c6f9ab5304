from __future__ import annotations

import json
from pathlib import Path

import pytest

from clinic_runs import NOW, Keys, clinic, home_of, imported, write_reports
from reloadpt.clinic.key import make_key
from reloadpt.files import Places
from reloadpt.journal.chain import verify_file
from reloadpt.share.seal import seal_bytes
from reloadpt.tui.clinic.parts import PARTS


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_reports(tmp_path_factory.mktemp("reports"))


@pytest.fixture
def places(tmp_path: Path, reports: Path) -> Places:
    return imported(tmp_path, reports)


def order(keys: Keys) -> list[str]:
    """The aliases in the order they are listed."""
    words = ("W-1", "F-2", "S-3", "H-4")
    found = [word for line in keys.text.splitlines() for word in line.split() if word in words]
    return list(dict.fromkeys(found))


async def test_everybody_is_listed_worst_first_with_why_and_figures(places: Places, tmp_path: Path) -> None:
    async with clinic(places, tmp_path) as keys:
        assert order(keys) == ["W-1", "F-2", "H-4", "S-3"]
        assert "TODAY" in keys.text
        assert "Warning sign" in keys.text
        assert "−3 better" in keys.text
        assert "4 patients   1 today   1 this week" in keys.text
        await keys.press("down")
        assert "Pain 8 and 8 on the last mornings" in keys.words


async def test_search_show_and_sort_by_keys(places: Places, tmp_path: Path) -> None:
    async with clinic(places, tmp_path) as keys:
        await keys.press("slash")
        await keys.type("f-2")
        assert order(keys) == ["F-2"]
        assert "1 of 4 patients" in keys.text
        await keys.press("enter", "x")
        assert len(order(keys)) == 4
        await keys.press("s")
        await keys.until_screen("ChoiceScreen")
        await keys.press("2")
        await keys.until_screen("OverviewScreen")
        assert order(keys) == ["F-2", "H-4", "S-3", "W-1"]
        await keys.press("f")
        await keys.until_screen("ChoiceScreen")
        await keys.press("2")
        await keys.until_screen("OverviewScreen")
        assert order(keys) == ["W-1"]
        await keys.press("slash")
        await keys.type("nobody")
        assert "Nobody fits. X shows all again." in keys.text


async def test_a_folder_is_imported_with_each_kind_told_apart(tmp_path: Path, reports: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    whole = (reports / "S-3.jsonl").read_bytes()
    (inbox / "S-3.jsonl").write_bytes(whole)
    (inbox / "bad.jsonl").write_bytes(b"x" + whole[:200])
    places = home_of(tmp_path)
    public = make_key(places.config)
    (inbox / "sealed.html.age").write_bytes(seal_bytes((reports / "F-2.jsonl").read_bytes(), public))
    async with clinic(places, tmp_path) as keys:
        assert "Nobody here yet" in keys.text
        for expected in ("2 new   1 rejected", "2 unchanged   1 rejected"):
            await keys.press("i")
            await keys.until_screen("WordsScreen")
            await keys.type("inbox")
            await keys.press("enter")
            await keys.until(lambda: "Imported: 3 of 3 files" in keys.text)
            assert expected in keys.text
            assert "bad.jsonl" in keys.words
            assert "It stays where it is." in keys.words
            await keys.press("space")
            await keys.until_screen("OverviewScreen")
            await keys.until(lambda: order(keys) == ["F-2", "S-3"])
    assert (inbox / "bad.jsonl").exists()


async def test_a_path_that_is_not_there_is_rejected_in_words(tmp_path: Path) -> None:
    async with clinic(home_of(tmp_path), tmp_path) as keys:
        await keys.press("i")
        await keys.until_screen("WordsScreen")
        await keys.type("nothing.html")
        await keys.press("enter")
        await keys.until(lambda: "Imported: 1 of 1 files" in keys.text)
        assert "there is no such file" in keys.words


async def test_what_is_dropped_into_a_watched_folder_is_taken_in(tmp_path: Path, reports: Path) -> None:
    drop = tmp_path / "drop"
    drop.mkdir()
    (drop / "S-3.jsonl").write_bytes((reports / "S-3.jsonl").read_bytes())
    async with clinic(home_of(tmp_path), tmp_path) as keys:
        await keys.press("w")
        await keys.until_screen("WordsScreen")
        await keys.type("drop")
        await keys.press("enter")
        await keys.until(lambda: order(keys) == ["S-3"])
        assert "watching drop" in keys.text
        (drop / "F-2.jsonl").write_bytes((reports / "F-2.jsonl").read_bytes())
        await keys.until(lambda: order(keys) == ["F-2", "S-3"])
        await keys.press("w")
        assert "watching drop" not in keys.text


async def test_a_folder_that_is_not_there_is_not_watched(tmp_path: Path) -> None:
    async with clinic(home_of(tmp_path), tmp_path) as keys:
        await keys.press("w")
        await keys.until_screen("WordsScreen")
        await keys.type("nowhere")
        await keys.press("enter")
        await keys.until(lambda: "there is no such folder to watch" in keys.notes)


async def test_one_patient_is_told_part_by_part(places: Places, tmp_path: Path) -> None:
    async with clinic(places, tmp_path, (120, 40)) as keys:
        await keys.press("down", "enter")
        await keys.until_screen("PatientScreen")
        await keys.until(lambda: "pain 8" in keys.text)
        assert "check-in: pain 8" in keys.text
        seen = {}
        for number, name in enumerate(PARTS, start=1):
            await keys.press(str(number))
            seen[name] = keys.text
        assert "●" in seen["Course"]
        assert "▼" in seen["Course"]
        assert "week of" in seen["Course"]
        assert "finished" in seen["Sessions"]
        assert " sets" in seen["Exercises"]
        assert "→" in seen["Doses"]
        assert "Warning signs" in seen["Said"]
        assert "What matters to them" in seen["Said"]
        assert "Between them" in seen["Visits"]
        await keys.press("n")
        await keys.until(lambda: "H-4" in keys.text)
        await keys.press("escape")
        await keys.until_screen("OverviewScreen")


async def spoke_about_it(keys: Keys) -> None:
    """Close the sign of the patient that is open, as far as the note."""
    await keys.press("m")
    await keys.until(lambda: "What did you do about it?" in keys.text)
    await keys.press("1")
    await keys.until(lambda: "By whom?" in keys.text)
    await keys.type("Kim")
    await keys.press("enter")
    await keys.until(lambda: "A note for later, or none" in keys.text)


async def test_an_alert_is_marked_as_seen_without_a_note_too(places: Places, tmp_path: Path) -> None:
    async with clinic(places, tmp_path) as keys:
        await keys.press("enter")
        await keys.until_screen("PatientScreen")
        await spoke_about_it(keys)
        await keys.press("enter")
        await keys.until_screen("PatientScreen")
        await keys.until(lambda: "closed 26 Nov, spoke (Kim)." in keys.text)


async def test_an_alert_marked_as_seen_sinks_and_keeps_its_note(places: Places, tmp_path: Path) -> None:
    async with clinic(places, tmp_path) as keys:
        await keys.press("enter")
        await keys.until_screen("PatientScreen")
        await spoke_about_it(keys)
        await keys.type("called")
        await keys.press("enter")
        await keys.until_screen("PatientScreen")
        await keys.until(lambda: "closed 26 Nov, spoke (Kim): called" in keys.text)
        await keys.press("escape")
        await keys.until_screen("OverviewScreen")
        assert order(keys)[0] == "F-2"
        assert "0 today" in keys.text
    assert verify_file(places.caseload / "seen.jsonl").whole
    async with clinic(places, tmp_path) as keys:
        assert order(keys)[0] == "F-2"


async def test_the_next_plan_comes_from_the_last_one(places: Places, tmp_path: Path) -> None:
    public = make_key(places.config)
    out = tmp_path / "plans"
    out.mkdir()
    async with clinic(places, out, (120, 40)) as keys:
        await keys.press("slash")
        await keys.type("h-4")
        await keys.press("enter", "enter")
        await keys.until_screen("PatientScreen")
        await keys.press("p")
        await keys.until_screen("NeedledPage")
        assert "left out" in keys.text
        assert "stopped for pain" in keys.text
        await keys.press("space", "enter")
        for page in ("MusclesPage", "TargetsPage"):
            await keys.until_screen(page)
            await keys.press("enter")
        for _ in range(3):
            await keys.until_screen("ScreeningPage")
            await keys.press("n")
        for page in ("DosesPage", "FormPage"):
            await keys.until_screen(page)
            await keys.press("enter")
        await keys.until_screen("LastPage")
        await keys.press("enter")
        await keys.until_screen("PatientScreen")
        await keys.until(lambda: "H-4.plan.json" in keys.text)
    plan = json.loads((out / "H-4.plan.json").read_text())
    assert (out / "H-4.handout.html").exists()
    assert plan["patient"] == "H-4"
    assert plan["share_key"] == public
    assert plan["start_pain"] == 2
    assert plan["activities"] == ["sit for an hour", "lift a full basket"]
    assert all(each["answer"] == "no" for each in plan["screened"] if each["item"] != "child")
    needled = {target["muscle"]: target["needled_at"] for target in plan["targets"]}
    assert needled["lumbar-paraspinals"] == NOW.isoformat()
    assert needled["multifidus"] < NOW.isoformat()
    assert [dose["exercise"] for dose in plan["doses"] if dose["omit"]]


async def test_a_plan_for_somebody_with_an_open_warning_sign_says_so_first(
    places: Places, tmp_path: Path
) -> None:
    async with clinic(places, tmp_path, (120, 40)) as keys:
        await keys.press("enter")
        await keys.until_screen("PatientScreen")
        await keys.press("p")
        await keys.until_screen("NeedledPage")
        assert "A warning sign is not cleared" in keys.text
        await keys.press("escape")
        await keys.until_screen("PatientScreen")


async def test_two_that_are_one_are_joined_by_the_therapist(places: Places, tmp_path: Path) -> None:
    async with clinic(places, tmp_path) as keys:
        await keys.press("enter")
        await keys.until_screen("PatientScreen")
        await keys.press("o")
        await keys.until_screen("WordsScreen")
        await keys.type("S-3")
        await keys.press("enter")
        await keys.until_screen("ChoiceScreen")
        await keys.press("2")
        await keys.until_screen("OverviewScreen")
        await keys.until(lambda: "3 patients" in keys.text)
