"""A diagram as lines: what a picture shows, in an order that can be read aloud."""

from collections.abc import Iterable, Iterator

from tabletop.authoring.diagram.model import Diagram, DrawnScene, Standing, Way
from tabletop.authoring.findings import Finding
from tabletop.wording import say


def lines(diagram: Diagram) -> Iterator[str]:
    """The map, module by module, and the path at its end."""
    yield say("{title} {version}", title=diagram.title, version=diagram.version)
    yield counted(diagram)
    for module in (*diagram.modules, ""):
        scenes = diagram.within(module)
        if not scenes:
            continue
        yield ""
        yield module or say("Missing")
        for scene in scenes:
            yield from (f"  {line}" for line in told(diagram, scene))
    if diagram.elsewhere:
        yield ""
        yield say("Outside of the scenes")
        yield from (f"  {line}" for line in _found(diagram.elsewhere))
    if diagram.path:
        yield ""
        yield say("The path taken")
        yield from (f"  {line}" for line in _path(diagram))


def counted(diagram: Diagram) -> str:
    """How many scenes, endings and decisions there are."""
    there = [scene for scene in diagram.scenes if scene.standing != "missing"]
    endings = sum(scene.ending for scene in there)
    return say(
        "{scenes}, {endings}, {decisions}",
        scenes=_many(len(there) - endings, say("scene"), say("scenes")),
        endings=_many(endings, say("ending"), say("endings")),
        decisions=_many(
            sum(len(scene.asked) for scene in there), say("decision"), say("decisions")
        ),
    )


def told(diagram: Diagram, scene: DrawnScene) -> Iterator[str]:
    """One scene: what it is, what it asks, where it leads, and what was found in it."""
    signs = [
        say("Start") if scene.start else "",
        say("Ending") if scene.ending else "",
        standing(scene.standing),
        _stepped(scene.steps),
    ]
    heading = f"{scene.title} [{scene.id}]"
    if scene.minutes:
        heading = say("{scene}, {minutes} min", scene=heading, minutes=scene.minutes)
    yield ". ".join([heading, *filter(None, signs)])
    for asked in scene.asked:
        line = say(
            "asks {title} ({roles}, {options} options)",
            title=asked.title,
            roles=", ".join(asked.by),
            options=asked.options,
        )
        yield f"  {line}: {', '.join(asked.chosen)}" if asked.chosen else f"  {line}"
    for way in scene.ways:
        yield f"  {_way(diagram, way)}"
        yield from (f"    {line}" for line in _found(way.findings))
    yield from (f"  {line}" for line in _found(scene.findings))


def standing(what: Standing) -> str:
    """What is wrong with a scene, in a few words."""
    return {
        "": "",
        "unreached": say("Nothing leads here"),
        "stuck": say("Dead end"),
        "missing": say("No such scene"),
    }[what]


def branch(way: Way) -> str:
    """When a way is taken, in the order ways are tried; empty for the only one."""
    if way.jump:
        return say("jump")
    if way.condition:
        return way.condition if way.alone else f"{way.number}: {way.condition}"
    return "" if way.alone else say("{number}: otherwise", number=way.number)


def finding_line(finding: Finding) -> str:
    """A finding on one line: how much it weighs, its code, and its sentence."""
    weight = say("Error") if finding.severity == "error" else say("Warning")
    return f"{weight} {finding.code}: {finding.message}"


def _way(diagram: Diagram, way: Way) -> str:
    title = next(scene.title for scene in diagram.scenes if scene.id == way.to)
    values = {"scene": f"{title} [{way.to}]", "when": way.condition}
    if way.jump:
        line = say("the facilitator jumped to {scene}", **values)
    elif way.number == 1:
        line = say("leads to {scene} if {when}" if way.condition else "leads to {scene}", **values)
    elif way.condition:
        line = say("or else to {scene} if {when}", **values)
    else:
        line = say("otherwise to {scene}", **values)
    signs = [say("No route takes this way")] if way.untaken else []
    return ". ".join([line, *signs, *filter(None, [_stepped(way.steps)])])


def _found(findings: Iterable[Finding]) -> Iterator[str]:
    for finding in findings:
        yield "! " + finding_line(finding)


def _stepped(steps: tuple[int, ...]) -> str:
    if not steps:
        return ""
    if len(steps) == 1:
        return say("Step {number}", number=steps[0])
    return say("Steps {numbers}", numbers=", ".join(map(str, steps)))


def _path(diagram: Diagram) -> Iterator[str]:
    titles = {scene.id: scene.title for scene in diagram.scenes}
    for step in diagram.path:
        yield f"{step.number}. {titles.get(step.scene, step.scene)} [{step.scene}]"
        for decision, option in step.chosen:
            yield f"   {decision}: {option}"


def _many(count: int, one: str, several: str) -> str:
    return f"{count} {one if count == 1 else several}"
