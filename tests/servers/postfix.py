"""A real Postfix of the tests' own that hands every mail to the tests' Dovecot."""

import json
import os
import shutil
import smtplib
import subprocess
from pathlib import Path
from typing import Any

from tests.servers.certificates import Certificates
from tests.servers.dovecot import Dovecot
from tests.servers.loopback import HOST, ServerMissing, eventually, free_ports
from tests.servers.process import Server, own_folder, program

_HEADER_CHECKS = (
    "/^X-Test-Authentication: (.*)$/ REPLACE Authentication-Results: mx.mailbot.example; $1\n"
)


class Postfix:
    """One Postfix in its own folder; *sender* and recipient may be of any domain."""

    host = HOST
    name = "mx.mailbot.example"

    def __init__(self, dovecot: Dovecot, certificates: Certificates) -> None:
        self._as_root = _as_root()
        self.folder = own_folder("postfix")
        self.ca_file = certificates.authority
        self.port, self.tls_port = free_ports(2)
        self._etc = self.folder / "etc"
        self._daemons = _daemon_directory()
        self._lay_out(
            {
                "folder": str(self.folder),
                "commands": str(Path(program("postqueue")).parent),
                "daemons": str(self._daemons),
                "lmtp_port": str(dovecot.lmtp_port),
                "auth_port": str(dovecot.auth_port),
                "chain": str(certificates.chain),
                "key": str(certificates.key),
                "port": str(self.port),
                "tls_port": str(self.tls_port),
            }
        )
        self._server = Server(
            "postfix",
            ["env", f"MAIL_CONFIG={self._etc}", str(self._daemons / "master"), "-s"],
            folder=self.folder,
            as_root=self._as_root,
            ports=(self.port, self.tls_port),
        )

    @property
    def running(self) -> bool:
        """Whether the server runs now."""
        return self._server.running

    def start(self) -> None:
        """Start on the same ports as before; does nothing when it runs."""
        self._server.start()

    def stop(self) -> None:
        """Stop; new connections are refused, the queue stays on disk."""
        self._server.stop()

    def remove(self) -> None:
        """Stop and remove the folder."""
        self.stop()
        subprocess.run([*self._as_root, "rm", "-rf", str(self.folder)], check=False)

    def output(self) -> str:
        """The server's log."""
        return self._server.output()

    def send(self, sender: str, recipients: str | list[str], raw: bytes) -> None:
        """Hand in one mail as a stranger's mail server would."""
        with smtplib.SMTP(HOST, self.port, timeout=30) as smtp:
            utf8 = ["SMTPUTF8"] if not f"{sender}{recipients}".isascii() else []
            smtp.sendmail(sender, recipients, raw, mail_options=utf8)

    def queue(self) -> list[dict[str, Any]]:
        """What waits in the queue, as `postqueue -j` shows it."""
        command = [*self._as_root, program("postqueue"), "-c", str(self._etc), "-j"]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def wait_until_empty(self, seconds: float = 20) -> None:
        """Wait until everything handed in was delivered or bounced."""
        assert eventually(seconds, lambda: not self.queue()), self.output()

    def _lay_out(self, words: dict[str, str]) -> None:
        self._etc.mkdir()
        for name in ("main.cf", "master.cf"):
            text = (Path(__file__).parent / name).read_text()
            for word, value in words.items():
                text = text.replace(f"@{word}@", value)
            (self._etc / name).write_text(text)
        (self._etc / "header_checks").write_text(_HEADER_CHECKS)
        for table in ("dynamicmaps.cf", "postfix-files"):
            (self._etc / table).touch()
        _make_queue(self.folder, self._as_root)


# Postfix makes the rest of its queue itself; these need an owner or rights of their own.
_QUEUE = (
    ("queue", "root:root", "755"),
    ("queue/pid", "root:root", "755"),
    ("queue/maildrop", "postfix:postdrop", "730"),
    ("queue/public", "postfix:postdrop", "710"),
    ("queue/private", "postfix:root", "700"),
    ("queue/incoming", "postfix:root", "700"),
    ("queue/active", "postfix:root", "700"),
    ("queue/deferred", "postfix:root", "700"),
    ("queue/defer", "postfix:root", "700"),
    ("queue/bounce", "postfix:root", "700"),
    ("queue/corrupt", "postfix:root", "700"),
    ("queue/flush", "postfix:root", "700"),
    ("queue/hold", "postfix:root", "700"),
    ("queue/saved", "postfix:root", "700"),
    ("queue/trace", "postfix:root", "700"),
    ("data", "postfix:postfix", "700"),
)


def _make_queue(folder: Path, as_root: list[str]) -> None:
    for name, owner, rights in _QUEUE:
        user, group = owner.split(":")
        command = ["install", "-d", "-o", user, "-g", group, "-m", rights, str(folder / name)]
        subprocess.run([*as_root, *command], check=True)


def _as_root() -> list[str]:
    """Say how to become root: Postfix begins as root and gives its daemons fewer rights itself."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        raise ServerMissing("Postfix is started by root only, and there is no sudo here")
    return ["sudo", "-n"]


def _daemon_directory() -> Path:
    for place in (Path("/usr/lib/postfix/sbin"), Path("/usr/libexec/postfix")):
        if (place / "master").exists():
            return place
    raise ServerMissing("postfix is not installed; run deploy/install-test-servers.sh first")
