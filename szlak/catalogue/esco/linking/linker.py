"""The linker: candidates by meaning, name, words and spelling; features; ranker; confidence; evidence.

It knows no network, no database and no clock. What it looks things up in is built once for a taxonomy and encoder and kept on disk.
"""

import hashlib
import tempfile
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from szlak.catalogue.esco.linking.candidates import Candidates, generate_candidates
from szlak.catalogue.esco.linking.evidence import find_evidence
from szlak.catalogue.esco.linking.explanation import explain_rows, explain_votes
from szlak.catalogue.esco.linking.facts import ConceptFacts, build_facts
from szlak.catalogue.esco.linking.features import build_features
from szlak.catalogue.esco.linking.lanes import Ranking, build_lanes
from szlak.catalogue.esco.linking.lexical import LexicalIndex, build_lexical, open_lexical
from szlak.catalogue.esco.linking.meanings import Meanings, build_meanings, open_meanings, save_meanings
from szlak.catalogue.esco.linking.precedents import NO_PRECEDENTS, Precedents, Votes, weigh_votes
from szlak.catalogue.esco.linking.queries import Query, build_queries
from szlak.catalogue.esco.linking.ranker import LOWEST_SCORE, SHIPPED, Ranker
from szlak.catalogue.esco.linking.shelf import Floats, Ints, Shelf, build_shelf, load_shelf, save_shelf
from szlak.catalogue.esco.taxonomy import Taxonomy
from szlak.catalogue.model.encoding import Encoder
from szlak.catalogue.model.linking import Link, LinkResult, LinkTarget, LinkText, Zone
from szlak.catalogue.polish import ANALYSER_VERSION, Polish
from szlak.catalogue.text import text_key

METHOD = "ranked-2"
"""Raise it whenever the same text may get other links by the same encoder and ranker: stored links of another version are made again."""

CALLED_CONFIDENCE = 0.9
"""Least confidence of the one concept whose very name a text is: that is what names are for. Not calibrated: no judged text is a name."""

CALLED_LEAD = 1.0
"""How far the score of that concept is ahead of all others."""

NEAREST = 60
"""Candidates by meaning, by names and by sentences each, for a text and for each of its clauses."""

_BATCH = 64

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, kw_only=True)
class _Tables:
    shelf: Shelf
    lexical: LexicalIndex
    meanings: Meanings
    facts: ConceptFacts


def linker_version(encoder: Encoder, rankers: Iterable[Ranker]) -> str:
    """Return the version of links that an encoder and rankers make."""
    return "+".join((METHOD, *(ranker.version for ranker in rankers), encoder.id))


