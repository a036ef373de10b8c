"""The loop: runs what waits for people and lines, and hears an interrupt wherever it waits.

asyncio runs the handler of a signal once its loop wakes. A signal that comes in the moment before
the loop begins to wait, or to another thread, does not wake it: it would be heard only with the
next key. So the arrival of any signal is a byte in a pipe that the loop reads.
"""

import asyncio
import os
import signal
from collections.abc import Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")


def run(main: Coroutine[Any, Any, Result]) -> Result:
    """Runs something to its end.

    Raises:
        KeyboardInterrupt: where it was interrupted and did not end by itself.
    """
    # On Windows the loop looks for signals by itself.
    return asyncio.run(main if os.name == "nt" else _awake(main))


async def _awake(main: Coroutine[Any, Any, Result]) -> Result:
    loop = asyncio.get_running_loop()
    near, far = os.pipe()
    for end in (near, far):
        os.set_blocking(end, False)
    loop.add_reader(near, os.read, near, 4096)
    before = signal.set_wakeup_fd(far, warn_on_full_buffer=False)
    try:
        return await main
    finally:
        signal.set_wakeup_fd(before)
        loop.remove_reader(near)
        os.close(near)
        os.close(far)
