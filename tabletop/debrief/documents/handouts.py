"""What is handed out on the day: the feedback form, the attendance roster, the certificate."""

from collections.abc import Iterable
from dataclasses import replace

from tabletop.debrief import asked
from tabletop.debrief.blocks import Block, Field, Form, Heading, Line, Page, Table
from tabletop.debrief.documents import handling
from tabletop.debrief.documents.document import Document
from tabletop.debrief.documents.occasion import Occasion
from tabletop.debrief.prose import line
from tabletop.exercise.afterwards import PARTS, STATEMENTS

SCALE = "\u2003".join("12345")
ROOM = {"strengths": 3, "improvements": 3, "actions": 4, "review": 3}
"""Lines to write on, where there are more than two."""


def feedback_form(occasion: Occasion) -> Document:
    """The participant feedback form: three parts, no name asked for."""
    say, language = occasion.say, occasion.language
    head: list[Block] = [
        Line(say("No name is asked for. Answers are shown once three people have answered.")),
        Form(
            (
                Field(say("Exercise name"), occasion.exercise),
                Field(say("Exercise date"), occasion.dates),
                Field(say("Agency, if you like")),
                Field(say("Position, if you like")),
                Field(
                    say("Your part"),
                    say("☐ player ☐ observer ☐ facilitator ☐ evaluator"),
                ),
            )
        ),
    ]
    words = [part for part in PARTS if part != "suggestions"]
    return _handout(
        occasion,
        "feedback-form",
        say("Participant Feedback Form: {exercise}", exercise=occasion.exercise),
        (
            Page("form", say("About this form"), head),
            Page(
                "assessment",
                say("Part I: what you saw"),
                [
                    Form(
                        tuple(
                            Field(asked.feedback_part(part, language), lines=ROOM.get(part, 2))
                            for part in words
                        )
                    )
                ],
            ),
            Page(
                "statements", say("Part II: how far you agree"), _statements(occasion), fresh=True
            ),
            Page(
                "suggestions",
                say("Part III: anything else"),
                [Form((Field(asked.feedback_part("suggestions", language), lines=4),))],
            ),
        ),
    )


def _statements(occasion: Occasion) -> list[Block]:
    say, language = occasion.say, occasion.language
    return [
        Line(
            say("Circle one: 1 is strongly disagree, 5 is strongly agree. Leave any of them out.")
        ),
        Table(
            say("Statements"),
            (say("Statement"), say("Disagree to agree")),
            tuple((asked.statement(name, language), SCALE) for name in STATEMENTS),
            to_fill=True,
        ),
    ]


ROSTER = 10


def attendance_roster(occasion: Occasion) -> Document:
    """The roster people sign; names stay on paper."""
    say = occasion.say
    blocks: list[Block] = [
        Line(
            say(
                "It is kept apart from the exercise: no name on it is typed into the program, and"
                " nothing here says how anyone did."
            )
        ),
        Form(
            (
                Field(say("Exercise name"), occasion.exercise),
                Field(say("Exercise date"), occasion.dates),
                Field(say("Venue"), line(occasion.about.venue or "")),
            )
        ),
        Table(
            say("Who was there"),
            (say("No."), say("Name"), say("Agency"), say("Part or role"), say("Signature")),
            tuple((str(number), "", "", "", "") for number in range(1, ROSTER + 1)),
            to_fill=True,
        ),
    ]
    title = say("Attendance Roster: {exercise}", exercise=occasion.exercise)
    return _handout(
        occasion, "attendance-roster", title, (Page("roster", say("Attendance"), blocks),)
    )


def participation_certificate(
    occasion: Occasion, people: Iterable[tuple[str, str]] = ()
) -> Document:
    """The certificate of participation, which says that somebody was there and nothing more.

    One sheet for each of the people (name and part), or one to fill in.
    """
    sheets = tuple(people) or (("", ""),)
    pages = tuple(
        Page(
            f"certificate-{number}" if number else "certificate",
            occasion.exercise if not name else f"{occasion.exercise}: {name}",
            _certificate(occasion, name, part),
            fresh=number > 0,
        )
        for number, (name, part) in enumerate(sheets)
    )
    title = occasion.say("Certificate of Participation")
    handout = _handout(occasion, "participation-certificate", title, pages)
    return replace(handout, centered=True)


def _certificate(occasion: Occasion, name: str, part: str) -> list[Block]:
    say = occasion.say
    return [
        Line(say("This is to say that")),
        Form((Field(say("Name"), name),)),
        Line(
            say(
                "took part in the tabletop exercise {exercise}, about {minutes} minutes of play"
                " with a debrief.",
                exercise=occasion.exercise,
                minutes=occasion.scenario.minutes.group,
            )
        ),
        Form(
            (
                Field(say("Date"), occasion.dates),
                Field(say("Place"), line(occasion.about.venue or "")),
                Field(say("Part taken"), part),
                Field(say("For the sponsor"), line(occasion.about.sponsor or "")),
                Field(say("Signature")),
            )
        ),
        Heading(say("What it does not say")),
        Line(
            say(
                "It confirms attendance. It is no accreditation, no license and no examination,"
                " grants no continuing education credit by itself, and says nothing of how anyone"
                " did."
            ),
            "quiet",
        ),
    ]


def _handout(occasion: Occasion, slug: str, title: str, pages: tuple[Page, ...]) -> Document:
    return Document(
        slug=slug,
        title=title,
        marking=handling.marking(occasion.language),
        notice=handling.handling(occasion, "everyone"),
        pages=pages,
        language=occasion.language,
        notice_last=True,
    )
