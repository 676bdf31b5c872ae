"""A text as linking sees it: its words numbered by a shelf's vocabulary, weighted by rarity, with offsets in the text as received."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from szlak.catalogue.esco.linking.shelf import Floats, Ints, Shelf, stem
from szlak.catalogue.polish import Polish, Word
from szlak.catalogue.text import label_key

MAX_CHARS = 20_000
"""What is read of a text. Longer ones are no outcome or requirement; split them first (`vacancies`)."""

UNKNOWN = -1


@dataclass(frozen=True, kw_only=True, eq=False)
class Reading:
    """Content words in order. `lemma_ids` and `stem_ids` are UNKNOWN where no concept has the term; `weights` are their idf.

    `is_capital`: the text is in capital letters.
    """

    key: str
    is_capital: bool
    words: tuple[Word, ...]
    spans: tuple[tuple[int, int], ...]
    lemma_ids: Ints
    stem_ids: Ints
    weights: Floats

    @cached_property
    def known_lemmas(self) -> Ints:
        """The known lemmas, each once, in order of their ids."""
        return np.unique(self.lemma_ids[self.lemma_ids != UNKNOWN])

    @cached_property
    def known_stems(self) -> Ints:
        """The known stems, each once, in order of their ids."""
        return np.unique(self.stem_ids[self.stem_ids != UNKNOWN])

    @property
    def is_known(self) -> bool:
        """Whether any word, or what it is derived from, is a word of some concept."""
        return bool(len(self.known_lemmas) or len(self.known_stems))

    @cached_property
    def weight(self) -> float:
        """Sum of the weights of different words, unknown ones included."""
        return sum({word.folded: float(weight) for word, weight in zip(self.words, self.weights, strict=True)}.values())

    def part(self, spans: Sequence[tuple[int, int]], text: str) -> "Reading":
        """Return the reading of a clause: its own text, and the words that lie in its spans."""
        inside = [place for place, (start, end) in enumerate(self.spans) if any(first <= start and end <= last for first, last in spans)]
        return Reading(
            key=label_key(text),
            is_capital=text.upper() == text,
            words=tuple(self.words[place] for place in inside),
            spans=tuple(self.spans[place] for place in inside),
            lemma_ids=self.lemma_ids[inside],
            stem_ids=self.stem_ids[inside],
            weights=self.weights[inside],
        )


def read_text(text: str, shelf: Shelf, polish: Polish) -> Reading:
    """Analyse the first MAX_CHARS characters of a text."""
    text = text[:MAX_CHARS]
    found = [(start, end, word) for start, end, word in polish.spans(text) if not word.is_function]
    words = tuple(word for _, _, word in found)
    lemma_ids = np.array([shelf.term_ids.get(word.folded, UNKNOWN) for word in words], np.int32)
    stem_ids = np.array([shelf.term_ids.get(stem(word), UNKNOWN) for word in words], np.int32)
    known = np.where(lemma_ids != UNKNOWN, lemma_ids, stem_ids)
    weights = np.where(known != UNKNOWN, shelf.idf[known], shelf.unknown_idf) if len(shelf.idf) else np.ones(len(words))
    return Reading(
        key=label_key(text),
        is_capital=text.upper() == text,
        words=words,
        spans=tuple((start, end) for start, end, _ in found),
        lemma_ids=lemma_ids,
        stem_ids=stem_ids,
        weights=weights.astype(np.float32),
    )
