"""The rows of the breach board in the table of routes: the register, its entries and their acts."""

from mailbot.web.access import DECIDERS, READERS, SUPERVISORS, Bound, Route, page
from mailbot.web.pages import breach, breaches

ENTRY = "/breaches/{entry}"

BREACH_ROUTES: tuple[Route, ...] = (
    page("/breaches", "GET", breaches.breaches, READERS),
    page("/breaches", "POST", breaches.open_entry, SUPERVISORS),
    page("/register.csv", "GET", breaches.register_as_csv, SUPERVISORS),
    page("/register.pdf", "GET", breaches.register_as_pdf, SUPERVISORS),
    page(ENTRY, "GET", breach.breach, READERS, Bound.BREACH),
    # A handler prepares the facts; each field names its own roles (reglement 6.4.2).
    page(f"{ENTRY}/fill", "POST", breach.fill, READERS, Bound.BREACH),
    page(f"{ENTRY}/aware", "POST", breach.aware, SUPERVISORS, Bound.BREACH),
    page(f"{ENTRY}/notified", "POST", breach.notified, SUPERVISORS, Bound.BREACH),
    page(f"{ENTRY}/told", "POST", breach.told, SUPERVISORS, Bound.BREACH),
    # What reaches outside is decided by the board (reglement 6.4.1 and 6.4.3).
    page(f"{ENTRY}/report", "POST", breach.report, DECIDERS, Bound.BREACH),
    page(f"{ENTRY}/parents", "POST", breach.parents, DECIDERS, Bound.BREACH),
    page(f"{ENTRY}/write", "POST", breach.write, DECIDERS, Bound.BREACH),
)
