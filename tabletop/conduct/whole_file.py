"""Writing a whole file, so that whoever reads it finds the old one or the new one, never a part."""

import os
from pathlib import Path


def write_whole(path: Path, content: str | bytes, mode: int = 0o666) -> None:
    """Writes a file whole and onto the disk, or leaves the old one as it was.

    A link of that name is replaced and not followed.

    Raises:
        OSError: where it can't be written.
    """
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    # What a process of the same number left behind when it was killed.
    fresh.unlink(missing_ok=True)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    durable_name(path)


def write_privately(path: Path, content: str | bytes) -> None:
    """Writes a whole file, in a folder that is made where it is missing, for its owner alone."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_whole(path, content, 0o600)


def durable_name(path: Path) -> None:
    """Makes a file's name in its folder survive a power cut, where the system lets us."""
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
