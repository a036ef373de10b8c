"""The wire: how frames and commands travel between a session and a terminal elsewhere.

A frame is a JSON object, put together of members as text. Of a view the fields travel that are not
what the reader holds, and of its feed the passages: `keep` says how many of those it holds still
stand. Numbers of passages are a seat's own; of the record nothing travels that could tell one seat
of another.
"""

import json
from dataclasses import dataclass, field, replace
from typing import Any, get_args

from tabletop.authoring.outlook import Outlook
from tabletop.conduct.connection import Accepted, Answer, ClockReading, Rejected
from tabletop.conduct.session import commands as s
from tabletop.conduct.session.frames import ConductFrame, PlaceFrame, SessionView
from tabletop.conduct.session.looking_back import Proposed
from tabletop.debrief.documents.document import Document
from tabletop.debrief.hot_wash import Step
from tabletop.exercise.codec import Form, UnknownForm
from tabletop.exercise.conduct_types import ConductPassage, ConductView
from tabletop.exercise.view_types import PassageView, PlayerView
from tabletop.web.between import between

COOKIE = "seat"
"""What a token that opens a place is kept as, for the path of that place alone."""
AT_THE_TABLE = ("playing", "over")
PLACE, PLAYER, CONDUCT = Form(PlaceFrame), Form(PlayerView), Form(ConductView)
OUTLOOK, STEP, PROPOSED, DOCUMENT = Form(Outlook), Form(Step), Form(Proposed), Form(Document)
SESSION, PASSAGE, CONDUCTED = Form(SessionView), Form(PassageView), Form(ConductPassage)
SESSION_COMMANDS: dict[str, Form[Any]] = {
    cls.__name__: Form(cls) for cls in get_args(s.SessionCommand)
}


@dataclass
class Sending:
    """What one reader holds, and what it has to be sent of a newer frame."""

    place: PlaceFrame | None = None
    feed: tuple[object, ...] = ()
    branch: int = -1
    session: SessionView | None = None
    view: PlayerView | None = None
    conducted: ConductView | None = None
    last: tuple[object, ...] = ()

    def standing(self, frame: PlaceFrame) -> str:
        """Where the person stands, if that has changed."""
        if frame is self.place or frame == self.place:
            return ""
        self.place = frame
        if frame.phase not in AT_THE_TABLE:
            # The reader, too, lets go of what it held.
            self.view, self.last = None, ()
        return _members({"place": PLACE.write(frame)})

    def player(self, view: PlayerView, clock: ClockReading, saved: int) -> str:
        """A player's frame, if anything in it has changed.

        That something happened to others must not be told even by an empty line.
        """
        if not self._newer(view, saved, clock.running):
            return ""
        before, self.view = self.view, view
        made = _begun(view) if before is None else _news(before, view)
        running = "true" if clock.running else "false"
        return f'{made},"clock":[{running},{clock.elapsed}],"saved":{saved}'

    def conduct(self, frame: ConductFrame) -> str:
        """A conductor's frame, if anything in it has changed."""
        if not self._newer(frame.view, frame.session, frame.clock.running):
            return ""
        made: dict[str, Any] = {"clock": [frame.clock.running, frame.clock.elapsed]}
        made["outlook"] = None if frame.outlook is None else OUTLOOK.write(frame.outlook)
        if frame.session != self.session:
            self.session = frame.session
            made["session"] = SESSION.write(frame.session)
        view = frame.view
        if view is None:
            self.conducted, self.feed, self.branch = None, (), -1
            return _members({**made, "conduct": None})
        known, self.feed = self.feed, view.feed
        keep = _kept(known, view.feed) if view.branch == self.branch else 0
        self.branch = view.branch
        before, self.conducted = self.conducted, replace(view, feed=())
        return _members(
            {
                **made,
                "conduct": CONDUCT.newer(self.conducted, before),
                "keep": keep,
                "feed": [CONDUCTED.write(each) for each in view.feed[keep:]],
            }
        )

    def _newer(self, *parts: object) -> bool:
        """Whether this is not what was sent last."""
        last, self.last = self.last, parts
        return last != parts


def _begun(view: PlayerView) -> str:
    """A whole view, for someone who holds none."""
    return _player(PLAYER.write(replace(view, feed=())), view, 0)


