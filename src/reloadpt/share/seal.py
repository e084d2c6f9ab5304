"""Sealing with age: to a key, so that only who holds its secret half can read. It does not say who sealed."""

from __future__ import annotations

import pyrage

from reloadpt.files import Trouble, clip
from reloadpt.filetypes import SEALED, without_blank_start


def is_sealed(data: bytes) -> bool:
    """Whether ``data`` is an age file, binary or armoured."""
    return without_blank_start(data).startswith(SEALED)


def check_key(key: str) -> pyrage.x25519.Recipient:
    """Read an age key of the kind ``age1…``; raise ``Trouble`` where it is none."""
    if key.strip().upper().startswith("AGE-SECRET-KEY"):
        raise Trouble(
            "This is the secret half of a key, which must stay where it is. Give the half that begins age1."
        )
    try:
        return pyrage.x25519.Recipient.from_str(key.strip())
    except pyrage.RecipientError:
        raise Trouble(f"{clip(key)} is not an age key: it begins age1 and is 62 characters long.") from None


def seal_bytes(data: bytes, key: str) -> bytes:
    """Seal ``data`` to the key ``age1…``; raises as ``check_key`` does."""
    sealed: bytes = pyrage.encrypt(data, [check_key(key)])
    return sealed


def open_sealed(data: bytes, secret: str, name: str) -> bytes:
    """Open an age file with the secret key ``AGE-SECRET-KEY-1…``; ``name`` says which file it is.

    Raises ``Trouble`` where it was sealed to another key, or it is damaged or cut short.
    """
    try:
        identity = pyrage.x25519.Identity.from_str(secret)
    except pyrage.IdentityError:
        raise Trouble("The clinic's key cannot be read. Put the file back from a copy.") from None
    try:
        opened: bytes = pyrage.decrypt(without_blank_start(data), [identity])
    except pyrage.DecryptError as error:
        if "no matching keys" in str(error).lower():
            raise Trouble(
                f"{name}: sealed to another key than this clinic's, or damaged. Ask for it to be sealed to "
                "the key that `reloadpt clinic key` shows."
            ) from None
        raise Trouble(f"{name}: this sealed file is damaged or cut short. Ask for it again.") from None
    return opened


def new_key() -> tuple[str, str]:
    """Make a key; return its secret half and the half to give away."""
    identity = pyrage.x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def public_half(secret: str) -> str:
    """The half of a secret key that is given away; raise ``Trouble`` where it is no secret key."""
    try:
        return str(pyrage.x25519.Identity.from_str(secret).to_public())
    except pyrage.IdentityError:
        raise Trouble("This is not an age secret key: it begins AGE-SECRET-KEY-1.") from None
