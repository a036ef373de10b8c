"""A long exercise of many people: six hours, forty players, everybody answers, reasons and talks.

It is played by the engine alone and then laid in a folder as a record, so that what is measured
afterwards reads it as it would any other.
"""

from dataclasses import replace
from pathlib import Path
from random import Random

from tabletop.conduct.folder import DataFolder
from tabletop.conduct.header import new_header
from tabletop.conduct.importing import import_record
from tabletop.conduct.library import Library
from tabletop.conduct.world import World
from tabletop.exercise import commands as c
from tabletop.exercise.chain import Stored, StoredEntry, StoredWord
from tabletop.exercise.engine import Engine
from tabletop.exercise.evolve import apply
from tabletop.exercise.portable import written
from tabletop.exercise.record import Entry, entry_bytes, entry_hash, header_bytes, header_hash
from tabletop.exercise.seats import Seat
from tabletop.exercise.state import State
from tabletop.exercise.words import reference, referred

PLAYERS = 40
HOURS = 6
FACILITATOR = "seat-1"
ROUNDS = 20
TALK = 4
WORDS = "We said between six and ten by Friday, and nobody had asked the provider twice."


class Long:
    """An exercise being played and written down."""

    def __init__(self, slug: str) -> None:
        loaded = Library().load(slug)
        self.chance = Random(7)
        self.engine = Engine(loaded.scenario, loaded.guidance)
        roles = tuple(loaded.scenario.roles)
        self.header = new_header(loaded, "longer", roles, {}, 1, World.fixed(1))
        self.state = State()
        self.at = 0
        self.hashes = {0: header_hash(header_bytes(self.header))}
        self.entries: list[StoredEntry] = []
        self.words: list[StoredWord] = []
        self.players = {f"seat-{n + 2}": roles[n % len(roles)] for n in range(PLAYERS)}
        self.do(
            FACILITATOR,
            c.Start(
                (
                    Seat(FACILITATOR, "facilitator", name="Fay Moss"),
                    *(Seat(seat, "player", role) for seat, role in self.players.items()),
                ),
                facilitated=True,
            ),
        )
        self.play()

    def do(self, seat: str, command: c.Command) -> None:
        self.state = apply(self.state, self.at, ())
        made = self.engine.decide(self.state, seat, referred(command, seat, self.refer))
        seq = len(self.entries) + 1
        data = entry_bytes(Entry(seq, seq - 1, self.at, seat, f"k{seq}", made))
        self.hashes[seq] = entry_hash(self.hashes[seq - 1], data)
        self.entries.append(StoredEntry(seq, data, self.hashes[seq]))
        self.state = apply(self.state, self.at, made)

    def refer(self, seat: str, text: str) -> str:
        salt = len(self.words).to_bytes(16)
        made = reference(salt, text)
        self.words.append(StoredWord(made, seat, salt, text))
        return made

    def play(self) -> None:
        """To the end; the time is spread so that it takes as long as it should."""
        scenes = 18
        while self.state.status == "running":
            self.at = min(self.at + HOURS * 3_600_000 // scenes, HOURS * 3_600_000)
            self.scene()

    def scene(self) -> None:
        """Talk, answers, and once more talk, until the facilitator can move on."""
        here = self.state.scene
        for number in range(ROUNDS):
            for seat, role in self.players.items():
                if role in self.state.joined and self.state.status == "running":
                    self.answer(seat)
            legal = self.engine.legal(self.state, FACILITATOR)
            ties = [each for each in legal if isinstance(each, c.Settle)]
            if c.Advance() in legal:
                self.do(FACILITATOR, c.Advance())
            elif ties and number:
                self.do(FACILITATOR, replace(self.chance.choice(ties), reason="We go on."))
            if self.state.status != "running" or self.state.scene != here:
                return
        raise AssertionError(f"{here} does not come to an end")

    def answer(self, seat: str) -> None:
        for _ in range(TALK):
            self.do(seat, c.Say("all", f"{WORDS} {len(self.entries)}"))
        legal = self.engine.legal(self.state, seat)
        shares = [each for each in legal if isinstance(each, c.Share)]
        if shares and self.chance.random() < 0.1:
            self.do(seat, self.chance.choice(shares))
        commits = [
            each
            for each in self.engine.legal(self.state, seat)
            if isinstance(each, c.Commit)
            and seat not in self.state.decisions[each.decision].answers
        ]
        if commits:
            sure = self.chance.randint(1, 4)
            self.do(seat, replace(self.chance.choice(commits), reason=WORDS, confidence=sure))
        settles = [x for x in self.engine.legal(self.state, seat) if isinstance(x, c.Settle)]
        if settles:
            self.do(seat, self.chance.choice(settles))

    def laid(self, folder: Path) -> str:
        """Lays it in a data folder, and gives its name."""
        stored = Stored(
            header_bytes(self.header),
            self.hashes[0],
            tuple(self.entries),
            tuple(self.words),
            len(self.entries),
            self.hashes[len(self.entries)],
        )
        path = folder / "longer.jsonl"
        path.write_bytes(written(stored, "all"))
        return import_record(DataFolder(folder / "data"), path).exercise
