"""Serving from the command line: a free port, a word where to look, a clean stop."""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress

import uvicorn

from szlak.catalogue.app import App
from szlak.catalogue.errors import ConfigError
from szlak.catalogue.messages import Message
from szlak.web import create_web

PORTS_TRIED = 20
STOP_S = 5


def serve(app: App, say: Callable[[Message], None], curator: str | None = None) -> None:
    """Serve until interrupted. The parts that a first page does not need are opened in the background.

    Args:
        app: The services.
        say: Prints a sentence.
        curator: In whose name the review is open, or None to keep it shut.
    """
    _ = app.catalogue.store  # a database that cannot be used is said before anybody is told to open a page
    host, wanted = app.settings.host, app.settings.port
    listener = _listen(host, wanted)
    port = listener.getsockname()[1]
    if port != wanted:
        say(Message("Port {wanted} is taken; using {port}.", {"wanted": wanted, "port": port}))
    say(Message("Open http://{host}:{port}/ (Ctrl-C stops it).", {"host": host if ":" not in host else f"[{host}]", "port": port}))
    if curator is not None:
        say(Message("{name} may review links here, at /przeglad.", {"name": curator}))
    threading.Thread(target=_warm, args=(app, curator is not None), name="warm", daemon=True).start()
    config = uvicorn.Config(
        create_web(app, curator), log_level="warning", access_log=False, timeout_graceful_shutdown=STOP_S, server_header=False
    )
    with suppress(KeyboardInterrupt):  # uvicorn has closed everything by then, and passes the signal on
        uvicorn.Server(config).run(sockets=[listener])
    say(Message("Stopped."))


def _warm(app: App, reviewing: bool) -> None:
    app.warm()
    if reviewing:
        app.review.progress()


def _listen(host: str, wanted: int) -> socket.socket:
    for port in range(wanted, min(wanted + PORTS_TRIED, 65536)):
        try:
            return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET, backlog=512)
        except OSError:
            continue
    raise ConfigError(
        Message(
            "No port from {first} to {last} is free on {host}. Set SZLAK_PORT.",
            {"first": wanted, "last": wanted + PORTS_TRIED - 1, "host": host},
        )
    )
