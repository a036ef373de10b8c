"""Sending xAPI statements to a learning record store, when somebody asks for it and never else."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from tabletop.conduct.errors import SetupError
from tabletop.debrief.formats.xapi import VERSION
from tabletop.wording import say

PATIENCE = 30.0
"""Seconds a store may take."""


def post(statements: Sequence[Mapping[str, Any]], store: str, key: str, secret: str) -> None:
    """Sends all statements in one request, which a store takes whole or not at all.

    Raises:
        SetupError: with a sentence, where the store can't be reached or does not take them.
    """
    import httpx

    parts = urlsplit(store)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SetupError(say("{store} is no address of a store: https://… is.", store=store))
    if parts.username or parts.password:
        raise SetupError(
            say(
                "Keep the key out of the address: it belongs in TABLETOP_LRS_KEY, its secret in"
                " TABLETOP_LRS_SECRET."
            )
        )
    address = store.rstrip("/") + "/statements"
    try:
        answer = httpx.post(
            address,
            json=list(statements),
            auth=(key, secret) if key else None,
            headers={"X-Experience-API-Version": VERSION},
            timeout=PATIENCE,
            follow_redirects=False,
        )
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise SetupError(
            say(
                "{host} can't be reached: {why}. Nothing was sent, or it can be sent again.",
                host=parts.hostname,
                why=error,
            )
        ) from None
    if not answer.is_success:
        raise SetupError(
            say(
                "{host} did not take the statements: it answered {status}. Check the address, the"
                " key and the secret.",
                host=parts.hostname,
                status=answer.status_code,
            )
        )
