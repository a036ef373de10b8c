"""An independent oracle of findings: every situation, through the engine, by definition.

It shares no code with exploring: it forgets nothing but texts, takes every share that is accepted,
and asks of the whole graph of situations what each finding says. What a text names is the one thing
it takes from elsewhere, since no exploring is needed to tell. A shipped scenario has too many
situations in full; there the caller says what of a state to keep, and which shares to leave out.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import combinations, takewhile

from enumerator import full

from tabletop.authoring.rules.knowledge import named, steps
from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.engine import Engine
from tabletop.exercise.evolve import evolve
from tabletop.exercise.seats import Seat
from tabletop.exercise.situation import Standing
from tabletop.exercise.state import PUBLIC, State
from tabletop.scenario.conditions import Condition
from tabletop.scenario.texts import Text, texts_of

Said = tuple[str, tuple[str | int, ...]]
"""A code, and the place in the document."""
Shown = tuple[Said, tuple[int, object] | None]
"""What is said; and where it is about a route, how many moves it takes and to which situation."""
LIMIT = 1_000
"""Situations of one attendance after which it is given up."""
RESTLESS = 300
FACILITATOR = "facilitator"


class TooMany(Exception):
    """The scenario is too large to be taken apart like this."""


class Restless(Exception):
    """Stand-ins go round and round by themselves."""


@dataclass
class Moment:
    """An event, and what was so just before it."""

    before: State
    event: e.Event


@dataclass
class Arrow:
    """A whole move: what was done, what came of it, and where it led."""

    deed: tuple[str, ...]
    moments: list[Moment]
    after: State
    to: object
    stranded: list[str]
    """Decisions for which a stand-in was left without a rule."""


@dataclass
class World:
    """Everything one attendance can get into."""

    engine: Engine
    people: tuple[str, ...]
    facilitated: bool = False
    limit: int = LIMIT
    kept: Callable[[State], object] = full
    """What of a state is kept."""
    shares: Callable[[State, tuple[str, str, str]], bool] = lambda state, share: True
    """Which shares are taken."""
    either: bool = False
    """Whether an offer that closes counts as the better of shared and kept, for those left out."""
    states: dict[object, State] = field(default_factory=dict)
    far: dict[object, int] = field(default_factory=dict)
    """How many moves lead to each situation, the start not counted."""
    arrows: dict[object, list[Arrow]] = field(default_factory=dict)
    first: Arrow | None = None

    def __post_init__(self) -> None:
        table = [
            Seat(role, "player" if role in self.people else "stand_in", role)
            for role in self.engine.scenario.roles
        ]
        if self.facilitated:
            table.append(Seat(FACILITATOR, "facilitator"))
        host = FACILITATOR if self.facilitated else self.people[0]
        self.first = self.played(
            State(), ("start",), [(host, c.Start(tuple(table), self.facilitated))]
        )
        waiting = deque([self.first.after])
        self.states[self.first.to] = self.first.after
        self.far[self.first.to] = 0
        while waiting:
            state = waiting.popleft()
            found = self.arrows.setdefault(self.key(state), [])
            for arrow in self.moves(state):
                found.append(arrow)
                if arrow.to not in self.states:
                    if len(self.states) >= self.limit:
                        raise TooMany
                    self.states[arrow.to] = arrow.after
                    self.far[arrow.to] = self.far[self.key(state)] + 1
                    waiting.append(arrow.after)

    def moves(self, state: State) -> Iterator[Arrow]:
        if state.status == "ended":
            return
        engine = self.engine
        for name in open_decisions(engine, state):
            asked = [role for role in state.decisions[name].by if role in self.people]
            for option in state.decisions[name].shown() if asked else ():
                for reason in ("", *engine.plan.decision(name).reasons):
                    deed = ("commit", name, option, reason)
                    commits = [(role, c.Commit(name, option, "", reason)) for role in asked]
                    yield self.played(state, deed, commits, settling=(name, option))
        for role in self.people:
            for fact in state.known.get(role, {}):
                for to in engine.scenario.roles:
                    share = fact, role, to
                    if engine.accepts(state, role, c.Share(fact, to)) and self.shares(state, share):
                        yield self.played(state, ("share", *share), [(role, c.Share(fact, to))])
        mover = FACILITATOR if self.facilitated else self.people[0]
        for inject in engine.scenario.scenes[state.scene].injects if self.facilitated else ():
            if engine.accepts(state, mover, c.Release(inject)):
                yield self.played(state, ("release", inject), [(mover, c.Release(inject))])
        if engine.accepts(state, mover, c.Advance()):
            yield self.played(state, ("advance",), [(mover, c.Advance())])

    def played(
        self,
        state: State,
        deed: tuple[str, ...],
        commands: list[tuple[str, c.Command]],
        settling: tuple[str, str] | None = None,
    ) -> Arrow:
        moments: list[Moment] = []
        stranded: list[str] = []
        for seat, command in commands:
            state = self.rest(self.do(state, seat, command, moments), moments, stranded)
        if settling is not None and not state.decisions[settling[0]].done:
            mover = FACILITATOR if self.facilitated else commands[0][0]
            for settle in (c.Settle(settling[0]), c.Settle(*settling)):
                if self.engine.accepts(state, mover, settle):
                    state = self.rest(self.do(state, mover, settle, moments), moments, stranded)
                    break
        return Arrow(deed, moments, state, self.key(state), stranded)

    def key(self, state: State) -> object:
        return ("ended", state.ending) if state.status == "ended" else self.kept(state)

    def do(self, state: State, seat: str, command: c.Command, moments: list[Moment]) -> State:
        for event in self.engine.decide(state, seat, command):
            moments.append(Moment(state, event))
            state = evolve(state, event)
        return state

    def rest(self, state: State, moments: list[Moment], stranded: list[str]) -> State:
        for _ in range(RESTLESS):
            for seat in state.seats.values():
                wanted = self.engine.proposal(state, seat.id)
                if wanted is not None:
                    if isinstance(wanted, c.Commit) and self.left(state, wanted, seat.role):
                        stranded.append(wanted.decision)
                    state = self.do(state, seat.id, wanted, moments)
                    break
            else:
                return state
        raise Restless

    def left(self, state: State, answer: c.Commit, role: str) -> bool:
        """Whether a stand-in answers without a rule, though it has some."""
        rules = self.engine.plan.decision(answer.decision).rules_for(role)
        shown = state.decisions[answer.decision].shown()
        return bool(rules) and not any(
            rule.choose in shown and holds(self.engine, state, rule.when) for rule in rules
        )

    # What the graph tells.

    @cached_property
    def every(self) -> list[tuple[int, Arrow]]:
        """Every move, with how many moves it takes including it."""
        assert self.first is not None
        return [
            (0, self.first),
            *((self.far[here] + 1, arrow) for here, each in self.arrows.items() for arrow in each),
        ]

    @cached_property
    def behind(self) -> dict[object, set[object]]:
        found: dict[object, set[object]] = defaultdict(set)
        for here, arrows in self.arrows.items():
            for arrow in arrows:
                found[arrow.to].add(here)
        return found

    def leading(self, to: Iterable[object]) -> set[object]:
        found = set(to)
        waiting = list(found)
        while waiting:
            for before in self.behind[waiting.pop()]:
                if before not in found:
                    found.add(before)
                    waiting.append(before)
        return found

    @cached_property
    def order(self) -> list[object] | None:
        """The situations, each after all that follow it; nothing where one can go round."""
        left = {here: len(arrows) for here, arrows in self.arrows.items()}
        found = [here for here, count in left.items() if not count]
        for here in found:
            for before in self.behind[here]:
                left[before] -= sum(arrow.to == here for arrow in self.arrows[before])
                if not left[before]:
                    found.append(before)
        return found if len(found) == len(self.states) else None

    @cached_property
    def moments(self) -> list[Moment]:
        return [moment for _, arrow in self.every for moment in arrow.moments]

    def ended(self) -> list[object]:
        return [here for here, state in self.states.items() if state.status == "ended"]


def open_decisions(engine: Engine, state: State) -> list[str]:
    if state.status != "running":
        return []
    return [
        name
        for name, decision in state.decisions.items()
        if not decision.done and engine.plan.scene_of_decision[name] == state.scene
    ]


@cache
def texts_by_path(engine: Engine) -> dict[str, Text]:
    return dict(texts_of(engine.scenario))


def holds(engine: Engine, state: State, condition: Condition | None) -> bool:
    return condition is None or condition.holds(Standing(state, engine.law))


class Unknown(Standing):
    """A situation in which nobody knows a fact."""

    def __init__(self, state: State, engine: Engine, fact: str) -> None:
        super().__init__(state, engine.law)
        self.fact = fact

    def knows(self, role: str, fact: str) -> bool:
        return fact != self.fact and super().knows(role, fact)


def attendances(engine: Engine) -> list[tuple[str, ...]]:
    roles = tuple(engine.scenario.roles)
    required = set(engine.scenario.attendance.required)
    return [
        people
        for size in range(len(roles), 0, -1)
        for people in combinations(roles, size)
        if required <= set(people)
    ]


def findings(
    engine: Engine, world: Callable[..., World] = World
) -> dict[Said, tuple[int, set[object]] | None]:
    """Everything found by exploring: the fewest moves that show it, and all it may lead to."""
    everyone, *others = attendances(engine)
    alone = world(engine, everyone)
    held = any(i.held for s in engine.scenario.scenes.values() for i in s.injects.values())
    worlds = [alone, world(engine, everyone, facilitated=True)] if held else [alone]
    told: dict[Said, tuple[int, set[object]] | None] = dict.fromkeys(
        set.intersection(*(set(unreached(each)) for each in worlds))
    )
    tell(told, fake(worlds))
    for each in worlds:
        shown = (ends, nobody, settled_beforehand, trouble, knowledge)
        tell(told, (one for rule in shown for one in rule(each)))
    tell(told, (one for rule in (idle, tasks) for one in rule(alone)))
    for people in others:
        try:
            other = world(engine, people)
        except Restless:
            continue
        tell(told, (one for rule in (ends, stranded, advice) for one in rule(other)))
    return told


def tell(told: dict[Said, tuple[int, set[object]] | None], shown: Iterable[Shown]) -> None:
    """Adds what one attendance shows; what an earlier one showed stays as it was."""
    new: dict[Said, tuple[int, set[object]] | None] = {}
    for said, where in shown:
        if where is None or new.get(said, (0, set())) is None:
            new[said] = None
            continue
        fewest, those = new.get(said) or (where[0], set())
        new[said] = min(fewest, where[0]), those | {where[1]}
    for said, where in new.items():
        told.setdefault(said, where)


# Unreached.


def unreached(world: World) -> Iterator[Said]:
    engine, scenario = world.engine, world.engine.scenario
    moments = world.moments
    events = [moment.event for moment in moments]
    entered = {event.scene for event in events if isinstance(event, e.SceneEntered)}
    delivered = {event.inject for event in events if isinstance(event, e.InjectDelivered)}
    opened = [event for event in events if isinstance(event, e.DecisionOpened)]
    asked = {event.decision for event in opened}
    offered = {(event.decision, option) for event in opened for option, _ in event.options}
    counted = {
        (event.decision, mark.option, mark.mark)
        for event in events
        if isinstance(event, e.Settled)
        for mark in event.marks
    }
    passed = {moment.event.decision for moment in moments if unasked(engine, moment)}
    read = {wording for moment in moments for wording, _ in readings(moment)}
    ways = {
        (arrow_scene(arrow), number)
        for _, arrow in world.every
        if (number := way(engine, arrow)) is not None
    }
    texts = texts_by_path(engine)
    occasions: list[str] = [
        f"roles.{name}.brief"
        for name, role in scenario.roles.items()
        if role.joins is None or role.joins in entered
    ]
    for name, scene in scenario.scenes.items():
        if name not in entered:
            if name in engine.plan.reach[scenario.start]:
                yield ("TT404" if scene.ending else "TT401"), ("scenes", name)
            continue
        occasions.append(f"scenes.{name}.narration")
        for inject, authored in scene.injects.items():
            if inject in delivered:
                if authored.when is not None and always_on_entry(world, name, inject):
                    yield "TT413", ("scenes", name, "injects", inject, "when")
                occasions.append(f"scenes.{name}.injects.{inject}.text")
            elif not authored.held or authored.alone is not None or world.facilitated:
                yield "TT403", ("scenes", name, "injects", inject)
        for decision, one in scene.decisions.items():
            path = ("scenes", name, "decisions", decision)
            if decision not in asked:
                if decision not in passed:
                    yield "TT422", path
                continue
            occasions.append(".".join((*path, "ask")))
            for option, each in one.options.items():
                if (decision, option) not in offered:
                    yield "TT402", (*path, "options", option)
                    continue
                occasions += [
                    ".".join((*path, "options", option, kind)) for kind in ("text", "outcome")
                ]
                for number in range(len(each.marks)):
                    if (decision, option, number) not in counted:
                        yield "TT425", (*path, "options", option, "marks", number)
        for number, branch in enumerate(scene.next):
            if len(scene.next) > 1 and branch.to in entered and (name, number) not in ways:
                yield "TT423", ("scenes", name, "next", number)
    shared = {(ev.fact, ev.offer) for ev in events if isinstance(ev, e.FactShared)}
    occasions += [f"facts.{fact}.share.{number}.outcome" for fact, number in sorted(shared)]
    for path in occasions:
        text = texts.get(path)
        if text is not None and sum(map(len, text.variants.values())) > 1:
            for audience, variants in text.variants.items():
                for number in range(len(variants)):
                    if f"{path}/{audience}/{number}" not in read:
                        place = tuple(int(s) if s.isdecimal() else s for s in path.split("."))
                        yield "TT424", (*place, "variants", audience, number)


def always_on_entry(world: World, scene: str, inject: str) -> bool:
    """Whether an inject has come by the time a scene was entered, each time."""
    for _, arrow in world.every:
        for place, moment in enumerate(arrow.moments):
            if isinstance(moment.event, e.SceneEntered) and moment.event.scene == scene:
                following = (each.event for each in arrow.moments[place + 1 :])
                inside = takewhile(lambda event: not isinstance(event, e.SceneEntered), following)
                came = (event.inject for event in inside if isinstance(event, e.InjectDelivered))
                if inject not in (*moment.before.delivered, *came):
                    return False
    return True


def readings(moment: Moment) -> Iterator[tuple[str, str]]:
    """The wordings that are read at a moment, each with its reader."""
    event = moment.event
    if isinstance(event, e.Told) and event.kind not in ("settled", "shared"):
        yield from ((event.path, role) for role in event.to if event.path)
    elif isinstance(event, e.DecisionOpened):
        wordings = (*event.asks, *(each for _, texts in event.options for each in texts))
        yield from ((wording, role) for role, wording in wordings)


def unasked(engine: Engine, moment: Moment) -> bool:
    """Whether a decision is passed over for no other reason than that nobody is there."""
    event = moment.event
    if not isinstance(event, e.DecisionPassed):
        return False
    decision = engine.plan.decision(event.decision)
    return (
        not set(decision.by) & set(moment.before.joined)
        and holds(engine, moment.before, decision.when)
        and any(holds(engine, moment.before, option.when) for option in decision.options.values())
    )


def arrow_scene(arrow: Arrow) -> str:
    return arrow.moments[0].before.scene


def leaving(arrow: Arrow) -> State | None:
    """What is so when the way on is looked for."""
    if arrow.deed != ("advance",):
        return None
    return next(
        moment.before
        for moment in arrow.moments
        if isinstance(moment.event, (e.OfferClosed, e.ConsentEnded, e.SceneEntered))
    )


def way(engine: Engine, arrow: Arrow) -> int | None:
    state = leaving(arrow)
    if state is None:
        return None
    return next(
        number
        for number, branch in enumerate(engine.scenario.scenes[state.scene].next)
        if holds(engine, state, branch.when)
    )


# Ends.


def standing_still(world: World) -> set[object]:
    """Where nothing leads on, whatever is shared."""
    return set(world.states) - world.leading(
        here
        for here, arrows in world.arrows.items()
        if world.states[here].status == "ended" or any(a.deed[0] != "share" for a in arrows)
    )


def going_round(world: World) -> set[object]:
    """Where nothing leads to an end, nor to where it stands still."""
    return set(world.states) - world.leading([*standing_still(world), *world.ended()])


def ends(world: World) -> Iterator[Shown]:
    scenes = world.engine.scenario.scenes
    still = standing_still(world)
    for here in still:
        yield ("TT405", ("scenes", world.states[here].scene, "next")), (world.far[here], here)
    lost = going_round(world)
    reach = world.engine.plan.reach
    for circle in {
        tuple(o for o in scenes if o in reach[scene] and scene in reach[o]) for scene in scenes
    }:
        left = {here for here in lost if world.states[here].scene in circle}
        while True:
            onward = {a.to for here in left for a in world.arrows[here] if a.to in left}
            onward = {here for here in onward if any(a.to in onward for a in world.arrows[here])}
            if onward == left:
                break
            left = onward
        if left:
            # What comes again may be only what is still read, so it may begin before this.
            yield ("TT405", ("scenes", first_scene(world, left), "next")), None
    on = {
        here: arrow.to
        for here, arrows in world.arrows.items()
        for arrow in arrows
        if arrow.deed == ("advance",)
    }
    for here, onward_to in on.items():
        around, at = [here], onward_to
        while at in on and at not in around:
            around.append(at)
            at = on[at]
        if at == here:
            yield ("TT406", ("scenes", first_scene(world, around), "next")), None


def first_scene(world: World, among: Iterable[object]) -> str:
    """The first scene in the file in which one of some situations lies."""
    names = {world.states[here].scene for here in among}
    return next(name for name in world.engine.scenario.scenes if name in names)


# Attendance.


def nobody(world: World) -> Iterator[Shown]:
    for far, arrow in world.every:
        for moment in arrow.moments:
            if unasked(world.engine, moment):
                path = (*decision_at(world, moment.event.decision), "by")
                yield ("TT407", path), (far, arrow.to)


def stranded(world: World) -> Iterator[Shown]:
    for far, arrow in world.every:
        for decision in arrow.stranded:
            yield ("TT407", (*decision_at(world, decision), "stand_in")), (far, arrow.to)


def decision_at(world: World, decision: str) -> tuple[str, ...]:
    return ("scenes", world.engine.plan.scene_of_decision[decision], "decisions", decision)


# Choices.


def gain(world: World, moments: list[Moment]) -> tuple[float, float]:
    """What a move gains: answers, shares, and what was kept."""
    vc = ci = 0.0
    for moment in moments:
        event = moment.event
        if isinstance(event, e.Settled) and event.credit:
            mark = next(each for each in event.marks if each.option == event.option)
            fits = event.credit[0][1]
            vc += mark.vc if fits or mark.vc < 0 else mark.vc / 2
            ci += mark.ci if fits or mark.ci < 0 else mark.ci / 2
        elif isinstance(event, e.OfferClosed) and event.counts and world.either:
            vc, ci = vc + max(event.vc, event.shared_vc), ci + max(event.ci, event.shared_ci)
        elif isinstance(event, (e.FactShared, e.OfferClosed)) and event.counts:
            vc, ci = vc + event.vc, ci + event.ci
    return vc, ci


def answers(world: World, here: object) -> dict[str, dict[str, list[Arrow]]]:
    """The answers open in a situation: by decision and option, one for each reason."""
    found: dict[str, dict[str, list[Arrow]]] = {}
    for arrow in world.arrows[here]:
        if arrow.deed[0] == "commit":
            found.setdefault(arrow.deed[1], {}).setdefault(arrow.deed[2], []).append(arrow)
    return found


def fake(worlds: list[World]) -> Iterator[Shown]:
    together: dict[tuple[str, str, str], list[tuple[int, object]]] = defaultdict(list)
    differ: set[tuple[str, str, str]] = set()
    for world in worlds:
        alike = classes(world)
        for here in world.states:
            for decision, options in answers(world, here).items():
                for one, other in combinations(options, 2):
                    together[decision, one, other].append((world.far[here], here))
                    if outlook(world, options[one], alike) != outlook(world, options[other], alike):
                        differ.add((decision, one, other))
    for pair, those in together.items():
        if pair not in differ:
            path = (*decision_at(worlds[0], pair[0]), "options", pair[2])
            yield from ((("TT408", path), where) for where in those)


def outlook(world: World, arrows: list[Arrow], alike: dict[object, int]) -> object:
    """What comes of an answer: how it may count, how grave it is, what is told, what follows."""
    return (
        frozenset((gain(world, arrow.moments), grave(arrow)) for arrow in arrows),
        told(world, arrows[0]),
        alike[arrows[0].to],
    )


def grave(arrow: Arrow) -> bool:
    settled = next(m.event for m in arrow.moments if isinstance(m.event, e.Settled))
    return next(mark.critical for mark in settled.marks if mark.option == settled.option)


def told(world: World, arrow: Arrow) -> frozenset[tuple[str, str]]:
    """Who reads what on a move."""
    return frozenset(
        (world.engine.text(wording), reader)
        for moment in arrow.moments
        for wording, reader in readings(moment)
    )


def classes(world: World) -> dict[object, int]:
    """A number for each situation; equal where nothing that can follow tells two apart."""
    numbers: dict[object, int] = {}

    def seen(arrow: Arrow, alike: dict[object, int]) -> object:
        marks = [
            (ev.marks, ev.credit)
            for moment in arrow.moments
            if isinstance(ev := moment.event, e.Settled)
        ]
        return (
            arrow.deed,
            told(world, arrow),
            gain(world, arrow.moments),
            repr(marks),
            alike[arrow.to],
        )

    alike = dict.fromkeys(world.states, 0)
    if world.order is not None:
        for here in world.order:
            state = world.states[here]
            mark = (
                state.scene,
                state.ending,
                frozenset(seen(a, alike) for a in world.arrows[here]),
            )
            alike[here] = numbers.setdefault(mark, len(numbers) + 1)
        return alike
    count = 0
    while len(set(alike.values())) > count:
        count = len(set(alike.values()))
        numbers = {}
        alike = {
            here: numbers.setdefault(
                (
                    alike[here],
                    world.states[here].scene,
                    world.states[here].ending,
                    frozenset(seen(a, alike) for a in world.arrows[here]),
                ),
                len(numbers),
            )
            for here in world.states
        }
    return alike


def settled_beforehand(world: World) -> Iterator[Shown]:
    for here in world.states:
        for decision, options in answers(world, here).items():
            if world.engine.plan.decision(decision).tension not in ("conflict", "depends"):
                continue
            worth = {option: best_mark(arrows) for option, arrows in options.items()}
            if len(worth) > 1 and any(
                all(one[0] >= other[0] and one[1] >= other[1] for other in worth.values())
                for one in worth.values()
            ):
                yield ("TT409", (*decision_at(world, decision), "tension")), (world.far[here], here)


def best_mark(arrows: list[Arrow]) -> tuple[float, float]:
    """The most an answer can be worth by itself, whichever reason is given."""
    found = []
    for arrow in arrows:
        event = next(m.event for m in arrow.moments if isinstance(m.event, e.Settled))
        mark = next(each for each in event.marks if each.option == arrow.deed[2])
        fits = mark.attainable
        found.append(tuple(m if fits or m < 0 else m / 2 for m in (mark.vc, mark.ci)))
    return max(each[0] for each in found), max(each[1] for each in found)


def trouble(world: World) -> Iterator[Shown]:
    if world.order is None or standing_still(world):
        return
    best: dict[object, tuple[float, float] | None] = {}
    for here in world.order:
        totals = [
            total
            for arrow in world.arrows[here]
            if (total := ahead(world, arrow, best)) is not None
        ]
        best[here] = (
            (max(t[0] for t in totals), max(t[1] for t in totals))
            if totals
            else (0, 0)
            if world.states[here].status == "ended"
            else None
        )
    for here in world.states:
        for decision, options in answers(world, here).items():
            counted = {
                option: (best_mark(arrows), most)
                for option, arrows in options.items()
                if credited(arrows[0]) and (most := totals_of(world, arrows, best)) is not None
            }
            for (low, (mark, most)), (_, (other, its)) in (
                pair for one in combinations(counted.items(), 2) for pair in (one, one[::-1])
            ):
                for axis in (0, 1):
                    if mark[axis] < other[axis] and most[axis] > its[axis]:
                        yield ("TT410", (*decision_at(world, decision), "options", low)), None


def credited(arrow: Arrow) -> bool:
    event = next(m.event for m in arrow.moments if isinstance(m.event, e.Settled))
    return bool(event.credit)


def ahead(
    world: World, arrow: Arrow, best: dict[object, tuple[float, float] | None]
) -> tuple[float, float] | None:
    there = best[arrow.to]
    if there is None:
        return None
    vc, ci = gain(world, arrow.moments)
    return vc + there[0], ci + there[1]


def totals_of(
    world: World, arrows: list[Arrow], best: dict[object, tuple[float, float] | None]
) -> tuple[float, float] | None:
    totals = [total for arrow in arrows if (total := ahead(world, arrow, best)) is not None]
    if not totals:
        return None
    return max(each[0] for each in totals), max(each[1] for each in totals)


# Knowledge.


def advice(world: World) -> Iterator[Shown]:
    """What stand-ins give away by advising, which only they do in the author's words."""
    return (shown for shown in knowledge(world) if "advice" in shown[0][1])