class RankedLinker:
    """Ties texts to concepts (model.linking.Linker). Safe to share between threads."""

    def __init__(
        self,
        taxonomy: Taxonomy,
        polish: Polish,
        encoder: Encoder,
        tables: Mapping[LinkTarget, _Tables],
        rankers: Mapping[LinkTarget, Ranker],
        precedents: Precedents = NO_PRECEDENTS,
    ) -> None:
        self.version = linker_version(encoder, rankers.values())
        self._taxonomy = taxonomy
        self._polish = polish
        self._encoder = encoder
        self._tables = tables
        self._rankers = rankers
        self.precedents = precedents
        self._label = cache(self._find_label)

    def link(self, texts: Sequence[LinkText], *, kind_of_target: LinkTarget = LinkTarget.SKILLS, top_k: int = 20) -> list[LinkResult]:
        """Link each text to exactly min(top_k, number of concepts of the target) concepts, best first, equal scores by URI.

        Of each text the first `reading.MAX_CHARS` characters are read. Offsets of evidence are those of the text as received.
        A text without a word that any concept has, or none at all, gets concepts spelled like it, then concepts by URI: zone nothing.
        A text in another language than Polish and English has no skill either, and the result says which language it is.
        What people decided on equal text moves score and confidence of skills (`precedents`).
        """
        tables = self._tables[kind_of_target]
        wanted = max(0, min(top_k, len(tables.shelf.uris)))
        queries = self._iter_queries(texts, tables)
        said = [self._votes(text, kind_of_target) for text in texts]
        return [self._link_one(query, near, votes, kind_of_target, wanted) for (query, near), votes in zip(queries, said, strict=True)]

    def version_of(self, key: str) -> str:
        """Return the version of the links of a text by its key: the linker's, and what people decided on equal text."""
        digest = self.precedents.digest(key)
        return f"{self.version}+votes-{digest}" if digest else self.version

    def with_precedents(self, precedents: Precedents) -> "RankedLinker":
        """Return a linker over the same tables that knows what people decided on equal text."""
        return RankedLinker(self._taxonomy, self._polish, self._encoder, self._tables, self._rankers, precedents)

    def with_ranker(self, target: LinkTarget, ranker: Ranker) -> "RankedLinker":
        """Return a linker over the same tables that ranks one target by another ranker."""
        return RankedLinker(self._taxonomy, self._polish, self._encoder, self._tables, {**self._rankers, target: ranker}, self.precedents)

    def lanes(self, kind_of_target: LinkTarget = LinkTarget.SKILLS) -> Mapping[str, Ranking]:
        """Return each way of finding candidates alone, to be measured beside."""
        tables = self._tables[kind_of_target]
        return build_lanes(tables.shelf, tables.lexical, tables.meanings, self._polish, self._encoder)

    def examine(self, texts: Sequence[LinkText], *, kind_of_target: LinkTarget = LinkTarget.SKILLS) -> Iterator[tuple[list[str], Floats]]:
        """Yield the URIs of each text's candidates and their features: what a ranker is fitted to."""
        tables = self._tables[kind_of_target]
        for query, near in self._iter_queries(texts, tables):
            concepts, features = build_features(query, tables.shelf, tables.meanings, tables.facts, _candidates(query, near, tables, 1))
            yield [tables.shelf.uris[concept] for concept in concepts.tolist()], features

    def _iter_queries(self, texts: Sequence[LinkText], tables: _Tables) -> Iterator[tuple[Query, Ints]]:
        """Yield the query of each text and the concepts near it; a batch is encoded and compared at once."""
        for start in range(0, len(texts), _BATCH):
            queries = build_queries(texts[start : start + _BATCH], tables.shelf, self._polish, self._encoder)
            yield from zip(queries, _nearest(queries, tables), strict=True)

    def _votes(self, text: LinkText, target: LinkTarget) -> Votes | None:
        if not self.precedents.words or target is not LinkTarget.SKILLS:
            return None
        return self.precedents.votes(text_key(text.text))

    def _link_one(self, query: Query, near: Ints, votes: Votes | None, target: LinkTarget, wanted: int) -> LinkResult:
        tables, ranker = self._tables[target], self._rankers[target]
        near = near if votes is None else np.union1d(near, _find_concepts(votes.accepted, tables.shelf)).astype(np.int32)
        candidates = _candidates(query, near, tables, wanted)
        concepts, features = build_features(query, tables.shelf, tables.meanings, tables.facts, candidates)
        scores = ranker.score(features)
        is_called = np.isin(concepts, list(candidates.called)) if len(candidates.called) == 1 else np.zeros(len(concepts), bool)
        scores[is_called] = scores.max(initial=0.0) + CALLED_LEAD
        order = np.argsort(-scores, kind="stable")
        can_link = query.readings[0].is_known and query.foreign is None and not query.denied
        confidences = ranker.confidence(scores[order], features[order]) if can_link else np.zeros(len(order))
        confidences = np.where(is_called[order] & can_link, np.maximum(confidences, CALLED_CONFIDENCE), confidences)
        cast = np.zeros(len(order), np.int64)
        if votes is not None and len(order) and can_link:
            cast = votes.count(tables.shelf.uris[concept] for concept in concepts[order].tolist())
            scores[order], confidences = weigh_votes(cast, scores[order], confidences, ranker.calibration.weights[0])
            again = np.lexsort((concepts[order], -scores[order]))
            order, cast, confidences = order[again], cast[again], confidences[again]
        found = list(zip(concepts[order].tolist(), scores[order].tolist(), confidences.tolist(), strict=True))[:wanted]
        others = _iter_others([concept for concept, _, _ in found], len(tables.shelf.uris), wanted)
        found += [(concept, LOWEST_SCORE, 0.0) for concept in others]
        zones = [ranker.zone(confidence, is_best=place == 0) for place, (_, _, confidence) in enumerate(found)]
        reasons = explain_votes(explain_rows(features[order], confidences, zones), cast.tolist())
        links = tuple(
            Link(
                concept_uri=tables.shelf.uris[concept],
                label=self._label(tables.shelf.uris[concept]),
                score=score,
                confidence=confidence,
                zone=zones[place],
                evidence=find_evidence(query.readings[0], tables.shelf, concept) if zones[place] is not Zone.NOTHING else None,
                reasons=reasons.get(place, ()),
            )
            for place, (concept, score, confidence) in enumerate(found)
        )
        return LinkResult(links=links, nil=all(link.zone is Zone.NOTHING for link in links), lang=query.foreign)

    def _find_label(self, uri: str) -> str:
        return self._taxonomy.label(uri, "pl").text


def _find_concepts(uris: Sequence[str], shelf: Shelf) -> Ints:
    """Return the numbers of those of some concepts that a shelf holds."""
    places = ((uri, bisect_left(shelf.uris, uri)) for uri in uris)
    return np.array([place for uri, place in places if shelf.uris[place : place + 1] == (uri,)], np.int32)


def _nearest(queries: Sequence[Query], tables: _Tables) -> Iterator[Ints]:
    """Yield for each query the concepts that mean nearly the same as its text or one of its clauses."""
    found = tables.meanings.nearest(np.concatenate([query.vectors for query in queries]), NEAREST)
    start = 0
    for query in queries:
        yield np.unique(found[start : start + len(query.vectors)])
        start += len(query.vectors)


