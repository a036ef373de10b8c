"""The debrief as Markdown and HTML: whole, harmless, and the same every time."""

import itertools
import os
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from random import Random

import pytest
import shipped
from debrief_table import Table
from markdown_it import MarkdownIt

from tabletop.authoring.plays import commands_of, read_play
from tabletop.debrief import blocks as b
from tabletop.debrief import prose
from tabletop.debrief.documents.debrief import debrief
from tabletop.debrief.formats import html, markdown
from tabletop.debrief.pages import notice, pages
from tabletop.debrief.report import build
from tabletop.exercise import commands as c

HERE = Path(__file__).parent
TEXT = (HERE / "scenario.yaml").read_text(encoding="utf-8")
GOLDENS = HERE / "goldens"

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>"
    "[click](javascript:alert(3)) ![pic](https://evil.example/p.png) <https://evil.example>\n"
    "# A heading\n===\n- item\n1. first\n| a | b |\n|---|---|\n```\ncode\n```\n"
    "&lt;b&gt; &#27; {{ 7*7 }} {% raw %} $x$ *bold* __bold__ ~~gone~~"
    " https://evil.example www.evil.example\n"
    "\x1b]0;owned\x07\x1b[31mred\x9b31m \u202eright to left\u2066 zero\u200bwidth\ufeff \x00 end"
)
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def hostile_report():
    text = TEXT
    for found, put in (
        ("title: Two Doors", "title: '<script>alert(1)</script> [x](javascript:1) *d*'"),
        ("title: The notice", "title: '| n | <b>o</b> # t'"),
        (
            "text: Call now.",
            "text: '<img src=x onerror=alert(1)> [now](//e) **now**'",
        ),
        (
            "because: Nobody can leak it.",
            "because: '</style></svg><script>1</script> ![p](http://e.example/x)'",
        ),
        ("support: Call the desk.", "support: '# <iframe src=//evil.example></iframe> &#27;[2J'"),
        (
            'narration: "Night, and **quiet**."',
            "narration: '<svg onload=1> [go](//e) **quiet** `c`'",
        ),
        ("title: Two beds", "title: '<u>Two</u> beds | $x$'"),
    ):
        assert found in text
        text = text.replace(found, put)
    table = Table(text, ("investigator", "advocate"), names={"investigator": HOSTILE[:80]})
    table.do("investigator", c.Say("all", HOSTILE))
    table.do("investigator", c.Commit("notice", "late", reason=HOSTILE, confidence=2))
    table.play(Random(3))
    table.do("investigator", c.Reflect("reaction", HOSTILE))
    table.do("advocate", c.Reflect("delta", HOSTILE))
    return build(table.record(), names=True)


def shipped_report(slug="first_hour", people=("investigator",), seed=1):
    text = (shipped.ROOT / slug / "scenario.yaml").read_text(encoding="utf-8")
    return build(Table(text, people).play(Random(seed)).record())


class Reader(HTMLParser):
    """Every element and attribute of a page, and the text outside style."""

    VOID = ("meta", "col", "line", "circle", "rect", "path")

    def __init__(self):
        super().__init__()
        self.elements, self.attributes, self.open, self.text = [], [], [], ""

    def handle_starttag(self, tag, attrs):
        self.elements.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.text += data


ALLOWED = {
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "header",
    "main",
    "footer",
    "nav",
    "section",
    "div",
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "ol",
    "ul",
    "li",
    "a",
    "dl",
    "dt",
    "dd",
    "blockquote",
    "table",
    "caption",
    "colgroup",
    "col",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "figure",
    "figcaption",
    "span",
    "svg",
    "desc",
    "line",
    "circle",
    "rect",
    "path",
    "text",
    "strong",
    "em",
    "code",
    "br",
}


def read(page):
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert not reader.open
    return reader


