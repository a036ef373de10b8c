"""Explaining: the page of a code, with what it means, why, and a bad and a good example."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from tabletop.authoring.findings import severities, titles

_FENCE = re.compile(r"^## (Bad|Good)\n\n```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Page:
    """A page about one code."""

    code: str
    text: str
    """The page in Markdown."""
    bad: str | None
    """The example that yields the code, where a file can show it."""
    good: str | None
    """The same, mended."""


class Unexplained(LookupError):
    """There is no such code."""


@cache
def page(code: str) -> Page:
    """The page of a code.

    Raises:
        Unexplained: with a sentence, where there is no such code.
    """
    known = code.strip().upper()
    if known not in titles():
        near = get_close_matches(known, titles(), 1, 0.6)
        hint = f"; did you mean {near[0]}?" if near else "."
        raise Unexplained(f"There is no code {code.strip()[:20]}{hint}")
    text = (files("tabletop.authoring") / "pages" / f"{known}.md").read_text(encoding="utf-8")
    examples = dict(_FENCE.findall(text))
    return Page(known, text, examples.get("Bad"), examples.get("Good"))


def contents() -> Iterator[str]:
    """Every code with its severity and the sentence that heads its page."""
    for code, title in titles().items():
        yield f"{code}  {severities()[code]:<8} {title}"
