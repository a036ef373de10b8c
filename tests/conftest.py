"""What every test may ask for."""

import shutil

import pytest
from command import ALL_OF_IT, Said, Tabletop, over

from tabletop import cli


@pytest.fixture(scope="session", autouse=True)
def _forking():
    yield
    over()


@pytest.fixture
def tabletop(tmp_path):
    """The command with an empty data folder."""
    return Tabletop(tmp_path / "data")


@pytest.fixture
def within(capsys):
    """The command within this process, which has the guidance read already."""

    def run(*arguments):
        code = cli.run(arguments)
        return Said(code, *capsys.readouterr())

    return run


@pytest.fixture(scope="session")
def _begun(tmp_path_factory):
    command = Tabletop(tmp_path_factory.mktemp("begun") / "data")
    return command, command.play("2", "a word to forget", "", "q")


@pytest.fixture(scope="session")
def _finished(tmp_path_factory):
    command = Tabletop(tmp_path_factory.mktemp("finished") / "data")
    return command, command.play(*ALL_OF_IT)


@pytest.fixture
def begun(_begun, tabletop):
    """The id of an exercise of First Hour with one decision made, in the command's data folder."""
    command, exercise = _begun
    shutil.copytree(command.data, tabletop.data)
    return exercise


@pytest.fixture
def finished(_finished, tabletop):
    """The id of an exercise of First Hour played to its end."""
    command, exercise = _finished
    shutil.copytree(command.data, tabletop.data)
    return exercise


LONGEST = (
    *("test_whole_session", "test_laws", "test_pairs", "test_barriers", "test_report"),
    *("often_it_dies", "no_request_of_ours", "the_oracle_finds[larkmoor_row]"),
)
LEFT_OUT = pytest.StashKey[list]()


def pytest_terminal_summary(terminalreporter, config):
    skipped = {str(report.longrepr[2]) for report in terminalreporter.stats.get("skipped", ())}
    config.stash[LEFT_OUT] = sorted(reason.removeprefix("Skipped: ") for reason in skipped)


def pytest_unconfigure(config):
    """Names what was left out, last, so that a green run does not look like more than it was."""
    if not hasattr(config, "workerinput") and LEFT_OUT in config.stash:
        rest = "soak tests (make soak)" if "not soak" in config.option.markexpr else "all others"
        left_out = "; ".join([*config.stash[LEFT_OUT], rest])
        print(f"Left out: {left_out}")  # noqa: T201


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Keeps the tests of a file in one process, which may have built much for them.

    Each of those that take long goes wherever there is room. It begins with the longest by far, so
    that no worker is left with them at the end.
    """
    for item in items:
        if not any(map(item.get_closest_marker, ("xdist_group", "soak"))):
            item.add_marker(pytest.mark.xdist_group(item.path.stem))
    items.sort(key=lambda item: not any(name in item.nodeid for name in LONGEST))
