"""Names a running process so that others on its machine can tell whether it still runs."""

import hashlib
import os
import socket
from pathlib import Path

_PROC = Path("/proc")


def own_name(token: str) -> str:
    """
    Name this process: its place, process id, start and a random *token*, in at most 60 characters.

    The place is one start of one machine and one process-id namespace of it, so that a process id
    means the same to everybody who shares the place. Where the system does not tell, nobody ever
    shares it.
    """
    return f"{_place()}.{os.getpid()}.{_started(os.getpid()) or 0}.{token[:8]}"


def is_gone(name: str, own: str) -> bool:
    """
    Say whether the process of this name has certainly ended.

    Args:
        name: from `own_name`, of another process or an earlier one.
        own: the name of the process that asks.

    Returns:
        True only when it ran in our own place and nothing runs there under its id and start.
        A process elsewhere is never called gone; its leases and claims run out by time.
    """
    place, _, rest = name.partition(".")
    pid, _, rest = rest.partition(".")
    started = rest.partition(".")[0]
    if place == "elsewhere" or place != own.partition(".")[0] or not pid.isdigit():
        return False
    return str(_started(int(pid)) or "none") != started


def _place() -> str:
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text().strip()
        namespace = str((_PROC / "self/ns/pid").readlink())
    except OSError:
        return "elsewhere"
    return hashlib.sha256(f"{boot} {namespace} {socket.gethostname()}".encode()).hexdigest()[:16]


def _started(pid: int) -> int | None:
    """Read when a process started, in ticks since the machine did; None when it has ended."""
    try:
        stat = (_PROC / str(pid) / "stat").read_text(errors="replace")
    except OSError:
        return None
    # The name of the program stands in brackets and may hold anything, brackets included.
    words = stat.rpartition(")")[2].split()
    return None if words[0] in {"Z", "X"} else int(words[19])
