"""Play scripts: each step does what it says, and the first difference is explained."""

import pytest
from small import END, engine

from tabletop.authoring.plays import PlayResult, read_play, run_play

BODY = (
    """
state: {ready: {start: false, means: Ready.}}
facts:
  beds:
    class: capacity
    text: Two beds.
    held_by: [advocate]
    share:
      - to: [investigator]
        during: [one]
        vc: 1
        because: Time.
        practices: [name_resource_limits]
scenes:
  one:
    narration: {text: It is Monday., themes: [quiet], fade: A day.}
    injects:
      held: {to: all, held: true, title: Held, text: The phone rings.}
    decisions:
      who:
        title: Who
        by: [investigator]
        consult: [advocate]
        advice: {advocate: Take care.}
        ask: Shall we?
        stand_in: not_now
        practices: [needs_before_questions]
        options:
          yes_please: {text: Yes., vc: 2, ci: 1, because: Asked., set: {ready: true}}
          not_now: {text: No., because: Not asked.}
    next: end
"""
    + END
)


def play(steps: str, top: str = "people: [investigator, advocate]") -> PlayResult:
    rules = engine("themes: {quiet: Nothing loud.}\n" + BODY)
    script, problems = read_play(f"title: A play\n{top}\nsteps:\n{steps}".encode(), "play", rules)
    assert script is not None, [problem.message for problem in problems]
    return run_play(rules, script)


def problems(text: str) -> list[str]:
    script, found = read_play(text.encode(), "play", engine("themes: {quiet: Nothing.}\n" + BODY))
    assert script is None
    return [f"{problem.line}: {problem.message}" for problem in found]


def test_a_whole_play_passes() -> None:
    result = play("""
  - expect: {scene: one, open: [who], state: {ready: false}, ended: false}
  - expect: {may: {advocate: [share beds investigator]}, may_not: {advocate: [choose yes_please]}}
  - expect: {sees: {all: [It is Monday]}, misses: {investigator: [Two beds]}}
  - advocate: {skip: 2}
  - expect: {sees: {advocate: [A day.]}, misses: {advocate: [It is Monday]}}
  - advocate: {share: beds, to: investigator}
  - advocate: {refused: {share: beds, to: investigator}, as: already_shared}
  - advocate: {say: Ask them first., to: "", about: who}
  - advocate: {say: Good morning., to: all}
  - expect: {knows: {investigator: [beds]}, lacks: {prosecutor: beds}}
  - expect: {sees: {investigator: [Two beds, Good morning, Ask them first]}}
  - advocate: {step: out}
  - advocate: {step: in}
  - pause
  - investigator: {refused: advance, as: paused}
  - resume
  - minutes: 3
  - investigator: {choose: yes_please, at: who, reason: Now., sure: certain}
  - expect: {settled: {who: yes_please}, marks: {who: {vc: 2, ci: 1}}, state: {ready: true}}
  - advance
  - expect: {ended: end}
""")
    assert result.difference == ""
    assert result.passed


def test_a_facilitator_can_release_in_a_play() -> None:
    result = play(
        "  - release: held\n  - expect: {sees: {advocate: [The phone rings]}}\n",
        "facilitated: true",
    )
    assert result.passed, result.difference


@pytest.mark.parametrize(
    ("step", "difference"),
    [
        ("expect: {scene: end}", "the scene is one, expected end"),
        ("expect: {state: {ready: true}}", "ready is false, expected true"),
        ("expect: {knows: {investigator: beds}}", "the investigator does not know beds"),
        ("expect: {lacks: {advocate: beds}}", "the advocate knows beds"),
        ("expect: {sees: {investigator: Tuesday}}", "the investigator does not see “Tuesday”"),
        ("expect: {misses: {investigator: Monday}}", "the investigator sees “Monday”"),
        ("expect: {open: []}", "open are who, expected "),
        ("expect: {settled: {who: not_now}}", "who is settled as nothing, expected not_now"),
        ("expect: {marks: {who: {vc: 2}}}", "who is not settled, so it has no marks"),
        ("expect: {ended: end}", "ended is false, expected end"),
        ("expect: {may: {advocate: choose not_now}}", "the advocate may not choose not_now"),
        ("expect: {may_not: {investigator: choose not_now}}", "the investigator may choose"),
        ("advance", "was refused (open_decisions)"),
        ("advocate: {refused: {share: beds, to: investigator}, as: no_offer}", "was accepted"),
        ("advocate: {refused: {share: beds, to: prosecutor}, as: not_known}", "(no_offer)"),
    ],
)
def test_the_first_difference_is_told_with_its_line(step: str, difference: str) -> None:
    result = play(f"  - expect: {{scene: one}}\n  - {step}\n  - advance\n")
    assert not result.passed
    assert result.line == 5
    assert difference in result.difference


@pytest.mark.parametrize(
    ("step", "message"),
    [
        ("jump", "`jump` is not a step"),
        ("reporter: {share: beds, to: advocate}", "there is no role called `reporter`"),
        ("advocate: {share: cars, to: investigator}", "there is no fact called `cars`"),
        ("advocate: {share: beds, to: nobody}", "there is no role called `nobody`"),
        ("advocate: {choose: x, at: who}", "`who` has no option `x`"),
        ("advocate: {choose: not_now, at: x}", "there is no decision called `x`"),
        ("advocate: {choose: not_now, at: who, sure: very}", "`sure:` takes guess"),
        ("advocate: {dance: well}", "a role may choose"),
        ("advocate: {share: beds, with: investigator}", "`share` does not take with"),
        ("advocate: {step: aside}", "`step:` takes out or in"),
        ("minutes: soon", "`minutes:` takes a whole number"),
        ("expect: {weather: fine}", "`expect:` knows no `weather`"),
        ("expect: {knows: {advocate: cars}}", "there is no fact called `cars`"),
        ("expect: {state: {mood: 1}}", "there is no flag or counter called `mood`"),
        ("expect: {scene: two}", "there is no scene called `two`"),
    ],
)
def test_a_step_that_cannot_be_read_is_named_with_its_line(step: str, message: str) -> None:
    found = problems(f"title: A play\nsteps:\n  - advance\n  - {step}\n")
    assert len(found) == 1
    assert found[0].startswith("4: ")
    assert message in found[0]


def test_all_problems_of_a_script_come_at_once() -> None:
    assert len(problems("title: A play\nmood: fine\nsteps: [jump, leap]\n")) == 3
