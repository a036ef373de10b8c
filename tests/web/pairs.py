"""Pairs of runs that are the same but for something that some of those who look on may not know.

A situation is drawn from its number alone: a scenario, who sits where, a random play. At one point
of it something happens that not everybody may know; then the play goes on. Two runs through one
situation differ in that alone: it was done one way or another, or not at all. What those receive
who may not know it must be the same to the byte, write by write, and what their own requests are
answered too. Where the house says that something may come to light later (docs/disclosure.md), the
comparison ends there.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from table_on_the_wire import SCREEN, Table, laid

from tabletop.conduct.session import commands as s
from tabletop.exercise import afterwards as a
from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.state import State

PEOPLE = {
    "first_hour": ("investigator", "investigator", "advocate", "advocate", "prosecutor"),
    "larkmoor_row": ("investigator", "prosecutor", "prosecutor", "advocate", "counsel"),
}
FACILITATOR = 2
"""A second facilitator, who is there over the wire."""
REVEALING = (e.Revealed, e.Settled, e.DecisionPassed, e.Jumped, e.Rewound)
FOLLOWING = (
    *REVEALING,
    *(e.SceneEntered, e.InjectDelivered, e.DecisionOpened, e.RoleJoined, e.Ended),
    *(e.Learned, e.ConsentGiven, e.ConsentEnded),
)
"""What may rest on a condition, and tell whoever reads it which way it went."""


@dataclass
class Secret:
    """Something done on the left and otherwise on the right, and who may know."""

    kind: str
    left: list["Step"]
    right: list["Step"]
    knowing: set[str]
    until: tuple[type, ...] = ()
    """Events with which it may come to light,"""
    learning: tuple[str, ...] = ()
    """and roles that may learn something by it."""

    def told(self, event: e.Event) -> bool:
        """Whether it may come to light with an event."""
        if isinstance(event, e.Learned) and event.role in self.learning:
            return False
        return isinstance(event, self.until)


@dataclass(frozen=True)
class Step:
    """Something somebody does: `how` it is asked, and what."""

    how: str
    person: int = 0
    command: c.Command | None = None
    given: tuple[tuple[str, object], ...] = ()
    key: str = ""


@dataclass
class Run:
    """One side of a pair, as it went."""

    told: list[dict[tuple[str, str], tuple[bytes, ...]]] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    """The last entry of the record at each step."""
    happened: list[tuple[e.Event, ...]] = field(default_factory=list)


class Drawn:
    """A situation drawn from a number, and pairs of runs on from there."""

    def __init__(self, number: int, kinds: tuple["Kind", ...] = ()) -> None:
        self.number = number
        self.kinds = kinds or KINDS
        self.random = random.Random(number)
        self.slug = self.random.choice((*PEOPLE, "first_hour"))
        self.tables = self.random.choice((1, 1, 1, 2))
        self.roles = PEOPLE[self.slug]
        self.prefix: list[Step] = []
        self.suffix: list[Step] = []
        self.secrets: list[Secret] = []

    @property
    def players(self) -> dict[int, str]:
        """The players of the first table by number."""
        return dict(enumerate(self.roles, FACILITATOR + 1))

    @property
    def evaluator(self) -> int:
        """The evaluator's number."""
        return len(self.roles) + FACILITATOR + 1

    def whose(self, *roles: str) -> set[str]:
        """The numbers of those in some roles."""
        return {str(number) for number, role in self.players.items() if role in roles}

    @property
    def conducting(self) -> set[str]:
        """The numbers of those who conduct."""
        return {str(FACILITATOR), str(self.evaluator)}

    @property
    def everyone(self) -> set[str]:
        """Whoever looks on at the first table."""
        return {*map(str, self.players), *self.conducting, SCREEN}

    async def compared(self, folder: Path, most: int) -> dict[str, list[str]]:
        """Up to so many pairs: what was kept secret, and what of it showed to whom."""
        plain = await self._run(folder, None)
        found: dict[str, list[str]] = {}
        for secret in self.secrets[:most]:
            left, right = [
                await self._run(folder, side) if side else plain
                for side in (secret.left, secret.right)
            ]
            at = len(self.prefix) + 1
            if not any(map(secret.told, (*left.happened[at], *right.happened[at]))):
                found[secret.kind] = [*self._differing(secret, left, right)]
        return found

    def _differing(self, secret: Secret, left: Run, right: Run) -> Iterator[str]:
        """Each difference to somebody who may not know."""
        ignorant = self.everyone - secret.knowing
        at = len(self.prefix) + 1
        for number, (one, two) in enumerate(zip(left.told, right.told, strict=True)):
            made = (*left.happened[number], *right.happened[number])
            if number >= at and any(map(secret.told, made)):
                return
            for who in sorted({*one, *two}):
                if who[0] in ignorant and one.get(who) != two.get(who):
                    yield (
                        f"{self.number} {secret.kind}, step {number - at}: {who[0]} at {who[1]}\n"
                        f"  {one.get(who)!r:.1500}\n  {two.get(who)!r:.1500}"
                    )

    async def _run(self, folder: Path, side: list[Step] | None) -> Run:
        """Plays it through with one side of a secret; without any, draws what is played."""
        run = Run()
        with TemporaryDirectory(dir=folder) as here:
            async with laid(Path(here), self.slug, self.tables) as table:
                await self._seated(table)
                await self._noted(table, run)
                drawing = side is None
                await self._played(table, run, self.prefix, 2 + self.number % 9, drawing)
                if drawing:
                    kinds = self.random.sample(self.kinds, len(self.kinds))
                    kinds.sort(key=lambda kind: kind not in RARE)
                    found = [x for kind in kinds if (x := kind(self, table)) is not None]
                    # What is seldom possible comes first, but not alone.
                    self.secrets = [*found[:2], *self.random.sample(found[2:], len(found[2:]))]
                for step in side or ():
                    assert await self._asked(table, step)
                await self._noted(table, run)
                await self._played(table, run, self.suffix, 2 + self.number % 5, drawing)
                await self._looked_at(table)
                await self._noted(table, run)
                record = (await table.room.exercises[1].record()).entries
        seen = 0
        for seq in run.heads:
            run.happened.append(tuple(x for y in record if seen < y.seq <= seq for x in y.events))
            seen = seq
        return run

    async def _seated(self, table: Table) -> None:
        """Everyone comes in and sits down, and the exercise begins."""
        await table.room.join("Fay", kind="facilitator")
        for role in self.roles:
            person, _ = await table.room.join(f"P {role}", wish=role)
            await table.manage(s.AdmitPerson(person.number, role, 1))
        evaluator, _ = await table.room.join("Eva", kind="evaluator")
        await table.manage(s.AdmitPerson(evaluator.number))
        for number in range(2, self.tables + 1):
            for role in dict.fromkeys(self.roles):
                person, _ = await table.room.join(f"Q {role}", wish=role)
                await table.manage(s.AdmitPerson(person.number, role, number))
        await table.manage(s.Begin())
        for number in self.players:
            table.open(str(number), f"/s/{number}/events")
            table.open(str(number), f"/s/{number}/frames")
        table.open(str(FACILITATOR), f"/s/{FACILITATOR}/frames")
        table.open(str(self.evaluator), f"/s/{self.evaluator}/events")
        table.open(SCREEN, "/screen/1/events")

    async def _noted(self, table: Table, run: Run) -> None:
        """Keeps what was told in a step, which took a second."""
        await table.rest()
        run.told.append(table.step())
        run.heads.append(table.room.exercises[1].room.head.seq)
        table.world.advance(1)

    async def _looked_at(self, table: Table) -> None:
        """Everyone reads their whole page anew, and what lies beside it."""
        for number in (*self.players, self.evaluator):
            answers = table.answered.setdefault(str(number), [])
            answers.append(await table.ask("GET", f"/s/{number}/"))
            answers.append(await table.json(f"/s/{number}/ask", ask="notes"))
            answers.append(await table.json(f"/s/{number}/ask", ask="drafts"))
        table.answered.setdefault(SCREEN, []).append(await table.ask("GET", "/screen"))

    async def _played(
        self, table: Table, run: Run, steps: list[Step], count: int, drawing: bool
    ) -> None:
        if not drawing:
            for step in steps:
                await self._done(table, run, step)
            return
        for _ in range(count):
            steps.append(self._step(table))
            await self._done(table, run, steps[-1])

    async def _done(self, table: Table, run: Run, step: Step) -> None:
        answer = await self._asked(table, step)
        table.answered.setdefault(str(step.person), []).append(answer)
        await self._noted(table, run)

    async def _asked(self, table: Table, step: Step) -> bytes:
        match step.how:
            case "command":
                assert step.command is not None
                return await table.command(step.person, step.command, step.key)
            case "form":
                fields = {name: str(value) for name, value in step.given}
                return await table.form(f"/s/{step.person}/do", **fields)
            case "ask":
                return await table.json(f"/s/{step.person}/ask", **dict(step.given))
            case "door":
                return await table.form("/join", **{k: str(v) for k, v in step.given})
            case "device":
                return await table.form(f"/s/{step.person}/device")
            case "session":
                command: s.SessionCommand = dict(step.given)["command"]  # type: ignore[assignment]
                return await table.manage(command)
            case "look":
                table.open(f"again {step.person}", f"/s/{step.person}/events")
                return b"looking"
        raise AssertionError(step.how)

    # What is drawn.

    def _step(self, table: Table) -> Step:
        """Something that can be done now by one of those at the first table."""
        exercise = table.room.exercises[1]
        engine, state = exercise.engine, exercise.room.state
        if state.paused:
            return Step("command", FACILITATOR, c.Resume())
        draw = self.random.random()
        if draw < 0.25 or state.status == "ended":
            steering = [
                command
                for command in engine.legal(state, f"seat-{FACILITATOR}")
                if isinstance(command, (c.Advance, c.Release, c.Reveal, c.Settle))
            ]
            if steering:
                return Step("command", FACILITATOR, self.random.choice(steering))
        if draw < 0.3:
            return Step("command", FACILITATOR, c.Write(("all",), f"To all {draw}."))
        person = self.random.choice([*self.players])
        legal = [
            command
            for command in engine.legal(state, f"seat-{person}")
            if not isinstance(command, (c.StopForCare, c.StepOut, c.Skip, a.GiveFeedback))
        ]
        answers = [x for x in legal if isinstance(x, (c.Commit, c.Settle))]
        if answers and draw < 0.8:
            return Step("command", person, self._filled(self.random.choice(answers)))
        if not legal:
            return Step("command", person, c.Advance())
        return Step("command", person, self._filled(self.random.choice(legal)))

    def _filled(self, command: c.Command) -> c.Command:
        number = self.random.randrange(1_000)
        if isinstance(command, c.Commit):
            return replace(command, reason=f"For a reason {number}.")
        if isinstance(command, c.Say):
            return replace(command, words=f"Something {number}.")
        if isinstance(command, c.Reflect):
            return replace(command, words=f"Afterwards {number}.")
        return command


