"""Commands about exercises that were played: their records, their debriefs, their end."""

import sys
from pathlib import Path

import click

from tabletop.cli.papers import about_file, chosen, in_folder
from tabletop.cli.program import (
    FINDINGS,
    Given,
    as_json,
    cli,
    data_folder,
    draw,
    drawable,
    exercise_argument,
)
from tabletop.cli.saving import save_debrief
from tabletop.plain.streams import line, out
from tabletop.wording import say


@cli.command(help=say("List the exercises on this computer."))
@as_json
@click.pass_obj
def exercises(given: Given, as_json: bool) -> int:
    """Lists exercises."""
    from tabletop.plain import lists

    folder = data_folder(given)
    found = folder.exercises()
    out(lists.exercises_json(found) if as_json else lists.exercises(found, folder.path))
    return 0


@cli.command(help=say("Tell an exercise again from its record, entry by entry."))
@exercise_argument
@as_json
@click.pass_obj
def replay(given: Given, exercise: str, as_json: bool) -> int:
    """Prints the story of an exercise."""
    from tabletop.plain import story

    record = data_folder(given).record(exercise)
    out(story.as_json(record) if as_json else story.lines(record))
    return 0


@cli.command(help=say("Check that the record of an exercise was not changed."))
@exercise_argument
@as_json
@click.pass_obj
def verify(given: Given, exercise: str, as_json: bool) -> int:
    """Checks the chain of a record."""
    from tabletop.conduct import solo
    from tabletop.plain import lists

    verdict = solo.verify(data_folder(given), exercise)
    out(lists.verdict_json(verdict) if as_json else [verdict.sentence])
    return 0 if verdict.sound else FINDINGS


@cli.command(help=say("Show the debrief of an exercise, or save it."))
@exercise_argument
@in_folder
@click.option(
    "--format",
    "forms",
    multiple=True,
    type=click.Choice(["md", "html", "docx", "pdf", "text"]),
    help=say("A format, more than once for several; printed where no folder is given."),
)
@click.option(
    "--only",
    "kinds",
    metavar="KINDS",
    help=say("Only these to save, with commas between, such as debrief,after-action-report."),
)
@about_file
@click.option("--names", is_flag=True, help=say("With the names people gave themselves."))
@click.option(
    "--explain",
    is_flag=False,
    flag_value="",
    metavar="[WHAT]",
    help=say("How an inject, scene, decision, flag, consent or fact came about; without, all."),
)
@click.option(
    "--what-if",
    "what_if",
    metavar="DECISION=OPTION",
    help=say("Another answer played forward, beside what happened."),
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    metavar="N",
    help=say("The most situations to look at for what could still have come; 30000 as it is."),
)
@click.pass_obj
def debrief(
    given: Given,
    exercise: str,
    output: Path | None,
    forms: tuple[str, ...],
    kinds: str | None,
    about: Path | None,
    names: bool,
    explain: str | None,
    what_if: str | None,
    limit: int | None,
) -> int:
    """Shows or saves a debrief, and with it the after-action report and its papers."""
    folder = data_folder(given)
    if explain is not None or what_if is not None:
        if output is not None or len(forms) > 1 or {"docx", "pdf"}.intersection(forms):
            raise click.UsageError(
                say("An answer to a question is printed, as text, md or html: leave -o out.")
            )
        from tabletop.plain.documents import alternative, explained, render

        record = folder.record(exercise)
        if what_if is not None:
            document = alternative(record, what_if, names=names, limit=limit)
        else:
            document = explained(record, explain or "", names=names)
        out([render(document, *(forms or ("text",))).decode().rstrip("\n")])
        return 0
    if output is None and not forms and limit is None and drawable():
        from tabletop.console.start import Debrief

        return draw(given, Debrief(folder.find(exercise).stem))
    if output is None and (len(forms) > 1 or {"docx", "pdf"}.intersection(forms)):
        raise click.UsageError(
            say("Word, PDF and several formats need a folder: give one with -o.")
        )
    record = folder.record(exercise)
    if output is None and kinds:
        raise click.UsageError(say("To choose what to save, give a folder with -o."))
    if output is None:
        from tabletop.plain.documents import of_record, render

        for document in of_record(record, names=names, limit=limit):
            out([render(document, *(forms or ("text",))).decode().rstrip("\n")])
        return 0
    from tabletop.debrief.documents.kinds import PLAYED

    wanted = chosen(kinds, PLAYED) or tuple(PLAYED)
    known = None
    if about is not None:
        from tabletop.conduct.document_files import read_about_file

        known = read_about_file(about)
    papers = forms or ("md", "html")
    for path in save_debrief(record, papers, names, output, wanted, known, limit):
        line(say("Saved: {path}", path=path))
    return 0


@cli.command(help=say("Delete an exercise with everything in it."))
@exercise_argument
@click.option("--yes", is_flag=True, help=say("Without asking."))
@click.pass_obj
def delete(given: Given, exercise: str, yes: bool) -> int:
    """Deletes an exercise."""
    from tabletop.conduct import solo

    folder = data_folder(given)
    found = folder.find(exercise).stem
    if not yes:
        if not (sys.stdin and sys.stdin.isatty()):
            raise click.UsageError(say("Nobody can be asked here; --yes deletes without asking."))
        if not click.confirm(say("Delete exercise {id} for good?", id=found), default=False):
            line(say("Nothing was deleted."))
            return 0
    solo.delete(folder, found)
    line(say("Exercise {id} is deleted.", id=found))
    return 0


@cli.command(help=say("Erase what one person wrote in an exercise; its record still verifies."))
@exercise_argument
@click.option(
    "--person", required=True, metavar="NAME", help=say("Their name, or the role they played.")
)
@click.pass_obj
def erase(given: Given, exercise: str, person: str) -> int:
    """Erases a person's words."""
    from tabletop.conduct import solo

    count = solo.erase(data_folder(given), exercise, person)
    line(
        say("Erased one piece of what {person} wrote, with any notes and drafts.", person=person)
        if count == 1
        else say(
            "Erased {count} pieces of what {person} wrote, with any notes and drafts.",
            count=count,
            person=person,
        )
    )
    return 0
