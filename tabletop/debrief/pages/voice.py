"""Voice: the sentences and rows that several pages share, in the reader's language."""

from tabletop.debrief import wordings as w
from tabletop.debrief.blocks import Ask, Heading, Row
from tabletop.debrief.parts import Alternative, Finding, Report, Snapshot, Written
from tabletop.exercise.commands import Prompt
from tabletop.wording import say


class Voice:
    """A report and the language it is told in."""

    def __init__(self, report: Report) -> None:
        """Speaks for one report."""
        self.report = report
        self.language = report.language

    def say(self, sentence: str, **values: object) -> str:
        """A sentence in the reader's language."""
        return say(sentence, language=self.language, **values)

    def quoted(self, written: Written) -> tuple[str, str]:
        """Who wrote something, and what."""
        erased = self.say("(erased)")
        words, when, by = (
            erased if each is None else each for each in (written.text, written.when, written.by)
        )
        said = [words] if words else []
        if when:
            said.append(self.say("When: {occasion}", occasion=when))
        if by:
            said.append(self.say("By: {day}", day=by))
        return w.capital(w.name(written.who, self.language)), " · ".join(said)

    def ask(self, prompt: Prompt, question: str) -> Ask:
        """A place to write, with what stands there."""
        return Ask(
            prompt, question, tuple(self.quoted(each) for each in self.report.written(prompt))
        )

    def heading(self, found: Finding) -> Heading:
        """The heading of a choice: what, where, when, whose."""
        return Heading(
            found.title,
            f"{found.scene}, {w.minute(found.at, self.language)} · "
            f"{w.byline(found.who, self.language)}",
            4,
        )

    def snapshot(self, snapshot: Snapshot, most: int = 0) -> list[Row]:
        """What a role knew, and did not; only the latest facts where `most` is given."""
        known = snapshot.known[-most:] if most else snapshot.known
        listed = " · ".join(title.rstrip(".") for title in known)
        if len(known) < len(snapshot.known):
            listed = self.say("{facts} · and what came before", facts=listed)
        who = w.capital(w.name(snapshot.who, self.language))
        rows = []
        if listed:
            rows.append(Row(self.say("{who} knew", who=who), listed))
        if snapshot.missing:
            rows.append(
                Row(
                    self.say("{who} did not know", who=who),
                    w.missing(snapshot.missing, self.language),
                )
            )
        return rows

    def guidance(self, found: Finding, most: int = 2) -> list[Row]:
        """What the guidance says, and whose judgment the mark is."""
        rows = [
            Row(self.say("Guidance"), w.guidance_line(each, self.language))
            for each in found.guidance[:most]
        ]
        if not rows:
            return []
        last = rows[-1]
        return [*rows[:-1], Row(last.label, f"{last.text} {self.basis()}")]

    def basis(self) -> str:
        """Whose judgment a mark is."""
        if self.report.notice.key == "panel":
            return self.say("The mark is a panel's judgment.")
        return self.say("The mark is the exercise author's judgment.")

    def other(self, other: Alternative, label: str) -> list[Row]:
        """Another way, and why."""
        if other.same_answer:
            return [
                Row(
                    label,
                    self.say(
                        "The same answer, for a reason that fits here: {reason}",
                        reason=other.because,
                    ),
                )
            ]
        rows = [Row(label, other.text)]
        if other.because:
            rows.append(Row(self.say("Because"), other.because))
        if other.followed:
            rows.append(Row(self.say("Would have led to"), other.followed))
        return rows
