"""Mermaid, DOT and SVG say what the cards say, whatever titles hold, and nothing else."""

import json
import re
import shutil
import subprocess
from functools import partial
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree as ET

import maps
import pytest
import shipped
from hypothesis import example, given, settings

from tabletop.authoring.diagram import dot, mermaid, svg
from tabletop.authoring.diagram.card import card, heading, label, stepped, summary
from tabletop.authoring.diagram.measure import broken, width
from tabletop.authoring.diagram.model import Diagram
from tabletop.authoring.diagram.placing import Box

SVG = "{http://www.w3.org/2000/svg}"
DRAWN = {
    "wrong": maps.broken,
    "hostile": partial(maps.hostile, maps.HOSTILE),
    "keywords": partial(maps.hostile, ("end", "graph", "style")),
    **{slug: partial(maps.played, slug) for slug in shipped.SLUGS},
}
every_map = pytest.mark.parametrize("drawn", [pytest.param(DRAWN[each], id=each) for each in DRAWN])


def over_titles(test):
    """Runs a test over titles drawn to be misread."""
    bounded = settings(max_examples=30, deadline=None)
    return bounded(example(titles=list(maps.HOSTILE))(given(titles=maps.titles)(test)))


def said(diagram: Diagram) -> list[str]:
    """Everything a picture in Mermaid or DOT says, in no order."""
    lines = [heading(module) for module in diagram.modules]
    for part in (*diagram.scenes, *diagram.ways):
        own = label(part) if hasattr(part, "to") else card(part)
        lines += [line.text for line in (*stepped(part.steps), *own)]
    return sorted(lines)


SAFE = r"[\w ,?!'()]|[^\x00-\x7f]|#\d+;"
NODE = rf's_\w+(?:\(\["|\[")(?P<text>(?:{SAFE}|<b>|</b>|<br>)*)(?:"\]\)|"\])'
ARROW = rf's_\w+ (?:-->|==>|-\.->)(?:\|"(?P<text>(?:{SAFE}|<br>)*)"\|)? s_\w+'
GROUP = rf'subgraph module_\d+\["(?P<text>(?:{SAFE})*)"\]'
REST = rf"flowchart TD|end|acc(Title|Descr): ({SAFE})*|classDef \w+ [\w:#,\- ]*|class [\w,]+ \w+"


def in_mermaid(text: str) -> list[str]:
    """What a Mermaid diagram says, by a reading of its own; anything unexpected fails."""
    found = []
    for line in text.splitlines():
        match = re.fullmatch(rf" *(?:{NODE})", line) or re.fullmatch(rf" *(?:{ARROW})", line)
        match = match or re.fullmatch(rf" *(?:{GROUP})", line)
        if match is None:
            assert re.fullmatch(rf" *(?:{REST})", line), line
        elif match["text"]:
            plain = match["text"].replace("<b>", "").replace("</b>", "")
            found += [unnumbered(part).replace("\u200c", "") for part in plain.split("<br>")]
    return sorted(found)


def unnumbered(text: str) -> str:
    """Mermaid's text as it is shown."""
    return re.sub(r"#(\d+);", lambda found: chr(int(found[1])), text)


def test_mermaid_makes_no_icon_of_a_title() -> None:
    """It looks for `fa:fa-` in what it has already put together, quotes and numbers or not."""
    assert not re.search(r"fa[bklrs]?:fa-", unnumbered(mermaid.quoted("a fa:fa-user")))


@over_titles
def test_mermaid_holds_nothing_of_an_author_outside_of_its_quotes(titles) -> None:
    drawn = maps.hostile(titles)
    assert in_mermaid("\n".join(mermaid.lines(drawn))) == said(drawn)


def in_dot(text: str) -> list[str]:
    """What a DOT diagram says, by a reading of its own; anything unexpected fails."""
    assert re.fullmatch(r"[\w =\[\],;{}>\-.\n]*", QUOTED.sub("", text)), QUOTED.sub("", text)
    labels = re.findall(rf"label={QUOTED.pattern}", text)
    lines = [line for given in labels for line in unescaped(given).split("\n") if line]
    return sorted(lines)


QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')


def unescaped(given: str) -> str:
    """DOT's text as it is shown."""
    shown = re.sub(r"\\(.)", lambda found: "\n" if found[1] == "l" else found[1], given)
    assert not re.search("&(?!amp;)", shown), shown
    return shown.replace("&amp;", "&")


@over_titles
def test_dot_holds_nothing_of_an_author_outside_of_its_quotes(titles) -> None:
    drawn = maps.hostile(titles)
    named = f"{drawn.title} {drawn.version}"
    assert in_dot("\n".join(dot.lines(drawn))) == sorted([named, *said(drawn)])