# Secrets.


def open_answer(drawn: Drawn, table: Table) -> Secret | None:
    """Another's answer, before it is shown."""
    room = table.room.exercises[1].room
    for person in drawn.random.sample([*drawn.players], len(drawn.players)):
        legal = room.engine.legal(room.state, f"seat-{person}")
        answers = [x for x in legal if isinstance(x, c.Commit)]
        names = sorted({x.decision for x in answers if _waits(room.state, x.decision)})
        if not names:
            continue
        name = drawn.random.choice(names)
        first, *others = (x for x in answers if x.decision == name)
        other = drawn.random.choice([first, *others])
        one = replace(first, reason="Short.", confidence=1)
        two = replace(other, reason="A longer reason, and other letters.", confidence=4)
        return Secret(
            "open answer",
            [Step("command", person, one, key="k")],
            [Step("command", person, two, key="k")],
            {str(person)},
            REVEALING,
        )
    return None


def _waits(state: State, name: str) -> bool:
    """Whether one more answer still shows nothing."""
    decision = state.decisions[name]
    asked = [seat for role in decision.by for seat in state.in_role(role) if seat.kind == "player"]
    return not decision.revealed and len([x for x in asked if x.id not in decision.answers]) > 1


def answer_asked_of_others(drawn: Drawn, table: Table) -> Secret | None:
    """That somebody has answered what another is not asked."""
    found = open_answer(drawn, table)
    if found is None:
        return None
    command = found.left[0].command
    assert isinstance(command, c.Commit)
    by = table.room.exercises[1].room.state.decisions[command.decision].by
    knowing = {*found.knowing, *drawn.whose(*by), *drawn.conducting, SCREEN}
    return Secret("answer asked of others", found.left, [], knowing, REVEALING)


