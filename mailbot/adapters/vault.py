"""Seals personal data under a key of its own, so that erasing the key erases the data."""

import hashlib
import hmac
import os
from base64 import b32encode
from collections.abc import Callable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from mailbot.domain.errors import Damaged

NONCE = 12
TAG = 16
OVERHEAD = NONCE + TAG
"""Bytes a sealed text is longer than the text itself."""
KEPT = b"hashing and signing"
"""The place of what a new master key takes over from the old one."""


class Vault:
    """
    Wraps data keys with the master key and makes keyed hashes.

    AES-256-GCM throughout (NIST SP 800-38D) with random nonces; every subkey is derived from the
    master key by HKDF (RFC 5869), so the master key itself encrypts nothing.
    """

    def __init__(
        self,
        master: bytes,
        random: Callable[[int], bytes] = os.urandom,
        kept: bytes | None = None,
    ) -> None:
        """Take the master key and, where it has predecessors, what they *kept* for it."""
        self._random = random
        self._wrapping = AESGCM(_subkey(master, b"wrap"))
        if kept is None:
            self._hashing, self.signing_key = _subkey(master, b"hash"), _subkey(master, b"sign")
        else:
            both = _open(self._wrapping, kept, KEPT)
            self._hashing, self.signing_key = both[:32], both[32:]
        """For the signed return path and other proofs that a text is ours."""
        self.master_id = _subkey(master, b"name")[:8].hex()
        """Names the master key without showing it; rotation finds what is left under the old."""

    def new_key(self) -> bytes:
        """Make a data key and return it wrapped."""
        return self._seal(self._wrapping, AESGCM.generate_key(256), b"data key")

    def seal(self, wrapped: bytes, text: bytes, place: str) -> bytes:
        """Encrypt *text* under a wrapped key, bound to the place it is stored in."""
        return self._seal(AESGCM(self._unwrap(wrapped)), text, place.encode())

    def open(self, wrapped: bytes, sealed: bytes, place: str) -> bytes:
        """
        Decrypt what `seal` made.

        Raises:
            Damaged: the key is another one, or the bytes or their place were changed.
        """
        return _open(AESGCM(self._unwrap(wrapped)), sealed, place.encode())

    def keyed_hash(self, value: str | bytes) -> bytes:
        """Hash an address or a text so that it can be found but not guessed without the key."""
        raw = value.encode() if isinstance(value, str) else value
        return hmac.digest(self._hashing, raw, hashlib.sha256)

    def token(self) -> str:
        """Make a secret of 100 bits for threading, safe in a local part."""
        return b32encode(self._random(13)).decode().rstrip("=").lower()[:20]

    def under(self, master: bytes) -> "Vault":
        """Give the vault that hashes and signs the same and wraps with another master key."""
        other = Vault(master, self._random)
        other._hashing, other.signing_key = self._hashing, self.signing_key
        return other

    def kept(self) -> bytes:
        """Seal what hashes and signs under the master key of this vault."""
        return self._seal(self._wrapping, self._hashing + self.signing_key, KEPT)

    def adopt(self, other: "Vault", wrapped: bytes) -> bytes:
        """
        Wrap a data key of another vault with this one's master key.

        Raises:
            Damaged: it does not open with the other's.
        """
        return self._seal(self._wrapping, other._unwrap(wrapped), b"data key")  # noqa: SLF001 - its own kind.

    def _unwrap(self, wrapped: bytes) -> bytes:
        return _open(self._wrapping, wrapped, b"data key")

    def _seal(self, cipher: AESGCM, text: bytes, place: bytes) -> bytes:
        nonce = self._random(NONCE)
        return nonce + cipher.encrypt(nonce, text, place)


def _subkey(master: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"mailbot " + purpose).derive(master)


def _open(cipher: AESGCM, sealed: bytes, place: bytes) -> bytes:
    try:
        return cipher.decrypt(sealed[:NONCE], sealed[NONCE:], place)
    except (InvalidTag, ValueError) as error:
        raise Damaged(
            f"what is stored as {place.decode()} cannot be opened with this key"
        ) from error
