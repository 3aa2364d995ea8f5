"""Bounces and answers find their letter by signed addresses that nobody can forge."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.domain.errors import UnsafeHeader
from mailbot.domain.letter_addresses import (
    message_id,
    new_token,
    read_message_id,
    read_reply_to,
    read_return_path,
    reply_to,
    return_path,
)

BOX = "privacy@sipor.nl"
KEY = b"a secret of at least thirty-two bytes"
letter_ids = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=32)


@given(letter_id=letter_ids, key=st.binary(min_size=16, max_size=64))
def test_a_return_path_finds_its_letter(letter_id: str, key: bytes) -> None:
    """A bounce finds its letter by the envelope sender alone, whatever its body says."""
    address = return_path(BOX, letter_id, key)

    assert letter_id == read_return_path(address, key)
    assert letter_id == read_return_path(f" {address.upper()} ", key)
    assert len(address.rpartition("@")[0]) <= 64


@given(letter_id=letter_ids, other=letter_ids)
def test_a_forged_return_path_is_nobodys(letter_id: str, other: str) -> None:
    """A forged delivery report has no effect without our signature (faults, row 28)."""
    address = return_path(BOX, letter_id, KEY)

    assert read_return_path(address, b"another key, quite as long as it") is None
    assert read_return_path(address.replace("privacy+", "klachten+"), KEY) is None
    assert read_return_path(address.replace("@sipor.nl", "@evil.example"), KEY) is None
    if other != letter_id:
        assert read_return_path(address.replace(f"+b-{letter_id}-", f"+b-{other}-"), KEY) is None


@pytest.mark.parametrize(
    "address",
    ["", BOX, "privacy+b-17@sipor.nl", "privacy+b-17-@sipor.nl", "privacy+b-17-aaaaaaaaaaaaaaaa@"],
)
def test_an_address_without_a_signature_is_nobodys(address: str) -> None:
    assert read_return_path(address, KEY) is None


@given(randomness=st.binary(min_size=10, max_size=25))
def test_a_cases_own_address_and_message_id_carry_its_token(randomness: bytes) -> None:
    token = new_token(randomness)

    assert token == read_reply_to(reply_to(BOX, token))
    assert ("17", token) == read_message_id(message_id("17", token, "Sipor.NL"))


@pytest.mark.parametrize("address", ["", BOX, "privacy+c-@sipor.nl", "privacy+c-short@sipor.nl"])
def test_an_address_without_a_token_is_no_cases(address: str) -> None:
    assert read_reply_to(address) is None


@pytest.mark.parametrize(
    "foreign", ["", "<a@b>", "<mailbot.17@sipor.nl>", "<mailbot.17.abc@sipor.nl>", "mailbot.17.a"]
)
def test_a_message_id_that_is_not_ours_is_not_read(foreign: str) -> None:
    assert read_message_id(foreign) is None


def test_pieces_that_are_not_of_their_form_are_refused() -> None:
    """Nothing but our own ids and tokens ever stands in an address we write."""
    token = new_token(bytes(16))
    for attempt in (
        lambda: return_path(BOX, "17\r\n", KEY),
        lambda: return_path(BOX, "A-1", KEY),
        lambda: reply_to(BOX, "guess"),
        lambda: message_id("17", token, "sipor.nl>\r\nX: y"),
        lambda: message_id("17>", token, "sipor.nl"),
        lambda: return_path("x" * 40 + "@sipor.nl", "1" * 32, KEY),
    ):
        with pytest.raises(UnsafeHeader):
            attempt()
