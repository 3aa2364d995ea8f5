"""One printed form: titles, sections and rows, in letters that most names are written in."""

import unicodedata
from datetime import datetime
from importlib.resources import as_file, files

from fpdf import FPDF
from fpdf.fonts import TTFFont

from mailbot.domain.masking import mask_bsn

FONTS = (("text", "fontpkg_noto_sans"), ("arabic", "fontpkg_noto_sans_arabic"))
"""Packages with the letters: Latin with all its marks, Greek and Cyrillic; Arabic."""
MARGIN = 20
LABEL = 58
"""Millimetres for the labels on the left."""
LINE = 5.2
INK, FAINT, ACCENT = (35, 35, 40), (130, 130, 138), (38, 70, 110)
DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
"""Unicode categories that have no shape: control and format characters."""


class _Paper(FPDF):
    """A4 with its footer."""

    foot = ""

    def footer(self) -> None:
        """Name the entry and number the page."""
        self.set_y(-14)
        self.set_font("text", size=8)
        self.set_text_color(*FAINT)
        self.cell(0, 5, self.foot)
        self.set_x(-40)
        self.cell(20, 5, f"pagina {self.page_no()}", align="R")


class Sheet:
    """The pages of one PDF."""

    def __init__(self, title: str, made_at: datetime) -> None:
        self._pdf = pdf = _Paper()
        pdf.set_margin(MARGIN)
        pdf.set_auto_page_break(auto=True, margin=22)
        for family, package in FONTS:
            with as_file(files(package) / "files") as folder:
                upright = next(one for one in folder.glob("*.ttf") if "Italic" not in one.name)
                pdf.add_font(family, "", upright)
        pdf.set_fallback_fonts(["arabic"])
        pdf.set_text_shaping(use_shaping_engine=True)
        pdf.set_title(title)
        pdf.set_lang("nl")
        pdf.set_creator("mailbot")
        pdf.set_creation_date(made_at)
        letters = (font.cmap for font in pdf.fonts.values() if isinstance(font, TTFFont))
        self._known = frozenset(code for cmap in letters for code in cmap)

    def page(self, foot: str) -> None:
        """Begin a page with this text at its foot, and at those that follow."""
        # The foot of the page before is printed when the new one begins.
        self._pdf.add_page()
        self._pdf.foot = foot

    def title(self, title: str, under: str) -> None:
        """Print the title of an entry."""
        self._lines(title, size=17, height=9, colour=ACCENT)
        self._lines(under, size=9.5, height=5.5, colour=FAINT)
        self._pdf.ln(3)

    def remark(self, text: str) -> None:
        """Print a remark on a quiet ground."""
        self._pdf.set_fill_color(244, 246, 249)
        self._lines(text, size=9.5, height=LINE, colour=INK, fill=True)
        self._pdf.ln(1)

    def section(self, title: str) -> None:
        """Begin a part of the form, never at the very foot of a page."""
        pdf = self._pdf
        if pdf.will_page_break(26):
            pdf.add_page()
        pdf.ln(3.5)
        self._lines(title, size=12, height=7, colour=ACCENT)
        pdf.set_draw_color(200, 206, 216)
        pdf.line(MARGIN, pdf.get_y(), pdf.w - MARGIN, pdf.get_y())
        pdf.ln(1.8)

    def row(self, label: str, text: str, *, faint: bool = False) -> None:
        """Print a label and what belongs to it."""
        pdf = self._pdf
        if pdf.will_page_break(2 * LINE):
            pdf.add_page()
        top, page = pdf.get_y(), pdf.page
        pdf.set_font("text", size=9.5)
        pdf.set_text_color(*FAINT)
        pdf.multi_cell(LABEL - 3, LINE, label, align="L", new_x="LMARGIN", new_y="NEXT")
        below = pdf.get_y()
        pdf.set_xy(MARGIN + LABEL, top)
        pdf.set_text_color(*(FAINT if faint else INK))
        pdf.multi_cell(0, LINE, self._shown(text), align="L", new_x="LMARGIN", new_y="NEXT")
        if pdf.page == page:
            pdf.set_y(max(below, pdf.get_y()))
        pdf.ln(0.8)

    def bytes(self) -> bytes:
        """Give the whole PDF."""
        return bytes(self._pdf.output())

    def _lines(
        self,
        text: str,
        *,
        size: float,
        height: float,
        colour: tuple[int, int, int],
        fill: bool = False,
    ) -> None:
        self._pdf.set_font("text", size=size)
        self._pdf.set_text_color(*colour)
        self._pdf.multi_cell(
            0, height, self._shown(text), align="L", fill=fill, new_x="LMARGIN", new_y="NEXT"
        )

    def _shown(self, text: str) -> str:
        """Mask numbers, and say by its code what the letters at hand cannot show."""
        plain = mask_bsn(unicodedata.normalize("NFC", text)).replace("\t", "    ")
        return "".join(self._character(one) for one in plain)

    def _character(self, one: str) -> str:
        if one == "\n" or ord(one) in self._known:
            return one
        if unicodedata.category(one) in DROPPED:
            return ""
        return f"[U+{ord(one):04X}]"
