"""Commands as processes, without waiting each time for Python to import the program.

Nine tenths of a short command is imports and reading the guidance that came along. So one process
does both and then, for each command, becomes a child of its own: with the standard streams,
environment and folder that are handed to it, its own exit code, and nothing left behind for the
next. What only a fresh start can show (what is imported when, signals, terminals, the seed of
hashes) is tested with one.

Run as a script it is that process; `Forking` is the other end of its socket.
"""

import gc
import json
import os
import pkgutil
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryFile

PATIENCE = 60.0
ROOMS = ("authoring", "cli", "conduct", "debrief", "exercise", "plain", "scenario")


class Forking:
    """The process that commands are forked from."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._line, theirs = socket.socketpair()
        self._line.settimeout(PATIENCE)
        self._process = subprocess.Popen(
            [sys.executable, __file__, str(theirs.fileno())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env=dict(environment),
            pass_fds=[theirs.fileno()],
            start_new_session=True,
        )
        theirs.close()

    def run(
        self,
        arguments: Sequence[str | Path],
        typed: bytes,
        environment: Mapping[str, str],
        folder: Path,
    ) -> tuple[int, bytes, bytes]:
        """The exit code of a command, and what it wrote to standard output and error."""
        with TemporaryFile() as given, TemporaryFile() as out, TemporaryFile() as err:
            given.write(typed)
            given.seek(0)
            asked = json.dumps([[*map(os.fspath, arguments)], dict(environment), str(folder)])
            streams = [each.fileno() for each in (given, out, err)]
            socket.send_fds(self._line, [asked.encode()], streams)
            try:
                code = int(self._line.recv(16))
            except TimeoutError:
                os.killpg(self._process.pid, signal.SIGKILL)
                raise
            out.seek(0)
            err.seek(0)
            return code, out.read(), err.read()

    def close(self) -> None:
        """Lets the process end."""
        self._line.close()
        self._process.wait(PATIENCE)


def serve(line: socket.socket) -> None:
    """Becomes one command after another; only the commands return."""
    import tabletop
    from tabletop.conduct.library import Library

    for room in ROOMS:
        folder = Path(tabletop.__path__[0], room)
        for each in pkgutil.walk_packages([str(folder)], f"tabletop.{room}."):
            import_module(each.name)
    # It reads the guidance, and has pydantic build what validates a scenario.
    Library().load("first_hour")
    gc.freeze()
    while True:
        asked, streams, _, _ = socket.recv_fds(line, 1 << 20, 3)
        if not asked:
            os._exit(0)
        child = os.fork()
        if child:
            for each in streams:
                os.close(each)
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            line.send(str(code).encode())
            continue
        line.close()
        for each, stream in enumerate(streams):
            os.dup2(stream, each)
            os.close(stream)
        arguments, environment, folder = json.loads(asked)
        os.environ.clear()
        os.environ.update(environment)
        os.chdir(folder)
        sys.argv = ["tabletop", *arguments]
        return


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
    from tabletop.cli import main

    main()
