"""Room: where an exercise happens. It holds the only variable in the system.

Everything that changes an exercise passes through `submit`, one command after another: words are
cleaned and replaced by references, the engine decides, the entry is made durable, and only then
does the state become what it is now and anyone is told. A refusal goes to who asked and leaves no
trace. Whatever goes wrong on the way, state and store still say the same.

Nobody is sent anything. Whoever listens has a bell of their own; it rings, and they take the newest
frame when they get to it. A reader that is stuck misses frames it has no use for, and costs nobody
anything. What only a session needs is imported when it is asked for: whoever plays alone need not
wait for it.
"""

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from tabletop.conduct.acts import is_act, is_anonymous, last_acts
from tabletop.conduct.clock import Clock
from tabletop.conduct.connection import Accepted, Answer, Frame, Rejected
from tabletop.conduct.errors import TabletopError
from tabletop.conduct.file_reading import Head
from tabletop.conduct.store import Owner, Store
from tabletop.conduct.summary import ExerciseSummary
from tabletop.conduct.world import World
from tabletop.exercise.afterwards import GiveFeedback, Sign, UpdateAction
from tabletop.exercise.chain import StoredWord, read_record
from tabletop.exercise.commands import Command, PassTime, Rewind
from tabletop.exercise.engine import Engine
from tabletop.exercise.evolve import apply
from tabletop.exercise.feeds import scene_title
from tabletop.exercise.readers import Reader, reader
from tabletop.exercise.record import (
    SOMEONE,
    Entry,
    Header,
    Record,
    header_bytes,
    header_hash,
    trunk,
)
from tabletop.exercise.refusals import Refused, sentence
from tabletop.exercise.replay import fold
from tabletop.exercise.state import State
from tabletop.exercise.view_types import PlayerView
from tabletop.exercise.views import view
from tabletop.exercise.words import cleaned, reference, referred
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.exercise.conduct_types import ConductView, PublicView

Seen = TypeVar("Seen", PlayerView, "ConductView")


