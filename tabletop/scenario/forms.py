"""Forms: rules between the pieces of a scenario that the engine and the marks rest on.

Two of them carry the promises of the whole. No mark without a source: whatever is not zero on both
axes names a practice. And marks belong to decisions, not to luck: a mark, a reason and a stand-in
may read only what the role they speak of can know at that moment.
"""

from collections.abc import Iterable, Iterator

from tabletop.scenario.conditions import Condition
from tabletop.scenario.model import Decision, Effects, Fact, PlainMark, Share, StandInRule
from tabletop.scenario.places import KEY
from tabletop.scenario.problem import Path
from tabletop.scenario.scope import Finding, Scope
from tabletop.scenario.texts import ALL


def problems_of_form(scope: Scope) -> Iterator[Finding]:
    """Every broken rule of form."""
    revealed: set[str] = set()
    for name, fact in scope.scenario.facts.items():
        yield from _fact(("facts", name), name, fact, scope)
    for path, effects in effects_of(scope):
        for role, facts in effects.reveals.items():
            revealed.update(facts)
            if scope.prosecutes(role):
                for number, told in enumerate(facts):
                    if told in scope.privileged:
                        yield _privileged((*path, "reveals", role, number), told)
    for name, fact in scope.scenario.facts.items():
        if not fact.held_by and name not in revealed:
            message = f"nobody holds the fact `{name}` and nothing reveals it"
            yield ("facts", name), "TT310", message, "name its holders in `held_by`"
    for scene, held in scope.scenario.scenes.items():
        for name, decision in held.decisions.items():
            yield from _decision(("scenes", scene, "decisions", name), decision, scope)


def effects_of(scope: Scope) -> Iterator[tuple[Path, Effects]]:
    """Everything in a scenario that changes something, with its path."""
    for name, fact in scope.scenario.facts.items():
        for number, share in enumerate(fact.share):
            yield ("facts", name, "share", number), share
    for scene, held in scope.scenario.scenes.items():
        for name, inject in held.injects.items():
            yield ("scenes", scene, "injects", name), inject
        for name, decision in held.decisions.items():
            for key, option in decision.options.items():
                yield ("scenes", scene, "decisions", name, "options", key), option


def rules_of(path: Path, decision: Decision) -> Iterator[tuple[Path, tuple[str, ...], StandInRule]]:
    """Every rule of a decision's stand-ins with its path and the roles it speaks for."""
    if isinstance(decision.stand_in, dict):
        for role, rules in decision.stand_in.items():
            for number, rule in enumerate(rules):
                yield (*path, role, number), (role,), rule
    else:
        for number, rule in enumerate(decision.stand_in):
            yield (*path, number), decision.by, rule


def _decision(path: Path, decision: Decision, scope: Scope) -> Iterator[Finding]:
    for number, role in enumerate(decision.consult):
        if role in decision.by:
            message = f"`{role}` decides here, so it is not asked for advice as well"
            yield (*path, "consult", number), "TT312", message, "take it out of `consult`"
    for role in decision.advice:
        if role not in decision.consult and role in scope.scenario.roles:
            message = f"`{role}` is not asked here, so it has no advice to give"
            yield (*path, "advice", role, KEY), "TT313", message, "add it to `consult`"
    yield from _reasons(path, decision)
    marked = decision.by[:1] if decision.rule == "lead" else decision.by
    for name, option in decision.options.items():
        at: Path = (*path, "options", name)
        inherited = option.practices or decision.practices
        yield from _sourced(at, option.key(), inherited, bool(option.marks))
        for number, mark in enumerate(option.marks):
            where: Path = (*at, "marks", number, "when")
            yield from _unknowable(where, mark.when, marked, scope, "TT303", "a mark")
    for name, reason in decision.reasons.items():
        where = (*path, "reasons", name, "fits")
        yield from _unknowable(where, reason.fits, marked, scope, "TT303", "a reason")
    yield from _stand_ins(path, decision, scope)


def _reasons(path: Path, decision: Decision) -> Iterator[Finding]:
    if decision.tension == "depends" and not decision.reasons:
        message = "a decision that `depends` offers `reasons`"
        yield (*path, "tension"), "TT302", message, "add `reasons: {name: {text: …, for: […]}}`"
    if decision.reasons and decision.tension != "depends":
        message = "only a decision whose tension is `depends` offers reasons"
        yield (*path, "reasons"), "TT302", message, "write `tension: depends` or delete `reasons`"


def _stand_ins(path: Path, decision: Decision, scope: Scope) -> Iterator[Finding]:
    for at, roles, rule in rules_of((*path, "stand_in"), decision):
        yield from _unknowable((*at, "when"), rule.when, roles, scope, "TT304", "a stand-in's rule")
    if len(scope.scenario.roles) == 1:
        return
    for role in decision.by:
        rules = decision.rules_for(role)
        if not rules:
            message = f"no stand-in can decide here for `{role}`"
            yield path, "TT308", message, "add `stand_in` with the option it chooses"
        elif all(rule.when is not None for rule in rules):
            message = f"the stand-in for `{role}` may be left without an answer"
            yield (*path, "stand_in"), "TT308", message, "end its rules with one without `when`"


