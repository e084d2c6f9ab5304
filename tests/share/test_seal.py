from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from reloadpt.files import Trouble
from reloadpt.share.seal import check_key, is_sealed, new_key, open_sealed, public_half, seal_bytes

AGE = shutil.which("age")


def test_what_was_sealed_opens_with_the_secret_half_alone() -> None:
    secret, public = new_key()
    sealed = seal_bytes(b"a report", public)
    assert is_sealed(sealed)
    assert b"a report" not in sealed
    assert open_sealed(sealed, secret, "x") == b"a report"
    with pytest.raises(Trouble, match="another key"):
        open_sealed(sealed, new_key()[0], "x")


@pytest.mark.parametrize("cut", [1, 20, 80, 200])
def test_a_cut_or_touched_file_is_refused_in_a_sentence(cut: int) -> None:
    secret, public = new_key()
    sealed = seal_bytes(b"a report" * 100, public)
    for bad in (sealed[:-cut], sealed[:cut], sealed[:-cut] + b"?" + sealed[-cut + 1 :] if cut > 1 else b""):
        with pytest.raises(Trouble) as refused:
            open_sealed(bad, secret, "x")
        assert "\n" not in str(refused.value)


@pytest.mark.parametrize("key", ["", "age1", "age1" + "q" * 58, "ssh-ed25519 AAAA", "<script>", "\x1b[2J"])
def test_what_is_no_key_is_refused(key: str) -> None:
    with pytest.raises(Trouble) as refused:
        check_key(key)
    assert str(refused.value).isprintable()


def test_a_secret_half_given_by_mistake_is_not_shown_again() -> None:
    secret, _ = new_key()
    with pytest.raises(Trouble) as refused:
        check_key(secret)
    assert secret not in str(refused.value)


def test_the_public_half_can_be_told_from_the_secret_one() -> None:
    secret, public = new_key()
    assert public_half(secret) == public
    with pytest.raises(Trouble):
        public_half(public)


@pytest.mark.skipif(AGE is None, reason="needs the age command")
@pytest.mark.parametrize("armour", [[], ["--armor"]], ids=["binary", "armoured"])
def test_the_age_command_opens_ours_and_we_open_its(tmp_path: Path, armour: list[str]) -> None:
    assert AGE
    secret, public = new_key()
    (tmp_path / "key").write_text(secret)
    (tmp_path / "ours").write_bytes(seal_bytes(b"a report", public))
    opened = subprocess.run(
        [AGE, "--decrypt", "-i", str(tmp_path / "key"), str(tmp_path / "ours")],
        capture_output=True,
        check=True,
    )
    assert opened.stdout == b"a report"
    theirs = subprocess.run(
        [AGE, *armour, "-r", public], input=b"a report", capture_output=True, check=True
    ).stdout
    assert is_sealed(theirs)
    assert open_sealed(theirs, secret, "x") == b"a report"
