"""What those who conduct see of what was entered once play was over."""

from tabletop.exercise import conduct_types as v
from tabletop.exercise.afterwards import digest
from tabletop.exercise.feeds import Words
from tabletop.exercise.state import State


def conclusions(state: State, words: Words) -> v.ConclusionsView | None:
    """Ratings, improvements, signatures and how many gave feedback; nothing before the end."""
    if state.status != "ended":
        return None

    def said(reference: str) -> str:
        return (words.get(reference) or "") if reference else ""

    def called(seat: str) -> str:
        found = state.seats.get(seat)
        return said(found.name) if found is not None else ""

    return v.ConclusionsView(
        ratings=tuple(
            v.RatingView(
                each.task, each.rating, each.proposed, said(each.reason), called(each.seat)
            )
            for each in state.ratings.values()
        ),
        capabilities=tuple(
            v.RatingView(
                each.capability, each.rating, each.proposed, said(each.reason), called(each.seat)
            )
            for each in state.capabilities.values()
        ),
        improvements=tuple(
            v.ImprovementView(
                number=number,
                issue=said(each.issue),
                action=said(each.action),
                element=each.element,
                owner=said(each.owner),
                contact=said(each.contact),
                start=each.start,
                due=(update.due if update else "") or each.due,
                objective=each.objective,
                decisions=each.decisions,
                observations=each.observations,
                status=update.status if update else "open",
                note=said(update.note) if update else "",
                withdrawn=back is not None,
                why=said(back.reason) if back else "",
            )
            for number, each in state.improvements.items()
            for update, back in ((state.actions.get(number), state.withdrawn.get(number)),)
        ),
        signatures=tuple(
            v.SignatureView(
                said(each.name), said(each.organization), said(each.role), each.on, each.digest
            )
            for each in state.signatures
        ),
        feedback=state.feedback,
        digest=digest(state),
    )
