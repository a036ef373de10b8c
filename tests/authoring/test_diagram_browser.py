"""The picture in a real browser: every text stays on its card, and nothing is asked for."""

import json
import re

import maps
import shipped
from browser import browse, hosts_asked, needs_browser

from tabletop.authoring.diagram import svg

pytestmark = needs_browser

LOOK = """
<pre id="outside"></pre>
<script>
const outside = [];
for (const text of document.querySelectorAll(".scene > text, .said > text")) {
  const own = text.getBBox(), card = text.parentNode.querySelector("rect").getBBox();
  if (own.x < card.x || own.x + own.width > card.x + card.width || own.y < card.y
      || own.y + own.height > card.y + card.height + 1) outside.push(text.textContent);
}
const count = document.querySelectorAll("text").length;
document.getElementById("outside").textContent = JSON.stringify([count, outside]);
</script>
"""
MAPS = (maps.broken(), maps.hostile(maps.HOSTILE), *map(maps.played, shipped.SLUGS))


def test_every_text_lies_within_its_frame(tmp_path) -> None:
    page = tmp_path / "page.html"
    pictures = "".join("\n".join(svg.lines(each)) for each in MAPS)
    page.write_text(f"<!DOCTYPE html><meta charset=utf-8>{pictures}{LOOK}", encoding="utf-8")
    shown = browse(page, tmp_path, "--dump-dom").stdout
    count, outside = json.loads(re.search(r'<pre id="outside">(.*?)</pre>', shown, re.DOTALL)[1])
    assert count > 200
    assert outside == []


def test_the_picture_alone_draws_and_asks_nobody_for_anything(tmp_path) -> None:
    page, log, drawn = (tmp_path / name for name in ("map.svg", "net.json", "map.png"))
    page.write_text("\n".join(svg.lines(MAPS[-1])), encoding="utf-8")
    browse(page, tmp_path, f"--log-net-log={log}", f"--screenshot={drawn}")
    assert drawn.stat().st_size > 20_000
    assert hosts_asked(log) == set()
