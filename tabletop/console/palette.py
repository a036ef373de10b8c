"""The command palette, in our own quiet clothes."""

from textual.command import CommandPalette


class Palette(CommandPalette):
    """Commands by name; the page below does not shine through, and no picture stands beside."""

    DEFAULT_CSS = """
    Palette { background: $background; }
    Palette SearchIcon { display: none; }
    Palette > Vertical, Palette:dark > Vertical { background: $background; }
    Palette #--input { padding-left: 1; }
    Palette #--input, Palette #--input.--list-visible {
        background: $background; border: none; border-bottom: solid $rule;
    }
    Palette CommandList { background: $background; border-bottom: none; }
    Palette CommandList > .option-list--option-highlighted { background: $cursor; }
    """