def knowledge(world: World) -> Iterator[Shown]:
    engine = world.engine
    names = named(engine)
    privileged = {
        fact
        for fact, each in engine.scenario.facts.items()
        if engine.guidance.fact_classes[each.fact_class].privileged
    }
    told: dict[tuple[str, str, str], list[tuple[str, tuple[int, object]]]] = defaultdict(list)
    for far, arrow in world.every:
        for place, role, fact, kind in given_away(world, arrow, names):
            if role not in world.people:
                continue
            # A way is shown where it is about to be taken.
            before = far - 1, world.key(arrow.moments[0].before) if arrow.moments else arrow.to
            where = before if ".next." in place else (far, arrow.to)
            told[kind, place, fact].append((role, where))
    for (kind, place, fact), those in told.items():
        tried = [each for each in those if engine.scenario.roles[each[0]].hat == "prosecutor"]
        if kind == "names" and fact in privileged and tried:
            yield from ((("TT507", steps(place)), where) for _, where in tried)
        elif kind == "names":
            yield from ((("TT416", steps(place)), where) for _, where in those)
        elif ("names", place, fact) not in told:
            code = "TT415" if ".next." in place else "TT414"
            yield from (((code, steps(place)), where) for _, where in those)


def given_away(
    world: World, arrow: Arrow, names: dict[str, tuple[str, ...]]
) -> Iterator[tuple[str, str, str, str]]:
    """What a move gives away: the place, who reads it, the fact it does not know, and how."""
    engine = world.engine
    state = leaving(arrow)
    if state is not None:
        yield from ((*each, "rests") for each in ways_given_away(engine, state))
    # Whoever learns the fact before the scene is left, or the move is over, knows it in time.
    after = arrow.after
    known: list[State] = []
    for moment in reversed(arrow.moments):
        if isinstance(moment.event, e.SceneEntered):
            after = moment.before
        known.append(after)
    known.reverse()
    for moment, later in zip(arrow.moments, known, strict=True):
        for place, role, fact, kind in moment_gives(engine, moment, names, world.facilitated):
            if not later.knows(role, fact):
                yield place, role, fact, kind


