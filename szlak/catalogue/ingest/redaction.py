"""Removal of personal data from a record in JSON, before anything else sees it."""

import re
from typing import Any

from szlak.catalogue.text import redact_personal

# A register number or an address of a page may look like a telephone number; it must stay as it is, or it names nothing.
_NAMES = ("record", "record_id", "source", "source_id", "offer_id", "id", "nr", "kind", "code", "register_id", "raw_ref", "content_hash")
_REGISTERS = ("nip", "regon", "bur", "ris", "rspo", "polon", "teryt", "release", "linker_version")
_DATES_AND_FIGURES = ("starts", "ends", "enrol_until", "valid_from", "valid_to", "as_of", "date", "from", "to", "fetched_at", "amount")
_NEVER_TEXT = frozenset((*_NAMES, *_REGISTERS, *_DATES_AND_FIGURES, "hours", "hours_per_week", "ects"))
_ADDRESSES = frozenset(("url", "evidence_url", "target", "badgeclass", "type", "credential", "skill", "towards"))
_MAY_BE_PERSONAL = re.compile(r"[@\d]")
_SCHEMES = ("http://", "https://", "urn:", "did:")


def redact_record(value: Any) -> tuple[Any, int]:  # noqa: ANN401 - JSON in, JSON out
    """Return the JSON value with e-mail addresses, telephone and PESEL numbers in its texts replaced, and how many there were."""
    counts: list[int] = []
    return _redact("", value, counts), sum(counts)


def _redact(key: str, value: Any, counts: list[int]) -> Any:  # noqa: ANN401 - JSON in, JSON out
    if isinstance(value, str):
        # Most texts of a record hold neither, and looking for this is quicker than looking for them.
        if not _MAY_BE_PERSONAL.search(value) or _is_name(key, value):
            return value
        redacted, count = redact_personal(value)
        counts.append(count)
        return redacted
    if isinstance(value, dict):
        return {name: _redact(name, item, counts) for name, item in value.items()}
    if isinstance(value, list):
        return [_redact(key, item, counts) for item in value]
    return value


def _is_name(key: str, value: str) -> bool:
    return key in _NEVER_TEXT or (key in _ADDRESSES and value.lower().startswith(_SCHEMES))
