"""The Dutch holidays, from the `holidays` library with the differences of the reglement's list."""

from datetime import date
from functools import cache

from holidays.countries.netherlands import Netherlands

from mailbot.domain.errors import YearUnknown

FIRST_YEAR = 1970
"""Before it no mail server has a date."""
LAST_YEAR = 2299


class _LongNetherlands(Netherlands):
    # After its own last year, 2100, the library says without a word that every day is a
    # working day. Its rules and its Easter hold for longer, so it may go on.
    end_year = LAST_YEAR


class DutchCalendar:
    """The days on which nobody at a Dutch school board works."""

    def holiday(self, day: date) -> str | None:
        """
        Name the holiday this day is, or None.

        Raises:
            YearUnknown: outside the years for which the list is right.
        """
        return _holidays_of(day.year).get(day)


@cache
def _holidays_of(year: int) -> dict[date, str]:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise YearUnknown(f"holidays are known from {FIRST_YEAR} to {LAST_YEAR}, not in {year}")
    # The library counts 5 May once in five years, as many labour agreements do. At schools it
    # is a day off every year, so it stands here by itself. Ascension Day may fall on it, and
    # then keeps its name. Good Friday is no day of the Algemene termijnenwet, but the library
    # lists it and so does our list. The two Sundays it also lists change nothing.
    library = _LongNetherlands(years=year, language="nl")  # type: ignore[no-untyped-call]
    known = dict(library.items())
    return {date(year, 5, 5): "Bevrijdingsdag", **known}
