"""Character TF-IDF against a plain reference."""

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from szlak.catalogue.esco.evaluation.grams import LABEL_SCHEME, MELO_SCHEME, GramIndex, GramScheme


def plain_grams(text: str, scheme: GramScheme) -> Counter[str]:
    units = [f" {word} " for word in text.split()] if scheme.words else [" ".join(text.split())]
    lengths = range(scheme.shortest, scheme.longest + 1)
    return Counter(unit[start : start + n] for unit in units for n in lengths for start in range(len(unit) - n + 1))


def plain_scores(query: str, documents: list[str], scheme: GramScheme) -> list[float]:
    """The cosine of raw counts times ln((1 + n) / (1 + df)) + 1, over n-grams that a document has."""
    counts = [plain_grams(text, scheme) for text in documents]
    frequencies = Counter(gram for count in counts for gram in count)
    idf = {gram: math.log((1 + len(documents)) / (1 + df)) + 1 for gram, df in frequencies.items()}

    def weigh(count: Counter[str]) -> dict[str, float]:
        weights = {gram: times * idf[gram] for gram, times in count.items() if gram in idf}
        norm = math.sqrt(sum(weight**2 for weight in weights.values())) or 1
        return {gram: weight / norm for gram, weight in weights.items()}

    wanted = weigh(plain_grams(query, scheme))
    return [sum(wanted.get(gram, 0) * weight for gram, weight in weigh(count).items()) for count in counts]


def test_a_document_is_most_like_itself() -> None:
    """Cosine 1; nothing in common gives 0."""
    scores = GramIndex(["spawacz", "kucharz", "xyx"], MELO_SCHEME).score("spawacz")
    assert scores[0] == pytest.approx(1)
    assert scores[2] == 0
    assert scores.dtype == np.float32


@pytest.mark.parametrize("query", ["", "  ", "ŻÓŁW", "\ud800"])
def test_a_query_without_a_known_letter_scores_nothing(query: str) -> None:
    """No error, and zeros."""
    assert GramIndex(["abc", ""], LABEL_SCHEME).score(query).tolist() == [0, 0]


def test_no_documents_are_no_scores() -> None:
    """An empty list stays empty."""
    assert GramIndex([], LABEL_SCHEME).score("abc").tolist() == []


def test_more_letters_than_are_told_apart_change_nothing_for_the_others() -> None:
    """With 6,000 different letters the first ones are still found."""
    many = "".join(chr(0x4E00 + place) for place in range(6000))
    assert GramIndex([many, "abc"], MELO_SCHEME).score("abc")[1] == pytest.approx(1)


words = st.text("abć 1", max_size=12)


@pytest.mark.property
@pytest.mark.parametrize("scheme", [MELO_SCHEME, LABEL_SCHEME], ids=["melo", "labels"])
@given(documents=st.lists(words, min_size=1, max_size=6), query=words)
def test_scores_are_those_of_the_reference(scheme: GramScheme, documents: list[str], query: str) -> None:
    """Whatever the texts, to the precision of a 32-bit number."""
    found = GramIndex(documents, scheme).score(query)
    assert found.tolist() == pytest.approx(plain_scores(query, documents, scheme), abs=1e-6)
