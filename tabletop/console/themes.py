"""Themes: dark, light and high contrast, quiet with one accent, in the hues of Okabe and Ito.

A style sheet names only the variables below and never a colour. `PAIRS` lists which text may stand
on which ground; a test holds every pair of every theme to a contrast of 4.5 to 1, and another
looks at every drawn cell of every screen.

    $text       what is read              $background  the page
    $quiet      what stands beside it     $surface     a field or a framed part
    $accent     the one thing to do now   $cursor      behind the line one is on
    $private    what only you know        $rule        lines, never text
    $warning    look here                 $on-accent   text on a ground of $accent
    $error      what went wrong           $success     what went well
"""

from dataclasses import dataclass

from textual.color import Color
from textual.theme import Theme

INKS = ("text", "quiet", "accent", "private", "warning", "error", "success")
GROUNDS = ("background", "surface", "cursor")
PAIRS = (*((ink, ground) for ink in INKS for ground in GROUNDS), ("on-accent", "accent"))
"""Each text colour with each ground it may stand on."""


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one theme."""

    dark: bool
    background: str
    surface: str
    text: str
    quiet: str
    rule: str
    accent: str
    on_accent: str
    private: str
    warning: str
    error: str
    success: str
    cursor: str


PALETTES = {
    "dark": Palette(
        dark=True,
        background="#14181b",
        surface="#1c2226",
        text="#e6e3dc",
        quiet="#a7adb2",
        rule="#3d464d",
        accent="#56b4e9",
        on_accent="#0c1418",
        private="#d998bb",
        warning="#e69f00",
        error="#f0824a",
        success="#3fb995",
        cursor="#26333d",
    ),
    "light": Palette(
        dark=False,
        background="#fbfaf6",
        surface="#f2f0ea",
        text="#22272b",
        quiet="#555d64",
        rule="#c6c3ba",
        accent="#005c92",
        on_accent="#ffffff",
        private="#8c3f6d",
        warning="#7d5200",
        error="#a04000",
        success="#00664c",
        cursor="#d9e8f2",
    ),
    "contrast": Palette(
        dark=True,
        background="#000000",
        surface="#000000",
        text="#ffffff",
        quiet="#e2e2e2",
        rule="#ffffff",
        accent="#f0e442",
        on_accent="#000000",
        private="#ffb3d9",
        warning="#ffb833",
        error="#ff9d5c",
        success="#5fe0b7",
        cursor="#2d2d2d",
    ),
}
"""The palettes by the short name that settings use."""

DEFAULT = "dark"


def theme_name(short: str) -> str:
    """The name Textual knows a theme by."""
    return f"tabletop-{short}"


def variables(palette: Palette) -> dict[str, str]:
    """Every variable of Textual's that colours text or its ground, in terms of the palette."""
    p = palette
    plain = {
        "text": p.text,
        "text-muted": p.quiet,
        "text-disabled": p.quiet,
        "foreground-muted": p.quiet,
        "foreground-disabled": p.quiet,
        "text-primary": p.accent,
        "text-secondary": p.text,
        "text-accent": p.accent,
        "text-warning": p.warning,
        "text-error": p.error,
        "text-success": p.success,
        "quiet": p.quiet,
        "rule": p.rule,
        "on-accent": p.on_accent,
        "private": p.private,
        "cursor": p.cursor,
        "dots": "#000000",
        "dots-ground": "#ffffff",
        "border": p.accent,
        "border-blurred": p.rule,
        "surface-active": p.surface,
        "link-color": p.accent,
        "link-color-hover": p.accent,
        "link-background": "transparent",
        "link-background-hover": "transparent",
        "link-style": "underline",
        "link-style-hover": "underline",
        "footer-foreground": p.quiet,
        "footer-background": p.background,
        "footer-key-foreground": p.accent,
        "footer-key-background": p.background,
        "footer-description-foreground": p.quiet,
        "footer-description-background": p.background,
        "footer-item-background": p.background,
        "input-cursor-background": p.text,
        "input-cursor-foreground": p.background,
        "input-cursor-text-style": "none",
        "input-selection-background": p.cursor,
        "input-selection-foreground": p.text,
        "screen-selection-background": p.cursor,
        "screen-selection-foreground": p.text,
        "button-foreground": p.text,
        "button-color-foreground": p.on_accent,
        "button-focus-text-style": "bold",
    }
    cursor = {
        "block-cursor-foreground": p.text,
        "block-cursor-background": p.cursor,
        "block-cursor-text-style": "none",
        "block-cursor-blurred-foreground": p.text,
        "block-cursor-blurred-background": p.background,
        "block-cursor-blurred-text-style": "none",
        "block-hover-background": p.surface,
    }
    bars = {
        "scrollbar": p.rule,
        "scrollbar-hover": p.quiet,
        "scrollbar-active": p.accent,
        "scrollbar-background": p.background,
        "scrollbar-background-hover": p.background,
        "scrollbar-background-active": p.background,
        "scrollbar-corner-color": p.background,
    }
    headings = {
        f"markdown-h{level}-{part}": value
        for level in range(1, 7)
        for part, value in (
            ("color", p.accent if level < 3 else p.text),
            ("background", "transparent"),
            ("text-style", "bold" if level < 5 else "none"),
        )
    }
    return plain | cursor | bars | headings


def theme(short: str) -> Theme:
    """The theme of a palette."""
    p = PALETTES[short]
    return Theme(
        name=theme_name(short),
        primary=p.accent,
        secondary=p.quiet,
        accent=p.accent,
        foreground=p.text,
        background=p.background,
        surface=p.surface,
        panel=p.surface,
        boost=p.surface,
        warning=p.warning,
        error=p.error,
        success=p.success,
        dark=p.dark,
        variables=variables(p),
    )


def contrast(one: Color, other: Color) -> float:
    """The contrast of two colours as WCAG defines it, from 1 to 21."""

    def luminance(colour: Color) -> float:
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
            for part in colour.normalized
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
