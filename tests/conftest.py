"""Makes ``sample_logs``, which stands beside this file, known to the tests of every room; skips fail in CI.

Properties are tried the same way in every run, and in one time zone.
"""

import one_zone  # noqa: F401  (it sets the zone)
import profiles  # noqa: F401  (it loads the profile that is steady)
from skips import pytest_runtest_makereport as pytest_runtest_makereport  # noqa: PLC0414  (pytest looks for it here)
