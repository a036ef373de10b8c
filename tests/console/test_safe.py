"""Text of authors and players is shown as it is, and never obeyed."""

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import screen_text, until_shown
from textual.app import App, ComposeResult
from textual.content import Content
from textual.widgets import Checkbox, DataTable, Input, Label, OptionList, Static, TextArea
from textual.widgets.option_list import Option

import tabletop.console
from tabletop.console import safe

CONSOLE = Path(tabletop.console.__file__).parent
HOSTILE = (
    "[@click=app.quit]x[/]",
    "[ @click=app.quit]x",
    "[/b]",
    "[b",
    "[link=file:///etc/passwd]x[/link]",
    "{value} %s $accent",
    "\x1b]52;c;aGk=\x07",
    "\x9b31m",
    "a\u202eb\u200bc\ufeffd",
    "\ud800",
    "[red]" * 50,
)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_unseen_is_left_and_nothing_seen_is_lost(text: str) -> None:
    kept = safe.clean(text)
    assert not safe.UNSEEN.search(kept)
    assert kept == "".join(each for each in text if not safe.UNSEEN.match(each))


@given(st.text(max_size=300))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = safe.clean(text)
    assert safe.clean(once) == once
    assert not safe.UNSEEN.search(once)
    assert "\n" not in safe.one_line(text)


def test_length_and_lines_are_capped() -> None:
    assert len(safe.clean("x" * 10_000_000)) == safe.LONGEST + 1
    assert safe.clean("\n" * 100_000).count("\n") < safe.MOST_LINES
    assert safe.clean("x" * 30, longest=10) == "x" * 10 + "…"
    assert safe.clean("short") == "short"


def test_every_kind_of_line_break_is_one() -> None:
    assert safe.clean("a\r\nb\rc\u2028d") == "a\nb\nc\nd"
    assert safe.one_line(" a\n\tb ") == "a b"


def test_parts_keep_styles_apart_from_words() -> None:
    content = safe.parts("[b]plain[/b] ", ("[i]bold", "bold"), safe.prose("[x]"))
    assert content.plain == "[b]plain[/b] [i]bold[x]"
    assert [span.style for span in content.spans] == ["bold"]


def test_a_file_name_is_never_a_path() -> None:
    assert safe.file_name("../../etc/passwd") == "etc-passwd"
    assert safe.file_name("/") == "exercise"
    assert safe.file_name("Larkmoor Row, 2 of 8") == "larkmoor-row-2-of-8"


