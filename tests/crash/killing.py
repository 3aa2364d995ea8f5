"""Kills a piece of work at one chosen system call, and says whether it came so far."""

import ctypes
import os
import signal
import subprocess
import traceback
from collections.abc import Callable, Iterator
from itertools import count

from tests.servers.process import program

WRITES = ("write", "pwrite64", "sendto", "sendmsg", "fsync", "fdatasync", "ftruncate", "?unlink")
"""What changes a file or reaches a server; a question mark is for machines without that call."""
_PR_SET_PTRACER = 0x59616D61
_ANYBODY = ctypes.c_ulong(-1)


def killed_at_each_write(work: Callable[[], None]) -> Iterator[tuple[str, int, bool]]:
    """
    Do *work* again and again in a process of its own, and kill that at its next write each time.

    Whoever calls closes their databases first: no connection outlives a fork.

    Yields:
        The call, which one of its kind, and whether it was killed there; once for each kind it was
        not, because it had ended by then.
    """
    for call in WRITES:
        for number in count(1):
            killed = _killed(work, call, number)
            yield call, number, killed
            if not killed:
                break


def _killed(work: Callable[[], None], call: str, number: int) -> bool:
    waits, go = os.pipe()
    child = os.fork()
    if child == 0:
        _work(work, waits)
    rule = f"inject={call}:signal=KILL:when={number}"
    words = [program("strace"), "-e", f"trace={call}", "-e", rule, "-p", str(child)]
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as strace:
        assert strace.stderr is not None
        said = strace.stderr.readline()
        os.write(go, b"!")
        said += strace.stderr.read()
    for end in (waits, go):
        os.close(end)
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert ended in (0, -signal.SIGKILL), said
    return ended != 0


def _work(work: Callable[[], None], waits: int) -> None:
    """Be the child: work once somebody watches, and never come back."""
    failed = 1
    try:
        ctypes.CDLL(None).prctl(_PR_SET_PTRACER, _ANYBODY, 0, 0, 0)
        os.read(waits, 1)
        work()
        failed = 0
    except BaseException:  # noqa: BLE001 - a fork of the tests must not run on as the tests.
        traceback.print_exc()
    finally:
        os._exit(failed)
