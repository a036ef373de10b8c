"""Scenes from passages: their prose, their decisions, and their ways on.

One link leads on; several are the options of a decision; a passage without any is an ending.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from tabletop.authoring.twee.identifiers import Identifiers
from tabletop.authoring.twee.links import Link, Markup, prose
from tabletop.authoring.twee.notation import Passage, short
from tabletop.authoring.twee.parts import AskedInWords, Parts, closing, parts
from tabletop.authoring.twee.skeleton import Choice, Place, Question, Way
from tabletop.scenario.characters import FORBIDDEN_VALUE
from tabletop.wording import say

MOST_SCENES = 200
MOST_OPTIONS = 9
LONGEST_LINE, LONGEST_TEXT = 300, 11_999
"""A text in a block ends in a line break."""


class Places:
    """Makes scenes, and keeps what did not carry over and what links lead to."""

    def __init__(
        self, ids: Mapping[str, str], names: Identifiers, roles: tuple[str, ...], left: list[str]
    ) -> None:
        """Takes the scenes that passages become, and where to name what does not carry over."""
        self.ids = ids
        self.names = names
        self.roles = roles
        self.left = left
        self.missing: dict[str, str] = {}
        """The passages that links lead to and nobody wrote, with the scenes they become."""

    def place(self, passage: Passage) -> Place:
        """A scene from a passage."""
        found = parts(passage.text) if own(passage) else Parts(passage.text)
        links: list[Link] = []
        narration = self.read(passage, found.told, links)
        questions = [self.question(passage, each, links) for each in found.decisions]
        self.read(passage, found.ways, links)
        if found.ways and len(links) > 1:
            self.left.append(
                say("the conditions of the ways of {name}: they are options now", name=passage.name)
            )
        ways, choice = self.ways(passage, links)
        if choice is not None:
            questions.append(choice)
        if questions and not ways:
            titles = ", ".join(each.title for each in questions)
            self.left.append(
                say("what {name} asks, since it leads nowhere: {titles}", name=passage.name,
                    titles=short(titles))
            )  # fmt: skip
        module = next((tag for tag in passage.tags if tag.startswith("module-")), "")
        return Place(
            self.ids[passage.name],
            title(passage.name),
            line(module.removeprefix("module-").replace("-", " ")),
            narration,
            tuple(questions) if ways else (),
            ways,
            tuple(self.read(passage, each) for each in closing(found.ending)),
        )

    def question(self, passage: Passage, said: AskedInWords, links: list[Link]) -> Question:
        """A decision that was written down in readable form."""
        if said.marks:
            self.left.append(say("the marks in {name}", name=passage.name))
        self.beyond(passage, said.options)
        names = Identifiers()
        return Question(
            self.names.new(said.title, "decision"),
            title(said.title),
            tuple(role for role in said.by if role in self.roles) or self.roles[:1],
            self.read(passage, said.ask, links),
            tuple(
                Choice(names.new(text, "option"), self.read(passage, text, links))
                for text in said.options[:MOST_OPTIONS]
            ),
        )

    def ways(self, passage: Passage, links: list[Link]) -> tuple[tuple[Way, ...], Question | None]:
        """The ways on, and the decision between them where there are several."""
        outside = [link for link in links if link.outside and link.to not in self.ids]
        if outside:
            self.left.append(
                say("links of {name} to the outside: {addresses}", name=passage.name,
                    addresses=short(", ".join(dict.fromkeys(link.to for link in outside))))
            )  # fmt: skip
        away = set(outside)
        links = [link for link in links if link not in away]
        distinct = tuple(dict.fromkeys(links))
        if len(distinct) < len(links):
            twice = [link.text for link, count in Counter(links).items() if count > 1]
            self.left.append(
                say("links that stand in {name} again: {texts}", name=passage.name,
                    texts=short(", ".join(twice)))
            )  # fmt: skip
        targets = Counter(link.to for link in distinct)
        shared = [to for to, count in targets.items() if count > 1]
        if shared:
            self.left.append(
                say("that several links of {name} lead to one passage, each an option now: {names}",
                    name=passage.name, names=short(", ".join(shared)))
            )  # fmt: skip
        self.beyond(passage, [f"{link.text} -> {link.to}" for link in distinct])
        known = [(link, to) for link in distinct[:MOST_OPTIONS] if (to := self.to(link))]
        if len(known) < 2:
            return tuple(Way(to) for _, to in known), None
        id = self.names.new(f"{self.ids[passage.name]}_way", "decision")
        names = Identifiers()
        options = tuple(
            Choice(names.new(link.text, "option"), line(link.text)) for link, _ in known
        )
        ways = tuple(Way(to, id, option.id) for (_, to), option in zip(known, options, strict=True))
        # The last needs no condition, so that there always is a way on.
        ways = (*ways[:-1], Way(ways[-1].to))
        return ways, Question(id, say("Where next"), self.roles[:1], say("What next?"), options)

    def beyond(self, passage: Passage, options: Sequence[str]) -> None:
        """Names the options that a decision has no room for."""
        if len(options) > MOST_OPTIONS:
            self.left.append(
                say("what {name} offers beyond {most} options: {options}", name=passage.name,
                    most=MOST_OPTIONS, options=short("; ".join(options[MOST_OPTIONS:]), 300))
            )  # fmt: skip

    def to(self, link: Link) -> str:
        """The scene a link leads to; one nobody wrote is made, while there is room for one."""
        if link.to in self.ids:
            return self.ids[link.to]
        if link.to not in self.missing:
            if len(self.ids) + len(self.missing) >= MOST_SCENES:
                self.left.append(say("a link to {name}, which nobody wrote", name=short(link.to)))
                return ""
            self.missing[link.to] = self.names.new(link.to, "scene")
        return self.missing[link.to]

    def read(self, passage: Passage, source: str, links: list[Link] | None = None) -> str:
        """The prose of a piece of a passage; its links go to `links`, the rest is named."""
        found = prose(source)
        if links is not None:
            links += found.links
        for kind in dict.fromkeys(each.kind for each in found.markup):
            self.left.append(_named(passage, [each for each in found.markup if each.kind == kind]))
        clean = FORBIDDEN_VALUE.sub("", found.text.replace("\t", " "))
        kept = literal(clean, LONGEST_TEXT)
        if len(kept) < len(clean):
            self.left.append(say("the end of {name}, which is too long", name=passage.name))
        return kept


def _named(passage: Passage, found: list[Markup]) -> str:
    kinds = {
        "script": say("scripts"),
        "style": say("styles"),
        "comment": say("comments"),
        "template": say("templates"),
        "macro": say("macros"),
        "image": say("images"),
        "variables": say("variables"),
        "variable": say("variables"),
        "modifier": say("modifiers"),
        "insert": say("inserts"),
        "tag": say("tags of HTML"),
    }
    sources = dict.fromkeys(short(each.source, 50) for each in found)
    return say(
        "{kinds} in {name}: {sources}",
        kinds=kinds[found[0].kind],
        name=passage.name,
        sources=short(", ".join(sources), 300),
    )


def own(passage: Passage) -> str:
    """The scene a passage was written from; empty for one of another origin."""
    tag = next((tag for tag in passage.tags if tag.startswith("scene-")), "")
    return tag.removeprefix("scene-")


def literal(text: str, longest: int) -> str:
    """A text in which a dollar sign is one and begins no parameter, cut to what may be held."""
    cut = text[: longest - text[:longest].count("$")]
    return cut.rstrip().replace("$", "$$")


def line(text: str) -> str:
    """A literal text on one line; empty where it has nothing to show."""
    return literal(" ".join(FORBIDDEN_VALUE.sub("", text).split()), LONGEST_LINE)


def title(text: str) -> str:
    """A title, which is never empty."""
    return line(text) or say("Untitled")