def message(drawn: Drawn, table: Table) -> Secret | None:
    """What others say to each other, and that they do."""
    person, role = drawn.random.choice([*drawn.players.items()])
    to = drawn.random.choice([each for each in drawn.roles if each != role])
    one = Step("command", person, c.Say(to, "Between us."), key="k")
    two = Step("command", person, c.Say(to, "Between the two of us, at length."), key="k")
    knowing = {*drawn.whose(role, to), *drawn.conducting}
    return Secret("message", [one], drawn.random.choice([[], [two]]), knowing)


def message_to_facilitator(drawn: Drawn, table: Table) -> Secret | None:
    """What somebody tells the facilitator."""
    person = drawn.random.choice([*drawn.players])
    one = Step("command", person, c.Say("facilitator", "For you alone."), key="k")
    return Secret("message to the facilitator", [one], [], {str(person), *drawn.conducting})


def advice(drawn: Drawn, table: Table) -> Secret | None:
    """What a role that is consulted advises."""
    room = table.room.exercises[1].room
    for person, role in drawn.players.items():
        for command in room.engine.legal(room.state, f"seat-{person}"):
            if isinstance(command, c.Say) and command.about:
                by = room.state.decisions[command.about].by
                knowing = {*drawn.whose(role, *by), *drawn.conducting}
                done = Step("command", person, replace(command, words="I advise so."))
                return Secret("advice", [done], [], knowing, FOLLOWING)
    return None


