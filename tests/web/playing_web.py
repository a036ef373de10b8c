"""A session with its pages, and people who come to it as browsers do."""

import re
from contextlib import asynccontextmanager
from html import unescape
from pathlib import Path

import httpx

from tabletop.conduct.folder import DataFolder
from tabletop.conduct.library import Library
from tabletop.conduct.session.hosting import host
from tabletop.conduct.session.session import Session
from tabletop.web.app import application

LIBRARY = Library()


@asynccontextmanager
async def held(folder: Path, slug: str = "first_hour", **options):
    """A session, and its application."""
    room = await host(LIBRARY, DataFolder(folder), slug, **options)
    try:
        yield room, application(room)
    finally:
        await room.close()


class Browser:
    """Someone at a phone without a script: reads pages, posts forms."""

    def __init__(self, app) -> None:
        transport = httpx.ASGITransport(app, client=("10.0.0.7", 1234))
        self.client = httpx.AsyncClient(
            transport=transport, base_url="http://table", follow_redirects=True
        )
        self.page = httpx.Response(200)

    async def get(self, path: str) -> str:
        self.page = await self.client.get(path)
        return self.page.text

    async def post(self, path: str, **fields) -> str:
        self.page = await self.client.post(path, data=fields)
        return self.page.text

    async def join(self, room: Session, name: str = "Ada", **fields) -> int:
        given = {"code": room.header.code, "name": name, "accept": "yes", **fields}
        await self.post("/join", **given)
        return int(re.search(r"/s/(\d+)/", str(self.page.url))[1])

    def forms(self) -> list[dict[str, str]]:
        """The fields of each form on the page, the first of several choices taken."""
        found = []
        for form in re.findall(r"<form.*?</form>", self.page.text, re.DOTALL):
            fields: dict[str, str] = {}
            for tag in re.findall(r"<input[^>]*>", form):
                given = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
                fields.setdefault(given.get("name", ""), unescape(given.get("value", "")))
            found.append(fields)
        return found

    def form(self, do: str) -> dict[str, str]:
        return next(form for form in self.forms() if form.get("do") == do)
