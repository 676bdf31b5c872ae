"""Errors -> problem details (RFC 9457). Every error that leaves the API has this one shape, in the reader's language."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from szlak.catalogue import errors
from szlak.catalogue.api.validation import explain, place_of
from szlak.catalogue.messages import Message, choose_language, render

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_S = 5


@dataclass(frozen=True, kw_only=True)
class ProblemKind:
    """A kind of problem: the status it has, its name in the type URI, and what it is called."""

    status: int
    name: str
    title: Message


_INPUT = Message("The request cannot be used")
_STORE = Message("The database cannot answer")
KINDS: Mapping[type[errors.SzlakError], ProblemKind] = {
    errors.SzlakError: ProblemKind(status=500, name="internal-error", title=Message("Something went wrong here")),
    errors.ConfigError: ProblemKind(status=500, name="configuration", title=Message("The service is configured wrongly")),
    errors.ExtraMissing: ProblemKind(status=501, name="not-installed", title=Message("This service cannot do that")),
    errors.InputInvalid: ProblemKind(status=422, name="input-invalid", title=_INPUT),
    errors.FileUnreadable: ProblemKind(status=422, name="file-unreadable", title=Message("The file cannot be read")),
    errors.RecordRefused: ProblemKind(status=422, name="record-refused", title=Message("The record cannot be used")),
    errors.ReleaseInvalid: ProblemKind(status=422, name="release-invalid", title=Message("This is not an ESCO release")),
    errors.FilterUnknown: ProblemKind(status=422, name="filter-unknown", title=Message("The filter does not exist")),
    errors.NotFound: ProblemKind(status=404, name="not-found", title=Message("Nothing here")),
    errors.Forbidden: ProblemKind(status=403, name="forbidden", title=Message("This is not allowed here")),
    errors.Stale: ProblemKind(status=409, name="stale", title=Message("This has changed in the meantime")),
    errors.CursorExpired: ProblemKind(status=410, name="cursor-expired", title=Message("The list has changed")),
    errors.NotReady: ProblemKind(status=503, name="not-ready", title=Message("The catalogue is not ready yet")),
    errors.StoreError: ProblemKind(status=500, name="store-error", title=_STORE),
    errors.StoreBusy: ProblemKind(status=503, name="store-busy", title=_STORE),
    errors.StoreFull: ProblemKind(status=507, name="store-full", title=_STORE),
    errors.StoreUnavailable: ProblemKind(status=503, name="store-unavailable", title=_STORE),
}
"""One entry for each class of errors.py; a test walks the tree."""

HTTP_KINDS: Mapping[int, ProblemKind] = {
    400: ProblemKind(status=400, name="malformed", title=_INPUT),
    404: ProblemKind(status=404, name="no-such-address", title=Message("Nothing here")),
    405: ProblemKind(status=405, name="method-not-allowed", title=Message("This address does not do that")),
    413: ProblemKind(status=413, name="too-large", title=Message("The request is too large")),
    422: ProblemKind(status=422, name="input-invalid", title=_INPUT),
    500: ProblemKind(status=500, name="internal-error", title=Message("Something went wrong here")),
}
HTTP_DETAILS: Mapping[int, Message] = {
    400: Message("The request cannot be read as HTTP or JSON. Check its form and send it again."),
    404: Message("No address of this service matches. The addresses are listed in /openapi.json."),
    405: Message("The address exists, but not for this method. The header Allow names those that it answers."),
    413: Message("The body is larger than this service accepts. Send less at once."),
    500: Message("The service failed and has written down why. Trying again may help; if it does not, report it."),
}

FILTER_PARAMETERS: Mapping[str, str] = {
    "providers": "provider",
    "kinds": "kind",
    "modes": "mode",
    "languages": "language",
    "voivodeships": "voivodeship",
    "skills": "skill",
    "levels": "level",
}
"""The query parameter behind each filter of SearchFilters."""


def problem(request: Request, kind: ProblemKind, detail: Message, **more: Any) -> Response:  # noqa: ANN401 - JSON values
    """Return a problem in the reader's language; `more` are further members of the object."""
    lang = choose_language(request.headers.get("accept-language"))
    body = {
        "type": f"urn:problem-type:szlak:{kind.name}",
        "title": render(kind.title, lang),
        "status": kind.status,
        "detail": render(detail, lang),
        "instance": request.url.path,
        **more,
    }
    headers = {"Content-Language": lang, "Vary": "Accept-Language", "X-Content-Type-Options": "nosniff"}
    if kind.status == 503:
        headers["Retry-After"] = str(RETRY_AFTER_S)
    return Response(encode_json(body), kind.status, headers, MEDIA_TYPE)


def encode_json(body: object) -> bytes:
    """Return the UTF-8 bytes of a JSON value; half a surrogate pair, which a request may quote, becomes a question mark."""
    return json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")


def on_szlak_error(request: Request, error: Exception) -> Response:
    """Answer an error of ours by its kind."""
    if not isinstance(error, errors.SzlakError):
        raise error
    lang = choose_language(request.headers.get("accept-language"))
    more: dict[str, Any] = {}
    if isinstance(error, errors.InputInvalid) and error.details:
        more["errors"] = [{"detail": render(detail, lang)} for detail in error.details]
    if isinstance(error, errors.FilterUnknown):
        more |= {"filter": FILTER_PARAMETERS.get(error.name, error.name), "suggestions": list(error.suggestions)}
    if isinstance(error, errors.CursorExpired):
        more["restart"] = str(request.url.remove_query_params("cursor").replace(scheme="", netloc=""))
    return problem(request, KINDS[type(error)], error.message, **more)


def on_validation_error(request: Request, error: Exception) -> Response:
    """Answer a request that does not have the documented shape, with each fault and its place."""
    if not isinstance(error, RequestValidationError):
        raise error
    lang = choose_language(request.headers.get("accept-language"))
    faults: Sequence[Mapping[str, Any]] = error.errors()
    found = [{"detail": render(explain(fault), lang), **place_of(fault["loc"])} for fault in faults[:20]]
    detail = Message(
        "The request has {n} thing that is wrong.", plural="The request has {n} things that are wrong.", n=len(faults)
    )  # fmt: skip
    return problem(request, HTTP_KINDS[422], detail, errors=found)


def on_http_error(request: Request, error: Exception) -> Response:
    """Answer what the server itself refuses: an unknown address, another method, a body that is too large."""
    if not isinstance(error, HTTPException):
        raise error
    kind = HTTP_KINDS.get(error.status_code, ProblemKind(status=error.status_code, name="refused", title=_INPUT))
    response = problem(request, kind, HTTP_DETAILS.get(error.status_code, Message("The request was refused.")))
    response.headers.update(error.headers or {})
    return response


def on_any_error(request: Request, error: Exception) -> Response:
    """Answer what nobody foresaw; what happened is for the log, not for the reader."""
    return problem(request, HTTP_KINDS[500], HTTP_DETAILS[500])


def add_error_handlers(api: FastAPI) -> None:
    """Make every error of the application a problem."""
    api.add_exception_handler(errors.SzlakError, on_szlak_error)
    api.add_exception_handler(RequestValidationError, on_validation_error)
    api.add_exception_handler(HTTPException, on_http_error)
    api.add_exception_handler(Exception, on_any_error)
