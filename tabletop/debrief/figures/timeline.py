"""Timeline: who did what in which order, a lane a role.

Things stand in their order and evenly apart, because people do not decide evenly: the minute is
written where a scene begins. A long exercise goes on in further strips below.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from tabletop.debrief import wordings as w
from tabletop.debrief.blocks import Drawn, Figure, Table
from tabletop.debrief.figures.lines import key
from tabletop.debrief.figures.shapes import Area, Glyph, Mark, Segment, Shape, Tone, Words
from tabletop.debrief.parts import Decided, Happened, Moment, Report, SceneStory, Shared, Who
from tabletop.wording import say

STRIP = 24
"""Things in one strip."""
WIDTH, LEFT, LANE, HEAD = 640, 112, 30, 48
LETTER = 6.1
"""How wide a letter over a scene is."""
_GLYPHS: dict[str, tuple[Glyph, Tone, str]] = {
    "decided": ("diamond", "ink", "◆"),
    "told": ("circle", "ink", "●"),
    "kept": ("ring", "quiet", "○"),
    "inject": ("triangle", "quiet", "▲"),
    "joined": ("stroke", "quiet", "│"),
}


@dataclass(frozen=True, slots=True)
class _Thing:
    """One thing that happened, where it stands."""

    scene: SceneStory
    at: int
    kind: str
    lanes: tuple[str, ...]
    """The roles it belongs to."""
    to: tuple[str, ...]
    """For a fact: whom it went to, or did not."""
    who: str
    what: str


def timeline(report: Report) -> Figure | None:
    """The figure; none where nothing happened that could be drawn."""
    language = report.language
    things = [thing for scene in report.story for thing in _things(report, scene)]
    if not things:
        return None
    roles = [who for who in report.notice.roles if any(who.id in _lanes(x) for x in things)]
    strips = [tuple(things[at : at + STRIP]) for at in range(0, len(things), STRIP)]
    tall = HEAD + LANE * len(roles) + 20
    return Figure(
        title=say("Timeline", language=language),
        described=say(
            "A lane for each role, from left to right in the order things happened:"
            " decisions, facts told and kept, and injects. The table below says the same in words.",
            language=language,
        ),
        width=WIDTH,
        height=tall * len(strips),
        shapes=tuple(
            shape
            for number, strip in enumerate(strips)
            for shape in _strip(strip, roles, tall * number, language)
        ),
        key=tuple(
            (glyph, tone, text)
            for kind, text in _key(language).items()
            if any(thing.kind == kind for thing in things)
            for glyph, tone, _ in (_GLYPHS[kind],)
        ),
        drawn=tuple(_drawn(things, strips, roles, language)),
        table=Table(
            say("What happened, in order", language=language),
            (
                say("Minute", language=language),
                say("Scene", language=language),
                say("Who", language=language),
                say("What", language=language),
            ),
            tuple(
                (str(each.at // 60_000 + 1), each.scene.title, each.who, each.what)
                for each in things
            ),
        ),
    )


def _key(language: str) -> dict[str, str]:
    return {
        "decided": say("decision", language=language),
        "told": say("fact told", language=language),
        "kept": say("fact kept", language=language),
        "inject": say("inject", language=language),
        "joined": say("joined", language=language),
    }


def _things(report: Report, scene: SceneStory) -> Iterator[_Thing]:
    for moment in scene.moments:
        thing = _thing(report, scene, moment)
        if thing is not None:
            yield thing


def _thing(report: Report, scene: SceneStory, moment: Moment) -> _Thing | None:
    language, what = report.language, moment.what
    if isinstance(what, Decided):
        by = _ids(what.by)
        who, said = w.byline(what.by, language), f"{what.title}: {what.chosen}"
        return _Thing(scene, moment.at, "decided", by, (), w.capital(who), said)
    if isinstance(what, Shared):
        kind = "kept" if what.kept else "told"
        who, said = w.capital(w.name(what.sender, language)), w.shared(what, language)
        return _Thing(scene, moment.at, kind, (what.sender.id,), (what.to.id,), who, said)
    assert isinstance(what, Happened)
    if what.kind not in ("inject", "joined"):
        return None
    reached = what.to or report.notice.roles
    who = w.names(what.to, language) if what.to else say("all", language=language)
    said = what.title or say("came to the table", language=language)
    return _Thing(scene, moment.at, what.kind, _ids(reached), (), w.capital(who), said)


def _ids(people: tuple[Who, ...]) -> tuple[str, ...]:
    return tuple(who.id for who in people)


def _lanes(thing: _Thing) -> tuple[str, ...]:
    return (*thing.lanes, *thing.to)


def _strip(
    things: tuple[_Thing, ...], roles: list[Who], top: int, language: str
) -> Iterator[Shape]:
    height = {who.id: top + HEAD + LANE * number + LANE / 2 for number, who in enumerate(roles)}
    step = (WIDTH - LEFT - 10) / STRIP
    bottom = top + HEAD + LANE * len(roles)
    yield from _scenes(things, step, top, bottom, language)
    for who in roles:
        y = height[who.id]
        yield Segment(LEFT, y, LEFT + step * len(things), y, "rule")
        yield Words(LEFT - 10, y + 4, w.capital(who.role), "end", strong=who.played)
    for number, thing in enumerate(things):
        x = LEFT + step * (number + 0.5)
        glyph, tone, _ = _GLYPHS[thing.kind]
        for there in thing.to:
            (here,) = thing.lanes
            yield Segment(x, height[here], x, height[there], tone, 2, dashed=thing.kind == "kept")
            yield Mark(x, height[there], "stroke", tone, 5)
        for lane in thing.lanes:
            yield Mark(x, height[lane], glyph, tone, 6)


def _scenes(
    things: tuple[_Thing, ...], step: float, top: int, bottom: int, language: str
) -> Iterator[Shape]:
    """A band for each scene, every other one shaded, with its title and minute over it."""
    begins = [
        number
        for number, thing in enumerate(things)
        if not number or thing.scene is not things[number - 1].scene
    ]
    for place, (begin, end) in enumerate(zip(begins, [*begins[1:], len(things)], strict=True)):
        x, wide = LEFT + step * begin, step * (end - begin)
        if place % 2 == 0:
            yield Area(x, top + HEAD - 6, wide, bottom - top - HEAD + 12)
        scene = things[begin].scene
        # Two heights, so that a title has room until the next but one begins.
        y = top + (14 if place % 2 == 0 else 32)
        until = begins[place + 2] if place + 2 < len(begins) else STRIP
        room = int((until - begin) * step / LETTER)
        yield Words(x + 2, y, _fitted(scene, room, language), size=12)


def _fitted(scene: SceneStory, room: int, language: str) -> str:
    """A scene's title in so many letters, with its minute where there is room for it."""
    whole = f"{scene.title}, {w.minute(scene.at, language)}"
    if len(whole) <= room:
        return whole
    return scene.title if len(scene.title) <= room else scene.title[: max(room - 1, 1)] + "…"


