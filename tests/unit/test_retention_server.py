"""On a server that can only expunge a whole folder, nobody else's deleted mail goes with ours."""

from collections.abc import Callable
from typing import Any

import pytest
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

from mailbot.adapters.imap_removal import _take_out


class OldServer:
    """A session on a server without UIDPLUS (RFC 4315), with one folder."""

    def __init__(self, deleted: set[int], failure: Exception | None = None) -> None:
        self.there = {1, 2, 3}
        self.deleted = deleted
        self.failure = failure

    def has_capability(self, name: str) -> bool:
        """Know nothing newer than RFC 3501."""
        return False

    def search(self, criteria: str) -> list[int]:
        """Find what is marked as deleted."""
        return sorted(self.deleted)

    def add_flags(self, uids: list[int], flags: list[bytes], *, silent: bool) -> None:
        """Mark as deleted, or fail."""
        if self.failure is not None:
            raise self.failure
        self.deleted |= set(uids)

    def expunge(self) -> None:
        """Remove all that is marked, as the command does."""
        self.there -= self.deleted


class OpenLine:
    """The part of a line that removing uses."""

    def __init__(self, session: OldServer) -> None:
        self.session = session


take_out: Callable[[Any, list[int]], bool] = _take_out


def test_ours_goes_where_nobody_else_marked_anything() -> None:
    """A bare EXPUNGE is right when only ours is marked, also by a run that was killed."""
    for deleted in (set[int](), {2}):
        server = OldServer(deleted)
        assert take_out(OpenLine(server), [2])
        assert {1, 3} == server.there


def test_what_a_person_marked_is_never_removed_with_ours() -> None:
    """Then ours stays too, unmarked, and its file is postponed."""
    server = OldServer({3})
    assert not take_out(OpenLine(server), [2])
    assert ({1, 2, 3}, {3}) == (server.there, server.deleted)


def test_a_folder_that_may_not_be_written_postpones_and_a_lost_line_is_a_failure() -> None:
    """A refusal concerns these mails; a broken connection concerns the whole mailbox."""
    assert not take_out(OpenLine(OldServer(set(), IMAPClientError("read-only"))), [2])
    with pytest.raises(IMAPClientAbortError):
        take_out(OpenLine(OldServer(set(), IMAPClientAbortError("gone"))), [2])
