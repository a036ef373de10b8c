"""Comparison: exercises of one scenario side by side, in the order given, bands last."""

from collections.abc import Iterable, Sequence

from tabletop.debrief import wordings as w
from tabletop.debrief.analysis.comparing import Compared, Parting, Row, compared, same_meaning
from tabletop.debrief.blocks import Block, Heading, Items, Line, Page, Table
from tabletop.debrief.documents import handling
from tabletop.debrief.documents.document import Document
from tabletop.debrief.parts import Bands
from tabletop.debrief.prose import line
from tabletop.debrief.standing import bands
from tabletop.debrief.telling import Telling
from tabletop.exercise.record import Record
from tabletop.exercise.scoring import score
from tabletop.wording import say


class NotAlike(ValueError):
    """Exercises that can't be compared; its text is a sentence that says why."""


def comparison(
    records: Sequence[Record], labels: Sequence[str] = (), language: str = "en"
) -> Document:
    """Exercises of one scenario side by side; `labels` are what each goes by, else its id.

    Raises:
        NotAlike: where there is one alone, or their scenarios mean different things.
    """
    tellings = tuple(Telling(record, names=False) for record in records)
    names = tuple(labels) or tuple(telling.record.header.id for telling in tellings)
    if len(set(names)) < 2 or len(set(names)) < len(names):
        raise NotAlike(say("Name two exercises or more, each once.", language=language))
    for name, telling in zip(names[1:], tellings[1:], strict=True):
        if not same_meaning(tellings[0], telling):
            raise NotAlike(
                say(
                    "{one} and {other} can't be compared: their scenarios, {first} and {second},"
                    " mean different things.",
                    language=language,
                    one=names[0],
                    other=name,
                    first=_version(tellings[0]),
                    second=_version(telling),
                )
            )
    writer = _Writer(compared(tellings), names, language)
    scenario = tellings[0].scenario
    return Document(
        slug="comparison",
        title=writer.say("Side by side: {title}", title=line(tellings[0].fill(scenario.title))),
        marking=handling.marking(language),
        notice=(
            handling.disclaimer(language),
            handling.discoverable(language),
            handling.whose(scenario.key, language),
        ),
        pages=tuple(writer.pages()),
        language=language,
    )


def _version(telling: Telling) -> str:
    return f"{line(telling.fill(telling.scenario.title))} {telling.scenario.version}"


