"""A YAML language server as an editor drives it, with the few messages that tests need."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
INSTALLED = ROOT / ".venv" / "node" / "node_modules" / ".bin" / "yaml-language-server"
PROGRAM = shutil.which("yaml-language-server") or (str(INSTALLED) if INSTALLED.exists() else None)
REQUIRED = "language-server" in os.environ.get("TABLETOP_REQUIRE", "")


class LanguageServer:
    """One server with one folder open."""

    def __init__(self, folder: Path) -> None:
        assert PROGRAM is not None, "TABLETOP_REQUIRE asks for yaml-language-server; there is none"
        self.process = subprocess.Popen(
            [PROGRAM, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.asked = 0
        self.versions: dict[Path, int] = {}
        self.problems: dict[str, list[str]] = {}
        self.replies: dict[int, Any] = {}
        self.ask("initialize", processId=os.getpid(), rootUri=folder.as_uri(), capabilities={})
        self.tell("initialized")
        settings = {"yaml": {"validate": True, "schemaStore": {"enable": False}}}
        self.tell("workspace/didChangeConfiguration", settings=settings)

    def close(self) -> None:
        self.process.kill()
        self.process.communicate()

    def shown(self, path: Path, text: str) -> list[str]:
        """What is underlined in a file after it was opened or changed."""
        version = self.versions[path] = self.versions.get(path, 0) + 1
        document = {"uri": path.as_uri(), "version": version}
        if version == 1:
            opened = {**document, "languageId": "yaml", "text": text}
            return self.after(path, "textDocument/didOpen", textDocument=opened)
        change = {"textDocument": document, "contentChanges": [{"text": text}]}
        return self.after(path, "textDocument/didChange", **change)

    def after(self, path: Path, message: str, **params: Any) -> list[str]:
        """What is underlined in a file once a message has been worked on."""
        self.problems.pop(path.as_uri(), None)
        self.tell(message, **params)
        while path.as_uri() not in self.problems:
            self.read()
        return self.problems[path.as_uri()]

    def offered(self, path: Path, place: tuple[int, int]) -> dict[str, str]:
        """What can be completed at a place, each with what is said about it."""
        found = self.ask("textDocument/completion", **at(path, place))["items"]
        return {each["label"]: said(each.get("documentation")) for each in found}

    def told(self, path: Path, place: tuple[int, int]) -> str:
        """What is told about a place under the pointer."""
        return said(self.ask("textDocument/hover", **at(path, place))["contents"])

    def ask(self, method: str, **params: Any) -> Any:
        self.asked += 1
        self.send(id=self.asked, method=method, params=params)
        while self.asked not in self.replies:
            self.read()
        return self.replies.pop(self.asked)

    def tell(self, method: str, **params: Any) -> None:
        self.send(method=method, params=params)

    def send(self, **message: Any) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def read(self) -> None:
        assert self.process.stdout is not None
        length = 0
        while (line := self.process.stdout.readline().strip()) or not length:
            assert line or self.process.poll() is None, "the server has ended"
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        message = json.loads(self.process.stdout.read(length))
        if message.get("method") == "textDocument/publishDiagnostics":
            found = message["params"]["diagnostics"]
            self.problems[message["params"]["uri"]] = [each["message"] for each in found]
        elif "method" in message and "id" in message:
            self.send(id=message["id"], result=None)
        elif "id" in message:
            self.replies[message["id"]] = message["result"]


def at(path: Path, place: tuple[int, int]) -> dict[str, Any]:
    position = {"line": place[0], "character": place[1]}
    return {"textDocument": {"uri": path.as_uri()}, "position": position}


def said(markup: Any) -> str:
    return markup["value"] if isinstance(markup, dict) else markup or ""
