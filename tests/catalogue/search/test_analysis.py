import pytest
from hypothesis import given
from hypothesis import strategies as st

from szlak.catalogue.search.analysis import MAX_WORDS, TextAnalysis, WordGroup, read_query, required_words, restore_diacritics
from tests.fakes.search_samples import polish


def test_a_text_gives_lemmas_and_folded_forms() -> None:
    """A gerund is followed by its verb; folded forms are as written, without diacritics."""
    read = TextAnalysis(polish()).read("Zarządzanie zespołami")
    assert read.lemmas == "zarządzanie zarządzać zespół"
    assert read.folded == "zarzadzanie zespolami"


def test_restorations_know_forms_and_lemmas() -> None:
    """The form met and its lemma both lead back to the lemma; words without diacritics need no way back."""
    analysis = TextAnalysis(polish())
    analysis.read("księgowości")
    analysis.read("kurs")
    assert analysis.restorations() == {"ksiegowosc": ("księgowość",), "ksiegowosci": ("księgowość",)}


def test_a_query_word_is_a_group_of_alternatives() -> None:
    """Its lemmas, and its form without diacritics."""
    assert read_query("Zarządzaniem", polish(), {}).groups == (WordGroup(("zarządzanie", "zarządzać"), ("zarzadzaniem",)),)


def test_a_plain_word_is_restored() -> None:
    """What was typed without diacritics is looked for under the lemmas known to fold to it."""
    (group,) = read_query("ksiegowosci", polish(), {"ksiegowosci": ("księgowość",)}).groups
    assert "księgowość" in group.lemmas


def test_a_form_that_the_index_does_not_know_is_restored() -> None:
    """Any form of a Polish word, not only those that stand in the catalogue."""
    (group,) = read_query("ksiegowych", polish(), {}).groups
    assert "księgowy" in group.lemmas


def test_a_form_is_restored_by_its_lemma() -> None:
    """What happens to be a form of another word leads to the word that the catalogue has."""
    (group,) = read_query("lukowego", polish(), {"lukowy": ("łukowy",)}).groups
    assert group == WordGroup(("lukowy", "łukowy"), ("lukowego",))


@pytest.mark.parametrize(
    ("form", "lemma"), [("zolcia", "żółć"), ("ksiegujacych", "księgować"), ("objasniajac", "objaśniać"), ("zrodlem", "źródło")]
)
def test_diacritics_are_restored(form: str, lemma: str) -> None:
    """Up to four in one word, each letter that can bear one."""
    assert lemma in restore_diacritics(form, polish())


def test_a_polish_word_is_not_turned_into_another() -> None:
    """What is a word as it stands is meant as it stands, unless the catalogue knows it with diacritics only."""
    (group,) = read_query("los", polish(), {}).groups
    assert group.lemmas == ("los",)


def test_a_word_with_diacritics_is_taken_as_it_stands() -> None:
    """Who types diacritics means them."""
    (group,) = read_query("łoś", polish(), {"los": ("los", "łoś")}).groups
    assert group.lemmas == ("łoś",)


def test_a_repeated_word_counts_once() -> None:
    """Saying it twice does not make it two."""
    assert len(read_query("kurs kurs KURS", polish(), {}).groups) == 1


@pytest.mark.parametrize(("text", "words"), [("kurs z programowania w C", 3), ("i w z", 3), ("introduction to the law", 2)])
def test_joining_words_are_left_out_unless_alone(text: str, words: int) -> None:
    """Prepositions and conjunctions say nothing, but are all there is in a query of nothing else."""
    assert len(read_query(text, polish(), {}).groups) == words


def test_a_query_is_cut() -> None:
    """Beyond the bound nothing is looked at."""
    assert len(read_query(" ".join(f"słowo{number}" for number in range(200)), polish(), {}).groups) == MAX_WORDS


@pytest.mark.parametrize(("count", "required"), [(0, 0), (1, 1), (2, 2), (3, 3), (4, 3), (5, 4), (10, 7), (50, 35)])
def test_required_words(count: int, required: int) -> None:
    """All of two, then at least seven in ten."""
    assert required_words(count) == required


@pytest.mark.property
@given(st.text(max_size=60))
def test_tokens_hold_no_space_and_a_query_finds_its_own_text(text: str) -> None:
    """What is indexed for a text holds every word of the same text as a query."""
    analysis = TextAnalysis(polish())
    read = analysis.read(text)
    lemmas, folded = set(read.lemmas.split(" ")), set(read.folded.split())
    query = read_query(text, polish(), analysis.restorations())
    for group in query.groups:
        assert all(lemma and not any(c.isspace() for c in lemma) for lemma in group.lemmas)
        assert lemmas.intersection(group.lemmas)
        assert folded.issuperset(group.folded)
    assert query.required <= len(query.groups)
