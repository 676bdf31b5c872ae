"""One opened tantivy index of one kind of document: pages of items and counts of terms."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tantivy

from szlak.catalogue.errors import NotReady
from szlak.catalogue.messages import Message
from szlak.catalogue.model.search import FacetValue, Hit, SearchKind
from szlak.catalogue.search.analysis import WordQuery
from szlak.catalogue.search.fields import Condition, TermField
from szlak.catalogue.search.queries import build_query
from szlak.catalogue.search.schema import ITEM_ID, OFFER_ID

_OFFERS_AN_ITEM = 3
"""How many documents an item is expected to have; a wrong guess costs another look into the index."""


@dataclass(frozen=True)
class Window:
    """Whole items from a position on. `consumed` counts documents from the beginning up to where the next page starts."""

    hits: tuple[Hit, ...]
    consumed: int
    total: int


class KindIndex:
    """An index that never changes while it is open; safe to share between threads."""

    def __init__(self, folder: Path, kind: SearchKind) -> None:
        """Open the index of a kind.

        Raises:
            NotReady: there is none, or it is damaged or was written by another version of tantivy.
        """
        self.kind = kind
        try:
            self._index = tantivy.Index.open(str(folder))
            self._index.config_reader(reload_policy="manual")  # the default is a thread that watches a folder that never changes
            self._searcher = self._index.searcher()
        except (ValueError, OSError) as error:
            message = Message("The index in {path} cannot be opened ({error}). Build it again.", {"path": str(folder), "error": str(error)})
            raise NotReady(message) from error

    @property
    def documents(self) -> int:
        """Number of documents."""
        return int(self._searcher.num_docs)

    @property
    def segments(self) -> int:
        """Number of segments; an empty index has none."""
        return int(self._searcher.num_segments)

    def build_query(self, words: WordQuery | None, conditions: Iterable[Condition]) -> tantivy.Query:
        """Return the query over this index (see `queries.build_query`)."""
        return build_query(self._index.schema, self.kind, words, conditions)

    def read_window(self, query: tantivy.Query, offset: int, limit: int) -> Window:
        """Return at most `limit` items, each with all its documents, from the document `offset` on.

        Documents are read in growing windows until the item after the last one wanted has been seen.
        """
        groups: list[tuple[str, float, list[str]]] = []
        position, size = offset, _OFFERS_AN_ITEM * (limit + 1)
        while True:
            total, hits = self._search(query, position, size)
            for score, address in hits:
                item_id, offer_id = self._read_ids(address)
                if not groups or groups[-1][0] != item_id:
                    if len(groups) == limit:
                        return _window(groups, position, total)
                    groups.append((item_id, score, []))
                groups[-1][2].extend(offer_id)
                position += 1
            if position >= total or not hits:
                return _window(groups, position, total)
            size *= 4

    def count_terms(self, query: tantivy.Query, fields: Sequence[TermField]) -> Mapping[str, tuple[FacetValue, ...]]:
        """Return the values of each field among the documents of the query, most documents first, then by value."""
        sizes = {field.name: field.limit + 30 for field in fields}
        counted: dict[str, tuple[FacetValue, ...]] = {}
        while sizes:
            answer = self._aggregate(query, sizes)
            for field in fields:
                if field.name in sizes and not _tie_is_cut(answer[field.name], field.limit):
                    counted[field.name] = _facet_values(answer[field.name]["buckets"], field.limit)
                    del sizes[field.name]
            sizes = {name: size * 8 for name, size in sizes.items()}
        return {field.name: counted[field.name] for field in fields}

    def _search(self, query: tantivy.Query, offset: int, limit: int) -> tuple[int, list[tuple[float, tantivy.DocAddress]]]:
        # tantivy reserves memory for offset + limit, whatever there is to find.
        result: Any = self._searcher.search(query, limit=max(1, min(limit, self.documents)), offset=min(offset, self.documents))
        return result.count, result.hits

    def _aggregate(self, query: tantivy.Query, sizes: Mapping[str, int]) -> Mapping[str, Any]:
        request = {name: {"terms": {"field": name, "size": size}} for name, size in sizes.items()}
        answer: Mapping[str, Any] = self._searcher.aggregate(query, request)
        return answer

    def _read_ids(self, address: tantivy.DocAddress) -> tuple[str, list[str]]:
        document = self._searcher.doc(address)
        return str(document.get_first(ITEM_ID)), [str(offer_id) for offer_id in document.get_all(OFFER_ID)]


def _window(groups: Iterable[tuple[str, float, list[str]]], consumed: int, total: int) -> Window:
    return Window(tuple(Hit(id=item_id, score=score, offer_ids=tuple(offers)) for item_id, score, offers in groups), consumed, total)


def _tie_is_cut(answer: Mapping[str, Any], limit: int) -> bool:
    """Whether values left out have as many documents as the last one that is shown: then order by value cannot be told yet."""
    counts: list[int] = [bucket["doc_count"] for bucket in answer["buckets"]]
    return bool(answer["sum_other_doc_count"]) and counts[-1] == counts[limit - 1]


def _facet_values(buckets: Iterable[Mapping[str, Any]], limit: int) -> tuple[FacetValue, ...]:
    values = [FacetValue(value=bucket["key"], count=bucket["doc_count"]) for bucket in buckets]
    return tuple(sorted(values, key=lambda value: (-value.count, value.value))[:limit])
