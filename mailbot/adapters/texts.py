"""What parsing borrows from libraries: HTML, file types, winmail.dat, bounces."""

import email
import logging
from email import policy

from flufl.bounce import all_failures
from tnefparse import TNEF

from mailbot.adapters import file_types, layout
from mailbot.domain.mail import Bounce

log = logging.getLogger(__name__)
for _library in ("flufl.bounce", "tnefparse"):
    # They log a traceback, with addresses in it, for mail that is merely odd.
    logging.getLogger(_library).setLevel(logging.CRITICAL + 1)


class Texts:
    """The libraries behind `TextTools`; keeps nothing between two mails."""

    def html_to_text(self, html: str) -> str:
        """Turn HTML into text, hidden nodes dropped, quotes marked with `> `."""
        return layout.html_to_text(html)

    def true_type(self, content: bytes, declared: str, filename: str) -> str:
        """Name the type the bytes show, else the declared one."""
        return file_types.true_type(content, declared, filename)

    def open_tnef(self, content: bytes) -> tuple[str, list[tuple[str, bytes]]]:
        """
        Open a winmail.dat.

        Args:
            content: its bytes.

        Returns:
            Its text, and its files as name and bytes.

        Raises:
            ValueError: it is none, or too damaged.
        """
        try:
            opened = TNEF(content, do_checksum=False)
            body = opened.body or ""
            files = [
                (one.long_filename() or one.name or "", one.data or b"")
                for one in opened.attachments
            ]
        except Exception as error:
            # The library reads offsets from the file and fails on a damaged one in any way.
            raise ValueError("no readable TNEF") from error
        text = body.decode("cp1252", "replace") if isinstance(body, bytes) else str(body)
        return text, [(str(name), bytes(data)) for name, data in files]

    def scan_bounce(self, raw: bytes) -> Bounce | None:
        """Recognise a delivery report by its text, with flufl.bounce."""
        try:
            message = email.message_from_bytes(raw[:300_000], policy=policy.compat32)
            temporary, permanent = all_failures(message)
        except Exception:  # noqa: BLE001 - the library fails on odd mail in any way
            # A second voice may fall silent; the first one has read the mail already.
            log.debug("the second reader of reports gave up")
            return None
        named = sorted(_text(one) for one in (permanent or temporary))
        return Bounce(tuple(named), permanent=bool(permanent)) if named else None


def _text(name: bytes | str) -> str:
    return (name.decode("ascii", "replace") if isinstance(name, bytes) else name).lower()