def moment_gives(
    engine: Engine, moment: Moment, names: dict[str, tuple[str, ...]], facilitated: bool
) -> Iterator[tuple[str, str, str, str]]:
    state, event = moment.before, moment.event
    texts = texts_by_path(engine)
    for wording, reader in readings(moment):
        place, suffix = wording.split("/", 1)
        roles = state.joined if reader == PUBLIC else (reader,)
        for role in roles:
            for fact in names.get(wording, ()):
                yield wording, role, fact, "names"
            if (
                ".options." in place
                and place.endswith(".text")
                and texts[place].audience(role) == role
            ):
                continue
            for fact in read_facts(texts[place].conditions()):
                if texts[place].pick(reader, Unknown(state, engine, fact)) != suffix:
                    yield wording, role, fact, "rests"
    if isinstance(event, e.InjectDelivered):
        inject = engine.plan.inject(event.inject)
        place = f"{engine.plan.inject_path(event.inject)}.text"
        gate = inject.when or (None if facilitated else inject.alone)
        to = [role for role in state.joined if role in inject.to or inject.to == ("all",)]
        public = [PUBLIC] if inject.to == ("all",) else []
        yield from gated(engine, state, gate, place, inject.text, to, public)
    if isinstance(event, e.DecisionOpened):
        decision = engine.plan.decision(event.decision)
        path = engine.plan.decision_path(event.decision)
        readers = [*event.by, *event.consult]
        for fact in only_for(engine, state, decision.when):
            yield from ((f"{path}.when", role, fact, "rests") for role in readers)
        for option, _ in event.options:
            each = decision.options[option]
            others = [role for role in readers if each.text.audience(role) != role]
            place = f"{path}.options.{option}.text"
            yield from gated(engine, state, each.when, place, each.text, others, [])


