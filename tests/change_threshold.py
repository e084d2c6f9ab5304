"""Change one threshold of care before anything reads it: a plugin for one run of pytest, told by ``THRESHOLD=name:by``."""

from __future__ import annotations

import os

from msgspec.structs import replace

from reloadpt.care import thresholds

NAME, _, BY = os.environ["THRESHOLD"].partition(":")
_was = getattr(thresholds.PROPOSED, NAME)
thresholds.PROPOSED = replace(thresholds.PROPOSED, **{NAME: type(_was)(_was + float(BY))})
