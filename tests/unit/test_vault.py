"""The vault: sealed is sealed, bound to its place, and gone with its key."""

import pytest

from mailbot.adapters.vault import OVERHEAD, Vault
from mailbot.domain.errors import Damaged

MASTER = bytes(range(32))
TEXT = b"De leerling heet Noor Visser."


@pytest.fixture
def vault() -> Vault:
    return Vault(MASTER)


def test_what_was_sealed_can_be_opened_with_the_same_master_key(vault: Vault) -> None:
    """A robot that starts again reads what the last one wrote."""
    wrapped = vault.new_key()
    sealed = vault.seal(wrapped, TEXT, "letter")
    assert Vault(MASTER).open(wrapped, sealed, "letter") == TEXT


def test_nothing_of_the_text_or_the_key_shows_in_what_is_stored(vault: Vault) -> None:
    """Neither the words nor the data key lie in the database in the clear."""
    wrapped = vault.new_key()
    sealed = vault.seal(wrapped, TEXT * 10, "letter")
    assert b"Noor" not in sealed
    assert MASTER not in wrapped + sealed
    assert len(sealed) == len(TEXT * 10) + OVERHEAD


def test_the_same_text_is_never_sealed_the_same_way_twice(vault: Vault) -> None:
    """Equal texts must not show as equal, and a nonce is never used again (SP 800-38D)."""
    wrapped = vault.new_key()
    assert len({vault.seal(wrapped, TEXT, "letter") for _ in range(200)}) == 200
    assert len({vault.new_key() for _ in range(200)}) == 200


def test_sealed_bytes_open_only_in_the_place_they_were_made_for(vault: Vault) -> None:
    """A note can not be passed off as the grounds of a decision."""
    wrapped = vault.new_key()
    sealed = vault.seal(wrapped, TEXT, "note")
    with pytest.raises(Damaged, match="grounds"):
        vault.open(wrapped, sealed, "grounds")


def test_every_changed_byte_is_noticed(vault: Vault) -> None:
    """One flipped bit anywhere and nothing is given out."""
    wrapped = vault.new_key()
    sealed = vault.seal(wrapped, TEXT, "letter")
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(Damaged):
            vault.open(wrapped, bytes(changed), "letter")


@pytest.mark.parametrize("short", [b"", b"x", b"x" * (OVERHEAD - 1)])
def test_bytes_too_short_to_be_sealed_are_named_damaged(vault: Vault, short: bytes) -> None:
    """A row cut off is a named failure, not a traceback of a library."""
    with pytest.raises(Damaged):
        vault.open(vault.new_key(), short, "letter")


def test_another_key_or_another_master_opens_nothing(vault: Vault) -> None:
    """Erasing one key erases what lies under it; a stolen database is silent."""
    wrapped = vault.new_key()
    sealed = vault.seal(wrapped, TEXT, "letter")
    with pytest.raises(Damaged):
        vault.open(vault.new_key(), sealed, "letter")
    with pytest.raises(Damaged):
        Vault(bytes(32)).open(wrapped, sealed, "letter")


def test_damage_shows_nothing_of_the_text(vault: Vault) -> None:
    """Errors carry no words of a mail."""
    wrapped = vault.new_key()
    with pytest.raises(Damaged) as damaged:
        vault.open(wrapped, vault.seal(wrapped, TEXT, "letter")[:-1], "letter")
    assert "Noor" not in str(damaged.value)


def test_hashes_find_equal_values_and_only_under_the_same_master(vault: Vault) -> None:
    """An address can be found again and cannot be guessed without the key."""
    assert vault.keyed_hash("a@b.test") == Vault(MASTER).keyed_hash(b"a@b.test")
    assert vault.keyed_hash("a@b.test") != vault.keyed_hash("a@b.tess")
    assert vault.keyed_hash("a@b.test") != Vault(bytes(32)).keyed_hash("a@b.test")
    assert len(vault.keyed_hash("")) == 32


def test_the_subkeys_differ_from_each_other_and_from_the_master(vault: Vault) -> None:
    """The master key itself encrypts and signs nothing (RFC 5869)."""
    assert len({vault.signing_key, vault._hashing, MASTER}) == 3
    assert vault.master_id == Vault(MASTER).master_id != Vault(bytes(32)).master_id
    assert bytes.fromhex(vault.master_id) not in MASTER


def test_tokens_are_long_plain_and_made_of_the_given_randomness() -> None:
    """A token fits a local part and can be repeated in a test."""
    vault = Vault(MASTER, random=lambda count: b"\x07" * count)
    assert vault.token() == vault.token()
    token = Vault(MASTER).token()
    assert len(token) == 20
    assert set(token) <= set("abcdefghijklmnopqrstuvwxyz234567")
    assert len({Vault(MASTER).token() for _ in range(500)}) == 500
