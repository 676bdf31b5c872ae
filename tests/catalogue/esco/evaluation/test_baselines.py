"""Plain rankings over a small taxonomy."""

import pytest

from szlak.catalogue.esco.evaluation.baselines import BUILDERS, Names, collect_names, rank_bm25, rank_exact
from szlak.catalogue.model.linking import LinkTarget, LinkText
from tests.catalogue.esco.small import make_taxonomy, uri


@pytest.fixture(scope="module")
def names() -> Names:
    return collect_names(make_taxonomy(), LinkTarget.SKILLS)


def test_names_are_polish_where_there_are_any(names: Names) -> None:
    """The English name of welding is left out; every concept keeps its names together."""
    place = names.uris.index(uri("spawanie"))
    assert names.texts[names.starts[place] : names.starts[place] + 2] == ("spawanie metali", "spawać metodą mig")
    assert "weld metal" not in names.texts


def test_occupations_have_names_of_their_own() -> None:
    """The target chooses the concepts."""
    assert collect_names(make_taxonomy(), LinkTarget.OCCUPATIONS).uris == (uri("spawacz"), uri("sprzedawca"))


@pytest.mark.parametrize("name", BUILDERS)
def test_every_baseline_finds_a_concept_by_its_name(names: Names, name: str) -> None:
    """The name alone, in another case, gives its concept first."""
    found = BUILDERS[name](names)([LinkText(text="Obsługa kasy fiskalnej"), LinkText(text="SPAWANIE METALI")], 3)
    assert [ranking[0] for ranking in found] == [uri("kasa"), uri("spawanie")]


@pytest.mark.parametrize("name", BUILDERS)
@pytest.mark.parametrize("text", ["", "  ", "🙂", "\u0000", "a" * 3000])
def test_every_baseline_answers_any_text(names: Names, name: str, text: str) -> None:
    """At most k concepts, none twice."""
    (found,) = BUILDERS[name](names)([LinkText(text=text)], 4)
    assert len(found) <= 4
    assert len(set(found)) == len(found)


@pytest.mark.parametrize("name", BUILDERS)
def test_every_baseline_works_without_concepts(name: str) -> None:
    """A release without skills gives empty rankings."""
    empty = collect_names(make_taxonomy(), LinkTarget.SKILLS)
    bare = Names(uris=(), texts=(), starts=empty.starts[:0])
    assert BUILDERS[name](bare)([LinkText(text="spawanie")], 4) == [[]]


def test_exact_names_must_stand_in_the_text_word_for_word(names: Names) -> None:
    """The longer name comes first; part of a word is no name."""
    rank = rank_exact(names)
    assert rank([LinkText(text="Excel oraz język angielski, C#.")], 5) == [[uri("angielski"), uri("excel"), uri("csharp")]]
    assert rank([LinkText(text="excelencja")], 5) == [[]]


def test_bm25_sees_through_endings(names: Names) -> None:
    """Words that share their first letters are one word."""
    assert rank_bm25(names)([LinkText(text="podstawy zarządzania zespołami")], 1) == [[uri("zespół")]]


def test_equal_scores_go_by_uri(names: Names) -> None:
    """Nothing in common with any name: the first URIs."""
    assert rank_bm25(names)([LinkText(text="qqq")], 2) == [list(names.uris[:2])]
