"""``python packaging/folder.py OUT``: a folder with the program and its own Python, and it packed, with its checksum.

Run it by the Python of an environment that has reloadpt as a wheel, with its extras ``web`` and ``folder``, and
nothing else: what is installed there goes in, with its licence.
"""

from __future__ import annotations

import hashlib
import platform
import shutil
import subprocess
import sys
import sysconfig
from importlib.metadata import Distribution, distributions, version
from pathlib import Path

HERE = Path(__file__).parent
TOOLS = ("pip", "setuptools", "wheel", "altgraph", "pyinstaller", "pyinstaller-hooks-contrib")
"""What builds the folder and is not in it."""
READ_ME = """reloadpt {version}

Open reloadpt-open: it starts the app in a terminal, or in your browser where there is none. A plan file that is
dropped on it is asked about. In a terminal, reloadpt is the same as the installed command: reloadpt --help.

Nothing of yours is kept in this folder. It can be moved, and it can be thrown away: your record stays where it is.
`reloadpt forget` shows where that is, and removes it.

This folder is not signed: Windows and macOS warn before they open it the first time. SHA256SUMS beside the packed
folder says whether it is the one that was published.
"""


def build(out: Path) -> Path:
    """Make the folder in ``out``, and pack it; the packed file."""
    work = out / "work"
    subprocess.run(
        [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN",
         "--distpath", str(out), "--workpath", str(work), str(HERE / "reloadpt.spec")],
        check=True,
    )  # fmt: skip
    shutil.rmtree(work)
    folder = out / "reloadpt"
    (folder / "LICENCES.txt").write_text(licences(), encoding="utf-8")
    (folder / "README.txt").write_text(READ_ME.format(version=version("reloadpt")), encoding="utf-8")
    name = f"reloadpt-{version('reloadpt')}-{platform.system().lower()}-{platform.machine().lower()}"
    kind = "zip" if sys.platform == "win32" else "gztar"
    packed = Path(shutil.make_archive(str(out / name), kind, out, "reloadpt"))
    digest = hashlib.sha256(packed.read_bytes()).hexdigest()
    (out / "SHA256SUMS").write_text(f"{digest}  {packed.name}\n", encoding="utf-8")
    return packed


def licences() -> str:
    """The licence of Python, and of each library that is installed here, with its version."""
    kept = [found for found in distributions() if found.name.lower().replace("_", "-") not in TOOLS]
    python = f"Python {platform.python_version()}\n\n{_of_python()}"
    others = [
        f"{found.name} {found.version}\n\n{_of_library(found)}"
        for found in sorted(kept, key=lambda found: found.name.lower())
    ]
    return f"\n\n{'=' * 80}\n".join((python, *others))


def _of_python() -> str:
    found = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    return (
        found.read_text(encoding="utf-8")
        if found.exists()
        else "The licence of the Python Software Foundation."
    )


def _of_library(found: Distribution) -> str:
    texts = [
        Path(str(file.locate())).read_text(encoding="utf-8", errors="replace")
        for file in found.files or []
        if ".dist-info" in str(file) and file.name.upper().startswith(("LICEN", "COPYING", "NOTICE"))
    ]
    named = found.metadata.get("License-Expression") or found.metadata.get("License") or "see its project"
    return "\n\n".join(texts) or f"Licence: {named}"


if __name__ == "__main__":
    packed = build(Path(sys.argv[1]).resolve())
    print(f"{packed}: {packed.stat().st_size / 1e6:.0f} MB")