@pytest.mark.parametrize("report", [hostile_report, shipped_report])
def test_html_asks_for_nothing_and_runs_nothing(report):
    page = html.render(debrief(report()))
    reader = read(page)
    assert set(reader.elements) <= ALLOWED
    for tag, name, value in reader.attributes:
        assert not name.startswith("on"), (tag, name)
        assert name not in ("src", "srcset", "style", "action", "data", "background", "poster")
        if name == "href":
            assert re.fullmatch(r"#[a-z]+", value)
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)[1]
    assert "url(" not in style
    assert "@import" not in style
    assert page.count("<style>") == 1
    assert not STEERING.search(page)


def test_html_shows_hostile_words_as_they_were_written():
    reader = read(html.render(debrief(hostile_report())))
    assert "<script>alert(1)</script>" in reader.text
    assert "[click](javascript:alert(3))" in reader.text
    assert "{{ 7*7 }}" in reader.text
    assert "onerror=alert(1)" in reader.text


def test_authors_emphasis_is_all_that_commonmark_may_do():
    page = html.render(debrief(hostile_report()))
    assert "<strong>quiet</strong>" in page
    assert "&lt;svg onload=1&gt;" in page
    assert "[go](//e)" in page
    assert prose.html("a\n\n- b\n- c").count("<li>") == 2


def test_an_entity_does_not_bring_a_control_character_back():
    assert not STEERING.search(prose.html("a &#27;[2J &#x202e; b"))
    assert not STEERING.search(prose.plain("a &#27;[2J &#x202e; b"))


def test_plain_words_read_as_the_parser_reads_them():
    """What needs no parsing is not parsed, over random texts of signs that do and do not matter."""
    chance = Random(4)
    plain = 0
    for number in range(4_000):
        signs = "abé日12 .,;:'\"\n\u2019\u201c!?()-" + "_*#+>[]\\&<\t\u202e" * (number % 2)
        text = "".join(chance.choice(signs) for _ in range(chance.randrange(12)))
        parsed = str(prose._parser().render(prose.clean(text))).strip()
        assert prose.html(text) == parsed, text
        plain += prose._bare(prose.clean(text).rstrip()) is not None
    assert plain > 300


def test_paragraphs_of_plain_words_are_those_the_parser_finds(monkeypatch):
    """The same for what is set without markup: whether it is parsed shows in nothing."""
    chance = Random(5)
    given = []
    for number in range(3_000):
        signs = "abé日12 .,;:'\"\u201c\u201d\u2013%!?()-\n" + "_*#+>[]\\&<\t\u202e" * (number % 2)
        given.append("".join(chance.choice(signs) for _ in range(chance.randrange(16))))
    found = [prose.paragraphs.__wrapped__(text) for text in given]
    quick = sum(prose._bare(prose.clean(text).rstrip()) is not None for text in given)
    monkeypatch.setattr(prose, "_WORDS", re.compile("(?!)"))
    assert found == [prose.paragraphs.__wrapped__(text) for text in given]
    assert quick > 200


def test_words_that_need_no_escape_are_escaped_like_all_others(monkeypatch):
    chance = Random(6)
    given = []
    for number in range(3_000):
        signs = "abwé日12 .,;'\u2019!?()-" + "_*#+>[]\\&<:@\n\t\u202e" * (number % 2)
        given.append("".join(chance.choice(signs) for _ in range(chance.randrange(16))))
    given += ["see www.evil.example", "1. one", "- item", "a  ", "https://x"]
    found = [prose.markdown(text) for text in given]
    monkeypatch.setattr(prose, "_LOUD", re.compile(""))
    assert found == [prose.markdown(text) for text in given]


@pytest.mark.parametrize("report", [hostile_report, shipped_report])
def test_markdown_holds_no_markup_but_ours(report):
    report = report()
    text = markdown.render(debrief(report))
    assert not STEERING.search(text)
    tokens = MarkdownIt("gfm-like", {"linkify": False}).enable("table").parse(text)
    kinds = [token.type for token in tokens]
    inline = [child for token in tokens for child in token.children or ()]
    assert not {"html_block", "code_block", "fence", "hr"} & set(kinds)
    assert not {"html_inline", "link_open", "image", "code_inline", "s_open"} & {
        child.type for child in inline
    }
    headings = kinds.count("heading_open")
    ours = 1 + sum(
        1 + sum(isinstance(block, b.Heading) for block in page.blocks) for page in pages(report)
    )
    assert headings == ours
    assert kinds.count("table_open") == sum(
        isinstance(block, b.Table | b.Figure) for page in pages(report) for block in page.blocks
    )