def fact(drawn: Drawn, table: Table) -> Secret | None:
    """A fact that one role tells another."""
    room = table.room.exercises[1].room
    people = drawn.random.sample([*drawn.players.items()], len(drawn.players))
    for person, role in people:
        shares = [
            x for x in room.engine.legal(room.state, f"seat-{person}") if isinstance(x, c.Share)
        ]
        if shares:
            command = drawn.random.choice(shares)
            knowing = {*drawn.whose(role, command.to), *drawn.conducting}
            told = [Step("command", person, command)]
            return Secret("fact", told, [], knowing, FOLLOWING, (role, command.to))
    return None


def written_inject(drawn: Drawn, table: Table) -> Secret | None:
    """An inject that the facilitator writes for one role."""
    role = drawn.random.choice(drawn.roles)
    one = Step("command", FACILITATOR, c.Write((role,), "A call comes in."))
    two = Step("command", FACILITATOR, c.Write((role,), "Another call comes in, and rings long."))
    return Secret(
        "written inject",
        [one],
        drawn.random.choice([[], [two]]),
        {*drawn.whose(role), *drawn.conducting},
    )


def scheduling(drawn: Drawn, table: Table) -> Secret | None:
    """What the facilitator keeps back, leaves out or plans."""
    room = table.room.exercises[1].room
    planned = [
        x
        for x in room.engine.legal(room.state, f"seat-{FACILITATOR}")
        if isinstance(x, (c.Hold, c.Omit))
    ]
    if not planned:
        return None
    step = Step("command", FACILITATOR, drawn.random.choice(planned))
    return Secret("scheduling", [step], [], {*drawn.conducting}, FOLLOWING)


