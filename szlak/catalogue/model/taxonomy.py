"""Concepts of ESCO and the names people give them."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from enum import StrEnum

from szlak.catalogue.model.noun import noun


class ConceptKind(StrEnum):
    """Which pillar a concept belongs to."""

    SKILL = "skill"
    OCCUPATION = "occupation"
    SKILL_GROUP = "skill_group"
    OCCUPATION_GROUP = "occupation_group"


class LabelRole(StrEnum):
    """What a label is for."""

    PREFERRED = "preferred"
    ALTERNATIVE = "alternative"
    HIDDEN = "hidden"


class LabelOrigin(StrEnum):
    """Whose words a label is: only an official label may be shown as ESCO's own."""

    OFFICIAL = "official"
    ALIGNED = "aligned"
    OURS = "ours"


class RelationKind(StrEnum):
    """How one concept relates to another; the first is the narrower, the occupation or the skill that needs the other."""

    BROADER = "broader"
    ESSENTIAL = "essential"
    OPTIONAL = "optional"


@noun
class Label:
    """One name of a concept in one language (ISO 639-1)."""

    text: str
    lang: str
    role: LabelRole
    origin: LabelOrigin


@noun
class Concept:
    """A skill, occupation or group, known by its URI; labels are names, never keys.

    `code` is the ISCO, ISCED-F or skill-group code; `reuse_level` and `skill_type` are ESCO's own words or None when unknown.
    """

    concept_uri: str
    kind: ConceptKind
    labels: tuple[Label, ...] = ()
    skill_type: str | None = None
    reuse_level: str | None = None
    code: str | None = None
    description: Mapping[str, str] = field(default_factory=dict)


@noun
class ConceptRelation:
    """`source` is narrower than, or needs (essential, optional), `target`; both are URIs."""

    source: str
    kind: RelationKind
    target: str


@noun
class Release:
    """A version of the taxonomy as it was loaded.

    `release_id` is unique in a database; `version` is ESCO's own number. `origin` is `starter` for what a first start holds
    and `esco` for an imported package.
    """

    release_id: str
    version: str
    origin: str
    languages: tuple[str, ...]
    content_hash: str
    imported_at: datetime | None = None


@noun
class ReleaseContent:
    """Everything a release says; `collections` maps a collection's name to the URIs in it."""

    release: Release
    concepts: tuple[Concept, ...]
    relations: tuple[ConceptRelation, ...]
    collections: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@noun
class LexiconEntry:
    """Our own Polish words for one concept: names to show and search by, sentences to recognise it by."""

    concept_uri: str
    kind: ConceptKind
    names: tuple[str, ...]
    sentences: tuple[str, ...]
    skill_type: str | None = None
    code: str | None = None


@noun
class Defect:
    """A kind of fault found in a package: how often, and up to five places. The import goes on without what is faulty."""

    kind: str
    count: int
    examples: tuple[str, ...]


@noun
class ImportReport:
    """What reading a package gave: counts by kind of thing, and its defects."""

    release: Release
    counts: Mapping[str, int]
    defects: tuple[Defect, ...]
