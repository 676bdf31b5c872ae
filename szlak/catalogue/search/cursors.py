"""Cursors: where a list was left, opaque to whoever carries them, of one generation and one query."""

import base64
import hashlib
import json
from dataclasses import dataclass

from szlak.catalogue.errors import CursorExpired, InputInvalid
from szlak.catalogue.messages import Message
from szlak.catalogue.model.search import SearchPlan
from szlak.catalogue.records import format_json, format_line

_MAX_CHARS = 300
_MAX_OFFSET = 2**40


@dataclass(frozen=True)
class Cursor:
    """`offset` counts documents from the beginning of the list; `digest` is that of the plan."""

    generation_id: str
    digest: str
    offset: int


def format_cursor(cursor: Cursor) -> str:
    """Return the cursor as a text that is safe in a URL."""
    text = format_line([cursor.generation_id, cursor.digest, cursor.offset])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def parse_cursor(text: str) -> Cursor:
    """Return the cursor that a text stands for.

    Raises:
        InputInvalid: no text of `format_cursor`.
    """
    try:
        if len(text) > _MAX_CHARS:
            raise ValueError(text)
        generation_id, digest, offset = json.loads(base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True))
    except (ValueError, TypeError, RecursionError):
        raise _unreadable() from None
    if not (isinstance(generation_id, str) and isinstance(digest, str) and type(offset) is int and 0 < offset < _MAX_OFFSET):
        raise _unreadable()
    return Cursor(generation_id, digest, offset)


def digest_plan(plan: SearchPlan) -> str:
    """Return what two plans have in common that list the same things: kind, text and filters, not the size of a page."""
    asked = {name: sorted(value) if isinstance(value, list) else value for name, value in format_json(plan.filters).items()}
    return hashlib.sha256(format_line([plan.kind, plan.text, asked]).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def read_offset(plan: SearchPlan, generation_id: str) -> int:
    """Return how many documents the plan's cursor has left behind; 0 without a cursor.

    Raises:
        CursorExpired: the cursor is of another generation.
        InputInvalid: it is unreadable, or of another query.
    """
    if plan.cursor is None:
        return 0
    cursor = parse_cursor(plan.cursor)
    if cursor.generation_id != generation_id:
        raise CursorExpired(Message("The catalogue has changed since this list was begun. Start again: leave out “cursor”."))
    if cursor.digest != digest_plan(plan):
        raise InputInvalid(Message("This cursor belongs to another query. Repeat its text and filters, or leave out “cursor”."))
    return cursor.offset


def _unreadable() -> InputInvalid:
    return InputInvalid(Message("The cursor cannot be read. Use one that a page gave as “next”, or leave out “cursor”."))
