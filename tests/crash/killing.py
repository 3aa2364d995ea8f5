"""Kills a piece of work at one chosen system call, and says whether it came so far."""

import ctypes
import os
import signal
import subprocess
import traceback
from collections.abc import Callable, Iterator, Sequence
from itertools import count

from tests.servers.process import program

WRITES = ("write", "pwrite64", "sendto", "sendmsg", "fsync", "fdatasync", "ftruncate", "?unlink")
"""What changes a file or reaches a server; a question mark is for machines without that call."""
_PR_SET_PTRACER = 0x59616D61
_ANYBODY = ctypes.c_ulong(-1)


def killed_at_each_write(
    work: Callable[[], None], calls: Sequence[str] = WRITES, *, every: int = 1
) -> Iterator[tuple[str, int, bool]]:
    """
    Do *work* again and again in a process of its own, and kill that at its next write each time.

    Whoever calls closes their databases first: no connection outlives a fork.

    Args:
        work: what is done.
        calls: the system calls at which it is killed.
        every: at one in how many of a kind it is killed.

    Yields:
        The call, which one of its kind, and whether it was killed there; once for each kind it was
        not, because it had ended by then.
    """
    for call in calls:
        for number in count(1, every):
            killed = _killed(work, call, number)
            yield call, number, killed
            if not killed:
                break


def apart(work: Callable[[], None]) -> None:
    """Do *work* in a process of its own, to its end."""
    child = os.fork()
    if child == 0:
        _work(work)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def _killed(work: Callable[[], None], call: str, number: int) -> bool:
    waits, go = os.pipe()
    child = os.fork()
    if child == 0:
        _work(lambda: (os.read(waits, 1), work()))
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


def _work(work: Callable[[], object]) -> None:
    """Be the child: let anybody watch, work, and never come back."""
    failed = 1
    try:
        ctypes.CDLL(None).prctl(_PR_SET_PTRACER, _ANYBODY, 0, 0, 0)
        work()
        failed = 0
    except BaseException:  # noqa: BLE001 - a fork of the tests must not run on as the tests.
        traceback.print_exc()
    finally:
        os._exit(failed)
