"""Passwords: a first one for a new colleague, and what a chosen one must be."""

import base64
from collections.abc import Callable

FIRST_BYTES = 10


def first_password(random: Callable[[int], bytes]) -> str:
    """Make a password of eighty bits that can be read out over a desk."""
    text = base64.b32encode(random(FIRST_BYTES)).decode().lower()
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))
