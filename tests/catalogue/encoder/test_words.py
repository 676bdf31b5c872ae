"""Words of a text, and the buckets that their pieces fall into."""

import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from szlak.catalogue.encoder.words import MAX_WORDS, list_buckets, number_pieces, split_words

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Prowadzi KSIĘGI, rachunkowe.", ["prowadzi", "księgi", "rachunkowe"]),
        ("C#, C++ i C", ["c#", "c++", "i", "c"]),
        ("snake_case 3D", ["snake", "case", "3d"]),
        ("…—!? 🙂", []),
        ("", []),
    ],
)
def test_words_are_runs_of_letters_and_digits(text: str, words: list[str]) -> None:
    """In lower case; the signs of "C#" and "C++" belong to them."""
    assert split_words(text) == words


def test_letters_written_in_two_parts_are_the_same_letters() -> None:
    """NFD and NFC of a text give the same words."""
    text = "źródło żółte"
    assert split_words(unicodedata.normalize("NFD", text)) == split_words(text) == ["źródło", "żółte"]


def test_of_a_long_text_the_first_words_are_read() -> None:
    """What is beyond the limit changes nothing."""
    assert split_words("a b " * MAX_WORDS) == ["a", "b"] * (MAX_WORDS // 2)


@pytest.mark.property
@given(ANY_TEXT)
def test_any_text_has_words(text: str) -> None:
    """Halves of surrogate pairs and control characters too; each word is what it is split into."""
    words = split_words(text)
    assert len(words) <= MAX_WORDS
    assert all(split_words(word) == [word] for word in words)


@pytest.mark.property
@given(ANY_TEXT.filter(bool), st.integers(1, 10_000))
def test_any_word_has_buckets_of_the_table(word: str, buckets: int) -> None:
    """One for itself and one for each run of letters, the same every time."""
    found = list_buckets(word, buckets)
    assert found
    assert all(0 <= bucket < buckets for bucket in found)
    assert found == list_buckets(word, buckets)


def test_buckets_do_not_depend_on_the_machine() -> None:
    """Weights are trained here and used elsewhere: a piece keeps its number."""
    assert list_buckets("kot", 1000) == [472, 347, 726, 142, 233, 82, 84]


def test_a_word_without_diacritics_shares_its_runs() -> None:
    """All but the word itself."""
    assert list_buckets("księgowość", 10**6)[1:] == list_buckets("ksiegowosc", 10**6)[1:]
    assert list_buckets("księgowość", 10**6)[0] != list_buckets("ksiegowosc", 10**6)[0]


def test_the_runs_of_a_long_word_are_bounded() -> None:
    """A word of a million letters costs no more than one of forty."""
    assert len(list_buckets("a" * 1_000_000, 1000)) == len(list_buckets("a" * 40, 1000))


@pytest.mark.property
@given(st.lists(st.text(st.characters(exclude_categories=()), min_size=1, max_size=60), min_size=1, max_size=30))
def test_numbering_many_words_is_numbering_each(words: list[str]) -> None:
    """The quick way gives each word the buckets of the plain one, whatever its script."""
    buckets, lengths = number_pieces(words, 72_000)
    ends = np.cumsum(lengths)
    for word, start, end in zip(words, ends - lengths, ends, strict=True):
        assert sorted(buckets[start:end].tolist()) == sorted(list_buckets(word, 72_000))
