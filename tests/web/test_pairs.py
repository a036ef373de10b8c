"""Nobody is sent anything that depends on what they may not know: pairs of runs, byte for byte."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pairs
import pytest
from pairs import KINDS, Drawn, Kind

from tabletop.conduct import room
from tabletop.conduct.session import lines
from tabletop.exercise import commands as c
from tabletop.exercise import conduct_views, engine, facilitating, views
from tabletop.web import live, wire

MOST = 8
"""Pairs on from one situation."""


def found(
    folder: Path, first: int, count: int, kinds: tuple[Kind, ...] = ()
) -> tuple[Counter[str], list[str]]:
    """So many pairs by what was kept secret, and all that leaked."""

    async def whole() -> tuple[Counter[str], list[str]]:
        kept: Counter[str] = Counter()
        leaks: list[str] = []
        number = first
        while sum(kept.values()) < count:
            most = min(MOST, count - sum(kept.values()))
            for kind, some in (await Drawn(number, kinds).compared(folder, most)).items():
                kept[kind] += 1
                leaks += some
            number += 1
        return kept, leaks

    return asyncio.run(whole())


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder in memory where there is one: nothing here is about what lies on the disk."""
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        yield Path(name)


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """No sign of life is sent, however long a slow machine takes."""
    monkeypatch.setattr(live, "ALIVE", 3600.0)


@pytest.mark.parametrize(
    ("first", "count"),
    [
        (0, 100),
        (100, 100),
        *(pytest.param(n, 1000, marks=pytest.mark.soak) for n in range(1000, 11000, 1000)),
    ],
)
def test_nobody_is_sent_what_they_may_not_know(folder, first, count):
    kept, leaks = found(folder, first, count)
    assert not leaks, "\n".join(leaks[:5])
    assert len(kept) > len(KINDS) * 3 / 4, kept


def an_empty_line(monkeypatch):
    monkeypatch.setattr(wire.Sending, "_newer", lambda *given: True)


def a_number_of_the_record(monkeypatch):
    monkeypatch.setattr(room.Room, "_count", lambda self, entry: None)
    honest = room.Room.frame

    def leaky(self, *given):
        return replace(honest(self, *given), saved=self.head.seq)

    monkeypatch.setattr(room.Room, "frame", leaky)


def an_answer_before_it_is_shown(monkeypatch):
    honest = views._decided

    def leaky(engine, who, name, decision, shown):
        made = honest(engine, who, name, decision, shown)
        answers = decision.answers.values()
        return replace(made, answered=sum(len(each.option) for each in answers))

    monkeypatch.setattr(views, "_decided", leaky)


def a_count_for_those_not_asked(monkeypatch):
    honest = room.view

    def leaky(engine, state, *given):
        made = honest(engine, state, *given)
        return replace(made, timer=sum(len(each.answers) for each in state.decisions.values()))

    monkeypatch.setattr(room, "view", leaky)


def how_much_everyone_knows(monkeypatch):
    honest = room.view

    def leaky(engine, state, *given):
        made = honest(engine, state, *given)
        return replace(made, timer=sum(map(len, state.known.values())))

    monkeypatch.setattr(room, "view", leaky)


def an_order_by_who_has_read(monkeypatch):
    honest = views._people

    def leaky(engine, state, *given):
        return tuple(
            sorted(
                honest(engine, state, *given),
                key=lambda each: sum(
                    state.acknowledged.get(seat.id, 0) for seat in state.in_role(each.role)
                ),
            )
        )

    monkeypatch.setattr(views, "_people", leaky)
    monkeypatch.setattr(views, "renewed", lambda engine, seat, part, given, make: make())


def who_asked_for_a_stop(monkeypatch):
    honest = facilitating.stop_for_care

    def leaky(engine, run, seat, command):
        return honest(engine, run, seat, replace(command, named=True))

    monkeypatch.setitem(engine._ACCEPT, c.StopForCare, leaky)


def whose_feedback_it_is(monkeypatch):
    monkeypatch.setattr(room, "is_anonymous", lambda command: False)


def how_long_feedback_is(monkeypatch):
    honest = conduct_views.conduct_view

    def leaky(engine, state, seat, words, *given):
        made = honest(engine, state, seat, words, *given)
        return replace(made, notes="." * sum(len(each or "") for each in words.values()))

    monkeypatch.setattr(conduct_views, "conduct_view", leaky)


def how_many_tasks_are_rated(monkeypatch):
    honest = room.view

    def leaky(engine, state, *given):
        return replace(honest(engine, state, *given), timer=len(state.ratings))

    monkeypatch.setattr(room, "view", leaky)


def how_many_stand_at_the_door(monkeypatch):
    honest = lines.PublicLine.frame
    monkeypatch.setattr(
        lines.PublicLine,
        "frame",
        lambda self: replace(honest(self), prompt="." * len(self.session.people)),
    )


def the_length_of_what_others_say(monkeypatch):
    honest = room.view

    def leaky(engine, state, seat, words, *given):
        made = honest(engine, state, seat, words, *given)
        return replace(made, support=" " * sum(len(each or "") for each in words.values()))

    monkeypatch.setattr(room, "view", leaky)


def an_outlook_by_open_answers(monkeypatch):
    honest = lines.ConductLine.frame

    def leaky(self):
        made = honest(self)
        if made.outlook is None:
            return made
        answered = self.exercise.room.state.decisions.values()
        length = sum(len(x.option) for each in answered for x in each.answers.values())
        return replace(made, outlook=replace(made.outlook, every=length))

    monkeypatch.setattr(lines.ConductLine, "frame", leaky)


@pytest.mark.parametrize(
    ("plant", "kind"),
    [
        (an_empty_line, pairs.message),
        (a_number_of_the_record, pairs.observation),
        (an_answer_before_it_is_shown, pairs.open_answer),
        (a_count_for_those_not_asked, pairs.answer_asked_of_others),
        (how_much_everyone_knows, pairs.fact),
        (an_order_by_who_has_read, pairs.reading),
        (who_asked_for_a_stop, pairs.carer),
        (how_many_stand_at_the_door, pairs.at_the_door),
        (the_length_of_what_others_say, pairs.message_to_facilitator),
        (an_outlook_by_open_answers, pairs.open_answer),
        (whose_feedback_it_is, pairs.feedback),
        (how_long_feedback_is, pairs.what_feedback_says),
        (how_many_tasks_are_rated, pairs.appraisal),
    ],
)
def test_a_planted_leak_is_found(folder, monkeypatch, plant, kind):
    """Proves the test above."""
    plant(monkeypatch)
    assert any(found(folder, number, 1, (kind,))[1] for number in range(0, 60, 5))


def test_signs_of_life_keep_no_time_with_others(monkeypatch):
    """A reader to whom nothing is news is told that the line holds, whatever happens elsewhere."""
    monkeypatch.setattr(live, "ALIVE", 0.02)

    async def whole() -> None:
        told: list[bytes] = []
        heard = asyncio.Event()

        async def frames():
            while True:
                await asyncio.sleep(0.001)
                yield 1

        async def receive():
            await heard.wait()
            return {"type": "http.disconnect"}

        async def send(message) -> None:
            told.append(message.get("body", b""))
            if b"event: alive" in told[-1]:
                heard.set()

        stream = live.EventStream(frames(), lambda frame: [], lambda: b"")
        async with asyncio.timeout(20):
            await stream({"type": "http"}, receive, send)

    asyncio.run(whole())
