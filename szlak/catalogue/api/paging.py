"""Opaque cursors of lists that are paged by id. They hold no generation: an id that is gone still has a successor."""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import TypeVar

from szlak.catalogue.errors import InputInvalid
from szlak.catalogue.messages import Message

T = TypeVar("T")
_PREFIX = "1:"
_PLACE_DIGITS = 9
_FOREIGN = Message("The cursor is not one of this list. Leave it out to start again.")


def format_cursor(list_name: str, after: str) -> str:
    """Return the cursor of what comes after an id in a list."""
    return base64.urlsafe_b64encode(f"{_PREFIX}{list_name}:{after}".encode()).decode().rstrip("=")


def parse_cursor(list_name: str, cursor: str | None) -> str | None:
    """Return the id that a cursor stands behind, or None for the start.

    Raises:
        InputInvalid: the cursor is not one of this list.
    """
    if cursor is None:
        return None
    start = f"{_PREFIX}{list_name}:"
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        text = ""
    if not text.startswith(start) or "\0" in text or format_cursor(list_name, text.removeprefix(start)) != cursor:
        raise InputInvalid(_FOREIGN)
    return text.removeprefix(start)


def parse_offset(list_name: str, cursor: str | None) -> int:
    """Return the place that a cursor stands for in a list that is counted from 0.

    Raises:
        InputInvalid: the cursor is not one of this list.
    """
    place = parse_cursor(list_name, cursor) or "0"
    if not (place.isascii() and place.isdigit()):
        raise InputInvalid(_FOREIGN)
    return int(place[:_PLACE_DIGITS])


def cut_page(found: Sequence[T], limit: int, list_name: str, cursor: str | None) -> tuple[Sequence[T], str | None]:
    """Return a page of a short list that is there as a whole, and the cursor of the next one."""
    end = parse_offset(list_name, cursor) + limit
    return found[end - limit : end], format_cursor(list_name, str(end)) if len(found) > end else None


def take_page(found: Sequence[T], limit: int, list_name: str, id_of: Callable[[T], str]) -> tuple[Sequence[T], str | None]:
    """Split what was asked for as `limit + 1` items into a page and the cursor of the next one."""
    page = found[:limit]
    return page, format_cursor(list_name, id_of(page[-1])) if len(found) > limit else None
