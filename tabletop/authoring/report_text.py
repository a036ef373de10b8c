"""The report of an exploration for people, and as plain values for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tabletop.authoring.explore import Move
from tabletop.authoring.findings import Route
from tabletop.authoring.report import Attended, Deciding, ExploreReport, Range, Standing
from tabletop.authoring.route_file import steps
from tabletop.exercise import commands as c
from tabletop.exercise.engine import Engine
from tabletop.wording import say


def lines(report: ExploreReport) -> Iterator[str]:
    """For people."""
    found = report.everyone
    yield say("{title} {version}", title=report.title, version=report.version)
    yield from _stopped(report, found)
    yield _counted(found)
    if found.routes is None:
        yield say("Routes are without number, since scenes can follow each other for ever.")
    elif found.routes:
        yield say("Routes: {routes}", routes=f"{found.routes:,}")
    if found.stuck:
        yield say("In {count} situations nothing leads on.", count=f"{found.stuck:,}")
        yield "  " + _told(found.stuck_route)
    yield ""
    yield say("Endings")
    for ending in found.endings:
        if not ending.reached:
            yield "  " + say("{name}: no route found", name=ending.name)
            continue
        count = say("without number") if ending.routes is None else f"{ending.routes:,}"
        yield "  " + say(
            "{name}: routes {count}, the shortest in {moves} moves",
            name=ending.name,
            count=count,
            moves=ending.moves,
        )
        yield "    " + _told(ending.route)
    if any(ending.reached for ending in found.endings):
        yield from _routes(report)
        yield from _exercised(report)
    if report.attendances:
        yield ""
        yield say("Other attendances")
        for other in report.attendances:
            yield from (f"  {line}" for line in _brief(other))


def _routes(report: ExploreReport) -> Iterator[str]:
    """What routes hold and come to; nothing can be said of it where none to an end is known."""
    found = report.everyone
    yield ""
    yield say("A route holds")
    for name, span in (
        (say("decisions"), found.decisions),
        (say("words"), found.words),
        (say("planned minutes"), found.minutes),
    ):
        yield "  " + say("{name}: {span}", name=name, span=_span(span))
    if report.shortest and report.longest:
        for role in report.shortest.by_role:
            yield "  " + say(
                "decisions of {role}: {few} on the shortest, {many} on the longest",
                role=role,
                few=report.shortest.by_role[role],
                many=report.longest.by_role[role],
            )
    yield ""
    yield say("Marks gained, exactly")
    yield "  " + say("victim-centeredness: {span}", span=_span(found.vc))
    yield "  " + say("case integrity: {span}", span=_span(found.ci))
    yield from _frontier(found)
    for each in report.trouble:
        yield ""
        yield say(
            "Trouble pays on {axis} at {decision}: {lower} is marked lower than {higher} and leads"
            " to {more} where {higher} leads to {less}.",
            axis={"vc": say("victim-centeredness"), "ci": say("case integrity")}[each.axis],
            decision=each.decision,
            lower=each.lower,
            higher=each.higher,
            more=_number(each.with_lower),
            less=_number(each.with_higher),
        )
        yield "  " + _told(each.route)


def _stopped(report: ExploreReport, found: Attended) -> Iterator[str]:
    if found.stopped == "limit":
        yield say(
            "The limit of {limit} situations was hit before everything was explored. Counts of"
            " situations, transitions and routes are lower bounds; ranges may be wider, the"
            " frontier may lie further out, and an ending without a route may still have one.",
            limit=f"{report.limit:,}",
        )
    elif found.stopped:
        yield say(
            "Exploring was stopped. Counts of situations, transitions and routes are lower bounds;"
            " ranges may be wider, the frontier may lie further out, and an ending without a route"
            " may still have one."
        )


def _counted(found: Attended) -> str:
    return say(
        "{situations} situations, {transitions} transitions, with everyone a person",
        situations=f"{found.situations:,}",
        transitions=f"{found.transitions:,}",
    )


def _frontier(found: Attended) -> Iterator[str]:
    if found.frontier is None:
        yield say("Totals can grow for ever, so that no frontier can be given.")
        return
    yield say("Achievable frontier: gained and forgone, victim-centeredness and case integrity")
    for point in found.frontier:
        yield "  " + say(
            "gained {vc} and {ci}, forgone {lost_vc} and {lost_ci}",
            vc=_number(point.vc),
            ci=_number(point.ci),
            lost_vc=_number(point.forgone_vc),
            lost_ci=_number(point.forgone_ci),
        )


def _exercised(report: ExploreReport) -> Iterator[str]:
    names = {
        "objective": say("Objectives"),
        "task": say("Critical tasks"),
        "practice": say("Practices"),
        "source": say("Sources"),
    }
    yield ""
    yield say("What routes exercise")
    for kind, name in names.items():
        every, some, none = (
            each.get(kind, ())
            for each in (report.exercised.every, report.exercised.some, report.exercised.none)
        )
        yield "  " + say(
            "{name}: {every} on every route, {some} on some, {none} on none",
            name=name,
            every=len(every),
            some=len(some),
            none=len(none),
        )
        if some:
            yield "    " + say("on some: {names}", names=", ".join(some))
        if none:
            yield "    " + say("on none: {names}", names=", ".join(none))


def _brief(found: Attended) -> Iterator[str]:
    reached = [ending.name for ending in found.endings if ending.reached]
    yield say(
        "{people}: {situations} situations, endings {endings}",
        people=", ".join(found.people),
        situations=f"{found.situations:,}",
        endings=", ".join(reached) or say("none"),
    )
    if found.stopped:
        yield "  " + say("not explored to the end: these are lower bounds")
    if found.stuck:
        yield "  " + say("in {count} of them nothing leads on", count=f"{found.stuck:,}")


def _span(span: Range) -> str:
    least, most = (say("no bound") if each is None else _number(each) for each in span)
    return least if least == most else say("{least} to {most}", least=least, most=most)


def _number(number: float) -> str:
    return f"{number:g}" if number < 100_000 else f"{number:,.0f}"


def _told(route: tuple[Move, ...]) -> str:
    """A route in a line: what was answered and shared, in order."""
    told = []
    for move in route:
        match move[0][1]:
            case c.Commit(decision, option):
                told.append(f"{decision}: {option}")
            case c.Share(fact, to):
                told.append(say("{fact} to {role}", fact=fact, role=to))
            case c.Release(inject):
                told.append(say("release {inject}", inject=inject))
    return "; ".join(told) or say("from the start on")


# For programs.


def as_values(report: ExploreReport, engine: Engine) -> dict[str, Any]:
    """Everything in a report as plain values; routes are the steps of a play script."""
    return {
        "title": report.title,
        "version": report.version,
        "complete": not report.stopped,
        "limit": report.limit,
        **_attended(report.everyone, engine),
        "shortest": _deciding(report.shortest),
        "longest": _deciding(report.longest),
        "trouble_pays": [
            {
                "decision": each.decision,
                "lower": each.lower,
                "higher": each.higher,
                "axis": each.axis,
                "with_lower": each.with_lower,
                "with_higher": each.with_higher,
                "route": _steps(engine, report.everyone, each.route),
            }
            for each in report.trouble
        ],
        "exercised": {
            "every": _names(report.exercised.every),
            "some": _names(report.exercised.some),
            "none": _names(report.exercised.none),
        },
        "attendances": [_attended(each, engine) for each in report.attendances],
    }


def numbers(found: Attended) -> dict[str, Any]:
    """What was found for one attendance as plain values, without its routes."""
    return {
        "people": list(found.people),
        "facilitated": found.facilitated,
        "situations": found.situations,
        "transitions": found.transitions,
        "stuck": found.stuck,
        "routes": found.routes,
        "cycles": found.cycles,
        "vc": list(found.vc),
        "ci": list(found.ci),
        "decisions": list(found.decisions),
        "words": list(found.words),
        "minutes": list(found.minutes),
        "frontier": None if found.frontier is None else [_point(each) for each in found.frontier],
    }


def _attended(found: Attended, engine: Engine) -> dict[str, Any]:
    return {
        **numbers(found),
        "stopped": found.stopped,
        "stuck_route": _steps(engine, found, found.stuck_route),
        "endings": {
            each.name: {
                "reached": each.reached,
                "routes": each.routes,
                "moves": each.moves,
                "route": _steps(engine, found, each.route),
            }
            for each in found.endings
        },
    }


def _steps(engine: Engine, found: Attended, route: tuple[Move, ...]) -> list[str]:
    return list(steps(engine, Route(found.people, found.facilitated, route))) if route else []


def _point(point: Standing) -> dict[str, float]:
    return {
        "vc": point.vc,
        "ci": point.ci,
        "forgone_vc": point.forgone_vc,
        "forgone_ci": point.forgone_ci,
    }


def _deciding(found: Deciding | None) -> dict[str, Any] | None:
    return None if found is None else {"decisions": found.decisions, "by_role": found.by_role}


def _names(names: Mapping[str, tuple[str, ...]]) -> dict[str, list[str]]:
    return {kind: list(each) for kind, each in names.items()}
