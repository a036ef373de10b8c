"""Story: the passages of a feed as blocks of text, with a heading for each and for each scene."""

from functools import lru_cache

from tabletop.console.typeset import Block, blocks, plain
from tabletop.exercise.view_types import PassageView, SceneView
from tabletop.wording import say

PLAIN = ("narration", "brief")
"""Kinds that speak for themselves under the heading of the scene."""


def blocks_of(
    passage: PassageView, before: PassageView | None, scene: SceneView | None
) -> tuple[Block, ...]:
    """A passage as it is read after another one, in its scene."""
    if passage.kind == "brief":
        return (plain(say("Your brief"), "title", gap=2 if before else 0), *_passage(passage))
    new_scene = scene is not None and (
        before is None or before.kind == "brief" or before.scene != passage.scene
    )
    return (*(_scene(scene, before is None) if new_scene and scene else ()), *_passage(passage))


def _scene(scene: SceneView, first: bool) -> tuple[Block, ...]:
    """The heading of a scene."""
    place = scene.module if scene.module == scene.title else f"{scene.module} · {scene.title}"
    gap = 0 if first else 2
    told = [plain(place, "title", gap=gap)]
    if scene.time:
        told.append(plain(scene.time, "note"))
    return tuple(told)


@lru_cache(maxsize=4_096)
def _passage(passage: PassageView) -> tuple[Block, ...]:
    told: list[Block] = []
    if passage.heading and passage.kind not in PLAIN:
        told.append(plain(passage.heading, "heading", gap=1))
    if passage.title and passage.kind not in PLAIN and passage.title not in passage.heading:
        told.append(plain(passage.title, "title"))
    if passage.erased:
        told.append(plain(say("These words were erased."), "note", gap=0 if told else 1))
    else:
        first, *others = blocks(passage.text) or (plain(""),)
        gap = 0 if told else 1
        told += [_after(first, gap), *others]
    if passage.faded:
        told.append(plain(say("You read the gentler wording of this passage."), "note"))
    elif passage.skippable:
        told.append(plain(say("This passage has a gentler wording."), "note"))
    return tuple(told)


def _after(block: Block, gap: int) -> Block:
    return Block(block.text, block.spans, block.kind, block.first, block.rest, gap)
