"""Settings: what a person likes, in `settings.toml` of the data folder.

    theme = "dark"              # dark, light or contrast
    [keys]
    pause = "f9,ctrl+t"         # keys by the id of what they do

A file that can't be used costs nobody anything: the defaults hold and one sentence says why. A
theme chosen in the program changes its own line of the file and leaves the rest as it was written.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tabletop.conduct.whole_file import write_privately
from tabletop.wording import say

FILE = "settings.toml"
LARGEST = 64 * 1024
THEME = re.compile(r"^theme[ \t]*=.*$", re.MULTILINE)
TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person likes; empty where the defaults hold."""

    theme: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""
    """One sentence where the file, or a part of it, can't be used."""


def read(folder: Path) -> Settings:
    """The settings of a data folder, and never an exception."""
    path = folder / FILE
    try:
        if not path.is_file():
            return Settings()
        # Imported only where there is something to read: most people have no such file.
        import tomllib

        with path.open("rb") as file:
            source = file.read(LARGEST + 1)
        if len(source) > LARGEST:
            return Settings(problem=_unusable(path, say("it is too long")))
        values = tomllib.loads(source.decode("utf-8"))
    except OSError as error:
        return Settings(problem=_unusable(path, error.strerror or say("it can't be read")))
    except (UnicodeDecodeError, RecursionError):
        return Settings(problem=_unusable(path, say("it is not text in UTF-8")))
    except ValueError as error:
        return Settings(problem=_unusable(path, str(error)))
    return _checked(path, values)


def _checked(path: Path, values: Mapping[str, object]) -> Settings:
    theme, keys = values.get("theme", ""), values.get("keys", {})
    if not isinstance(theme, str):
        return Settings(problem=_unusable(path, say("`theme` should be a name in quotes")))
    if not isinstance(keys, dict) or not all(isinstance(key, str) for key in keys.values()):
        return Settings(problem=_unusable(path, say('[keys] should hold names = "keys"')))
    return Settings(theme, keys)


def _unusable(path: Path, why: str) -> str:
    return say(
        "The settings in {path} are left aside and the defaults hold: {why}.",
        path=path,
        why=why.rstrip("."),
    )


def keep_theme(folder: Path, theme: str) -> bool:
    """Remembers a theme; says whether that worked."""
    import tomllib

    path = folder / FILE
    line = f'theme = "{theme}"'
    try:
        text = path.read_text("utf-8") if path.is_file() else ""
        head_end = found.start() if (found := TABLE.search(text)) else len(text)
        head, tail = text[:head_end], text[head_end:]
        if THEME.search(head):
            head = THEME.sub(line, head, count=1)
        else:
            head = f"{line}\n{head}"
        tomllib.loads(head + tail)
        write_privately(path, head + tail)
    except (OSError, ValueError):
        return False
    return True
