"""BM25 over ready lemmas and stems: one tantivy document a concept, fields for names, sentences and stems."""

from collections.abc import Iterable
from pathlib import Path

import tantivy

from szlak.catalogue.esco.linking.shelf import Ints, Shelf, iter_units

MAX_TERMS = 96
"""Of a longer text only the rarest terms are asked for: the rest costs time and changes hardly anything."""

_BOOSTS = {"names": 1.3, "sentences": 1.0, "stems": 1.0}
"""Best recall@10 and recall@200 among a dozen settings on the development half of the gold set."""

_WRITER_BYTES = 60_000_000


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for field in _BOOSTS:
        builder.add_text_field(field, stored=False, tokenizer_name="whitespace", index_option="freq")
    builder.add_integer_field("concept", stored=True)
    return builder.build()


class LexicalIndex:
    """Finds concepts by their words. Terms are numbers of the shelf's vocabulary, so nothing is analysed here."""

    def __init__(self, index: tantivy.Index) -> None:
        self._schema = index.schema
        self._searcher = index.searcher()

    def search(self, lemmas: Iterable[int], stems: Iterable[int], limit: int) -> list[tuple[int, float]]:
        """Return (concept number, BM25 score), best first; equal scores by concept number."""
        wanted = [("names", term) for term in lemmas] + [("sentences", term) for term in lemmas] + [("stems", term) for term in stems]
        if not wanted:
            return []
        clauses = [(tantivy.Occur.Should, self._term(field, term)) for field, term in wanted]
        found = self._searcher.search(tantivy.Query.boolean_query(clauses), limit, count=False).hits
        return [(int(self._searcher.doc(address)["concept"][0]), float(score)) for score, address in found]

    def _term(self, field: str, term: int) -> tantivy.Query:
        query = tantivy.Query.term_query(self._schema, field, str(term), index_option="freq")
        return tantivy.Query.boost_query(query, _BOOSTS[field])


def build_lexical(shelf: Shelf, folder: Path | None) -> LexicalIndex:
    """Build the index in a folder, or in memory. One writing thread: the same shelf gives the same index."""
    index = tantivy.Index(_schema(), path=str(folder) if folder else None)
    writer = index.writer(_WRITER_BYTES, 1)
    for concept in range(len(shelf.uris)):
        writer.add_document(_document(shelf, concept))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return LexicalIndex(index)


def open_lexical(folder: Path) -> LexicalIndex:
    """Open a built index.

    Raises:
        ValueError: there is none, or it is damaged.
    """
    return LexicalIndex(tantivy.Index.open(str(folder)))


def _document(shelf: Shelf, concept: int) -> tantivy.Document:
    names: list[Ints] = []
    sentences: list[Ints] = []
    stems: list[Ints] = []
    for is_name, lemma_ids, stem_ids in iter_units(shelf, concept):
        (names if is_name else sentences).append(lemma_ids)
        stems.append(stem_ids)
    document = tantivy.Document()
    for field, parts in (("names", names), ("sentences", sentences), ("stems", stems)):
        document.add_text(field, " ".join(str(term) for part in parts for term in part.tolist()))
    document.add_integer("concept", concept)
    return document
