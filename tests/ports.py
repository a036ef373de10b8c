"""Ports for tests that must know one before anything listens there.

They lie below those that systems give to who asks for any or connects: one of those may be taken
meanwhile by anybody's connection, on some systems even by that of who waits for the port to answer.
"""

import random
import socket


def unused() -> int:
    """A port at which nobody listens."""
    while True:
        port = random.SystemRandom().randrange(20_000, 32_000)
        with socket.socket() as asked:
            try:
                asked.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
