"""Top: one line that says which session, who is there, where in the agenda, and how it stands."""

from textual.app import RenderResult
from textual.reactive import reactive
from textual.widget import Widget

from tabletop.conduct.session.frames import ConductFrame
from tabletop.console import safe
from tabletop.console.session.panels import clock, spent
from tabletop.console.session.seats import counted
from tabletop.wording import say

GAP = 3

Wordings = tuple[str, ...]
"""The same thing in fewer and fewer words."""


class Top(Widget):
    """Four parts; the shorter wordings come first to what matters least."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Top { height: 1; padding: 0 1; color: $quiet; }
    """

    parts: reactive[tuple[Wordings, ...]] = reactive(())
    """Where, who is here, how far the module is."""
    state: reactive[str] = reactive("")
    stopped: reactive[bool] = reactive(False)

    def show(self, frame: ConductFrame, elapsed: int, table: int) -> None:
        """Takes what stands on it from a frame of a table."""
        self.parts = (_where(frame, table), _people(frame), _module(frame, elapsed))
        self.state = _state(frame, elapsed)
        self.stopped = frame.view is not None and frame.view.status == "paused"

    def render(self) -> RenderResult:
        """The line, as long as there is room for."""
        width = self.content_size.width - safe.label(self.state).cell_length
        levels = [0] * len(self.parts)
        texts = self._texts(levels)
        # What matters least is shortened first: the module, then the people, then the place.
        for part in reversed(range(len(self.parts))):
            while _width(texts) + GAP * len(texts) > width and levels[part] < len(self.parts[part]):
                levels[part] += 1
                texts = self._texts(levels)
        shown = [text for text in texts if text]
        room = max(0, width - _width(shown))
        gap, more = divmod(room, max(1, len(shown)))
        pieces: list[str | tuple[str, str]] = []
        for number, text in enumerate(shown):
            pieces += [(text, "$text bold") if number == 0 else text]
            pieces += [" " * (gap + (more if number == len(shown) - 1 else 0))]
        return safe.parts(*pieces, (self.state, "$warning bold" if self.stopped else "$accent"))

    def _texts(self, levels: list[int]) -> list[str]:
        return [
            safe.one_line(part[level]) if level < len(part) else ""
            for part, level in zip(self.parts, levels, strict=True)
        ]


def _width(texts: list[str]) -> int:
    return sum(safe.label(text).cell_length for text in texts)


def _where(frame: ConductFrame, table: int) -> Wordings:
    view, session = frame.view, frame.session
    at = say("Table {number} · ", number=table) if len(session.tables) > 1 else ""
    if view is None or view.scene is None:
        return (say("{title} · session {code}", title=session.title, code=session.code),
                session.title)  # fmt: skip
    scene = view.scene
    return (f"{at}{view.title} · {scene.title}", f"{at}{scene.title}")


def _people(frame: ConductFrame) -> Wordings:
    parts = counted(frame.session.people, frame.session.phase)
    return (", ".join(parts), parts[-1])


def _module(frame: ConductFrame, elapsed: int) -> Wordings:
    view = frame.view
    current = next((m for m in view.modules if m.current), None) if view else None
    if view is None or current is None or view.scene is None:
        return ()
    used = spent(view, current, elapsed) // 60_000
    count = say("part {number} of {all}", number=view.scene.number, all=view.scene.modules)
    time = say("planned {planned} min, used {used}", planned=current.planned, used=used)
    return (f"{count} · {time}", f"{used}/{current.planned} min")


def _state(frame: ConductFrame, elapsed: int) -> str:
    view = frame.view
    if view is None:
        return say("not begun")
    state = {
        "running": say("● live"),
        "paused": say("STOPPED FOR CARE") if view.care else say("PAUSED"),
        "ended": say("over"),
        "open": say("not begun"),
    }[view.status]
    parts = [clock(elapsed)]
    if view.timer and view.status != "ended":
        left = view.timer - elapsed
        parts.append(
            say("timer {left}", left=clock(left)) if left > 0 else say("the timer has run out")
        )
    parts.append(state)
    if frame.session.phase == "rehearsing":
        parts.append(say("REHEARSAL"))
    return " · ".join(parts)


def banner(frame: ConductFrame, *, reached: bool = True) -> str:
    """What stands over everything else; empty where nothing does."""
    view, parts = frame.view, list[str]()
    if not reached:
        parts.append(say("CONNECTION LOST. It is tried again; what you see may be old."))
    if frame.session.phase == "rehearsing":
        parts.append(say("REHEARSAL. Stand-ins hold every seat, and nothing is kept. f2 ends it."))
    if view is not None and view.status == "paused":
        if view.care and view.carer:
            parts.append(say("STOPPED FOR CARE. {name} asked for it. f8 goes on.", name=view.carer))
        elif view.care:
            parts.append(
                say("STOPPED FOR CARE. Somebody asked for it, without a name. f8 goes on.")
            )
        else:
            parts.append(say("PAUSED. Everyone's screen says so. f8 goes on."))
    return "\n".join(parts)
