"""Hand letters to the mail server over one kept connection; the house's `Postman`."""

import asyncio
from contextlib import suppress

import aiosmtplib

from mailbot.adapters.smtp_answers import is_ascii, mail_options, meaning, refuse_unwritable
from mailbot.adapters.smtp_session import PostOffice, Session, Token, open_session
from mailbot.domain.errors import LetterRefused, PostOfficeUnavailable
from mailbot.domain.ports import Envelope, Receipt

_GOODBYE_SECONDS = 5.0


class SmtpPostman:
    """
    Takes one letter at a time, each to one recipient.

    It belongs to one event loop. Callers that send at once wait for each other.
    """

    def __init__(self, office: PostOffice, token: Token | None = None) -> None:
        self._office = office
        self._token = token
        self._session: Session | None = None
        self._handed_over = 0
        self._last_use = 0.0
        self._turn = asyncio.Lock()

    async def send(self, envelope: Envelope, letter: bytes) -> Receipt:
        """
        Hand over one letter.

        A receipt is given as soon as the server has taken the letter, whatever happens to the
        connection afterwards. Where the last answer is lost, nobody knows whether it took the
        letter: that is PostOfficeUnavailable, and the same bytes go again later.

        Args:
            envelope: return path and the one recipient.
            letter: the frozen bytes, lines ending in CRLF.

        Raises:
            LetterRefused: the server answered 4xx (not permanent) or 5xx (permanent).
            PostOfficeUnavailable: the server cannot be reached or the connection broke.
        """
        refuse_unwritable(envelope)
        async with self._turn:
            try:
                return await self._hand_over(envelope, letter)
            except LetterRefused:
                await self._begin_anew()
                raise
            except BaseException:
                # Also when cancelled: nobody knows what the server would answer next.
                self._drop()
                raise
            finally:
                self._last_use = asyncio.get_running_loop().time()

    async def close(self) -> None:
        """Say goodbye; never raises."""
        session, self._session = self._session, None
        if session is None:
            return
        with suppress(aiosmtplib.SMTPException, OSError):
            await session.quit(timeout=_GOODBYE_SECONDS)
        session.close()

    async def _hand_over(self, envelope: Envelope, letter: bytes) -> Receipt:
        try:
            session = await self._announce(envelope, letter)
            self._handed_over += 1
            answer = await session.data(letter, timeout=self._office.data_timeout)
        except aiosmtplib.SMTPDataError as error:
            if 200 <= error.code < 300:
                # Any 2xx takes the letter; the library knows only 250.
                return Receipt(error.code, error.message)
            raise meaning(self._office.host, error) from None
        except PostOfficeUnavailable:
            raise
        except (aiosmtplib.SMTPException, OSError) as error:
            raise meaning(self._office.host, error) from None
        return Receipt(answer.code, answer.message)

    async def _announce(self, envelope: Envelope, letter: bytes) -> Session:
        """Say MAIL and RCPT, on a new connection when the kept one has gone stale meanwhile."""
        kept = await self._kept_session()
        if kept is not None:
            try:
                return await self._say_envelope(kept, envelope, letter)
            except (aiosmtplib.SMTPServerDisconnected, aiosmtplib.SMTPSenderRefused) as error:
                # No letter was on its way yet, so trying again can double nothing.
                if isinstance(error, aiosmtplib.SMTPSenderRefused) and error.code != 421:
                    raise
                self._drop()
        self._session = await open_session(self._office, self._token)
        self._handed_over = 0
        return await self._say_envelope(self._session, envelope, letter)

    async def _say_envelope(self, session: Session, envelope: Envelope, letter: bytes) -> Session:
        encoding = "ascii" if is_ascii(envelope) else "utf-8"
        options = mail_options(session, envelope, letter)
        await session.mail(envelope.return_path, options=options, encoding=encoding)
        await session.rcpt(envelope.recipient, encoding=encoding)
        return session

    async def _kept_session(self) -> Session | None:
        if self._session is None or not self._session.is_connected:
            self._drop()
            return None
        idle = asyncio.get_running_loop().time() - self._last_use
        full = self._handed_over >= self._office.letters_per_connection
        if full or idle > self._office.idle_seconds:
            await self.close()
            return None
        return self._session

    async def _begin_anew(self) -> None:
        """Make the server forget the refused letter, or hang up where that fails."""
        if self._session is None:
            return
        try:
            await self._session.rset()
        except (aiosmtplib.SMTPException, OSError):
            self._drop()

    def _drop(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            session.close()
