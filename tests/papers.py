"""Files as parents attach them, made afresh for each test: letters, scans, photographs, bombs."""

import io
import textwrap
import zipfile
import zlib
from collections.abc import Mapping
from email.message import EmailMessage
from importlib.resources import files
from pathlib import Path

import matplotlib as mpl
from docx import Document
from fpdf import FPDF
from mrz.generator.td1 import TD1CodeGenerator
from mrz.generator.td3 import TD3CodeGenerator
from PIL import Image, ImageDraw, ImageFont

_LATIN = Path(mpl.get_data_path()) / "fonts" / "ttf"
ARABIC = str(files("fontpkg_noto_sans_arabic") / "files" / "NotoSansArabic[wdth,wght].ttf")
LATIN = str(_LATIN / "DejaVuSans.ttf")
MONO = str(_LATIN / "DejaVuSansMono.ttf")

LETTERS: Mapping[str, str] = {
    "nl": "Geachte heer, mevrouw,\n\nHierbij verzoek ik om inzage in het volledige dossier van mijn"
    " dochter Noor Visser uit groep 6. Ik ontvang graag een kopie van alle gegevens die u over haar"
    " bewaart.\n\nMet vriendelijke groet,\nPetra Visser",
    "en": "Dear Sir or Madam,\n\nI would like to receive a copy of all personal data you hold about"
    " my son Oliver Brown. Please send me his complete file.\n\nKind regards,\nSarah Brown",
    "tr": "Sayın yetkili,\n\nKızım Zeynep hakkında tuttuğunuz bütün kişisel verilerin bir kopyasını"
    " istiyorum. Dosyasını görmek istiyorum.\n\nSaygılarımla,\nAyşe Demir",
    "ar": "السادة الكرام،\n\nأريد الاطلاع على ملف ابنتي ليلى والحصول على نسخة من جميع البيانات"
    " الشخصية التي تحتفظون بها عنها.\n\nمع خالص التحية،\nأحمد الحسن",
}
"""The same wish in four languages: to see the file of a child."""

CHILDREN = {"nl": "Noor Visser", "en": "Oliver Brown", "tr": "Zeynep", "ar": "ليلى"}

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def pdf(text: str, language: str = "nl", *, password: str = "", pages: int = 1) -> bytes:
    """A letter as a word processor saves it."""
    paper = FPDF()
    if password:
        paper.set_encryption(owner_password=f"{password} owner", user_password=password)
    paper.add_font("letter", "", LATIN)
    for _ in range(pages):
        paper.add_page()
        paper.set_font("letter", size=12)
        paper.set_text_shaping(language == "ar")
        paper.multi_cell(0, 8, text, align="R" if language == "ar" else "L")
    return bytes(paper.output())


def scanned(picture: bytes) -> bytes:
    """A PDF as a scanner makes it: a picture on a page, and not one letter."""
    paper = FPDF()
    paper.add_page()
    paper.image(io.BytesIO(picture), 0, 0, 210)
    return bytes(paper.output())


def docx(text: str) -> bytes:
    """A letter as Word saves it, its last lines in a table."""
    paper = Document()
    *lines, last = text.split("\n")
    for line in lines:
        paper.add_paragraph(line)
    paper.add_table(1, 1).cell(0, 0).text = last
    kept = io.BytesIO()
    paper.save(kept)
    return kept.getvalue()


def picture(text: str, language: str = "nl", kind: str = "PNG", turned: int = 0) -> bytes:
    """A letter as somebody photographs it."""
    page = Image.new("RGB", (1240, 1000), "white")
    pen, height = ImageDraw.Draw(page), 60
    font = ImageFont.truetype(ARABIC if language == "ar" else LATIN, 32)
    for line in text.split("\n"):
        for row in textwrap.wrap(line, 58) or [""]:
            if language == "ar":
                pen.text((1140, height), row, "black", font, "ra", direction="rtl")
            else:
                pen.text((100, height), row, "black", font)
            height += 50
    return saved(page.rotate(turned, expand=True), kind)


