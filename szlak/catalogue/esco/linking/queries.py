"""From texts to queries: each as a whole and clause by clause, analysed and encoded."""

from collections.abc import Sequence
from dataclasses import dataclass

from szlak.catalogue.esco.linking.asides import is_denied, measure_aside
from szlak.catalogue.esco.linking.mentions import Mention, find_mentions
from szlak.catalogue.esco.linking.openers import OpenerKind
from szlak.catalogue.esco.linking.reading import MAX_CHARS, Reading, read_text
from szlak.catalogue.esco.linking.shelf import Floats, Ints, Shelf
from szlak.catalogue.model.encoding import Encoder
from szlak.catalogue.model.linking import LinkText
from szlak.catalogue.polish import LINKED, Polish, recognise_foreign

_ASKS_KNOWLEDGE: dict[OpenerKind | None, float] = {"knowledge": 1.0, "ability": 0.0, "task": 0.0}
_NOT_SAID = 0.5


@dataclass(frozen=True, kw_only=True, eq=False)
class Query:
    """A text to link: the readings of the whole and of its clauses, whole first, and their vectors in the same order.

    `words` holds for each reading the vectors of its lemmas, shape (words, dim). `asks_knowledge`: 1 for knowing, 0 for doing, 0.5 where
    the text does not say. `proper`: which proper names it holds (`Shelf.proper`). `aside`: share of it that asks for nothing (`asides`).
    `context`: the vector of the title above it, None without one. `foreign`: its language if it is not one that is linked. `denied`:
    all of it says what somebody cannot do or need not know.
    """

    readings: tuple[Reading, ...]
    vectors: Floats
    words: tuple[Floats, ...]
    asks_knowledge: float
    proper: Ints
    aside: float
    context: Floats | None
    foreign: str | None
    denied: bool


def build_queries(texts: Sequence[LinkText], shelf: Shelf, polish: Polish, encoder: Encoder) -> list[Query]:
    """Return the query of each text; all of them are encoded at once."""
    read = [_read(text.text[:MAX_CHARS], text.kind, shelf, polish) for text in texts]
    vectors = encoder.encode([mention.text for row in read for mention in row.mentions], role="query")
    different = dict.fromkeys(word.folded for row in read for reading in row.readings for word in reading.words)
    lemmas = {lemma: place for place, lemma in enumerate(different)}
    by_lemma = encoder.encode(list(lemmas), role="document")
    contexts = _encode_contexts([text.context[:MAX_CHARS] for text in texts], encoder)
    queries: list[Query] = []
    start = 0
    for text, row in zip(texts, read, strict=True):
        query = Query(
            readings=row.readings,
            vectors=vectors[start : start + len(row.mentions)],
            words=tuple(by_lemma[[lemmas[word.folded] for word in reading.words]] for reading in row.readings),
            asks_knowledge=_ASKS_KNOWLEDGE.get(row.mentions[0].opener, _NOT_SAID),
            proper=shelf.proper.find(text.text[:MAX_CHARS]),
            aside=row.aside,
            context=contexts.get(text.context[:MAX_CHARS]),
            foreign=_foreign_language(text, row.readings[0]),
            denied=row.denied,
        )
        queries.append(query)
        start += len(row.mentions)
    return queries


@dataclass(frozen=True)
class _Read:
    mentions: tuple[Mention, ...]
    readings: tuple[Reading, ...]
    aside: float
    denied: bool


def _read(text: str, kind: str | None, shelf: Shelf, polish: Polish) -> _Read:
    """Return the mentions to compare, the whole first, and their readings; clauses without a word that carries meaning are left out."""
    doc = polish.analyse(text)
    found = find_mentions(text, doc)
    reading = read_text(text, shelf, polish)
    whole = reading.part(found.whole.spans, found.whole.text)
    clauses = [(part, part_reading) for part in found.parts if (part_reading := reading.part(part.spans, part.text)).words]
    if len(clauses) < 2:
        clauses = []
    mentions, readings = zip((found.whole, whole if whole.words else reading), *clauses, strict=True)
    return _Read(mentions, readings, measure_aside(text, kind, doc, polish), is_denied(doc, polish))


def _foreign_language(text: LinkText, reading: Reading) -> str | None:
    """Return the language that the caller states, or else that is recognised, if it is not linked."""
    if text.lang:
        return None if text.lang in LINKED else text.lang
    return recognise_foreign(text.text, reading.words)


def _encode_contexts(contexts: Sequence[str], encoder: Encoder) -> dict[str, Floats]:
    different = [context for context in dict.fromkeys(contexts) if context.strip()]
    return dict(zip(different, encoder.encode(different, role="query"), strict=True))
