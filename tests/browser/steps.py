"""Steps that several stories at the desk begin with."""

from playwright.sync_api import Page

from mailbot.domain.roles import Role
from tests.desks import DeskServer
from tests.houses import PASSWORD


def fill_first_step(
    page: Page, desk: DeskServer, role: Role = Role.FG, path: str = "/queue"
) -> None:
    """Ask for a page without being in, and type address and password."""
    page.goto(desk.url + path)
    page.fill("[name=address]", f"{role}@officers.test")
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
