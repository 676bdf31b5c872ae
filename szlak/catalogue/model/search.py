"""What is searched and found, and the generation of the index it was found in."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, Protocol

from szlak.catalogue.model.noun import noun

SearchKind = Literal["offers", "skills", "occupations"]


@noun
class SearchFilters:
    """Which documents may be found. Within one filter any value fits; every filter must fit. Unknown never fits a filter."""

    providers: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    voivodeships: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    price_max: Decimal | None = None
    hours_max: Decimal | None = None
    starts_from: date | None = None
    starts_by: date | None = None


@noun
class SearchPlan:
    """A query once understood. `limit` counts items; `cursor` is opaque and belongs to one index generation."""

    version: Literal[1] = 1
    kind: SearchKind = "offers"
    text: str = ""
    filters: SearchFilters = SearchFilters()
    limit: int = 20
    cursor: str | None = None


@noun
class Hit:
    """An item found: a credential with the ids of those of its offers that fit, or a concept (no offers)."""

    id: str
    score: float
    offer_ids: tuple[str, ...] = ()


@noun
class FacetValue:
    """How many documents carry a value."""

    value: str
    count: int


@noun
class SearchPage:
    """A page of items; `total` and facets count documents (offers, or credentials without one), not items."""

    items: tuple[Hit, ...]
    total: int
    next: str | None
    facets: Mapping[str, tuple[FacetValue, ...]]
    generation: str


@noun
class Suggestion:
    """A completion of what was typed. `kind` says what it names; `id` is a URI or record id."""

    text: str
    kind: Literal["skill", "occupation", "credential", "provider"]
    id: str


@noun
class Generation:
    """One build of the search index. `documents` maps a kind of document to its count."""

    generation_id: str
    fingerprint: str
    built_at: datetime
    documents: Mapping[str, int]


class SearchIndex(Protocol):
    """Finds documents; the same plan gives the same page for as long as the generation lives."""

    def search(self, plan: SearchPlan) -> SearchPage:
        """Return one page, or raise CursorExpired for a cursor of another generation."""
        ...

    def suggest(self, prefix: str, *, limit: int) -> list[Suggestion]:
        """Return at most `limit` completions, best first."""
        ...
