"""The lexicon that is shipped."""

from collections import Counter

from szlak.catalogue.model.taxonomy import ConceptKind
from szlak.catalogue.starter.lexicon import load_lexicon


def test_lexicon_covers_all_skills_and_occupations_once() -> None:
    """One entry for each of ESCO's 13,939 skills and 3,039 occupations."""
    entries = load_lexicon()
    assert Counter(entry.kind for entry in entries) == {ConceptKind.SKILL: 13_939, ConceptKind.OCCUPATION: 3_039}
    assert len({entry.concept_uri for entry in entries}) == len(entries)


def test_every_entry_has_names_and_sentences() -> None:
    """Nothing in it is blank."""
    for entry in load_lexicon():
        assert entry.names
        assert entry.sentences
        assert all(text.strip() for text in (*entry.names, *entry.sentences)), entry.concept_uri


def test_skills_carry_their_type_and_occupations_their_group() -> None:
    """Five skills have no type in ESCO; every occupation has a four-digit ISCO group."""
    entries = load_lexicon()
    types = Counter(entry.skill_type for entry in entries if entry.kind is ConceptKind.SKILL)
    assert set(types) == {"skill/competence", "knowledge", None}
    assert types[None] == 5
    assert all(entry.code and len(entry.code) == 4 for entry in entries if entry.kind is ConceptKind.OCCUPATION)
