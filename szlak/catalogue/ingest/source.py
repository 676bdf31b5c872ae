"""The port of every source: what it gives page by page, and what its payloads mean."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from szlak.catalogue.model.catalogue import Record
from szlak.catalogue.model.harvest import HarvestCursor, RawPage, RawRecord, RecordInvalid


class Source(Protocol):
    """A place that records come from. `name` is what its raw payloads and reports are kept under."""

    @property
    def name(self) -> str:
        """The name of the source."""
        ...

    def extract(self, after: HarvestCursor | None = None) -> Iterator[RawPage]:
        """Yield the pages after a cursor, or all of them; payloads are already free of personal data.

        The last page says that it is the last only when the source itself says so.
        """
        ...

    def transform(self, raw: RawRecord) -> Iterable[Record | RecordInvalid]:
        """Return what a payload means; pure, so that a stored payload can be transformed again."""
        ...
