"""The table of routes: every page of the desk, and who may open it; what is not here is not there."""

from mailbot.web.access import (
    ADMINS,
    EVERYBODY,
    FG_ONLY,
    READERS,
    SUPERVISORS,
    Bound,
    Door,
    Route,
    door,
    page,
)
from mailbot.web.breach_routes import BREACH_ROUTES
from mailbot.web.case_routes import CASE_ROUTES
from mailbot.web.pages import (
    account,
    admin,
    audit,
    case_export,
    due_dates,
    enrol,
    factors,
    language,
    month,
    outside,
    parked,
    passages,
    password,
    queue,
    second_step,
    sign_in,
    year_figures,
)

ROUTES: tuple[Route, ...] = (
    # The door: for whoever is not in yet.
    door("/", "GET", second_step.front, Door.OPEN),
    door("/sign-in", "GET POST", sign_in.sign_in, Door.OPEN),
    door("/sign-in/with/{provider}", "GET", outside.to_provider, Door.OPEN),
    door("/sign-in/back/{provider}", "GET", outside.from_provider, Door.OPEN),
    door("/sign-in/second", "GET POST", second_step.second_step, Door.FIRST),
    door(enrol.ENROL, "GET POST", enrol.enrol, Door.FIRST),
    door(enrol.PASSKEY, "POST", enrol.first_passkey, Door.FIRST),
    door(enrol.QR, "GET", enrol.picture, Door.FIRST),
    door("/sign-out", "POST", second_step.sign_out, Door.OPEN),
    door("/language", "POST", language.choose_language, Door.OPEN),
    # An officer's own account.
    page("/account", "GET", account.account, EVERYBODY),
    page("/account/app", "GET POST", factors.new_app, EVERYBODY),
    page("/account/app/remove", "POST", factors.remove_app, EVERYBODY),
    page("/account/passkey", "GET POST", factors.new_passkey, EVERYBODY),
    page("/account/passkey/remove", "POST", factors.remove_passkey, EVERYBODY),
    page("/account/codes", "POST", factors.new_codes, EVERYBODY),
    page("/account/others", "POST", account.end_others, EVERYBODY),
    page("/account/password", "GET POST", password.password, EVERYBODY),
    # The administrator's.
    page("/admin", "GET", admin.officers, ADMINS),
    page("/admin/officers", "POST", admin.add, ADMINS),
    page("/admin/officers/{number}", "POST", admin.change, ADMINS),
    # The queue.
    page("/queue", "GET POST", queue.queue, READERS),
    page("/queue/newest", "GET", queue.newest, READERS, awake=False),
    page("/queue/many", "POST", queue.many, READERS),
    page("/queue/views", "POST", queue.save_view, READERS),
    # What belongs to no case.
    page("/parked", "GET", parked.parked, READERS),
    page("/parked/looked", "POST", parked.looked, READERS),
    page("/parked/{number}", "GET", parked.mail, READERS),
    page("/parked/{number}/open", "POST", parked.open_case, READERS),
    page("/parked/{number}/file", "POST", parked.file_in_case, READERS),
    page("/parked/{number}/again", "POST", parked.try_again, READERS),
    page("/outbox/{number}/go", "POST", parked.let_go, SUPERVISORS),
    # What the assistant answers with.
    page("/passages", "GET", passages.passages, READERS),
    page("/passages/{code}", "GET POST", passages.passage, READERS),
    # The breach register.
    *BREACH_ROUTES,
    # Due dates and figures.
    page("/calendar", "GET", due_dates.calendar_page, READERS),
    page("/calendar/month", "GET", month.month_page, READERS),
    page("/calendar/feed", "POST", due_dates.make_feed, READERS),
    page("/calendar/feed/remove", "POST", due_dates.drop_feed, READERS),
    # A calendar program has no session: its token is what opens it.
    door("/calendar/{token}.ics", "GET", due_dates.feed, Door.OPEN),
    page("/figures", "GET", year_figures.figures_page, SUPERVISORS),
    page("/figures/plots/{plot}", "GET", year_figures.figures_plot, SUPERVISORS),
    page("/figures.csv", "GET", year_figures.figures_as_csv, SUPERVISORS),
    page("/figures.pdf", "GET", year_figures.figures_as_pdf, SUPERVISORS),
    # Who looked at what.
    page("/audit", "GET", audit.audit, FG_ONLY),
    page("/cases/{reference}/export", "GET", case_export.export, SUPERVISORS, Bound.CASE),
    page("/cases/{reference}/export.zip", "POST", case_export.export_zip, SUPERVISORS, Bound.CASE),
    # A case and its acts.
    *CASE_ROUTES,
)
