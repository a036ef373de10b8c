"""Files watched while they are saved, as editors save."""

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tabletop.conduct.watching import Watch


def in_place(path: Path) -> None:
    path.write_text("saved in place\n", encoding="utf-8")


def renamed_over(path: Path) -> None:
    beside = path.with_suffix(".tmp")
    beside.write_text("saved by a rename\n", encoding="utf-8")
    beside.replace(path)


def deleted(path: Path) -> None:
    path.unlink()


def backed_up(path: Path) -> None:
    path.rename(path.with_suffix(".yaml~"))
    path.write_text("saved anew\n", encoding="utf-8")


def same_size_and_time(path: Path) -> None:
    """As `sed -i` with a copied time: only the file itself is another one."""
    before = path.stat()
    beside = path.with_suffix(".tmp")
    beside.write_bytes(path.read_bytes().swapcase())
    os.utime(beside, ns=(before.st_atime_ns, before.st_mtime_ns))
    beside.replace(path)


@pytest.mark.parametrize("save", [in_place, renamed_over, deleted, backed_up, same_size_and_time])
def test_a_save_is_told_once_however_it_is_made(tmp_path: Path, save: Callable[[Path], None]):
    path, other = tmp_path / "one.yaml", tmp_path / "other.yaml"
    path.write_text("as it was\n", encoding="utf-8")
    other.write_text("left alone\n", encoding="utf-8")

    async def watched() -> None:
        watch = Watch(lambda: [path, other])
        saves = watch.saves()
        assert await anext(saves) == {path, other}
        assert not watch.look()
        save(path)
        assert await anext(saves) == {path}
        assert not watch.look()

    asyncio.run(asyncio.wait_for(watched(), 20))


def test_files_that_come_later_are_watched_too(tmp_path: Path) -> None:
    async def watched() -> None:
        watch = Watch(lambda: tmp_path.glob("*.yaml"))
        saves = watch.saves()
        coming = asyncio.ensure_future(anext(saves))
        path = tmp_path / "new.yaml"
        path.write_text("title: New\n", encoding="utf-8")
        assert await coming == {path}

    asyncio.run(asyncio.wait_for(watched(), 20))


def test_rest_is_not_reached_while_something_is_saved(tmp_path: Path) -> None:
    path = tmp_path / "one.yaml"
    path.write_text("", encoding="utf-8")

    async def watched() -> None:
        watch = Watch(lambda: [path])
        saves = watch.saves()
        await anext(saves)
        resting = asyncio.ensure_future(watch.rested())
        await asyncio.sleep(0)
        path.write_text("the rest of it\n", encoding="utf-8")
        assert not await resting
        assert await anext(saves) == {path}, "a save seen while resting is told as well"
        assert await watch.rested()

    asyncio.run(asyncio.wait_for(watched(), 20))


def test_a_name_no_system_knows_is_no_file() -> None:
    assert not Watch(lambda: [Path("no\0file"), Path("x" * 5000)]).look()
