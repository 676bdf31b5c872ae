"""Cursors of lists by id."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from szlak.catalogue.api.paging import format_cursor, parse_cursor, take_page
from szlak.catalogue.errors import InputInvalid

IDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


@pytest.mark.property
@given(IDS)
def test_a_cursor_reads_back(after: str) -> None:
    """Parsing is the inverse of formatting, whatever the id."""
    assert parse_cursor("offers", format_cursor("offers", after)) == after


@pytest.mark.property
@given(st.text())
def test_any_other_text_is_refused(text: str) -> None:
    """A text is a cursor of this list or the sender's mistake, never a failure."""
    with contextlib.suppress(InputInvalid):
        assert format_cursor("offers", parse_cursor("offers", text) or "") == text


def test_a_cursor_belongs_to_its_list() -> None:
    """A cursor of vacancies does not page offers."""
    with pytest.raises(InputInvalid):
        parse_cursor("offers", format_cursor("vacancies", "1"))


def test_the_last_page_has_no_cursor() -> None:
    """Exactly `limit` items found means that nothing is left."""
    assert take_page(["a", "b"], 2, "offers", str) == (["a", "b"], None)
    assert take_page(["a", "b", "c"], 2, "offers", str) == (["a", "b"], format_cursor("offers", "b"))