def observation(drawn: Drawn, table: Table) -> Secret | None:
    """What an evaluator observes."""
    step = Step("command", drawn.evaluator, c.Observe("issue", "Nobody asked her."))
    return Secret("observation", [step], [], {*drawn.conducting})


def carer(drawn: Drawn, table: Table) -> Secret | None:
    """Who asked for a stop."""
    one, two = drawn.random.sample([*drawn.players], 2)
    key = drawn.random.choice(["", "k"])
    left, right = (Step("command", each, c.StopForCare(), key=key) for each in (one, two))
    return Secret("who asked for a stop", [left], [right], set())


def over(*steps: Step) -> list[Step]:
    """Steps after the end, which the facilitator brings about where it has not come."""
    return [Step("command", FACILITATOR, c.End()), *steps]


def feedback(drawn: Drawn, table: Table) -> Secret | None:
    """Whose feedback it is; whoever gave it knows that they did."""
    one, two = drawn.random.sample([*drawn.players], 2)
    given = a.GiveFeedback((("safe", 2),), suggestions="More time.")
    left, right = (Step("command", each, given, key="k") for each in (one, two))
    return Secret("whose feedback", over(left), over(right), {str(one), str(two)})


def what_feedback_says(drawn: Drawn, table: Table) -> Secret | None:
    """What somebody's feedback says."""
    person = drawn.random.choice([*drawn.players])
    left, right = (
        Step("command", person, a.GiveFeedback((("safe", n),), suggestions="." * n), key="k")
        for n in (1, 5)
    )
    return Secret("what feedback says", over(left), over(right), set())


def afterwards(drawn: Drawn, table: Table) -> Secret | None:
    """What somebody writes about themselves once it is over."""
    person = drawn.random.choice([*drawn.players])
    done = c.Reflect("commitment", "I call her.", "Before we go in", "Friday")
    steps = over(Step("command", person, done, key="k"))
    return Secret("afterwards", steps, over(), {str(person), *drawn.conducting})


def appraisal(drawn: Drawn, table: Table) -> Secret | None:
    """What those who watched rate, write down to improve, and show of a talk to nobody yet."""
    engine = table.room.exercises[1].engine
    name, objective = next(iter(engine.scenario.objectives.items()))
    steps = over(
        Step("command", drawn.evaluator, a.Rate(f"{name}.{next(iter(objective.tasks))}", "P", "P")),
        Step("command", drawn.evaluator, a.Improve("Nobody was called.", "Ring.")),
        Step("command", drawn.evaluator, a.UpdateAction(1, "begun", "Soon.")),
        Step("ask", FACILITATOR, given=(("ask", "proposed"),)),
    )
    return Secret("appraisal", steps, over(), {*drawn.conducting})


def draft(drawn: Drawn, table: Table) -> Secret | None:
    """What somebody has half written."""
    person = drawn.random.choice([*drawn.players])
    steps = [
        Step("ask", person, given=(("ask", "draft"), ("decision", "d"), ("text", text)))
        for text in ("Half", "Half a sentence")
    ]
    return Secret("draft", steps, [], {str(person)})


def notes(drawn: Drawn, table: Table) -> Secret | None:
    """Somebody's notes."""
    person = drawn.random.choice([FACILITATOR, *drawn.players, drawn.evaluator])
    step = Step("ask", person, given=(("ask", "note"), ("text", "Mine alone.")))
    return Secret("notes", [step], [], {str(person)})


def refusals(drawn: Drawn, table: Table) -> Secret | None:
    """What somebody tried and was refused."""
    person = drawn.random.choice([*drawn.players])
    tries = [
        Step("command", person, c.Advance(), key="r"),
        Step("command", person, c.Share("nothing", "nobody"), key="r"),
        Step("command", person, c.Commit("none", "none"), key="r"),
        Step("form", person, given=(("do", "settle"), ("decision", "x"), ("key", "r"))),
        Step("form", person, given=(("nothing", ""),)),
        Step("command", drawn.evaluator, c.End(), key="r"),
    ]
    return Secret("refusals", tries, [], {str(person), str(drawn.evaluator)})


