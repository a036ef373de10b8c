"""What every shipped scenario has to keep, whoever writes it."""

import re

import pytest
import shipped

from tabletop.authoring.plays import read_play, run_play
from tabletop.exercise.engine import Engine
from tabletop.scenario.model import Decision, Mark, PlainMark
from tabletop.scenario.reading import Reading, read_scenario
from tabletop.scenario.texts import texts_of

VALUE_WORDS = re.compile(
    r"\b(properly|simply|correctly|appropriately|carefully|just)\b", re.IGNORECASE
)


@pytest.fixture(params=shipped.SLUGS)
def slug(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def engine(slug: str) -> Engine:
    return shipped.engine(slug)


@pytest.fixture
def reading(slug: str) -> Reading:
    path = shipped.ROOT / slug / "scenario.yaml"
    return read_scenario(path.read_bytes(), str(path), shipped.guidance())


def decisions(engine: Engine) -> dict[str, Decision]:
    return {name: engine.plan.decision(name) for name in engine.plan.scene_of_decision}


def marks(engine: Engine) -> list[PlainMark]:
    found: list[PlainMark] = []
    for decision in decisions(engine).values():
        for option in decision.options.values():
            found += [_inherited(mark, decision.practices) for mark in option.key()]
    for fact in engine.scenario.facts.values():
        for share in fact.share:
            found += share.key()
            found += [m for m in (share.without, share.lapsed, share.kept) if m is not None]
    return found


def _inherited(mark: Mark, practices: tuple[str, ...]) -> Mark:
    return mark if mark.practices else mark.model_copy(update={"practices": practices})


def test_it_reads_without_a_single_problem(reading: Reading) -> None:
    assert [str(problem) for problem in reading.problems] == []


def test_it_has_three_play_scripts_and_all_pass(slug: str, engine: Engine) -> None:
    scripts = shipped.plays(slug)
    assert len(scripts) >= 3
    for path in scripts:
        script, problems = read_play(path.read_bytes(), path.name, engine)
        assert script is not None, [str(problem) for problem in problems]
        result = run_play(engine, script)
        assert result.passed, f"{path.name}:{result.line}: {result.difference}"


def test_every_mark_other_than_zero_has_a_reason_and_practices_that_exist(engine: Engine) -> None:
    for mark in marks(engine):
        assert mark.because
        if mark.vc or mark.ci:
            assert mark.practices
        assert set(mark.practices) <= set(engine.guidance.practices)


def test_no_option_gives_itself_away_by_length_or_by_a_word(engine: Engine) -> None:
    for name, decision in decisions(engine).items():
        texts = [
            variant.text
            for option in decision.options.values()
            for variants in option.text.variants.values()
            for variant in variants
        ]
        lengths = sorted(len(text) for text in texts)
        assert lengths[-1] <= 1.3 * lengths[len(lengths) // 2] + 10, (name, lengths)
        for text in texts:
            assert not VALUE_WORDS.search(text), (name, text)


def test_the_best_option_stands_in_different_places(engine: Engine) -> None:
    places = set()
    for decision in decisions(engine).values():
        worth = [option.key()[0].vc + option.key()[0].ci for option in decision.options.values()]
        places.add(worth.index(max(worth)))
    assert len(places) >= 3


def test_a_genuine_conflict_has_two_options_that_neither_beats(engine: Engine) -> None:
    conflicts = [d for d in decisions(engine).values() if d.tension == "conflict"]
    assert conflicts
    for decision in conflicts:
        pairs = [
            (mark.vc, mark.ci) for option in decision.options.values() for mark in option.key()
        ]
        front = {
            p for p in pairs if not any(q != p and q[0] >= p[0] and q[1] >= p[1] for q in pairs)
        }
        assert len(front) >= 2, decision.title


def test_each_role_is_tempted_at_least_twice_and_decides_at_least_twice(engine: Engine) -> None:
    for role in engine.scenario.roles:
        own = [d for d in decisions(engine).values() if role in d.by]
        tempting = [
            option
            for decision in own
            for option in decision.options.values()
            if any(mark.vc < 0 or mark.ci < 0 for mark in option.key())
        ]
        assert len(own) >= 2, role
        assert len(tempting) >= 2, role


def test_every_role_has_a_stand_in_for_every_decision(engine: Engine) -> None:
    for name, decision in decisions(engine).items():
        for role in decision.by:
            assert decision.rules_for(role), (name, role)
        for role in decision.consult:
            assert role in decision.advice, (name, role)


def test_no_text_uses_a_term_on_the_avoid_list(engine: Engine) -> None:
    avoid = [
        re.compile(rf"\b{re.escape(word)}s?\b", re.IGNORECASE)
        for term in engine.guidance.terms.values()
        for word in term.avoid
    ]
    quoted = re.compile(r"[“\"][^“”\"]*[”\"]")
    for path, text in texts_of(engine.scenario):
        for _, wording in text.wordings():
            spoken_apart = quoted.sub("", wording)
            for word in avoid:
                found = word.search(spoken_apart)
                assert found is None, (path, found)


def test_texts_that_people_read_fit_a_terminal_page(engine: Engine) -> None:
    for path, text in texts_of(engine.scenario):
        for suffix, wording in text.wordings():
            assert len(wording.split()) <= 220, (path, suffix)


def test_objectives_name_practices_that_some_mark_rests_on(engine: Engine) -> None:
    practised = {practice for mark in marks(engine) for practice in mark.practices}
    for name, objective in engine.scenario.objectives.items():
        for task in objective.tasks.values():
            assert practised.intersection(task.practices), (name, task.text)


def test_every_scene_can_be_discussed(engine: Engine) -> None:
    for name, scene in engine.scenario.scenes.items():
        if scene.ending:
            assert scene.closing, name
        else:
            assert scene.questions, name
            assert scene.facilitator, name


def test_larkmoor_row_is_a_full_exercise() -> None:
    engine = shipped.engine("larkmoor_row")
    scenario = engine.scenario
    points = {d.point for d in decisions(engine).values()}
    assert len(engine.modules) == 8
    assert len(scenario.roles) == 4
    assert len(engine.plan.scene_of_decision) >= 13
    wanted = [
        "DP01",
        "DP04",
        "DP13",
        "DP15",
        "DP18",
        "DP22",
        "DP23",
        "DP24",
        "DP25",
        "DP26",
        "DP29",
        "DP31",
        "DP58",
    ]
    assert set(wanted) <= points
    tensions = [d.tension for d in decisions(engine).values()]
    assert tensions.count("conflict") >= 3
    assert {"synthesis", "depends"} <= set(tensions)
    assert len(engine.plan.scene_of_inject) > 6
    revealed = {
        (role, fact)
        for scene in scenario.scenes.values()
        for inject in scene.injects.values()
        for role, facts in inject.reveals.items()
        for fact in facts
    }
    for role in scenario.roles:
        assert any(
            role in each.held_by or (role, fact) in revealed
            for fact, each in scenario.facts.items()
        ), role
    assert any(
        share.kept is not None and share.kept.vc + share.kept.ci < 0
        for fact in scenario.facts.values()
        for share in fact.share
    )


def test_first_hour_asks_at_most_three_decisions_of_a_role() -> None:
    engine = shipped.engine("first_hour")
    for role in engine.scenario.roles:
        asked = [
            name
            for name, d in decisions(engine).items()
            if role in d.by and engine.plan.scene_of_decision[name] != "lobby"
        ]
        assert len(asked) <= 3
    assert engine.scenario.minutes.alone <= 10
