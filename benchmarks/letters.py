"""Measure how many letters a second are written and frozen on one core."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from mailbot.adapters.stationery import PaperStationery
from mailbot.domain.letter_addresses import message_id, new_token
from mailbot.domain.letter_examples import example_words
from mailbot.domain.mail import Address
from mailbot.domain.ports import Rendered
from mailbot.domain.posting import Posting, boundary, freeze

SECONDS = 2.0


def rate(work: Callable[[int], object]) -> float:
    """Call *work* with a running number for a while; return calls a second."""
    work(0)
    start, count = time.perf_counter(), 0
    while time.perf_counter() - start < SECONDS:
        count += 1
        work(count)
    return count / (time.perf_counter() - start)


def main() -> None:
    start = time.perf_counter()
    stationery = PaperStationery()
    print(f"reading and checking all templates: {time.perf_counter() - start:.2f} s, once")
    for languages in (("nl",), ("en", "nl"), ("ar", "nl")):
        measure(stationery, languages)


def measure(stationery: PaperStationery, languages: tuple[str, ...]) -> None:
    def write(number: int) -> Rendered:
        words = {**example_words("ack_request"), "reference": f"SIPOR-2026-{number:06}-Q"}
        return stationery.write("ack_request", languages, words)

    posting = Posting(
        letter="ack_request",
        sender=Address("SIPOR", "privacy@sipor.nl"),
        recipient=Address("", "alice@example.org"),
        reply_to="privacy@sipor.nl",
        rendered=write(0),
        languages=languages,
        date=datetime(2026, 11, 27, 10, 0, tzinfo=UTC),
        message_id=message_id("17", new_token(bytes(16)), "sipor.nl"),
        in_reply_to="<incoming@example.org>",
    )

    def seal(number: int) -> bytes:
        return freeze(posting, boundary(number.to_bytes(15)))

    def both(number: int) -> bytes:
        return freeze(replace(posting, rendered=write(number)), boundary(number.to_bytes(15)))

    print(
        f"{'+'.join(languages):<6} written {rate(write):>6,.0f}/s   frozen {rate(seal):>6,.0f}/s"
        f"   both {rate(both):>6,.0f}/s   {len(seal(1)):,} bytes"
    )


if __name__ == "__main__":
    main()
