"""Situations: where routes lead, and what each role sees there.

Every situation is come to by giving a route's commands to the engine, one whole move after another;
what two routes have in common is walked once. Views are those a player would be given.
"""

from tabletop.authoring.explore import Move
from tabletop.authoring.findings import Route
from tabletop.authoring.walking import Endless, played_out
from tabletop.exercise.engine import Engine
from tabletop.exercise.refusals import Refused
from tabletop.exercise.state import State
from tabletop.exercise.view_types import PlayerView
from tabletop.exercise.views import view


class Situations:
    """The situations of one scenario as it was saved."""

    def __init__(self, engine: Engine) -> None:
        """Takes the rules it is played by."""
        self.engine = engine
        self._walked: dict[tuple[Move, ...], State] = {(): State()}

    def state(self, route: Route) -> State | None:
        """Where a route leads; nothing where its steps are not open any more."""
        known = len(route.moves)
        while route.moves[:known] not in self._walked:
            known -= 1
        state = self._walked[route.moves[:known]]
        for number in range(known, len(route.moves)):
            try:
                state, _ = played_out(self.engine, state, route.moves[number])
            except (Refused, Endless, LookupError):
                # A route of an earlier save may name what is no more.
                return None
            self._walked[route.moves[: number + 1]] = state
        return state

    def seen(self, route: Route, role: str) -> PlayerView | None:
        """What a role sees where a route leads; nothing where it leads nowhere any more."""
        state = self.state(route)
        return view(self.engine, state, role, {}) if state and role in state.seats else None
