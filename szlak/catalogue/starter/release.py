"""The taxonomy of a first start: every skill and occupation of ESCO v1.2.1 by URI, with labels and relations for some of them."""

from collections.abc import Iterator, Mapping

from szlak.catalogue.esco.content import hash_content
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
from szlak.catalogue.starter.files import iter_rows
from szlak.catalogue.starter.lexicon import load_lexicon

VERSION = "1.2.1"
RELEASE_ID = f"starter-{VERSION}"
_ORIGINS = {"official": LabelOrigin.OFFICIAL, "aligned": LabelOrigin.ALIGNED, "suggested": LabelOrigin.OURS}


def load_starter_release() -> ReleaseContent:
    """Return the starter taxonomy; concepts without a label get their name from the lexicon (`build_taxonomy`)."""
    concepts = (*_iter_lexicon_concepts(), *_iter_groups())
    relations = (*_iter_broader(), *_iter_needs())
    content_hash = hash_content(concepts, relations, {})
    release = Release(release_id=RELEASE_ID, version=VERSION, origin="starter", languages=("pl", "en"), content_hash=content_hash)
    return ReleaseContent(release=release, concepts=concepts, relations=relations)


def _iter_lexicon_concepts() -> Iterator[Concept]:
    known = {row["concept_uri"]: row for name in ("skills.csv", "occupations.csv") for row in iter_rows(name)}
    return (_labelled_concept(entry, known.get(entry.concept_uri, {})) for entry in load_lexicon())


def _labelled_concept(entry: LexiconEntry, row: Mapping[str, str]) -> Concept:
    return Concept(
        concept_uri=entry.concept_uri,
        kind=entry.kind,
        labels=_labels(row),
        skill_type=entry.skill_type,
        reuse_level=row.get("reuse_level") or None,
        code=entry.code,
    )


def _iter_groups() -> Iterator[Concept]:
    for row in iter_rows("groups.csv"):
        yield Concept(concept_uri=row["concept_uri"], kind=ConceptKind.SKILL_GROUP, labels=_labels(row), code=row["code"] or None)


def _labels(row: Mapping[str, str]) -> tuple[Label, ...]:
    # Only skills say whose words their Polish label is; groups and occupations carry ESCO's own.
    polish = _ORIGINS[row.get("label_pl_origin", "official")]
    found = (("pl", row.get("label_pl"), polish), ("en", row.get("label_en"), LabelOrigin.OFFICIAL))
    return tuple(Label(text=text, lang=lang, role=LabelRole.PREFERRED, origin=origin) for lang, text, origin in found if text)


def _iter_broader() -> Iterator[ConceptRelation]:
    for row in iter_rows("broader.csv"):
        yield ConceptRelation(source=row["concept_uri"], kind=RelationKind.BROADER, target=row["broader_uri"])


def _iter_needs() -> Iterator[ConceptRelation]:
    for row in iter_rows("occupation_skills.csv"):
        yield ConceptRelation(source=row["occupation_uri"], kind=RelationKind(row["relation"]), target=row["skill_uri"])