@over_titles
def test_the_picture_says_every_line_as_text_and_runs_nothing(titles) -> None:
    drawn = maps.hostile(titles)
    whole = "\n".join(svg.lines(drawn))
    root = ET.fromstring(whole)
    shown = [element.text or "" for element in root.iter(f"{SVG}text")]
    for scene in drawn.scenes:
        for line in card(scene):
            assert line.text in shown
    for way in drawn.ways:
        for line in label(way):
            assert line.text in shown
    assert root.find(f"{SVG}title").text == drawn.title
    assert root.find(f"{SVG}desc").text == summary(drawn)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg", "title", "desc", "style", "rect", "text", "g", "path",
    }  # fmt: skip
    attributes = {name for element in root.iter() for name in element.attrib}
    assert not [name for name in attributes if name.startswith("on") or "href" in name]
    assert "url(" not in root.find(f"{SVG}style").text


def boxes(root: ET.Element, kind: str) -> list[Box]:
    found = []
    for group in root.iter(f"{SVG}g"):
        if kind in group.get("class", "").split():
            rect = group.find(f"{SVG}rect")
            found.append(Box(*(float(rect.get(each)) for each in ("x", "y", "width", "height"))))
    return found


def apart(one: Box, other: Box) -> bool:
    return (
        one.x + one.width <= other.x + 0.2
        or other.x + other.width <= one.x + 0.2
        or one.y + one.height <= other.y + 0.2
        or other.y + other.height <= one.y + 0.2
    )


@every_map
def test_no_scene_and_no_label_lies_on_another_and_all_lie_on_the_page(drawn) -> None:
    root = ET.fromstring("\n".join(svg.lines(drawn())))
    scenes, labels = boxes(root, "scene"), boxes(root, "said")
    assert scenes
    for one, other in combinations([*scenes, *labels], 2):
        assert apart(one, other)
    wide, high = float(root.get("width")), float(root.get("height"))
    for box in (*scenes, *labels, *boxes(root, "module")):
        assert box.x >= 0
        assert box.x + box.width <= wide
        assert box.y + box.height <= high


@pytest.mark.parametrize("slug", shipped.SLUGS)
def test_a_shipped_map_fits_a_screen_at_a_size_that_can_be_read(slug: str) -> None:
    drawn = maps.played(slug)
    root = ET.fromstring("\n".join(svg.lines(drawn)))
    assert min(1280 / float(root.get("width")), 850 / float(root.get("height"))) > 0.9


def test_the_same_map_is_drawn_the_same_twice() -> None:
    assert list(svg.lines(maps.broken())) == list(svg.lines(maps.broken()))


def test_the_colors_of_the_picture_are_those_of_the_screens() -> None:
    """There a test holds each of them to its contrast."""
    from tabletop.console.themes import PALETTES

    ours = set(re.findall(r"#[0-9a-f]{6}", svg._style()))
    theirs = {value for name in ("light", "dark") for value in vars_of(PALETTES[name])}
    assert ours - {"#ffffff"} <= theirs


def vars_of(palette) -> list[str]:
    return [getattr(palette, field) for field in palette.__dataclass_fields__]


@given(text=maps.titles)
@settings(max_examples=60, deadline=None)
def test_lines_are_as_wide_as_they_may_be_and_keep_every_word(text) -> None:
    whole = " ".join(" ".join(text).split())
    lines = broken(whole, 12, 1000)
    assert "".join(lines).replace(" ", "") == whole.replace(" ", "")
    assert all(width(line) <= 12 for line in lines)
    for most in (1, 2, 3):
        cut = broken(whole, 12, most)
        assert len(cut) == min(most, len(lines))
        assert all(width(line) <= 12 for line in cut)
        assert (cut == lines) == (len(lines) <= most)


@pytest.mark.skipif(shutil.which("dot") is None, reason="no Graphviz on this machine")
@every_map
def test_graphviz_itself_shows_every_line(drawn) -> None:
    shown = subprocess.run(
        ["dot", "-Tsvg"], input="\n".join(dot.lines(drawn())).encode(),
        capture_output=True, check=True, timeout=60,
    )  # fmt: skip
    assert shown.stderr == b""
    root = ET.fromstring(shown.stdout)
    lines = [" ".join((element.text or "").split()) for element in root.iter(f"{SVG}text")]
    for line in said(drawn()):
        assert " ".join(line.split()) in lines


MODULES = shipped.ROOT.parent / ".venv" / "node" / "node_modules"


@pytest.mark.skipif(
    not (MODULES / "mermaid").is_dir() or not (MODULES / "jsdom").is_dir(),
    reason="no Mermaid on this machine",
)
def test_mermaid_itself_reads_every_line(tmp_path) -> None:
    drawn = [each() for each in DRAWN.values()]
    # A module of node's finds others beside it, wherever it is started.
    script = shutil.copy(Path(__file__).parent / "read_mermaid.mjs", tmp_path)
    (tmp_path / "node_modules").symlink_to(MODULES)
    texts = json.dumps(["\n".join(mermaid.lines(each)) for each in drawn])
    done = subprocess.run(
        ["node", script], input=texts.encode(), capture_output=True, check=True, timeout=120
    )
    for each, read in zip(drawn, json.loads(done.stdout), strict=True):
        assert sorted(line.replace("\u200c", "") for line in read if line) == said(each)
