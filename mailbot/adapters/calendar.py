"""The Dutch holidays, from the `holidays` library with the differences of the reglement's list."""

from datetime import date
from functools import cache

from holidays import country_holidays


class DutchCalendar:
    """The days on which nobody at a Dutch school board works."""

    def holiday(self, day: date) -> str | None:
        """Name the holiday this day is, or None."""
        return _holidays_of(day.year).get(day)


@cache
def _holidays_of(year: int) -> dict[date, str]:
    # The library counts 5 May once in five years, as many labour agreements do. At schools it
    # is a day off every year, so it stands here by itself. Ascension Day may fall on it, and
    # then keeps its name. Good Friday is no day of the Algemene termijnenwet, but the library
    # lists it and so does our list. The two Sundays it also lists change nothing.
    known = dict(country_holidays("NL", years=year, language="nl").items())
    return {date(year, 5, 5): "Bevrijdingsdag", **known}
