"""What is known of a concept apart from its words: its type, its place in the hierarchy, how many need it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from szlak.catalogue.esco.linking.shelf import Floats, Shelf
from szlak.catalogue.esco.taxonomy import Taxonomy
from szlak.catalogue.model.taxonomy import RelationKind

_REUSE = {"occupation-specific": 0.0, "sector-specific": 1.0, "cross-sector": 2.0, "transversal": 3.0}
_KNOWLEDGE = {"knowledge": 1.0, "skill/competence": 0.0}
_UNKNOWN_TYPE = 0.5

UNKNOWN_FACT = -1.0
"""No count and no level: what is not known is told apart from none."""


@dataclass(frozen=True, kw_only=True, eq=False)
class ConceptFacts:
    """One value a concept in each array; what the columns are is said in `features.FEATURES`. UNKNOWN_FACT where it is not known."""

    is_knowledge: Floats
    narrower: Floats
    asked_for: Floats
    reuse: Floats
    name_words: Floats


def build_facts(taxonomy: Taxonomy, shelf: Shelf) -> ConceptFacts:
    """Collect the facts of a shelf's concepts."""
    concepts = [taxonomy.concept(uri) for uri in shelf.uris]
    has_relations = taxonomy.release.origin != "starter"  # the starter's relations cover a few occupations: counting them would mislead
    asked = [_asked_for(taxonomy, uri) if has_relations else UNKNOWN_FACT for uri in shelf.uris]
    return ConceptFacts(
        is_knowledge=_floats([_KNOWLEDGE.get(concept.skill_type or "", _UNKNOWN_TYPE) for concept in concepts]),
        narrower=_floats([np.log1p(len(taxonomy.narrower(uri))) for uri in shelf.uris]),
        asked_for=_floats(asked),
        reuse=_floats([_REUSE.get(concept.reuse_level or "", UNKNOWN_FACT) for concept in concepts]),
        name_words=_floats([min((len(name.split()) for name in shelf.names_of(number)), default=0) for number in range(len(shelf.uris))]),
    )


def _asked_for(taxonomy: Taxonomy, uri: str) -> float:
    return float(np.log1p(sum(len(taxonomy.needed_by(uri, kind)) for kind in (RelationKind.ESSENTIAL, RelationKind.OPTIONAL))))


def _floats(values: Sequence[float]) -> Floats:
    return np.array(values, np.float32)
