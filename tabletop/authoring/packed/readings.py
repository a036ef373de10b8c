"""Readings: who reads which wording of a text, and what that gives away.

A wording names a fact where it says so in its words, which is told beforehand. It rests on a fact
where it would not be read, or would not be come by, if no role knew it. Whether the reader knows
the fact is not asked here but for one case: where the condition asks for just that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from tabletop.authoring.packed.layout import PackedSituation
from tabletop.exercise.state import PUBLIC
from tabletop.scenario.conditions import Condition
from tabletop.scenario.texts import Text

if TYPE_CHECKING:
    from tabletop.authoring.packed.watch import Watched

Names = Mapping[str, tuple[str, ...]]
"""Wordings by their path, each with the facts it names."""


class Readings:
    """Notes what shows where texts are read, in the situations of one attendance."""

    def __init__(self, model: Watched) -> None:
        """Takes the scenario that is watched."""
        self._bit = model.sights.bit
        self._names = model.names
        self._layout = model.layout
        self._paths = model.engine.plan.text_paths
        self.knowing = dict.fromkeys(model.scenario.facts, 0)
        """By fact: the bits that say which roles know it."""
        for (_, fact), place in self._layout.known.items():
            self.knowing[fact] |= place.bits
        self._reads: dict[int, int] = {}
        self._known: dict[tuple[int, tuple[str, ...], bool, int], int] = {}

    def heard(
        self, packed: int, text: Text, roles: tuple[str, ...], *, public: bool = False
    ) -> int:
        """What shows where roles are told a text; what is public, each of them reads as well."""
        reads = self._reads.get(id(text))
        if reads is None:
            reads = self._reads[id(text)] = self._layout.reads(text.conditions())
        key = (id(text), roles, public, packed & reads)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._heard(packed, text, roles, public)
        return found

    def _heard(self, packed: int, text: Text, roles: tuple[str, ...], public: bool) -> int:
        path, seen = self._paths[id(text)], 0
        asked = tuple(text.conditions())
        facts = facts_read(asked)
        for audience, role in self._readers(roles, public):
            suffix = text.pick(audience, PackedSituation(self._layout, packed))
            if suffix is None:
                continue
            wording = f"{path}/{suffix}"
            seen |= self._bit("read", wording, audience)
            for fact in self._names.get(wording, ()):
                seen |= self._bit("names", wording, role, fact)
            if _meant(path, text, role):
                continue
            for fact in facts:
                if text.pick(audience, self._unknown(packed, fact)) != suffix:
                    seen |= self.given_away(packed, wording, role, fact, asked)
        return seen

    def given_away(
        self, packed: int, place: str, role: str, fact: str, asked: Iterable[Condition | None]
    ) -> int:
        """What rests on a fact shows to a role, unless it is asked after and knows it itself."""
        known = self._layout.known.get((role, fact))
        own = any(each is not None and ("knows", role, fact) in each.reads for each in asked)
        if own and known is not None and packed & known.bits:
            return 0
        return self._bit("rests", place, role, fact)

    def _readers(self, roles: tuple[str, ...], public: bool) -> list[tuple[str, str]]:
        """As whom a text is read, and who reads it so."""
        return [
            *((role, role) for role in roles),
            *((PUBLIC, role) for role in (roles or (PUBLIC,)) if public),
        ]

    def _unknown(self, packed: int, fact: str) -> PackedSituation:
        """The situation, if no role knew a fact."""
        return PackedSituation(self._layout, packed & ~self.knowing[fact])

    def only_for(self, packed: int, condition: Condition | None) -> tuple[str, ...]:
        """The facts without which a condition would not hold that holds."""
        if condition is None or not condition.holds(PackedSituation(self._layout, packed)):
            return ()
        return tuple(
            fact
            for fact in facts_read((condition,))
            if not condition.holds(self._unknown(packed, fact))
        )

    def gated(
        self,
        packed: int,
        text: Text,
        roles: tuple[str, ...],
        gate: Condition | None,
        *,
        public: bool = False,
    ) -> int:
        """A text that roles are told where its gate holds only because someone knows a fact."""
        path, seen = self._paths[id(text)], 0
        for fact in self.only_for(packed, gate):
            for audience, role in self._readers(roles, public):
                suffix = text.pick(audience, PackedSituation(self._layout, packed))
                if suffix is not None and not _meant(path, text, role):
                    seen |= self.given_away(packed, f"{path}/{suffix}", role, fact, (gate,))
        return seen


def facts_read(conditions: Iterable[Condition | None]) -> tuple[str, ...]:
    """The facts of which conditions ask whether someone knows them."""
    return tuple(
        dict.fromkeys(
            read[2]
            for each in conditions
            if each is not None
            for read in sorted(each.reads)
            if read[0] == "knows"
        )
    )


def _meant(path: str, text: Text, role: str) -> bool:
    """Whether a text is an option's in a wording of the role's own.

    Who has one was thought of; that the option is there at all tells a role that is consulted no
    more than that there is one.
    """
    return ".options." in path and path.endswith(".text") and text.audience(role) == role
