"""Which texts of a taxonomy are pairs, of which kind, and which are not."""

from collections import Counter

import pytest

from szlak.catalogue.esco.release import read_release
from szlak.catalogue.esco.taxonomy import Taxonomy, build_taxonomy
from szlak.catalogue.esco.training_pairs import WEIGHTS, OccupationDescription, TextPair, iter_pairs
from szlak.catalogue.model.taxonomy import ConceptKind, LexiconEntry
from tests.catalogue.esco.packages import OCCUPATIONS, SKILLS, TALK, WELD, WELDER, occupation, skill, write_folder

LEXICON = (
    LexiconEntry(concept_uri=WELD, kind=ConceptKind.SKILL, names=("Spawać", "zgrzewać"), sentences=("Łączy blachy.", "Umie spawać.")),
    LexiconEntry(concept_uri=WELDER, kind=ConceptKind.OCCUPATION, names=("spawacz rur",), sentences=()),
)


@pytest.fixture(scope="module")
def taxonomy(tmp_path_factory: pytest.TempPathFactory) -> Taxonomy:
    """Two skills and an occupation in Polish and English, with our words for one of each."""
    folder = tmp_path_factory.mktemp("packages")
    polish = {
        "skills": (SKILLS, [skill(description="Łączenie metali."), skill(TALK, preferredLabel="rozmawiać")]),
        "occupations": (OCCUPATIONS, [occupation(altLabels="spawaczka")]),
    }
    english = {
        "skills": (SKILLS, [skill(preferredLabel="weld", altLabels="join metals"), skill(TALK, preferredLabel="talk")]),
        "occupations": (OCCUPATIONS, [occupation(preferredLabel="welder")]),
    }
    write_folder(folder, polish)
    write_folder(folder, english, lang="en")
    content, _ = read_release([folder], version="1.2.1")
    return build_taxonomy(content, LEXICON)


@pytest.fixture(scope="module")
def pairs(taxonomy: Taxonomy) -> list[TextPair]:
    return list(iter_pairs(taxonomy))


def test_kinds_of_pairs_are_counted(pairs: list[TextPair]) -> None:
    """Every way in which the texts of a concept belong together, and no other."""
    assert Counter(pair.kind for pair in pairs) == {
        "sentence-name": 2,
        "sentence-other name": 2,
        "sentence-English name": 4,
        "sentence-description": 2,
        "sentence-sentence": 1,
        "name-name": 1,
        "name-English name": 2 * 2 + 1 + 3,
        "English name-English name": 1,
        "name-description": 3,
        "title-title": 3,
    }


def test_texts_of_different_concepts_are_no_pair(pairs: list[TextPair]) -> None:
    """Each pair's group is the concept that both texts speak of."""
    assert {pair.group for pair in pairs if {pair.left, pair.right} & {"spawać", "weld", "zgrzewać", "Łączy blachy."}} == {WELD}
    assert {(pair.left, pair.right) for pair in pairs if pair.group == TALK} == {("rozmawiać", "talk")}


def test_two_spellings_of_a_name_are_no_pair(pairs: list[TextPair]) -> None:
    """There is nothing to learn from them."""
    assert not [pair for pair in pairs if pair.left.casefold() == pair.right.casefold()]


def test_sentences_and_names_weigh_most(pairs: list[TextPair]) -> None:
    """A pair weighs what its kind weighs, and every kind has its weight."""
    assert all(pair.weight == WEIGHTS[pair.kind] for pair in pairs)
    assert max(pairs, key=lambda pair: pair.weight).kind == "sentence-name"


def test_descriptions_of_occupations(taxonomy: Taxonomy, pairs: list[TextPair]) -> None:
    """Name with synthesis and with each task, in a group of their own."""
    told = OccupationDescription(code="1", name="latarnik", synthesis="Pilnuje latarni.", tasks=("zapala światło", "gasi światło"))
    silent = OccupationDescription(code="2", name="zegarmistrz", synthesis="", tasks=())
    found = list(iter_pairs(taxonomy, [told, silent]))[len(pairs) :]
    assert [(pair.kind, pair.left, pair.right) for pair in found] == [
        ("synthesis", "latarnik", "Pilnuje latarni."),
        ("task", "latarnik", "zapala światło"),
        ("task", "latarnik", "gasi światło"),
    ]
    assert {pair.group for pair in found} == {"kzis:1"}


def test_the_same_taxonomy_gives_the_same_pairs_in_the_same_order(taxonomy: Taxonomy, pairs: list[TextPair]) -> None:
    """A training can then be repeated."""
    assert list(iter_pairs(taxonomy)) == pairs
