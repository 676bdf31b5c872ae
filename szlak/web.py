"""The one ASGI application: the API under /api/v1, the pages at the root."""

from fastapi import FastAPI
from starlette.responses import JSONResponse

from szlak.catalogue.api import ApiServices, create_api
from szlak.catalogue.api.application import PREFIX
from szlak.catalogue.app import App
from szlak.ui import UiServices, create_ui


def create_web(app: App) -> FastAPI:
    """Return the application over the services of a process."""
    api_services = ApiServices(find=app.find, match=app.match, readiness=app.readiness, max_upload_bytes=app.settings.max_upload_bytes)
    return join(api_services, UiServices(find=app.find))


def join(api_services: ApiServices, ui_services: UiServices) -> FastAPI:
    """Return the API and the pages as one application."""
    api, ui = create_api(api_services), create_ui(ui_services)
    web = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)

    @web.get("/openapi.json")
    def get_openapi() -> JSONResponse:
        return JSONResponse(api.openapi())

    web.mount(PREFIX, api)
    web.mount("/", ui)
    return web
