"""The taxonomy in memory: what a release says, with our own Polish words from the lexicon beside it.

It is built once, never changes, and is shared by linking, search, matching and pages.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from szlak.catalogue.errors import NotFound
from szlak.catalogue.esco.content import hash_lines
from szlak.catalogue.messages import Message
from szlak.catalogue.model.taxonomy import (
    Concept,
    ConceptKind,
    ConceptRelation,
    Label,
    LabelOrigin,
    LabelRole,
    LexiconEntry,
    RelationKind,
    Release,
    ReleaseContent,
)
from szlak.catalogue.text import label_key

LEXICON_LANG = "pl"
_FALLBACKS = ("en", LEXICON_LANG)
_ROLES = {role: rank for rank, role in enumerate((LabelRole.PREFERRED, LabelRole.ALTERNATIVE, LabelRole.HIDDEN))}
_ORIGINS = {origin: rank for rank, origin in enumerate((LabelOrigin.OFFICIAL, LabelOrigin.ALIGNED, LabelOrigin.OURS))}
_NEEDS = (RelationKind.ESSENTIAL, RelationKind.OPTIONAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """Relations by either end; every tuple is sorted. `needs` are essential and optional, `needed_by` by (target, kind)."""

    broader: Mapping[str, tuple[str, ...]]
    narrower: Mapping[str, tuple[str, ...]]
    needs: Mapping[str, tuple[ConceptRelation, ...]]
    needed_by: Mapping[tuple[str, RelationKind], tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Taxonomy:
    """Concepts, names and relations of one release; made by `build_taxonomy`.

    `content_hash` (64 hexadecimal digits) covers release and lexicon: whatever is derived from a taxonomy is cached under it.
    `skills` and `occupations` are URIs in order. Of an unknown URI, whatever returns a tuple returns none.
    """

    release: Release
    content_hash: str
    skills: tuple[str, ...]
    occupations: tuple[str, ...]
    by_uri: Mapping[str, Concept]
    lexicon: Mapping[str, LexiconEntry]
    graph: Graph

    def find(self, uri: str) -> Concept | None:
        """Return the concept, or None when the release has no such URI."""
        return self.by_uri.get(uri)

    def concept(self, uri: str) -> Concept:
        """Return the concept.

        Raises:
            NotFound: the release has no such URI.
        """
        found = self.by_uri.get(uri)
        if found is None:
            raise NotFound(Message("ESCO {version} has no concept {uri}.", {"version": self.release.version, "uri": uri}))
        return found

    def concepts(self) -> Iterable[Concept]:
        """Return every concept of the release, groups too, in the release's order."""
        return self.by_uri.values()

    def label(self, uri: str, lang: str = LEXICON_LANG) -> Label:
        """Return the best name to show; hidden names only when there is nothing else, the URI itself when there is no name.

        Raises:
            NotFound: the release has no such URI.
        """
        names = self._all_labels(uri)
        if not names:
            return Label(text=uri, lang=lang, role=LabelRole.PREFERRED, origin=LabelOrigin.OURS)
        return min(names, key=_rank_for(lang))

    def labels(self, uri: str) -> tuple[Label, ...]:
        """Return all names, the lexicon's too: visible before hidden, official before aligned before ours, each once a language.

        Raises:
            NotFound: the release has no such URI.
        """
        first: dict[tuple[str, str], Label] = {}
        for label in sorted(self._all_labels(uri), key=_origin_first):
            first.setdefault((label.lang, label_key(label.text) or label.text), label)
        return tuple(first.values())

    def sentences(self, uri: str) -> tuple[str, ...]:
        """Return our Polish sentences that speak of a skill, or the duties of an occupation."""
        entry = self.lexicon.get(uri)
        return entry.sentences if entry else ()

    def broader(self, uri: str) -> tuple[str, ...]:
        """Return the URIs directly above a concept."""
        return self.graph.broader.get(uri, ())

    def narrower(self, uri: str) -> tuple[str, ...]:
        """Return the URIs directly below a concept."""
        return self.graph.narrower.get(uri, ())

    def needs(self, uri: str) -> tuple[ConceptRelation, ...]:
        """Return what an occupation or skill needs: essential first, then optional, each by target."""
        return self.graph.needs.get(uri, ())

    def needed_by(self, uri: str, kind: RelationKind) -> tuple[str, ...]:
        """Return the URIs of occupations and skills that need a skill in this way (essential or optional)."""
        return self.graph.needed_by.get((uri, kind), ())

    def related(self, uri: str) -> tuple[str, ...]:
        """Return the skills that a skill needs or that need it, in order."""
        towards = {relation.target for relation in self.needs(uri)}
        back = {source for kind in _NEEDS for source in self.needed_by(uri, kind)}
        return tuple(sorted(other for other in towards | back if self._is_skill(other) and self._is_skill(uri)))

    def _is_skill(self, uri: str) -> bool:
        found = self.by_uri.get(uri)
        return found is not None and found.kind is ConceptKind.SKILL

    def _all_labels(self, uri: str) -> tuple[Label, ...]:
        official = self.concept(uri).labels
        entry = self.lexicon.get(uri)
        return (*official, *_lexicon_labels(entry)) if entry else official


