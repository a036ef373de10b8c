"""From a story to a skeleton: what a scenario can take, and a list of what did not carry over.

A passage is a scene (`places.py`). Those that `passages.py` wrote hold a scenario's decisions in
readable form and give them back. Nothing is dropped in silence: what has no place in a scenario is
named with the passage it stood in.
"""

from collections.abc import Iterator
from dataclasses import replace

from tabletop.authoring.twee.identifiers import Identifiers
from tabletop.authoring.twee.notation import Passage, Story, short
from tabletop.authoring.twee.parts import parts, roles_in
from tabletop.authoring.twee.passages import ABOUT
from tabletop.authoring.twee.places import MOST_SCENES, Places, line, own, title
from tabletop.authoring.twee.skeleton import Place, Skeleton
from tabletop.wording import say

SPECIAL = (
    "StoryAuthor", "StoryBanner", "StoryCaption", "StoryDisplayTitle", "StoryIncludes",
    "StoryInit", "StoryInterface", "StoryMenu", "StorySettings", "StoryShare", "StorySubtitle",
    "PassageDone", "PassageFooter", "PassageHeader", "PassageReady",
)  # fmt: skip
"""Passages that compilers and formats take for something else than a part of the story,"""
CODE = (
    "script", "stylesheet", "widget", "startup", "header", "footer", "init",
    "debug-startup", "debug-header", "debug-footer",
)  # fmt: skip
"""and tags that say so of others."""
OWN = ("scene-", "module-", "asks", "ending")


class Empty(ValueError):
    """Nothing to make a scenario of; the text is a sentence that says why."""


def carried(story: Story, name: str) -> Skeleton:
    """A skeleton from a story; `name` is what sentences call its file.

    Raises:
        Empty: where it holds no passages, or too many.
    """
    return _Carrying(story, name).skeleton()


class _Carrying:
    """A story being carried over."""

    def __init__(self, story: Story, name: str) -> None:
        self.story = story
        self.left = [*story.notes]
        kept = self.kept()
        if not kept:
            raise Empty(
                say(
                    "{file} holds no passages of a story; each begins with a line such as"
                    " `:: The classroom`.",
                    file=name,
                )
            )
        if len(kept) > MOST_SCENES:
            raise Empty(
                say(
                    "{file} holds {count} passages, and a scenario at most {most} scenes; split the"
                    " story first.",
                    file=name,
                    count=len(kept),
                    most=MOST_SCENES,
                )
            )
        self.passages = self.named(kept)
        texts = (passage.text for passage in self.passages if own(passage))
        self.roles = roles_in(texts) or ("investigator",)
        names = Identifiers(self.roles)
        self.ids = {
            passage.name: names.new(own(passage) or passage.name, "scene")
            for passage in self.passages
        }
        self.making = Places(self.ids, names, self.roles, self.left)

    def kept(self) -> list[Passage]:
        """The passages that become scenes."""
        kept = []
        for passage in self.story.passages:
            code = next((tag for tag in passage.tags if tag.lower() in CODE), "")
            if code or passage.name in SPECIAL:
                what = code or say("a part of its story format")
                self.left.append(say("{name} ({what})", name=passage.name, what=what))
            elif ABOUT not in passage.tags:
                kept.append(passage)
        return kept

    def named(self, passages: list[Passage]) -> tuple[Passage, ...]:
        """Passages with a name of its own for each."""
        named: dict[str, Passage] = {}
        for passage in passages:
            given = passage.name or say("Untitled")
            name, number = given, 1
            while name in named:
                number += 1
                name = f"{given} ({number})"
            named[name] = replace(passage, name=name)
            if number > 1:
                self.left.append(
                    say(
                        "the name of another {name}, in line {line}: links lead to the first",
                        name=short(given),
                        line=passage.line,
                    )
                )
        return tuple(named.values())

    def skeleton(self) -> Skeleton:
        """The skeleton."""
        start = self.start()
        places = [self.making.place(passage) for passage in self.passages]
        for name, id in self.making.missing.items():
            self.left.append(say("{name}, which links lead to and nobody wrote", name=name))
            places.append(Place(id, title(name), "", ""))
        led_to = {start, *(way.to for place in places for way in place.ways)}
        for place in places:
            if place.id not in led_to:
                self.left.append(say("a way to {name}: no link leads there", name=place.title))
        if not self.story.title:
            self.left.append(say("a title: there is no StoryTitle"))
        self.left += self.around()
        summary, themes = self.about()
        return Skeleton(
            title(self.story.title),
            summary,
            themes,
            self.roles,
            start,
            tuple(places),
            tuple(dict.fromkeys(self.left)),
        )

    def start(self) -> str:
        """The scene the story begins with."""
        given = self.story.data.get("start")
        for name in (given, "Start"):
            if isinstance(name, str) and name in self.ids:
                return self.ids[name]
        first = self.passages[0].name
        said = say("the beginning: it is the first passage, {first}", first=first)
        if given is not None:
            said = say(
                "the beginning {given}, which does not exist: it is the first passage, {first}",
                given=short(str(given)),
                first=first,
            )
        self.left.append(said)
        return self.ids[first]

    def around(self) -> Iterator[str]:
        """What the story says of itself and of its map."""
        data = self.story.data
        if "format" in data:
            made = " ".join(str(data.get(key, "")) for key in ("format", "format-version"))
            yield say("the story format {name}", name=short(made.strip()))
        tags = dict.fromkeys(
            tag
            for passage in self.passages
            for meant in [OWN if own(passage) else ("module-",)]
            for tag in passage.tags
            if not tag.startswith(meant)
        )
        if tags:
            yield say("tags: {tags}", tags=short(", ".join(tags)))
        if any(passage.position for passage in self.passages):
            yield say("the places of the passages on the map")

    def about(self) -> tuple[str, tuple[tuple[str, str], ...]]:
        """The summary and the content notes, where a passage holds them."""
        for passage in self.story.passages:
            if ABOUT in passage.tags:
                found = parts(passage.text)
                summary = self.making.read(passage, found.told).split("\n\n")[0]
                names = Identifiers()
                notes = ((names.new(name, "theme"), line(note)) for name, note in found.notes)
                return summary, tuple(notes)
        return "", ()
