"""Runs what follows with a system that takes at most so many bytes of each write to a file."""

from __future__ import annotations

import os
import runpy
import sys

if __name__ == "__main__":
    most = int(sys.argv[1])
    real = os.write
    os.write = lambda handle, data: real(handle, bytes(data)[:most])
    # what follows is a Python and its arguments: -m reloadpt …
    sys.argv = sys.argv[4:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
