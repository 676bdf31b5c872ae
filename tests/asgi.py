"""A client for an application in the same process."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
from starlette.types import ASGIApp


class Client:
    """Asks an application; what it fails with becomes its answer 500, as it does behind a server."""

    def __init__(self, app: ASGIApp, base_url: str = "http://test") -> None:
        self.app = app
        self.base_url = base_url

    def request(self, method: str, url: str, **more: Any) -> httpx.Response:
        return asyncio.run(self._request(method, url, **more))

    def get(self, url: str, **more: Any) -> httpx.Response:
        return self.request("GET", url, **more)

    def post(self, url: str, **more: Any) -> httpx.Response:
        return self.request("POST", url, **more)

    async def _request(self, method: str, url: str, **more: Any) -> httpx.Response:
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=self.base_url) as client:
            return await client.request(method, url, **more)


async def iter_chunks(chunk: bytes, times: int) -> AsyncIterator[bytes]:
    """Yield a body without a stated length."""
    for _ in range(times):
        yield chunk
