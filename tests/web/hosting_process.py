"""A session in a process of its own, with real sockets, and people who speak to it in bytes."""

import contextlib
import json
import re
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlencode

from ports import unused

from tabletop.conduct.folder import DataFolder

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0


class Hosting:
    """`tabletop host --headless`, to be killed and taken up again at the same address."""

    def __init__(self, folder: Path, scenario: str = "first_hour") -> None:
        self.folder, self.scenario = folder, scenario
        self.port = unused()
        self.process: subprocess.Popen[bytes] | None = None
        self.errors = folder / "errors.txt"
        self.facilitating = self.code = ""

    def begin(self) -> "Hosting":
        """Begins it, or takes it up again; returns once it answers."""
        first = not self.code
        given = [self.scenario, "--open"] if first else ["--resume"]
        with self.errors.open("ab") as errors, (self.folder / "told.txt").open("wb") as told:
            self.process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "tabletop", "--data", str(self.folder / "data")),
                    *("host", *given, "--headless", "--bind", f"127.0.0.1:{self.port}"),
                ],
                cwd=ROOT,
                stdout=told,
                stderr=errors,
                stdin=subprocess.DEVNULL,
            )
        until = time.monotonic() + PATIENCE
        while True:
            assert self.process.poll() is None, self.errors.read_text()
            with contextlib.suppress(OSError):
                told = (self.folder / "told.txt").read_text()
                if "--resume" in told and self.ask("GET", "/asked").status == 200:
                    break
            assert time.monotonic() < until
            time.sleep(0.02)
        if first:
            said = (self.folder / "told.txt").read_text()
            self.code = re.search(r"the code ([A-Z0-9]{6})", said)[1]
            self.facilitating = re.search(r"write ([A-Z0-9]{10})", said)[1]
        return self

    def kill(self) -> None:
        """Kills it as a power cut would."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def memory(self) -> int:
        """The kilobytes it holds."""
        assert self.process is not None
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1])

    def connect(self) -> socket.socket:
        """A connection to it."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)

    def raw(self, data: bytes, patience: float = PATIENCE) -> bytes:
        """All that comes back for some bytes, until nothing more does for a while."""
        with self.connect() as line:
            line.settimeout(patience)
            with contextlib.suppress(OSError):
                line.sendall(data)
            got = b""
            with contextlib.suppress(OSError):
                while some := line.recv(65536):
                    got += some
            return got

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> "Answer":
        """A request, answered; an OSError where nobody answers."""
        lines = [f"{method} {path} HTTP/1.1", f"host: 127.0.0.1:{self.port}", "connection: close"]
        lines += [f"content-length: {len(body)}"] if body else []
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        return Answer(self.raw("\r\n".join([*lines, "", ""]).encode() + body))

    def join(self, name: str, code: str = "", **given: str) -> "Someone":
        """Somebody comes in."""
        fields = {"code": code or self.code, "name": name, "accept": "yes", **given}
        body = urlencode(fields).encode()
        kind = "application/x-www-form-urlencoded"
        answer = self.ask("POST", "/join", body, content_type=kind, accept="application/json")
        number = json.loads(answer.body)["person"]
        return Someone(self, number, re.search(rb"seat=([^;]+)", answer.head)[1].decode())

    def clean(self) -> str:
        """What it said where nothing should be said; nothing is well."""
        return self.errors.read_text()

    def record(self) -> object:
        """The words in the record of the only exercise, once the process has gone."""
        folder = DataFolder(self.folder / "data")
        (found,) = folder.exercises()
        return folder.stored(found.id)


class Answer:
    """An answer in bytes, taken apart."""

    def __init__(self, data: bytes) -> None:
        if not data:
            raise ConnectionError
        self.head, _, self.body = data.partition(b"\r\n\r\n")
        self.status = int(self.head.split(b" ", 2)[1])


class Someone:
    """A person's device."""

    def __init__(self, hosting: Hosting, number: int, token: str) -> None:
        self.hosting, self.number, self.token = hosting, number, token

    def command(self, key: str, kind: str, **given: object) -> dict[str, object]:
        """A command, answered; an OSError where it was not."""
        body = json.dumps({"command": {"type": kind, **given}, "key": key}).encode()
        return self.post("commands", body)

    def session(self, kind: str, **given: object) -> dict[str, object]:
        """A command to the session."""
        return self.post("commands", json.dumps({"session": {"type": kind, **given}}).encode())

    def post(self, path: str, body: bytes) -> dict[str, object]:
        """What is posted to this place, answered."""
        answer = self.hosting.ask(
            "POST",
            f"/s/{self.number}/{path}",
            body,
            cookie=f"seat={self.token}",
            content_type="application/json",
        )
        found: dict[str, object] = json.loads(answer.body)
        return found

    def line(self, path: str = "events", *, small: bool = False) -> socket.socket:
        """A line of theirs, open; one that holds little where it is not read."""
        line = socket.socket()
        if small:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        line.settimeout(PATIENCE)
        line.connect(("127.0.0.1", self.hosting.port))
        line.sendall(
            f"GET /s/{self.number}/{path} HTTP/1.1\r\nhost: 127.0.0.1\r\n"
            f"cookie: seat={self.token}\r\n\r\n".encode()
        )
        return line
