"""Players and voices that can be installed for a test: real programs that keep what they are handed."""

from __future__ import annotations

import array
import io
import shutil
import wave
from dataclasses import dataclass
from pathlib import Path

import pytest

from reloadpt.coach.cues import Cue, CueKind
from reloadpt.journal.events import Item
from waiting import until

ESPEAK = shutil.which("espeak-ng")


@dataclass(frozen=True)
class Machine:
    """A folder of programs, and a folder of what they were handed, in its order."""

    programs: Path
    heard: Path

    @classmethod
    def set_up(cls, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
        """A machine of a test's own: only what the test installs can be called, and nothing makes a noise."""
        made = cls(folder / "programs", folder / "heard")
        made.programs.mkdir()
        made.heard.mkdir()
        monkeypatch.setenv("PATH", str(made.programs))
        for name in ("SSH_CONNECTION", "SSH_TTY"):
            monkeypatch.delenv(name, raising=False)
        return made

    def install(self, name: str, *lines: str) -> None:
        """Install a program that begins by writing down its arguments."""
        path = self.programs / name
        kept = f'n=$(/bin/date +%s%N)\n/bin/echo "$@" > {self.heard}/$n.arguments'
        path.write_text("\n".join(("#!/bin/sh", kept, *lines)) + "\n", encoding="utf-8")
        path.chmod(0o755)

    def install_player(self, name: str = "aplay") -> None:
        """A player that keeps the wave it is handed."""
        self.install(name, f"/bin/cat > {self.heard}/$n.part", self._whole("wav"))

    def install_voice(self, name: str = "espeak-ng") -> None:
        """A voice that keeps the words it is handed."""
        self.install(name, f"/bin/cat > {self.heard}/$n.part", self._whole("txt"))

    def install_espeak(self) -> None:
        """The real voice, speaking into a wave file instead of a loudspeaker."""
        self.install("espeak-ng", f'{ESPEAK} --stdout "$@" > {self.heard}/$n.part', self._whole("wav"))

    def install_broken(self, name: str, how: str = "exit 1") -> None:
        """A program that takes what it is handed and fails."""
        self.install(name, "/bin/cat > /dev/null", how)

    def install_endless(self, name: str) -> None:
        """A program that goes on until it is ended; its process number is what it leaves."""
        self.install(
            name,
            f"/bin/cat > {self.heard}/$n.txt",
            f"/bin/echo $$ > {self.heard}/$n.part",
            self._whole("pid"),
            "exec /bin/sleep 600",
        )

    def _whole(self, end: str) -> str:
        return f"/bin/mv {self.heard}/$n.part {self.heard}/$n.{end}"

    def kept(self, end: str, count: int) -> list[bytes]:
        """What the programs left, once there are ``count`` of them."""
        until(lambda: len(list(self.heard.glob(f"*.{end}"))) >= count, f"{count} of .{end}")
        return [path.read_bytes() for path in sorted(self.heard.glob(f"*.{end}"))]

    def words(self, count: int) -> list[str]:
        """What the voice was handed, once there are ``count`` utterances."""
        return [each.decode() for each in self.kept("txt", count)]


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def levels(data: bytes) -> tuple[array.array[int], int]:
    """The samples of a wave, and how many there are in a second. A voice that streams says no true length."""
    with wave.open(io.BytesIO(data)) as read:
        assert (read.getnchannels(), read.getsampwidth()) == (1, 2)
        rate = read.getframerate()
    samples = array.array("h")
    samples.frombytes(data[44 : len(data) - len(data) % 2])
    return samples, rate


def pitch(data: bytes, begin: float, end: float) -> float:
    """The pitch in a wave between two times in seconds, in hertz: how often it rises through zero; 0 for silence."""
    samples, rate = levels(data)
    window = samples[round(begin * rate) : round(end * rate)]
    rising = [at for at in range(1, len(window)) if window[at - 1] < 0 <= window[at]]
    return (len(rising) - 1) * rate / (rising[-1] - rising[0]) if len(rising) > 2 else 0.0


def loudness(data: bytes) -> float:
    """The mean level of a wave, from 0 to 1."""
    samples, _ = levels(data)
    return sum(map(abs, samples)) / len(samples) / 32768 if samples else 0.0


def item(name: str = "Bird dog", **changes: object) -> Item:
    """An item of eight repetitions."""
    told: dict[str, object] = {
        "exercise": "multifidus/bird-dog", "name": name, "muscle": "multifidus", "credits": ("multifidus",),
        "side": "both", "sets": 3, "reps": 8, "tempo": "2-2-2", "rest_s": 30,
        "phase": "activate", "intent": "wake", "why": "", "rule": "",
    }  # fmt: skip
    return Item(**{**told, **changes})  # type: ignore[arg-type]


def cue(kind: CueKind, due: float = 0.0, **changes: object) -> Cue:
    told: dict[str, object] = {"item": 0, "side": "both", "set": 1, "of": 8}
    return Cue(kind, due, **{**told, **changes})  # type: ignore[arg-type]
