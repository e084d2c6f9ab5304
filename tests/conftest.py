"""Makes ``sample_logs``, which stands beside this file, known to the tests of every room; skips fail in CI."""

from skips import pytest_runtest_makereport as pytest_runtest_makereport  # noqa: PLC0414  (pytest looks for it here)
