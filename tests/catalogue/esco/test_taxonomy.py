"""Names, relations and identity of the taxonomy in memory."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from szlak.catalogue.errors import NotFound
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

WELDING, SAFETY, TEAMWORK, WELDER, CRAFTS = ("urn:welding", "urn:safety", "urn:teamwork", "urn:welder", "urn:crafts")


def label(text: str, lang: str = "pl", role: LabelRole = LabelRole.PREFERRED, origin: LabelOrigin = LabelOrigin.OFFICIAL) -> Label:
    return Label(text=text, lang=lang, role=role, origin=origin)


def skill(uri: str, *labels: Label) -> Concept:
    return Concept(concept_uri=uri, kind=ConceptKind.SKILL, labels=labels)


def relation(source: str, kind: RelationKind, target: str) -> ConceptRelation:
    return ConceptRelation(source=source, kind=kind, target=target)


def entry(uri: str, *names: str, sentences: tuple[str, ...] = ()) -> LexiconEntry:
    return LexiconEntry(concept_uri=uri, kind=ConceptKind.SKILL, names=names, sentences=sentences)


CONCEPTS = (
    skill(WELDING, label("weld", "en"), label("spawać"), label("łączyć metale", role=LabelRole.ALTERNATIVE)),
    skill(SAFETY, label("BHP"), label("zasady BHP", role=LabelRole.HIDDEN)),
    skill(TEAMWORK),
    Concept(concept_uri=WELDER, kind=ConceptKind.OCCUPATION, labels=(label("welder", "en"),), code="7212"),
    Concept(concept_uri=CRAFTS, kind=ConceptKind.SKILL_GROUP, labels=(label("rzemiosło"),)),
)
RELATIONS = (
    relation(WELDING, RelationKind.BROADER, CRAFTS),
    relation(SAFETY, RelationKind.BROADER, CRAFTS),
    relation(WELDER, RelationKind.OPTIONAL, SAFETY),
    relation(WELDER, RelationKind.OPTIONAL, "urn:a-first"),
    relation(WELDER, RelationKind.ESSENTIAL, WELDING),
    relation(WELDING, RelationKind.OPTIONAL, SAFETY),
)
RELEASE = Release(release_id="esco-9", version="9", origin="esco", languages=("pl", "en"), content_hash="0" * 64)


def build(*entries: LexiconEntry, concepts: tuple[Concept, ...] = CONCEPTS, release: Release = RELEASE) -> Taxonomy:
    return build_taxonomy(ReleaseContent(release=release, concepts=concepts, relations=RELATIONS), entries)


def test_label_is_the_preferred_one_of_the_language() -> None:
    """A preferred label of the wanted language comes first."""
    assert build().label(WELDING, "pl").text == "spawać"
    assert build().label(WELDING, "en").text == "weld"


def test_label_falls_back_to_another_language() -> None:
    """A concept without a name in the language shows the name it has."""
    assert build().label(WELDER, "pl").text == "welder"
    assert build().label(SAFETY, "uk").text == "BHP"


@pytest.mark.parametrize(
    ("origins", "best"),
    [
        ((LabelOrigin.ALIGNED, LabelOrigin.OFFICIAL), LabelOrigin.OFFICIAL),
        ((LabelOrigin.OURS, LabelOrigin.ALIGNED), LabelOrigin.ALIGNED),
    ],
)
def test_label_prefers_official_then_aligned_then_ours(origins: tuple[LabelOrigin, ...], best: LabelOrigin) -> None:
    """Among preferred labels of one language, the more official words win."""
    labels = tuple(label(origin, origin=origin) for origin in origins)
    assert build(concepts=(skill(WELDING, *labels),)).label(WELDING).origin is best


def test_label_comes_from_the_lexicon_where_the_release_has_none() -> None:
    """Our own name is shown before a foreign official one, and says that it is ours."""
    found = build(entry(WELDER, "spawacz", "spawaczka")).label(WELDER)
    assert (found.text, found.origin) == ("spawacz", LabelOrigin.OURS)


def test_label_of_a_concept_without_any_name_is_its_uri() -> None:
    """There is always something to show."""
    assert build().label(TEAMWORK).text == TEAMWORK


def test_hidden_labels_are_shown_only_when_nothing_else_is_there() -> None:
    """A hidden Polish label gives way to a visible English one."""
    hidden = label("bhp", role=LabelRole.HIDDEN)
    assert build(concepts=(skill(SAFETY, hidden, label("safety", "en")),)).label(SAFETY).text == "safety"
    assert build(concepts=(skill(SAFETY, hidden),)).label(SAFETY).text == "bhp"


def test_labels_hold_each_name_once_a_language_official_first() -> None:
    """A lexicon name that differs from an official one only in case and signs is not repeated."""
    found = build(entry(WELDING, "Spawać!", "spawanie")).labels(WELDING)
    assert [(item.text, item.lang, item.origin) for item in found] == [
        ("weld", "en", LabelOrigin.OFFICIAL),
        ("spawać", "pl", LabelOrigin.OFFICIAL),
        ("łączyć metale", "pl", LabelOrigin.OFFICIAL),
        ("spawanie", "pl", LabelOrigin.OURS),
    ]


def test_first_lexicon_name_is_preferred_and_the_others_alternative() -> None:
    """The lexicon puts the name to show first."""
    roles = [item.role for item in build(entry(TEAMWORK, "współpraca", "praca w grupie")).labels(TEAMWORK)]
    assert roles == [LabelRole.PREFERRED, LabelRole.ALTERNATIVE]


def test_the_lexicon_adds_no_concepts() -> None:
    """An entry whose URI the release does not have is left out."""
    found = build(entry("urn:elsewhere", "gdzie indziej"))
    assert found.find("urn:elsewhere") is None
    assert found.content_hash == build().content_hash


def test_sentences_come_from_the_lexicon() -> None:
    """Sentences are the lexicon's; a concept without an entry has none."""
    found = build(entry(TEAMWORK, "współpraca", sentences=("Współpracuje w zespole.",)))
    assert found.sentences(TEAMWORK) == ("Współpracuje w zespole.",)
    assert found.sentences(WELDING) == ()


