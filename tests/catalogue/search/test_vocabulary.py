from decimal import Decimal

import pytest

from szlak.catalogue.errors import FilterUnknown, InputInvalid
from szlak.catalogue.model.search import SearchFilters, SearchPlan
from szlak.catalogue.search.vocabulary import NEAREST, FilterCheck, build_vocabulary
from tests.fakes.search_samples import offer_documents, sample_credentials


def check(**filters: object) -> None:
    vocabulary = build_vocabulary(offer_documents(sample_credentials()), ["urn:skill"])
    FilterCheck(vocabulary).check(SearchPlan(filters=SearchFilters(**filters)))  # type: ignore[arg-type]


def test_known_values_pass() -> None:
    """Values of the catalogue, of the model and of the taxonomy."""
    check(providers=("Szkoła Testowa",), kinds=("zsk-full",), skills=("urn:skill",), languages=("en", "pl"))


def test_the_nearest_values_are_at_most_three() -> None:
    """A hint, not a list."""
    with pytest.raises(FilterUnknown) as caught:
        check(levels=("prk:9",))
    assert len(caught.value.suggestions) == NEAREST
    assert all(value.startswith("prk:") for value in caught.value.suggestions)


def test_what_is_like_nothing_is_told_all_values_if_they_are_few() -> None:
    """A person who guesses sees what there is; among many values a wrong hint would be worse than none."""
    with pytest.raises(FilterUnknown) as caught:
        check(providers=("xqzw",))
    assert len(caught.value.suggestions) == 2
    with pytest.raises(FilterUnknown) as caught:
        FilterCheck({"provider": [f"Organizator {number}" for number in range(21)]}).check(
            SearchPlan(filters=SearchFilters(providers=("xqzw",)))
        )
    assert caught.value.suggestions == ()


@pytest.mark.parametrize("limit", ["NaN", "Infinity"])
def test_a_limit_must_be_a_number(limit: str) -> None:
    """Decimal has values that compare with nothing."""
    with pytest.raises(InputInvalid):
        check(price_max=Decimal(limit))
