"""A first draft: a small scenario for any table, with which an author begins.

What it says lies in `draft/`, as an author would write it, with a `<word>` wherever something
depends on who is there. Each kind of role has a part of its own: one decision, one thing only it
knows, one pair of endings. The first part there is leads: on its answer depends how it ends. Two
scenes hold the decisions, and one that would hold none is left out. So every table gets a scenario
in which nothing is missing and nothing is for nothing; the tests hold all of them to every rule.
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from unicodedata import normalize

from tabletop.authoring.draft_roles import KINDS, DraftRole, Undrafted
from tabletop.scenario.characters import FORBIDDEN_VALUE, sentence
from tabletop.scenario.scalars import LINE
from tabletop.wording import say

SCENARIO = "scenario.yaml"
PLAY = "plays/as_planned.yaml"

DISCIPLINES = {
    "investigator": "law_enforcement",
    "advocate": "victim_services\n    employer: community",
    "prosecutor": "attorney\n    hat: prosecutor",
    "counsel": "attorney\n    hat: victims_attorney",
}
"""How each kind of role is written."""
SCENES = {"planning": ("investigator", "advocate"), "evening": ("prosecutor", "counsel")}
"""Where each kind decides."""
HOLDERS = ("advocate", "counsel", "prosecutor", "investigator")
"""Whose fact it is that may be told."""
PEOPLE = (
    "Imre Sabo",
    "Lena Ortiz",
    "Paul Imani",
    "Mei Tran",
    "Dana Whitlock",
    "Noor Haddad",
    "Tom Adeyemi",
    "Ines Duarte",
)

_WORD = re.compile(r"<([a-z_]+)>")
_NOTE = re.compile(r"^( *)#([a-z_]+)\n", re.MULTILINE)
_EFFECT = re.compile(r"^ *set: .*\n", re.MULTILINE)
_BARE = re.compile(r"[A-Za-z][A-Za-z0-9,.!?() -]*")
_SWITCHES = {"true", "false", "null", "yes", "no", "on", "off"}


def draft(title: str, table: tuple[DraftRole, ...], law_as_of: str) -> dict[str, str]:
    """The files of a first draft, each under its path in the scenario's folder.

    Raises:
        Undrafted: where the title can't be one.
    """
    return _Draft(table).files(titled(title), law_as_of)


def titled(title: str) -> str:
    """A title as it is kept, on one line.

    Raises:
        Undrafted: where it can't be one.
    """
    told = " ".join(title.split())
    if not told:
        raise Undrafted(say("A scenario needs a title."))
    if len(told) > LINE:
        raise Undrafted(say("A title has at most {most} characters.", most=LINE))
    unseen = FORBIDDEN_VALUE.search(told)
    if unseen:
        raise Undrafted(say("In the title, {why}; leave it out.", why=sentence(unseen[0])))
    return told


def folder_name(title: str) -> str:
    """A name for the folder of a scenario, made of plain letters."""
    plain = normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.replace("'", ""))
    return "_".join(words)[:48].strip("_") or "new_scenario"


class _Draft:
    """The pieces of a draft for one table."""

    def __init__(self, table: tuple[DraftRole, ...]) -> None:
        self.table = table
        self.kinds = [kind for kind in KINDS if self.of(kind)]
        self.part = _pieces(self.kinds[0])
        self.lead = self.of(self.kinds[0])[0]
        self.scenes = [
            scene for scene, kinds in SCENES.items() if any(kind in self.kinds for kind in kinds)
        ]
        self.names = {each: self.free(self.part[each]) for each in ("flag", "good", "other")} | {
            scene: self.free(scene) for scene in SCENES
        }
        self.names["first"] = self.names[self.scenes[0]]
        self.names["lead"] = self.lead

    def of(self, kind: str) -> list[str]:
        """The names of the roles of a kind."""
        return [role.name for role in self.table if role.kind == kind]

    def free(self, name: str) -> str:
        """A name of ours, changed where a role has it."""
        while any(role.name == name for role in self.table):
            name += "_"
        return name

    def files(self, title: str, law_as_of: str) -> dict[str, str]:
        """The scenario and its play script."""
        part = {each: self.filled(self.part[each]) for each in ("good_ending", "other_ending")}
        whole = _filled(
            _text("top"),
            {
                **self.names,
                **part,
                "title": _quoted(title),
                "law_as_of": law_as_of,
                "role_list": "".join(map(self.role, self.table, PEOPLE)),
                "flag_means": self.part["flag_means"],
                "by_lead": ", ".join(self.of(self.kinds[0])),
                "facts": self.facts(),
                "objective": self.part["objective"],
                "scenes": "".join(map(self.scene, self.scenes)),
            },
        )
        return {SCENARIO: _explained(whole), PLAY: self.play()}

    def role(self, role: DraftRole, person: str) -> str:
        """One role, with its brief."""
        part = _pieces(role.kind)
        own = role.name.startswith(role.kind)
        called = part["title"] if own else role.name.replace("_", " ")
        return _filled(
            _text("role"),
            {
                **part,
                "role": role.name,
                "discipline": DISCIPLINES[role.kind],
                "name": f"{person}, {called}",
            },
        )

    def shared(self) -> tuple[str, str] | None:
        """Who holds the fact of this table and whom it may be told; nothing with one alone."""
        if len(self.table) == 1:
            return None
        kind = next(kind for kind in HOLDERS if kind in self.kinds)
        holder, *alike = self.of(kind)
        others = [role.name for role in self.table if role.kind != kind]
        return holder, (others or alike)[0]

    def facts(self) -> str:
        """What one role knows and another does not."""
        both = self.shared()
        if both is None:
            return ""
        part = _pieces(next(kind for kind in HOLDERS if both[0] in self.of(kind)))
        values = {**part, **self.names, "fact": self.free(part["fact"])}
        return _filled(_text("facts"), {**values, "holder": both[0], "told": both[1]})

    def scene(self, scene: str) -> str:
        """A scene with the decisions of those who decide in it."""
        last = scene == self.scenes[-1]
        inject = _text("inject") if scene == self.scenes[0] else ""
        decided = (self.decision(kind) for kind in SCENES[scene] if kind in self.kinds)
        return _filled(
            _text(scene),
            {
                **self.names,
                "inject": self.filled(inject),
                "decisions": "".join(decided),
                "ways": self.filled(_text("ways" if last else "way")),
            },
        )

    def decision(self, kind: str) -> str:
        """What the roles of one kind decide; only on the leading answer does anything depend."""
        part = _pieces(kind)
        text = part["decision"]
        if kind != self.kinds[0]:
            text = _EFFECT.sub("", text)
        return _filled(
            text,
            {
                **self.names,
                "decision": self.free(part["decision_name"]),
                "by": ", ".join(self.of(kind)),
                "consult": self.consulted(kind),
            },
        )

    def consulted(self, kind: str) -> str:
        """Whom they ask for advice: the first of another kind."""
        other = next((role for role in self.table if role.kind != kind), None)
        if other is None:
            return ""
        advice = _pieces(other.kind)["advice"]
        return _filled(_text("consult"), {"other": other.name, "advice": advice})

    def play(self) -> str:
        """A play script in which the lead answers well and stand-ins do the rest."""
        decision = self.free(self.part["decision_name"])
        both = self.shared()
        share = knows = ""
        if both is not None:
            kind = next(kind for kind in HOLDERS if both[0] in self.of(kind))
            fact = self.free(_pieces(kind)["fact"])
            knows = f"      knows: {{{both[1]}: [{fact}]}}\n"
            if both[0] == self.lead:
                share = f"  - {self.lead}: {{share: {fact}, to: {both[1]}}}\n"
        onward = [f"  - advance\n  - expect: {{scene: {self.free(s)}}}\n" for s in self.scenes[1:]]
        settle = ""
        if len(self.of(self.kinds[0])) > 1:
            settle = _filled(_text("settle"), {"lead": self.lead, "decision": decision})
        values = {
            **self.names,
            "settle": settle,
            "decision": decision,
            "chosen": self.part["chosen"],
            "share": share,
            "knows": knows,
            "onward": "".join(onward),
        }
        return _filled(_text("play"), values)

    def filled(self, text: str) -> str:
        """A text with the names of this table in it."""
        return _filled(text, self.names)


@cache
def _text(name: str) -> str:
    return (files("tabletop.authoring") / "draft" / f"{name}.txt").read_text(encoding="utf-8")


@cache
def _pieces(name: str) -> Mapping[str, str]:
    """The pieces of a file, each below its name; one of a single line comes without its end."""
    parts = re.split(r"^= ([a-z_]+)\n", _text(name), flags=re.MULTILINE)[1:]
    pairs = zip(parts[::2], parts[1::2], strict=True)
    return {key: text if text.count("\n") > 1 else text.rstrip("\n") for key, text in pairs}


def _filled(text: str, values: Mapping[str, str]) -> str:
    """A text with values in it, which are not looked at again."""
    return _WORD.sub(lambda match: values[match[1]], text)


def _explained(text: str) -> str:
    """The text with every note written out where it stands first, and left out after that."""
    told: set[str] = set()

    def note(match: re.Match[str]) -> str:
        indent, name = match.groups()
        if name in told:
            return ""
        told.add(name)
        lines = _pieces("notes")[name].rstrip("\n").split("\n")
        return "".join(f"{indent}# {line}\n" for line in lines)

    return _NOTE.sub(note, text)


def _quoted(text: str) -> str:
    """A text as YAML reads it as one, in quotes where it might be taken for something else."""
    bare = _BARE.fullmatch(text) and not text.endswith(" ") and text.lower() not in _SWITCHES
    return text if bare else json.dumps(text, ensure_ascii=False)
