"""How texts are cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from szlak.catalogue.polish.tokens import iter_tokens, normalise

TEXTS = st.text(alphabet=st.characters(exclude_categories=())) | st.text(alphabet="aż.C#+ \u00a0\n<>&;e-'0,5\u0301\u00ad")


@pytest.mark.property
@given(TEXTS)
def test_tokens_put_together_are_the_text(text: str) -> None:
    """Nothing is lost and offsets are those of the text as received."""
    tokens = list(iter_tokens(text))
    assert "".join(token for _, token in tokens) == text
    assert all(text[start : start + len(token)] == token for start, token in tokens)


@pytest.mark.property
@given(TEXTS)
def test_normalising_again_changes_nothing(text: str) -> None:
    """Forms are looked up under one spelling."""
    for _, token in iter_tokens(text):
        assert normalise(normalise(token)) == normalise(token)


@pytest.mark.parametrize(("token", "form"), [("Z\u0307o\u0301łw", "żółw"), ("pra\u00adca", "praca"), ("Excel'a", "excel"), ("np.", "np")])
def test_spellings_of_one_word_have_one_form(token: str, form: str) -> None:
    """Decomposed accents, soft hyphens and endings after an apostrophe do not make another word."""
    assert list(iter_tokens(token)) == [(0, token)]
    assert normalise(token) == form


def test_a_full_stop_without_a_space_still_parts_two_words() -> None:
    """Scraped texts often lack the space."""
    assert [token for _, token in iter_tokens("szkoleń.Wymagania")] == ["szkoleń", ".", "Wymagania"]
