"""The lexical linker: candidates by name, words and spelling; features; score; confidence.

It knows no network, no database and no clock. What it looks things up in is built once a taxonomy and kept on disk.
"""

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from szlak.catalogue.esco.linking.candidates import generate_candidates
from szlak.catalogue.esco.linking.confidence import LOWEST_SCORE, confidence_of, score_candidates, zone_of
from szlak.catalogue.esco.linking.evidence import find_evidence
from szlak.catalogue.esco.linking.features import build_features
from szlak.catalogue.esco.linking.lexical import LexicalIndex, build_lexical, open_lexical
from szlak.catalogue.esco.linking.reading import Reading, read_text
from szlak.catalogue.esco.linking.shelf import Shelf, build_shelf, load_shelf, save_shelf
from szlak.catalogue.esco.taxonomy import Taxonomy
from szlak.catalogue.model.linking import Link, LinkResult, LinkTarget, LinkText, Zone
from szlak.catalogue.polish import ANALYSER_VERSION, Polish

LINKER_VERSION = "lexical-1"
"""Raise it whenever the same text may get other links: stored links of another version are made again."""

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, kw_only=True)
class _Tables:
    shelf: Shelf
    lexical: LexicalIndex


class LexicalLinker:
    """Ties texts to concepts by their words (model.linking.Linker). Safe to share between threads."""

    def __init__(self, taxonomy: Taxonomy, polish: Polish, tables: dict[LinkTarget, _Tables]) -> None:
        self.version = LINKER_VERSION
        self._taxonomy = taxonomy
        self._polish = polish
        self._tables = tables
        self._label = cache(self._find_label)

    def link(self, texts: Sequence[LinkText], *, kind_of_target: LinkTarget = LinkTarget.SKILLS, top_k: int = 20) -> list[LinkResult]:
        """Link each text to exactly min(top_k, number of concepts of the target) concepts, best first, equal scores by URI.

        Of each text the first `reading.MAX_CHARS` characters are read. Offsets of evidence are those of the text as received.
        A text without a word that any concept has, or none at all, gets concepts spelled like it, then concepts by URI: zone nothing.
        """
        tables = self._tables[kind_of_target]
        return [self._link_one(text.text, tables, top_k) for text in texts]

    def _link_one(self, text: str, tables: _Tables, top_k: int) -> LinkResult:
        wanted = max(0, min(top_k, len(tables.shelf.uris)))
        reading = read_text(text, tables.shelf, self._polish)
        ranked = self._rank(reading, tables, wanted)[:wanted]
        ranked += [(LOWEST_SCORE, concept) for concept in _iter_others(ranked, len(tables.shelf.uris), wanted)]
        links = tuple(self._make_link(reading, tables.shelf, score, concept) for score, concept in ranked)
        return LinkResult(links=links, nil=all(link.zone is Zone.NOTHING for link in links))

    @staticmethod
    def _rank(reading: Reading, tables: _Tables, wanted: int) -> list[tuple[float, int]]:
        concepts, features = build_features(reading, tables.shelf, generate_candidates(reading, tables.shelf, tables.lexical, wanted))
        scores = score_candidates(features).tolist()
        return sorted(zip(scores, concepts, strict=True), key=lambda item: (-item[0], item[1]))

    def _make_link(self, reading: Reading, shelf: Shelf, score: float, concept: int) -> Link:
        confidence = confidence_of(score)
        uri = shelf.uris[concept]
        return Link(
            concept_uri=uri,
            label=self._label(uri),
            score=score,
            confidence=confidence,
            zone=zone_of(confidence),
            evidence=find_evidence(reading, shelf, concept),
        )

    def _find_label(self, uri: str) -> str:
        return self._taxonomy.label(uri, "pl").text


def _iter_others(ranked: Iterable[tuple[float, int]], concepts: int, wanted: int) -> Iterator[int]:
    """Yield concepts that are not ranked, by number, as many as are wanted beside the ranked ones."""
    taken = {concept for _, concept in ranked}
    missing = wanted - len(taken)
    for concept in range(concepts):
        if missing <= 0:
            return
        if concept not in taken:
            missing -= 1
            yield concept


def build_linker(taxonomy: Taxonomy, polish: Polish, *, cache_dir: Path | None, progress: Progress | None = None) -> LexicalLinker:
    """Return the linker of a taxonomy, from the cache where it has been built before.

    Args:
        taxonomy: Whose skills and occupations are linked to.
        polish: The analyser; its version is part of the cache's key.
        cache_dir: Folder of files keyed by content; None keeps everything in memory.
        progress: Called with a stage's name, the number done and the total.
    """
    total = len(taxonomy.skills) + len(taxonomy.occupations)
    tables: dict[LinkTarget, _Tables] = {}
    for target, uris, before in (
        (LinkTarget.SKILLS, taxonomy.skills, 0),
        (LinkTarget.OCCUPATIONS, taxonomy.occupations, len(taxonomy.skills)),
    ):

        def build(uris: tuple[str, ...] = uris, before: int = before) -> Shelf:
            return build_shelf(taxonomy, uris, polish, lambda done: progress("linker", before + done, total) if progress else None)

        folder = cache_dir / "linker" / _cache_key(taxonomy) / target.value if cache_dir else None
        tables[target] = _open_or_build(folder, build)
    return LexicalLinker(taxonomy, polish, tables)


def _cache_key(taxonomy: Taxonomy) -> str:
    return hashlib.sha256("\n".join((taxonomy.content_hash, ANALYSER_VERSION, LINKER_VERSION)).encode()).hexdigest()[:32]


def _open_or_build(folder: Path | None, build: Callable[[], Shelf]) -> _Tables:
    if folder is None:
        shelf = build()
        return _Tables(shelf=shelf, lexical=build_lexical(shelf, None))
    try:
        return _open(folder)
    except (OSError, ValueError, EOFError):
        shelf = build()
    try:
        _write(folder, shelf)
        return _open(folder)
    except OSError:  # a cache that cannot be written is done without
        return _Tables(shelf=shelf, lexical=build_lexical(shelf, None))


def _open(folder: Path) -> _Tables:
    return _Tables(shelf=load_shelf(folder), lexical=open_lexical(folder / "bm25"))


def _write(folder: Path, shelf: Shelf) -> None:
    """Write tables beside their place and move them there in one step; what another process put there first is replaced."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent, ignore_cleanup_errors=True) as beside:
        new, old = Path(beside) / "new", Path(beside) / "old"
        (new / "bm25").mkdir(parents=True)
        save_shelf(shelf, new)
        build_lexical(shelf, new / "bm25")
        if folder.exists():
            folder.replace(old)
        new.replace(folder)
