"""Tell which lines of a text are marked with `>` as quoted."""

import re

_QUOTED = re.compile(r"[ \t\u200e\u200f]{0,3}(?:>|\|[ \t]?>)")
_FULL_LINE = 55
"""A marked line this long may have been wrapped."""


def is_marked(line: str) -> bool:
    """Say whether a line is marked with `>`, and is no `>>> decoration <<<`."""
    return bool(_QUOTED.match(line)) and not line.rstrip().endswith("<<")


def is_wrapped(lines: list[str], at: int) -> bool:
    """
    Say whether this line is the torn-off end of the marked line above it.

    Some programs wrap a long marked line without marking its rest. An answer between two
    marked lines begins with a capital, or the line above it is short.
    """
    if at == 0 or at + 1 >= len(lines) or not lines[at].strip():
        return False
    above, line, below = lines[at - 1], lines[at].lstrip(), lines[at + 1]
    if not is_marked(above) or not is_marked(below):
        return False
    link = line.startswith(("(http", "<http", "http")) or "http" in above[-80:]
    return link or (len(above) >= _FULL_LINE and line[:1].islower())


def next_is_marked(lines: list[str], at: int) -> bool:
    """Say whether the next line that is not blank is quoted with `>`."""
    following = next((line for line in lines[at : at + 4] if line.strip()), "")
    return is_marked(following)
