"""A diagram as lines: what a picture shows, in an order that can be read aloud."""

from collections.abc import Iterable, Iterator

from tabletop.authoring.diagram.model import Asked, Diagram, DrawnScene, Way
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
        yield module or _apart(scenes)
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
    signs = [sign for sign in (standing(scene), _stepped(scene.steps)) if sign]
    heading = f"{scene.title} [{scene.id}]"
    if scene.minutes:
        heading = say("{scene}, {minutes} min", scene=heading, minutes=scene.minutes)
    yield ". ".join([heading, *signs])
    for asked in scene.asked:
        yield "  " + say("asks {decision}", decision=decision_line(asked))
    for way in scene.ways:
        yield f"  {_way(diagram, way)}"
        yield from (f"    {line}" for line in _found(way.findings))
    yield from (f"  {line}" for line in _found(scene.findings))


def standing(scene: DrawnScene) -> str:
    """What a scene is on the map, in a word or a few; empty for one like any other."""
    words = []
    if scene.start:
        words.append(say("Start"))
    if scene.ending:
        words.append(say("Ending"))
    if scene.standing:
        words.append(
            {
                "unreached": say("Nothing leads here"),
                "stuck": say("Dead end"),
                "missing": say("No such scene"),
            }[scene.standing]
        )
    return ". ".join(words)


def decision_line(asked: Asked) -> str:
    """A decision with who takes it and how many options there are."""
    line = say(
        "{title} ({roles}, {options} options)",
        title=asked.title,
        roles=", ".join(asked.by),
        options=asked.options,
    )
    if not asked.chosen:
        return line
    return say("{decision}: {chosen}", decision=line, chosen=", ".join(asked.chosen))


def branch(way: Way) -> str:
    """When a way is taken, in the order ways are tried; empty for the only one."""
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
    if way.number == 1:
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


def _apart(scenes: tuple[DrawnScene, ...]) -> str:
    return say("Endings") if all(scene.ending for scene in scenes) else say("Outside of modules")


def _many(count: int, one: str, several: str) -> str:
    return f"{count} {one if count == 1 else several}"