def _fact(path: Path, name: str, fact: Fact, scope: Scope) -> Iterator[Finding]:
    if name in scope.privileged:
        for number, role in enumerate(fact.held_by):
            if scope.prosecutes(role):
                yield _privileged((*path, "held_by", number), name)
    for number, share in enumerate(fact.share):
        at: Path = (*path, "share", number)
        yield from _share(at, name, fact, share, scope)
        if share.under in scope.scenario.consents:
            yield from _covered(at, name, share, scope)


def _share(path: Path, name: str, fact: Fact, share: Share, scope: Scope) -> Iterator[Finding]:
    for number, role in enumerate(share.to):
        if role in fact.held_by:
            message = f"`{role}` holds `{name}` from the start"
            yield (*path, "to", number), "TT311", message, "take it out of `to`"
        if name in scope.privileged and scope.prosecutes(role):
            every = (*share.key(), *(mark for mark in (share.without, share.lapsed) if mark))
            if not all(mark.critical for mark in every):
                message = f"`{name}` is privileged, so sharing it with `{role}` is a critical act"
                hint = "write `critical: true`; what a client agrees to say is another fact"
                yield (*path, "to", number), "TT307", message, hint
    if share.during is None:
        message = "this may be shared at any time, which multiplies what has to be explored"
        yield path, "TT309", message, "name the scenes in `during`"
    elif share.stand_in is not None and share.stand_in not in share.during:
        message = f"`{share.stand_in}` is not one of the scenes in `during`"
        yield (*path, "stand_in"), "TT317", message, None
    yield from _sourced(path, share.key(), share.practices, bool(share.marks))
    for number, mark in enumerate(share.marks):
        where: Path = (*path, "marks", number, "when")
        yield from _unknowable(where, mark.when, fact.held_by, scope, "TT303", "a mark")
    for field in ("without", "lapsed", "kept"):
        other: PlainMark | None = getattr(share, field)
        if other is None:
            continue
        at: Path = (*path, field)
        if field != "kept" and share.under is None:
            message = f"`{field}` speaks of a consent, and this sharing names none"
            yield at, "TT305", message, "name the consent in `under`"
        yield from _sourced(at, (other,), (), False)


def _covered(path: Path, name: str, share: Share, scope: Scope) -> Iterator[Finding]:
    assert share.under is not None
    consent = scope.scenario.consents[share.under]
    if name not in consent.covers:
        message = f"the consent `{share.under}` does not cover the fact `{name}`"
        hint = f"add it to `covers` of `{share.under}`"
        yield (*path, "under"), "TT306", message, hint
    for number, role in enumerate(share.to):
        if role not in consent.to and role in scope.scenario.roles:
            message = f"the consent `{share.under}` does not name `{role}`"
            hint = f"add it to `to` of `{share.under}`, or offer it apart without `under`"
            yield (*path, "to", number), "TT306", message, hint


def _privileged(path: Path, fact: str) -> Finding:
    message = f"`{fact}` is privileged, and its text never reaches a prosecutor"
    return path, "TT307", message, "what a client agrees to say is another fact"


def _sourced(
    path: Path, marks: Iterable[PlainMark], inherited: tuple[str, ...], several: bool
) -> Iterator[Finding]:
    for number, mark in enumerate(marks):
        if (mark.vc or mark.ci or mark.critical) and not (mark.practices or inherited):
            at: Path = (*path, "marks", number) if several else path
            message = "a mark other than zero rests on a practice"
            yield at, "TT301", message, "name it in `practices`"


def _unknowable(
    path: Path,
    condition: Condition | None,
    roles: tuple[str, ...],
    scope: Scope,
    code: str,
    what: str,
) -> Iterator[Finding]:
    """What a condition reads that the roles it speaks of cannot know."""
    if condition is None or not roles:
        return
    who = " and ".join(f"`{role}`" for role in roles)
    for read in sorted(condition.reads):
        said = _hidden(read, roles, scope)
        if said:
            yield path, code, f"{what} reads only what {who} can know: {said}", None


def _hidden(read: tuple[str, ...], roles: tuple[str, ...], scope: Scope) -> str | None:
    scenario = scope.scenario
    sort, name = read[0], read[1]
    if sort in ("name", "settled"):
        if name in scenario.state:
            outside = [role for role in roles if role not in scenario.state[name].known_to]
            return f"`{name}` is not `known_to` {', '.join(outside)}" if outside else None
        if name in scope.decisions:
            outside = [role for role in roles if role not in scope.decisions[name].by]
            return f"`{name}` is not decided by {', '.join(outside)}" if outside else None
    elif sort == "knows" and name not in roles and name in scenario.roles:
        return f"what `{name}` knows is hidden from others"
    elif sort == "delivered" and name in scope.injects:
        to = scope.injects[name].to
        outside = [] if ALL in to else [role for role in roles if role not in to]
        return f"`{name}` does not go to {', '.join(outside)}" if outside else None
    elif sort == "granted" and name in scenario.consents:
        facts = (scenario.facts.get(fact) for fact in scenario.consents[name].covers)
        holders = {role for fact in facts if fact for role in fact.held_by}
        outside = [role for role in roles if role not in holders]
        return f"`{name}` was not given to {', '.join(outside)}" if outside else None
    return None
