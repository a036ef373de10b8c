"""Streams: what the command line says on standard output and standard error, cleaned.

What cleans it is imported when something is said: `--help` says nothing through here.
"""

import os
import select
import sys
from collections.abc import Iterable


def line(text: str) -> None:
    """Prints a sentence, wrapped."""
    from tabletop.plain.page import Page

    page = Page(sys.stdout)
    page.line(text)
    page.flush()


def out(lines: Iterable[str]) -> None:
    """Prints lines as they are, less what would steer a terminal."""
    from tabletop.plain.page import clean

    for line in lines:
        sys.stdout.write(f"{clean(line)}\n")
    sys.stdout.flush()


def complain(sentence: str) -> None:
    """Says on standard error, in one line, what is wrong."""
    if sys.stderr is None:
        return
    from tabletop.plain.page import clean

    try:
        sys.stderr.write(f"tabletop: {' '.join(clean(sentence).split())}\n")
        sys.stderr.flush()
    except OSError:
        pass


def heard() -> bool:
    """Whether anybody may still read standard output, as far as the system can tell."""
    if not hasattr(select, "poll"):
        return True
    looked = select.poll()
    looked.register(1, 0)
    return not any(seen & (select.POLLERR | select.POLLHUP) for _, seen in looked.poll(0))


def deafen() -> None:
    """Stops writing to a reader that has gone, so that nothing complains at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
