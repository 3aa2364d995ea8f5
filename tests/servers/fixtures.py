"""The fixtures of the real servers; docs/testing.md lists what each one offers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from tests.servers.certificates import Certificates, make_certificates
from tests.servers.cutting_proxy import CuttingProxy
from tests.servers.dovecot import Account, Dovecot
from tests.servers.postfix import Postfix
from tests.servers.postgres import Postgres
from tests.servers.process import own_folder
from tests.servers.sink import Sink


@dataclass(frozen=True)
class MailHost:
    """Postfix and Dovecot together: mail handed in at one lies in a mailbox of the other."""

    postfix: Postfix
    dovecot: Dovecot

    def user(self, address: str, **settings: str) -> Account:
        """Create a user with an empty mailbox."""
        return self.dovecot.user(address, **settings)

    def send(self, sender: str, recipient: str, raw: bytes) -> None:
        """Hand in one mail from outside."""
        self.postfix.send(sender, recipient, raw)

    def wait_for(self, address: str, count: int, folder: str = "INBOX") -> list[bytes]:
        """Wait until *count* messages lie in a folder and return them."""
        try:
            return self.dovecot.wait_for(address, count, folder)
        except AssertionError as late:
            late.add_note(
                f"Postfix says: {self.postfix.output()}\nIt keeps: {self.postfix.queue()}"
            )
            raise


@pytest.fixture(scope="session")
def certificates() -> Iterator[Certificates]:
    """An authority and a certificate for localhost and 127.0.0.1."""
    folder = own_folder("tls")
    yield make_certificates(folder)
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()


@pytest.fixture(scope="session")
def dovecot_server(certificates: Certificates) -> Iterator[Dovecot]:
    """The one Dovecot of this run."""
    server = Dovecot(certificates)
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture
def dovecot(dovecot_server: Dovecot) -> Dovecot:
    """Dovecot, running again if the test before stopped it."""
    dovecot_server.start()
    return dovecot_server


@pytest.fixture(scope="session")
def postfix_server(dovecot_server: Dovecot, certificates: Certificates) -> Iterator[Postfix]:
    """The one Postfix of this run."""
    server = Postfix(dovecot_server, certificates)
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture
def postfix(dovecot: Dovecot, postfix_server: Postfix) -> Postfix:
    """Postfix in front of Dovecot, both running again if the test before stopped them."""
    postfix_server.start()
    return postfix_server


@pytest.fixture
def mail_host(postfix: Postfix, dovecot: Dovecot) -> MailHost:
    """A whole mail host: send from outside, read in the mailbox."""
    return MailHost(postfix, dovecot)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Postgres]:
    """The one PostgreSQL of this run, quick because nothing needs to outlive a power cut."""
    yield from _postgres(durable=False)


@pytest.fixture
def postgres(postgres_server: Postgres) -> Postgres:
    """PostgreSQL, running again if the test before stopped it."""
    postgres_server.start()
    return postgres_server


@pytest.fixture
def durable_postgres() -> Iterator[Postgres]:
    """A PostgreSQL of this test alone, as durable as in production; may be killed."""
    yield from _postgres(durable=True)


@pytest.fixture
def sink(certificates: Certificates) -> Iterator[Sink]:
    """A receiving server of this test alone; it remembers letters and misbehaves on demand."""
    server = Sink(certificates)
    server.start()
    yield server
    server.remove()


@pytest.fixture
def cutting_proxy() -> Iterator[Callable[[int], CuttingProxy]]:
    """A function that puts a proxy in front of a port: `cutting_proxy(dovecot.imap_port)`."""
    proxies: list[CuttingProxy] = []

    def new_proxy(target_port: int) -> CuttingProxy:
        proxies.append(CuttingProxy(target_port))
        return proxies[-1]

    yield new_proxy
    for proxy in proxies:
        proxy.remove()


def _postgres(*, durable: bool) -> Iterator[Postgres]:
    server = Postgres(durable=durable)
    try:
        server.start()
        yield server
    finally:
        server.remove()
