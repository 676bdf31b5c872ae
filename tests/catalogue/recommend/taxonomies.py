"""A small taxonomy around cooking: an occupation with relations and one without, and six skills."""

from szlak.catalogue.esco.taxonomy import Taxonomy, build_taxonomy
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

COOK, IDLE = "urn:cook", "urn:idle"
COOKING, BAKING, BREAD, HYGIENE, KNIVES, SINGING = ("urn:cooking", "urn:baking", "urn:bread", "urn:hygiene", "urn:knives", "urn:singing")
_NAMES = {
    COOK: "kucharz",
    IDLE: "próżniak",
    COOKING: "gotować",
    BAKING: "piec",
    BREAD: "piec chleb",
    HYGIENE: "dbać o higienę",
    KNIVES: "posługiwać się nożem",
    SINGING: "śpiewać",
}
_RELATIONS = (
    (BAKING, RelationKind.BROADER, COOKING),
    (BREAD, RelationKind.BROADER, BAKING),
    (COOK, RelationKind.ESSENTIAL, COOKING),
    (COOK, RelationKind.ESSENTIAL, BAKING),
    (COOK, RelationKind.OPTIONAL, HYGIENE),
    (COOK, RelationKind.OPTIONAL, BAKING),
    (BAKING, RelationKind.OPTIONAL, KNIVES),
)


def _concept(uri: str, name: str) -> Concept:
    kind = ConceptKind.OCCUPATION if uri in (COOK, IDLE) else ConceptKind.SKILL
    label = Label(text=name, lang="pl", role=LabelRole.PREFERRED, origin=LabelOrigin.OFFICIAL)
    return Concept(concept_uri=uri, kind=kind, labels=(label,))


def build_kitchen(*duties: str) -> Taxonomy:
    """Return the taxonomy, with words for the duties of the occupation that has no relations."""
    release = Release(release_id="esco-9", version="9", origin="esco", languages=("pl",), content_hash="0" * 64)
    relations = tuple(ConceptRelation(source=source, kind=kind, target=target) for source, kind, target in _RELATIONS)
    lexicon = [LexiconEntry(concept_uri=IDLE, kind=ConceptKind.OCCUPATION, names=(_NAMES[IDLE],), sentences=duties)]
    concepts = tuple(_concept(uri, name) for uri, name in _NAMES.items())
    return build_taxonomy(ReleaseContent(release=release, concepts=concepts, relations=relations), lexicon)
