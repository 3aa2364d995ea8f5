"""Write out the short citations: `R8.9.2b` is article 8.9.2b of the reglement."""

import re

PARAGRAPH = re.compile(r"\((\d+)\)")
"""`33(1)`, which Dutch lawyers write as `33 lid 1`."""

# The longest prefix stands first, so that E9 is not read as E.
SOURCES: tuple[tuple[str, str, str], ...] = (
    ("ATW", "Algemene termijnenwet", "Algemene termijnenwet"),
    ("E1", "EDPB-richtsnoeren 01/2022", "EDPB Guidelines 01/2022"),
    ("E9", "EDPB-richtsnoeren 9/2022", "EDPB Guidelines 9/2022"),
    ("policy", "eigen beleid", "own policy"),
    ("R", "reglement artikel", "reglement article"),
    ("G", "AVG artikel", "GDPR article"),
    ("U", "UAVG artikel", "UAVG article"),
    ("S", "privacypagina van het schoolbestuur", "privacy page of the school board"),
)


def cite(citation: str, language: str = "nl") -> str:
    """
    Write out one short citation.

    Args:
        citation: such as `R8.9.2b`, `G12(3)`, `E1 §159` or `policy`.
        language: `nl`, or anything else for English.

    Returns:
        The citation in words; one from no known source is returned as it came.
    """
    for prefix, dutch, english in SOURCES:
        if citation.startswith(prefix):
            source = dutch if language == "nl" else english
            number = citation.removeprefix(prefix).strip()
            if language == "nl":
                number = PARAGRAPH.sub(r" lid \1", number)
            return f"{source} {number}".strip()
    return citation
