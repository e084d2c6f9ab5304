"""Puts every test, and every process it starts, into one time zone, wherever the machine is.

A plan that a test makes and the program that it starts would else be in two countries, and the program would ask for
the emergency number of the other.
"""

from __future__ import annotations

import os
import sys
import time

os.environ["TZ"] = "Europe/Berlin"
if sys.platform != "win32":
    time.tzset()
