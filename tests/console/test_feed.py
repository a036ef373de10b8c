"""The feed and set text: CommonMark as it is read, safe, and quick at five hundred passages."""

import itertools
import sys
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

import hypothesis.strategies as st
from fakes import NARRATION, NOTICE, VIEW, FakeConnection, FakeExercise, passage
from hypothesis import given, settings
from support import FakeFolder, FakeLibrary, RecordingApp, screen_text, until, until_shown
from textual.geometry import Size
from textual.pilot import Pilot

from tabletop.console.agenda import agenda
from tabletop.console.safe import clean
from tabletop.console.screens.exercise import ExerciseScreen
from tabletop.console.story import blocks_of
from tabletop.console.typeset import MEANT, blocks, parsed
from tabletop.console.widgets.feed import Feed
from tabletop.console.widgets.sheet import lines_of


def read(text: str, width: int = 40) -> list[str]:
    """A text as it is read."""
    return [content.plain.rstrip() for _, content in lines_of(blocks(text), width)]


def test_paragraphs_lists_and_quotations_are_set() -> None:
    assert read("One **two**\nthree.\n\n- a\n- b\n\n1. x\n\n> said\n\n---") == [
        "One two three.",
        "",
        "• a",
        "• b",
        "",
        "1. x",
        "",
        "│ said",
        "",
        "─" * 40,
    ]


def test_long_lines_hang_under_their_marker() -> None:
    assert read("- one two three four", 12) == ["• one two", "  three four"]


def test_links_show_where_they_lead_and_lead_nowhere() -> None:
    assert read("[x](https://a.b) and [y](javascript:1)", 60) == [
        "x (https://a.b) and [y](javascript:1)"
    ]
    assert all(span.kind == "link" for block in blocks("[x](https://a.b)") for span in block.spans)


def test_html_and_markup_are_text() -> None:
    assert read("<b>bold</b> [@click=app.quit]x[/]", 60) == ["<b>bold</b> [@click=app.quit]x[/]"]


def test_what_misleads_is_taken_out_of_entities_too() -> None:
    (line,) = read("a&#8238;b&#x1b;[31mc\u200bd&#8203;e")
    assert line.replace("\ufffd", "") == "ab[31mcde"


def test_wide_characters_wrap_by_their_cells() -> None:
    assert all(len(line) <= 5 for line in read("漢字漢字漢字漢字", 10))


def test_deep_nesting_and_many_lines_are_bounded() -> None:
    assert len(read(">" * 5000 + "x")) < 50
    assert len(read("x\n\n" * 100_000)) < 2_000


MARKS = [
    *("word ", "a", "\n", "\n\n", "  ", "\t", "\xa0", "é", "…", *"*_`[]()<>&\\#-+=~>!|:;.,'\"1@"),
    *(
        "1. a",
        "\n1) a",
        "~~~",
        "- a",
        "+ a",
        "\n===",
        "\n---",
        "> a",
        "# a",
        "    a",
        "&amp;",
        "a  \n",
    ),
]


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(MARKS), max_size=8).map("".join))
def test_a_text_without_anything_to_read_is_set_as_the_library_would(text: str) -> None:
    assert blocks(text) == parsed(clean(text))


def test_most_of_what_is_written_needs_no_library() -> None:
    told = "A man says: “No.” (He is 40.)\nThen — nothing.\n\nMs. Moraru's phone; who has it?"
    assert not MEANT.search(told)
    assert [block.text for block in blocks(told)] == [
        "A man says: “No.” (He is 40.) Then — nothing.",
        "Ms. Moraru's phone; who has it?",
    ]


def test_an_erased_passage_says_so() -> None:
    told = blocks_of(replace(NARRATION, erased=True, text=""), None, None)
    assert "These words were erased." in [block.text for block in told]


async def shown(app: RecordingApp, line: FakeConnection, pilot: Pilot[Any]) -> Feed:
    """The feed of a line's exercise."""
    await pilot.pause()
    app.show(await ExerciseScreen.opened(FakeExercise(investigator=line)))
    await until(pilot, lambda: getattr(app.screen, "view", None) is not None)
    await pilot.pause()
    return app.screen.query_one(Feed)


def long_feed(count: int) -> FakeConnection:
    """A seat with many passages."""
    story = "The officer **waits** at the door. Nobody speaks for a while, and then all do. " * 3
    feed = tuple(passage(n, f"Passage {n}. {story}") for n in range(1, count + 1))
    return FakeConnection(replace(VIEW, feed=feed))


async def test_the_newest_is_shown_and_the_oldest_reachable(app: RecordingApp) -> None:
    line = long_feed(60)
    async with app.run_test(size=(80, 24)) as pilot:
        feed = await shown(app, line, pilot)
        feed.focus()
        await pilot.press("end")
        await until_shown(pilot, "Passage 60.")
        line.feed(feed=(*line.view.feed, passage(61, "And now this.")))
        await until_shown(pilot, "And now this.")
        await pilot.press("home")
        await until_shown(pilot, "Passage 1.")


