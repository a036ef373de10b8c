"""Random plays over the compiled rules: what testing by luck does, as fast as it can be done."""

import random

from tabletop.authoring.packed.reach import Reached, arriving

Seen = set[tuple[str, int]]
"""Situations as the plain exploration tells them apart."""


def play(reached: Reached, chance: random.Random, seen: Seen | None = None) -> int:
    """Plays once to the end, each move with equal chances, and gives how many moves it took."""
    model = reached.model
    scene, packed, steps = model.scenario.start, reached.begin, 0
    while True:
        inside = model.inside(scene)
        local, beside = packed & inside.stage.inside, packed & ~inside.stage.inside
        _, at = inside.arrive(local)
        while at >= 0:
            if seen is not None:
                own = inside.nodes[at]
                rest = beside & ~inside.stopped(own)
                seen.add((scene, (own & ~inside.stage.touchable | rest) & inside.stage.plain))
            at = chance.choice(inside.after(at))
            steps += 1
        way = inside.exits[~at]
        if not way.to:
            if seen is not None:
                seen.add((scene, -1))
            return steps
        packed, scene = arriving(model, way, beside), way.to
