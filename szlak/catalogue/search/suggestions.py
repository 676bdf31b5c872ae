"""Completions of what is being typed: names found by the beginning of any of their words, without diacritics."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from szlak.catalogue.model.search import Suggestion
from szlak.catalogue.search.documents import Name
from szlak.catalogue.text import fold

KINDS: tuple[Literal["skill", "occupation", "credential", "provider"], ...] = ("skill", "occupation", "credential", "provider")
_WORD = re.compile(r"[\w#+]+")
_LAST = "\U0010ffff"


def build_suggestions(names: Iterable[Name]) -> Mapping[str, Any]:
    """Return the table of a Suggester as JSON.

    Each name has an entry for each of its words, under the key of the name from that word on. `keys` are sorted, `ranks`
    say which entry is better (lower): names that begin with the words before those that have them inside, preferred names
    before others, short before long, then by alphabet. `owners` are the numbers of the names by rank.
    """
    unique = sorted(set(names), key=lambda name: (name.suggestion.kind, name.suggestion.id, name.suggestion.text, not name.preferred))
    entries = [(key, at > 0, number) for number, name in enumerate(unique) for at, key in enumerate(_keys(name.suggestion.text))]
    quality = [_quality(name) for name in unique]
    best_first = sorted(range(len(entries)), key=lambda i: (entries[i][1], quality[entries[i][2]]))
    ranks = {entry: rank for rank, entry in enumerate(best_first)}
    by_key = sorted(range(len(entries)), key=lambda i: (entries[i][0], ranks[i]))
    return {
        "names": [[name.suggestion.text, name.suggestion.kind, name.suggestion.id] for name in unique],
        "keys": [entries[i][0] for i in by_key],
        "ranks": [ranks[i] for i in by_key],
        "owners": [entries[i][2] for i in best_first],
    }


def _quality(name: Name) -> tuple[bool, int, str, str, str]:
    text = name.suggestion.text
    return (not name.preferred, len(text), fold(text), text, name.suggestion.id)


def _keys(text: str) -> list[str]:
    words = _WORD.findall(fold(text))
    return [" ".join(words[at:]) for at in range(len(words))]


class Suggester:
    """Completes from a table of `build_suggestions`."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._keys: list[str] = table["keys"]
        self._ranks: list[int] = table["ranks"]
        self._owners: list[int] = table["owners"]
        self._names = [Suggestion(text=text, kind=kind, id=identity) for text, kind, identity in table["names"]]

    def suggest(self, prefix: str, limit: int) -> list[Suggestion]:
        """Return at most `limit` completions, each thing and each text once, by kind and best first within a kind.

        Kinds share the places fairly: each gets one in turn for as long as it has any. An empty prefix has no completion.
        """
        key = " ".join(_WORD.findall(fold(prefix)))
        if not key or limit < 1:
            return []
        by_kind = self._best(key, limit)
        shares = _share(limit, [len(by_kind[kind]) for kind in KINDS])
        return [found for kind, share in zip(KINDS, shares, strict=True) for found in by_kind[kind][:share]]

    def _best(self, key: str, limit: int) -> Mapping[str, list[Suggestion]]:
        found: dict[str, list[Suggestion]] = {kind: [] for kind in KINDS}
        seen: set[tuple[str, str]] = set()
        ranks = self._ranks[bisect_left(self._keys, key) : bisect_left(self._keys, key + _LAST)]
        for rank in sorted(ranks):
            named = self._names[self._owners[rank]]
            marks = {(named.kind, named.id), (named.kind, named.text)}
            if len(found[named.kind]) < limit and seen.isdisjoint(marks):
                found[named.kind].append(named)
                seen |= marks
        return found


def _share(places: int, wanted: list[int]) -> list[int]:
    shares = [0] * len(wanted)
    while places and shares != wanted:
        for kind, want in enumerate(wanted):
            if places and shares[kind] < want:
                shares[kind] += 1
                places -= 1
    return shares
