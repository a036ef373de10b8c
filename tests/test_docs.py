"""The documents say what the program does, and their examples work."""

import re
from pathlib import Path

import click
import pytest

from tabletop.cli import cli

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))


def every_command(group: click.Group, before: str = "") -> dict[str, click.Command]:
    """Every command by what is typed, those of a group among them."""
    found = {}
    for name, command in group.commands.items():
        found[before + name] = command
        if isinstance(command, click.Group):
            found |= every_command(command, f"{before}{name} ")
    return found


COMMANDS = every_command(cli)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_is_in_the_readme_and_has_help(name):
    assert f"tabletop {name}" in README
    command = COMMANDS[name]
    assert command.help
    assert command.help[0].isupper()
    assert command.help.endswith(".")


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_option_has_help_and_is_in_the_readme(name):
    for option in COMMANDS[name].params:
        if isinstance(option, click.Option):
            assert option.help, option.name
            assert option.help.endswith("."), option.help
            assert any(f"`{form}" in README or f" {form}" in README for form in option.opts)


@pytest.mark.parametrize("code", [0, 1, 2, 3, 130])
def test_every_exit_code_is_in_the_readme(code):
    assert re.search(rf"^\| {code} \|", README, re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_links_between_the_documents_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        if not target.startswith(("http:", "https:", "mailto:")):
            assert (page.parent / target).exists(), target


def test_every_dependency_is_explained():
    import tomllib

    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = [each for group in project["optional-dependencies"].values() for each in group]
    for requirement in (*project["dependencies"], *extras):
        name = re.split(r"[<>=\[]", requirement)[0].lower()
        assert f"| {name} |" in page, name


def test_the_session_in_the_readme_is_what_is_printed(tabletop):
    """Each line of the example that the program prints stands in what it prints today."""
    session = re.search(r"```console\n(\$ tabletop play.*?)```", README, re.DOTALL)[1]
    typed = re.findall(r"^> (.*)$", session, re.MULTILINE)
    told = " ".join(
        tabletop(
            "play", "first_hour", "--plain", typed="\n".join(each.strip() for each in typed) + "\n"
        ).out.split()
    )
    for paragraph in re.split(r"\n\s*\n|^> .*$|^\$ .*$|^\.\.\.$", session, flags=re.MULTILINE):
        words = " ".join(paragraph.split())
        if words and "resume" not in words:
            assert words in told, words


def test_the_examples_on_the_page_about_maps_are_what_is_printed(tabletop):
    page = (ROOT / "docs" / "maps.md").read_text(encoding="utf-8")
    for fence, arguments in (
        (r"```console\n\$ tabletop graph.*?\n(.*?)```", ("graph", "first_hour", "--quick")),
        (r"```twee\n(.*?)```", ("twee", "export", "first_hour")),
    ):
        # Where a passage lies on the map is the layout's to say.
        shown, printed = (
            re.sub(r' \{"position": .*\}', "", text)
            for text in (re.search(fence, page, re.DOTALL)[1], tabletop(*arguments).out)
        )
        assert shown.removesuffix("...\n") in printed
