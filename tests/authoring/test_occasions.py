"""What a role has to do, and when it learns what: cases that random scenarios hardly ever draw."""

import examples
import pytest

from tabletop.authoring.findings import Finding
from tabletop.exercise import commands as c

MODULES = """\
scenes:
  office: {module: Before the day}
  visit: {module: The day, next: yard}
  yard: {module: The evening, narration: An empty yard., questions: [What now?], next: corridor}
  corridor: {module: The week after}
facts:
  van:
    class: observation
    text: You saw a van.
    held_by: prosecutor
    share:
      - to: investigator
        during: [DURING]
        ci: 1
        because: The plan can take it in.
        practices: [need_to_know_sharing]
      - to: advocate
        during: [DURING]
        ci: -1
        because: Nothing she does rests on it.
        practices: [need_to_know_sharing]
"""


def found(example: str, code: str) -> list[Finding]:
    checked = examples.checked(examples.laid_over(example))
    return [each for each in checked.findings if each.code == code]


@pytest.mark.parametrize(
    ("during", "modules"),
    [
        ("meeting", 3),
        ("meeting, office, visit, yard", 3),
        ("office", 0),
        ("visit", 0),
        ("yard", 3),
    ],
)
def test_a_fact_to_share_is_something_to_do_until_it_could_be_shared(
    during: str, modules: int
) -> None:
    """The prosecutor decides in the last of five modules; a fact can be shared in some of them."""
    every = found(MODULES.replace("DURING", during), "TT411")
    idle = [each for each in every if each.path == ("roles", "prosecutor")]
    assert len(idle) == bool(modules)
    for each in idle:
        assert f"nothing to do for {modules} modules" in each.message
        assert each.route is not None
        shared = [move[0][1] for move in each.route.moves if isinstance(move[0][1], c.Share)]
        before = during.startswith("meeting")
        assert len(shared) == (2 if before else 0), "what could be shared before was shared"


LEARNED = """\
facts:
  van:
    class: observation
    text:
      - {when: "knows(advocate, list)", text: There is a van and somebody wrote it down.}
      - {text: There is a van.}
    share:
      - {to: prosecutor, during: office, ci: -1, because: Not now., practices: [stay_in_lane]}
  list:
    class: observation
    text: A neighbor kept a list.
    held_by: investigator
    share:
      - {to: advocate, during: meeting, ci: -1, because: Not now., practices: [stay_in_lane]}
scenes:
  meeting:
    injects:
      seen: {to: all, title: A word, text: A word goes round., reveals: {REVEALED: van}}
  office:
    injects:
      again: {to: all, title: A word, text: A word goes round., reveals: {prosecutor: van}}
"""


@pytest.mark.parametrize(("revealed", "told"), [("investigator", True), ("prosecutor", False)])
def test_the_wording_of_a_fact_is_read_when_it_is_learned_and_never_again(
    revealed: str, told: bool
) -> None:
    """Who has heard of the van in the meeting, before anyone could tell, is not told again."""
    given = found(LEARNED.replace("REVEALED", revealed), "TT414")
    places = {each.path for each in given if "`prosecutor`" in each.message}
    assert places == ({("facts", "van", "text", 0)} if told else set())