def keys(drawn: Drawn, table: Table) -> Secret | None:
    """How often somebody's device had to send something."""
    person, role = drawn.random.choice([*drawn.players.items()])
    to = drawn.random.choice([each for each in drawn.roles if each != role])
    one = Step("command", person, c.Say(to, "Once."), key="a")
    return Secret("keys", [one], [replace(one, key="b")] * 3, {str(person)})


def reading(drawn: Drawn, table: Table) -> Secret | None:
    """How far somebody has read, and in which wording."""
    person = drawn.random.choice([*drawn.players])
    room = table.room.exercises[1].room
    legal = room.engine.legal(room.state, f"seat-{person}")
    skips = [x for x in legal if isinstance(x, c.Skip)]
    steps = [Step("command", person, x) for x in legal if isinstance(x, c.Acknowledge)]
    steps += [Step("command", person, x) for x in skips[:2]]
    return Secret("reading", steps, [], {str(person), *drawn.conducting}) if steps else None


def devices(drawn: Drawn, table: Table) -> Secret | None:
    """How many devices somebody holds."""
    person = drawn.random.choice([*drawn.players])
    steps = [Step("device", person), Step("look", person), Step("look", person)]
    return Secret("devices", steps, [], {str(person), *drawn.conducting})


def at_the_door(drawn: Drawn, table: Table) -> Secret | None:
    """Who comes to the door, and who fails to."""
    code = table.room.header.code
    coming = tuple({"code": code, "name": "Zoe", "agency": "Z", "accept": "yes"}.items())
    guess = tuple({"code": "ZZZZZZ", "name": "Nobody", "accept": "yes"}.items())
    steps = [Step("door", given=coming), Step("door", given=guess)]
    return Secret("at the door", steps, [], {"0", *drawn.conducting})


def viewed_as(drawn: Drawn, table: Table) -> Secret | None:
    """As whom the facilitator looks."""
    role = drawn.random.choice(drawn.roles)
    step = Step("ask", FACILITATOR, given=(("ask", "view_as"), ("role", role)))
    return Secret("viewed as", [step], [], {str(FACILITATOR)})


def other_table(drawn: Drawn, table: Table) -> Secret | None:
    """Whatever goes on at another table."""
    if drawn.tables < 2:
        return None
    room = table.room.exercises[2].room
    first = drawn.evaluator + 1
    steps = [Step("command", first, c.Say("all", "Over here."), key="t")]
    for number in range(first, first + len(set(drawn.roles))):
        answers = [
            x for x in room.engine.legal(room.state, f"seat-{number}") if isinstance(x, c.Commit)
        ]
        steps += [Step("command", number, each, key="t") for each in answers[:1]]
    steps.append(Step("command", first, c.StopForCare(), key="t2"))
    return Secret("other table", steps, [], {*drawn.conducting})


def quiet_setting(drawn: Drawn, table: Table) -> Secret | None:
    """What the facilitator sets about the door."""
    on = drawn.random.choice([s.LockDoor(), s.OpenDoor()])
    step = Step("session", FACILITATOR, given=(("command", on),))
    return Secret("quiet setting", [step], [], {*drawn.conducting})


Kind = Callable[[Drawn, Table], Secret | None]
RARE: tuple[Kind, ...] = (open_answer, answer_asked_of_others, advice, fact, other_table)
KINDS: tuple[Kind, ...] = (
    *(open_answer, answer_asked_of_others, message, message_to_facilitator, advice, fact),
    *(written_inject, scheduling, observation, carer, draft, notes, refusals, keys, reading),
    *(devices, at_the_door, viewed_as, other_table, quiet_setting),
    *(feedback, what_feedback_says, afterwards, appraisal),
)
