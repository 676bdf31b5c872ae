"""Proper names in the names of concepts (tools, standards, programming languages, acronyms), and which of them a text holds.

A concept that is called by nothing else, such as a programming language, is meant only where it is named: what merely sounds like it or
belongs to the same field is another thing.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from szlak.catalogue.text import fold

Ints = NDArray[np.int32]

_TOKEN = re.compile(r"[^\W_]+[+#]*")
_EXACT_CHARS = 2
"""Names up to this length ("C", "R", "IT") are written just so: in other letters they are common words."""

_INFLECTED_CHARS = 4
"""Least length of a name that is found with an ending ("Excela", "Linuksem"); shorter ones are acronyms."""

_ENDINGS = frozenset(
    {"a", "ą", "e", "ę", "i", "o", "u", "y", "ach", "ami", "cie", "em", "ie", "ią", "iem", "ksie", "om", "owi", "ów", "zie"}
)
"""What Polish nouns end in: "excellent" is no form of Excel."""

_ENDING_CHARS = max(map(len, _ENDINGS))


@dataclass(frozen=True, kw_only=True, eq=False)
class ProperNames:
    """Names that hold proper ones. `terms`: every proper name, folded, the short ones as they are written.

    Name n belongs to the concept `owners[n]` (rising) and holds `term_ids[starts[n]:starts[n + 1]]`; `only` tells of each concept whether
    all of its names hold one.
    """

    terms: tuple[str, ...]
    owners: Ints
    starts: Ints
    term_ids: Ints
    only: NDArray[np.bool_]

    @cached_property
    def _ids(self) -> dict[str, int]:
        return {term: number for number, term in enumerate(self.terms)}

    @cached_property
    def _holders(self) -> list[list[int]]:
        """The names that hold each term."""
        found: list[list[int]] = [[] for _ in self.terms]
        for name, term in zip(np.repeat(np.arange(len(self.owners)), np.diff(self.starts)).tolist(), self.term_ids.tolist(), strict=True):
            found[term].append(name)
        return found

    @cached_property
    def _heads(self) -> dict[str, list[int]]:
        """Terms by all but their last letter: "Java" is "Javy" where it is inflected."""
        found: dict[str, list[int]] = {}
        for number, term in enumerate(self.terms):
            if len(term) >= _INFLECTED_CHARS:
                found.setdefault(term[:-1], []).append(number)
        return found

    def find(self, text: str) -> Ints:
        """Return the ids of the terms that a text holds, in any inflection; of "Java Script" that of JavaScript, not of Java."""
        tokens = _TOKEN.findall(text)
        found: set[int] = set()
        place = 0
        while place < len(tokens):
            joined = "".join(tokens[place : place + 2]) if all(token[0].isupper() for token in tokens[place : place + 2]) else ""
            both = set(self._match(joined)) if joined and place + 1 < len(tokens) else set()
            found |= both or set(self._match(tokens[place]))
            place += 2 if both else 1
        return np.array(sorted(found), np.int32)

    def _match(self, token: str) -> Iterator[int]:
        """Yield the terms that a token is, or may be an inflected form of: "Javie" may be a name itself, and is Java."""
        key, written = _key(token), token.lower()
        if key in self._ids:
            yield self._ids[key]
        for cut in range(1, _ENDING_CHARS + 1):
            head, ending = written[:-cut], written[-cut:]
            if ending not in _ENDINGS or len(head) < _INFLECTED_CHARS - 1:
                continue
            if head in self._ids and len(head) >= _INFLECTED_CHARS:
                yield self._ids[head]
            if token[0].isupper():
                yield from self._heads.get(head, ())

    def compare(self, found: Ints, concepts: Ints) -> NDArray[np.float32]:
        """Return for each of some concepts, rising, the share of the proper names of its best name that a text holds.

        `found` are the terms of the text. -1: all of the concept's names hold proper ones, and the text holds none of them; 0: it has other
        names too.
        """
        shares = np.where(self.only[concepts], np.float32(-1), np.float32(0))
        places = {concept: place for place, concept in enumerate(concepts.tolist())} if len(found) else {}
        held = set(found.tolist())
        for name in sorted({name for term in held for name in self._holders[term]}):
            place = places.get(int(self.owners[name]))
            if place is not None:
                terms = self.term_ids[self.starts[name] : self.starts[name + 1]].tolist()
                shares[place] = max(shares[place], sum(term in held for term in terms) / len(terms))
        return shares


def build_proper_names(names: Iterable[Sequence[str]]) -> ProperNames:
    """Return the proper names among the names of each concept, as they are written."""
    ids: dict[str, int] = {}
    owners: list[int] = []
    starts = [0]
    term_ids: list[int] = []
    only: list[bool] = []
    for concept, written in enumerate(names):
        proper = [found for name in written if (found := list_proper(name))]
        only.append(bool(proper) and len(proper) == len(written))
        for terms in proper:
            owners.append(concept)
            term_ids += [ids.setdefault(term, len(ids)) for term in terms]
            starts.append(len(term_ids))
    return ProperNames(
        terms=tuple(ids),
        owners=np.array(owners, np.int32),
        starts=np.array(starts, np.int32),
        term_ids=np.array(term_ids, np.int32),
        only=np.array(only, np.bool_),
    )


def list_proper(name: str) -> list[str]:
    """Return the keys of the proper names in a name: its words with a capital letter."""
    return [_key(token) for token in _TOKEN.findall(name) if any(sign.isupper() for sign in token)]


def _key(token: str) -> str:
    return token if len(token) <= _EXACT_CHARS else fold(token)


_FILE = "proper.npz"


def save_proper_names(names: ProperNames, folder: Path) -> None:
    """Write one file into an existing folder."""
    terms = np.array(names.terms, np.str_)
    np.savez(folder / _FILE, terms=terms, owners=names.owners, starts=names.starts, term_ids=names.term_ids, only=names.only)


def load_proper_names(folder: Path, concepts: int) -> ProperNames:
    """Read what `save_proper_names` wrote of so many concepts.

    Raises:
        OSError, ValueError: the file is missing or damaged.
    """
    with np.load(folder / _FILE, allow_pickle=False) as arrays:
        terms = tuple(arrays["terms"].tolist())
        names = ProperNames(terms=terms, **{name: arrays[name] for name in ("owners", "starts", "term_ids", "only")})
    if len(names.only) != concepts or len(names.starts) != len(names.owners) + 1:
        raise ValueError(f"{folder / _FILE}: parts do not belong together")
    return names
