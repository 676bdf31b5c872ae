"""The largest request body: refused at its stated length, or as soon as what has arrived is more than the limit."""

from fastapi import HTTPException
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from szlak.catalogue.api.errors import HTTP_DETAILS, HTTP_KINDS, problem


class BodyLimit:
    """Lets through bodies of at most `max_bytes`, whether their length is stated or they come in chunks."""

    def __init__(self, app: ASGIApp, max_bytes: int) -> None:
        """Wrap an application."""
        self._app = app
        self._max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 413 at once for a stated length over the limit; otherwise count while the body is read."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif self._stated_length(scope) > self._max_bytes:
            await problem(Request(scope), HTTP_KINDS[413], HTTP_DETAILS[413])(scope, receive, send)
        else:
            await self._app(scope, self._counting(receive), send)

    def _stated_length(self, scope: Scope) -> int:
        stated = Headers(scope=scope).get("content-length", "")
        return int(stated) if stated.isascii() and stated.isdigit() and len(stated) < 20 else 0

    def _counting(self, receive: Receive) -> Receive:
        arrived = 0

        async def receive_counted() -> Message:
            nonlocal arrived
            message = await receive()
            arrived += len(message.get("body", b""))
            if arrived > self._max_bytes:
                raise HTTPException(413)
            return message

        return receive_counted