def build_taxonomy(content: ReleaseContent, lexicon: Iterable[LexiconEntry]) -> Taxonomy:
    """Return the taxonomy of a release; entries of concepts that the release does not have are left out."""
    by_uri = {concept.concept_uri: concept for concept in content.concepts}
    entries = {entry.concept_uri: entry for entry in lexicon if entry.concept_uri in by_uri}
    return Taxonomy(
        release=content.release,
        content_hash=_hash_with_lexicon(content.release, entries),
        skills=_uris_of(content.concepts, ConceptKind.SKILL),
        occupations=_uris_of(content.concepts, ConceptKind.OCCUPATION),
        by_uri=by_uri,
        lexicon=entries,
        graph=build_graph(content.relations),
    )


def build_graph(relations: Iterable[ConceptRelation]) -> Graph:
    """Group relations by either end, in one pass."""
    broader: dict[str, list[str]] = defaultdict(list)
    narrower: dict[str, list[str]] = defaultdict(list)
    needs: dict[str, list[ConceptRelation]] = defaultdict(list)
    needed_by: dict[tuple[str, RelationKind], list[str]] = defaultdict(list)
    for relation in relations:
        if relation.kind is RelationKind.BROADER:
            broader[relation.source].append(relation.target)
            narrower[relation.target].append(relation.source)
        else:
            needs[relation.source].append(relation)
            needed_by[relation.target, relation.kind].append(relation.source)
    return Graph(
        broader={uri: tuple(sorted(found)) for uri, found in broader.items()},
        narrower={uri: tuple(sorted(found)) for uri, found in narrower.items()},
        needs={uri: tuple(sorted(found, key=_by_kind_and_target)) for uri, found in needs.items()},
        needed_by={key: tuple(sorted(found)) for key, found in needed_by.items()},
    )


def _by_kind_and_target(relation: ConceptRelation) -> tuple[int, str]:
    return _NEEDS.index(relation.kind), relation.target


def _uris_of(concepts: Iterable[Concept], kind: ConceptKind) -> tuple[str, ...]:
    return tuple(sorted(concept.concept_uri for concept in concepts if concept.kind is kind))


def _hash_with_lexicon(release: Release, entries: Mapping[str, LexiconEntry]) -> str:
    lines = ("\x1f".join((uri, *entry.names, "\x1d", *entry.sentences)) for uri, entry in sorted(entries.items()))
    return hash_lines((release.content_hash, *lines))


def _lexicon_labels(entry: LexiconEntry) -> tuple[Label, ...]:
    roles = (LabelRole.PREFERRED, *(LabelRole.ALTERNATIVE,) * (len(entry.names) - 1))
    return tuple(
        Label(text=name, lang=LEXICON_LANG, role=role, origin=LabelOrigin.OURS) for name, role in zip(entry.names, roles, strict=True)
    )


def _rank_for(lang: str) -> Callable[[Label], tuple[int, ...]]:
    order = {code: rank for rank, code in reversed(list(enumerate((lang, *_FALLBACKS))))}

    def rank(label: Label) -> tuple[int, ...]:
        hidden = label.role is LabelRole.HIDDEN
        return hidden, order.get(label.lang, len(order)), _ROLES[label.role], _ORIGINS[label.origin]

    return rank


def _origin_first(label: Label) -> tuple[int, ...]:
    return label.role is LabelRole.HIDDEN, _ORIGINS[label.origin], _ROLES[label.role]
