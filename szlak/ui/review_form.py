"""What a curator sends: read strictly, and only from a page that this process gave to the same browser."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from szlak.catalogue.errors import Forbidden, InputInvalid
from szlak.catalogue.messages import Message
from szlak.catalogue.model.catalogue import Relation
from szlak.catalogue.model.linking import Verdict
from szlak.catalogue.services.curator import OFF, check_request, check_write
from szlak.catalogue.services.review import Answer, Desk, State, Wanted
from szlak.catalogue.services.review_board import SubjectKind

MAX_BODY_BYTES = 20_000
MAX_FIELDS = 20
MAX_CHARS = 500
COOKIE = "szlak_review"
FORM = "application/x-www-form-urlencoded"
PAGE_SIZE = 20
_TOO_OLD = Message("The form is too old, or was not made for this browser. Nothing was stored. Load the page again and answer there.")
_UNREADABLE = Message("The form cannot be read. Nothing was stored. Load the page again and answer there.")
_MOST_DIGITS = 9

Pairs = tuple[tuple[str, str], ...]


class Tokens:
    """Ties forms to the browser that got them: a cookie that no other site can send, and its signature in the form."""

    def __init__(self) -> None:
        """Make a key that lives as long as the process."""
        self._key = secrets.token_bytes(32)

    def cookie_of(self, request: Request) -> str:
        """Return the browser's cookie, or a new one."""
        return request.cookies.get(COOKIE) or secrets.token_urlsafe(24)

    def sign(self, cookie: str) -> str:
        """Return the token of the forms given to a browser."""
        return hmac.new(self._key, cookie.encode("utf-8", "replace"), hashlib.sha256).hexdigest()

    def attach(self, response: Response, cookie: str) -> Response:
        """Give the cookie to the browser, and keep the page out of caches."""
        response.set_cookie(COOKIE, cookie, path="/", httponly=True, samesite="strict")
        response.headers["Cache-Control"] = "no-store"
        return response

    def check(self, request: Request, fields: Mapping[str, str]) -> None:
        """Refuse a form without the token of the browser's cookie."""
        cookie = request.cookies.get(COOKIE)
        if not cookie or not hmac.compare_digest(self.sign(cookie).encode(), fields.get("csrf", "").encode("utf-8", "replace")):
            raise Forbidden(_TOO_OLD)


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where in the review a page is: which texts are listed, what was searched for, and the last decision to speak of."""

    wanted: Wanted
    pairs: Pairs
    query: str
    last: int | None


def open_desk(desk: Desk | None, request: Request) -> Desk:
    """Return the curator's desk.

    Raises:
        Forbidden: there is none, or the request is not from this machine.
    """
    if desk is None:
        raise Forbidden(OFF)
    check_request(request.headers)
    return desk


def read_place(request: Request) -> Place:
    """Read the query string; what cannot be read is left out."""
    params = request.query_params
    state = params.get("state", "")
    provider, record = params.get("provider", "")[:MAX_CHARS], params.get("record", "")[:MAX_CHARS]
    page = _number(params.get("page", "")) or 1
    kind: SubjectKind | None = next((known for known in get_args(SubjectKind) if known == params.get("kind")), None)
    known: State = next((known for known in get_args(State) if known == state), "waiting")
    wanted = Wanted(
        state=known, kind=kind, provider=provider or None, record=record or None, offset=(page - 1) * PAGE_SIZE, limit=PAGE_SIZE
    )
    given = (("state", known if known != "waiting" else ""), ("kind", kind or ""), ("provider", provider), ("record", record))
    return Place(
        wanted=wanted,
        pairs=tuple((name, value) for name, value in given if value),
        query=" ".join(params.get("q", "")[:MAX_CHARS].split()),
        last=_number(params.get("last", "")),
    )


async def read_form(request: Request) -> Mapping[str, str]:
    """Return the fields of a form.

    Raises:
        Forbidden: it comes from elsewhere.
        InputInvalid: it is no form.
        HTTPException: it is too long (413).
    """
    check_write(request.headers)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        raise InputInvalid(_UNREADABLE)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY_BYTES:
            raise HTTPException(413)
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=MAX_FIELDS)
    except ValueError:
        raise InputInvalid(_UNREADABLE) from None
    if any(len(value) > MAX_CHARS or not value.isprintable() for _, value in pairs):
        raise InputInvalid(_UNREADABLE)
    return dict(pairs)


def read_answer(record_id: str, subject: str, fields: Mapping[str, str]) -> Answer:
    """Return what a form says about a text.

    Raises:
        InputInvalid: its verdict or relation is none.
    """
    verdict, relation = fields.get("verdict", ""), fields.get("relation", "")
    known: Verdict | None = next((known for known in get_args(Verdict) if known == verdict), None)
    named: Relation | None = next((named for named in get_args(Relation) if named == relation), None)
    if known is None or (relation and named is None):
        raise InputInvalid(_UNREADABLE)
    return Answer(
        record_id=record_id,
        subject=subject,
        # The button "nothing fits" may stand in the form of a concept.
        target="" if known == "nothing" else fields.get("target", ""),
        verdict=known,
        relation=named if known == "accept" else None,
        release=fields.get("release") or None,
        linker_version=fields.get("linker_version") or None,
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS and int(text) > 0 else None
