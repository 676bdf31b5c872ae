"""What a linker must beat: rankings of concepts by their names alone, with nothing learned."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from szlak.catalogue.esco.evaluation.grams import LABEL_SCHEME, GramIndex
from szlak.catalogue.esco.linking.lanes import Ranking
from szlak.catalogue.esco.taxonomy import Taxonomy
from szlak.catalogue.model.linking import LinkTarget, LinkText
from szlak.catalogue.text import fold, label_key

LANG = "pl"
_K1, _B = 1.2, 0.75
_LONGEST_NAME = 12
_FUZZY_BLOCK = 16
_STEM = 6
"""BM25 tells words apart by so many first letters: a plain stem, without which Polish endings hide most matches."""


@runtime_checkable
class HasLanes(Protocol):
    """A linker that can say how each of its ways to find candidates would rank alone."""

    def lanes(self) -> Mapping[str, Ranking]:
        """Return a ranking of skills under the name of each lane."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Names:
    """Names of concepts, those of one concept together: concept i has the names from `starts[i]` up to the next start; none has none."""

    uris: tuple[str, ...]
    texts: tuple[str, ...]
    starts: NDArray[np.int64]

    def rank(self, scores: NDArray[np.floating], k: int) -> list[str]:
        """Return the k concepts whose best name scores highest, equal ones by URI; `scores` has shape (n names,)."""
        if not self.uris:
            return []
        best = np.maximum.reduceat(scores, self.starts)
        return [self.uris[place] for place in np.argsort(-best, kind="stable")[:k].tolist()]


def collect_names(taxonomy: Taxonomy, target: LinkTarget) -> Names:
    """Return the Polish names of the concepts of a target, official and ours, as label keys; all names of a concept without any."""
    uris = taxonomy.skills if target is LinkTarget.SKILLS else taxonomy.occupations
    found = {uri: _keys(taxonomy, uri) for uri in uris}
    named = {uri: keys for uri, keys in found.items() if keys}
    sizes = [len(keys) for keys in named.values()]
    texts = tuple(key for keys in named.values() for key in keys)
    return Names(uris=tuple(named), texts=texts, starts=np.cumsum([0, *sizes])[:-1])


def _keys(taxonomy: Taxonomy, uri: str) -> list[str]:
    labels = taxonomy.labels(uri)
    polish = [label for label in labels if label.lang == LANG]
    keys = (label_key(label.text) for label in polish or labels)
    return list(dict.fromkeys(key for key in keys if key))


def rank_exact(names: Names) -> Ranking:
    """Return concepts one of whose names stands in the text, word for word; longer names first."""
    owners = np.searchsorted(names.starts, np.arange(len(names.texts)), side="right") - 1
    by_key: dict[str, list[str]] = defaultdict(list)
    for key, owner in zip(names.texts, owners.tolist(), strict=True):
        by_key[key].append(names.uris[owner])

    def rank(texts: Sequence[LinkText], k: int) -> list[list[str]]:
        found = [[uri for phrase in _phrases(text.text) for uri in by_key.get(phrase, ())] for text in texts]
        return [list(dict.fromkeys(uris))[:k] for uris in found]

    return rank


def _phrases(text: str) -> list[str]:
    words = label_key(text).split()
    lengths = range(min(len(words), _LONGEST_NAME), 0, -1)
    return [" ".join(words[start : start + length]) for length in lengths for start in range(len(words) - length + 1)]


def rank_fuzzy(names: Names) -> Ranking:
    """Return concepts by RapidFuzz's `token_set_ratio` of a name with the text."""

    def rank(texts: Sequence[LinkText], k: int) -> list[list[str]]:
        keys = [label_key(text.text) for text in texts]
        blocks = (keys[start : start + _FUZZY_BLOCK] for start in range(0, len(keys), _FUZZY_BLOCK))
        return [names.rank(scores, k) for block in blocks for scores in _ratios(block, names.texts)]

    return rank


def _ratios(keys: Sequence[str], names: Sequence[str]) -> NDArray[np.float32]:
    return process.cdist(keys, names, scorer=fuzz.token_set_ratio, dtype=np.float32, workers=-1)


def rank_characters(names: Names) -> Ranking:
    """Return concepts by the character TF-IDF (2 to 5 letters, within words) of a name with the text."""
    index = GramIndex(names.texts, LABEL_SCHEME)

    def rank(texts: Sequence[LinkText], k: int) -> list[list[str]]:
        return [names.rank(index.score(label_key(text.text)), k) for text in texts]

    return rank


def rank_bm25(names: Names) -> Ranking:
    """Return concepts by BM25 over the stems of their names, a document a name."""
    index = _WordIndex([_stems(name) for name in names.texts])

    def rank(texts: Sequence[LinkText], k: int) -> list[list[str]]:
        return [names.rank(index.score(_stems(text.text)), k) for text in texts]

    return rank


def _stems(text: str) -> list[str]:
    return [word[:_STEM] for word in fold(label_key(text)).split()]


class _WordIndex:
    """BM25 as in Lucene (k1 1.2, b 0.75) over documents that are lists of words."""

    def __init__(self, documents: Sequence[Sequence[str]]) -> None:
        lengths = np.array([len(words) for words in documents], dtype=np.float64)
        self._size = len(documents)
        self._lists: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for number, words in enumerate(documents):
            for word, count in Counter(words).items():
                self._lists[word][0].append(number)
                self._lists[word][1].append(count)
        self._damping = _K1 * (1 - _B + _B * lengths / max(float(lengths.mean()), 1.0)) if self._size else lengths

    def score(self, query: Sequence[str]) -> NDArray[np.float64]:
        """Return the score of each document, shape (n documents,)."""
        scores = np.zeros(self._size)
        for word in set(query):
            documents, counts = (np.array(part, dtype=np.int64) for part in self._lists.get(word, ((), ())))
            weight = np.log(1 + (self._size - len(documents) + 0.5) / (len(documents) + 0.5))
            scores[documents] += weight * counts / (counts + self._damping[documents])
        return scores


BUILDERS: Mapping[str, Callable[[Names], Ranking]] = {
    "exact_label": rank_exact,
    "rapidfuzz": rank_fuzzy,
    "bm25": rank_bm25,
    "char_tfidf": rank_characters,
}
"""The baselines under the names they have in a report."""
