"""The application on a port of this machine, and Chromium to open it with."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files

import pytest
import uvicorn
from playwright.sync_api import Browser, sync_playwright

from szlak.web import Web, join
from tests.conftest import CHROMIUM
from tests.fakes.catalogue import SmallCatalogue
from tests.fakes.services import make_api_services, make_ui_services


@contextmanager
def serving(web: Web) -> Iterator[str]:
    """Serve an application on a free port of this machine while in the block; the value is its address."""
    listener = socket.create_server(("127.0.0.1", 0))
    service = uvicorn.Server(uvicorn.Config(web, log_level="warning", ws="none"))
    thread = threading.Thread(target=service.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    service.should_exit = True
    thread.join()
    listener.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the small catalogue; the value is its address."""
    catalogue = SmallCatalogue(tmp_path_factory.mktemp("catalogue"))
    with serving(join(make_api_services(catalogue), make_ui_services(catalogue))) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, as the package for Playwright carries it."""
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