def test_markdown_reads_back_as_it_was_written():
    def said(text):
        tokens = MarkdownIt("commonmark").parse(prose.markdown(text))
        return "\n".join(
            "".join(
                "\n" if child.type in ("softbreak", "hardbreak") else child.content
                for child in token.children
            )
            for token in tokens
            if token.type == "inline"
        )

    for line in prose.clean(HOSTILE).split("\n"):
        assert said(line) == line.strip()


def test_addresses_are_not_made_into_links():
    rendered = MarkdownIt("commonmark", {"linkify": False}).render(
        prose.markdown("https://evil.example www.evil.example a@evil.example")
    )
    assert "<a" not in rendered
    assert "https\\:" in prose.markdown("https://evil.example")
    assert "www\\." in prose.markdown("www.evil.example")


def test_every_page_and_the_notice_stand_in_both_documents():
    report = shipped_report()
    page, text = read(html.render(debrief(report))).text, markdown.render(debrief(report))
    flat = " ".join(page.split())
    for each in notice(report):
        assert " ".join(prose.clean(each).split()) in flat
    for leaf in pages(report):
        assert leaf.title in page
        assert f"## {leaf.title}" in text
    for phrase in ("Not legal advice", "discoverable", "exercise's author", "Law as of 2026-11-01"):
        assert phrase in flat
        assert phrase in text
    assert flat.count("exercise – exercise – exercise") >= 2


def test_the_page_has_a_language_and_headings_in_order():
    page = html.render(debrief(replace(shipped_report(), language="fr")))
    assert '<html lang="fr">' in page
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_the_chart_is_named_and_its_numbers_stand_in_the_table():
    report = shipped_report(seed=2)
    page = html.render(debrief(report))
    chart = re.search(r'<svg [^>]*aria-label="Marks by choice.*?</svg>', page, re.DOTALL)[0]
    assert chart.count("<circle") == chart.count("<rect") == len(report.points)
    table = page[page.index(chart) + len(chart) :]
    for number, point in enumerate(report.points, 1):
        assert f'<th scope="row">{number}</th>' in table
        assert prose.markdown(point.title)


def test_print_and_dark_are_seen_to():
    page = html.render(debrief(shipped_report()))
    assert "@media print" in page
    assert "prefers-color-scheme: dark" in page


def test_rendering_twice_gives_the_same():
    assert html.render(debrief(shipped_report())) == html.render(debrief(shipped_report()))
    assert markdown.render(debrief(shipped_report())) == markdown.render(debrief(shipped_report()))


@pytest.mark.parametrize(
    ("scenario", "slug"),
    [
        ("first_hour", "alone_as_sergeant"),
        ("first_hour", "called_first"),
        ("larkmoor_row", "the_case_stands"),
    ],
)
def test_the_debrief_is_the_one_on_file(scenario, slug):
    """The debrief of a play script; TABLETOP_GOLDENS=write writes it anew."""
    engine = shipped.engine(scenario)
    path = shipped.ROOT / scenario / "plays" / f"{slug}.yaml"
    script, problems = read_play(path.read_bytes(), path.name, engine)
    assert not problems
    text = (shipped.ROOT / scenario / "scenario.yaml").read_text(encoding="utf-8")
    table = Table(text, script.people)
    for seat, command in commands_of(engine, script):
        table.later(1).do(seat, command)
    made = markdown.render(debrief(build(table.record())))
    golden = GOLDENS / f"{slug}.md"
    if os.environ.get("TABLETOP_GOLDENS") == "write":
        golden.write_text(made, encoding="utf-8")
    assert made == golden.read_text(encoding="utf-8")
