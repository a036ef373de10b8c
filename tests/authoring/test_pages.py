"""Every code has a page, and the examples on it do what it says."""

import examples
import pytest
import shipped

from tabletop.authoring.explaining import Unexplained, contents, page
from tabletop.authoring.findings import RULES, severities, titles

PAGES = {path.stem for path in examples.PAGES.glob("TT*.md")}
# No single scenario file can show these: raw bytes, size, an empty file, other files, a limit.
UNSHOWN = {"TT001", "TT002", "TT011", "TT020", "TT421", "TT701", "TT702"}
SHOWN = sorted(titles().keys() - UNSHOWN)


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    assert titles().keys() == PAGES


@pytest.mark.parametrize("code", sorted(titles()))
def test_a_page_has_title_severity_meaning_reason_and_guidance(code: str) -> None:
    text = page(code).text
    head, _, rest = text.partition("\n")
    assert head == f"# {code}: {titles()[code].rstrip('.')}"
    assert rest.startswith(f"\nSeverity: {severities()[code]}\n\n")
    assert len(rest.split("\n## Why\n")[0].split()) > 8
    assert len(rest.split("\n## Why\n")[1].split()) > 5
    for each in (*RULES[code].practices, *RULES[code].sources) if code in RULES else ():
        assert each in text
    if code in SHOWN:
        assert page(code).bad
        assert page(code).good
    else:
        assert page(code).bad is None


@pytest.mark.parametrize("code", SHOWN)
def test_a_bad_example_yields_exactly_its_code(code: str) -> None:
    checked = examples.checked(examples.laid_over(page(code).bad or ""))
    assert {each.code for each in checked.findings} == {code}, list(map(str, checked.findings))


@pytest.mark.parametrize("code", SHOWN)
def test_a_good_example_yields_nothing(code: str) -> None:
    checked = examples.checked(examples.laid_over(page(code).good or ""))
    assert list(map(str, checked.findings)) == []


def test_nothing_is_found_in_the_frame() -> None:
    checked = examples.checked(examples.FRAME)
    assert checked.findings == checked.waived == ()
    assert checked.situations > 10


def test_guidance_a_rule_comes_from_exists() -> None:
    for code, rule in RULES.items():
        assert set(rule.practices) <= shipped.guidance().practices.keys(), code
        assert set(rule.sources) <= shipped.guidance().sources.keys(), code
        assert rule.title.endswith(".")
    assert list(RULES) == sorted(RULES)


def test_a_code_is_found_however_it_is_written_and_a_wrong_one_is_told() -> None:
    assert page(" tt408 ").code == "TT408"
    with pytest.raises(Unexplained, match="did you mean TT4"):
        page("TT498")
    with pytest.raises(Unexplained, match=r"no code \.\./\.\./x"):
        page("../../x")
    assert len(list(contents())) == len(titles())