class _Writer:
    """Puts a comparison into words."""

    def __init__(self, found: Compared, names: tuple[str, ...], language: str) -> None:
        self.found = found
        self.names = names
        self.language = language

    def say(self, sentence: str, **values: object) -> str:
        return say(sentence, language=self.language, **values)

    def pages(self) -> Iterable[Page]:
        yield Page("exercises", self.say("The exercises"), self.exercises())
        yield Page("parting", self.say("Where their ways parted"), self.parting())
        yield Page("ways", self.say("Which ways were taken"), self.ways())
        yield Page("told", self.say("What was told"), self.told())
        yield Page("bands", self.say("Bands, beside each other"), self.bands())

    def exercises(self) -> list[Block]:
        rows = []
        for number, telling in enumerate(self.found.tellings):
            ending = self.found.endings[number]
            played = ", ".join(telling.who(role).role for role in telling.played)
            rows.append(
                (
                    self.names[number],
                    telling.record.header.created[:10],
                    played,
                    telling.scene_title(ending) if ending else self.say("stopped before an ending"),
                )
            )
        lead = self.say(
            "In the order given. Different choices with different people on different days: what"
            " differs is something to talk about, and no result."
        )
        head = (
            self.say("Exercise"),
            self.say("Begun on"),
            self.say("Played by people"),
            self.say("Ended with"),
        )
        return [Line(lead), Table(self.say("The exercises"), head, tuple(rows))]

    def parting(self) -> list[Block]:
        parting = self.found.parting
        if parting is None:
            return [Line(self.say("As far as all went the same way, they did the same."))]
        title = self.found.tellings[0].scene_title(parting.scene)
        blocks: list[Block] = [Line(self.say("In “{scene}”.", scene=title), "strong", leads=True)]
        rows = [each for row in parting.decisions for each in self._answers(row)]
        rows += [each for row in parting.facts for each in self._facts(row)]
        if rows:
            blocks.append(self._table(self.say("What was done differently there"), rows))
        return [*blocks, Heading(self.say("What came next")), Items(tuple(self._next(parting)))]

    def _next(self, parting: Parting) -> Iterable[str]:
        for scene, places in parting.followed:
            values = {"exercises": self._who(places)}
            if scene:
                title = self.found.tellings[0].scene_title(scene)
                yield self.say("{exercises}: “{scene}”.", scene=title, **values)
            else:
                yield self.say("{exercises}: nothing; it stopped there.", **values)

    def ways(self) -> list[Block]:
        rows = [each for row in self.found.decisions if row.differs for each in self._answers(row)]
        same = [row for row in self.found.decisions if not row.differs]
        blocks: list[Block] = []
        if rows:
            blocks.append(self._table(self.say("Decisions answered differently"), rows))
        if same:
            blocks += [
                Heading(self.say("Answered the same wherever it was asked")),
                Items(tuple(self._same(row) for row in same)),
            ]
        return blocks or [Line(self.say("Nothing was decided."), "quiet")]

    def told(self) -> list[Block]:
        rows = [each for row in self.found.facts for each in self._facts(row)]
        if not rows:
            return [Line(self.say("Nothing was told, and nothing kept."), "quiet")]
        return [self._table(self.say("Facts told or kept"), rows)]

    def bands(self) -> list[Block]:
        rows = []
        for name, telling in zip(self.names, self.found.tellings, strict=True):
            for each in bands(telling, score(telling.events)):
                who = self._subject(each)
                rows.append((name, who, *(w.standing(one, self.language) for one in each.lines)))
        lead = self.say(
            "In the order given. The axes are never added and exercises are not ranked: who met"
            " other decisions was measured at other decisions."
        )
        head = (
            self.say("Exercise"),
            self.say("Who"),
            w.axis("vc", self.language),
            w.axis("ci", self.language),
        )
        return [Line(lead), Table(self.say("Bands"), head, tuple(rows))]

    def _subject(self, each: Bands) -> str:
        if each.who is None:
            return self.say("The exercise")
        return w.capital(each.who.role)

    def _table(self, caption: str, rows: Iterable[tuple[str, str, str]]) -> Table:
        head = self.say("What"), self.say("How"), self.say("In which exercises")
        return Table(caption, head, tuple(rows))

    def _who(self, places: Iterable[int]) -> str:
        return ", ".join(self.names[place] for place in places)

    def _answers(self, row: Row) -> Iterable[tuple[str, str, str]]:
        (decision,) = row.name
        title = self.found.tellings[0].decision_title(decision)
        for option, places in row.ways:
            text = self.found.tellings[places[0]].option_text(decision, option)
            yield title, text, self._who(places)
        if row.without:
            yield title, self.say("not asked"), self._who(row.without)

    def _same(self, row: Row) -> str:
        ((title, text, who), *rest) = self._answers(row)
        if not rest:
            return f"{title}: {text}"
        return self.say(
            "{decision}: {answer} ({exercises})", decision=title, answer=text, exercises=who
        )

    def _facts(self, row: Row) -> Iterable[tuple[str, str, str]]:
        fact, sender, to = row.name
        places = [place for _, some in row.ways for place in some]
        # A title that one exercise keeps is not given away by another.
        titles = {self.found.tellings[place].fact_title(fact) for place in places}
        title = titles.pop() if len(titles) == 1 else ""
        first = self.found.tellings[0].scenario
        roles = [w.capital(each.replace("_", " ")) for each in (sender, to) if each in first.roles]
        what = self.say(
            "{fact} ({sender} to {to})",
            fact=title or self.say("Something held under privilege"),
            sender=roles[0],
            to=roles[1].lower(),
        )
        words = {"told": self.say("told"), "kept": self.say("not told")}
        for way, some in row.ways:
            yield what, words[way], self._who(some)
        if row.without:
            yield what, self.say("did not come up"), self._who(row.without)
