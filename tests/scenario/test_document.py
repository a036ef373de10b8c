"""Strict YAML: what it gives, where it stood, what is refused, and that nothing ever escapes."""

import time
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tabletop.scenario import document as module
from tabletop.scenario.document import Unreadable, parse_tree, read_document
from tabletop.scenario.problem import CODES, Position, errors
from tabletop.scenario.scalars import Plain


@pytest.fixture(params=["c", "pure"], autouse=True)
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Every test runs with the C library and without it."""
    if request.param == "pure":
        monkeypatch.setattr(module, "_parser", module._PureParser)
    elif not yaml.__with_libyaml__:
        pytest.skip("the C library is missing")
    return request.param


def codes(source: str | bytes) -> list[str]:
    data = source.encode() if isinstance(source, str) else source
    return [each.code for each in read_document(data, "x.yaml").problems]


ATTACKS: dict[str, tuple[bytes, str]] = {
    "an empty file": (b"", "TT011"),
    "a file of comments": (b"# nothing\n\n", "TT011"),
    "a list where a map is meant": (b"- a\n- b\n", "TT011"),
    "a single word": (b"hello", "TT011"),
    "binary": (bytes(range(256)) * 4, "TT001"),
    "a zero byte": (b"a: b\nc: d\x00e\nf: ggggg\n", "TT001"),
    "an image": (b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" * 9, "TT001"),
    "UTF-16 with a mark": ("a: b\n".encode("utf-16"), "TT001"),
    "UTF-16 without a mark": ("a: bc\n".encode("utf-16-le"), "TT001"),
    "UTF-32": ("a: bc\n".encode("utf-32"), "TT001"),
    "Latin-1": ("a: caf\u00e9\n".encode("latin-1"), "TT001"),
    "a surrogate": (b"a: \xed\xa0\x80\n", "TT001"),
    "fifty mebibytes": (b"a: b\n" * (10 * 1024 * 1024), "TT002"),
    "a little over one mebibyte": (b"a: " + b"b" * (1024 * 1024), "TT002"),
    "a text over 64 KiB": (b"a: " + b"b " * 40_000, "TT002"),
    "more than 50,000 values": (b"a: [" + b"b," * 60_000 + b"]", "TT002"),
    "25 levels": (b"a: " + b"[" * 25 + b"]" * 25, "TT002"),
    "10,000 levels": (b"a: " + b"[" * 10_000 + b"]" * 10_000, "TT002"),
    "100,000 levels": (b"a: " + b"[" * 100_000 + b"]" * 100_000, "TT002"),
    "100,000 levels of maps": (b"a: " + b"{a: " * 100_000, "TT002"),
    "100,000 levels in a block": (b"- " * 100_000 + b"a", "TT002"),
    "100,000 levels inside a key": (b"? " + b"[" * 100_000, "TT"),
    "an anchor": (b"a: &b c\n", "TT004"),
    "an anchored map": (b"a: &b {c: d}\n", "TT004"),
    "an anchored key": (b"&a b: c\n", "TT004"),
    "an alias": (b"a: &b c\nd: *b\n", "TT004"),
    "an alias as a key": (b"a: &b c\n*b : d\n", "TT004"),
    "an alias that holds itself": (b"a: &a [*a]\n", "TT004"),
    "an alias bomb": (
        b"a: &a [x,x,x,x,x,x,x,x,x]\n"
        + b"".join(
            b"%c: &%c [%s]\n" % (c, c, b",".join([b"*%c" % (c - 1)] * 9)) for c in range(98, 120)
        ),
        "TT004",
    ),
    "a merge key": (b"a: {b: c}\nd: {<<: {e: f}}\n", "TT004"),
    "a merge bomb": (
        b"a: &a {x: y}\n"
        + b"".join(
            b"%c: &%c {<<: [%s]}\n" % (c, c, b",".join([b"*%c" % (c - 1)] * 20))
            for c in range(98, 120)
        ),
        "TT004",
    ),
    "a tag": (b"a: !!python/object/apply:os.system [echo]\n", "TT004"),
    "a tagged scalar": (b"a: !!int '3'\n", "TT004"),
    "a local tag": (b"a: !x y\n", "TT004"),
    "a version": (b"%YAML 1.1\n---\na: b\n", "TT004"),
    "a tag handle": (b"%TAG !e! tag:example.org:\n---\na: b\n", "TT004"),
    "an unknown directive": (b"# hello\n%FOO bar\n---\na: b\n", "TT004"),
    "two documents": (b"a: b\n---\nc: d\n", "TT004"),
    "a document after the end": (b"a: b\n...\nc: d\n", "TT"),
    "a key written twice": (b"a: b\nc: d\na: e\n", "TT005"),
    "a key written twice in braces": (b"a: {b: c, 'b': d}\n", "TT005"),
    "an escape character": (b"a: b\x1b[2Jc\n", "TT006"),
    "an escaped escape character": (b'a: "b\\x1bc"\n', "TT006"),
    "an escaped zero": (b'a: "b\\0c"\n', "TT006"),
    "an escaped carriage return": (b'a: "b\\rc"\n', "TT006"),
    "an escaped key": (b'"a\\u202e": c\n', "TT006"),
    "a right-to-left override": ("a: b\u202ec\n".encode(), "TT006"),
    "an isolate": ("a: b\u2066c\n".encode(), "TT006"),
    "a zero-width space": ("a: b\u200bc\n".encode(), "TT006"),
    "a zero-width joiner": ("a: b\u200dc\n".encode(), "TT006"),
    "a mark inside the text": ("a: b\ufeffc\n".encode(), "TT006"),
    "a line separator": ("a: b\u2028c\n".encode(), "TT006"),
    "a C1 control": ("a: b\u0085c\n".encode(), "TT006"),
    "a tag character": ("a: b\U000e0041c\n".encode(), "TT006"),
    "a form feed": (b"a: b\x0cc\n", "TT006"),
    "a list as a key": (b"? [a, b]\n: c\n", "TT007"),
    "a map as a key": (b"{{a: b}: c}\n", "TT007"),
    "no key": (b"a: b\n: c\n", "TT003"),
    "no key in braces": (b"a: {'': c}\n", "TT007"),
    "an empty value": (b"a:\nb: c\n", "TT008"),
    "an empty item": (b"a:\n  -\n  - b\n", "TT008"),
    "a brace in front of a text": (b"a: {agency} says\n", "TT009"),
    "a brace around a text": (b"a: {agency}\n", "TT009"),
    "a bracket in front of a text": (b"a: [sic] it says\n", "TT009"),
    "a quote in front of a text": (b'a: "No," she says\n', "TT009"),
    "a star in front of a text": (b"a: *no* she says\n", "TT"),
    "an at sign in front of a text": (b"a: @agency says\n", "TT009"),
    "a percent sign in front of a text": (b"a: %5 of it\n", "TT009"),
    "a colon in a text": (b"a: One thing: another\n", "TT009"),
    "a comma in braces": (b"a: {when: x in (b, c), choose: d}\n", "TT009"),
    "a name with a comma in braces": (b"a: {name: Det. O, lead, line: x}\n", "TT009"),
    "a brace that a comment has eaten": (b"a: {b: Room #5, c: d}\ne: f\n", "TT009"),
    "a quote that is never closed": (b'a: "b\nc: d\n', "TT"),
    "an indentation with a tab": (b"a:\n\tb: c\n", "TT003"),
    "a tab after spaces": (b"a:\n  b: c\n \td: e\n", "TT003"),
    "a bad indentation": (b"a:\n  b: c\n d: e\n", "TT003"),
    "no colon": (b"a: b\nc\nd: e\n", "TT003"),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_is_refused_is_refused_at_once_with_a_line_and_a_sentence(
    attack: str, parser: str
) -> None:
    source, code = ATTACKS[attack]
    began = time.process_time()
    document = read_document(source, "x.yaml")
    took = time.process_time() - began
    found = errors(document.problems)
    assert any(each.code.startswith(code) for each in found), document.problems
    for each in found:
        assert each.code in CODES
        assert each.file == "x.yaml"
        assert each.line >= 1
        assert each.column >= 1
        assert "\n" not in each.message
        assert each.message.isprintable()
    assert took < (2 if parser == "c" else 10)


@pytest.mark.parametrize("attack", [name for name in ATTACKS if ATTACKS[name][1] != "TT011"])
def test_what_is_refused_raises_one_sentence_where_only_a_tree_is_wanted(attack: str) -> None:
    with pytest.raises(Unreadable) as caught:
        parse_tree(ATTACKS[attack][0], "plays/x.yaml")
    assert str(caught.value).startswith("plays/x.yaml:")
    assert "\n" not in str(caught.value)
    assert caught.value.problems


def test_a_scalar_is_text_however_it_looks() -> None:
    source = b"""
