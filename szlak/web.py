"""The one ASGI application: the API under /api/v1, the pages everywhere else."""

from starlette.types import ASGIApp, Receive, Scope, Send

from szlak.catalogue.api import ApiServices, create_api
from szlak.catalogue.api.application import PREFIX
from szlak.catalogue.app import App
from szlak.catalogue.services.review import Desk
from szlak.ui import UiServices, create_ui

DOCUMENT = "/openapi.json"


class Web:
    """Sends each request to the API or to the pages by how its path begins, so that both answer for what they do not have."""

    def __init__(self, api: ASGIApp, ui: ASGIApp) -> None:
        """Keep both."""
        self._api = api
        self._ui = ui

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; the API is told where it is mounted."""
        root, path = scope.get("root_path", ""), scope.get("path", "")
        if path == root + DOCUMENT:
            path = root + PREFIX + DOCUMENT
        if path == root + PREFIX or path.startswith(f"{root}{PREFIX}/"):
            await self._api({**scope, "path": path, "root_path": root + PREFIX}, receive, send)
        else:
            await self._ui(scope, receive, send)


def create_web(app: App, curator: str | None = None) -> Web:
    """Return the application over the services of a process; with a curator's name, the review is open to them."""
    desk = Desk(review=app.review, curator=curator) if curator else None
    api = ApiServices(find=app.find, match=app.match, readiness=app.readiness, max_upload_bytes=app.settings.max_upload_bytes, desk=desk)
    return join(api, UiServices(find=app.find, desk=desk))


def join(api_services: ApiServices, ui_services: UiServices) -> Web:
    """Return the API and the pages as one application."""
    return Web(create_api(api_services), create_ui(ui_services))
