"""Who may review: one named curator, at the machine that serves. Until there are accounts, being there is the proof."""

import unicodedata
from collections.abc import Mapping
from ipaddress import ip_address

from szlak.catalogue.errors import ConfigError, Forbidden
from szlak.catalogue.messages import Message

MAX_NAME = 80
OFF = Message(
    "Reviewing is switched off on this server. Start it with “szlak serve --curator NAME” on the machine you sit at, "
    "and open it at http://127.0.0.1."
)
_NOT_HERE = Message("Reviewing is only possible at this machine itself: open the address that “szlak serve” printed, without a proxy.")
_FOREIGN = Message("This answer was sent by a page of somebody else. Nothing was stored. Open the review page and answer there.")
_FORWARDED = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip")


def read_curator(name: str, host: str) -> str:
    """Return the name under which decisions are stored, for a server that listens on `host`.

    Raises:
        ConfigError: the name is not 1 to 80 printable characters, or others than this machine could reach the server.
    """
    trimmed = unicodedata.normalize("NFC", name).strip()
    if not trimmed.isprintable() or not 0 < len(trimmed) <= MAX_NAME:
        raise ConfigError(Message("A curator's name has 1 to {most} printable characters.", {"most": MAX_NAME}))
    if not is_loopback(host):
        raise ConfigError(
            Message(
                "With --curator the server may only listen on this machine, and SZLAK_HOST is {host}. Set it to 127.0.0.1 or leave it out.",
                {"host": host},
            )
        )
    return trimmed


def is_loopback(host: str) -> bool:
    """Return whether a name or address is this machine's own: 127.0.0.0/8, ::1 or localhost."""
    try:
        return ip_address(host.removeprefix("[").removesuffix("]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def check_request(headers: Mapping[str, str]) -> None:
    """Refuse what did not come straight from this machine, or from a page of somebody else.

    A name that only resolves to this machine (DNS rebinding) is not its own; a browser says in `Origin` or `Sec-Fetch-Site`
    whose page sends, and what has neither is no browser.

    Args:
        headers: Those of the request, by names in lower case.

    Raises:
        Forbidden: with what to do.
    """
    host = headers.get("host", "")
    if not is_loopback(_without_port(host)) or any(name in headers for name in _FORWARDED):
        raise Forbidden(_NOT_HERE)
    origin = headers.get("origin")
    if origin is not None and origin.partition("://")[2] != host:
        raise Forbidden(_FOREIGN)


def check_write(headers: Mapping[str, str]) -> None:
    """Refuse what `check_request` refuses, and what a browser sends for a page of another site.

    Raises:
        Forbidden: with what to do.
    """
    check_request(headers)
    if headers.get("sec-fetch-site", "same-origin") != "same-origin":
        raise Forbidden(_FOREIGN)


def _without_port(host: str) -> str:
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdigit() else host
