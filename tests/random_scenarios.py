"""Small scenarios drawn at random, each with something of everything that exploring follows."""

import random
from functools import cache

import shipped

from tabletop.exercise.engine import Engine
from tabletop.scenario.reading import read_scenario

ROLES = ("investigator", "advocate", "prosecutor")
TOP = """\
title: Random
version: 1.0.0
summary: A scenario drawn at random.
minutes: {alone: 5, group: 5}
jurisdiction: alder
law_as_of: 2026-11-01
support: Whoever is there.
start: s0
"""
PRACTICES = ("needs_before_questions", "name_resource_limits", "written_limited_release")


class Drawn:
    """One scenario, drawn from a seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.more = random.Random(seed + 1_000)
        """For what findings speak of; it leaves the rest of what is drawn as it is."""
        self.cyclic = seed % 10 == 9
        self.scenes = self.chance.randint(2, 3)
        self.flags = [f"f{n}" for n in range(self.chance.randint(1, 3))]
        self.facts = [f"k{n}" for n in range(self.chance.randint(0, 2))]
        self.consents = ["c0"] if self.facts and self.chance.random() < 0.6 else []
        self.roles = ROLES[: self.chance.randint(2, 3)]
        self.decisions: list[str] = []
        self.injects: list[str] = []
        self.lines = [TOP, "roles:\n"]

    def source(self) -> str:
        self.draw_roles()
        self.draw_state()
        self.draw_facts()
        self.lines.append("scenes:\n")
        for number in range(self.scenes):
            self.draw_scene(number)
        self.lines.append("  good: {ending: true, narration: Well., closing: [Much remains.]}\n")
        self.lines.append("  bad: {ending: true, narration: Ill., closing: [Much remains.]}\n")
        self.draw_objectives()
        return "".join(self.lines)

    def some(self, likely: float) -> bool:
        return self.chance.random() < likely

    def seldom(self, likely: float) -> bool:
        return self.more.random() < likely

    def text(self, plain: str, indent: str) -> str:
        """A text after its colon: plain, in wordings by role or condition, perhaps with a name."""
        names = [f"The thing called {fact}, it seems." for fact in self.facts]
        said = [plain, *names]
        if self.seldom(0.75):
            return f" {plain}\n"
        if self.seldom(0.3):
            return f" {self.more.choice(said)}\n"
        audience = self.more.choice(("all", *self.roles))
        if audience == "all" or self.seldom(0.5):
            return self.worded(said, indent)
        lines = f"\n{indent}{audience}:{self.worded(said, indent + '  ')}"
        return f"{lines}{indent}all: {self.more.choice(said)}\n"

    def worded(self, said: list[str], indent: str) -> str:
        return (
            f"\n{indent}- when: {self.condition(chance=self.more)}\n"
            f"{indent}  text: {self.more.choice(said)}\n{indent}- text: {self.more.choice(said)}\n"
        )

    def draw_objectives(self) -> None:
        if not self.seldom(0.6):
            return
        head = "title: Well, capability: Care, target: It is seen."
        self.lines.append(f"objectives:\n  o: {{{head}, tasks: {{")
        tasks = []
        for number in range(self.more.randint(1, 2)):
            practice = self.more.choice(PRACTICES)
            tasks.append(f"t{number}: {{text: Does it., practices: [{practice}]}}")
        self.lines.append(f"{', '.join(tasks)}}}}}\n")

    def draw_roles(self) -> None:
        kinds = {
            "investigator": "discipline: law_enforcement, name: Ash",
            "advocate": "discipline: victim_services, employer: community, name: Bo",
            "prosecutor": "discipline: attorney, hat: prosecutor, name: Cy",
        }
        for role in self.roles:
            joins = ", joins: s1" if role == self.roles[-1] and self.some(0.2) else ""
            self.lines.append(f"  {role}: {{{kinds[role]}, brief: You are there.{joins}}}\n")

    def draw_state(self) -> None:
        known = f"known_to: [{', '.join(self.roles)}]"
        self.lines.append("state:\n")
        for flag in self.flags:
            self.lines.append(f"  {flag}: {{start: false, means: A flag., {known}}}\n")
        self.lines.append(f"  n: {{start: 1, range: [0, 3], means: A counter., {known}}}\n")
        if self.consents:
            start = "true" if self.some(0.5) else "false"
            through = ", through: s0" if self.some(0.3) else ""
            self.lines.append(
                f"consents:\n  c0: {{from: a client, covers: k0, to: [{self.roles[0]}],"
                f" purpose: a visit, start: {start}{through}}}\n"
            )

    def mark(self, indent: str) -> str:
        vc, ci = self.chance.randint(-2, 2), self.chance.randint(-2, 2)
        practice = self.chance.choice(PRACTICES)
        lines = f"vc: {vc}\n{indent}ci: {ci}\n{indent}because: So.\n"
        return f"{indent}{lines}{indent}practices: [{practice}]\n"

    def draw_facts(self) -> None:
        if self.facts:
            self.lines.append("facts:\n")
        for fact in self.facts:
            held = self.chance.choice([[], [self.roles[0]], [self.roles[1]], list(self.roles[:2])])
            kind = self.more.choice(("observation", "observation", "own_acts"))
            title = f"The thing called {fact}"
            self.lines.append(f"  {fact}:\n    class: {kind}\n    title: {title}\n")
            self.lines.append(f"    text: Something called {fact} is so.\n")
            if held:
                self.lines.append(f"    held_by: [{', '.join(held)}]\n")
            self.lines.append("    share:\n")
            for _ in range(self.chance.randint(1, 2)):
                self.draw_share(fact)

    def draw_share(self, fact: str) -> None:
        to = self.chance.sample(self.roles, self.chance.randint(1, 2))
        self.lines.append(f"      - to: [{', '.join(to)}]\n")
        if self.some(0.6):
            window = self.chance.sample([f"s{n}" for n in range(self.scenes)], 1)
            self.lines.append(f"        during: [{', '.join(window)}]\n")
        if self.some(0.25):
            self.lines.append(
                f"        marks:\n          - when: {self.chance.choice(self.flags)}\n"
                + self.mark("            ")
                + "          - vc: 0\n            because: So.\n"
            )
        else:
            marked = self.mark("        ")
            self.lines.append("        because: So.\n" if self.seldom(0.2) else marked)
        if self.seldom(0.3):
            self.lines.append(f"        outcome:{self.text('It is told.', '          ')}")
        if self.consents and fact == "k0" and self.roles[0] in to and len(to) == 1:
            self.lines.append("        under: c0\n        without:\n" + self.mark("          "))
            if self.some(0.5):
                self.lines.append("        lapsed:\n" + self.mark("          "))
        if self.some(0.5):
            self.lines.append("        kept:\n" + self.mark("          "))
        if self.some(0.2):
            self.lines.append("        onward: true\n")
        if self.some(0.3):
            self.lines.append(f"        stand_in: s{self.chance.randrange(self.scenes)}\n")
        if self.some(0.2):
            self.lines.append(f"        set: {{{self.chance.choice(self.flags)}: true}}\n")

    def condition(self, role: str | None = None, chance: random.Random | None = None) -> str:
        before, self.chance = self.chance, chance or self.chance
        drawn = self._condition(role)
        self.chance = before
        return drawn

    def _condition(self, role: str | None) -> str:
        parts = [*self.flags, "n >= 2", "n == 0"]
        if role is None:
            parts += [f"knows({self.chance.choice(self.roles)}, {f})" for f in self.facts]
            parts += [f"granted({c})" for c in self.consents]
            parts += [f"{d} == a" for d in self.decisions[-2:]]
            parts += [f"settled({d})" for d in self.decisions[-1:]]
            parts += [f"delivered({i})" for i in self.injects[-1:]]
        one = self.chance.choice(parts)
        if self.some(0.4):
            other = self.chance.choice(parts)
            one = f"({one}) {self.chance.choice(('and', 'or'))} not ({other})"
        return f'"{one}"' if "," in one else one

    def effects(self, indent: str) -> str:
        lines = ""
        if self.some(0.5):
            value = self.chance.choice(("true", "true", "false"))
            lines += f"{indent}set: {{{self.chance.choice(self.flags)}: {value}}}\n"
        if self.some(0.4):
            lines += f"{indent}add: {{n: {self.chance.choice((-1, 1, 2))}}}\n"
        if self.facts and self.some(0.3):
            role, fact = self.chance.choice(self.roles), self.chance.choice(self.facts)
            lines += f"{indent}reveals: {{{role}: [{fact}]}}\n"
        if self.consents and self.some(0.3):
            lines += f"{indent}{self.chance.choice(('grant', 'revoke'))}: [c0]\n"
        return lines

    def draw_scene(self, number: int) -> None:
        self.lines.append(f"  s{number}:\n    minutes: {self.chance.randint(1, 4)}\n")
        if self.seldom(0.6):
            self.lines.append(f"    module: M{number}\n")
        self.lines.append(f"    narration:{self.text('It goes on.', '      ')}")
        count = self.chance.randint(0, 2)
        if count:
            self.lines.append("    injects:\n")
        for each in range(count):
            self.draw_inject(f"i{number}_{each}")
        self.lines.append("    decisions:\n")
        for each in range(self.chance.randint(1, 2)):
            self.draw_decision(f"d{number}_{each}")
        following = f"s{number + 1}" if number + 1 < self.scenes else "good"
        if self.cyclic and number == 1:
            following = "s0"
        self.lines.append("    next:\n")
        for to in (following, "bad"):
            if self.some(0.5):
                self.lines.append(f"      - when: {self.condition()}\n        to: {to}\n")
        onward = f"s{number + 1}" if number + 1 < self.scenes else "bad"
        only = f"when: {self.condition(chance=self.more)}, " if self.seldom(0.15) else ""
        self.lines.append(f"      - {{{only}to: {onward}}}\n")

    def draw_inject(self, name: str) -> None:
        kind = self.chance.choice(("entry", "when", "when", "held", "minute"))
        to = self.chance.choice(("all", f"[{self.roles[0]}]"))
        self.lines.append(f"      {name}:\n        to: {to}\n        title: News\n")
        self.lines.append(f"        text:{self.text('Something happens.', '          ')}")
        if kind == "when":
            self.lines.append(f"        when: {self.condition()}\n")
        if kind == "held":
            self.lines.append(f"        held: true\n        alone: {self.condition()}\n")
        if kind == "minute":
            self.lines.append(f"        at_minute: {self.chance.choice((0, 3))}\n")
        else:
            self.lines.append(self.effects("        "))
        self.injects.append(name)

    def draw_decision(self, name: str) -> None:
        by = self.chance.sample(self.roles, 2 if self.some(0.25) else 1)
        depends = self.some(0.2)
        self.lines.append(
            f"      {name}:\n        title: What now\n        by: [{', '.join(by)}]\n"
        )
        self.lines.append(f"        ask:{self.text('What do you do?', '          ')}")
        if self.seldom(0.3) and set(self.roles) - set(by):
            consult = self.more.choice([role for role in self.roles if role not in by])
            self.lines.append(f"        consult: [{consult}]\n")
            if self.seldom(0.5):
                advice = self.text("Not like that.", "            ")
                self.lines.append(f"        advice:\n          {consult}:{advice}")
        if len(by) > 1:
            rule = self.chance.choice(("lead", "majority", "unanimous"))
            self.lines.append(f"        rule: {rule}\n")
        if self.some(0.2):
            self.lines.append(f"        when: {self.condition()}\n")
        elif self.cyclic and self.seldom(0.5):
            self.lines.append(f"        when: {self.condition(chance=self.more)}\n")
        options = ("a", "b", "c")[: self.chance.randint(2, 3)]
        if depends:
            self.lines.append("        tension: depends\n        reasons:\n")
            for option in options[:2]:
                fits = f", fits: {self.chance.choice(self.flags)}" if self.some(0.5) else ""
                self.lines.append(
                    f"          r_{option}: {{text: Because., for: [{option}]{fits}}}\n"
                )
        elif self.seldom(0.3):
            self.lines.append("        tension: conflict\n")
        self.lines.append("        stand_in:\n")
        self.lines.append(f"          - {{when: {self.condition('x')}, choose: b}}\n")
        last = self.more.choice(("b", "a", "a", "a"))
        self.lines.append(f"          - choose: {last}\n        options:\n")
        alike = self.mark("            ")
        for place, option in enumerate(options):
            worded = self.text(f"Option {option}.", "              ")
            self.lines.append(f"          {option}:\n            text:{worded}")
            if self.seldom(0.3):
                follows = self.text("So it is.", "              ")
                self.lines.append(f"            outcome:{follows}")
            if place and self.some(0.25):
                self.lines.append(f"            when: {self.condition()}\n")
            if self.some(0.2):
                self.lines.append(
                    f"            marks:\n              - when: {self.condition('x')}\n"
                    + self.mark("                ")
                    + "              - vc: 0\n                because: So.\n"
                )
            else:
                marked = self.mark("            ")
                if place and self.seldom(0.3):
                    marked = alike
                alike = marked
                self.lines.append(marked)
                if self.seldom(0.1):
                    self.lines.append("            critical: true\n")
            effects = self.effects("            ")
            self.lines.append("" if self.seldom(0.2) else effects)
        self.decisions.append(name)


@cache
def drawn(seed: int) -> Engine:
    """The engine of the scenario drawn from a seed."""
    source = Drawn(seed).source()
    reading = read_scenario(source.encode(), "random.yaml", shipped.guidance())
    assert reading.scenario is not None, [str(problem) for problem in reading.problems]
    return Engine(reading.scenario, shipped.guidance())
