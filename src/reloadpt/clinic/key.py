"""The clinic's own key: reports sealed to it can be opened here and nowhere else."""

from __future__ import annotations

from pathlib import Path

from reloadpt.files import MEBIBYTE, Trouble, keep_private, read_bytes, reason, replace_file
from reloadpt.share.seal import new_key, public_half

NAME = "clinic.key"


def secret_key(folder: Path) -> str | None:
    """The secret half kept in ``folder``; None where there is none yet.

    Raises ``Trouble`` where the file is there and cannot be read as a key.
    """
    path = folder / NAME
    if not path.exists():
        return None
    lines = read_bytes(path, MEBIBYTE).decode("utf-8", "replace").splitlines()
    secret = next((line.strip() for line in lines if line.strip() and not line.startswith("#")), "")
    try:
        keep_private(path)
    except OSError as error:
        raise Trouble(
            f"{path}: others can read this key, and that cannot be changed ({reason(error)})."
        ) from None
    try:
        public_half(secret)
    except Trouble as trouble:
        raise Trouble(f"{path}: {trouble} Put the file back from a copy.") from None
    return secret


def make_key(folder: Path) -> str:
    """Make a key and keep its secret half in ``folder``, for its owner alone; return the half to give away."""
    secret, public = new_key()
    replace_file(folder / NAME, f"# public key: {public}\n{secret}\n".encode())
    return public
