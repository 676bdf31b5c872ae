"""The taxonomy of a first start."""

from collections import Counter

from szlak.catalogue.esco.taxonomy import build_taxonomy
from szlak.catalogue.model.taxonomy import ConceptKind, LabelOrigin, RelationKind
from szlak.catalogue.starter.lexicon import load_lexicon
from szlak.catalogue.starter.release import load_starter_release


def test_starter_holds_every_skill_and_occupation() -> None:
    """Real size from the first minute."""
    kinds = Counter(concept.kind for concept in load_starter_release().concepts)
    assert kinds == {ConceptKind.SKILL: 13_939, ConceptKind.OCCUPATION: 3_039, ConceptKind.SKILL_GROUP: 308}


def test_starter_says_what_it_is() -> None:
    """It is not an ESCO package, and its content hash is stable."""
    release = load_starter_release().release
    assert (release.release_id, release.version, release.origin, release.languages) == ("starter-1.2.1", "1.2.1", "starter", ("pl", "en"))
    assert release.content_hash == load_starter_release().release.content_hash


def test_starter_keeps_whose_words_a_label_is() -> None:
    """Of 679 skills with a Polish label, 302 are official, 315 aligned, 62 ours."""
    skills = (concept for concept in load_starter_release().concepts if concept.kind is ConceptKind.SKILL)
    origins = Counter(label.origin for concept in skills for label in concept.labels if label.lang == "pl")
    assert origins == {LabelOrigin.OFFICIAL: 302, LabelOrigin.ALIGNED: 315, LabelOrigin.OURS: 62}


def test_starter_relations_hang_nowhere() -> None:
    """Both ends of every relation are concepts of the starter."""
    content = load_starter_release()
    known = {concept.concept_uri for concept in content.concepts}
    assert all(relation.source in known and relation.target in known for relation in content.relations)
    kinds = Counter(relation.kind for relation in content.relations)
    assert kinds == {RelationKind.BROADER: 1_119, RelationKind.ESSENTIAL: 948, RelationKind.OPTIONAL: 643}


def test_every_concept_has_a_polish_name_with_the_lexicon() -> None:
    """Nobody is shown a URI."""
    taxonomy = build_taxonomy(load_starter_release(), load_lexicon())
    assert all(taxonomy.label(concept.concept_uri).lang == "pl" for concept in taxonomy.concepts())
    assert not any(taxonomy.label(concept.concept_uri).text.startswith("http") for concept in taxonomy.concepts())
