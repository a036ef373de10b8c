"""Report: a debrief built from a record alone, whatever has become of files and versions since.

The record carries its scenario and the guidance it rests on; nothing else is read, so the same
record gives the same report on any machine. The order is that of `pages.py`: reactions first,
numbers last.
"""

from dataclasses import replace

from tabletop.authoring.diagram.model import diagram
from tabletop.authoring.diagram.path import path_through
from tabletop.debrief import strand
from tabletop.debrief.analysis.ahead import LIMIT, Ahead
from tabletop.debrief.analysis.causes import causes
from tabletop.debrief.analysis.knowing import knowing
from tabletop.debrief.answers import answers
from tabletop.debrief.choices import Choice, choices
from tabletop.debrief.concluded import concluded
from tabletop.debrief.findings import Findings, Reader, findings
from tabletop.debrief.knowledge import knowledge
from tabletop.debrief.parts import Closing, Notice, Report, Takeaway, Written
from tabletop.debrief.prose import line, plain
from tabletop.debrief.reasons import Explainer
from tabletop.debrief.standing import bands, points
from tabletop.debrief.steering import observed, steered
from tabletop.debrief.telling import Telling
from tabletop.debrief.timeline import story
from tabletop.debrief.turning import turned
from tabletop.exercise import events as e
from tabletop.exercise.commands import PROMPTS, Prompt
from tabletop.exercise.record import Record
from tabletop.exercise.scoring import score

__all__ = ["Report", "build", "report"]


def build(
    record: Record, *, names: bool = False, language: str = "en", limit: int = LIMIT
) -> Report:
    """The debrief of a record; players' own names only where they are asked for.

    What it turned on is worked out up to a `limit` of situations. That takes most of the time;
    with 0 it is left out, for who asks about the rest.
    """
    telling = Telling(record, names=names)
    ahead = Ahead(telling, limit=limit)
    return report(Reader(telling, language), choices(telling), ahead)


def report(reader: Reader, made: tuple[Choice, ...], ahead: Ahead) -> Report:
    """The debrief of a record that has been read, with its choices, in a reader's language."""
    telling, language = reader.telling, reader.language
    found = findings(reader, made)
    told = story(telling, made, language)
    marks = score(telling.events)
    explainer = Explainer(telling, causes(telling), language)
    return Report(
        language=language,
        exercise=telling.record.header.id,
        notice=_notice(telling),
        reflections=tuple((prompt, _written(telling, prompt)) for prompt in PROMPTS),
        story=told,
        knowledge=knowledge(telling, knowing(telling), explainer.followed),
        answers=answers(telling, made),
        explained=explainer.story(),
        steered=steered(telling),
        observed=observed(telling),
        way=diagram(
            telling.scenario,
            path=path_through(
                telling.engine, ((step.before, step.event) for step in telling.steps)
            ),
            parameters=telling.engine.parameters,
        ),
        strengths=found.strengths,
        gaps=found.gaps,
        pulls=found.pulls,
        either_way=strand.either_way(telling),
        traces=strand.traces(telling, made),
        collaboration=strand.collaboration(telling, told, made, explainer),
        bands=bands(telling, marks),
        points=points(telling, marks, made, reader),
        critical=found.critical,
        takeaway=_takeaway(found),
        closing=_closing(telling),
        turned=turned(reader, ahead),
        concluded=concluded(reader, made),
    )


def _notice(telling: Telling) -> Notice:
    scenario, header = telling.scenario, telling.record.header
    reached = (scenario.module_of(scene) for scene in telling.state.visited)
    return Notice(
        title=line(telling.fill(scenario.title)),
        version=scenario.version,
        created=header.created[:10],
        minutes=-(-telling.state.at // 60_000),
        modules=tuple(
            line(telling.fill(module))
            for module in dict.fromkeys(reached)
            if module in scenario.modules()
        ),
        roles=telling.everyone(scenario.roles),
        key=scenario.key,
        law_as_of=scenario.law_as_of.isoformat(),
        jurisdiction=line(telling.guidance.jurisdictions[scenario.jurisdiction].name),
        tool_version=header.tool_version,
        own_notice=plain(telling.fill(scenario.notice)) if scenario.notice else "",
        over=telling.state.status == "ended",
        finished=bool(telling.state.ending),
        scenario=header.scenario_name,
    )


def _written(telling: Telling, prompt: Prompt) -> tuple[Written, ...]:
    """What each seat wrote last to a prompt: writing again replaces what was there."""
    latest: dict[str, Written] = {}
    for step in telling.of(e.Reflected):
        event = step.event
        if isinstance(event, e.Reflected) and event.prompt == prompt:
            role = telling.role_of(event.seat)
            latest.pop(event.seat, None)
            if role and event.words:
                said = telling.written(role, event.words)
                latest[event.seat] = replace(
                    said,
                    when=telling.word(event.when) if event.when else "",
                    by=telling.word(event.by) if event.by else "",
                )
    return tuple(latest.values())


def _takeaway(found: Findings) -> Takeaway:
    """The widest gap's practice; where there is none, that of a strength worth keeping."""
    for gap in found.gaps:
        if gap.guidance:
            other = gap.other
            way = other.text if other and not other.same_answer else ""
            return Takeaway(False, gap.guidance[0], gap.title, way)
    for strengths in found.strengths:
        for strength in strengths.found:
            if strength.guidance:
                return Takeaway(True, strength.guidance[0], strength.title, strength.chosen)
    return Takeaway(True, None, "", "")


def _closing(telling: Telling) -> Closing:
    scenario, ending = telling.scenario, telling.state.ending
    words = ""
    for step in telling.of(e.Told):
        event = step.event
        if (
            ending
            and isinstance(event, e.Told)
            and event.kind == "narration"
            and step.before.scene == ending
            and not words
        ):
            words = telling.text(event.path)
    remains = scenario.scenes[ending].closing if ending else ()
    return Closing(
        ending=telling.scene_title(ending) if ending else "",
        words=words,
        remains=tuple(plain(telling.fill(each)) for each in remains),
        support=plain(telling.fill(scenario.support)),
        other_roles=telling.everyone(r for r in scenario.roles if not telling.state.played(r)),
    )
