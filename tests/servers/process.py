"""Run one real server in the foreground and be sure it ends with the tests."""

import grp
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from tests.servers.loopback import ServerMissing, answers, eventually

# The keeper holds a pipe from the tests. When they end, however they end, the pipe closes
# and the keeper ends the server; nothing is left behind even after kill -9.
_KEEPER = """
pidfile=$1 end=$2; shift 2
"$@" & server=$!
echo "$server" > "$pidfile"
cat >/dev/null
kill -"$end" "$server" 2>/dev/null
wait "$server"
"""


class Server:
    """One server process with its own folder, started and ended by its process id."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        folder: Path,
        ports: Iterable[int],
        user: str | None = None,
        end: str = "TERM",
        as_root: Sequence[str] = (),
    ) -> None:
        self.name = name
        self.folder = folder
        self._command = list(command)
        self._ports = tuple(ports)
        self._user = user
        self._end = end
        self._as_root = tuple(as_root)
        self._keeper: subprocess.Popen[bytes] | None = None

    @property
    def running(self) -> bool:
        """Whether it was started and not stopped since."""
        return self._keeper is not None

    @property
    def pid(self) -> int:
        """The process id of the server itself."""
        return int((self.folder / f"{self.name}.pid").read_text())

    def start(self) -> None:
        """Start the server and wait until it listens; does nothing when it runs."""
        if self._keeper is not None:
            return
        pidfile = self.folder / f"{self.name}.pid"
        pidfile.unlink(missing_ok=True)
        keeper = ["/bin/sh", "-c", _KEEPER, "keeper"]
        with (self.folder / f"{self.name}.out").open("ab") as output:
            self._keeper = subprocess.Popen(
                [*self._as_root, *keeper, str(pidfile), self._end, *self._command],
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=output,
                cwd=self.folder,
                start_new_session=True,
                **as_user(self._user),
            )
        if not eventually(30, lambda: pidfile.exists() and all(map(answers, self._ports))):
            self.stop()
            raise ServerMissing(f"{self.name} did not start; its output:\n{self.output()}")

    def stop(self) -> None:
        """End the server and wait until it is gone; does nothing when it does not run."""
        if self._keeper is None:
            return
        keeper, self._keeper = self._keeper, None
        assert keeper.stdin is not None
        keeper.stdin.close()
        try:
            keeper.wait(20)
        except subprocess.TimeoutExpired:
            keeper.kill()
            keeper.wait(20)
        # Some servers let sessions of their clients live on; a server that is down does not.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(keeper.pid, signal.SIGKILL)
        eventually(10, lambda: not any(map(answers, self._ports)))

    def kill(self) -> None:
        """End the server as a power cut would: SIGKILL."""
        os.kill(self.pid, signal.SIGKILL)
        self.stop()

    def output(self) -> str:
        """Everything the server wrote to its output and its own log."""
        files = [self.folder / f"{self.name}.out", self.folder / f"{self.name}.log"]
        return "\n".join(file.read_text(errors="replace") for file in files if file.exists())


def as_user(user: str | None) -> dict[str, object]:
    """Return what subprocess needs to run as *user*; nothing when we are not root."""
    if user is None or os.geteuid() != 0:
        return {}
    entry = pwd.getpwnam(user)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": ()}


def first_user(*names: str) -> str:
    """Return the first of these users that exists; ourselves when we are not root."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid()).pw_name
    existing = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in (*names, "nobody") if name in existing)


def group_of(user: str) -> str:
    """Return the name of a user's own group."""
    return grp.getgrgid(pwd.getpwnam(user).pw_gid).gr_name


def own_folder(name: str, user: str | None = None) -> Path:
    """Make a short-named temporary folder (sockets allow 108 characters) owned by *user*."""
    folder = Path(tempfile.mkdtemp(prefix=f"mailbot-{name}-"))
    folder.chmod(0o755)
    if user is not None and os.geteuid() == 0:
        entry = pwd.getpwnam(user)
        os.chown(folder, entry.pw_uid, entry.pw_gid)
    return folder


def program(name: str, *places: str) -> str:
    """
    Find an installed program.

    Raises:
        ServerMissing: with what to install; a missing server fails the run, it skips nothing.
    """
    path = os.pathsep.join([*places, os.environ.get("PATH", ""), "/usr/sbin", "/sbin"])
    found = shutil.which(name, path=path)
    if found is None:
        raise ServerMissing(f"{name} is not installed; run deploy/install-test-servers.sh first")
    return found
