"""What every operation says about itself in the OpenAPI document: an example answer and the problems it may return."""

from collections.abc import Mapping
from typing import Any

from szlak.catalogue.api.errors import MEDIA_TYPE

Responses = dict[int | str, dict[str, Any]]

_PROBLEMS: Mapping[int, str] = {
    400: "The request cannot be read as HTTP or JSON.",
    403: "The server was not started for a curator, or the request does not come from the machine itself; `detail` says how.",
    404: "Nothing has this id.",
    409: "Text, release or links are not those that were seen; nothing was stored.",
    410: "The cursor belongs to an index that is gone; `restart` says where the list starts again.",
    413: "The body is larger than this service accepts.",
    422: "Something in the request is wrong; `errors` says what and where.",
    500: "The service failed.",
    503: "A part of the catalogue is not there yet; try again after `Retry-After` seconds.",
}
_EVERY = (422, 500, 503)
_PROBLEM_CONTENT = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}


def answers(example: object, *more: int, status: int = 200) -> Responses:
    """Return the documented answers of an operation: success with its example, and the problems."""
    found: Responses = {status: {"content": {"application/json": {"example": example}}}}
    for problem_status in sorted({*_EVERY, *more}):
        found[problem_status] = {"description": _PROBLEMS[problem_status], "content": _PROBLEM_CONTENT}
    return found
