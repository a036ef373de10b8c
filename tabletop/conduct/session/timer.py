"""Timer: how long there is until the time a facilitator has asked people to be done by."""

from tabletop.wording import say


def remaining(left: int) -> str:
    """What is left of it, from milliseconds."""
    if left <= 0:
        return say("time is up; finish your thought")
    if left < 60_000:
        return say("less than a minute left")
    return say("{minutes} min left", minutes=-(-left // 60_000))