def gated(
    engine: Engine,
    state: State,
    gate: Condition | None,
    place: str,
    text: Text,
    readers: list[str],
    public: list[str],
) -> Iterator[tuple[str, str, str, str]]:
    for fact in only_for(engine, state, gate):
        for role in readers:
            for audience in (role, *public):
                suffix = text.pick(audience, Standing(state, engine.law))
                if suffix is not None:
                    yield f"{place}/{suffix}", role, fact, "rests"


def read_facts(conditions: Iterable[Condition | None]) -> set[str]:
    return {
        read[2]
        for each in conditions
        if each is not None
        for read in each.reads
        if read[0] == "knows"
    }


def only_for(engine: Engine, state: State, condition: Condition | None) -> list[str]:
    """The facts that somebody has to know for a condition to hold as it does."""
    if condition is None or not holds(engine, state, condition):
        return []
    return [
        fact
        for fact in sorted(read_facts((condition,)))
        if not condition.holds(Unknown(state, engine, fact))
    ]


def ways_given_away(engine: Engine, state: State) -> Iterator[tuple[str, str, str]]:
    branches = engine.scenario.scenes[state.scene].next
    taken = next(n for n, branch in enumerate(branches) if holds(engine, state, branch.when))
    for fact in read_facts(branch.when for branch in branches[: taken + 1]):
        unknown = Unknown(state, engine, fact)
        otherwise = next((b.to for b in branches if b.when is None or b.when.holds(unknown)), None)
        if otherwise == branches[taken].to:
            continue
        reading = [n for n in range(taken + 1) if fact in read_facts((branches[n].when,))]
        number = taken if taken in reading else reading[0]
        for role in state.joined:
            if not state.knows(role, fact):
                yield f"scenes.{state.scene}.next.{number}.when", role, fact


