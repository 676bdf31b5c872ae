"""The identity of a release's content, whoever read it: equal content gives an equal hash, in whatever order it came."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping

from szlak.catalogue.model.taxonomy import Concept, ConceptRelation

_FIELD, _ITEM = "\x1f", "\x1e"
"""Unit and record separators: no cleaned text holds them, so two different contents never run together into one."""


def hash_content(concepts: Iterable[Concept], relations: Iterable[ConceptRelation], collections: Mapping[str, tuple[str, ...]]) -> str:
    """Return 64 hexadecimal digits of the SHA-256 of concepts, relations and collections."""
    parts = (
        sorted(_FIELD.join(_concept_fields(concept)) for concept in concepts),
        sorted(_FIELD.join((relation.source, relation.kind, relation.target)) for relation in relations),
        sorted(_FIELD.join((name, *sorted(uris))) for name, uris in collections.items()),
    )
    return hash_lines(line for part in parts for line in (*part, ""))


def hash_lines(lines: Iterable[str]) -> str:
    """Return 64 hexadecimal digits of the SHA-256 of lines in this order."""
    digest = hashlib.sha256()
    for line in lines:
        digest.update(line.encode())
        digest.update(_ITEM.encode())
    return digest.hexdigest()


def _concept_fields(concept: Concept) -> Iterator[str]:
    yield from (concept.concept_uri, concept.kind, concept.skill_type or "", concept.reuse_level or "", concept.code or "")
    yield from sorted(_ITEM.join((label.lang, label.role, label.origin, label.text)) for label in concept.labels)
    yield from sorted(_ITEM.join(pair) for pair in concept.description.items())
