"""Each way of finding candidates alone, as a ranking: what the linker is measured beside."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from szlak.catalogue.esco.linking.candidates import search_words
from szlak.catalogue.esco.linking.lexical import LexicalIndex
from szlak.catalogue.esco.linking.meanings import Meanings
from szlak.catalogue.esco.linking.queries import build_queries
from szlak.catalogue.esco.linking.shelf import Floats, Shelf
from szlak.catalogue.model.encoding import Encoder
from szlak.catalogue.model.linking import LinkText
from szlak.catalogue.polish import Polish

Ranking = Callable[[Sequence[LinkText], int], list[list[str]]]


def build_lanes(shelf: Shelf, lexical: LexicalIndex, meanings: Meanings, polish: Polish, encoder: Encoder) -> Mapping[str, Ranking]:
    """Return the rankings by words (BM25 over lemmas and stems), by what concepts are called, and by what is said of them."""

    def by_words(texts: Sequence[LinkText], limit: int) -> list[list[str]]:
        queries = build_queries(texts, shelf, polish, encoder)
        found = [search_words(query.readings[0], shelf, lexical, limit) for query in queries]
        return [[shelf.uris[concept] for concept, _ in row] for row in found]

    def by_meaning(table: Floats) -> Ranking:
        def rank(texts: Sequence[LinkText], limit: int) -> list[list[str]]:
            likeness = encoder.encode([text.text for text in texts], role="query") @ table.T
            order = np.argsort(-likeness, axis=1, kind="stable")[:, :limit]
            return [[shelf.uris[concept] for concept in row] for row in order.tolist()]

        return rank

    return {"lemmas": by_words, "called": by_meaning(meanings.called), "said": by_meaning(meanings.said)}
