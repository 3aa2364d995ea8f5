"""A real Dovecot of the tests' own: IMAP with and without TLS, LMTP, users on demand."""

import json
import shutil
import smtplib
import subprocess
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from imapclient import IMAPClient

from tests.servers.certificates import Certificates
from tests.servers.loopback import HOST, eventually, free_ports
from tests.servers.process import Server, as_user, first_user, group_of, own_folder, program

PASSWORD = "correct horse battery"

_USERS = """
uri = file:{folder}/users
password_key = passdb/%u
user_key = userdb/%u
iterate_disable = yes
default_pass_scheme = PLAIN
"""


@dataclass(frozen=True)
class Account:
    """How one user signs in."""

    address: str
    password: str
    host: str
    imap_port: int
    imaps_port: int


class Dovecot:
    """One Dovecot in its own folder; every user() begins with an empty mailbox."""

    host = HOST

    def __init__(self, certificates: Certificates) -> None:
        self._user = first_user("dovecot")
        self.folder = own_folder("dovecot", self._user)
        self.ca_file = certificates.authority
        self.imap_port, self.imaps_port, self.lmtp_port, self.auth_port = free_ports(4)
        self._accounts: dict[str, tuple[str, dict[str, str]]] = {}
        self._generation = 0
        self._configuration = self.folder / "dovecot.conf"
        self._configuration.write_text(self._configure(certificates))
        (self.folder / "users.conf").write_text(_USERS.format(folder=self.folder))
        self._write_users()
        self._server = Server(
            "dovecot",
            [program("dovecot"), "-F", "-c", str(self._configuration)],
            folder=self.folder,
            ports=(self.imap_port, self.imaps_port, self.lmtp_port, self.auth_port),
            user=self._user,
        )

    @property
    def running(self) -> bool:
        """Whether the server runs now."""
        return self._server.running

    def start(self) -> None:
        """Start on the same ports as before; does nothing when it runs."""
        self._server.start()

    def stop(self) -> None:
        """Stop; connections are closed and new ones refused."""
        self._server.stop()

    def remove(self) -> None:
        """Stop and remove the folder."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def output(self) -> str:
        """The server's log."""
        return self._server.output()

    def user(self, address: str, password: str = PASSWORD, **settings: str) -> Account:
        """
        Create a user with an empty mailbox; called again it empties the mailbox.

        Args:
            address: the whole address, also the sign-in name.
            password: what the user signs in with.
            settings: settings of Dovecot for this user only, slashes in their names as
                double underscores (`imap_capability`, `namespace__inbox__prefix`).
        """
        address = address.lower()
        self._generation += 1
        home = str(self.folder / "mail" / str(self._generation))
        own = {name.replace("__", "/"): value for name, value in settings.items()}
        self._accounts[address] = (password, {"home": home, **own})
        self._write_users()
        return Account(address, password, HOST, self.imap_port, self.imaps_port)

    def change_password(self, address: str, password: str) -> None:
        """Let only *password* sign in from now on."""
        self._accounts[address] = (password, self._accounts[address][1])
        self._write_users()

    def remove_user(self, address: str) -> None:
        """Make the address unknown: sign-ins fail and mail to it bounces."""
        del self._accounts[address]
        self._write_users()

    def deliver(self, recipient: str, raw: bytes, sender: str = "") -> None:
        """Deliver by LMTP as the MX would, with Return-Path and Delivered-To."""
        with smtplib.LMTP(HOST, self.lmtp_port) as lmtp:
            lmtp.sendmail(sender, [recipient], raw)

    def append(
        self,
        address: str,
        raw: bytes,
        folder: str = "INBOX",
        received: datetime | None = None,
        flags: tuple[bytes, ...] = (),
    ) -> None:
        """Lay a message into a folder as it is, with the INTERNALDATE *received*."""
        with self.session(address) as imap:
            imap.normalise_times = False
            if not imap.folder_exists(folder):
                imap.create_folder(folder)
            imap.append(folder, raw, flags=flags, msg_time=received)

    def messages(self, address: str, folder: str = "INBOX") -> list[bytes]:
        """Everything that lies in a folder, oldest first; empty when there is no such folder."""
        with self.session(address) as imap:
            if not imap.folder_exists(folder):
                return []
            imap.select_folder(folder, readonly=True)
            found = imap.fetch(imap.search(), ["BODY.PEEK[]"]) if imap.search() else {}
            return [found[uid][b"BODY[]"] for uid in sorted(found)]

    def flags(self, address: str, folder: str = "INBOX") -> dict[int, set[str]]:
        """The flags of each UID of a folder."""
        with self.session(address) as imap:
            imap.select_folder(folder, readonly=True)
            found = imap.get_flags(imap.search()) if imap.search() else {}
            return {uid: {flag.decode() for flag in flags} for uid, flags in found.items()}

    def folders(self, address: str) -> list[str]:
        """The names of a user's folders, sorted."""
        with self.session(address) as imap:
            return sorted(name for _, _, name in imap.list_folders())

    def wait_for(
        self, address: str, count: int, folder: str = "INBOX", seconds: float = 20
    ) -> list[bytes]:
        """Wait until at least *count* messages lie in a folder and return them all."""
        eventually(seconds, lambda: len(self.messages(address, folder)) >= count, pause=0.05)
        found = self.messages(address, folder)
        assert len(found) >= count, f"{len(found)} of {count} messages came; {self.output()}"
        return found

    def recreate(self, address: str, folder: str = "INBOX") -> None:
        """Give a folder a new UIDVALIDITY and its messages new UIDs, as a restored server would."""
        with self.session(address) as imap:
            old = imap.folder_status(folder, ["UIDVALIDITY"])[b"UIDVALIDITY"]
        maildir = self.maildir(address, folder)
        for file in [*maildir.glob("dovecot-uidlist*"), *maildir.glob("dovecot.index*")]:
            file.unlink()
        self.doveadm("mailbox", "update", "-u", address, "--uid-validity", str(old + 1), folder)

    def maildir(self, address: str, folder: str = "INBOX") -> Path:
        """The Maildir of a folder on disk."""
        root = Path(self._accounts[address][1]["home"]) / "Maildir"
        return root if folder == "INBOX" else root / f".{folder}"

    def session(self, address: str) -> IMAPClient:
        """A signed-in IMAP connection of this user, for looking behind the robot's back."""
        imap = IMAPClient(HOST, self.imap_port, ssl=False, timeout=20)
        imap.login(address, self._accounts[address][0])
        return imap

    def doveadm(self, *arguments: str) -> str:
        """Run one command of Dovecot's administration tool."""
        command = [program("doveadm"), "-c", str(self._configuration), *arguments]
        done = subprocess.run(
            command, check=True, capture_output=True, text=True, **as_user(self._user)
        )
        return done.stdout

    def _write_users(self) -> None:
        lines: list[str] = []
        for address, (password, settings) in self._accounts.items():
            lines += [f"shared/passdb/{address}", json.dumps({"password": password})]
            lines += [f"shared/userdb/{address}", json.dumps(settings)]
        fresh = self.folder / "users.new"
        fresh.write_text("".join(f"{line}\n" for line in lines))
        # Dovecot reads its dictionary again as soon as another file bears the name; a
        # passwd-file would be looked at once a second only.
        fresh.replace(self.folder / "users")

    def _configure(self, certificates: Certificates) -> str:
        text = (Path(__file__).parent / "dovecot.conf").read_text()
        words = {
            "folder": str(self.folder),
            "user": self._user,
            "group": group_of(self._user),
            "chain": str(certificates.chain),
            "key": str(certificates.key),
            "imap_port": str(self.imap_port),
            "imaps_port": str(self.imaps_port),
            "lmtp_port": str(self.lmtp_port),
            "auth_port": str(self.auth_port),
        }
        for word, value in words.items():
            text = text.replace(f"@{word}@", value)
        return text
