"""Every command in a terminal, with hostile text in every field: nothing from a file moves the cursor."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app_runs import low_back_plan
from every_command import not_tried
from program_runs import home_in_use, in_terminal, reloadpt
from reloadpt.care.record import Record
from reloadpt.clock import now
from reloadpt.files import JOINERS, escape_unseen, json_text, shorten, visible
from reloadpt.journal.events import ActivityRated, CheckedIn, MissedExplained, Note, Paused, SessionOpened
from reloadpt.program.making import plan_file
from reloadpt.program.plan import Contact

EVIL = "\x1b]0;x\x07\x1b[2J\x9b31m\u202egnp\u2066\u2028\u2029\x85\x7f\x08\r[/] می\u200cخواهم"
"""Escapes, a C1 control, the marks that turn the writing round, line separators; and a joiner that is spelling."""
SIZE = (50, 400)


def hostile(form: Any) -> Any:
    """A JSON value with every free text of a person's replaced."""
    match form:
        case dict():
            return {
                name: EVIL if name in FREE and isinstance(value, str) else hostile(value)
                for name, value in form.items()
            }
        case list():
            return [hostile(item) for item in form]
        case _:
            return form


FREE = (
    "note",
    "complaint",
    "made_by",
    "clinic",
    "name",
    "why",
    "reason",
    "by",
    "where",
    "phone",
    "out_of_hours",
    "source",
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home, a caseload and files in which every free text is hostile."""
    folder = tmp_path_factory.mktemp("hostile")
    home = folder / "home"
    plan = low_back_plan(
        now(), made_by=EVIL, complaint=EVIL, note=EVIL, activities=(EVIL,), known_symptoms=(EVIL,),
        contact=Contact(clinic=EVIL, phone=EVIL, emergency=EVIL, out_of_hours=EVIL),
    )  # fmt: skip
    plan = replace(plan, patient=EVIL)  # as an earlier version took it
    record = Record.open(home / "journal.jsonl", now())
    record.start_plan(plan, now())
    record.append(
        [
            Note(text=EVIL), CheckedIn(when="before", pain=3), Paused(from_="2020-01-01", to="2020-01-02", reason=EVIL),
            MissedExplained(day="2020-01-01", barrier=EVIL), ActivityRated(activity=EVIL, score=3),
            SessionOpened(session=EVIL[:150]),
        ],
        now(),
    )  # fmt: skip
    (folder / "evil.plan.json").write_bytes(plan_file(plan))
    sound = json.loads(plan_file(low_back_plan(now())))
    (folder / "texts.plan.json").write_text(json.dumps(hostile(sound) | {"note": EVIL, "complaint": EVIL}))
    shipped = json.loads((Path(__file__).parents[1] / "exercises" / "multifidus.json").read_text())
    (folder / "multifidus.json").write_text(json.dumps(hostile(shipped)))
    (folder / f"{EVIL.replace('/', '')[:60]}.json").write_text("{")
    (home / "settings.toml").write_text(f"theme = {json.dumps(EVIL)}\n{json.dumps(EVIL)} = 1\n")
    done = reloadpt(home, "share", "-o", folder / "report.html", "--open")
    assert reloadpt(home, "share", "-o", folder / "report.html").code == 0, done
    assert reloadpt(home, "clinic", "import", folder / "report.html").code == 0
    return home


def commands(home: Path) -> Iterator[tuple[str | Path, ...]]:
    folder = home.parent
    [patient] = home.glob("caseload/*/summary.json")
    alias = patient.parent.name
    odd = next(path for path in folder.iterdir() if "gnp" in path.name)
    yield from (
        ("today",), ("today", "--json"), ("plan", "show"), ("plan", "show", "--json"), ("log", "show"), ("log", "show", "--json"),
        ("log", "verify"), ("log", "path"), ("log", "add", "note", EVIL), ("log", "add", "checkin", "--pain", "2"), ("log", "add", "session"),
        ("log", "add", "sets", EVIL), ("log", "schema"), ("log", "amend", "3", "--void"),
        ("checkin", "--pain", "2"), ("needled", "multifidus"), ("needled", EVIL.replace("\0", "")), ("pause", "--from", "2030-01-01", "--to", "2030-01-02", "--reason", EVIL),
        ("clinic", "list"), ("clinic", "list", "--json"), ("clinic", "show", alias), ("clinic", "show", alias, "--json"), ("clinic", "show", EVIL),
        ("clinic", "verify"), ("clinic", "join", alias, EVIL), ("clinic", "part", alias), ("clinic", "import", folder / "report.html", odd),
        ("clinic", "export", "--as", "csv", "-o", folder / "clinic-csv"), ("export", "--as", "csv", "-o", folder / "csv"),
        ("export", "--as", "fhir", "-o", folder / "fhir.json"), ("share", "-o", folder / "again.html"), ("handout", "-o", folder / "h.html"),
        ("remind", "-o", folder / "r.ics"), ("plan", "check", folder / "texts.plan.json"), ("plan", "check", folder / "evil.plan.json"),
        ("plan", "check", odd), ("plan", "use", folder / "evil.plan.json"), ("plan", "use", odd), ("exercises", "check", folder / "multifidus.json"),
        ("exercises", "check", odd), ("exercises", "show", EVIL), ("exercises", "list"), ("exercises", "schema"), ("exercises", "new", EVIL), ("exercises", "review", EVIL, "--by", EVIL, "--role", EVIL), ("learn",),
        ("plan", "keep", folder / "texts.plan.json", EVIL), ("plan", "templates"), ("plan", "schema"), ("clinic", "close", alias, EVIL, "--by", EVIL, "--note", EVIL), ("clinic", "key"), ("--for", EVIL, "today"),
        ("plan", "new", "--patient", EVIL, "--target", "multifidus", "--screen", "all=no", "--screen", "wider=no", "--made-by", EVIL,
         "--clinic", EVIL, "--phone", EVIL, "--out-of-hours", EVIL, "--emergency", "112", "-o", folder / "new.plan.json"),
    )  # fmt: skip


def unseen(text: str) -> set[str]:
    return {
        sign
        for sign in text
        if unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp", "Cs") and sign not in "\r\n\t" + JOINERS
    }


def test_nothing_from_a_file_moves_the_cursor(home: Path) -> None:
    shown = 0
    for arguments in commands(home):
        told = in_terminal(home, *arguments, size=SIZE)
        assert not unseen(told), (arguments, told)
        assert "Traceback" not in told
        shown += "gnp" in told
    assert shown > 15  # the hostile words themselves are there to be seen


def test_json_says_the_same_with_escapes(home: Path) -> None:
    for arguments in (("today", "--json"), ("clinic", "list", "--json"), ("plan", "show", "--json")):
        told = reloadpt(home, *arguments).out
        assert not unseen(told)
        json.loads(told)
    assert json.loads(reloadpt(home, "plan", "show", "--json").out)["patient"] == EVIL


def test_what_leaves_the_machine_carries_none(home: Path) -> None:
    folder = home.parent
    for arguments in (
        ("handout", "-o", folder / "h2.html"), ("export", "--as", "csv", "-o", folder / "csv2"),
        ("export", "--as", "fhir", "-o", folder / "f2.json"), ("remind", "-o", folder / "r2.ics"),
    ):  # fmt: skip
        assert reloadpt(home, *arguments).code == 0
    files = [folder / "h2.html", *(folder / "csv2").glob("*.csv"), folder / "f2.json", folder / "r2.ics"]
    page = (folder / "report.html").read_text().partition('<script type="application/x-ndjson"')
    texts = {path.name: path.read_text() for path in files} | {
        "report": page[0] + page[2].partition("</script>")[2]
    }
    for name, text in texts.items():
        assert not unseen(text), name
    assert any("gnp" in text for text in texts.values())


def test_an_alias_with_a_control_character_is_refused(home: Path, tmp_path: Path) -> None:
    for sign in ("\x1b", "\x9b", "\u202e", "\u2028", "\n", "\x00"):
        plan = json.loads(plan_file(low_back_plan(now()))) | {"patient": f"A{sign}17"}
        (tmp_path / "a.plan.json").write_text(json.dumps(plan))
        assert reloadpt(home, "plan", "check", tmp_path / "a.plan.json").code == 1
        assert not (tmp_path / "b.json").exists()
    plan = json.loads(plan_file(low_back_plan(now()))) | {"patient": "می\u200cخواهم"}
    (tmp_path / "a.plan.json").write_text(json.dumps(plan))
    assert reloadpt(home, "plan", "check", tmp_path / "a.plan.json").code == 0


def test_every_command_is_tried(home: Path) -> None:
    # these open an app, serve it or ask in the terminal, and have tests of their own
    assert not_tried(commands(home)) == {("demo",), ("serve",), ("forget",)}


def test_visible_text_keeps_what_is_text() -> None:
    assert visible("a\tb\n腰 é 💥 می\u200cخواهم") == "a\tb\n腰 é 💥 می\u200cخواهم"
    nurses = "👩\u200d⚕\ufe0f 👩🏽\u200d⚕\ufe0f"
    assert visible(nurses) == shorten(nurses) == nurses, "a joiner makes one picture of two"
    assert visible("1\u200d2 👩\u200d") == "1·2 👩·", "where it joins nothing it is not text"
    assert not unseen(visible(EVIL))
    assert json.loads(escape_unseen(json_text({"a": EVIL}))) == {"a": EVIL}
    assert json.loads(json_text({"a": "\U000e0001"})) == {"a": "\U000e0001"}


def test_a_home_without_hostile_text_shows_the_same_in_a_terminal_and_a_pipe(tmp_path: Path) -> None:
    home = home_in_use(tmp_path / "home")
    assert (
        in_terminal(home, "plan", "show", size=SIZE).replace("\r\n", "\n")
        == reloadpt(home, "plan", "show").out
    )
