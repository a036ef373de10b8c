"""The line mode: what stands on the page, in what order, and that any answer can be lived with."""

import asyncio
import io
import os
import random
import re

import pytest

from tabletop.conduct import solo
from tabletop.conduct.folder import DataFolder
from tabletop.conduct.library import Library
from tabletop.conduct.world import World
from tabletop.debrief.documents.played import played
from tabletop.debrief.documents.what_if import alternative, answers
from tabletop.plain.acts import Quit
from tabletop.plain.conversation import Conversation
from tabletop.plain.documents import render
from tabletop.plain.keyboard import LONGEST, EndOfInput, Keyboard
from tabletop.plain.page import CURTAIN, Page, clean
from tabletop.plain.review import review
from tabletop.plain.setup import choose

STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")

MOST = 2_000
"""More questions than any exercise asks."""


class Person:
    """Someone at the keyboard who answers by a rule, and whose questions are kept."""

    def __init__(self, page, rule):
        self.page, self.rule, self.asked = page, rule, []

    async def ask(self, question):
        self.page.line(question)
        self.asked.append(question)
        assert len(self.asked) < MOST, f"asked without end: {question}"
        answer = self.rule(question)
        if answer is None:
            raise EndOfInput
        self.page.line(answer, "> ")
        return answer.strip()


def listed(*answers):
    """A rule that gives these answers one after another."""
    left = list(answers)
    return lambda question: left.pop(0) if left else None


def sensible(seed):
    """A rule that plays on with any option, and now and then does something else."""
    chance = random.Random(seed)

    def rule(question):
        if found := re.search(r"Answer with 1 to (\d+)", question):
            if chance.random() < 0.15:
                return chance.choice(["f", "p", "w", "e 1", "b", "r", "?", "s 1", "n kept", "zz"])
            return str(chance.randint(1, int(found[1])))
        if "h hands" in question:
            return "h"
        if "y lets it count" in question or "y chooses" in question:
            return "y"
        if "Which option counts" in question:
            return "1"
        if "m moves on" in question:
            return chance.choice(["m", "m", "s 1"])
        if question.startswith("Why?"):
            return chance.choice(["", "a reason"])
        if "How sure" in question:
            return chance.choice(["", "1", "2", "3", "4"])
        if question.startswith(("A number", "Which")):
            return "1"
        if question.startswith("Nothing waits"):
            return None
        return ""

    return rule


def held(tmp_path, slug, roles, rule, *, skips=None, debrief=False, seed=1):
    """Plays with a rule in place of a person; everything written, and what was asked."""
    out = io.StringIO()
    page = Page(out, width=80)
    person = Person(page, rule)

    async def played():
        folder = DataFolder(tmp_path / "data")
        exercise = await solo.begin(
            Library(), folder, slug, roles, seed=seed, skips=skips, world=World.fixed(seed)
        )
        talk = Conversation(exercise, page, person)
        try:
            await talk.hold()
            if debrief:
                await review(exercise, page, person, lambda id_, path: (), "tabletop")
        except (Quit, EndOfInput):
            pass
        finally:
            await talk.close()
            record = await exercise.record()
            await exercise.close()
        return record

    record = asyncio.run(played())
    return out.getvalue(), person.asked, record


@pytest.mark.parametrize("roles", [("investigator",), ("advocate",), ("prosecutor",)])
def test_first_hour_is_played_to_its_end_in_each_role(tmp_path, roles):
    text, _, _ = held(tmp_path, "first_hour", roles, sensible(1), debrief=True)
    assert "The exercise has ended." in text
    assert not STEERING.search(text)


@pytest.mark.parametrize("seed", [1, 2])
def test_larkmoor_row_is_played_to_its_end_by_all_its_roles_at_one_keyboard(tmp_path, seed):
    roles = ("investigator", "advocate", "prosecutor", "counsel")
    text, asked, _ = held(tmp_path, "larkmoor_row", roles, sensible(seed), debrief=True)
    assert "The exercise has ended." in text
    assert any("y lets it count" in question for question in asked)


