"""From texts to queries: each as a whole and clause by clause, analysed and encoded."""

from collections.abc import Sequence
from dataclasses import dataclass

from szlak.catalogue.esco.linking.mentions import Mention, find_mentions
from szlak.catalogue.esco.linking.openers import OpenerKind
from szlak.catalogue.esco.linking.reading import MAX_CHARS, Reading, read_text
from szlak.catalogue.esco.linking.shelf import Floats, Shelf
from szlak.catalogue.model.encoding import Encoder
from szlak.catalogue.polish import Polish

_ASKS_KNOWLEDGE: dict[OpenerKind | None, float] = {"knowledge": 1.0, "ability": 0.0, "task": 0.0}
_NOT_SAID = 0.5


@dataclass(frozen=True, kw_only=True, eq=False)
class Query:
    """A text to link: the readings of the whole and of its clauses, whole first, and their vectors in the same order.

    `words` holds for each reading the vectors of its lemmas, shape (words, dim). `asks_knowledge`: 1 for knowing, 0 for doing, 0.5 where
    the text does not say.
    """

    readings: tuple[Reading, ...]
    vectors: Floats
    words: tuple[Floats, ...]
    asks_knowledge: float


def build_queries(texts: Sequence[str], shelf: Shelf, polish: Polish, encoder: Encoder) -> list[Query]:
    """Return the query of each text; all of them are encoded at once."""
    read = [_read(text[:MAX_CHARS], shelf, polish) for text in texts]
    vectors = encoder.encode([mention.text for mentions, _ in read for mention in mentions], role="query")
    different = dict.fromkeys(word.folded for _, readings in read for reading in readings for word in reading.words)
    lemmas = {lemma: place for place, lemma in enumerate(different)}
    by_lemma = encoder.encode(list(lemmas), role="document")
    queries: list[Query] = []
    start = 0
    for mentions, readings in read:
        query = Query(
            readings=readings,
            vectors=vectors[start : start + len(mentions)],
            words=tuple(by_lemma[[lemmas[word.folded] for word in reading.words]] for reading in readings),
            asks_knowledge=_ASKS_KNOWLEDGE.get(mentions[0].opener, _NOT_SAID),
        )
        queries.append(query)
        start += len(mentions)
    return queries


def _read(text: str, shelf: Shelf, polish: Polish) -> tuple[tuple[Mention, ...], tuple[Reading, ...]]:
    """Return the mentions to compare, the whole first, and their readings; clauses without a word that carries meaning are left out."""
    found = find_mentions(text, polish.analyse(text))
    reading = read_text(text, shelf, polish)
    whole = reading.part(found.whole.spans, found.whole.text)
    clauses = [(part, part_reading) for part in found.parts if (part_reading := reading.part(part.spans, part.text)).words]
    if len(clauses) < 2:
        clauses = []
    mentions, readings = zip((found.whole, whole if whole.words else reading), *clauses, strict=True)
    return mentions, readings
