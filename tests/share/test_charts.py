from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from profiles import tries
from reloadpt.measures.trends import Rating
from reloadpt.share.charts import DOTS_UP_TO, HEIGHT, WIDTH, draw_chart
from sample_logs import NEEDLED, at


def ratings(*scores: int, apart: int = 1) -> list[Rating]:
    return [Rating(n, at(n * apart), score) for n, score in enumerate(scores)]


def test_more_pain_is_higher_and_later_is_further_right() -> None:
    chart = draw_chart("Pain", {"Pain": ratings(2, 8)}, [NEEDLED], at(3).date())
    assert chart
    first, last = chart.series[0].points
    assert first.y > last.y
    assert first.x < last.x


def test_nothing_rated_is_no_chart() -> None:
    assert draw_chart("Pain", {"Pain": []}, [NEEDLED], at(3).date()) is None


def test_a_line_breaks_where_nothing_was_rated_for_long() -> None:
    near = draw_chart("Pain", {"Pain": ratings(2, 3, apart=4)}, [], at(9).date())
    far = draw_chart("Pain", {"Pain": ratings(2, 3, apart=5)}, [], at(9).date())
    assert near
    assert far
    assert near.series[0].path.count("M") == 1
    assert far.series[0].path.count("M") == 2


def test_each_line_has_a_mark_of_its_own() -> None:
    chart = draw_chart("Soreness", {"a": ratings(1), "b": ratings(2), "c": ratings(3)}, [], at(3).date())
    assert chart
    assert len({series.mark for series in chart.series}) == 3


def test_a_long_log_is_a_line_without_dots() -> None:
    chart = draw_chart("Pain", {"Pain": ratings(*[3] * (DOTS_UP_TO + 1))}, [], at(200).date())
    assert chart
    assert chart.series[0].points == ()


@given(
    st.lists(st.tuples(st.integers(0, 900), st.integers(0, 10)), min_size=1, max_size=40),
    st.lists(st.integers(-900, 900), max_size=4),
    st.integers(-5, 2000),
)
@tries(60)
def test_everything_is_drawn_inside(rated: list[tuple[int, int]], needled: list[int], until: int) -> None:
    ratings = [Rating(n, at(day), score) for n, (day, score) in enumerate(sorted(rated))]
    last = max(at(until).date(), ratings[-1].at.date())
    chart = draw_chart("Pain", {"Pain": ratings}, [NEEDLED + timedelta(days=day) for day in needled], last)
    assert chart
    for x in [point.x for point in chart.series[0].points] + [
        tick.at for tick in (*chart.needlings, *chart.days)
    ]:
        assert 0 <= x <= WIDTH
    assert all(0 <= point.y <= HEIGHT for point in chart.series[0].points)
    assert len(chart.days) <= 8
