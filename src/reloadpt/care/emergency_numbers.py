"""The emergency number that a time zone suggests, with its country, to be confirmed: none is assumed."""

from __future__ import annotations

from reloadpt.care.history import History

OF_EUROPE = {
    "Amsterdam": "the Netherlands", "Athens": "Greece", "Berlin": "Germany", "Bratislava": "Slovakia",
    "Brussels": "Belgium", "Bucharest": "Romania", "Budapest": "Hungary", "Busingen": "Germany",
    "Copenhagen": "Denmark", "Dublin": "Ireland", "Helsinki": "Finland", "Lisbon": "Portugal",
    "Ljubljana": "Slovenia", "Luxembourg": "Luxembourg", "Madrid": "Spain", "Malta": "Malta",
    "Oslo": "Norway", "Paris": "France", "Prague": "Czechia", "Riga": "Latvia", "Rome": "Italy",
    "Sofia": "Bulgaria", "Stockholm": "Sweden", "Tallinn": "Estonia", "Vienna": "Austria",
    "Vilnius": "Lithuania", "Warsaw": "Poland", "Zagreb": "Croatia", "Zurich": "Switzerland",
}  # fmt: skip
"""Where 112 is called, by the city of the zone (general practice)."""
ELSEWHERE = {
    "Europe/London": ("999", "the United Kingdom"),
    "Pacific/Auckland": ("111", "New Zealand"),
    "Asia/Tokyo": ("119", "Japan"),
    "Asia/Kolkata": ("112", "India"),
    "Asia/Singapore": ("995", "Singapore"),
    **dict.fromkeys(
        (
            f"Australia/{city}"
            for city in ("Sydney", "Melbourne", "Brisbane", "Perth", "Adelaide", "Hobart", "Darwin")
        ),
        ("000", "Australia"),
    ),
    **dict.fromkeys(
        (
            f"America/{city}"
            for city in ("New_York", "Chicago", "Denver", "Los_Angeles", "Phoenix", "Detroit", "Anchorage")
        ),
        ("911", "the United States"),
    ),
    **dict.fromkeys(
        (
            f"America/{city}"
            for city in ("Toronto", "Vancouver", "Edmonton", "Winnipeg", "Halifax", "Regina", "St_Johns")
        ),
        ("911", "Canada"),
    ),
}


def number_of_zone(zone: str | None) -> tuple[str, str] | None:
    """The number to suggest and its country; None where the zone tells none."""
    area, _, city = (zone or "").partition("/")
    if area == "Europe" and city in OF_EUROPE:
        return "112", OF_EUROPE[city]
    return ELSEWHERE.get(zone or "")


def is_elsewhere(history: History, zone: str | None) -> bool:
    """Whether the clock is that of another country than the emergency number is for."""
    if zone is None or history.number_zone in (None, zone):
        return False
    here, there = number_of_zone(zone), number_of_zone(history.number_zone)
    return here is None or there is None or here[1] != there[1]
