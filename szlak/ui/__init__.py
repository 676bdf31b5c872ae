"""The pages, rendered on the server: they need no script, and load nothing from elsewhere."""

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from szlak.catalogue.errors import SzlakError
from szlak.catalogue.messages import LANGUAGES
from szlak.ui.addresses import CREDENTIAL, SEARCH
from szlak.ui.credential import show_credential
from szlak.ui.faults import FaultPages
from szlak.ui.headers import PageHeaders
from szlak.ui.query import read_query
from szlak.ui.review import ReviewPages
from szlak.ui.review_form import Tokens
from szlak.ui.search import show_search
from szlak.ui.services import UiServices
from szlak.ui.templates import Pages

__all__ = ["UiServices", "create_ui"]


def create_ui(services: UiServices) -> ASGIApp:
    """Return the pages over the services, to be mounted at the root."""
    pages = Pages(reviewing=services.desk is not None)
    tokens = Tokens()
    faults = FaultPages(pages)
    routes: list[BaseRoute] = [Mount("/static", StaticFiles(packages=[("szlak.ui", "static")])), Route("/en", _to_english)]
    for lang in LANGUAGES:
        routes += _routes_in(lang, pages, services)
        routes += ReviewPages(pages, services, tokens, lang).routes()
    handlers = {SzlakError: faults.on_szlak_error, HTTPException: faults.on_http_error, Exception: faults.on_any_error}
    # The headers go round everything, so that the page of an unforeseen error carries them too.
    return PageHeaders(Starlette(routes=routes, exception_handlers=handlers))


def _routes_in(lang: str, pages: Pages, services: UiServices) -> list[Route]:
    def search(request: Request) -> Response:
        return show_search(pages, services, read_query(request.query_params.multi_items()), lang)

    def credential(request: Request) -> Response:
        return show_credential(pages, services, request.path_params["record_id"], lang)

    return [Route(SEARCH[lang], search), Route(CREDENTIAL[lang] + "{record_id:path}", credential)]


def _to_english(request: Request) -> Response:
    return RedirectResponse(request.url.replace(path=SEARCH["en"]), 308)
