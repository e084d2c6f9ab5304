from __future__ import annotations

import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from figure_samples import BIRD_DOG_JSON
from reloadpt.figure.sheet import figures_in, write_sheet
from reloadpt.files import Trouble


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    exercises = [
        {"id": "multifidus/bird-dog", "name": "Bird dog", "figure": BIRD_DOG_JSON},
        {"id": "multifidus/words-only", "name": "Words only"},
        {
            "name": "<Breath> & rest",
            "figure": {"frames": [{"posture": "supine"}], "region": {"at": ["belly"]}},
        },
    ]
    (tmp_path / "multifidus.json").write_text(json.dumps({"exercises": exercises}))
    (tmp_path / "notes.txt").write_text("not a programme")
    return tmp_path


def test_the_sheet_shows_first_and_last_keyframe_of_each_figure(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "sheet.svg"
    done = subprocess.run(
        [sys.executable, "-m", "reloadpt.figure.sheet", str(out), str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "")
    root = ET.fromstring(out.read_text(encoding="utf-8"))  # noqa: S314 our own output
    names = [element.text for element in root.iter() if element.tag.endswith("}text")]
    assert names == ["multifidus/bird-dog", "<Breath> & rest"]
    assert sum(element.tag.endswith("}svg") for element in root.iter()) == 1 + 2 * 2


def test_the_sheet_can_be_a_page(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "sheet.html"
    assert write_sheet([str(out), str(folder / "multifidus.json")]) == 0
    assert out.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_called_wrongly_it_says_how(capsys: pytest.CaptureFixture[str]) -> None:
    assert write_sheet(["out.svg"]) == 2
    assert "usage" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        ({"frames": []}, "figure.frames"),
        ({"frames": [{"posture": "standing", "angel": {}}]}, "figure.frames.0.angel"),
    ],
)
def test_a_file_that_holds_no_figure_is_named(tmp_path: Path, figure: object, said: str) -> None:
    path = tmp_path / "wrong.json"
    path.write_text(json.dumps({"exercises": [{"id": "calf/raise", "figure": figure}]}))
    with pytest.raises(Trouble) as trouble:
        list(figures_in(path))
    assert all(part in str(trouble.value) for part in (str(path), "calf/raise", said))


def test_a_word_nobody_knows_ends_the_sheet_with_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "wrong.json"
    path.write_text(json.dumps({"exercises": [{"id": "a/b", "figure": {"frames": [{"posture": "planck"}]}}]}))
    assert write_sheet([str(tmp_path / "out.svg"), str(path)]) == 1
    assert "Did you mean “plank”?" in capsys.readouterr().err


def test_two_files_that_are_not_programmes_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("[1, 2]")
    (tmp_path / "b.json").write_text('{"exercises": "none"}')
    assert list(figures_in(tmp_path)) == []
