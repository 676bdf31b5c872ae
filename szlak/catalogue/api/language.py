"""The language of an answer, by the header Accept-Language."""

from typing import Annotated

from fastapi import Depends, Header
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from szlak.catalogue.messages import choose_language


def language_of(accept_language: Annotated[str | None, Header(description="pl or en; Polish when neither is named.")] = None) -> str:
    """Return the language to answer in."""
    return choose_language(accept_language)


Lang = Annotated[str, Depends(language_of)]


class AnswerHeaders:
    """Says in every answer which language it is in, that caches must tell languages apart, and not to guess the type.

    Answers to POST carry what a person sent about themselves, so no cache may keep them.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add the headers to the answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        lang = choose_language(Headers(scope=scope).get("accept-language"))

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Language"] = lang
                headers["X-Content-Type-Options"] = "nosniff"
                headers.add_vary_header("Accept-Language")
                if scope["method"] == "POST":
                    headers["Cache-Control"] = "no-store"
            await send(message)

        await self._app(scope, receive, send_with_headers)
