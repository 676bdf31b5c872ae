import base64
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from szlak.catalogue.errors import InputInvalid
from szlak.catalogue.model.search import SearchFilters, SearchPlan
from szlak.catalogue.search.cursors import Cursor, digest_plan, format_cursor, parse_cursor

NAMES = st.text("0123456789abcdefTZ-", max_size=40)


@pytest.mark.property
@given(st.builds(Cursor, NAMES, NAMES, st.integers(1, 10**9)))
def test_reading_is_the_inverse_of_writing(cursor: Cursor) -> None:
    """A cursor comes back as it went, and needs no escaping in a URL."""
    text = format_cursor(cursor)
    assert parse_cursor(text) == cursor
    assert set(text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


@pytest.mark.property
@given(st.text(max_size=80) | st.binary(max_size=60).map(lambda data: base64.urlsafe_b64encode(data).decode()))
def test_other_texts_are_refused(text: str) -> None:
    """Whatever was typed: a cursor or our own error, nothing else."""
    try:
        parse_cursor(text)
    except InputInvalid:
        return
    raise AssertionError(text)


@pytest.mark.parametrize(
    "value",
    [
        '["a","b",0]',
        '["a","b",-1]',
        '["a","b",true]',
        '["a","b",1.5]',
        '["a",1,1]',
        '["a","b",1,1]',
        f'["a","b",{10**30}]',
        "[" * 150,
        f'["{"a" * 400}","b",1]',
    ],
)
def test_a_cursor_of_another_shape_is_refused(value: str) -> None:
    """Also an offset that no list could have."""
    with pytest.raises(InputInvalid):
        parse_cursor(base64.urlsafe_b64encode(value.encode()).decode())


def test_a_digest_does_not_depend_on_the_order_of_values_or_the_page() -> None:
    """The same question in other words has the same list."""
    first = SearchPlan(text="kurs", filters=SearchFilters(kinds=("badge", "course")), limit=3)
    second = SearchPlan(text="kurs", filters=SearchFilters(kinds=("course", "badge")), limit=9, cursor="x")
    assert digest_plan(first) == digest_plan(second)


@pytest.mark.parametrize(
    "other", [SearchPlan(text="a"), SearchPlan(kind="skills"), SearchPlan(filters=SearchFilters(hours_max=Decimal(1)))]
)
def test_a_digest_tells_questions_apart(other: SearchPlan) -> None:
    """Text, kind and filters each count."""
    assert digest_plan(other) != digest_plan(SearchPlan())
