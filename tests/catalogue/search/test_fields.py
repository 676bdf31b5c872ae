from dataclasses import fields
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from szlak.catalogue.model.search import SearchFilters
from szlak.catalogue.search.fields import (
    NUMBER_FIELDS,
    NUMBER_FILTERS,
    TERM_FIELDS,
    TEXT_FIELDS,
    Condition,
    build_conditions,
    encode_amount,
)

AMOUNTS = st.decimals(allow_nan=False, allow_infinity=False)


def test_every_filter_is_in_the_table() -> None:
    """A filter that the table forgot would be silently ignored."""
    named = [field.filter for field in TERM_FIELDS] + [rule.filter for rule in NUMBER_FILTERS]
    assert sorted(named) == sorted(field.name for field in fields(SearchFilters))


def test_number_filters_read_number_fields() -> None:
    """A filter never asks for a field that no document has."""
    assert {rule.field for rule in NUMBER_FILTERS} == set(NUMBER_FIELDS)


def test_names_of_text_fields_are_unique_within_a_kind() -> None:
    """Two fields of one name would be one field in the index."""
    for table in TEXT_FIELDS.values():
        assert len({field.name for field in table}) == len(table)


def test_no_filter_is_no_condition() -> None:
    """Empty filters ask nothing of a document."""
    assert build_conditions(SearchFilters()) == ()


def test_conditions_of_filters() -> None:
    """Terms become values, limits bounds on the side they limit."""
    filters = SearchFilters(kinds=("badge",), price_max=Decimal("1.00005"))
    assert build_conditions(filters) == (Condition("kind", values=("badge",)), Condition("price", upper=10_000))


@pytest.mark.property
@given(amount=AMOUNTS, limit=AMOUNTS)
def test_nothing_above_a_limit_gets_in(amount: Decimal, limit: Decimal) -> None:
    """Rounding to whole units never lets in what is dearer, and keeps to 63 bits."""
    stored, upper = encode_amount(amount, ROUND_CEILING), encode_amount(limit, ROUND_FLOOR)
    assert -(2**63) < stored < 2**63
    if stored <= upper and abs(limit) < 10**12:
        assert amount <= limit
