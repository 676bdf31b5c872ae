"""The field table as a tantivy schema, and documents written by it.

Order is part of the contract. tantivy gives hits of equal score in the order of document numbers; numbers follow the order
of writing as long as one thread writes one segment. Both are checked after every build.
"""

from collections.abc import Iterable
from pathlib import Path

import tantivy

from szlak.catalogue.model.search import SearchKind
from szlak.catalogue.search.analysis import TextAnalysis
from szlak.catalogue.search.documents import IndexDocument
from szlak.catalogue.search.fields import NUMBER_FIELDS, TERM_FIELDS, TEXT_FIELDS

HEAP_BYTES = 2_000_000_000
"""Bound of the writer's buffer, not its size: a smaller one would begin a second segment (about 40 bytes a token are used)."""

ITEM_ID, OFFER_ID = "item_id", "offer_id"


def build_schema(kind: SearchKind) -> tantivy.Schema:
    """Return the schema of one kind of document."""
    builder = tantivy.SchemaBuilder()
    for name in (ITEM_ID, OFFER_ID):
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    for text in TEXT_FIELDS[kind]:
        for name in (text.lemmas, text.folded):
            builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    if kind == "offers":
        for term in TERM_FIELDS:
            builder.add_text_field(term.name, tokenizer_name="raw", index_option="basic", fast=True)
        for number in NUMBER_FIELDS:
            builder.add_integer_field(number, indexed=True, fast=True)
    return builder.build()


def write_documents(folder: Path, kind: SearchKind, documents: Iterable[IndexDocument], analysis: TextAnalysis) -> None:
    """Write an index of the documents, in their given order, into a new folder."""
    folder.mkdir(parents=True)
    writer = tantivy.Index(build_schema(kind), path=str(folder), reuse=False).writer(heap_size=HEAP_BYTES, num_threads=1)
    for document in documents:
        writer.add_document(_format_document(kind, document, analysis))
    writer.commit()
    writer.wait_merging_threads()


def _format_document(kind: SearchKind, document: IndexDocument, analysis: TextAnalysis) -> tantivy.Document:
    written = tantivy.Document()
    written.add_text(ITEM_ID, document.item_id)
    if document.offer_id is not None:
        written.add_text(OFFER_ID, document.offer_id)
    for text in TEXT_FIELDS[kind]:
        analysed = analysis.read(document.texts.get(text.name, ""))
        written.add_text(text.lemmas, analysed.lemmas)
        written.add_text(text.folded, analysed.folded)
    for name, values in document.terms.items():
        for value in values:
            written.add_text(name, value)
    for name, number in document.numbers.items():
        written.add_integer(name, number)
    return written