def holiday_photograph() -> bytes:
    """A picture without a letter: a sky over a beach."""
    page = Image.linear_gradient("L").resize((900, 700))
    return saved(Image.merge("RGB", (page, page.rotate(90).resize((900, 700)), page)), "JPEG")


def logo() -> bytes:
    """A picture too small to hold a request."""
    return saved(Image.new("RGB", (120, 60), "navy"), "PNG")


def passport(kind: str = "JPEG", turned: int = 0) -> bytes:
    """A photograph of the page of a passport; nobody has this number."""
    code = str(
        TD3CodeGenerator(
            "P", "NLD", "SPECIMEN", "NOOR", "SPECI2014", "NLD", "150312", "F", "290101"
        )
    )
    return _document(code, kind, turned)


def identity_card() -> bytes:
    """A photograph of the back of an identity card."""
    code = TD1CodeGenerator(
        "I", "NLD", "SPECI2014", "150312", "F", "290101", "NLD", "SPECIMEN", "NOOR"
    )
    return _document(str(code), "PNG", 0)


def _document(code: str, kind: str, turned: int) -> bytes:
    page = Image.new("RGB", (1700, 1150), (228, 234, 244))
    pen = ImageDraw.Draw(page)
    pen.text((100, 100), "KONINKRIJK DER NEDERLANDEN", "navy", ImageFont.truetype(LATIN, 34))
    for number, line in enumerate(code.split("\n")):
        pen.text((100, 900 + 70 * number), line, "black", ImageFont.truetype(MONO, 50))
    return saved(page.rotate(turned, expand=True), kind)


def saved(page: Image.Image, kind: str) -> bytes:
    """The bytes of a picture."""
    kept = io.BytesIO()
    page.save(kept, kind)
    return kept.getvalue()


def picture_bomb() -> bytes:
    """A PNG of a few hundred KB that says it unpacks to 900 million dots."""
    kept = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(kept, "PNG")
    return kept.getvalue()


def document_bomb() -> bytes:
    """A Word document of a few hundred KB that unpacks to 300 MB."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b" " * 300_000_000)
    return kept.getvalue()


def entity_bomb() -> bytes:
    """A Word document whose few words name each other a billion times."""
    rows = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    body = f'<!DOCTYPE w [<!ENTITY l0 "lol">{rows}]><w:document xmlns:w="{_W}">&l9;</w:document>'
    whole = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx("a\nb"))) as sound, zipfile.ZipFile(whole, "w") as bomb:
        for name in sound.namelist():
            said = body.encode() if name == "word/document.xml" else sound.read(name)
            bomb.writestr(name, said)
    return whole.getvalue()


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf_bomb() -> bytes:
    """A PDF of a few hundred KB whose one page unpacks to 400 MB."""
    packed = zlib.compress(b"0 0 m 1 1 l S " * 30_000_000, 9)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed),
    ]
    whole, places = bytearray(b"%PDF-1.4\n"), []
    for number, one in enumerate(objects, 1):
        places.append(len(whole))
        whole += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    start = len(whole)
    whole += b"xref\n0 5\n0000000000 65535 f \n"
    whole += b"".join(b"%010d 00000 n \n" % place for place in places)
    whole += b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % start
    return bytes(whole)


def mail_with(
    body: str,
    *attached: tuple[str, str, bytes],
    sender: str = "ouder@gezin.test",
    subject: str = "Brief",
) -> bytes:
    """A mail of a parent with files: (name, type, bytes)."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, "privacy@sipor.nl", subject
    mail["Message-ID"] = f"<{abs(hash((body, attached)))}@gezin.test>"
    mail.set_content(body)
    for name, kind, content in attached:
        if kind == "message/rfc822":
            mail.add_attachment(_as_mail(content), filename=name)
            continue
        main, _, sub = kind.partition("/")
        mail.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return mail.as_bytes()


def _as_mail(content: bytes) -> EmailMessage:
    inner = EmailMessage()
    inner["From"], inner["To"], inner["Subject"] = "ouder@gezin.test", "school@x.test", "Brief"
    inner.set_content(content.decode())
    return inner
