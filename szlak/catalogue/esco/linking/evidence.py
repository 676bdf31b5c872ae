"""The words of a text that justify a link."""

from szlak.catalogue.esco.linking.reading import Reading
from szlak.catalogue.esco.linking.shelf import Shelf

ENGLISH_JOINTS = frozenset({"a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "is", "of", "on", "or", "the", "to", "with"})
"""English words that only join others; the analyser of Polish takes them for words that say something."""

_GAP_COST = 0.35
"""A word between two that match may stand inside the evidence, at this share of its own weight."""


def find_evidence(reading: Reading, shelf: Shelf, concept: int) -> tuple[int, int] | None:
    """Return the `[start, end)` in code points of the text's stretch that speaks most densely of a concept, or None.

    Words match by lemma or stem with any name or sentence; the stretch of highest sum (matches count their weight, others cost)
    starts and ends with a match.
    """
    words = slice(*shelf.unit_starts[shelf.concept_starts[[concept, concept + 1]]])
    lemmas, stems = set(shelf.lemma_ids[words].tolist()), set(shelf.stem_ids[words].tolist())
    rows = zip(reading.words, reading.lemma_ids.tolist(), reading.stem_ids.tolist(), reading.weights.tolist(), strict=True)
    gains = [
        weight if word.lemma not in ENGLISH_JOINTS and (lemma in lemmas or stem in stems) else -_GAP_COST * weight
        for word, lemma, stem, weight in rows
    ]
    best, first, last = _densest(gains)
    return (reading.spans[first][0], reading.spans[last][1]) if best > 0 else None


def _densest(gains: list[float]) -> tuple[float, int, int]:
    """Return the highest sum of adjacent items and where it begins and ends (Kadane); the leftmost of equal ones."""
    best, first, last = 0.0, 0, 0
    running, start = 0.0, 0
    for place, gain in enumerate(gains):
        if running <= 0:
            running, start = 0.0, place
        running += gain
        if running > best + 1e-9:
            best, first, last = running, start, place
    return best, first, last
