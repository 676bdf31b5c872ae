"""What a harvest leaves behind: raw payloads, refused records, and a report."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from szlak.catalogue.messages import Message
from szlak.catalogue.model.noun import noun


@noun
class RawRecord:
    """A payload as it came, already free of personal fields. `content_hash` is `sha256:` and 64 hexadecimal digits."""

    source: str
    source_id: str
    payload: Mapping[str, Any]
    content_hash: str
    fetched_at: datetime
    redactions: int = 0


@noun
class RecordInvalid:
    """A record that was refused: where it stood and every reason."""

    source: str
    position: str
    reasons: tuple[Message, ...]
    payload_excerpt: str = ""


@noun
class HarvestReport:
    """The outcome of a run. `complete` is true only when the source itself said that nothing is left."""

    source: str
    started_at: datetime
    finished_at: datetime
    complete: bool
    read: int
    new: int
    changed: int
    unchanged: int
    invalid: tuple[RecordInvalid, ...] = ()
    redactions: int = 0


@noun
class HarvestCursor:
    """Where a source was left: an opaque position that the source itself understands."""

    source: str
    position: str


@noun
class RawPage:
    """A page of a source. `last` and `stated_total` are what the source itself says; both unknown means incomplete."""

    records: tuple[RawRecord | RecordInvalid, ...]
    cursor: HarvestCursor | None = None
    stated_total: int | None = None
    last: bool = False