def test_larkmoor_row_is_played_by_someone_who_joins_later(tmp_path):
    text, _, _ = held(tmp_path, "larkmoor_row", ("counsel",), sensible(3), debrief=True)
    assert "The exercise has ended." in text


def test_another_answer_is_played_forward_before_the_debrief_is_saved(tmp_path):
    play, told = sensible(1), iter(["what if", "99", "1", "what if", "", ""])

    def rule(question):
        if question.startswith(("Save the debrief", "Which other answer", "99 is not")):
            return next(told)
        return play(question)

    text, asked, record = held(tmp_path, "first_hour", ("investigator",), rule, debrief=True)
    first = played(record)
    assert text.count("Which other answer?") == 3
    assert "99 is not a choice here" in text
    assert render(alternative(first, answers(first)[0].others[0][0]), "text").decode() in text
    assert asked[-1].startswith("Save the debrief")


def test_the_debrief_shows_no_number_before_the_page_of_bands(tmp_path):
    text, _, _ = held(tmp_path, "first_hour", ("investigator",), sensible(1), debrief=True)
    told = text[text.index("The exercise has ended.") :]
    order = [
        "How was that?",
        "What happened",
        "Who knew what, when",
        "What went well",
        "The widest gaps",
        "Decisions that mattered most",
        "Where the two axes pulled apart",
        "How it came about",
        "What to keep, what to change",
        "Bands and critical acts",
        "What could still have come",
        "Agreement and sureness",
        "Closing",
    ]
    places = [told.index(f"of 13: {title}") for title in order]
    assert places == sorted(places)
    before = told[: told.index("of 13: Bands")]
    assert not re.search(r"[+−]\d|at risk|\bmixed\b", before)


def test_what_is_written_afterwards_is_kept(tmp_path):
    answers = iter(("reacted", "", "keep this", "change this", "first this"))
    play = sensible(1)

    def rule(question):
        return next(answers, "") if question.startswith("A line, or nothing") else play(question)

    _, _, record = held(tmp_path, "first_hour", ("investigator",), rule, debrief=True)
    assert {"reacted", "keep this", "change this"} <= set(record.words.values())


def test_the_next_role_sees_nothing_of_the_last_above_the_curtain(tmp_path):
    text, _, _ = held(
        tmp_path, "first_hour", ("investigator", "advocate"),
        listed("", "2", "the sergeant's reason", "", "h", "", "2"),
    )  # fmt: skip
    before, after = text.split("\n" * CURTAIN, 1)
    assert "desk drawer" in before
    assert "desk drawer" not in after
    assert "the sergeant's reason" not in after
    assert "Two rooms: Harbor Line" in after


def test_hostile_words_come_back_without_their_escapes(tmp_path):
    words = "[b]\x1b]0;owned\x07 \u202eevil\u202c\u200b {0} $agency <b>"
    text, _, record = held(
        tmp_path, "first_hour", ("investigator",), listed("t 1", words, "n", words, "n", "", "q")
    )
    assert not STEERING.search(text)
    assert "[b]]0;owned evil {0} $agency <b>" in text
    assert not any(STEERING.search(word) for word in record.words.values())


def test_a_gentler_wording_takes_the_place_of_a_passage(tmp_path):
    answers = ("1", "", "", "m", "1", "", "", "m", "r", "skip")
    text, _, _ = held(tmp_path, "first_hour", ("advocate",), listed(*answers))
    number = re.search(r"read instead: skip (\d+)", text)[1]
    gentle = "begins to tell you about his pay and a notebook"
    assert gentle not in " ".join(text.split())
    text, _, _ = held(
        tmp_path / "2", "first_hour", ("advocate",), listed(*answers[:-2], f"skip {number}")
    )
    assert gentle in " ".join(text.split())
    text, _, _ = held(
        tmp_path / "3", "first_hour", ("advocate",), listed(*answers[:-2]),
        skips={"advocate": ("threats",)},
    )  # fmt: skip
    assert gentle in " ".join(text.split())
    assert "sister's house" not in text


