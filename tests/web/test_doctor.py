"""Doctor: what is fine, and what is said where it is not."""

from tabletop.conduct.folder import DataFolder
from tabletop.web import doctor
from tabletop.web.addresses import LOOPBACK
from tabletop.web.server import bound


def told(folder):
    return {each.sentence: each.verdict for each in doctor.examined(DataFolder(folder))}


def test_a_port_that_is_taken_is_named(tmp_path, monkeypatch):
    with bound(LOOPBACK, 0) as taken:
        monkeypatch.setattr(doctor, "PORT", taken.getsockname()[1])
        bad = [sentence for sentence, verdict in told(tmp_path).items() if verdict == "bad"]
    assert any("Nothing can listen at 127.0.0.1" in sentence for sentence in bad)


def test_a_data_folder_that_is_a_file_is_named(tmp_path):
    file = tmp_path / "file"
    file.write_text("")
    bad = [sentence for sentence, verdict in told(file).items() if verdict == "bad"]
    assert any(str(file) in sentence for sentence in bad)


def test_a_computer_on_no_network_is_told_so(tmp_path, monkeypatch):
    monkeypatch.setattr(doctor, "own_address", lambda: LOOPBACK)
    assert told(tmp_path)["This computer is on no network; nobody else can join with --lan."]
