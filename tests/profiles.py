"""How much the properties try: in every run the same, and as a command more of it, at random.

``--hypothesis-profile=search`` chooses the second; ``CONTRIBUTING.md`` has the command.
"""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants

# what depends on how busy a machine is decides nothing
settings.register_profile(
    "steady", derandomize=True, database=None, deadline=None, max_examples=100,
    stateful_step_count=30, suppress_health_check=[HealthCheck.too_slow],
)  # fmt: skip
settings.register_profile(
    "search", settings.get_profile("steady"), derandomize=False, max_examples=1000,
    stateful_step_count=80, print_blob=True,
)  # fmt: skip
settings.load_profile("steady")


def tries(count: int, *passed_over: HealthCheck) -> settings:
    """Try a property ``count`` times in a steady run, and as many times more as a search tries more."""
    return settings(
        max_examples=count * thoroughness(), suppress_health_check=[HealthCheck.too_slow, *passed_over]
    )


def thoroughness() -> int:
    """How many times as much as in a steady run is tried."""
    return settings().max_examples // settings.get_profile("steady").max_examples


_constants_of_modules = providers._get_local_constants


def _constants() -> Constants:
    """None in a steady run: hypothesis takes them from whatever was imported by then, which no seed fixes."""
    return Constants() if settings().derandomize else _constants_of_modules()


providers._get_local_constants = _constants