class Room:
    """An exercise going on."""

    def __init__(
        self,
        engine: Engine,
        store: Store,
        owner: Owner,
        record: Record,
        world: World,
        answered: Iterable[str] = (),
    ) -> None:
        """Takes up a record where it ends; `owner` holds it in the store.

        Seats that have `answered` gave feedback; that stands beside the record, not in it.
        """
        self.engine = engine
        self.store = store
        self.owner = owner
        self.header = record.header
        self.world = world
        self.words: dict[str, str | None] = dict(record.words)
        self.closed = False
        self._state = fold(record.entries)
        self._head = Head(
            record.entries[-1].seq if record.entries else 0,
            record.head or header_hash(header_bytes(record.header)),
        )
        self._keys = {(entry.by, entry.key) for entry in record.entries if entry.key}
        self._answered = set(answered)
        self._saved: dict[str, int] = {}
        for entry in record.entries:
            self._count(entry)
        self.acted: dict[str, int] = last_acts(trunk(record.entries))
        """When each seat last did something on this branch, in exercise milliseconds; nobody's
        anonymous acts."""
        self.clock = Clock(world)
        self.clock.follow(self._state)
        self._turn = asyncio.Lock()
        self._bells: dict[asyncio.Event, None] = {}
        self._views: dict[tuple[Reader, bool, str], PlayerView] = {}
        self._last: dict[tuple[Reader, bool, str], PlayerView] = {}
        self._conducted: dict[tuple[str, str], ConductView] = {}
        self._public: dict[str, PublicView] = {}

    @property
    def state(self) -> State:
        """What is so now."""
        return self._state

    @property
    def head(self) -> Head:
        """The last entry."""
        return self._head

    async def submit(
        self, seat: str, command: Command, key: str = "", language: str = "en"
    ) -> Answer:
        """Makes a command happen, or says why not.

        The command carries the person's own words. The same key from the same seat answers the
        same and counts once, also after a restart.
        """
        # Whoever asked may go away; what was begun is finished all the same, so that the state
        # can never fall behind the store.
        return await asyncio.shield(self._submit(seat, command, key, language))

    @contextmanager
    def listening(self, bell: asyncio.Event | None = None) -> Iterator[asyncio.Event]:
        """A bell that rings whenever something has changed; a given one, or a new one."""
        bell = bell or asyncio.Event()
        self._bells[bell] = None
        try:
            yield bell
        finally:
            del self._bells[bell]

    def frame(self, seat: str, language: str = "en") -> Frame:
        """The newest frame for a seat."""
        gave = seat in self._answered
        key = (reader(self.engine, self._state, self._state.seats[seat]), gave, language)
        found = self._views.get(key)
        if found is None:
            found = _once(view(self.engine, self._state, seat, self.words, language), gave)
            last = self._last.get(key)
            # What says the same stays the same object, and is seen to say it without reading.
            found = self._views[key] = last if last is not None and last == found else found
        return Frame(found, self.clock.reading(), self._saved.get(seat, 0))

    def conducted(self, seat: str, language: str = "en") -> "ConductView":
        """What someone who conducts sees now, made once however many lines they read it on."""
        found = self._conducted.get((seat, language))
        if found is None:
            from tabletop.exercise.conduct_views import conduct_view

            found = conduct_view(self.engine, self._state, seat, self.words, language)
            found = _once(found, seat in self._answered)
            self._conducted[seat, language] = found
        return found

    def public(self, language: str = "en") -> "PublicView":
        """What everyone in the room may see now."""
        found = self._public.get(language)
        if found is None:
            from tabletop.exercise.conduct_views import public_view

            found = self._public[language] = public_view(
                self.engine, self._state, self.words, language
            )
        return found

    async def close(self) -> None:
        """Ends the listening of everyone and lets go of the record."""
        async with self._turn:
            if self.closed:
                return
            self.closed = True
            await self.store.release(self.header.id, self.owner)
        self.ring()

    def ring(self) -> None:
        """Tells everyone who listens that there is something new."""
        for bell in self._bells:
            bell.set()

    async def _submit(self, seat: str, command: Command, key: str, language: str) -> Answer:
        await self.world.turns.of(self)
        async with self._turn:
            if self.closed:
                return Rejected("closed", say("This exercise is closed.", language=language))
            if key and (seat, key) in self._keys:
                return Accepted()
            at = self.clock.now()
            if isinstance(command, PassTime):
                # By now it is later than when it was asked for; and nobody says what time it is.
                command = PassTime(at)
            elif isinstance(command, Sign | UpdateAction):
                # Nor what day.
                command = replace(command, on=self.world.wall()[:10])
            answers = seat if isinstance(command, GiveFeedback) else ""
            if answers in self._answered:
                refused = Refused("feedback_given")
                return Rejected(refused.slug, sentence(refused, language))
            words: list[StoredWord] = []
            command = self._without_words(seat, command, words)
            seq, parent, before = self._head.seq + 1, self._head.seq, self._state
            acted = self.acted
            try:
                if isinstance(command, Rewind):
                    earlier, before = await self._earlier(command.moment)
                    parent, acted, at = earlier[-1].seq, last_acts(earlier), before.at
                    events = self.engine.rewind(self._state, before, seat, command)
                else:
                    # The engine, too, reads the time of what it decides from the state.
                    events = self.engine.decide(apply(before, at, ()), seat, command)
            except Refused as refused:
                return Rejected(refused.slug, sentence(refused, language))
            if is_anonymous(command):
                entry = Entry(seq, parent, at, SOMEONE, "", events)
            else:
                entry = Entry(seq, parent, at, seat, key, events)
            state = apply(before, at, events)
            try:
                kept = entry, words, self._summary(state), answers
                head = await self.store.append(self.header.id, self.owner, self._head, *kept)
            except TabletopError as error:
                return Rejected("unsaved", str(error))
            self._state = state
            self._head = head
            self.words.update((word.reference, word.text) for word in words)
            if key:
                self._keys.add((seat, key))
            if answers:
                self._answered.add(answers)
            self._count(entry)
            self.acted = acted | last_acts((entry,))
            self._views, self._last = {}, self._views
            self._conducted.clear()
            self._public.clear()
            if isinstance(command, Rewind):
                self.clock.rewind(state)
            self.clock.follow(state)
        self.ring()
        return Accepted()

    async def _earlier(self, moment: int) -> tuple[list[Entry], State]:
        """The entries of this branch up to the one a moment came with, and the state after them.

        Raises:
            Refused: where there is no such moment.
        """
        if not 1 <= moment <= len(self._state.moments):
            raise Refused("no_moment")
        state, earlier = State(), list[Entry]()
        for entry in trunk(read_record(await self.store.read(self.header.id)).entries):
            state = apply(state, entry.at, entry.events)
            earlier.append(entry)
            if len(state.moments) >= moment:
                return earlier, state
        raise Refused("no_moment")

    def _without_words(self, seat: str, command: Command, words: list[StoredWord]) -> Command:
        """The command with references in place of words, which are put into the list."""

        def refer(whose: str, text: str) -> str:
            text = cleaned(text)
            if not text:
                return ""
            salt = self.world.salt(self._head.seq + 1, len(words))
            words.append(StoredWord(reference(salt, text), whose, salt, text))
            return words[-1].reference

        return referred(command, seat, refer)

    def _summary(self, state: State) -> ExerciseSummary:
        return summarised(self.engine, state, self.header, self.world.wall())

    def _count(self, entry: Entry) -> None:
        if is_act(entry):
            self._saved[entry.by] = self._saved.get(entry.by, 0) + 1


def _once(seen: Seen, answered: bool) -> Seen:
    """A view of someone who has `answered` offers them no feedback again."""
    if not answered:
        return seen
    return replace(seen, may=tuple(each for each in seen.may if each != "give_feedback"))


def summarised(engine: Engine, state: State, header: Header, wall: str) -> ExerciseSummary:
    """The line that lists show of an exercise in a state."""
    return ExerciseSummary(
        id=header.id,
        title=engine.scenario.title,
        scenario_name=header.scenario_name,
        started=header.created,
        last=wall,
        roles=header.roles,
        status="paused" if state.paused else state.status,
        scene_title=scene_title(engine, state.scene) if state.scene else "",
        elapsed_ms=state.at,
    )
