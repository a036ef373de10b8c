"""The notice above every debrief that leaves the program."""

from tabletop.debrief import wordings as w
from tabletop.debrief.documents import handling
from tabletop.debrief.parts import Report
from tabletop.wording import say


def notice(report: Report) -> tuple[str, ...]:
    """What stands above every debrief that leaves the program, line by line."""
    language, about = report.language, report.notice
    people = ", ".join(w.byline((who,), language) for who in about.roles)
    lines = [
        handling.marking(language),
        handling.disclaimer(language),
        handling.discoverable(language),
        say(
            "{basis} Law as of {day}, in {place}, a fictional jurisdiction.",
            language=language,
            basis=handling.whose(about.key, language),
            day=about.law_as_of,
            place=about.jurisdiction,
        ),
        say(
            "{title}, version {version}; played on {day}, {minutes} min; tabletop {tool}.",
            language=language,
            title=about.title,
            version=about.version,
            day=about.created,
            minutes=about.minutes,
            tool=about.tool_version,
        ),
        say("At the table: {people}.", language=language, people=people),
    ]
    if not about.finished:
        lines.append(say("The exercise stopped before an ending.", language=language))
    if about.own_notice:
        lines.append(about.own_notice)
    return tuple(lines)
