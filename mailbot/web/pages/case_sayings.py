"""How the templates of a case say codes: small functions in the language of the page."""

import re
from collections.abc import Callable, Mapping
from functools import partial

from babel import Locale

from mailbot.domain.articles import cite
from mailbot.domain.kinds import Kind
from mailbot.domain.masking import mask_bsn
from mailbot.domain.settled import TaskOnFile
from mailbot.domain.task_choices import CHOICES
from mailbot.web.asked import PageRequest
from mailbot.web.languages import DUTCH
from mailbot.web.pages import case_words

KIB = 1024
CODES = re.compile(r" \([a-z]+_[a-z_]+\)")
"""The names that the command line gives to facts; a page has fields for them."""


def sayings(page: PageRequest, kind: Kind | None) -> dict[str, object]:
    """Give the templates what they say codes with."""
    gettext, language = page.gettext, page.language
    return {
        "zone": page.office.profile.zone,
        "cite": partial(cite, language=language),
        "mask": mask_bsn,
        "plainly": lambda text: CODES.sub("", text),
        "size": size,
        "letter_names": named(case_words.LETTERS, gettext),
        "letter_states": named(case_words.LETTER_STATES, gettext),
        "announced": _sayer(case_words.ANNOUNCED, gettext),
        "how": _sayer(case_words.HOW, gettext),
        "outcome": _sayer(case_words.OUTCOMES, gettext),
        "flag_name": _sayer(case_words.FLAGS, gettext),
        "file_type": _sayer(case_words.FILE_TYPES, gettext),
        "mail_warning": _warner(case_words.MAIL_WARNINGS, gettext),
        "file_warning": _warner(case_words.FILE_WARNINGS, gettext),
        "language_name": lambda code: language_name(code, language),
        "choices_of": partial(choices_of, kind, language=language),
    }


def named(table: Mapping[str, str], gettext: Callable[[str], str]) -> dict[str, str]:
    """Translate a whole table."""
    return {str(code): gettext(text) for code, text in table.items()}


def size(octets: int) -> str:
    """Say how large a file is."""
    if octets < KIB * KIB:
        return f"{max(1, round(octets / KIB))} kB"
    return f"{octets / KIB / KIB:.1f} MB"


def language_name(code: str, language: str) -> str:
    """Name a language in the language of the page; Dutch where the code says nothing."""
    known = Locale.parse(language).languages.get(code)
    return str(known or Locale.parse(language).languages.get(DUTCH, code))


def choices_of(kind: Kind | None, task: TaskOnFile, *, language: str) -> str:
    """Name what was picked when a task was settled."""
    rule = CHOICES.get((kind, task.rule.code)) if kind else None
    picked = task.settled.choices if task.settled else ()
    names = (
        {one.code: one.dutch if language == DUTCH else one.english for one in rule.options}
        if rule
        else {}
    )
    return "; ".join(names.get(code, code) for code in picked)


def _sayer(table: Mapping[str, str], gettext: Callable[[str], str]) -> Callable[[str], str]:
    return lambda code: gettext(table[code]) if code in table else str(code)


def _warner(table: Mapping[str, str], gettext: Callable[[str], str]) -> Callable[[str], str]:
    def say(code: str) -> str:
        if code in table:
            return gettext(table[code])
        return gettext(case_words.OTHER_WARNING).format(code=code.replace("_", " "))

    return say
