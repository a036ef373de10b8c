"""The command that writes the documents of an exercise still to come."""

from pathlib import Path

import click

from tabletop.cli.papers import about_file, chosen, in_folder
from tabletop.cli.program import cli, scenario_argument, scenarios
from tabletop.plain.streams import line, out
from tabletop.wording import say


@cli.command(help=say("Write the papers for an exercise of a scenario: manual, briefs and more."))
@scenario_argument
@in_folder
@click.option(
    "--format",
    "forms",
    multiple=True,
    type=click.Choice(["md", "html", "docx", "pdf", "text", "csv"]),
    help=say("A format, more than once for several, else Markdown and HTML; csv: the events list."),
)
@click.option(
    "--only",
    "kinds",
    metavar="KINDS",
    help=say("Only these, with commas between, such as situation-manual,role-briefs."),
)
@about_file
def documents(
    scenario: str,
    output: Path | None,
    forms: tuple[str, ...],
    kinds: str | None,
    about: Path | None,
) -> int:
    """Writes or lists documents."""
    from tabletop.conduct.document_files import read_about_file, save_all, save_documents
    from tabletop.debrief.documents.about import About
    from tabletop.debrief.documents.kinds import PLANNED
    from tabletop.plain import documents as papers
    from tabletop.plain.fitting import fits

    wanted = chosen(kinds, PLANNED)
    known = read_about_file(about) if about else About()
    loaded = scenarios().load(scenario)
    fits(loaded, (), (), known.parameters)
    made = papers.of_scenario(loaded, known, wanted)
    if output is None:
        out(f"{each.slug}: {each.title}" for each in made)
        line(say("To save them: tabletop documents {scenario} -o DIR", scenario=scenario))
        return 0
    paths: list[Path] = []
    formats = tuple(form for form in forms or ("md", "html") if form != "csv")
    if formats:
        paths += save_documents(made, formats, output, loaded.slug, papers.render)
    if "csv" in forms:
        paths += save_all(output, papers.events_list(loaded, known))
    for path in paths:
        line(say("Saved: {path}", path=path))
    return 0
