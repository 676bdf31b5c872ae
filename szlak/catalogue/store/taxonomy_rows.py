"""Releases of the taxonomy: saved whole, loaded whole."""

import gc
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Table, delete, select

from szlak.catalogue.errors import NotFound
from szlak.catalogue.messages import Message
from szlak.catalogue.model.taxonomy import (
    Concept,
    ConceptKind,
    ConceptRelation,
    Label,
    LabelOrigin,
    LabelRole,
    RelationKind,
    Release,
    ReleaseContent,
)
from szlak.catalogue.records import format_line
from szlak.catalogue.store.mapping import release_from, release_values
from szlak.catalogue.store.sql import Sql
from szlak.catalogue.store.tables import active_release, collection_member, concept, concept_label, concept_relation, release

# A call of an enumeration costs ten times as much as a look into a dictionary, and a release has 260,000 of them.
_KINDS = {kind.value: kind for kind in ConceptKind}
_ROLES = {role.value: role for role in LabelRole}
_ORIGINS = {origin.value: origin for origin in LabelOrigin}
_RELATIONS = {kind.value: kind for kind in RelationKind}


class ReadTaxonomy:
    """What can be asked about releases."""

    _sql: Sql

    def active_release(self) -> Release | None:
        """Return the release in force, or None before the first one."""
        row = self._sql.row(select(release).join(active_release))
        return None if row is None else release_from(row)

    def releases(self) -> tuple[Release, ...]:
        """Return all releases by id."""
        return tuple(release_from(row) for row in self._sql.rows(select(release).order_by(release.c.release_id)))

    def load_release(self, release_id: str) -> ReleaseContent:
        """Return a release with everything in it, in the order in which it was saved.

        Raises:
            NotFound: there is no such release.
        """
        row = self._sql.row(select(release).where(self._sql.among(release.c.release_id, [release_id])))
        if row is None:
            raise NotFound(Message("No release of the taxonomy has the id “{id}”.", {"id": release_id}))
        with _collector_paused():
            return ReleaseContent(
                release=release_from(row),
                concepts=tuple(self._concepts(release_id)),
                relations=tuple(self._relations(release_id)),
                collections=self._collections(release_id),
            )

    def _concepts(self, release_id: str) -> Iterator[Concept]:
        labels = self._labels(release_id)
        c = concept.c
        columns = (c.position, c.concept_uri, c.kind, c.skill_type, c.reuse_level, c.code, c.description)
        query = select(*columns).where(c.release_id == release_id).order_by(c.position)
        for position, uri, kind, skill_type, reuse_level, code, description in self._sql.rows(query):
            yield Concept(
                concept_uri=uri,
                kind=_KINDS[kind],
                labels=tuple(labels.get(position, ())),
                skill_type=skill_type,
                reuse_level=reuse_level,
                code=code,
                description=json.loads(description),
            )

    def _labels(self, release_id: str) -> Mapping[int, list[Label]]:
        labels: dict[int, list[Label]] = defaultdict(list)
        c = concept_label.c
        query = select(c.concept_position, c.text, c.lang, c.role, c.origin).where(c.release_id == release_id)
        for position, text, lang, role, origin in self._sql.rows(query.order_by(c.concept_position, c.position)):
            labels[position].append(Label(text=text, lang=lang, role=_ROLES[role], origin=_ORIGINS[origin]))
        return labels

    def _relations(self, release_id: str) -> Iterator[ConceptRelation]:
        c = concept_relation.c
        query = select(c.source, c.kind, c.target).where(c.release_id == release_id).order_by(c.position)
        for source, kind, target in self._sql.rows(query):
            yield ConceptRelation(source=source, kind=_RELATIONS[kind], target=target)

    def _collections(self, release_id: str) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = defaultdict(list)
        c = collection_member.c
        query = select(c.name, c.concept_uri).where(c.release_id == release_id).order_by(c.name, c.position)
        for name, uri in self._sql.rows(query):
            found[name].append(uri)
        return {name: tuple(uris) for name, uris in found.items()}


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Keep the garbage collector from walking, again and again, 330,000 new objects that all stay: half of the time to load them."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class WriteTaxonomy(ReadTaxonomy):
    """What can be done to releases."""

    def save_release(self, content: ReleaseContent) -> None:
        """Store a release, in place of one of the same id, and make it the active one."""
        release_id = content.release.release_id
        self._sql.upsert(release, release_values(content.release))
        for table in (concept_label, concept, concept_relation, collection_member):
            self._sql.run(delete(table).where(table.c.release_id == release_id))
        for table, rows in _content_rows(content):
            self._sql.fill(table, rows)
        self._sql.upsert(active_release, {"slot": 1, "release_id": release_id})


def _content_rows(content: ReleaseContent) -> Iterator[tuple[Table, list[tuple[Any, ...]]]]:
    """Yield each table with its rows in the order of its columns."""
    release_id = content.release.release_id
    yield concept, [_concept_row(release_id, position, item) for position, item in enumerate(content.concepts)]
    yield concept_label, list(_label_rows(release_id, content.concepts))
    yield (
        concept_relation,
        [(release_id, position, item.source, item.kind.value, item.target) for position, item in enumerate(content.relations)],
    )
    members = ((name, position, uri) for name, uris in content.collections.items() for position, uri in enumerate(uris))
    yield collection_member, [(release_id, *member) for member in members]


def _concept_row(release_id: str, position: int, item: Concept) -> tuple[Any, ...]:
    description = format_line(dict(item.description))
    return release_id, position, item.concept_uri, item.kind.value, item.skill_type, item.reuse_level, item.code, description


def _label_rows(release_id: str, concepts: tuple[Concept, ...]) -> Iterator[tuple[Any, ...]]:
    for concept_position, item in enumerate(concepts):
        for position, label in enumerate(item.labels):
            yield release_id, concept_position, position, label.text, label.lang, label.role.value, label.origin.value
