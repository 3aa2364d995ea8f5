"""Packs a case as a ZIP: mails, letters, events and a summary on paper."""

import csv
import io
import zipfile
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from mailbot.adapters.exports_csv import BYTE_ORDER_MARK, SEPARATOR, neutral
from mailbot.adapters.exports_sheet import Sheet
from mailbot.domain.handover import Handover
from mailbot.domain.kinds import KINDS
from mailbot.domain.masking import mask_bsn

EVENTS_HEAD = ("Moment", "Gebeurtenis", "Door", "Mail", "Bijzonderheden")
ROBOT = "de robot"
README = """Dossier {reference}, uitgevoerd op {made} door {by}

mails/          de mails zoals ze binnenkwamen
brieven/        de brieven zoals ze zijn geschreven; hun staat is te zien in de samenvatting
gebeurtenissen.csv  wat er gebeurde, wanneer en door wie
samenvatting.pdf    het dossier in het kort

Kopieën van identiteitsbewijzen zijn uit de mails gehaald.
Burgerservicenummers zijn afgeschermd in de samenvatting, de gebeurtenissen en de brieven.
In de mails staan ze zoals de afzender ze schreef: lees de mails na voordat u ze doorgeeft.
Interne notities zitten er niet bij.
Kijk na of er gegevens van anderen in staan, ook namen van medewerkers, voordat u iets
aan een ouder geeft (artikel 15 lid 4 AVG).
{unreadable}"""


def case_zip(handover: Handover, board: str, zone: ZoneInfo) -> bytes:
    """
    Pack a case.

    Args:
        handover: the case as it was gathered.
        board: the name of the board.
        zone: the zone in which moments are shown.

    Returns:
        The ZIP. No name in it holds anything a stranger wrote.
    """
    packed = io.BytesIO()
    moment = handover.made_at.astimezone(zone)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _files(handover, board, zone):
            entry = zipfile.ZipInfo(name, moment.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            # Readable by whoever unpacks it, and by nobody else.
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, content)
    return packed.getvalue()


def _files(handover: Handover, board: str, zone: ZoneInfo) -> Iterator[tuple[str, bytes]]:
    yield "LEESMIJ.txt", _readme(handover, zone).encode()
    for mail in handover.mails:
        yield f"mails/{mail.received.astimezone(zone):%Y%m%d}-{mail.number}.eml", mail.content
    for letter in handover.letters:
        day = f"{letter.written.astimezone(zone):%Y%m%d}"
        yield f"brieven/{day}-{letter.number}-{letter.code}.eml", letter.content
    yield "gebeurtenissen.csv", _events(handover, zone)
    yield "samenvatting.pdf", _summary(handover, board, zone)


def _readme(handover: Handover, zone: ZoneInfo) -> str:
    lost = ", ".join(map(str, handover.unreadable))
    return README.format(
        reference=handover.story.case.reference,
        made=f"{handover.made_at.astimezone(zone):%d-%m-%Y %H:%M}",
        by=handover.made_by,
        unreadable=f"\nNiet meer te lezen: mail {lost}.\n" if lost else "",
    )


def _events(handover: Handover, zone: ZoneInfo) -> bytes:
    page = io.StringIO()
    writer = csv.writer(page, delimiter=SEPARATOR, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(EVENTS_HEAD)
    for one in handover.story.events:
        cells = (
            f"{one.at.astimezone(zone):%d-%m-%Y %H:%M:%S}",
            one.kind,
            handover.officers.get(one.officer_id, "?") if one.officer_id else ROBOT,
            str(one.mail_id or ""),
            ", ".join(f"{name}: {value}" for name, value in one.detail),
        )
        writer.writerow([neutral(mask_bsn(cell)) for cell in cells])
    return (BYTE_ORDER_MARK + page.getvalue()).encode()


def _summary(handover: Handover, board: str, zone: ZoneInfo) -> bytes:
    story, case = handover.story, handover.story.case
    sheet = Sheet(f"Dossier {case.reference}", handover.made_at)
    sheet.page(f"{case.reference} · vertrouwelijk")
    sheet.title(f"Dossier {case.reference}", board)
    sheet.section("De zaak")
    kind = KINDS[case.kind].dutch if case.kind else "onbekend"
    sheet.row("Soort", kind if case.confirmed else f"{kind} (nog niet bevestigd)")
    sheet.row("Ontvangen", f"{case.dates.received_at.astimezone(zone):%d-%m-%Y %H:%M}")
    sheet.row("Aanvrager", " ".join(filter(None, (case.requester.name, case.requester.address))))
    for name, value in story.facts:
        sheet.row(name, value)
    sheet.row("Gekoppeld aan", ", ".join(story.linked) or "–")  # noqa: RUF001 - a printed dash.
    sheet.section("De termijn")
    for sentence in handover.explanation:
        sheet.row("", sentence)
    sheet.section("Besluiten")
    for decision in handover.decisions:
        label = f"{decision.at.astimezone(zone):%d-%m-%Y}, {decision.officer}"
        sheet.row(label, f"{decision.outcome}: {decision.grounds}")
    sheet.section("Mails")
    for mail in handover.mails:
        left_out = ", zonder kopie van een identiteitsbewijs" if mail.without_copies else ""
        when = f"{mail.received.astimezone(zone):%d-%m-%Y %H:%M}"
        sheet.row(f"Mail {mail.number}", f"{when}{left_out}")
    for number in handover.unreadable:
        sheet.row(f"Mail {number}", "niet meer te lezen")
    sheet.section("Brieven")
    for letter in handover.letters:
        when = f"{letter.written.astimezone(zone):%d-%m-%Y %H:%M}"
        sheet.row(f"Brief {letter.number}", f"{letter.code}, geschreven {when}, {letter.state}")
    return sheet.bytes()
