"""What a condition reads of an exercise."""

from collections.abc import Mapping

from tabletop.exercise.state import State


class Standing:
    """A state as conditions see it, with the jurisdiction card beside it."""

    __slots__ = ("_law", "_state")

    def __init__(self, state: State, law: Mapping[str, bool | str]) -> None:
        """Takes the state and the card's attributes."""
        self._state = state
        self._law = law

    def value(self, name: str) -> bool | int | str | None:
        """A flag, a counter, or a decision's settled option; `None` while unsettled."""
        found = self._state.values.get(name)
        if found is not None:
            return found
        decision = self._state.decisions.get(name)
        return decision.settled or None if decision else None

    def settled(self, decision: str) -> bool:
        """Whether the decision has an answer that counts."""
        found = self._state.decisions.get(decision)
        return bool(found and found.settled)

    def knows(self, role: str, fact: str) -> bool:
        """Whether the role knows the fact."""
        return self._state.knows(role, fact)

    def granted(self, consent: str) -> bool:
        """Whether the consent is in force."""
        return self._state.consents.get(consent) == "granted"

    def delivered(self, inject: str) -> bool:
        """Whether the inject has been delivered."""
        return inject in self._state.delivered

    def law(self, attribute: str) -> bool | str:
        """What the jurisdiction card says."""
        return self._law[attribute]