@between
def _news(before: PlayerView, now: PlayerView) -> str:
    """What is new in a view to someone who holds an earlier one."""
    same = (before.branch, before.role) == (now.branch, now.role)
    keep = _kept(before.feed, now.feed) if same else 0
    return _player(PLAYER.newer(replace(now, feed=()), replace(before, feed=())), now, keep)


def _player(written: dict[str, Any], view: PlayerView, keep: int) -> str:
    feed = [PASSAGE.write(each) for each in view.feed[keep:]]
    return _members({"player": written, "keep": keep, "feed": feed})


def _kept(known: tuple[object, ...], feed: tuple[object, ...]) -> int:
    """How many of the passages that are known still stand."""
    for number, (old, new) in enumerate(zip(known, feed, strict=False)):
        if old is not new and old != new:
            return number
    return min(len(known), len(feed))


def _members(made: dict[str, Any]) -> str:
    """The members of a JSON object, as text to be set between its braces."""
    return json.dumps(made, separators=(",", ":"), ensure_ascii=False)[1:-1]


@dataclass
class Receiving:
    """What has come of a session so far, put together again."""

    place: PlaceFrame | None = None
    player: PlayerView | None = None
    conduct: ConductView | None = None
    session: SessionView | None = None
    outlook: Outlook | None = None
    running: bool = False
    elapsed: int = 0
    saved: int = 0
    _feed: tuple[Any, ...] = field(default=(), repr=False)
    _fields: dict[str, Any] = field(default_factory=dict, repr=False)

    def take(self, text: str) -> None:
        """Takes in a frame.

        Raises:
            UnknownForm: where it is none.
        """
        try:
            given = json.loads(text)
        except ValueError:
            raise UnknownForm from None
        if not isinstance(given, dict):
            raise UnknownForm
        try:
            self._take(given)
        except (KeyError, TypeError, ValueError) as error:
            raise UnknownForm from error

    def _take(self, given: dict[str, Any]) -> None:
        if "place" in given:
            self.place = PLACE.read(given["place"])
            if self.place.phase not in AT_THE_TABLE:
                self.player, self._feed, self._fields = None, (), {}
        if "session" in given:
            self.session = SESSION.read(given["session"])
        if "outlook" in given:
            outlook = given["outlook"]
            self.outlook = None if outlook is None else OUTLOOK.read(outlook)
        if "clock" in given:
            self.running, self.elapsed = bool(given["clock"][0]), int(given["clock"][1])
        if "player" in given:
            fresh = tuple(PASSAGE.read(each) for each in given["feed"])
            self._feed = (*self._feed[: given["keep"]], *fresh)
            self._fields = {**self._fields, **given["player"]}
            self.player = replace(PLAYER.read(self._fields), feed=self._feed)
            self.saved = int(given["saved"])
        if "conduct" in given:
            if given["conduct"] is None:
                self.conduct, self._feed, self._fields = None, (), {}
                return
            told = tuple(CONDUCTED.read(each) for each in given["feed"])
            self._feed = (*self._feed[: given["keep"]], *told)
            self._fields = {**self._fields, **given["conduct"]}
            self.conduct = replace(CONDUCT.read(self._fields), feed=self._feed)


def written(command: s.SessionCommand) -> dict[str, Any]:
    """A session's command as JSON values."""
    name = type(command).__name__
    return {"type": name, **SESSION_COMMANDS[name].write(command)}


def session_command(given: object) -> s.SessionCommand:
    """The session's command that JSON values stand for.

    Raises:
        UnknownForm: where they stand for none.
    """
    if not isinstance(given, dict) or given.get("type") not in SESSION_COMMANDS:
        raise UnknownForm
    rest = {name: value for name, value in given.items() if name != "type"}
    read: s.SessionCommand = SESSION_COMMANDS[given["type"]].read(rest)
    return read


def answered(answer: Answer) -> dict[str, Any]:
    """An answer as JSON values."""
    if isinstance(answer, Rejected):
        return {"accepted": False, "slug": answer.slug, "sentence": answer.sentence}
    return {"accepted": True}


def answer(given: object) -> Answer:
    """The answer that JSON values stand for.

    Raises:
        UnknownForm: where they stand for none.
    """
    if isinstance(given, dict) and given.get("accepted") is True:
        return Accepted()
    if isinstance(given, dict) and isinstance(given.get("sentence"), str):
        return Rejected(str(given.get("slug", "")), given["sentence"])
    raise UnknownForm
