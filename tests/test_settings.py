"""The settings file: what it may hold, what is said of what it may not, and that a change loses no comment."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reloadpt.files import Trouble
from reloadpt.settings import SAYS, Settings, change_setting, default_text, read_settings, setting_choices

DOCS = Path(__file__).parents[1] / "docs" / "settings.md"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.toml"


def write(path: Path, text: str | bytes) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_without_a_file_everything_is_as_it_is_said_to_be(path: Path) -> None:
    assert read_settings(path) == (Settings(), ())
    assert not path.parent.exists()


def test_the_file_that_is_begun_holds_every_setting_and_means_the_same_as_none(path: Path) -> None:
    assert read_settings(write(path, default_text())) == (Settings(), ())
    assert set(tomllib.loads(default_text())) == set(Settings.__struct_fields__) == set(SAYS)
    for sentence in SAYS.values():
        assert f"# {sentence}" in default_text()


def test_the_page_about_settings_shows_the_file_as_it_is_begun() -> None:
    assert default_text() in DOCS.read_text(encoding="utf-8")


def test_a_change_keeps_every_comment_and_every_other_line(path: Path) -> None:
    mine = '# mine\ntheme = "dark"   # calm\n\n# no flashing please\nflash = false\n\n[keys]\n# with the left hand\ndone = "f"\n'
    change_setting(write(path, mine), "theme", "light")
    assert path.read_text(encoding="utf-8") == mine.replace('"dark"', '"light"')
    change_setting(path, "motion", False)
    text = path.read_text(encoding="utf-8")
    for line in mine.replace('"dark"', '"light"').splitlines():
        assert line in text
    settings, said = read_settings(path)
    assert (settings.theme, settings.motion, settings.flash, settings.keys, said) == (
        "light", False, False, {"done": "f"}, (),
    )  # fmt: skip


def test_the_first_change_begins_the_file_privately(path: Path) -> None:
    change_setting(path, "reminders", ("08:00", "20:30"))
    assert read_settings(path)[0] == Settings(reminders=("08:00", "20:30"))
    assert path.stat().st_mode & 0o077 == 0
    assert "# Tones for" in path.read_text(encoding="utf-8")


def test_a_file_that_is_a_link_stays_one(path: Path, tmp_path: Path) -> None:
    kept = write(tmp_path / "dotfiles" / "reloadpt.toml", "motion = true\n")
    path.parent.mkdir()
    path.symlink_to(kept)
    change_setting(path, "motion", False)
    assert path.is_symlink()
    assert kept.read_text(encoding="utf-8") == "motion = false\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('# one\n\nmotoin = true\n', "line 3: there is no setting “motoin”; motion is one"),
        ('theme = "blue"\n', 'line 1: theme is “blue”, and may be "dark", "light"'),
        ('sound = 1\n', "line 1: sound is “1”, and may be true or false"),
        ('sound = "yes"\n', "line 1: sound is “yes”, and may be true or false"),
        ('reminders = ["25:00"]\n', "line 1: reminders is"),
        ("reminders = [" + '"09:00",' * 13 + "]\n", "at most 12 times"),
        ('keys = "d"\n', "line 1: keys is “d”, and may be a table"),
        ("[keys]\ndone = 3\n", "line 1: keys is"),
        ("[sounds]\nbell = true\n", "line 1: there is no setting “sounds”; sound is one"),
        ('"\\u001b[31m" = 1\n', "there is no setting “·[31m”"),
    ],
)  # fmt: skip
def test_what_does_not_hold_is_named_and_passed_over(path: Path, text: str, says: str) -> None:
    settings, said = read_settings(write(path, text))
    assert settings == Settings()
    assert len(said) == 1
    assert said[0].startswith(str(path))
    assert says in said[0]
    assert said[0].endswith("It is passed over.")
    assert "\n" not in said[0]
    assert "\x1b" not in said[0]


def test_what_holds_is_used_beside_what_does_not(path: Path) -> None:
    settings, said = read_settings(write(path, 'theme = "light"\nsound = "no"\nspeed = 3\nmotion = false\n'))
    assert settings == Settings(theme="light", motion=False)
    assert len(said) == 2


@pytest.mark.parametrize(
    "broken", [b"theme = \n", b"a = 1\na = 2\n", b"\xff\xfe", b"[" * 5000, b"x" * (1 << 21)]
)
def test_a_file_that_is_no_settings_file_keeps_nobody_out_and_is_never_changed(
    path: Path, broken: bytes
) -> None:
    settings, said = read_settings(write(path, broken))
    assert settings == Settings()
    assert len(said) == 1
    assert str(path) in said[0]
    with pytest.raises(Trouble):
        change_setting(path, "motion", False)
    assert path.read_bytes() == broken


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_at_all_are_read_or_said(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = write(tmp_path_factory.mktemp("any") / "settings.toml", data)
    settings, said = read_settings(path)
    assert isinstance(settings, Settings)
    assert all(len(sentence) < 2000 and sentence.isprintable() for sentence in said)


@pytest.mark.parametrize("name", [name for name in SAYS if setting_choices(name)])
def test_every_choice_of_a_setting_is_written_and_read_again(path: Path, name: str) -> None:
    for choice in setting_choices(name):
        change_setting(path, name, choice)
        settings, said = read_settings(path)
        assert getattr(settings, name) == choice
        assert not said
