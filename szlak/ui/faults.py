"""Pages for when something is not there, has changed, cannot be used, or failed: what happened, and what to do."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from szlak.catalogue.errors import (
    CursorExpired,
    Forbidden,
    InputInvalid,
    NotFound,
    NotReady,
    Stale,
    StoreBusy,
    StoreUnavailable,
    SzlakError,
)
from szlak.catalogue.messages import Message
from szlak.ui.addresses import REVIEW, SEARCH, lang_of, search_address
from szlak.ui.query import read_query
from szlak.ui.templates import Pages


@dataclass(frozen=True, kw_only=True)
class FaultPage:
    """What a page of a fault says; `action` names the link that leads on."""

    status: int
    title: Message
    advice: Message
    action: Message = Message("To the start")


_GONE = Message("There is no such page")
_UNREADY = FaultPage(
    status=503,
    title=Message("The catalogue is being prepared"),
    advice=Message("This takes a minute or two after the first start. Load the page again shortly."),
    action=Message("Try again"),
)
PAGES: Mapping[type[SzlakError], FaultPage] = {
    NotFound: FaultPage(
        status=404,
        title=_GONE,
        advice=Message("It may have been withdrawn by its provider. Look for it, or for something like it, in the catalogue."),
        action=Message("Search the catalogue"),
    ),
    CursorExpired: FaultPage(
        status=410,
        title=Message("The list has changed"),
        advice=Message("The catalogue was updated while you were reading. Your search is kept; only the place in the list is lost."),
        action=Message("Show the list from its beginning"),
    ),
    Forbidden: FaultPage(
        status=403, title=Message("This is not allowed here"), advice=Message("The catalogue itself is open to everybody.")
    ),
    Stale: FaultPage(
        status=409,
        title=Message("This has changed in the meantime"),
        advice=Message("Go back to the list and open it anew; earlier decisions are shown there."),
        action=Message("To the review"),
    ),
    InputInvalid: FaultPage(status=422, title=Message("This cannot be used"), advice=Message("Check the address, or start again.")),
    NotReady: _UNREADY,
    StoreUnavailable: _UNREADY,
    StoreBusy: _UNREADY,
}
FAILED = FaultPage(
    status=500,
    title=Message("Something went wrong here"),
    advice=Message("It is not your fault, and what happened has been written down. Trying again may help."),
)
HTTP_PAGES: Mapping[int, FaultPage] = {
    404: FaultPage(
        status=404, title=_GONE, advice=Message("Check the address, or look in the catalogue."), action=Message("Search the catalogue")
    ),
    413: FaultPage(status=413, title=Message("This is too much at once"), advice=Message("Send less, or go back and use the form.")),
    405: FaultPage(status=405, title=Message("This page takes no data"), advice=Message("Open it as a link instead.")),
}


class FaultPages:
    """Answers errors with pages."""

    def __init__(self, pages: Pages) -> None:
        """Keep the renderer."""
        self._pages = pages

    def on_szlak_error(self, request: Request, error: Exception) -> Response:
        """Answer an error of ours by the nearest class that has a page."""
        page = next((PAGES[kind] for kind in type(error).__mro__ if kind in PAGES), FAILED)
        detail = error.message if isinstance(error, SzlakError) and page is not FAILED else None
        return self._show(request, page, detail)

    def on_http_error(self, request: Request, error: Exception) -> Response:
        """Answer what the server itself refuses."""
        status = error.status_code if isinstance(error, HTTPException) else 500
        response = self._show(request, HTTP_PAGES.get(status, FAILED), None)
        response.status_code = status
        response.headers.update((error.headers if isinstance(error, HTTPException) else None) or {})
        return response

    def on_any_error(self, request: Request, error: Exception) -> Response:
        """Answer what nobody foresaw; the server logs it."""
        del error
        return self._show(request, FAILED, None)

    def _show(self, request: Request, page: FaultPage, detail: Message | None) -> Response:
        lang = lang_of(request.url.path)
        other = "pl" if lang == "en" else "en"
        pairs = read_query(request.query_params.multi_items()).pairs if page.status in (410, 503) else ()
        onward = REVIEW[lang] if page.status == 409 else search_address(lang, pairs)
        response = self._pages.show("fault.html", lang, other=SEARCH[other], status=page.status, page=page, detail=detail, onward=onward)
        if page.status == 503:
            response.headers["Retry-After"] = "5"
        return response
