"""The demo's mailbox: pymap in memory, on a free loopback port."""

import asyncio
import ssl
from argparse import Namespace
from datetime import datetime

from proxyprotocol.reader import ProxyProtocolReader
from pymap.backend.dict import Config, Login
from pymap.backend.dict.filter import FilterSet
from pymap.backend.dict.mailbox import MailboxSet
from pymap.imap import IMAPServer
from pymap.parsing.message import AppendMessage
from pymap.user import UserMetadata
from pysasl.hashing import Cleartext

LOOPBACK = "127.0.0.1"


class _QuietConfig(Config):
    """pymap's settings, without asking a name server for this machine's name at each greeting."""

    @property
    def greeting(self) -> bytes:
        """Greet."""
        return b"Demo mailbox ready"


class Account:
    """One account with its folders; made and used within the loop it is served from."""

    def __init__(self, user: str, password: str) -> None:
        self._config = _config(user, password)
        self._folders = MailboxSet()
        # pymap makes an account's folders at its first sign-in; mail may come before that.
        self._config.set_cache[user] = (self._folders, FilterSet())

    async def serve(self) -> asyncio.Server:
        """Begin to listen; the server knows its port."""
        config = self._config
        config.apply_context()
        login = Login(config)
        owner = UserMetadata(config, config.demo_user, password=config.demo_password)
        await login.demo_user_identity.set(owner)
        reader = ProxyProtocolReader(config.proxy_protocol)
        return await asyncio.start_server(
            reader.get_callback(IMAPServer(login, config)), LOOPBACK, 0
        )

    async def receive(self, raw: bytes, at: datetime) -> None:
        """Put a mail into the inbox; *at* becomes its INTERNALDATE, which starts legal clocks."""
        inbox = await self._folders.get_mailbox("INBOX")
        await inbox.append(AppendMessage(raw, at), recent=True)

    async def count(self, folder: str) -> int:
        """Count the mails of a folder; none where there is no such folder."""
        try:
            found = await self._folders.get_mailbox(folder)
        except KeyError:
            return 0
        return len([message async for message in found.messages()])


def _config(user: str, password: str) -> _QuietConfig:
    """Set pymap up without its command line, and without looking at the environment."""
    return _QuietConfig(
        Namespace(passlib_cfg=None, proxy_protocol=None),
        demo_data=False,
        demo_user=user,
        demo_password=password,
        host=LOOPBACK,
        port=0,
        tls_enabled=False,
        # Given, so that pymap does not read CERT_FILE and KEY_FILE.
        ssl_context=ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER),
        reject_dnsbl=False,
        # The password is the demo's own and stands in its folder anyway.
        hash_context=Cleartext(),
    )
