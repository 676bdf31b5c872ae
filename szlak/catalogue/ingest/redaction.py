"""Removal of personal data from a record in JSON, before anything else sees it."""

from typing import Any

from szlak.catalogue.text import redact_personal

# A register number or an address of a page may look like a telephone number; it must stay as it is, or it names nothing.
_NAMES = ("record", "record_id", "source", "source_id", "offer_id", "id", "nr", "kind", "code", "register_id", "raw_ref", "content_hash")
_REGISTERS = ("nip", "regon", "bur", "ris", "rspo", "polon", "teryt", "release", "linker_version")
_DATES_AND_FIGURES = ("starts", "ends", "enrol_until", "valid_from", "valid_to", "as_of", "date", "from", "to", "fetched_at", "amount")
_NEVER_TEXT = frozenset((*_NAMES, *_REGISTERS, *_DATES_AND_FIGURES, "hours", "hours_per_week", "ects"))
_ADDRESSES = frozenset(("url", "evidence_url", "target", "badgeclass", "type", "credential", "skill", "towards"))
_SCHEMES = ("http://", "https://", "urn:", "did:")


def redact_record(value: Any) -> tuple[Any, int]:  # noqa: ANN401 - JSON in, JSON out
    """Return the JSON value with e-mail addresses, telephone and PESEL numbers in its texts replaced, and how many there were."""
    return _redact("", value)


def _redact(key: str, value: Any) -> tuple[Any, int]:  # noqa: ANN401 - JSON in, JSON out
    if isinstance(value, str):
        return (value, 0) if _is_name(key, value) else redact_personal(value)
    if isinstance(value, dict):
        pairs = {name: _redact(name, item) for name, item in value.items()}
        return {name: item for name, (item, _) in pairs.items()}, sum(count for _, count in pairs.values())
    if isinstance(value, list):
        items = [_redact(key, item) for item in value]
        return [item for item, _ in items], sum(count for _, count in items)
    return value, 0


def _is_name(key: str, value: str) -> bool:
    return key in _NEVER_TEXT or (key in _ADDRESSES and value.lower().startswith(_SCHEMES))
