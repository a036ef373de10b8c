"""TLS: a certificate for one session, and terminals that speak to it and to no other."""

import asyncio

import pytest
from playing_web import LIBRARY

from tabletop.conduct.errors import SetupError
from tabletop.conduct.folder import DataFolder
from tabletop.conduct.session.hosting import host
from tabletop.web import tls
from tabletop.web.addresses import Bind, invited
from tabletop.web.hosting import Hosted, names
from tabletop.web.remote import RemoteSession


def test_a_terminal_joins_by_the_fingerprint_it_was_given(tmp_path):
    async def whole():
        session = await host(LIBRARY, DataFolder(tmp_path), "first_hour", open_door=True)
        bind = Bind("127.0.0.1", 0)
        hosted = Hosted(session, bind, certificate=tls.made(session.file.path, names(bind)))
        await hosted.begin()
        try:
            invitation = invited(hosted.for_terminals)
            assert invitation.code == session.header.code
            context = await asyncio.to_thread(
                tls.pinned, invitation.address, invitation.fingerprint
            )
            ada = await RemoteSession.join(
                invitation.address, invitation.code, "Ada", verify=context
            )
            await ada.known()
            assert ada.token
            await ada.close()
            with pytest.raises(SetupError, match="Another computer answers"):
                await asyncio.to_thread(tls.pinned, invitation.address, "0" * 64)
        finally:
            await hosted.end()

    asyncio.run(asyncio.wait_for(whole(), 60))


def test_only_its_owner_reads_the_key(tmp_path):
    made = tls.made(tmp_path / "a.session", ("127.0.0.1", "localhost"))
    assert made.key.stat().st_mode & 0o077 == 0
    assert tls.given(made.certificate, made.key).fingerprint == made.fingerprint


def test_what_can_not_be_used_is_said(tmp_path):
    empty = tmp_path / "empty.pem"
    empty.write_text("")
    with pytest.raises(SetupError, match="can't be used for TLS"):
        tls.given(empty, empty)
    with pytest.raises(SetupError, match="can't be used for TLS"):
        tls.given(tmp_path / "none", empty)