# Presence.


def idle(world: World, most: int = 2) -> Iterator[Shown]:
    engine = world.engine

    def module(state: State) -> str:
        return "" if state.status == "ended" else engine.module_of[state.scene]

    for role in engine.scenario.roles:
        free = {here for here, state in world.states.items() if not busy(world, state, role)}
        count = dict.fromkeys(world.states, 0)
        grown = True
        while grown:
            grown = False
            for here in free:
                longest = max(
                    (
                        count[arrow.to] + (module(arrow.after) != module(world.states[here]))
                        for arrow in world.arrows[here]
                    ),
                    default=0,
                )
                # Where one can go round it would grow without end.
                if min(longest, most + 1) > count[here]:
                    count[here], grown = min(longest, most + 1), True
        assert world.first is not None
        begins = [world.first.to]
        begins += [
            arrow.to
            for here, arrows in world.arrows.items()
            for arrow in arrows
            if module(arrow.after) != module(world.states[here])
        ]
        if any(count[here] > most for here in begins):
            yield ("TT411", ("roles", role)), None


def busy(world: World, state: State, role: str) -> bool:
    """Whether a role is not there yet, is asked or consulted, or can share something."""
    if state.status == "ended" or role not in state.joined:
        return True
    if any(
        role in (*state.decisions[name].by, *state.decisions[name].consult)
        for name in open_decisions(world.engine, state)
    ):
        return True
    return any(
        world.engine.accepts(state, role, c.Share(fact, to))
        for fact in state.known.get(role, {})
        for to in world.engine.scenario.roles
    )


