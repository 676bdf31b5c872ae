"""Everything that concepts of one target are called and recognised by, as arrays: the table that linking looks things up in.

A unit is one name or one sentence of a concept. Its words are numbered twice: by lemma (gerunds as their verbs) and by stem, a
crude prefix that joins what derivation parts ("spawać", "spawacz"). Units of a concept lie together, in order of their roles.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from szlak.catalogue.esco.linking.proper_names import ProperNames, build_proper_names, load_proper_names, save_proper_names
from szlak.catalogue.esco.taxonomy import LEXICON_LANG, Taxonomy
from szlak.catalogue.polish import Polish, Word
from szlak.catalogue.text import fold, label_key

STEM_CHARS = 5
"""Of 4, 5 and 6 the best nDCG@10 on the development half of the gold set."""

STEM_MARK = "~"
"""With what a stem begins and no lemma does."""

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]
Tick = Callable[[int], None]
K = TypeVar("K", bound=Hashable)


class Role(IntEnum):
    """What a unit is to its concept, in the order in which units of a concept lie; the first three are names."""

    NAME = 0
    OTHER_NAME = 1
    FOREIGN_NAME = 2
    SENTENCE = 3
    NOTE = 4


NAMES = (Role.NAME, Role.OTHER_NAME, Role.FOREIGN_NAME)


@dataclass(frozen=True, kw_only=True, eq=False)
class Shelf:
    """Units of all concepts of a target.

    `uris` (n concepts, sorted); `names` the label keys of all name units; `terms` the vocabulary. Unit u of concept c has the words
    `lemma_ids[unit_starts[u]:unit_starts[u + 1]]` (stem ids likewise), c has the units `concept_starts[c]:concept_starts[c + 1]`,
    of which the first `name_counts[c]` are names; `roles` is by unit. `idf` is by term id. A unit may have no words. `proper` are the
    proper names among the names, concepts numbered as in `uris`.
    """

    uris: tuple[str, ...]
    names: tuple[str, ...]
    terms: tuple[str, ...]
    lemma_ids: Ints
    stem_ids: Ints
    unit_starts: Ints
    concept_starts: Ints
    name_counts: Ints
    roles: NDArray[np.int8]
    idf: Floats
    proper: ProperNames

    @cached_property
    def term_ids(self) -> dict[str, int]:
        """Id of each term."""
        return {term: number for number, term in enumerate(self.terms)}

    @cached_property
    def name_starts(self) -> Ints:
        """Where a concept's names begin in `names`, with the end as last item."""
        return np.concatenate(([0], np.cumsum(self.name_counts))).astype(np.int32)

    @cached_property
    def by_name(self) -> dict[str, tuple[int, ...]]:
        """Concepts by label key of a name."""
        return _group(zip(self.names, self._name_owners(), strict=True))

    @cached_property
    def by_lemmas(self) -> dict[bytes, tuple[int, ...]]:
        """Concepts by the bytes of a name's lemma ids."""
        return _group(zip(map(self._lemmas_of, self._name_units()), self._name_owners(), strict=True))

    @cached_property
    def unknown_idf(self) -> float:
        """Weight of a word that no concept has."""
        return float(self.idf.max(initial=1.0))

    def names_of(self, concept: int) -> tuple[str, ...]:
        """Return the label keys of a concept's names."""
        return self.names[self.name_starts[concept] : self.name_starts[concept + 1]]

    def _name_units(self) -> list[int]:
        return [unit for start, count in zip(self.concept_starts, self.name_counts, strict=False) for unit in range(start, start + count)]

    def _name_owners(self) -> list[int]:
        owners: list[int] = np.repeat(np.arange(len(self.uris)), self.name_counts).tolist()
        return owners

    def _lemmas_of(self, unit: int) -> bytes:
        return self.lemma_ids[self.unit_starts[unit] : self.unit_starts[unit + 1]].tobytes()


def content_words(words: Iterable[Word]) -> list[Word]:
    """Return the words that carry meaning by themselves."""
    return [word for word in words if not word.is_function]


def stem(word: Word) -> str:
    """Return the crude stem of a word, marked so that it never equals a lemma."""
    return STEM_MARK + fold(word.folded)[:STEM_CHARS]


def list_units(taxonomy: Taxonomy, uri: str) -> list[tuple[Role, str]]:
    """Return what a concept is called and recognised by, in order of roles."""
    labels = taxonomy.labels(uri)
    polish = [label.text for label in labels if label.lang == LEXICON_LANG]
    shown = taxonomy.label(uri).text
    units = [(Role.NAME if text == shown else Role.OTHER_NAME, text) for text in polish]
    units += [(Role.FOREIGN_NAME, label.text) for label in labels if label.lang != LEXICON_LANG]
    units += [(Role.SENTENCE, text) for text in taxonomy.sentences(uri)]
    units += [(Role.NOTE, text) for text in taxonomy.concept(uri).description.values()]
    return sorted(units, key=lambda unit: unit[0])


