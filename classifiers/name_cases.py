"""Takes the cases of Polish and Ukrainian and the endings of Turkish off a given name."""

import re

from classifiers.folding import fold
from classifiers.given_names import plain_names, small_words

TURKISH = re.compile(
    r"(?i)\b(?:ve|bir|bu|bi|ama|şimdi|gibi|diye|kadar|hocam|yok|annesi\w*|babası\w*|için|icin|değil|degil|çok|cok|"
    r"kızım|oğlum|kizim|oglum|okul\w*|merhaba|lütfen|olarak|daha|lutfen|biz|bizim|benim|onun|onu|sonra|önce|once|ederim|rica|hepsini|nerede|"
    r"istiyorum|tesekkur\w*|teşekkür\w*|cocu\w+|çocu\w+|sinif\w*|sınıf\w*|bundan|izni?\w*|iptal|itiraz\w*|fotograf\w*|fotoğraf\w*)\b"
)
_TURKISH_LETTERS = re.compile(r"[ğışİŞĞ]")
TURKISH_CASE = re.compile(r"['’](?:n?[ıiuü]n|y?[ıiuü])\b")
_SUFFIXES = (*"iaeu", "in", "un", "yi", "nin", "nun")
POLISH = re.compile(r"[ąęłśżźćń]", re.IGNORECASE)
_STEMS = (
    "owi",
    "em",
    "ą",
    "ę",
    "a",
    "i",
    "y",
    "e",
    "u",
    "ові",
    "ом",
    "а",
    "у",
    "і",
    "и",
    "ю",
    "ї",
    "єю",
    "ою",
    "iem",
    "ie",
    "я",
    "єм",
    "єві",
    "еві",
)
STEMS = tuple(map(fold, _STEMS))
NOMINATIVES = tuple(map(fold, ("a", "ja", "а", "я", "й", "о", "ь")))
CHANGED = (("c", "ka"), ("dz", "ga"), ("c", "ta"), ("dz", "da"), ("rz", "ra"), ("rz", "r"))
"""What a Polish name ends on before some endings, and what it ends on by itself."""
POLISH_WORDS = re.compile(
    r"(?i)\b(?:nie|jest|sie|się|prosze|proszę|dla|moja|moj|mój|syn|syna|corka|corki|córka|córki|ze|że|juz|już|tylko|mam|ale|dzien|dzień|od|jestem|czy|jak|mojego|mojej|zdjec|zdjecia|robic|dzis|zgode|szkol\w*|ktory|ktora|poprosze|jego|jej)\b"
)


def is_turkish(text: str) -> bool:
    """Say whether a text holds enough of the plainest Turkish words."""
    letters = len(_TURKISH_LETTERS.findall(text))
    return letters > len(text) / 60 or len({word.casefold() for word in TURKISH.findall(text)}) > 1


def is_polish(text: str) -> bool:
    """Say whether a text is Polish, with its letters or, from a telephone, without."""
    if is_turkish(text):
        return False
    found = {word.casefold() for word in POLISH_WORDS.findall(text)}
    return len(found) > 2 or bool(POLISH.search(text))


def stem_of(folded: str) -> str | None:
    """Return the Polish or Ukrainian name of which a word is a case, such as `Antosia` of `Antoś`."""
    names = plain_names()
    for ending in STEMS:
        if folded.endswith(ending):
            root = folded[: -len(ending)]
            soft = root.removesuffix("i")
            bases = [root, soft, *(root + end for end in NOMINATIVES), soft + "a", soft + "ia"]
            if soft[-1:] == "k" or soft[-2:] == "wl":
                bases += [f"{soft[:-1]}e{soft[-1]}"]
            bases += [soft[: -len(was)] + now for was, now in CHANGED if soft.endswith(was)]
            for base in bases:
                if len(base) > 2 and base in names:
                    return base
    return None


def without_turkish(folded: str, *, small: bool) -> str | None:
    """
    Return the name of which a word is a Turkish case, such as `emirhanin` of `Emirhan`.

    Args:
        folded: the word, folded.
        small: whether it stands in small letters, which hide many a word in a name; only
            the long ones are sure then.
    """
    least = 4 if small else 3
    for suffix in _SUFFIXES:
        base = folded.removesuffix(suffix)
        if base != folded and len(base) > least and base in plain_names():
            return None if small and base in small_words() else base
    return None
