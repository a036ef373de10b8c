"""What is new, mended, waived and left from one save to the next."""

from dataclasses import replace

import examples
import shipped

from tabletop.authoring.check import check
from tabletop.authoring.findings import Finding
from tabletop.authoring.since import Known, since

ONE = Finding("TT514", "“raid” is a word of attack", "a.yaml", 4, 10, path=("summary",))
OTHER = Finding("TT601", "too much to read", "a.yaml", 9, 3, path=("scenes", "planning"))


def test_a_finding_that_only_moved_is_left() -> None:
    moved = replace(ONE, line=40)
    told = since([ONE, OTHER], [moved, OTHER])
    assert told.left == (moved, OTHER)
    assert not told.new
    assert not told.mended


def test_other_words_at_the_same_place_are_the_same_finding_and_so_is_the_reverse() -> None:
    worded = replace(OTHER, message="too much to read: 900 words")
    placed = replace(ONE, path=("scenes", "fork", "narration"))
    assert since([ONE, OTHER], [worded, placed]).left == (worded, placed)


def test_each_of_two_alike_is_told_once() -> None:
    told = since([ONE, ONE], [ONE])
    assert (told.mended, told.left, told.new) == ((ONE,), (ONE,), ())
    told = since([ONE], [ONE, ONE])
    assert (told.mended, told.left, told.new) == ((), (ONE,), (ONE,))


def test_what_is_let_stand_is_not_called_mended() -> None:
    told = since([ONE, OTHER], [], [replace(ONE, waived="quoted from the record")])
    assert told.waived == (ONE,)
    assert told.mended == (OTHER,)


def saves(*texts: str, explored: bool = True) -> list[tuple[Known, list[set[str]]]]:
    """What is known after each of some saves, and the codes told as new and as mended."""
    known, steps = Known(), []
    for text in texts:
        reading = examples.reading(text)
        rest = check(reading, shipped.guidance(), explore=False)
        known, told = known.saved(reading, rest)
        new, mended = [*told.new], [*told.mended]
        if explored and reading.playable:
            known, told = known.proved(check(reading, shipped.guidance()))
            new, mended = [*new, *told.new], [*mended, *told.mended]
        steps.append((known, [{each.code for each in new}, {each.code for each in mended}]))
    return steps


STUCK = examples.FRAME.replace(
    "      - to: waited", "      - {when: notice == on_call, to: waited}"
)
TERM = examples.FRAME.replace("title: ", "title: A raid at ", 1)


def test_exploring_tells_what_only_it_can_show_and_no_finding_twice() -> None:
    (_, clean), (known, stuck), (_, mended) = saves(examples.FRAME, STUCK, examples.FRAME)
    assert clean == [set(), set()]
    assert "TT405" in stuck[0]
    assert not stuck[1]
    assert mended == [set(), stuck[0]]
    assert known.findings == check(examples.reading(STUCK), shipped.guidance()).findings


def test_what_could_not_be_asked_of_a_broken_file_stands_as_it_was() -> None:
    broken = TERM.replace("scenes:", "scenes: [", 1)
    (_, first), (known, second), (_, third) = saves(TERM, broken, TERM)
    assert first[0] == {"TT514"}
    assert "TT514" not in second[0] | second[1]
    assert "TT514" in {each.code for each in known.findings}
    assert "TT514" not in third[0] | third[1]
    assert third[1] == second[0]