def _candidates(query: Query, near: Ints, tables: _Tables, wanted: int) -> Candidates:
    return generate_candidates(query.readings, near.tolist() if query.readings[0].words else (), tables.shelf, tables.lexical, wanted)


def _iter_others(ranked: Iterable[int], concepts: int, wanted: int) -> Iterator[int]:
    """Yield concepts that are not ranked, by number, as many as are wanted beside the ranked ones."""
    taken = set(ranked)
    missing = wanted - len(taken)
    for concept in range(concepts):
        if missing <= 0:
            return
        if concept not in taken:
            missing -= 1
            yield concept


def build_linker(
    taxonomy: Taxonomy,
    polish: Polish,
    encoder: Encoder,
    *,
    cache_dir: Path | None,
    progress: Progress | None = None,
    rankers: Mapping[LinkTarget, Ranker] | None = None,
) -> RankedLinker:
    """Return the linker of a taxonomy, from the cache where it has been built before.

    Args:
        taxonomy: Whose skills and occupations are linked to.
        polish: The analyser; its version is part of the cache's key.
        encoder: What compares meanings; its id is part of the cache's key.
        cache_dir: Folder of files keyed by content; None keeps everything in memory.
        progress: Called with a stage's name, the number done and the total.
        rankers: One for each target; the shipped ones when None.
    """
    total = len(taxonomy.skills) + len(taxonomy.occupations)
    tables: dict[LinkTarget, _Tables] = {}
    for target, uris, before in (
        (LinkTarget.SKILLS, taxonomy.skills, 0),
        (LinkTarget.OCCUPATIONS, taxonomy.occupations, len(taxonomy.skills)),
    ):
        tick = _ticker(progress, before, total)
        folder = cache_dir / "linker" / _cache_key(taxonomy, encoder) / target.value if cache_dir else None
        tables[target] = _open_or_build(_Builder(taxonomy=taxonomy, uris=uris, polish=polish, encoder=encoder, tick=tick), folder)
    return RankedLinker(taxonomy, polish, encoder, tables, load_rankers() if rankers is None else rankers)


def load_rankers() -> dict[LinkTarget, Ranker]:
    """Read the shipped ranker of each target."""
    return {target: Ranker.load(SHIPPED / target.value) for target in LinkTarget}


def _ticker(progress: Progress | None, before: int, total: int) -> Callable[[int], None]:
    return lambda done: progress("linker", before + done, total) if progress else None


@dataclass(frozen=True, kw_only=True)
class _Builder:
    """How the tables of one target are made."""

    taxonomy: Taxonomy
    uris: tuple[str, ...]
    polish: Polish
    encoder: Encoder
    tick: Callable[[int], None]

    def build(self) -> tuple[Shelf, Meanings]:
        shelf = build_shelf(self.taxonomy, self.uris, self.polish, self.tick)
        return shelf, build_meanings(self.taxonomy, shelf, self.encoder)

    def join(self, shelf: Shelf, lexical: LexicalIndex, meanings: Meanings) -> _Tables:
        return _Tables(shelf=shelf, lexical=lexical, meanings=meanings, facts=build_facts(self.taxonomy, shelf))


def _cache_key(taxonomy: Taxonomy, encoder: Encoder) -> str:
    return hashlib.sha256("\n".join((taxonomy.content_hash, ANALYSER_VERSION, METHOD, encoder.id)).encode()).hexdigest()[:32]


def _open_or_build(builder: _Builder, folder: Path | None) -> _Tables:
    if folder is None:
        shelf, meanings = builder.build()
        return builder.join(shelf, build_lexical(shelf, None), meanings)
    try:
        return builder.join(*_open(folder, builder.uris))
    except (OSError, ValueError, EOFError):
        shelf, meanings = builder.build()
    try:
        _write(folder, shelf, meanings)
        return builder.join(*_open(folder, builder.uris))
    except OSError:  # a cache that cannot be written is done without
        return builder.join(shelf, build_lexical(shelf, None), meanings)


def _open(folder: Path, uris: Sequence[str]) -> tuple[Shelf, LexicalIndex, Meanings]:
    shelf = load_shelf(folder)
    if shelf.uris != tuple(uris):
        raise ValueError(f"{folder}: tables of other concepts")
    return shelf, open_lexical(folder / "bm25"), open_meanings(folder, shelf)


def _write(folder: Path, shelf: Shelf, meanings: Meanings) -> None:
    """Write tables beside their place and move them there in one step; what another process put there first is replaced."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent, ignore_cleanup_errors=True) as beside:
        new, old = Path(beside) / "new", Path(beside) / "old"
        (new / "bm25").mkdir(parents=True)
        save_shelf(shelf, new)
        save_meanings(meanings, new)
        build_lexical(shelf, new / "bm25")
        if folder.exists():
            folder.replace(old)
        new.replace(folder)