class Slots(App[None]):
    """Every kind of slot, each with the same hostile text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.quitted = False

    def compose(self) -> ComposeResult:
        yield Label(safe.label("begin"))
        yield safe.static(self.text)
        yield Label(safe.label(self.text))
        yield Checkbox(safe.label(self.text))
        yield OptionList(Option(safe.option(self.text)), markup=False)
        yield Input(safe.field(self.text))
        yield TextArea(safe.field(self.text))
        yield safe.document(self.text)
        yield DataTable()

    def on_mount(self) -> None:
        table: DataTable[object] = self.query_one(DataTable)
        table.add_column(safe.cell(self.text))
        table.add_row(safe.cell(self.text))
        framed = self.query_one(Static)
        framed.styles.border = ("round", "white")
        safe.set_border_title(framed, self.text)
        safe.set_border_subtitle(framed, self.text)
        safe.set_tooltip(framed, self.text)
        safe.notify(self, self.text)

    async def action_quit(self) -> None:
        self.quitted = True


@pytest.mark.parametrize("text", HOSTILE)
async def test_no_slot_obeys_what_it_shows(text: str) -> None:
    app = Slots(text)
    async with app.run_test(size=(100, 60), notifications=True) as pilot:
        await until_shown(pilot, "begin")
        for widget in app.query("Static, Label, Checkbox, OptionList, DataTable"):
            await pilot.click(widget, offset=(2, 1))
        await pilot.pause()
        assert not app.quitted
        assert not safe.UNSEEN.search(screen_text(app).replace("\n", ""))
        for strip in app.screen._compositor.render_strips():
            for segment in strip:
                meta = segment.style.meta if segment.style else {}
                assert not str(meta.get("@click", "")).startswith(("app.quit", "link"))


# What the console's own code may do with text.

SLOTS = {
    "Static", "Label", "Button", "Checkbox", "RadioButton", "Option", "Collapsible", "Tab",
    "TabPane", "Link", "Digits", "Tooltip", "Placeholder",
}  # fmt: skip
WORDS = {"content", "label", "prompt", "title", "renderable", "text", "tooltip"}
FORBIDDEN_CALLS = {
    "from_markup", "render_str", "Markdown", "from_ansi", "Text", "open_url",
    "add_row", "add_rows", "add_column", "add_columns",
}  # fmt: skip
FORBIDDEN_TARGETS = {"border_title", "border_subtitle", "tooltip"}


def name_of(function: ast.expr) -> str:
    """The last name of what is called."""
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


class Reader(ast.NodeVisitor):
    """Collects every place where text could reach a slot without `safe`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.wrong: list[str] = []
        self.functions: list[ast.AST] = []
        self.slot_class = False

    def report(self, node: ast.AST, what: str) -> None:
        self.wrong.append(f"{self.path.name}:{getattr(node, 'lineno', 0)} {what}")

    def is_safe(self, node: ast.expr | None) -> bool:
        """Whether an expression can only be text that went through `safe`."""
        match node:
            case None:
                return True
            case ast.Constant(value=value):
                return not isinstance(value, str) or "[" not in value
            case ast.Call(func=ast.Attribute(value=ast.Name(id="safe"))):
                return True
            case ast.IfExp(body=body, orelse=other):
                return self.is_safe(body) and self.is_safe(other)
            case ast.Name(id=name) if self.functions:
                given = [
                    each.value
                    for each in ast.walk(self.functions[-1])
                    if isinstance(each, ast.Assign | ast.AnnAssign)
                    and any(
                        isinstance(target, ast.Name) and target.id == name
                        for target in (
                            each.targets if isinstance(each, ast.Assign) else [each.target]
                        )
                    )
                ]
                return bool(given) and all(
                    not isinstance(value, ast.Name) and self.is_safe(value) for value in given
                )
        return False

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        before = self.slot_class
        self.slot_class = any(name_of(base) in SLOTS for base in node.bases)
        self.generic_visit(node)
        self.slot_class = before

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self.functions.append(node)
        if node.name == "render":
            for each in ast.walk(node):
                if isinstance(each, ast.Return) and not self.is_safe(each.value):
                    self.report(each, "render() returns text that did not come from safe")
        self.generic_visit(node)
        self.functions.pop()

    def visit_Call(self, node: ast.Call) -> None:
        name = name_of(node.func)
        through_safe = (
            isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "safe"
        )
        words = [*node.args[:1], *(each.value for each in node.keywords if each.arg in WORDS)]
        own_init = (
            self.slot_class
            and name == "__init__"
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Call)
        )
        if through_safe:
            pass
        elif name in SLOTS or own_init or name in ("update", "replace_option_prompt"):
            texts = node.args[1:2] if name == "replace_option_prompt" else words
            if not all(self.is_safe(each) for each in texts):
                self.report(node, f"{name}() is given text that did not come from safe")
        elif name == "notify" or name in FORBIDDEN_CALLS:
            self.report(node, f"{name}() is for safe alone")
        elif name == "Content" and (node.args or node.keywords):
            self.report(node, "Content() is made by safe alone")
        elif name == "escape" and "re." not in ast.unparse(node.func):
            self.report(node, "escaping markup is no defence")
        elif name in ("assemble", "styled"):
            self.report(node, f"Content.{name}() is for safe alone")
        for each in node.keywords:
            if each.arg in ("markup", "open_links") and not (
                isinstance(each.value, ast.Constant) and each.value.value is False
            ):
                self.report(node, f"{each.arg} is always False")
        self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        for target in node.targets:
            if isinstance(target, ast.Attribute) and target.attr in FORBIDDEN_TARGETS:
                self.report(node, f"{target.attr} is set by safe alone")
        self.generic_visit(node)


def read(source: str, path: Path) -> list[str]:
    """What is wrong in a module."""
    reader = Reader(path)
    reader.visit(ast.parse(source))
    return reader.wrong


@pytest.mark.parametrize(
    "path",
    [path for path in sorted(CONSOLE.rglob("*.py")) if path.name != "safe.py"],
    ids=lambda path: path.relative_to(CONSOLE).as_posix(),
)
def test_text_reaches_a_slot_only_through_safe(path: Path) -> None:
    assert read(path.read_text(), path) == []


@pytest.mark.parametrize(
    "source",
    [
        "Static(name)",
        "Static(f'{name}')",
        "Static(say('Hello {name}', name=name))",
        "Label(label=name)",
        "self.app.notify(name)",
        "widget.border_title = name",
        "widget.tooltip = name",
        "widget.update(name)",
        "Content.from_markup(name)",
        "Content(name)",
        "Static(safe.prose(name), markup=True)",
        "Markdown(name)",
        "escape(name)",
        "table.add_row(name)",
        "class Line(Static):\n def __init__(self, name):\n  super().__init__(name)",
        "class Line(Widget):\n def render(self):\n  return self.name",
        "def f(name):\n name = name\n Static(name)",
    ],
)
def test_any_other_way_is_refused(source: str) -> None:
    assert read(source, Path("example.py"))


@pytest.mark.parametrize(
    "source",
    [
        "Static(safe.prose(name), markup=False)",
        "Static()",
        "Static('', id='card')",
        "widget.update(safe.prose(a) if b else safe.label(c))",
        "def f(name):\n words = safe.label(name)\n Static(words)",
    ],
)
def test_the_safe_way_is_let_through(source: str) -> None:
    assert read(source, Path("example.py")) == []


def test_content_passes_through_unchanged() -> None:
    content = Content("x")
    assert safe.prose(content) is content
    assert safe.label(content) is content
