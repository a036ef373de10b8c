"""A large scenario for exploring: scenes in a row, three roles deciding in each, flags that stay.

Each option may set a flag; a third of the options are shown only if a flag stands or does not; the
ways between scenes and the ends ask for flags too. How many flags stay live for how long is set by
`flags` and by how far back the guards look.
"""

import random

ROLES = ("investigator", "advocate", "prosecutor")
HEAD = """\
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


def large(*, scenes: int = 12, flags: int = 20, options: int = 4, seed: int = 1) -> str:
    """The scenario's source."""
    chance = random.Random(seed)
    lines = [HEAD, "state:\n"]
    lines += [
        f"  f{flag}: {{start: false, means: Flag {flag}., known_to: [{', '.join(ROLES)}]}}\n"
        for flag in range(flags)
    ]
    lines.append("scenes:\n")
    # The first half sets the flags; the second half reads them, so that all of them stay live.
    early = scenes // 2
    for number in range(scenes):
        lines.append(f"  scene_{number}:\n    minutes: 5\n    narration: Scene {number} begins.\n")
        lines.append("    decisions:\n")
        for place, role in enumerate(ROLES):
            lines.append(f"      d{number}_{role}:\n        title: What now\n        by: {role}\n")
            lines.append("        ask: What do you do?\n        options:\n")
            for option in range(options):
                mark = f"vc: {chance.randint(-2, 2)}, ci: {chance.randint(-2, 2)}"
                lines.append(f"          o{option}:\n            text: Option {option}.\n")
                if number >= early and option and chance.random() < 0.4:
                    flag = (number * 3 + place + option * 7) % flags
                    no = chance.choice(("", "not "))
                    lines.append(f"            when: {no}f{flag}\n")
                lines.append(f"            {mark.replace(', ', chr(10) + '            ')}\n")
                lines.append("            because: So it is.\n")
                lines.append("            practices: [needs_before_questions]\n")
                if number < early + 1 and option:
                    flag = (number * 3 + place + (option - 1) * 9) % flags
                    lines.append(f"            set: {{f{flag}: true}}\n")
        following = f"scene_{number + 1}" if number + 1 < scenes else "well"
        if number + 1 < scenes:
            lines.append(f"    next: {following}\n")
        else:
            lines.append(
                f"    next:\n      - when: f0 and f1 and not f{flags - 1}\n        to: well\n"
            )
            lines.append("      - to: ill\n")
    lines += [
        f"  {ending}: {{ending: true, narration: It is over., closing: [Much remains.]}}\n"
        for ending in ("well", "ill")
    ]
    return "".join(lines)
