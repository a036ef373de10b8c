"""A program on a pseudo-terminal of 80 by 24, and how long it takes to show something.

Everything here is what a person waits for: the clock starts before the process does, and stops
when the bytes that paint the awaited text have been read from the terminal.
"""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

COLUMNS, LINES = 80, 24
PATIENCE = 30.0
QUIET = 0.06
"""A paint is over when nothing more came for this long."""
_ESCAPES = re.compile(
    rb"\x1b(?:\[[0-9;:?<>=]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[P_^].*?\x1b\\|.)"
)


class Silent(Exception):
    """The awaited text never came."""


class Terminal:
    """A running program and the terminal it runs on."""

    def __init__(self, arguments: Sequence[str], home: Path) -> None:
        self.seen = b""
        self.begun = time.perf_counter()
        self.process, self._fd = pty.fork()
        if self.process == 0:
            fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
            os.execve(arguments[0], list(arguments), surroundings(home))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.kill(self.process, signal.SIGKILL)
        os.close(self._fd)
        os.waitpid(self.process, 0)

    def until(self, text: str) -> float:
        """Seconds from the start until a text of the screen has been painted."""
        wanted = text.encode()
        while wanted not in _ESCAPES.sub(b"", self.seen):
            if not self._read(PATIENCE):
                raise Silent(self.text())
        return time.perf_counter() - self.begun

    def press(self, key: str) -> float:
        """Seconds from a key to the last byte of what it painted."""
        self.settle()
        begun = last = time.perf_counter()
        os.write(self._fd, key.encode())
        wait = 2.0
        while self._read(wait):
            last = time.perf_counter()
            wait = QUIET
        if last == begun:
            raise Silent(f"{key!r} painted nothing: {self.text()}")
        return last - begun

    def settle(self, quiet: float = QUIET) -> None:
        """Reads until nothing more comes."""
        while self._read(quiet):
            pass

    def text(self) -> str:
        """What has been written so far, without its escapes."""
        return _ESCAPES.sub(b"", self.seen).decode(errors="replace")

    def memory(self) -> tuple[float, float]:
        """Resident memory now and at its peak, in MB."""
        status = Path(f"/proc/{self.process}/status").read_text()
        found = dict(re.findall(r"^(VmRSS|VmHWM):\s+(\d+) kB", status, re.MULTILINE))
        return int(found["VmRSS"]) / 1024, int(found["VmHWM"]) / 1024

    def _read(self, patience: float) -> bool:
        if not select.select([self._fd], [], [], patience)[0]:
            return False
        try:
            read = os.read(self._fd, 1 << 16)
        except OSError:
            return False
        self.seen += read
        return bool(read)


def surroundings(home: Path) -> dict[str, str]:
    """An environment that holds nothing of whoever runs this."""
    return {
        "PATH": os.environ.get("PATH", ""),
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "TABLETOP_DATA": str(home / "exercises"),
    }
