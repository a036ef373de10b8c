"""From a command to the last page told, beside a bare broadcast of the same bytes.

The server is a process of its own on loopback; this one posts commands and reads everyone's line as
fast as it can. What is timed is a message to all: from the first byte of the command until the last
of those at the table has read what it made of their page. Beside it a Starlette application without
anything else sends the same bytes to as many readers, exercise by exercise; the two take turns,
command by command. Fifty exercises get their commands all at once.
"""

import asyncio
import json
import sys
from collections.abc import Iterator
from statistics import median, quantiles
from subprocess import PIPE, Popen
from time import perf_counter

from bench.table import Row, ms

COMMANDS = 300
"""How many are measured at least, so that one in a hundred is not one that was unlucky."""
RATIO, LATEST, MEMORY = 2.0, 0.1, 300.0
LINES = (("events", "pages"), ("frames", "terminals"))


def rows() -> Iterator[Row]:
    for path, what in LINES:
        yield from asyncio.run(measured(path, f"1 exercise, 200 {what}", 1, 200))
        yield from asyncio.run(measured(path, f"50 exercises, 8 {what} each", 50, 8))


async def measured(path: str, what: str, count: int, people: int) -> list[Row]:
    """The rows of one arrangement."""
    ours, bare = Server("sessions", str(count), str(people)), Server("bare")
    try:
        before, _ = await ours.spent()
        tables = [
            [
                await Reader.open(ours, f"/{number}/s/{person}/{path}", token)
                for person, token in places
            ]
            for number, places in enumerate(ours.came)
        ]
        for readers in tables:
            await asyncio.gather(*(reader.until(b"\n\n") for reader in readers))
        await asyncio.sleep(1)
        opened, taken = await ours.spent()
        groups = [
            [await Reader.open(bare, f"/events/{number}") for _ in range(people)]
            for number in range(count)
        ]
        _, taken_bare = await bare.spent()
        times: list[float] = []
        theirs: list[float] = []
        rounds = max(40, COMMANDS // count)
        for number in range(rounds):
            marker = f"marker-{number}-"
            told = await asyncio.gather(
                *(round_of(ours, table, readers, marker) for table, readers in enumerate(tables))
            )
            times += [seconds for seconds, _ in told]
            theirs += await asyncio.gather(
                *(
                    broadcast(bare, group, readers, told[group][1], f"{marker}bare-")
                    for group, readers in enumerate(groups)
                )
            )
        full, until = await ours.spent()
        _, until_bare = await bare.spent()
    finally:
        ours.end()
        bare.end()
    ratio = median(times) / median(theirs)
    late, latest = (quantiles(each, n=100)[98] for each in (times, theirs))
    processor, bare_processor = (until - taken) / rounds, (until_bare - taken_bare) / rounds
    each = (opened - before) / (count * people)
    grown = (full - before) / (count * people)
    return [
        Row(
            f"command to the last told, {what}",
            ms(median(times)),
            f"bare broadcast {ms(median(theirs))}",
            f"{ratio:.2f}",
            f"≤ {RATIO:g}",
            ratio <= RATIO,
        ),
        Row(
            f"the same, 99 of 100, {what}",
            ms(late),
            f"bare broadcast {ms(latest)}",
            f"{late / latest:.2f}",
            f"< {ms(LATEST)}",
            late < LATEST,
        ),
        Row(
            f"processor time for it, {what}",
            ms(processor),
            f"bare broadcast {ms(bare_processor)}",
            f"{processor / bare_processor:.2f}",
        ),
        Row(
            f"memory a player, {what}",
            f"{grown:.0f} kB",
            f"before any command {each:.0f} kB",
            "",
            f"< {MEMORY:.0f} kB",
            grown < MEMORY,
        ),
    ]


async def round_of(
    server: "Server", table: int, readers: list["Reader"], marker: str
) -> tuple[float, bytes]:
    """One message to all: its seconds until the last has read it, and the bytes of one reader."""
    person, token = server.came[table][0]
    words = f"{marker}{table}-"
    body = json.dumps(
        {"command": {"type": "Say", "to": "all", "words": words, "about": ""}, "key": words}
    ).encode()
    begun = perf_counter()
    told = [asyncio.ensure_future(reader.until(words.encode())) for reader in readers]
    await server.post(f"/{table}/s/{person}/commands", body, token)
    read = await asyncio.gather(*told)
    return perf_counter() - begun, read[-1]


async def broadcast(
    server: "Server", group: int, readers: list["Reader"], data: bytes, marker: str
) -> float:
    """The seconds in which a bare broadcast is read by everyone."""
    data = data + marker.encode() + b"\n\n"
    begun = perf_counter()
    told = [asyncio.ensure_future(reader.until(marker.encode())) for reader in readers]
    await server.post(f"/send/{group}", data)
    await asyncio.gather(*told)
    return perf_counter() - begun


class Server:
    """A server process, and requests to it."""

    def __init__(self, *given: str) -> None:
        self._process = Popen([sys.executable, "-m", "bench.serving", *given], stdout=PIPE)
        assert self._process.stdout is not None
        found = json.loads(self._process.stdout.readline())
        self.port, self.came = found["port"], found["came"]

    async def post(self, path: str, body: bytes, token: str = "") -> bytes:
        """Posts, and reads the answer."""
        return await self._asked(
            f"POST {path} HTTP/1.1\r\ncookie: seat={token}\r\n"
            f"content-type: application/json\r\ncontent-length: {len(body)}\r\n",
            body,
        )

    async def spent(self) -> tuple[float, float]:
        """The kilobytes it holds, and the seconds of processor time it took."""
        answer = await self._asked("GET /spent HTTP/1.1\r\n")
        memory, processor = answer.rsplit(b"\r\n", 1)[-1].split()
        return float(memory), float(processor)

    async def _asked(self, head: str, body: bytes = b"") -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(f"{head}host: localhost\r\nconnection: close\r\n\r\n".encode() + body)
        answer = await reader.read()
        writer.close()
        assert b" 200 " in answer[:15], answer[:300]
        return answer

    def end(self) -> None:
        """Ends the process."""
        self._process.kill()
        self._process.wait()


class Reader:
    """Someone's line."""

    def __init__(self, stream: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._stream = stream
        self._writer = writer

    @staticmethod
    async def open(server: Server, path: str, token: str = "") -> "Reader":
        """Opens a line, and reads its head."""
        stream, writer = await asyncio.open_connection("127.0.0.1", server.port)
        head = f"GET {path} HTTP/1.1\r\nhost: localhost\r\ncookie: seat={token}\r\n\r\n"
        writer.write(head.encode())
        assert b" 200 " in await stream.readuntil(b"\r\n\r\n")
        return Reader(stream, writer)

    async def until(self, marker: bytes) -> bytes:
        """What comes until these bytes have."""
        read = b""
        async with asyncio.timeout(30):
            while marker not in read:
                some = await self._stream.read(1 << 20)
                assert some, "the line has ended"
                read += some
        return read
