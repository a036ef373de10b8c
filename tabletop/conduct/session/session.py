"""Session: a room's people and tables, and everything that changes them.

A session holds what an exercise does not know: who stands at the door, whose device is whose, which
group sits at which table. It never decides anything about the story; what a facilitator does there
goes through the table's own room as a command of their seat. What is kept is on the disk before
anyone is told, in the session's file or in the exercise's, never in both: where somebody was let in
and the process died before their seat was taken, resuming seats them.

Presence, and whether someone looks at their page, is known here while they do and is never stored.
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tabletop.authoring.outlook import Outlook
from tabletop.conduct.connection import Accepted, Answer, Rejected
from tabletop.conduct.errors import SetupError, TabletopError
from tabletop.conduct.folder import DataFolder
from tabletop.conduct.library import Loaded
from tabletop.conduct.open_exercise import Exercise
from tabletop.conduct.proving import Prover
from tabletop.conduct.session import commands as s
from tabletop.conduct.session import managing, table
from tabletop.conduct.session.abreast import beside
from tabletop.conduct.session.ahead import Looker, look_ahead
from tabletop.conduct.session.frames import Phase, PlacePhase
from tabletop.conduct.session.looking_back import LookingBack
from tabletop.conduct.session.people import DEVICES, Person, hashed
from tabletop.conduct.session.session_file import SessionFile
from tabletop.conduct.world import World
from tabletop.exercise import commands as c
from tabletop.exercise.engine import Engine
from tabletop.exercise.seats import Kind
from tabletop.exercise.words import on_one_line
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.debrief.hot_wash import Form, Step

NAME = 80
"""The longest name that is kept."""
MOST = 400
"""How many people may come to one session."""
DEVICE_MINUTES = 10
"""How long a code for a further device holds."""


class Session:
    """A session, open on this device."""

    def __init__(
        self,
        folder: DataFolder,
        file: SessionFile,
        loaded: Loaded,
        world: World,
        looker: Callable[[], Looker] = Prover,
    ) -> None:
        """Takes up what the file holds; tables are begun or resumed by `hosting`."""
        self.folder = folder
        self.file = file
        self.header, _ = file.header()
        self.loaded = loaded
        self.world = world
        self.engine = Engine(
            loaded.scenario, loaded.guidance, dict(self.header.parameters), self.header.seed
        )
        self.people: dict[int, Person] = file.people()
        self.settings: dict[str, Any] = file.settings()
        self.exercises: dict[int, Exercise] = {}
        self.address = ""
        """Where people join, once something listens,"""
        self.dots = ""
        """and the same as a code of dots, for terminals."""
        self.back = LookingBack(self)
        self.steps: dict[int, tuple[Step, ...]] = {}
        """The hot wash that the room's screens show, by table."""
        self.terminals = ""
        """What terminals are given to join."""
        self.told = ""
        """What to tell whoever takes it up; empty where there is nothing."""
        self.closed = False
        self.ended = False
        """Whether it was closed for good, and not only put away."""
        self.outlooks: dict[int, Outlook | None] = {}
        """What each table can still come to, where that is known."""
        self._looker = looker
        self._ahead: asyncio.Task[None] | None = None
        self.changes = 0
        """How often something changed that everyone may be told of."""
        self._turn = asyncio.Lock()
        self._watchers: list[asyncio.Task[None]] = []
        self._place_bells: dict[asyncio.Event, None] = {}
        self._conduct_bells: dict[asyncio.Event, None] = {}
        self._lines: dict[int, int] = {}
        self._seen: dict[int, float] = {}
        self._device_codes: dict[str, tuple[int, float]] = {}

    # Who is there.

    @property
    def phase(self) -> Phase:
        """How far the session is."""
        if self.closed:
            return "closed"
        if self.settings.get("rehearsal"):
            return "rehearsing"
        if not self.exercises:
            return "gathering"
        states = [each.room.state.status for each in self.exercises.values()]
        return "over" if all(status == "ended" for status in states) else "running"

    @property
    def tables(self) -> range:
        """The numbers of its tables."""
        return range(1, self.header.tables + 1)

    def at_table(self, number: int) -> tuple[Person, ...]:
        """Who was let in to a table: its players, and all who conduct."""
        return tuple(
            person
            for person in self.people.values()
            if person.state == "admitted" and (person.kind != "player" or person.table == number)
        )

    def exercise_of(self, person: Person) -> Exercise | None:
        """The exercise a person's seat is in; none before it begins, or in a rehearsal."""
        if self.settings.get("rehearsal") and person.kind == "player":
            return None
        exercise = self.exercises.get(person.table)
        if exercise is None or person.state != "admitted":
            return None
        state = exercise.room.state
        seated = person.seat in state.seats and person.seat not in state.left
        return exercise if seated else None

    def standing(self, person: Person) -> PlacePhase:
        """Where a person stands."""
        if person.state != "admitted":
            return person.state
        exercise = self.exercise_of(person)
        if exercise is not None:
            return "over" if exercise.room.state.status == "ended" else "playing"
        begun = person.table in self.exercises and not self.settings.get("rehearsal")
        return "arriving" if begun and (person.role or person.kind != "player") else "admitted"

    def person(self, number: int, token: str) -> Person | None:
        """The person of a number, where a device shows that it is theirs."""
        found = self.people.get(number)
        return found if found is not None and found.holds(token) else None

    def led(self, person: Person) -> Person | None:
        """Whose seat a device was given that waited at the door under this number."""
        given = person.wish if person.state == "left" else ""
        return self.people.get(int(given)) if given.isdecimal() else None

    # Coming and being seen.

    async def join(
        self,
        name: str,
        *,
        agency: str = "",
        wish: str = "",
        kind: Kind = "player",
        skips: tuple[str, ...] = (),
        key: str = "",
    ) -> tuple[Person, str]:
        """Takes someone's name at the door, and gives what their device is to keep.

        Once it is over whoever has no facilitator's code waits there: they may have lost a device.

        The same name with the same key is the same person, who asked twice.

        Raises:
            SetupError: with a sentence, where nobody can come in.
        """
        async with self._turn:
            called = on_one_line(name, NAME)
            asked = hashed(key) if key else ""
            for person in self.people.values():
                if asked and person.key == asked and person.name == called:
                    return self._further_device(person)
            if self.closed:
                raise SetupError(say("This session is over."))
            if self.settings.get("locked") and kind != "facilitator":
                raise SetupError(say("The room is locked; ask the facilitator to let you in."))
            if not called:
                raise SetupError(say("Write a name; it need not be your own."))
            if len(self.people) >= MOST:
                raise SetupError(say("The room is full."))
            known = self.loaded.scenario.themes
            person = Person(
                number=max(self.people, default=0) + 1,
                name=called,
                agency=on_one_line(agency, NAME),
                wish=wish if wish in self.loaded.scenario.roles else "",
                kind=kind,
                state="admitted" if kind == "facilitator" else "waiting",
                skips=tuple(theme for theme in skips if theme in known),
                key=asked,
            )
            token = self.world.token()
            person = managing.planned(self, replace(person, tokens=(hashed(token),)))
            self.keep(person)
        await self.seat_arrivals()
        return person, token

    def device_code(self, person: Person) -> str:
        """A code with which one further device can take this person's place, for a while."""
        code = self.world.code(8)
        until = self.world.monotonic() + 60 * DEVICE_MINUTES
        self._device_codes[code] = person.number, until
        return code

    async def join_again(self, code: str) -> tuple[Person, str] | None:
        """The person whose further device shows a code, and what it is to keep; once a code."""
        number, until = self._device_codes.pop(code, (0, 0.0))
        async with self._turn:
            person = self.people.get(number)
            if person is None or until < self.world.monotonic():
                return None
            return self._further_device(person)

    def _further_device(self, person: Person) -> tuple[Person, str]:
        token = self.world.token()
        person = replace(person, tokens=(*person.tokens, hashed(token))[-DEVICES:])
        self.keep(person)
        return person, token

    @contextmanager
    def looking(self, person: Person) -> Iterator[None]:
        """Counts a line of a person as open while it is."""
        number = person.number
        self._lines[number] = self._lines.get(number, 0) + 1
        self.ring()
        try:
            yield
        finally:
            self._lines[number] -= 1
            self._seen[number] = self.world.monotonic()
            self.ring()

    def devices(self, person: Person) -> int:
        """How many lines of a person are open."""
        return self._lines.get(person.number, 0)

    def seen(self, person: Person) -> int:
        """Seconds since a line of theirs was open; 0 while one is, -1 for never."""
        if self.devices(person):
            return 0
        last = self._seen.get(person.number)
        return -1 if last is None else int(self.world.monotonic() - last)

    def acted(self, person: Person) -> int:
        """When a player last did something, in their exercise's milliseconds; 0 for never."""
        exercise = self.exercise_of(person)
        return 0 if exercise is None else exercise.room.acted.get(person.seat, 0)

    # Steering it.

    async def manage(self, person: Person, command: s.SessionCommand) -> Answer:
        """Does what a facilitator asks of the session, or says why not."""
        if person.kind != "facilitator" or self.people[person.number].state != "admitted":
            return Rejected("not_yours", say("The facilitator does this."))
        async with self._turn:
            if self.closed:
                return Rejected("closed", say("This session is closed."))
            try:
                await managing.managed(self, command)
            except TabletopError as error:
                return Rejected("unmanaged", str(error))
        await self.seat_arrivals()
        self.ring_all()
        return Accepted()

    def keep(self, *people: Person, **settings: Any) -> None:
        """Keeps people and settings, on the disk first."""
        self.file.keep(people, settings)
        self.people.update((person.number, person) for person in people)
        self.settings.update(settings)
        self.ring_all()

    async def washed(self, form: "Form") -> "dict[int, tuple[Step, ...]]":
        """The hot wash of every table that has come to its end."""
        found = {number: await self.back.steps(number, form) for number in self.exercises}
        return {number: steps for number, steps in found.items() if steps}

    def step(self, table: int) -> "Step | None":
        """The step a table's screen shows."""
        number = self.step_number(table)
        return self.steps[table][number - 1] if number else None

    def step_number(self, table: int) -> int:
        """Its number in the talk about that table; 0 where its screen shows none."""
        _, number, *of = self.settings.get("step") or ("", 0)
        shown = self.steps.get(of[0] if of else 1, ())
        return beside(self.steps.get(table, ()), shown, number)

    async def open_tables(self, exercises: dict[int, Exercise]) -> None:
        """Takes exercises to their tables and watches them."""
        self.exercises.update(exercises)
        for number, exercise in exercises.items():
            self._watchers.append(asyncio.create_task(self._watch(number, exercise)))
        if self.settings.get("step") and not self.steps:
            self.steps = await self.washed(self.settings["step"][0])
        if self._ahead is None:
            self._ahead = asyncio.create_task(look_ahead(self, self._looker()))
        await self.seat_arrivals()
        self.ring_all()

    async def clear_tables(self) -> list[str]:
        """Puts every table's exercise away, and names them."""
        tasks = [*self._watchers, *([self._ahead] if self._ahead is not None else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._watchers.clear()
        self._ahead = None
        self.outlooks.clear()
        names = [exercise.id for exercise in self.exercises.values()]
        exercises, self.exercises = self.exercises, {}
        for exercise in exercises.values():
            await exercise.close()
        return names

    async def seat_arrivals(self) -> None:
        """Gives a seat to everyone who was let in and has none, where a stand-in can hand over.

        Once it is over, only to those who conduct.
        """
        for number in tuple(self.exercises):
            await self._seat_arrivals(number)

    async def _seat_arrivals(self, number: int) -> None:
        exercise, seated = self.exercises.get(number), False
        if exercise is None or self.settings.get("rehearsal"):
            return
        state = exercise.room.state
        if state.status not in ("running", "ended"):
            return
        for person in self.at_table(number):
            waits = person.seat not in state.seats or person.seat in state.left
            plays = person.role and state.status == "running"
            if waits and (plays or person.kind != "player"):
                seat = table.seat_of(person)
                answer = await exercise.room.submit(table.HOST, c.Admit(seat))
                seated = seated or isinstance(answer, Accepted)
        if seated:
            self.ring_all()

    async def over(self) -> None:
        """Returns once the session is closed."""
        with self.listening(conducting=False) as bell:
            while not self.closed:
                bell.clear()
                await bell.wait()

    async def close(self) -> None:
        """Puts the session away; it can be resumed."""
        if self.closed:
            return
        self.closed = True
        await self.clear_tables()
        self.file.close()
        self.ring_all()

    # Bells.

    @contextmanager
    def listening(
        self, bell: asyncio.Event | None = None, *, conducting: bool
    ) -> Iterator[asyncio.Event]:
        """A bell that rings when the session changed, or (`conducting`) anything at a table."""
        bells = self._conduct_bells if conducting else self._place_bells
        bell = bell or asyncio.Event()
        bells[bell] = None
        try:
            yield bell
        finally:
            del bells[bell]

    def ring(self) -> None:
        """Tells those who conduct that something has changed."""
        for bell in self._conduct_bells:
            bell.set()

    def ring_all(self) -> None:
        """Tells everyone that something of the session has changed."""
        self.changes += 1
        self.ring()
        for bell in self._place_bells:
            bell.set()

    async def _watch(self, number: int, exercise: Exercise) -> None:
        """Passes on what happens at a table, and seats people where a stand-in has let go."""
        status = exercise.room.state.status
        with exercise.room.listening() as bell:
            while not exercise.room.closed:
                bell.clear()
                await self._seat_arrivals(number)
                now = exercise.room.state.status
                if now != status:
                    status = now
                    self.ring_all()
                else:
                    self.ring()
                await bell.wait()
