"""Find free loopback ports and wait until somebody answers there."""

import os
import random
import socket
import time
from collections.abc import Callable

HOST = "127.0.0.1"

# Below the range the kernel hands to outgoing connections, so that a server that a test
# has stopped finds its port still free when it is started again. Tests that run side by side
# choose from ports of their own: one that is free now may be another's in a moment.
_SHARE = 3_000
_WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
_PORTS = range(20_000 + _WORKER % 4 * _SHARE, 20_000 + (_WORKER % 4 + 1) * _SHARE)


class ServerMissing(Exception):
    """A real server the tests need is not installed or does not start."""


def free_ports(count: int) -> tuple[int, ...]:
    """Return *count* different loopback ports nobody listens on."""
    found: list[int] = []
    for port in random.SystemRandom().sample(_PORTS, len(_PORTS)):
        if _is_free(port):
            found.append(port)
        if len(found) == count:
            return tuple(found)
    raise ServerMissing(f"no free loopback port between {_PORTS.start} and {_PORTS.stop}")


def answers(port: int) -> bool:
    """Whether somebody listens on this loopback port."""
    with socket.socket() as attempt:
        attempt.settimeout(1)
        return attempt.connect_ex((HOST, port)) == 0


def eventually(seconds: float, condition: Callable[[], object], pause: float = 0.02) -> bool:
    """Ask *condition* again and again until it is true or the time is over."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(pause)
    return True


def _is_free(port: int) -> bool:
    with socket.socket() as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((HOST, port))
        except OSError:
            return False
    return not answers(port)
