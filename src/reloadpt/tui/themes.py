"""The colours: a light and a dark theme of our own, calm, with text that stands off its ground."""

from __future__ import annotations

from textual.theme import Theme

LIGHT = Theme(
    name="reload-light",
    primary="#00595c",
    secondary="#3d5a80",
    accent="#8a4b00",
    warning="#8a4b00",
    error="#a3131f",
    success="#1b6e3c",
    foreground="#1d2426",
    background="#fbfaf6",
    surface="#fbfaf6",
    panel="#e9e7de",
    dark=False,
    text_alpha=1.0,
    variables={
        "quiet": "#51595b",
        "empty-bar": "#a9b0ad",
        "key-sign": "bold #00595c",
        "go": "#1b6e3c",
        "calm": "#3d5a80",
    },
)
DARK = Theme(
    name="reload-dark",
    primary="#7fd6cf",
    secondary="#a8c5f0",
    accent="#ffc37a",
    warning="#ffc37a",
    error="#ff9b95",
    success="#8fe0a4",
    foreground="#eceae3",
    background="#14191a",
    surface="#14191a",
    panel="#232b2d",
    dark=True,
    text_alpha=1.0,
    variables={
        "quiet": "#aab4b3",
        "empty-bar": "#4a5557",
        "key-sign": "bold #7fd6cf",
        "go": "#8fe0a4",
        "calm": "#a8c5f0",
    },
)
THEMES = (DARK, LIGHT)
