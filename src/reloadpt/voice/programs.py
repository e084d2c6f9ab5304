"""What on this machine can sound or speak: programs that are handed everything on their standard input."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from reloadpt.coach.cues import CueKind
from reloadpt.files import clean
from reloadpt.voice.tones import HEADER, RATE, wave_of

Kinds = tuple[CueKind, ...]

LONGEST = 400
"""Signs of one utterance; nobody listens longer."""
WORDS_A_MINUTE = "160"
ENGLISH = ("-v", "en", "-s", WORDS_A_MINUTE)
VOICES = (("espeak-ng", "--stdin", *ENGLISH), ("espeak", "--stdin", *ENGLISH))
PLAYERS = (
    ("paplay", "--raw", f"--rate={RATE}", "--channels=1", "--format=s16le"),
    ("aplay", "-q", "-t", "wav", "-"),
    ("play", "-q", "-t", "wav", "-"),
)
SYSTEM_SOUNDS = {
    "get_ready": "Pop", "three": "Tink", "two": "Tink", "one": "Tink", "go": "Hero", "rest": "Submarine",
    "switch": "Morse", "done": "Glass", "rate": "Purr", "finished": "Funk",
}  # fmt: skip
"""macOS plays nothing from standard input; these come with it."""
SAPI = (
    "$ErrorActionPreference = 'Stop'; [Console]::InputEncoding = [Text.Encoding]::UTF8; "
    "Add-Type -AssemblyName System.Speech; $voice = New-Object System.Speech.Synthesis.SpeechSynthesizer; "
    "$voice.Speak([Console]::In.ReadToEnd())"
)
HOW_TO_GET_A_VOICE = {
    "darwin": "No voice was found: the command say, which comes with macOS, is missing.",
    "win32": "No voice was found: PowerShell, which comes with Windows, is missing.",
}
INSTALL_ONE = "No voice is installed here. On Debian or Ubuntu: sudo apt install espeak-ng"
FAR_AWAY = "You are on this computer from afar (ssh), and its voice would speak there. The bell comes to you."


class Playback(Protocol):
    """Something that is being heard."""

    def poll(self) -> int | None:
        """None while it goes on; then 0, or another number where it cannot have been heard."""

    def end(self) -> None:
        """End it now."""


class RunningProgram:
    """A program that was handed ``data``, and was told nothing else. ``OSError`` where it cannot be run."""

    def __init__(self, command: tuple[str, ...], data: bytes) -> None:
        self._child = subprocess.Popen(  # noqa: S603  (one of the lists above)
            command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        assert self._child.stdin  # noqa: S101  (it is a pipe)
        try:
            with self._child.stdin as into:
                into.write(data)
        except BrokenPipeError:
            pass  # it has ended, and its code says how

    def poll(self) -> int | None:
        """See ``Playback``; espeak-ng says ``error:`` and ends with 0 where there is no loudspeaker."""
        code = self._child.poll()
        if code is None:
            return None
        complained = b"error:" in self._complaint()
        return code or int(complained)

    def end(self) -> None:
        """See ``Playback``."""
        self._child.kill()
        self._child.wait()
        self._complaint()

    def _complaint(self) -> bytes:
        stream = self._child.stderr
        if stream is None or stream.closed:
            return b""
        with stream:
            return stream.read()


class ProgramEnd:
    """What was over when it came back."""

    def poll(self) -> int | None:
        """See ``Playback``."""
        return 0

    def end(self) -> None:
        """See ``Playback``."""


@dataclass(frozen=True)
class Player:
    """One way to make tones heard."""

    name: str
    start: Callable[[Kinds], Playback]


@dataclass(frozen=True)
class Speaker:
    """One voice, and how it is given words."""

    name: str
    start: Callable[[str], Playback]


def is_far_away(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether the person sits at another machine than this one."""
    return any(environment.get(name) for name in ("SSH_CONNECTION", "SSH_TTY"))


def players() -> tuple[Player, ...]:
    """The ways to make tones heard here, best first; none where the terminal's bell is all there is."""
    if is_far_away():
        return ()
    if sys.platform == "win32":
        return (Player("winsound", _by_winsound),)
    ways = [
        Player(name, partial(_played_by, (program, *arguments), HEADER if "--raw" in arguments else 0))
        for name, *arguments in PLAYERS
        if (program := shutil.which(name))
    ]
    if sys.platform == "darwin" and (program := shutil.which("afplay")):
        ways.insert(0, Player("afplay", partial(_system_sound, program)))
    return tuple(ways)


def speakers() -> tuple[Speaker, ...]:
    """The voices that are installed here; none over ssh, where they would speak to nobody."""
    if is_far_away():
        return ()
    if sys.platform == "win32":
        commands: tuple[tuple[str, ...], ...] = (
            ("powershell", "-NoProfile", "-NonInteractive", "-Command", SAPI),
        )
    elif sys.platform == "darwin":
        commands = (("say", "-f", "-"), *VOICES)
    else:
        commands = VOICES
    return tuple(
        Speaker(name, partial(_spoken_by, (program, *arguments)))
        for name, *arguments in commands
        if (program := shutil.which(name))
    )


def no_voice() -> str:
    """Why nothing can be spoken here, and how to get a voice."""
    return FAR_AWAY if is_far_away() else HOW_TO_GET_A_VOICE.get(sys.platform, INSTALL_ONE)


def utterance(words: str) -> str:
    """The words as every voice takes them: a line of text, with no sign that a voice takes as a command."""
    return clean(words.translate(str.maketrans("[]<>|\\", "      ")))[:LONGEST]


def _played_by(command: tuple[str, ...], skipping: int, kinds: Kinds) -> Playback:
    return RunningProgram(command, wave_of(kinds)[skipping:])


def _spoken_by(command: tuple[str, ...], words: str) -> Playback:
    return RunningProgram(command, utterance(words).encode() + b"\n")


def _system_sound(program: str, kinds: Kinds) -> Playback:
    return RunningProgram((program, f"/System/Library/Sounds/{SYSTEM_SOUNDS[kinds[-1]]}.aiff"), b"")


def _by_winsound(kinds: Kinds) -> Playback:
    if sys.platform == "win32":
        import winsound

        winsound.PlaySound(wave_of(kinds), winsound.SND_MEMORY)
    return ProgramEnd()