def build_shelf(taxonomy: Taxonomy, uris: Sequence[str], polish: Polish, tick: Tick) -> Shelf:
    """Analyse all names, sentences and descriptions of concepts; `tick` is called with the number of concepts done."""
    writer = _Writer()
    for done, uri in enumerate(uris):
        units = list_units(taxonomy, uri)
        names = [text for role, text in units if role in NAMES]
        writer.add(names, [role for role, _ in units], [content_words(polish.words(text)) for _, text in units])
        if done % 500 == 0:
            tick(done)
    return writer.finish(tuple(uris))


class _Writer:
    def __init__(self) -> None:
        self.ids: dict[str, int] = {}
        self.lemma_ids: list[int] = []
        self.stem_ids: list[int] = []
        self.unit_starts = [0]
        self.concept_starts = [0]
        self.name_counts: list[int] = []
        self.roles: list[int] = []
        self.names: list[list[str]] = []

    def add(self, names: list[str], roles: list[Role], units: list[list[Word]]) -> None:
        """Add a concept: its names, the roles of its units and their words, names first."""
        for words in units:
            self.lemma_ids += [self._id(word.folded) for word in words]
            self.stem_ids += [self._id(stem(word)) for word in words]
            self.unit_starts.append(len(self.lemma_ids))
        self.concept_starts.append(self.concept_starts[-1] + len(units))
        self.name_counts.append(len(names))
        self.roles += roles
        self.names.append(names)

    def _id(self, term: str) -> int:
        return self.ids.setdefault(term, len(self.ids))

    def finish(self, uris: tuple[str, ...]) -> Shelf:
        lemma_ids, stem_ids = np.array(self.lemma_ids, np.int32), np.array(self.stem_ids, np.int32)
        word_starts = np.array(self.unit_starts, np.int32)[self.concept_starts]
        return Shelf(
            uris=uris,
            names=tuple(label_key(name) for names in self.names for name in names),
            terms=tuple(self.ids),
            lemma_ids=lemma_ids,
            stem_ids=stem_ids,
            unit_starts=np.array(self.unit_starts, np.int32),
            concept_starts=np.array(self.concept_starts, np.int32),
            name_counts=np.array(self.name_counts, np.int32),
            roles=np.array(self.roles, np.int8),
            idf=_idf(lemma_ids, stem_ids, word_starts, len(self.ids)),
            proper=build_proper_names(self.names),
        )


def _idf(lemma_ids: Ints, stem_ids: Ints, word_starts: Ints, terms: int) -> Floats:
    """Return Lucene's idf of every term over concepts."""
    found = np.zeros(terms, np.int64)
    concepts = len(word_starts) - 1
    for start, end in pairwise(word_starts.tolist()):
        found[np.unique(lemma_ids[start:end])] += 1
        found[np.unique(stem_ids[start:end])] += 1
    return np.log1p((concepts - found + 0.5) / (found + 0.5)).astype(np.float32)


_ARRAYS = ("lemma_ids", "stem_ids", "unit_starts", "concept_starts", "name_counts", "roles", "idf")
_TEXTS = ("uris", "names", "terms")


def save_shelf(shelf: Shelf, folder: Path) -> None:
    """Write a shelf into an existing folder: one NumPy file for each array, one text file for each list of strings."""
    for name in _ARRAYS:
        np.save(folder / f"{name}.npy", getattr(shelf, name))
    for name in _TEXTS:
        (folder / f"{name}.txt").write_text("\n".join(getattr(shelf, name)), encoding="utf-8", newline="\n")
    save_proper_names(shelf.proper, folder)


def load_shelf(folder: Path) -> Shelf:
    """Read what `save_shelf` wrote.

    Raises:
        OSError, ValueError: a file is missing or damaged.
    """
    arrays = {name: np.load(folder / f"{name}.npy", allow_pickle=False) for name in _ARRAYS}
    uris, names, terms = (tuple(_read_lines(folder / f"{name}.txt")) for name in _TEXTS)
    shelf = Shelf(uris=uris, names=names, terms=terms, proper=load_proper_names(folder, len(uris)), **arrays)
    expected = (len(terms), len(uris), len(uris) + 1, len(shelf.lemma_ids), int(shelf.name_counts.sum()), len(shelf.unit_starts) - 1)
    found = (len(shelf.idf), len(shelf.name_counts), len(shelf.concept_starts), len(shelf.stem_ids), len(names), len(shelf.roles))
    if expected != found:
        raise ValueError(f"{folder}: files do not belong together")
    return shelf


def _read_lines(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    return text.split("\n") if text else []


def _group(pairs: Iterable[tuple[K, int]]) -> dict[K, tuple[int, ...]]:
    found: dict[K, tuple[int, ...]] = {}
    for key, concept in pairs:
        if key and concept not in found.get(key, ()):
            found[key] = (*found.get(key, ()), concept)
    return found


def iter_units(shelf: Shelf, concept: int) -> Iterator[tuple[bool, Ints, Ints]]:
    """Yield whether a unit is a name, its lemma ids and its stem ids."""
    first, end = shelf.concept_starts[concept], shelf.concept_starts[concept + 1]
    for unit in range(first, end):
        words = slice(shelf.unit_starts[unit], shelf.unit_starts[unit + 1])
        yield unit < first + shelf.name_counts[concept], shelf.lemma_ids[words], shelf.stem_ids[words]