def test_skills_and_occupations_are_sorted_uris() -> None:
    """Groups belong to neither."""
    assert build().skills == (SAFETY, TEAMWORK, WELDING)
    assert build().occupations == (WELDER,)
    assert {concept.concept_uri for concept in build().concepts()} == {WELDING, SAFETY, TEAMWORK, WELDER, CRAFTS}


def test_hierarchy_is_read_in_both_directions() -> None:
    """What is broader than one is narrower than the other."""
    assert build().broader(WELDING) == (CRAFTS,)
    assert build().narrower(CRAFTS) == (SAFETY, WELDING)


def test_needs_are_essential_first_then_by_target() -> None:
    """The order of needs does not depend on the order of relations."""
    found = [(item.kind, item.target) for item in build().needs(WELDER)]
    assert found == [(RelationKind.ESSENTIAL, WELDING), (RelationKind.OPTIONAL, "urn:a-first"), (RelationKind.OPTIONAL, SAFETY)]


def test_needed_by_keeps_essential_and_optional_apart() -> None:
    """Who needs a skill is asked for one kind of need."""
    assert build().needed_by(SAFETY, RelationKind.OPTIONAL) == (WELDER, WELDING)
    assert build().needed_by(SAFETY, RelationKind.ESSENTIAL) == ()


def test_related_skills_are_found_from_either_side() -> None:
    """Only relations between two skills count."""
    assert build().related(WELDING) == (SAFETY,)
    assert build().related(SAFETY) == (WELDING,)
    assert build().related(WELDER) == ()


@pytest.mark.parametrize("ask", [Taxonomy.concept, Taxonomy.label, Taxonomy.labels])
def test_unknown_concept_is_not_found(ask: object) -> None:
    """The error names the URI and the version."""
    with pytest.raises(NotFound, match="ESCO 9 has no concept urn:none"):
        ask(build(), "urn:none")  # type: ignore[operator]


def test_unknown_concept_has_no_relations() -> None:
    """Relations of what is not there are none."""
    found = build()
    assert (found.broader("x"), found.narrower("x"), found.needs("x"), found.related("x"), found.sentences("x")) == ((),) * 5


def test_content_hash_follows_release_and_lexicon() -> None:
    """Another release or another word gives another hash; the order of entries does not."""
    one, two = entry(WELDING, "spawanie"), entry(TEAMWORK, "współpraca")
    assert build(one, two).content_hash == build(two, one).content_hash
    assert build(one).content_hash != build(entry(WELDING, "spawalnictwo")).content_hash
    assert build(one).content_hash != build(one, release=replace(RELEASE, content_hash="1" * 64)).content_hash


@pytest.mark.property
@given(names=st.lists(st.text(min_size=1), min_size=1, max_size=8), lang=st.sampled_from(["pl", "en", "de", ""]))
def test_label_is_always_one_of_the_labels(names: list[str], lang: str) -> None:
    """Whatever the names, the one that is shown is among them."""
    found = build(entry(TEAMWORK, *names))
    assert found.label(TEAMWORK, lang) in found.labels(TEAMWORK)
