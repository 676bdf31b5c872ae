"""What the API needs of the application; `web` hands it in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from szlak.catalogue.services.find import Find
from szlak.catalogue.services.match import Match
from szlak.catalogue.services.review import Desk


@dataclass(frozen=True, kw_only=True)
class ApiServices:
    """The services behind the routes. `readiness` maps each part of the catalogue to whether it answers; `desk` is a curator's."""

    find: Find
    match: Match
    readiness: Callable[[], Mapping[str, bool]]
    max_upload_bytes: int
    desk: Desk | None = None


def services_of(request: Request) -> ApiServices:
    """Return the services of the application that got the request."""
    found: ApiServices = request.app.state.services
    return found


Services = Annotated[ApiServices, Depends(services_of)]
