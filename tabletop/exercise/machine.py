"""The machine: which scene follows and when, and nothing else.

One shared `transitions` machine per scenario, built from plain data: a state for "not begun", one
for each scene, one for "ended before an ending". Guards are callables over a situation, never
strings, which the library would import by dotted path. No model is ever registered: a throw-away
cursor is driven through `machine.events[trigger].trigger(cursor, situation)`, so nothing is
grafted onto an exercise and a refused step leaves nothing behind. The library accepts unknown
names, so they are checked before it sees them. Pause is a fact about the clock and no state.
"""

from collections.abc import Callable
from typing import Any

from transitions import Machine, MachineError, State

from tabletop.scenario.conditions import Situation
from tabletop.scenario.model import Branch, Scenario

BEFORE = "(before)"
ENDED = "(ended)"


class Cursor:
    """Stands in a state for the length of one step."""

    __slots__ = ("state",)

    def __init__(self, state: str) -> None:
        """Begins in a state."""
        self.state = state


class SceneMachine:
    """The scenes of a scenario as a state machine."""

    def __init__(self, scenario: Scenario) -> None:
        """Builds the machine.

        Raises:
            ValueError: where a branch or the start leads to a scene that does not exist.
        """
        for scene in (scenario.start, *(b.to for s in scenario.scenes.values() for b in s.next)):
            if scene not in scenario.scenes:
                raise ValueError(f"there is no scene called {scene}")
        transitions: list[dict[str, Any]] = [
            {"trigger": "start", "source": BEFORE, "dest": scenario.start}
        ]
        transitions += [
            {
                "trigger": "advance",
                "source": name,
                "dest": branch.to,
                "conditions": [_guard(branch)],
            }
            for name, scene in scenario.scenes.items()
            for branch in scene.next
        ]
        transitions += [
            {"trigger": "end", "source": name, "dest": ENDED}
            for name, scene in scenario.scenes.items()
            if not scene.ending
        ]
        self._machine = Machine(
            model=None,
            states=[
                State(BEFORE),
                *(State(name, final=scene.ending) for name, scene in scenario.scenes.items()),
                State(ENDED, final=True),
            ],
            transitions=transitions,
            initial=BEFORE,
            auto_transitions=False,
        )

    def follow(self, trigger: str, state: str, situation: Situation) -> str | None:
        """The state a trigger leads to, or nothing where no branch holds or it has no place."""
        event = self._machine.events.get(trigger)
        if event is None:
            return None
        cursor = Cursor(state)
        try:
            moved = event.trigger(cursor, situation)
        except MachineError:
            return None
        return cursor.state if moved else None

    def final(self, state: str) -> bool:
        """Whether the exercise is over in this state."""
        return bool(self._machine.get_state(state).final)


def _guard(branch: Branch) -> Callable[[Situation], bool]:
    condition = branch.when
    if condition is None:
        return lambda situation: True
    return condition.holds
