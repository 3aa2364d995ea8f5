"""Know the folders of one IMAP session by the names the server uses."""

from imapclient import IMAPClient


class Folders:
    """The folders of one session: their names, separator and personal prefix (RFC 2342)."""

    def __init__(self, session: IMAPClient) -> None:
        self._session = session
        self._prefix, self._separator = _namespace(session)
        self._known: set[str] | None = None

    def names(self) -> list[str]:
        """Name the folders that can be opened, decoded from modified UTF-7."""
        listed = self._session.list_folders()
        found = [str(name) for flags, _, name in listed if not _is_closed(flags)]
        self._known = set(found)
        return found

    def real_name(self, name: str) -> str:
        """
        Return the name the server uses for *name*.

        Settings write `Mailbot/Done` and `Junk`; a server may want `INBOX.Mailbot.Done`
        and `INBOX.Junk`.
        """
        if name.upper() == "INBOX":
            return "INBOX"
        known = self._known if self._known is not None else set(self.names())
        if name in known:
            return name
        own = name.replace("/", self._separator) if self._separator else name
        return own if own.startswith(self._prefix) else self._prefix + own

    def ensure(self, name: str, *, again: bool = False) -> None:
        """Create a folder unless it is there; *again* looks even if it was there before."""
        if again or self._known is None or name not in self._known:
            if name in self.names():
                return
            self._session.create_folder(name)
            self._session.subscribe_folder(name)
            self.names()


def _namespace(session: IMAPClient) -> tuple[str, str]:
    if session.has_capability("NAMESPACE"):
        personal = session.namespace().personal
        if personal:
            prefix, separator = personal[0]
            return str(prefix), str(separator or "")
    listed = session.list_folders("", "INBOX")
    separator = listed[0][1] if listed else None
    return "", separator.decode() if separator else ""


def _is_closed(flags: tuple[bytes, ...]) -> bool:
    return any(flag.lower() in {b"\\noselect", b"\\nonexistent"} for flag in flags)