a: no
b: 12:30
c: 010
d: 2026-11-01
e: ~
f: 1e3
g: "true"
h: |
  3
i: 0x1F
1: null
"""
    tree = read_document(source, "x").tree
    assert tree == {
        "a": "no",
        "b": "12:30",
        "c": "010",
        "d": "2026-11-01",
        "e": "~",
        "f": "1e3",
        "g": "true",
        "h": "3\n",
        "i": "0x1F",
        "1": "null",
    }
    assert {key for key, value in tree.items() if isinstance(value, Plain)} == set("abcdefi1")
    assert all(type(key) is str for key in tree)


def test_sequences_are_tuples_and_maps_keep_their_order() -> None:
    tree = parse_tree(b"b: [x, [y], {}]\na: []\n", "x")
    assert tree == {"b": ("x", ("y",), {}), "a": ()}
    assert list(tree) == ["b", "a"]  # type: ignore[call-overload]


@pytest.mark.parametrize(
    "harmless",
    [
        "\ufeffa: b\n",
        "a: b\r\nc: d\r\n",
        "a: b\rc: d\r",
        "---\na: b\n",
        "a: b\n...\n",
        "a: R&D, 5 * 3, really!\n",
        "a: 'it''s'\n",
        'a: "tab\\there"\n',
        "a: b\tc\n",
        "a: \U0001f600 \u4e2d\u6587 caf\u00e9\n",
        "a: b   # a comment\n",
        "'<<': b\n",
        "a: |\n  - * one\n  &two: {three\n",
        "a: >-\n  folded: text, with #5\n",
        "a: '#5'\n",
    ],
)
def test_what_an_author_needs_is_read_without_a_word(harmless: str) -> None:
    document = read_document(harmless.encode(), "x")
    assert document.problems == ()
    assert document.complete


def test_positions_are_those_of_values_and_keys() -> None:
    source = b"a: b\nc:\n  - d\n  - {e: f, 'g': [h, i]}\nj:\n  k: |\n    text\n"
    document = read_document(source, "x")
    assert document.position(("a",)) == Position(1, 4)
    assert document.key(("a",)) == Position(1, 1)
    assert document.position(("c", 0)) == Position(3, 5)
    assert document.position(("c", 1, "e")) == Position(4, 9)
    assert document.key(("c", 1, "e")) == Position(4, 6)
    assert document.position(("c", 1, "g", 1)) == Position(4, 21)
    assert document.position(("j", "k")) == Position(6, 6)
    assert document.position(("j", "missing")) == Position(5, 1)
    assert document.position(("c", 1, "e", "deeper")) == Position(4, 6)
    assert document.position(("nothing", "here")) == Position(1, 1)
    assert document.position(()) == Position(1, 1)


def test_columns_count_characters_and_not_bytes() -> None:
    document = read_document("a: {\u4e2d\U0001f600: b}\n".encode(), "x")
    assert document.position(("a", "\u4e2d\U0001f600")) == Position(1, 9)


def test_a_repeated_key_names_both_places_and_the_first_one_stays() -> None:
    document = read_document(b"a:\n  b: 1\n  c: 2\n  b: {d: 3}\n  e: 4\n", "x")
    (problem,) = document.problems
    assert (problem.line, problem.column, problem.path) == (4, 3, ("a", "b"))
    assert "line 2, column 3" in problem.message
    assert document.tree == {"a": {"b": "1", "c": "2", "e": "4"}}


def test_a_byte_that_is_not_text_is_named_with_its_line_and_column() -> None:
    document = read_document("a: b\ncaf\u00e9: x\nd: e: f\n".encode("latin-1"), "x")
    first, second = document.problems
    assert ("0xE9" in first.message, first.line, first.column) == (True, 2, 4)
    assert (second.code, second.line) == ("TT009", 3)


@pytest.mark.parametrize(
    ("source", "line", "said"),
    [
        (b"a: b\nc d\ne: f\n", 2, "no `key: value`"),
        (b"a:\n  b: |\n  Trucks go by.\n  c: d\n", 3, "no `key: value`"),
        (b"a: b\n  c: d\n", 2, "part of the text above"),
        (b"a: - b\n", 1, "cannot begin with `-`"),
        (b"a: `b` c\n", 1, "a backtick"),
    ],
)
def test_a_slip_is_told_where_it_was_made(source: bytes, line: int, said: str, parser: str) -> None:
    first = read_document(source, "x").problems[0]
    assert first.line == line
    assert said in first.message


def test_all_problems_of_a_file_come_at_once_and_in_order() -> None:
    source = b'a: One: two\nb: &x y\nc: {d} e\nb: f\ng: "h\\x1b"\ni: [j] k\nl: m: n\no:\n'
    document = read_document(source, "x")
    assert [(each.code, each.line) for each in document.problems] == [
        ("TT009", 1),
        ("TT004", 2),
        ("TT009", 3),
        ("TT005", 4),
        ("TT006", 5),
        ("TT009", 6),
        ("TT009", 7),
        ("TT008", 8),
    ]
    assert not document.complete
    assert set(document.tree) == set("abcgilo")


def test_a_torn_text_is_quoted_back_whole() -> None:
    (problem,) = read_document(b"a: {when: x in (b, c, d), choose: e}\n", "x").problems
    assert problem.hint == 'quote it: "x in (b, c, d)"'


def test_an_empty_field_in_braces_is_not_taken_for_a_torn_text() -> None:
    (problem,) = read_document(b"a: {when: x, text: , choose: e}\n", "x").problems
    assert (problem.code, problem.path) == ("TT008", ("a", "text"))


def test_a_text_cut_short_by_a_comment_is_a_warning() -> None:
    document = read_document(b"a: Room #5 is taken\nb: c # a comment\n", "x")
    (problem,) = document.problems
    assert (problem.code, problem.severity, problem.line, problem.column) == (
        "TT010",
        "warning",
        1,
        9,
    )
    assert document.tree == {"a": "Room", "b": "c"}
    assert parse_tree(b"a: Room #5\n", "x") == {"a": "Room"}


def test_a_flood_of_problems_is_cut_short() -> None:
    began = time.process_time()
    assert len(codes(b"a: b\n" * 4_000)) == module.MOST
    assert len(codes(b"a: b #c\n" + b"d%d: e #f\n" * 1)) == 2
    assert len(codes(b"\x1b" * 5_000)) <= module.MOST
    assert len(codes(b"a: {" + b"b c, " * 4_000 + b"}")) <= module.MOST
    assert time.process_time() - began < 10


def test_lines_are_those_of_the_file() -> None:
    document = read_document(b"a: b\r\nc: d: e\r\n", "x")
    assert document.lines == ("a: b", "c: d: e", "")
    assert document.problems[0].line == 2


PIECES = st.sampled_from(
    ["a", "b", ": ", ":", "- ", "\n", "\n  ", "\n    ", "{", "}", "[", "]", ", ", "'", '"', "|\n",
     ">\n", "&a ", "*a ", "!x ", "!!int ", "<<: ", "? ", "# ", " #c", "%", "---\n", "...\n", "\t",
     "\r", "\x1b", "\u200b", "\ufeff", "\\x1b", "\\u202e", "\x85", "~", "null", "0x1", "\u4e2d"]
)  # fmt: skip


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=60))
def test_whatever_the_text_there_is_a_tree_or_a_problem_and_no_exception(text: str) -> None:
    document = read_document(text.encode("utf-8", "surrogatepass"), "x")
    assert isinstance(document.tree, dict) or document.problems
    for each in document.problems:
        assert each.code in CODES
        assert 1 <= each.line <= (len(document.lines) or each.line)
        assert each.column >= 1
    _walk(document, document.tree, ())


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=80))
def test_whatever_the_bytes_there_is_a_tree_or_a_problem_and_no_exception(data: bytes) -> None:
    document = read_document(data, "x")
    assert isinstance(document.tree, dict) or document.problems


def _walk(document: module.Document, node: Any, path: tuple[Any, ...]) -> None:
    """What was built is plain, and every part of it has a place in the file."""
    if path:
        assert document.position(path) >= Position(1, 1)
        assert document._spot(path) is not None
    if isinstance(node, dict):
        for key, value in node.items():
            assert type(key) is str
            assert "\x00" not in key
            _walk(document, value, (*path, key))
    elif isinstance(node, tuple):
        for index, value in enumerate(node):
            _walk(document, value, (*path, index))
    else:
        assert node is None or type(node) in (str, Plain)


VALUES = st.recursive(
    st.text("abc xyz012", min_size=1, max_size=8).filter(lambda each: each.strip() == each),
    lambda inner: (
        st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text("abcxyz", min_size=1, max_size=5), inner, max_size=4)
    ),
    max_leaves=20,
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.dictionaries(st.text("abcxyz", min_size=1, max_size=5), VALUES, max_size=5),
    st.booleans(),
)
def test_what_another_library_writes_is_read_back_as_it_was(tree: Any, flow: bool) -> None:
    text = yaml.dump(tree, Dumper=_Dumper, default_flow_style=flow, sort_keys=False)
    assert parse_tree(text.encode(), "x") == tree


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True

    def represent_tuple(self, data: Any) -> Any:
        return self.represent_list(list(data))


_Dumper.add_representer(tuple, _Dumper.represent_tuple)


def test_what_is_read_is_what_the_library_would_have_built(sample: str) -> None:
    assert parse_tree(sample.encode(), "x") == yaml.load(sample, _Texts)


@settings(
    max_examples=400, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_the_two_parsers_accept_the_same_and_build_the_same_from_it(text: str) -> None:
    here, there = _by(text, module._PureParser), _by(text, module.CParser)
    assert bool(errors(here.problems)) == bool(errors(there.problems))
    if not errors(here.problems):
        assert here.tree == there.tree


def _by(text: str, parser: Any) -> module.Document:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_parser", parser)
        return read_document(text.encode(), "x")


class _Texts(yaml.CBaseLoader):
    """The library's own loader, told to read everything as text: an independent oracle."""

    def construct_sequence(self, node: Any, deep: bool = False) -> Any:
        return tuple(super().construct_sequence(node, deep=True))


_Texts.add_constructor("tag:yaml.org,2002:seq", lambda self, node: self.construct_sequence(node))
_Texts.add_constructor(
    "tag:yaml.org,2002:map", lambda self, node: self.construct_mapping(node, deep=True)
)
