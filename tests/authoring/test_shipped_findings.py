"""What is shipped is held to every rule its authors are held to."""

import shipped

from tabletop.authoring.check import check
from tabletop.scenario.reading import read_scenario


def test_nothing_is_left_to_mend_in_first_hour() -> None:
    path = shipped.ROOT / "first_hour" / "scenario.yaml"
    reading = read_scenario(path.read_bytes(), path.name, shipped.guidance())
    checked = check(reading, shipped.guidance())
    assert list(map(str, checked.findings)) == []
    assert all(len((each.waived or "").split()) > 10 for each in checked.waived)
    assert checked.situations > 1000
