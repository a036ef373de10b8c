"""What every test may ask for."""

import pytest
from command import Tabletop


@pytest.fixture
def tabletop(tmp_path):
    return Tabletop(tmp_path / "data")
