"""CommonMark as plain lines: what an author wrote, without the marks that a screen would draw."""

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False})


def lines(text: str) -> Iterator[tuple[str, str, str]]:
    """Each paragraph or item as how its first line begins, how the others do, and its text."""
    marks: list[tuple[str, int]] = []
    fresh = False
    for token in _parser().parse(text):
        match token.type:
            case "bullet_list_open":
                marks.append(("", 0))
            case "ordered_list_open":
                marks.append((".", int(token.attrs.get("start", 1))))
            case "bullet_list_close" | "ordered_list_close":
                marks.pop()
            case "list_item_open":
                fresh = True
            case "inline" | "fence" | "code_block":
                indent = "  " * max(len(marks) - 1, 0)
                mark = ""
                if marks:
                    sign, number = marks[-1]
                    mark = f"{number}. " if sign else "- "
                    if fresh and sign:
                        marks[-1] = (sign, number + 1)
                    elif not fresh:
                        mark = " " * len(mark)
                fresh = False
                begins = indent + mark
                for part in _spoken(token).split("\n"):
                    yield begins, " " * len(begins), part
                    begins = " " * len(begins)
            case "hr":
                yield "", "", "* * *"


def _spoken(token: "Token") -> str:
    """The text of a token; a soft break is a space, a hard one a new line."""
    if token.children is None:
        return token.content.rstrip("\n")
    said = []
    for child in token.children:
        match child.type:
            case "softbreak":
                said.append(" ")
            case "hardbreak":
                said.append("\n")
            case "image":
                said.append(child.content)
            case _:
                said.append(child.content)
    return "".join(said)
