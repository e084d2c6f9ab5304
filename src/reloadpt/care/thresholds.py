"""Every threshold of care, once: what the rules go by, our proposal, in one record that the code reads."""

from __future__ import annotations

from typing import Annotated

import msgspec

from reloadpt.program.fields import Ge, Le
from reloadpt.program.plan import Score

Few = Annotated[int, Ge(1), Le(1000)]
Share = Annotated[float, Ge(0), Le(1)]


class AlertThresholds(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody is told by, which a clinic may change. Pain, soreness and activities are 0-10."""

    pain_high: Score = 7
    pain_high_up: Score = 2
    pain_high_mornings: Few = 2
    pain_up: Score = 2
    pain_up_mornings: Few = 2
    sore_above: Score = 3
    sore_late_hours: Few = 72
    function_down: Score = 2
    stalled_days: Few = 14
    dropped_days: Few = 21
    missed_in_a_row: Few = 2
    missed_within_days: Few = 14
    left_out_times: Few = 2
    no_report_days: Few = 14
    reds: Few = 3
    reds_of: Few = 5
    reds_stepping_back: Few = 2
    reds_stepping_back_of: Few = 3
    easy_days: Few = 3
    low_share: Share = 0.5
    low_share_grave: Share = 0.25
    low_days: Few = 14
    low_from_days: Few = 5
    no_numbers_days: Few = 7
    nothing_dealt_days: Few = 3
    withdrawn_times: Few = 2
    withdrawn_days: Few = 7


class Thresholds(AlertThresholds, frozen=True, kw_only=True):
    """All thresholds of care. What decides what is dealt is no clinic's to change but by the plan.

    Pain, soreness and effort are 0-10; a name says what else a number is: hours, days, weeks, or how many.
    """

    reset_hours: int = 24
    reset_early_hours: int = 12
    reload_opens_hours: int = 96
    perform_opens_days: int = 14
    sore_for_reload: int = 2
    greens_to_open: int = 2
    weeks_to_perform: int = 2
    judged_a_week: int = 2
    held_sore_days: int = 4
    held_activate_days: int = 10
    held_reload_days: int = 28
    fewer_after_days: int = 4
    back_after_days: int = 8
    activate_after_days: int = 15
    ask_after_days: int = 29
    new_run_after_days: int = 28
    limit_reset: int = 2
    limit_activate: int = 3
    limit_reload: int = 5
    limit_perform: int = 5
    highest_limit: int = 6
    green_up_to: int = 3
    green_above_before: int = 1
    green_most: int = 5
    red_morning: int = 3
    green_morning: int = 1
    baseline_of: int = 3
    flare_up: int = 2
    flares_running: int = 2
    flares_running_gap_days: int = 2
    flares_in_week: int = 3
    flare_week_days: int = 7
    flare_mean_up: int = 1
    rise: float = 1.0
    rise_needs: int = 2
    before_within_hours: int = 2
    morning_within_hours: int = 48
    after_needle_hours: int = 48
    most_cuts: int = 4
    cuts_again: int = 3
    greens_to_restore: int = 2
    sessions_to_step: int = 2
    effort_activate: int = 3
    effort_reload: int = 6
    effort_perform: int = 7
    most_reps: int = 15
    more_reps: int = 2
    loaded_range: int = 4
    steps_to_top: int = 2
    most_hold_s: int = 45
    more_hold_s: int = 5
    most_hold_in_set_s: int = 60
    slowest_return_s: int = 5
    slower_s: int = 2
    most_sets: int = 4
    big_jump: float = 1.2
    most_band_steps: int = 4
    cut_to: float = 0.7
    kept_awake_a_week: int = 2
    apart_hours: int = 2
    checkin_lasts_hours: int = 2
    soreness_asked_days: int = 28
    signs_each_time_hours: int = 72
    asked_chest_days: int = 7
    asked_cord_hours: int = 72
    asked_weakness_days: int = 28
    asked_sudden_pain_days: int = 28
    asked_infection_days: int = 14
    asked_bleeding_days: int = 7
    asked_kidney_days: int = 7
    asked_faint_hours: int = 2
    long_watch_days: int = 28
    watch_after_sign_days: int = 7
    flank_watch_days: int = 7
    faint_lasts_hours: int = 8
    kept_judged_days: int = 14
    short_from_a_day: int = 3
    soreness_halves_days: int = 7
    lacked_days: int = 7
    new_for_days: int = 3
    told_again_days: int = 7


PROPOSED = Thresholds()


def with_changes(changed: AlertThresholds) -> Thresholds:
    """All thresholds, with those that a clinic changed over what is proposed."""
    return msgspec.structs.replace(PROPOSED, **msgspec.structs.asdict(changed))
