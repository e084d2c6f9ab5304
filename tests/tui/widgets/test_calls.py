"""The numbers to call: as large as the screen allows, the first the largest, and never cut."""

from __future__ import annotations

import pytest

from reloadpt.care.safety import whom_to_call
from reloadpt.program.plan import Contact
from reloadpt.tui.widgets.calls import FIRST, OTHERS, PlacedCall, _arrangements, call_lines

FULL = Contact(clinic="The clinic", phone="040 1234 5678", out_of_hours="116 117", emergency="112")
ABROAD = Contact(phone="+49 (0)40 1234-5678", out_of_hours="116117", emergency="112")
IN_WORDS = Contact(phone="[/] ask at the desk 💥" + " long" * 50, emergency="112")


@pytest.mark.parametrize("size", [(76, 15), (116, 31)])
@pytest.mark.parametrize("code", ["ST", "SI"])
@pytest.mark.parametrize("contact", [FULL, ABROAD])
def test_on_a_screen_of_usual_size_all_are_drawn_and_the_first_is_the_largest(
    size: tuple[int, int], code: str, contact: Contact
) -> None:
    width, height = size
    calls = whom_to_call(code, contact)
    chosen = next(each for each in _arrangements(calls, width, air=1) if each.rows <= height)
    others = [each for row in chosen.others for each in row]
    assert len(others) == 2
    assert chosen.first.dots >= 8
    assert all(5 <= each.dots < chosen.first.dots for each in others)
    assert [line.plain for line in call_lines(calls, width, height)] == [line.plain for line in chosen.draw()]


@pytest.mark.parametrize("width", [1, 5, 18, 40, 76, 140, 296])
@pytest.mark.parametrize("height", [1, 7, 9, 15, 60])
@pytest.mark.parametrize("contact", [FULL, ABROAD, IN_WORDS])
def test_no_number_is_ever_cut_by_the_width(width: int, height: int, contact: Contact) -> None:
    calls = whom_to_call("SI", contact)
    for each in _arrangements(calls, width, air=0):
        placed: list[PlacedCall] = [each.first, *(one for row in each.others for one in row)]
        assert [" ".join(one.lines) for one in placed] == [call.number for call in calls]
        assert all(line.cell_length <= width or one.dots == 0 for one in placed for line in one.draw(""))
    assert call_lines(calls, width, height)
    assert call_lines((), width, height) == []


def test_heights_are_tried_from_the_largest() -> None:
    assert list(FIRST) == sorted(FIRST, reverse=True)
    assert list(OTHERS) == sorted(OTHERS, reverse=True)