def _drawn(
    things: list[_Thing], strips: list[tuple[_Thing, ...]], roles: list[Who], language: str
) -> Iterator[Drawn]:
    there = {thing.kind for thing in things}
    yield key(
        f"{_GLYPHS[kind][2]} {text}" for kind, text in _key(language).items() if kind in there
    )
    minute = say("Minute", language=language)
    broad = max(len(minute), *(len(who.role) for who in roles))
    for strip in strips:
        lines = [f"{minute:{broad}}  {_ruler(strip)}"]
        for who in roles:
            cells = "".join(_cell(thing, who.id) for thing in strip)
            lines.append(f"{w.capital(who.role):{broad}}  {cells.rstrip()}")
        yield Drawn("", tuple(lines))


def _ruler(strip: tuple[_Thing, ...]) -> str:
    """The minute over the first thing of each scene, where there is room for it."""
    cells = [" "] * (len(strip) + 3)
    free = 0
    for number, thing in enumerate(strip):
        new = not number or thing.scene is not strip[number - 1].scene
        text = str(thing.at // 60_000 + 1)
        if new and number >= free:
            cells[number : number + len(text)] = text
            free = number + len(text) + 1
    return "".join(cells).rstrip()


def _cell(thing: _Thing, role: str) -> str:
    if role in thing.lanes:
        return _GLYPHS[thing.kind][2]
    return ("▸" if thing.kind == "told" else "▹") if role in thing.to else "·"
