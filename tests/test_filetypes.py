"""A file is looked at before it is complained about: what it is, and which command takes it."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from reloadpt.clinic.receiving import receive
from reloadpt.files import Trouble
from reloadpt.filetypes import file_type
from reloadpt.program.check import read_form
from reloadpt.program.library import shipped_folder
from reloadpt.program.plan import Plan
from reloadpt.program.programme import Programme
from reloadpt.share.seal import new_key, open_sealed, seal_bytes
from sample_logs import a_plan


def _archive(name: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(name, "x")
    return target.getvalue()


STRANGE = {
    "a.pdf": (b"%PDF-1.7\n", "this is a PDF document, which is not read here"),
    "b.csv": (b"name;a;b\n1;2;3\n4;5;6\n", "this is a table (CSV), which is not read here"),
    "c.txt": (b"\xff\xfeh\0i\0", "this is a text that was saved as UTF-16, which is not read here"),
    "d.json": (b'{"resourceType": "CarePlan"}', "this is a FHIR “CarePlan”, which is not read here"),
    "e.txt": (b"good morning", "this is a text, which is not read here"),
    "f.ics": (b"BEGIN:VCALENDAR\r\n", "this is a calendar, which is not read here"),
    "g.json": (
        b'[{"name": "Bridge", "instructions": ["Lie down."]}, {"name": "Plank", "category": "core"}]',
        "this is a list of 2 exercises from elsewhere, no programme, which is not read here",
    ),
    "h.docx": (_archive("word/document.xml"), "this is a Word document, which is not read here"),
    "i.html": (b"<!doctype html><html>", "this is a web page without a log inside, which is not read here"),
    "j.png": (b"\x89PNG\r\n\x1a\n", "this is a picture, which is not read here"),
    "k.toml": (b'theme = "dark"\n', "this is a file of settings, which is not read here"),
    "l.json": (b"[1, 2]", "this is a JSON list, which is not read here"),
    "m.json": (b'{"offset": 1, "payload": {}, "sum": ""}', "this is a state that reloadpt keeps"),
    "n.bin": (b"\x80\x81\x82", "this is neither text nor a kind of file that is known here"),
}
READERS: dict[str, Callable[[Path], object]] = {
    "plan": lambda path: read_form(path, Plan),
    "programme": lambda path: read_form(path, Programme),
    "report": lambda path: receive(path, None),
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", STRANGE)
def test_a_strange_file_is_named_for_what_it_is_in_one_sentence(
    tmp_path: Path, name: str, reader: str
) -> None:
    data, words = STRANGE[name]
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(Trouble) as refused:
        READERS[reader](path)
    said = str(refused.value)
    assert words in said
    assert "\n" not in said


def test_one_of_ours_in_the_wrong_place_is_told_what_takes_it(tmp_path: Path) -> None:
    plan, programme, log = tmp_path / "plan.json", tmp_path / "jaw.json", tmp_path / "log.jsonl"
    plan.write_text(json.dumps(a_plan().as_json()))
    programme.write_bytes((shipped_folder() / "jaw.json").read_bytes())
    log.write_bytes(b'{"n":0,"kind":"log_opened","patient":"A-17"}\n')
    told = {
        ("programme", plan): "this is a plan made for “A-17”; `reloadpt plan use` takes it.",
        ("report", plan): "this is a plan made for “A-17”; `reloadpt plan use` takes it.",
        ("plan", programme): "this is a programme of “jaw”; `reloadpt exercises check` reads it.",
        ("plan", log): "this is a log of “A-17”; `reloadpt clinic import` takes it.",
    }
    for (reader, path), words in told.items():
        with pytest.raises(Trouble) as refused:
            READERS[reader](path)
        assert str(refused.value) == f"{path}: {words}"
    assert read_form(plan, Plan).patient == "A-17"
    assert read_form(programme, Programme).muscle == "jaw"


def test_a_sealed_file_is_opened_with_blank_lines_and_a_mark_before_it() -> None:
    secret, key = new_key()
    sealed = seal_bytes(b"what was sealed", key)
    body = base64.encodebytes(sealed).decode().replace("\n", "")
    lines = [body[at : at + 64] for at in range(0, len(body), 64)]
    armoured = "\n".join(
        ["-----BEGIN AGE ENCRYPTED FILE-----", *lines, "-----END AGE ENCRYPTED FILE-----", ""]
    ).encode()
    for before in (b"", b"\n\n", b"\r\n \r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n\n"):
        found = file_type(before + armoured)
        assert found
        assert found.kind == "sealed"
        assert open_sealed(before + armoured, secret, "file") == b"what was sealed"
    assert file_type(b"x" + armoured) != file_type(armoured)