@pytest.mark.parametrize(
    ("answer", "reply"),
    [
        ("9", "9 is none of them"),
        ("0", "0 is none of them"),
        ("99999999", "is none of them"),
        ("nonsense", "nonsense means nothing here."),
        ("", "Type an answer and press Enter"),
        ("m", "Move is not open to you now."),
        ("y", "There is nothing to settle yet."),
        ("h", "Nobody else plays at this keyboard."),
        ("x" * 5000, "means nothing here."),
    ],
)
def test_what_means_nothing_is_said_and_asked_again(tmp_path, answer, reply):
    text, asked, _ = held(tmp_path, "first_hour", ("investigator",), listed(answer, "q"))
    assert reply in " ".join(text.split())
    assert asked[0] == asked[1]


def test_pause_stepping_out_and_ending_early(tmp_path):
    text, asked, _ = held(
        tmp_path, "first_hour", ("investigator",),
        listed("z", "1", "g", "o", "2", "i", "x", "n", "x", "y"),
    )  # fmt: skip
    assert "paused for everyone" in text
    assert "You have stepped out" in text
    assert "End the exercise here" in asked[-1]


def test_help_lists_only_what_is_open(tmp_path):
    text, _, _ = held(tmp_path, "first_hour", ("investigator",), listed("?", "q"))
    assert "q or quit" in text
    assert "m or move" not in text


def test_setup_tells_themes_before_it_asks_anything():
    out = io.StringIO()
    page = Page(out, width=80)
    person = Person(page, listed("2", "", "5", "1 2", ""))
    scenario = Library().load("first_hour").scenario
    chosen = asyncio.run(choose(page, person, scenario))
    assert chosen.roles == ("investigator", "advocate")
    assert chosen.skips == ("threats",)
    text = out.getvalue()
    assert text.index("What it contains:") < text.index("Which")


# The page and the keyboard.


def test_a_page_wraps_with_hanging_indents_and_never_doubles_a_blank_line():
    out = io.StringIO()
    page = Page(out, width=20)
    page.gap()
    page.numbered(["a choice that is too long for a line"])
    page.gap()
    page.gap()
    page.prose("# A title\n\n*One* two\nthree\n\n- four\n- five\n\n1. six\n2. seven")
    assert out.getvalue() == (
        "1. a choice that is\n   too long for a\n   line\n\nA title\n\nOne two three\n"
        "- four\n- five\n1. six\n2. seven\n"
    )


def test_clean_keeps_what_people_write():
    assert clean("naïve “quotes” — 日本 é\n\ttab") == "naïve “quotes” — 日本 é\n    tab"
    assert clean("a\r\nb\rc\u2028d") == "a\nb\nc\nd"


def test_html_in_a_text_is_text():
    out = io.StringIO()
    Page(out, width=80).prose("<script>alert(1)</script> & [a](javascript:x)")
    assert "<script>alert(1)</script> &" in out.getvalue()


def typed(data, *, questions):
    """What a keyboard makes of bytes."""

    async def asked():
        reading, writing = os.pipe()
        os.write(writing, data)
        os.close(writing)
        keyboard = Keyboard(Page(io.StringIO(), width=80), reading, echo=True)
        answers = []
        try:
            for _ in range(questions):
                answers += [await keyboard.ask("?")]
        except EndOfInput:
            answers.append(None)
        os.close(reading)
        return answers

    return asyncio.run(asked())


@pytest.mark.parametrize(
    ("data", "answers"),
    [
        (b"", [None]),
        (b"one\ntwo", ["one", "two", None]),
        (b"one\r\n\r\n", ["one", "", None]),
        (b"\xff\xfe caf\xc3\xa9\n", ["\ufffd\ufffd café", None]),
        (b"\x1b[2Ja\x00b\n", ["[2Jab", None]),
        (b"x" * 60_000 + b"\nnext\n", ["x" * LONGEST, "next", None]),
    ],
)
def test_a_keyboard_takes_any_bytes(data, answers):
    assert typed(data, questions=4) == answers
