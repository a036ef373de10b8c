"""What is shipped is held to every rule its authors are held to, and carries the proof of it."""

import json

import pytest
import shipped

from tabletop.authoring.certificate import FILE
from tabletop.conduct.library import Library
from tabletop.plain.certifying import compared


@pytest.mark.parametrize("slug", shipped.SLUGS)
def test_what_is_shipped_is_proved_again(slug: str) -> None:
    found = compared(Library(), slug, None)
    assert found.outcome == "holds", (found.sentence, *found.details, "make certify")


@pytest.mark.parametrize("slug", shipped.SLUGS)
def test_nothing_is_left_to_mend(slug: str) -> None:
    values = json.loads((shipped.ROOT / slug / FILE).read_bytes())
    assert values["findings"] == []
    assert all(len(each["reason"].split()) > 10 for each in values["waivers"])
    assert values["attendances"][0]["situations"] > 1000
    assert all(each["reached"] for each in values["endings"].values())
    assert all(each["stuck"] == 0 for each in values["attendances"])
