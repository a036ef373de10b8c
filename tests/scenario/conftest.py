"""A small scenario that is right in every respect, for tests that break one thing in it."""

from collections.abc import Callable
from typing import Any

import pytest

from tabletop.scenario.document import parse_tree
from tabletop.scenario.guidance import Guidance, read_guidance
from tabletop.scenario.reading import Reading, read_scenario

CLASS = """
    code: F1
    title: A class
    holders: [anyone]
    may_go: To anyone.
    must_not: To nobody.
    if_wrong: Nothing follows.
    authority: [N]
    safety_critical: false
    provenance: Here.
    verified: excerpt
    cites: [{source: S0}]
"""

_BEGIN = """
sources:
  S0: {title: A document, publisher: Someone, date: "2020", verified: founding_document}
practices:
  ask_first: {title: Ask, text: Ask., cites: [{source: S0}], axis: vc, roles: [all],
    verified: excerpt}
  plan_beds: {title: Plan, text: Plan., cites: [{source: S0}], axis: ci, roles: [all],
    verified: excerpt}
fact_classes:
"""

GUIDANCE = (
    _BEGIN
    + f"  capacity:{CLASS}    privileged: false\n"
    + f"  attorney_client:{CLASS}    privileged: true\n"
    + """
jurisdictions:
  alder:
    name: Alder
    law_as_of: 2026-01-01
    note: Not a real place.
    attributes:
      recording: {value: true, means: Interviews are recorded.}
      reporting: {value: professional, values: [universal, professional], means: Who reports.}
"""
)

SAMPLE = """\
title: Larkmoor Row
version: 1.0.0
summary: A planned action at a house, two weeks out.
minutes: {alone: 10, group: 30}
themes: {coercion: Someone is pressed.}
jurisdiction: alder
law_as_of: 2026-11-01
parameters: {agency: Alder Bay Police}
attendance: {required: [investigator]}
support: Whom to talk to afterwards.
roles:
  investigator: {discipline: law_enforcement, name: Det. Okafor, brief: You are of $agency.}
  advocate: {discipline: victim_services, name: Ines Duarte, brief: You keep two beds.}
  prosecutor: {discipline: attorney, hat: prosecutor, name: ADA Vaughn, brief: You charge.}
  counsel: {discipline: attorney, hat: victims_attorney, name: Mei Tran, joins: planning,
    brief: Hm.}
state:
  ready: {start: false, means: Beds are arranged., known_to: [investigator]}
  trust: {start: 2, range: [0, 5], means: How far they trust., known_to: [advocate, investigator]}
consents:
  tip: {from: a client, covers: [fever], to: [investigator], purpose: a doctor, through: planning}
facts:
  beds:
    class: capacity
    text: The shelter has two free beds.
    held_by: [advocate]
    share:
      - to: [investigator]
        during: [planning]
        vc: 1
        because: There is time.
        practices: [plan_beds]
        kept: {vc: -1, because: Nobody was asked., practices: [plan_beds]}
        stand_in: planning
  fever:
    class: attorney_client
    text: A client said that a woman has had a fever for a week.
    held_by: [counsel]
    share:
      - to: [investigator]
        during: [planning]
        under: tip
        vc: 2
        because: With her agreement.
        practices: [ask_first]
        without: {vc: -2, critical: true, because: It was hers., practices: [ask_first]}
        lapsed: {vc: -2, because: She took it back., practices: [ask_first]}
      - to: [prosecutor]
        during: [planning]
        vc: -2
        critical: true
        because: It is privileged.
        practices: [ask_first]
start: planning
scenes:
  planning:
    narration:
      all: The task force meets.
      advocate:
        - {when: trust >= 3, text: They trust you.}
        - {text: They do not trust you yet.}
    injects:
      alert: {to: [investigator], from: Unit, title: The bank, text: A bank calls $agency.}
      call: {to: all, held: true, alone: settled(notice), title: A call, text: A reporter calls.}
    questions: {all: [Who is missing?], advocate: [Whom would you ask?]}
    decisions:
      notice:
        title: The provider
        point: DP01
        by: [investigator]
        consult: [advocate]
        advice: {advocate: Ask me today.}
        ask: {text: When does the provider hear?, themes: [coercion], fade: When do they hear?}
        tension: depends
        reasons:
          safety: {text: For safety., for: [ranges], fits: ready}
        stand_in:
          - {when: "knows(investigator, beds) or law(recording)", choose: ranges}
          - choose: director
        practices: [ask_first]
        options:
          ranges:
            text: Tell the contact, in ranges.
            when: trust >= 1
            marks:
              - {when: ready, vc: 2, because: All is ready.}
              - {vc: 1, because: Beds can be found., practices: [plan_beds]}
            set: {ready: true}
            add: {trust: 1}
            reveals: {advocate: [beds]}
            revoke: [tip]
            outcome: The contact starts calling.
          director:
            text: Tell the director alone.
            ci: 1
            because: Nothing can leak.
    next:
      - when: "notice in (ranges, director) and law(reporting) == professional"
        to: closing
      - to: closing
  closing: {ending: true, narration: It is over. It cost $$5.}
"""


@pytest.fixture(scope="session")
def registry() -> Guidance:
    tree: Any = parse_tree(GUIDANCE.encode(), "guidance.yaml")
    return read_guidance(tree)


@pytest.fixture(scope="session")
def sample() -> str:
    return SAMPLE


@pytest.fixture
def read(registry: Guidance) -> Callable[[str], Reading]:
    """Reads a text as a scenario."""
    return lambda text: read_scenario(text.encode(), "sample.yaml", registry)


@pytest.fixture
def broken(read: Callable[[str], Reading]) -> Callable[[str, str], Reading]:
    """Reads the sample with one passage replaced."""

    def replaced(old: str, new: str) -> Reading:
        assert old in SAMPLE, f"the sample has no {old!r}"
        return read(SAMPLE.replace(old, new, 1))

    return replaced
