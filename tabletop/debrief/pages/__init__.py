"""Pages: the fixed order of a debrief, and what stands on each page.

How was that, before anything is shown; what happened and what was known; what went well; the
widest gaps; what it turned on; where the axes pulled apart; what to keep and change; bands and
critical acts; what could still have come; what those who watched made of the critical tasks, what
is to be improved, and feedback; closing. No number about anyone's choices stands before the page of
bands, and the two axes are never added.
"""

from dataclasses import replace

from tabletop.debrief.blocks import Page, levelled
from tabletop.debrief.pages import (
    answers,
    back,
    causes,
    conclusions,
    knowing,
    numbers,
    steering,
    story,
    turned,
    writing,
)
from tabletop.debrief.pages.notice import notice
from tabletop.debrief.pages.voice import Voice
from tabletop.debrief.parts import Report

__all__ = ["notice", "pages"]


def pages(report: Report) -> tuple[Page, ...]:
    """Every page in order."""
    voice = Voice(report)
    say = voice.say
    leaves = [
        Page("reactions", say("How was that?"), writing.reactions(voice)),
        Page("story", say("What happened"), [*story.story(voice), *steering.steering(voice)]),
        Page("knowing", say("Who knew what, when"), knowing.knowing(voice)),
        Page("strengths", say("What went well"), back.strengths(voice)),
        Page("gaps", say("The widest gaps"), back.gaps(voice)),
        Page("turned", say("Decisions that mattered most"), turned.turned(voice)),
        Page("pulls", say("Where the two axes pulled apart"), back.pulls(voice)),
        Page("causes", say("How it came about"), causes.causes(voice)),
        Page("change", say("What to keep, what to change"), writing.change(voice)),
        Page("bands", say("Bands and critical acts"), numbers.bands(voice)),
        Page("ahead", say("What could still have come"), turned.ahead(voice)),
        Page("answers", say("Agreement and sureness"), answers.answers(voice)),
    ]
    if report.concluded.watched and report.concluded.objectives:
        leaves.append(Page("tasks", say("Critical tasks"), conclusions.tasks(voice)))
    if report.concluded.watched or report.concluded.improvements:
        title = say("What is to be improved")
        leaves.append(Page("improvement", title, conclusions.improvement(voice)))
    if report.concluded.watched:
        title = say("What people said of the exercise")
        leaves.append(Page("feedback", title, conclusions.feedback(voice)))
    leaves.append(Page("closing", say("Closing"), writing.closing(voice)))
    return tuple(replace(leaf, blocks=tuple(levelled(leaf.blocks))) for leaf in leaves)
