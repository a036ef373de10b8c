"""Refusals: why a command was not accepted, as a slug and a sentence for who asked."""

from tabletop.wording import say

SENTENCES = {
    "not_begun": "The exercise has not begun.",
    "begun": "The exercise has already begun.",
    "ended": "The exercise has ended.",
    "not_ended": "This is asked once the exercise has ended.",
    "paused": "The exercise is paused. It can be resumed, or you can step out.",
    "not_paused": "The exercise is not paused.",
    "no_seat": "This seat is not part of the exercise.",
    "bad_seats": "Each role is taken by people or by one stand-in; every seat has its own name.",
    "not_joined": "Your role joins the exercise later.",
    "not_open": "This decision is not open.",
    "not_asked": "This decision is asked of others.",
    "not_consulted": "Your advice is not asked on this decision.",
    "already_advised": "Advice has been given.",
    "no_option": "This answer is not offered here.",
    "no_reason": "This reason is not offered here.",
    "settled": "This decision is settled.",
    "wait_for_people": "Stand-ins answer after the people have.",
    "not_revealed": "The answers have not been shown yet.",
    "answers_missing": "Not everyone has answered yet.",
    "tie": "The answers differ and the rule gives none. Talk, change an answer, or choose one.",
    "rule_decides": "The rule of this decision gives the answer; it can't be replaced here.",
    "not_known": "Your role does not know this.",
    "no_offer": "This can't be shared with them now.",
    "already_shared": "You have shared this with them.",
    "no_recipient": "There is nobody there to receive it.",
    "no_words": "There is nothing in the message.",
    "open_decisions": "The scene waits until its decisions are settled.",
    "not_yours": "The facilitator does this.",
    "no_way_on": "No way out of this scene holds. This is a fault of the scenario.",
    "not_held": "This inject is not held in this scene.",
    "released": "This inject has been delivered.",
    "mid_scene": "An inject with effects is released on entering or after the last decision.",
    "time_back": "Time only goes forward.",
    "away": "You have stepped out. Step in again first.",
    "not_away": "You are at the table.",
    "no_passage": "There is no such passage.",
    "no_fade": "This passage has no other wording.",
    "read_already": "That was noted before.",
    "not_a_person": "A stand-in does not do this.",
    "no_role": "There is no such role.",
    "mid_decision": "A stand-in is answering for this role; it hands over once that is settled.",
    "hats": "A prosecutor and a victims' attorney are never one person.",
    "left": "This seat was left.",
    "seated": "They sit there already.",
    "revealed": "The answers have been shown.",
    "no_answers": "Nobody has answered yet.",
    "no_scene": "There is no such scene.",
    "no_moment": "There is no such moment to go back to.",
    "no_inject": "There is no such inject, or it has come.",
    "held_already": "This inject is held already.",
    "not_held_back": "This inject is not held back.",
    "no_timer": "There is no timer.",
    "not_conducting": "Only those who conduct the exercise do this.",
    "alone": "This is for exercises that someone facilitates.",
    "only_watching": "Evaluators and observers do not speak to the table.",
    "no_prompt": "This is not asked afterwards.",
    "no_commitment": "Only a commitment says on which occasion and by when.",
    "no_task": "There is no such critical task, or no such rating.",
    "no_capability": "There is no such capability, or no such rating.",
    "withdrawn": "It was withdrawn; write it down anew where it still holds.",
    "no_reason_to_withdraw": "Say why it is withdrawn; it stays where it is, with the reason.",
    "no_reason_given": "A rating other than the one proposed needs a reason.",
    "signed": "The findings are signed; only what becomes of an action can still change.",
    "no_item": "There is no such improvement.",
    "no_anchor": "There is no such objective, decision, observation or element to tie this to.",
    "no_day": "A day is written as in 2026-12-01.",
    "due_before_start": "It is due before it begins.",
    "no_status": "An action is open, begun, done or dropped.",
    "no_statement": "A statement of the form is answered once, from 1 to 5.",
    "no_signature": "A signature needs a name, an organization and a role.",
    "found_otherwise": "The findings have changed since you looked; look at them again, then sign.",
    "feedback_given": "You have given your feedback; it can't be found again to change it.",
    "no_subject": "There is no such passage, decision, practice or task to note this on.",
}


class Refused(Exception):
    """A command was not accepted, and nothing changed."""

    def __init__(self, slug: str) -> None:
        """Takes the slug of the reason."""
        super().__init__(slug)
        self.slug = slug


def sentence(refused: Refused, language: str = "en") -> str:
    """The reason in the reader's language."""
    return say(SENTENCES[refused.slug], language=language)
