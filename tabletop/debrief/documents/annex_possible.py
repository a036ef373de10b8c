"""What else was possible: what each decision could still have come to, and the frontier.

About two alternatives stand beside the way taken, never all of them: the ones that served the less
served axis best. What is not known is said to be, with the reason.
"""

from collections.abc import Iterator

from tabletop.debrief import wordings as w
from tabletop.debrief.analysis.forks import Fork, Way
from tabletop.debrief.analysis.frontier import Frontier, Total
from tabletop.debrief.analysis.regret import Regret, pivotal, regrets
from tabletop.debrief.analysis.route import Chosen
from tabletop.debrief.blocks import Block, Heading, Items, Line, Table
from tabletop.debrief.documents.played import Played
from tabletop.debrief.figures.frontier import plot
from tabletop.debrief.pages.prospects import reason_unknown, span

SHOWN = 2
"""How many other ways stand beside the one taken."""


def possible(played: Played) -> list[Block]:
    """The frontier, the choices that gave up most, and what each choice could have come to."""
    say = played.occasion.say
    ahead = played.ahead
    blocks: list[Block] = [
        Line(
            say(
                "Looking back makes what came look certain. What follows was worked out from the"
                " scenario: totals of marks from a choice on, each axis by itself, once with"
                " everybody's later choices kept and once whatever people choose. They are totals"
                " of this scenario and no measure of anyone."
            )
        ),
        Heading(say("The achievable frontier")),
        *_frontier(played, played.report.turned.frontier),
    ]
    turned = pivotal(regrets(ahead.forks))
    if turned:
        blocks += [
            Heading(say("Choices that gave up most")),
            Items(tuple(_gave_up(played, each) for each in turned)),
        ]
    blocks.append(Heading(say("What each choice could still have come to")))
    for fork in ahead.forks:
        if fork.choice.kind == "decision":
            blocks += _fork(played, fork)
    return blocks


def _frontier(played: Played, found: Frontier) -> Iterator[Block]:
    say = played.occasion.say
    if found.why:
        yield Line(_unknown(played, found.why))
        return
    assert found.run is not None
    yield Line(
        say(
            "Totals that no play of this scenario beats: {count}. This run: {run}.",
            count=len(found.points),
            run=_total(played, found.run),
        )
    )
    yield plot(found, played.occasion.language)
    if found.steered:
        yield Line(say("The facilitator led it off the scenario's ways, so it may lie anywhere."))
    if found.better is None:
        yield Line(say("This run is on the frontier: no play beats it."))
        return
    yield Line(
        say(
            "One play that beats it comes to {total} and ends in {ending}. It is an example and not"
            " the answer. It makes these choices otherwise:",
            total=_total(played, found.better.total),
            ending=played.occasion.scene(found.better.ending),
        )
    )
    yield Items(tuple(_chosen(played, each) for each in found.better.chosen if not each.same))


def _unknown(played: Played, why: str) -> str:
    say = played.occasion.say
    match why:
        case "table":
            return say("Who sat at the table changed on the way, so no one frontier fits this run.")
        case "unended":
            return say("The exercise came to no ending, so it has no place among whole plays.")
        case _:
            return reason_unknown(why, played.occasion.language)


def _total(played: Played, total: Total) -> str:
    return played.occasion.say(
        "victim-centeredness {vc} (forgone {less_vc}), case integrity {ci} (forgone {less_ci})",
        vc=w.mark(total.vc),
        ci=w.mark(total.ci),
        less_vc=w.mark(total.forgone_vc).lstrip("+"),
        less_ci=w.mark(total.forgone_ci).lstrip("+"),
    )


def _chosen(played: Played, each: Chosen) -> str:
    say, telling = played.occasion.say, played.telling
    scene = telling.scene_title(each.scene)
    match each.kind:
        case "decision":
            path = f"{telling.engine.plan.decision_path(each.name)}.options.{each.option}.text"
            text = telling.decision(each.name).options[each.option].text
            return say(
                "{scene}, {title}: {option}",
                scene=scene,
                title=telling.decision_title(each.name),
                option=played.occasion.short(path, text),
            )
        case "told":
            fact = telling.fact_title(each.name, each.holder) or say("something held in confidence")
            return say(
                "{scene}: the {holder} tells the {to}: {fact}",
                scene=scene,
                holder=telling.who(each.holder).role,
                to=telling.who(each.to).role,
                fact=fact,
            )
        case _:
            title = played.occasion.line(telling.engine.plan.inject(each.name).title)
            return say("{scene}: the facilitator releases {inject}", scene=scene, inject=title)


def _gave_up(played: Played, each: Regret) -> str:
    say, choice = played.occasion.say, each.fork.choice
    values = {
        "title": played.reader.title(choice),
        "minute": w.minute(choice.step.at, played.occasion.language),
    }
    if each.sense == "ahead" and each.ahead is not None:
        return say(
            "{title} ({minute}): what was still attainable fell by {vc} and {ci}, on"
            " victim-centeredness and case integrity.",
            vc=w.mark(each.ahead[0]).lstrip("+"),
            ci=w.mark(each.ahead[1]).lstrip("+"),
            **values,
        )
    return say(
        "{title} ({minute}): the best mark open was {vc} and {ci} above the one taken, on"
        " victim-centeredness and case integrity.",
        vc=w.mark(each.forgone[0]).lstrip("+"),
        ci=w.mark(each.forgone[1]).lstrip("+"),
        **values,
    )


def _fork(played: Played, fork: Fork) -> Iterator[Block]:
    say, language, choice = played.occasion.say, played.occasion.language, fork.choice
    where = f"{w.minute(choice.step.at, language)} · "
    where += w.byline(played.telling.everyone(choice.roles), language)
    yield Heading(played.reader.title(choice), where, 4)
    if fork.why:
        yield Line(reason_unknown(fork.why, language), "quiet")
        return
    if fork.why_kept:
        yield Line(reason_unknown(fork.why_kept, language), "quiet")
    if fork.steered:
        yield Line(
            say(
                "Later on the exercise left the scenario's own ways. What stands here is how each"
                " way would have gone on by itself."
            ),
            "quiet",
        )
    yield Table(
        say("Totals from here on: victim-centeredness (VC) and case integrity (CI)"),
        (
            say("Way"),
            say("VC, later choices kept"),
            say("CI, later choices kept"),
            say("VC, any choices"),
            say("CI, any choices"),
        ),
        tuple(_row(played, fork, way) for way in _ways(fork)),
    )


def _ways(fork: Fork) -> tuple[Way, ...]:
    """The way taken, then the few others that could have served the less served axis best."""
    taken = fork.taken
    return (*((taken,) if taken else ()), *sorted(fork.others, key=_promise, reverse=True)[:SHOWN])


def _promise(way: Way) -> tuple[bool, list[float]]:
    best = way.free.best if way.free is not None else (None, None)
    known = [float(each) for each in best if each is not None]
    return len(known) == len(best), sorted(known)


def _row(played: Played, fork: Fork, way: Way) -> tuple[str, ...]:
    choice, language = fork.choice, played.occasion.language
    open_way = next(each for each in choice.ways if each.name == way.name)
    text = played.reader.wording(choice, open_way)
    if way.name == choice.taken:
        text = played.occasion.say("{option} (taken)", option=text)
    cells: list[str] = [text]
    for prospect in (way.kept, way.free):
        if prospect is None:
            cells += [played.occasion.say("not known")] * 2
        else:
            cells += span(prospect, language)
    return tuple(cells)