def tasks(world: World) -> Iterator[Shown]:
    for name, objective in world.engine.scenario.objectives.items():
        wanted = {task: set(each.practices) for task, each in objective.tasks.items()}
        for task, practices in wanted.items():
            for where in avoiding(world, practices):
                yield ("TT412", ("objectives", name, "tasks", task)), where
        if len(wanted) > 1:
            for where in avoiding(world, set.union(*wanted.values())):
                yield ("TT412", ("objectives", name)), where


def avoiding(world: World, practices: set[str]) -> Iterator[tuple[int, object]]:
    """The ends that a route leads to on which none of some practices is exercised."""
    assert world.first is not None
    if exercised(world, world.first) & practices:
        return
    far = {world.first.to: 0}
    for here in (waiting := [world.first.to]):
        if world.states[here].status == "ended":
            yield far[here], here
        for arrow in world.arrows[here]:
            if arrow.to not in far and not exercised(world, arrow) & practices:
                far[arrow.to] = far[here] + 1
                waiting.append(arrow.to)


def exercised(world: World, arrow: Arrow) -> set[str]:
    """The practices of options that people are asked, and of facts they could share."""
    found: set[str] = set()
    for moment in arrow.moments:
        event = moment.event
        if isinstance(event, e.DecisionOpened) and set(event.by) & set(world.people):
            decision = world.engine.plan.decision(event.decision)
            for option, _ in event.options:
                each = decision.options[option]
                for mark in each.key():
                    found.update(mark.practices or each.practices or decision.practices)
        elif isinstance(event, e.OfferMade) and event.holder in world.people:
            share = world.engine.scenario.facts[event.fact].share[event.offer]
            for mark in share.key():
                found.update(mark.practices or share.practices)
            for plain in (share.kept, share.without, share.lapsed):
                if plain is not None:
                    found.update(plain.practices)
    return found
