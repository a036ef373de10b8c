"""A large scenario for exploring: scenes in a row, three roles deciding in each, flags that stay.

Options of the first half of the scenes set flags; some of those of the second half are shown only
if a flag stands or does not, and so is one of the two ends. So flags stay live from where they are
set to where they are read last, and with them everything that can be told apart. It is told as a
scenario and, for comparison, as an Ink story with the same choices.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass

ROLES = ("investigator", "advocate", "prosecutor")
_HEAD = """\
title: Large
version: 1.0.0
summary: A large scenario.
minutes: {alone: 30, group: 60}
jurisdiction: alder
law_as_of: 2026-11-01
support: Whoever is there.
start: scene_0
roles:
  investigator: {discipline: law_enforcement, name: Ash, brief: You lead.}
  advocate: {discipline: victim_services, employer: community, name: Bo, brief: You support.}
  prosecutor: {discipline: attorney, hat: prosecutor, name: Cy, brief: You charge.}
"""


@dataclass(frozen=True)
class Option:
    """An answer: what it is worth, the flag it sets, and the flag it needs to stand or not."""

    vc: int
    ci: int
    sets: int | None = None
    reads: int | None = None
    standing: bool = True


@dataclass(frozen=True)
class Large:
    """A scenario, drawn from a seed."""

    scenes: int = 12
    flags: int = 20
    options: int = 4
    seed: int = 1

    def drawn(self) -> list[list[list[Option]]]:
        """The options by scene and role."""
        chance = random.Random(self.seed)
        early = self.scenes // 2

        def option(scene: int, role: int, number: int) -> Option:
            vc, ci = chance.randint(-2, 2), chance.randint(-2, 2)
            sets = reads = None
            standing = True
            if scene >= early and number and chance.random() < 0.4:
                reads = (scene * 3 + role + number * 7) % self.flags
                standing = not chance.choice(("", "not "))
            if scene <= early and number:
                sets = (scene * 3 + role + (number - 1) * 9) % self.flags
            return Option(vc, ci, sets, reads, standing)

        return [
            [[option(scene, role, number) for number in range(self.options)] for role in range(3)]
            for scene in range(self.scenes)
        ]

    def scenario(self) -> bytes:
        """The scenario's source."""
        return "".join(self._scenario()).encode()

    def _scenario(self) -> Iterator[str]:
        roles = ", ".join(ROLES)
        yield _HEAD
        yield "state:\n"
        for flag in range(self.flags):
            yield f"  f{flag}: {{start: false, means: Flag {flag}., known_to: [{roles}]}}\n"
        yield "scenes:\n"
        for number, decisions in enumerate(self.drawn()):
            yield f"  scene_{number}:\n    minutes: 5\n    narration: Scene {number} begins.\n"
            yield "    decisions:\n"
            for role, options in zip(ROLES, decisions, strict=True):
                yield f"      d{number}_{role}:\n        title: What now\n        by: {role}\n"
                yield "        ask: What do you do?\n        options:\n"
                for place, option in enumerate(options):
                    yield f"          o{place}:\n            text: Option {place}.\n"
                    if option.reads is not None:
                        no = "" if option.standing else "not "
                        yield f"            when: {no}f{option.reads}\n"
                    yield f"            vc: {option.vc}\n            ci: {option.ci}\n"
                    yield "            because: So it is.\n"
                    yield "            practices: [needs_before_questions]\n"
                    if option.sets is not None:
                        yield f"            set: {{f{option.sets}: true}}\n"
            if number + 1 < self.scenes:
                yield f"    next: scene_{number + 1}\n"
        last = self.flags - 1
        yield f"    next:\n      - when: f0 and f1 and not f{last}\n        to: well\n"
        yield "      - to: ill\n"
        for ending in ("well", "ill"):
            yield f"  {ending}:\n    ending: true\n    narration: It is over.\n"
            yield "    closing: [Much remains.]\n"

    def ink(self) -> str:
        """The same as an Ink story: three questions stand open at once, then one moves on."""
        return "".join(self._ink())

    def _ink(self) -> Iterator[str]:
        for flag in range(self.flags):
            yield f"VAR f{flag} = false\n"
        for role in ROLES:
            yield f"VAR {role} = false\n"
        yield "VAR vc = 0\nVAR ci = 0\n-> scene_0\n"
        for number, decisions in enumerate(self.drawn()):
            yield f"=== scene_{number} ===\nScene {number} begins.\n"
            yield from (f"~ {role} = false\n" for role in ROLES)
            yield f"-> asked_{number}\n=== asked_{number} ===\n"
            for role, options in zip(ROLES, decisions, strict=True):
                for place, option in enumerate(options):
                    shown = f"{{not {role}}}"
                    if option.reads is not None:
                        no = "" if option.standing else "not "
                        shown += f" {{{no}f{option.reads}}}"
                    yield f"+ {shown} [Option {place}.]\n  ~ {role} = true\n"
                    yield f"  ~ vc = vc + {option.vc}\n  ~ ci = ci + {option.ci}\n"
                    if option.sets is not None:
                        yield f"  ~ f{option.sets} = true\n"
                    yield f"  -> asked_{number}\n"
            onward = f"scene_{number + 1}" if number + 1 < self.scenes else "ending"
            yield f"+ {{{' and '.join(ROLES)}}} [Move on.]\n  -> {onward}\n"
        last = self.flags - 1
        yield f"=== ending ===\n{{f0 and f1 and not f{last}: -> well | -> ill}}\n"
        yield "=== well ===\nIt is over.\n-> END\n=== ill ===\nIt is over.\n-> END\n"
