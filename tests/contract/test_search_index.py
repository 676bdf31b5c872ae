"""What every SearchIndex keeps, the real one and the fake alike."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from szlak.catalogue.errors import CursorExpired, FilterUnknown, InputInvalid
from szlak.catalogue.model.catalogue import Credential
from szlak.catalogue.model.search import Hit, SearchFilters, SearchIndex, SearchPage, SearchPlan
from szlak.catalogue.search.build import build_index
from szlak.catalogue.search.documents import OfferDocument
from szlak.catalogue.search.embedded import open_index
from tests.fakes.scan_index import ScanIndex
from tests.fakes.search_samples import (
    BOOKS,
    FILTERS,
    QUERIES,
    TEAM,
    WELD,
    catalogues,
    concept_documents,
    make_credential,
    make_offer,
    offer_documents,
    polish,
    sample_credentials,
    taxonomy,
)

Opener = Callable[[Sequence[OfferDocument]], AbstractContextManager[SearchIndex]]


@contextmanager
def open_embedded(offers: Sequence[OfferDocument]) -> Iterator[SearchIndex]:
    with tempfile.TemporaryDirectory() as folder:
        build_index(Path(folder), offers=offers, concepts=concept_documents(), analyser=polish(), taxonomy_hash=taxonomy().content_hash)
        yield open_index(Path(folder), analyser=polish())


@contextmanager
def open_scan(offers: Sequence[OfferDocument]) -> Iterator[SearchIndex]:
    yield ScanIndex([*offers, *concept_documents()], polish())


@pytest.fixture(scope="module", params=[open_embedded, open_scan])
def opener(request: pytest.FixtureRequest) -> Opener:
    return request.param


@pytest.fixture(scope="module")
def index(opener: Opener) -> Iterator[SearchIndex]:
    with opener(offer_documents(sample_credentials())) as opened:
        yield opened


def found(index: SearchIndex, text: str = "", **filters: object) -> list[str]:
    """The ids of all items of a query, in order."""
    return [hit.id for hit in index.search(SearchPlan(text=text, filters=SearchFilters(**filters))).items]  # type: ignore[arg-type]


def offers_found(index: SearchIndex, **filters: object) -> set[str]:
    page = index.search(SearchPlan(filters=SearchFilters(**filters)))  # type: ignore[arg-type]
    return {offer_id for hit in page.items for offer_id in hit.offer_ids}


def walk(index: SearchIndex, plan: SearchPlan) -> list[SearchPage]:
    """All pages of a plan."""
    pages = [index.search(plan)]
    while pages[-1].next:
        pages.append(index.search(replace(plan, cursor=pages[-1].next)))
    return pages


def counts(page: SearchPage, facet: str) -> dict[str, int]:
    return {value.value: value.count for value in page.facets[facet]}


# Text


def test_a_blank_text_lists_everything_by_id_with_score_zero(index: SearchIndex) -> None:
    """Nothing asked for: everything, in an order that does not depend on anything."""
    page = index.search(SearchPlan(text="  "))
    assert [(hit.id, hit.score) for hit in page.items] == [("c-books", 0.0), ("c-team", 0.0), ("c-weld", 0.0)]
    assert page.total == 5


def test_an_inflected_word_is_found(index: SearchIndex) -> None:
    """The lemma counts, not the form."""
    assert found(index, "księgowością")[0] == "c-books"


def test_a_word_without_diacritics_finds_words_with_them(index: SearchIndex) -> None:
    """People type in a hurry, inflected forms too."""
    assert found(index, "ksiegowosci")[0] == "c-books"
    assert found(index, "spawania lukowego") == ["c-weld"]


def test_capitals_make_no_difference(index: SearchIndex) -> None:
    """A query in capitals finds the same."""
    assert found(index, "KSIĘGOWOŚĆ DLA POCZĄTKUJĄCYCH") == found(index, "księgowość dla początkujących") == ["c-books"]


def test_names_of_linked_concepts_find_a_credential(index: SearchIndex) -> None:
    """What a credential teaches is found in words that it does not use itself, in English too."""
    assert found(index, "rozliczanie podatków") == ["c-books"]
    assert found(index, "welding") == ["c-weld"]


def test_a_provider_is_found_by_name(index: SearchIndex) -> None:
    """The name of a school is a search like any other."""
    assert found(index, "uniwersytet próbny") == ["c-books"]


def test_a_gerund_finds_its_verb(index: SearchIndex) -> None:
    """The name of the deed and the doing are one."""
    assert "c-books" in found(index, "prowadzenie ewidencji")


@pytest.mark.parametrize("text", ["xyzzy qwertz", "!!!", "…—", "🙂", "\x00", "księgowość xyzzy"])
def test_nonsense_finds_nothing(index: SearchIndex, text: str) -> None:
    """No word that exists, or one of two that does not: an empty page."""
    page = index.search(SearchPlan(text=text))
    assert (page.items, page.total, page.next) == ((), 0, None)


def test_of_many_words_one_may_be_missing(index: SearchIndex) -> None:
    """Four words ask for three."""
    assert found(index, "księgowość początkujący kurs xyzzy") == ["c-books"]
    assert found(index, "księgowość początkujący qwertz xyzzy") == []


def test_joining_words_do_not_count(index: SearchIndex) -> None:
    """A preposition is no reason to find or to leave out."""
    assert found(index, "w zespole") == ["c-team"]
    assert found(index, "manage of the team") == ["c-team"]


@pytest.mark.parametrize(
    "text", ["title:spawanie", '"spawanie', "spawanie)", "+spawanie", "-spawanie", "spawanie^", "spawanie*", "[spawanie"]
)
def test_signs_are_only_text(index: SearchIndex, text: str) -> None:
    """No sign is an instruction, and none makes a search fail."""
    assert index.search(SearchPlan(text=text.replace("title:", ":"))).items[0].id == "c-weld"


def test_a_very_long_text_is_cut(index: SearchIndex) -> None:
    """Words beyond the fiftieth do not change what is found."""
    words = " ".join(f"spawanie łukowe słowo{number}" for number in range(20))
    assert found(index, "spawanie " * 100_000) == ["c-weld"]
    assert found(index, words + " spawanie" * 500) == found(index, words)


def test_all_offers_of_a_credential_stand_in_one_item(index: SearchIndex) -> None:
    """Offers come by start, those without one last."""
    assert index.search(SearchPlan(text="księgowość")).items[0].offer_ids == ("o-early", "o-late", "o-unknown")


def test_a_credential_without_offers_is_an_item_without_offers(index: SearchIndex) -> None:
    """It is found, and has nothing to enrol for."""
    assert index.search(SearchPlan(text="zespół")).items[0].offer_ids == ()


# Concepts


def test_concepts_are_found_by_any_name(index: SearchIndex) -> None:
    """Preferred and alternative names, Polish and English; no facets."""
    page = index.search(SearchPlan(kind="skills", text="rachunkowosc"))
    assert [hit.id for hit in page.items] == [BOOKS]
    assert page.facets == {}
    assert [hit.id for hit in index.search(SearchPlan(kind="occupations", text="welders")).items] == []
    assert index.search(SearchPlan(kind="occupations", text="welder")).total == 1


def test_a_preferred_name_comes_before_another(index: SearchIndex) -> None:
    """The skill that is called so stands before one that is also called so."""
    hits = index.search(SearchPlan(kind="skills", text="księgowość")).items
    assert [hit.id.rpartition("/")[2] for hit in hits] == ["books", "tax"]


@pytest.mark.parametrize("filters", [SearchFilters(kinds=("badge",)), SearchFilters(price_max=Decimal(1))])
def test_concepts_take_no_filters_of_offers(index: SearchIndex, filters: SearchFilters) -> None:
    """A filter that can fit nothing is refused rather than ignored."""
    with pytest.raises(FilterUnknown):
        index.search(SearchPlan(kind="skills", filters=filters))


# Filters and facets


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("providers", ("Uniwersytet Próbny",), {"o-late", "o-unknown", "o-early"}),
        ("modes", ("online",), {"o-early"}),
        ("modes", ("online", "workbased"), {"o-early", "o-weld"}),
        ("languages", ("pl",), {"o-late", "o-unknown"}),
        ("voivodeships", ("02",), {"o-weld"}),
        ("voivodeships", ("online",), {"o-early"}),
        ("levels", ("eqf:4",), {"o-late", "o-unknown", "o-early"}),
        ("skills", (WELD,), {"o-weld"}),
        ("price_max", Decimal("900"), {"o-late"}),
        ("price_max", Decimal("899.99"), set()),
        ("hours_max", Decimal(30), {"o-early"}),
        ("starts_from", date(2027, 1, 2), {"o-late"}),
        ("starts_from", date(2027, 3, 1), {"o-late"}),
        ("starts_by", date(2027, 1, 1), {"o-early"}),
    ],
)
def test_a_filter_leaves_what_fits(index: SearchIndex, name: str, value: object, expected: set[str]) -> None:
    """Bounds are inclusive; what is unknown fits no filter."""
    assert offers_found(index, **{name: value}) == expected


def test_a_filter_reads_the_credential_where_the_offer_is_silent(index: SearchIndex) -> None:
    """Hours of the credential count for one without offers."""
    assert "c-team" in found(index, hours_max=Decimal(12))
    assert found(index, kinds=("badge",)) == ["c-team"]


def test_every_filter_must_fit(index: SearchIndex) -> None:
    """Filters narrow each other down."""
    assert offers_found(index, modes=("presential",), starts_from=date(2027, 1, 1)) == {"o-late"}


def test_filters_do_not_change_scores(index: SearchIndex) -> None:
    """The same credential has the same score, filtered or not."""
    filtered = SearchPlan(text="księgowość", filters=SearchFilters(modes=("online",)))
    assert index.search(filtered).items[0].score == index.search(SearchPlan(text="księgowość")).items[0].score


def test_facets_count_documents(index: SearchIndex) -> None:
    """Offers, and the credential that has none; most first."""
    page = index.search(SearchPlan())
    assert counts(page, "provider") == {"Uniwersytet Próbny": 3, "Szkoła Testowa": 2}
    assert counts(page, "kind") == {"micro-credential": 4, "badge": 1}
    assert counts(page, "mode") == {"presential": 2, "online": 1, "workbased": 1}
    assert counts(page, "language") == {"pl": 2, "en": 1}
    assert counts(page, "voivodeship") == {"02": 1, "14": 1, "online": 1}
    assert counts(page, "level") == {"eqf:4": 3, "prk:4": 3}
    assert [value.value for value in page.facets["voivodeship"]] == ["02", "14", "online"]


def test_an_unknown_value_is_refused_with_the_nearest(index: SearchIndex) -> None:
    """A slip of the pen is answered with what exists."""
    with pytest.raises(FilterUnknown) as caught:
        index.search(SearchPlan(filters=SearchFilters(providers=("uniwersytet probny",))))
    assert caught.value.name == "providers"
    assert caught.value.suggestions == ("Uniwersytet Próbny",)


@pytest.mark.parametrize("filters", [{"voivodeships": ("30",)}, {"kinds": ("course",)}, {"levels": ("prk:8",)}, {"skills": (TEAM,)}])
def test_a_value_that_nothing_carries_is_known_all_the_same(index: SearchIndex, filters: dict[str, object]) -> None:
    """Voivodeships, kinds, levels and skills exist whether or not there is an offer."""
    assert offers_found(index, **filters) == set()


# Paging


@pytest.mark.parametrize("limit", [0, -1, 1001])
def test_a_page_has_a_sensible_size(index: SearchIndex, limit: int) -> None:
    """Other sizes are refused."""
    with pytest.raises(InputInvalid):
        index.search(SearchPlan(limit=limit))


def test_a_page_is_as_many_items_however_many_offers_they_have(opener: Opener) -> None:
    """A credential with a hundred offers is one item, and its page reads on until the next one."""
    offers = tuple(make_offer(f"o{number:03}") for number in range(100))
    credentials = [(make_credential(f"c{number}", "Kurs", offers=offers if number == 0 else ()), ()) for number in range(4)]
    with opener(offer_documents(credentials)) as index:
        pages = walk(index, SearchPlan(limit=2))
    assert [[hit.id for hit in page.items] for page in pages] == [["c0", "c1"], ["c2", "c3"]]
    assert len(pages[0].items[0].offer_ids) == 100


def test_a_cursor_of_another_generation_has_expired(index: SearchIndex, opener: Opener) -> None:
    """The list has changed under the reader: the answer says how to begin again."""
    cursor = (
        ScanIndex(offer_documents(sample_credentials()), polish(), "20200101T000000000000Z-0123456789ab").search(SearchPlan(limit=1)).next
    )
    with pytest.raises(CursorExpired, match="leave out"):
        index.search(SearchPlan(limit=1, cursor=cursor))


@pytest.mark.parametrize(
    "other", [SearchPlan(text="kurs"), SearchPlan(kind="skills"), SearchPlan(filters=SearchFilters(price_max=Decimal(1)))]
)
def test_a_cursor_of_another_query_is_refused(index: SearchIndex, other: SearchPlan) -> None:
    """Its place means nothing in another list."""
    cursor = index.search(SearchPlan(limit=1)).next
    with pytest.raises(InputInvalid):
        index.search(replace(other, limit=1, cursor=cursor))


def test_the_size_of_a_page_may_change_on_the_way(index: SearchIndex) -> None:
    """A cursor says where, not how much."""
    first = index.search(SearchPlan(limit=1))
    assert [hit.id for hit in index.search(SearchPlan(limit=5, cursor=first.next)).items] == ["c-team", "c-weld"]


@pytest.mark.property
@settings(max_examples=25, deadline=None)
@given(credentials=catalogues(), data=st.data())
def test_walking_the_pages_lists_every_item_once_and_counts_are_right(
    credentials: list[tuple[Credential, tuple[str, ...]]], data: st.DataObject
) -> None:
    """Pages joined are one list: ordered, nothing twice; total and facets count what was listed; both indices find the same."""
    documents = offer_documents(credentials)
    with open_embedded(documents) as embedded, open_scan(documents) as scan:
        for _ in range(3):
            text, filters = data.draw(QUERIES), data.draw(FILTERS)
            plan = SearchPlan(text=text, filters=filters, limit=data.draw(st.integers(1, 4)))
            listed = [check_walk(documents, walk(index, plan), plan.limit) for index in (embedded, scan)]
            assert {hit.id: hit.offer_ids for hit in listed[0]} == {hit.id: hit.offer_ids for hit in listed[1]}


def check_walk(documents: Sequence[OfferDocument], pages: Sequence[SearchPage], limit: int) -> list[Hit]:
    hits = [hit for page in pages for hit in page.items]
    assert all(len(page.items) == limit for page in pages[:-1])
    assert len({hit.id for hit in hits}) == len(hits)
    assert hits == sorted(hits, key=lambda hit: (-hit.score, hit.id))
    keys = {(hit.id, offer_id) for hit in hits for offer_id in hit.offer_ids or (None,)}
    listed = [document for document in documents if (document.item_id, document.offer_id) in keys]
    by_item = {hit.id: [d.offer_id for d in sorted(listed, key=lambda d: d.order) if d.item_id == hit.id and d.offer_id] for hit in hits}
    assert all(list(hit.offer_ids) == by_item[hit.id] for hit in hits)
    for page in pages:
        assert page.total == len(listed)
        for facet, values in page.facets.items():
            expected = {value for document in listed for value in document.terms.get(facet, ())}
            assert {value.value: value.count for value in values} == {
                value: sum(value in document.terms.get(facet, ()) for document in listed) for value in expected
            }
            assert list(values) == sorted(values, key=lambda value: (-value.count, value.value))
    return hits


# Suggestions


def test_suggestions_complete_any_word_without_diacritics(index: SearchIndex) -> None:
    """Each kind has its share, the best of each first."""
    found = [(suggestion.kind, suggestion.text) for suggestion in index.suggest("ksieg", limit=10)]
    assert found == [
        ("skill", "księgowość podatkowa"),
        ("skill", "prowadzenie księgowości"),
        ("occupation", "księgowa"),
        ("credential", "Księgowość dla początkujących"),
    ]


def test_suggestions_are_as_many_as_asked_for(index: SearchIndex) -> None:
    """With few places each kind still has one."""
    assert [suggestion.kind for suggestion in index.suggest("ksieg", limit=3)] == ["skill", "occupation", "credential"]
    assert index.suggest("ksieg", limit=0) == []
    assert index.suggest("  ", limit=5) == []
