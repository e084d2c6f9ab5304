"""The colours: calm ones, dark and light, two that stand off more, and the terminal's own.

Every theme gives the same names. Text stands off its ground by 4.5:1, in high contrast by 7:1; a test measures it
as it is drawn.
"""

from __future__ import annotations

from textual.theme import BUILTIN_THEMES, Theme


def _theme(
    name: str,
    *,
    dark: bool,
    text: str,
    ground: str,
    panel: str,
    quiet: str,
    main: str,
    go: str,
    calm: str,
    wait: str,
    grave: str,
    empty: str,
    cursor: str = "",
    key: str = "",
    ansi: bool = False,
) -> Theme:
    """A theme of these colours: ``go`` at work, ``calm`` at rest, ``wait`` while time stands, ``grave`` to call."""
    return Theme(
        name=name,
        primary=main,
        secondary=calm,
        accent=wait,
        warning=wait,
        error=grave,
        success=go,
        foreground=text,
        background=ground,
        surface=ground,
        panel=panel,
        dark=dark,
        ansi=ansi,
        text_alpha=1.0,
        variables={
            **(BUILTIN_THEMES["ansi-dark"].variables if ansi else {}),
            "quiet": quiet,
            "empty-bar": empty,
            "track": panel,
            **(_cursor(text, cursor) if cursor else {}),
            "here": f"on {cursor}" if cursor else "bold underline",
            "key-sign": key or f"bold {main}",
            "go": go,
            "calm": calm,
        },
    )


def _cursor(text: str, ground: str) -> dict[str, str]:
    """The marked line of a list: everything that can stand in it can be read on its ground."""
    return {
        "block-cursor-background": ground,
        "block-cursor-foreground": text,
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": ground,
        "block-cursor-blurred-foreground": text,
        "block-cursor-blurred-text-style": "bold",
    }


DARK = _theme(
    "reload-dark", dark=True, text="#eceae3", ground="#14191a", panel="#232b2d", quiet="#aab4b3", main="#7fd6cf",
    go="#8fe0a4", calm="#a8c5f0", wait="#ffc37a", grave="#ff9b95", empty="#4a5557", cursor="#2a4345",
)  # fmt: skip
LIGHT = _theme(
    "reload-light", dark=False, text="#1d2426", ground="#fbfaf6", panel="#e9e7de", quiet="#51595b", main="#00595c",
    go="#1b6e3c", calm="#3d5a80", wait="#8a4b00", grave="#a3131f", empty="#a9b0ad", cursor="#cfe3e0",
)  # fmt: skip
HIGH_CONTRAST = _theme(
    "reload-high-contrast", dark=True, text="#ffffff", ground="#000000", panel="#000000", quiet="#ffffff",
    main="#ffff66", go="#66ff99", calm="#99ddff", wait="#ffcc33", grave="#ffb3b3", empty="#808080", cursor="#003a8c",
)  # fmt: skip
COLOUR_BLIND = _theme(
    "reload-colour-blind", dark=True, text="#f0f0f0", ground="#101418", panel="#20272e", quiet="#b4bcc4",
    main="#8ecbff", go="#56b4e9", calm="#f0f0f0", wait="#f0e442", grave="#ff9f4d", empty="#4c555e", cursor="#23405a",
)  # fmt: skip
"""Blue, yellow and orange of the set by Okabe and Ito, told apart with every kind of colour vision."""
TERMINAL = _theme(
    "reload-terminal", dark=True, ansi=True, text="ansi_default", ground="ansi_default", panel="ansi_default",
    quiet="ansi_default", main="ansi_default", go="ansi_green", calm="ansi_default", wait="ansi_yellow",
    grave="ansi_red", empty="ansi_default", key="bold reverse",
)  # fmt: skip
THEMES = (DARK, LIGHT, HIGH_CONTRAST, COLOUR_BLIND, TERMINAL)


def theme_of(name: str) -> Theme:
    """The theme that the setting ``name`` means."""
    return next(theme for theme in THEMES if theme.name == f"reload-{name}")