async def test_the_page_keys_turn_the_situation_wherever_the_focus_is(app: RecordingApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        feed = await shown(app, long_feed(30), pilot)
        await pilot.press("1")
        await until(pilot, lambda: app.focused is not feed)
        before = feed.scroll_y
        await pilot.press("pagedown")
        await until(pilot, lambda: feed.scroll_y > before)
        await pilot.press("pageup")
        await until(pilot, lambda: feed.scroll_y == before)


async def test_enter_reads_on_and_then_goes_to_the_decision(app: RecordingApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        feed = await shown(app, long_feed(6), pilot)
        await until(pilot, lambda: app.focused is feed)
        assert "more ▼ page down" in screen_text(app)
        for _ in range(12):
            if app.focused is feed:
                await pilot.press("enter")
                await pilot.pause()
        await until_shown(pilot, "▸  1  Tell the named contact")


async def test_a_wider_window_sets_the_page_anew(app: RecordingApp) -> None:
    async with app.run_test(size=(60, 20)) as pilot:
        feed = await shown(app, long_feed(20), pilot)
        narrow = feed.virtual_size.height
        await pilot.resize_terminal(100, 40)
        await until(pilot, lambda: feed.virtual_size.height < narrow)
        await until(
            pilot, lambda: all(content.cell_length <= feed.size.width for _, content in feed._lines)
        )


async def test_what_is_read_stays_where_it_was_in_a_window_of_another_size(
    app: RecordingApp,
) -> None:
    """The word a page begins with is on the first line at each width, and back on its own after."""
    sizes = [(120, 40), (60, 20), (93, 44), (80, 24)]

    def told(number: int) -> str:
        words = [f"word-{number}-{n}." for n in range(70)]
        return "\n\n".join((" ".join(words[:50]), " ".join(words[50:]), "- a\n- b"))

    feed = tuple(passage(number, told(number)) for number in range(1, 9))
    async with app.run_test(size=sizes[-1]) as pilot:
        read = await shown(app, FakeConnection(replace(VIEW, feed=feed)), pilot)
        read.focus()

        def top() -> int:
            return round(read.scroll_y)

        def lines(number: int) -> list[str]:
            return [text.plain for _, text in read._lines[number : number + 5]]

        async def begins_with(page: list[str]) -> None:
            await until(pilot, lambda: lines(top()) == page)

        async def set_anew_since(was: Size) -> None:
            await until(pilot, lambda: read._seen_at == read.size != was)

        for line in range(2, read.max_scroll_y, read.max_scroll_y // 7):
            read.scroll_to(y=line, animate=False)
            await begins_with(lines(line))
            page = lines(line)
            word = next(each for each in " ".join(page).split() if each.startswith("word"))
            for size in sizes:
                was = read.size
                await pilot.resize_terminal(*size)
                await set_anew_since(was)
                begins = read._lines[top() :]
                begins = begins[: read.size.height if top() == read.max_scroll_y else 5]
                assert word in " ".join(text.plain for _, text in begins), (line, size)
            await begins_with(page)


async def test_only_new_passages_are_set(app: RecordingApp, monkeypatch: Any) -> None:
    line = long_feed(50)
    async with app.run_test(size=(120, 40)) as pilot:
        await shown(app, line, pilot)
        set_again: list[int] = []

        def counted(each: Any, before: Any, scene: Any) -> Any:
            set_again.append(each.number)
            return blocks_of(each, before, scene)

        monkeypatch.setattr("tabletop.console.widgets.feed.blocks_of", counted)
        line.feed(may=("say",))
        line.feed(feed=(*line.view.feed, passage(51, "One more.")))
        await until_shown(pilot, "One more.")
        assert set_again == [51]


async def test_a_key_costs_no_more_at_five_hundred_passages(tmp_path: Path) -> None:
    """In calls, which no other program on the machine changes."""

    async def pressed(passages: int) -> float:
        calls: list[int] = []
        counting = itertools.count()
        app = RecordingApp(FakeLibrary(), FakeFolder(tmp_path))
        async with app.run_test(size=(120, 40)) as pilot:
            await shown(app, long_feed(passages), pilot)
            app.screen.query_one(Feed).focus()
            await pilot.pause()
            for key in ("up", "down") * 4:
                sys.setprofile(lambda frame, event, _: event == "call" and next(counting))
                await pilot.press(key)
                sys.setprofile(None)
                calls.append(next(counting))
        return median(later - before for before, later in itertools.pairwise(calls))

    few, many = await pressed(50), await pressed(500)
    assert many < 1.05 * few


def test_the_agenda_needs_no_screen() -> None:
    ask = agenda(replace(VIEW, decisions=(NOTICE,)))
    assert (ask.heading, ask.does, ask.confirm) == ("YOUR DECISION", "", "commit")
