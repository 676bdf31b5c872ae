"""What the pages need of the application; `web` hands it in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from szlak.catalogue.services.find import Find
from szlak.catalogue.services.review import Desk


def today_here() -> date:
    """Return the calendar day, which is what a person means by today."""
    return date.today()  # noqa: DTZ011 - a calendar day, not a moment


@dataclass(frozen=True, kw_only=True)
class UiServices:
    """The services behind the pages; `today` is asked anew for every page, `desk` is a curator's."""

    find: Find
    today: Callable[[], date] = today_here
    desk: Desk | None = None
