"""Scorers of names answer in the same shape."""

import numpy as np
import pytest

from szlak.catalogue.esco.evaluation.names import CharacterScorer, EncoderScorer, NameScorer
from tests.fakes.encoder import LetterEncoder

SCORERS = [CharacterScorer(), EncoderScorer(LetterEncoder())]


@pytest.mark.parametrize("scorer", SCORERS, ids=lambda scorer: type(scorer).__name__)
def test_a_scorer_gives_a_row_a_query_and_the_same_name_wins(scorer: NameScorer) -> None:
    """Shape, type, and 1 for equal texts."""
    scores = scorer.score(["spawacz", "kucharz"], ["kucharz", "murarz", "spawacz"])
    assert (scores.shape, scores.dtype) == ((2, 3), np.float32)
    assert scores.argmax(axis=1).tolist() == [2, 0]
    assert scores.max(axis=1) == pytest.approx([1, 1])


@pytest.mark.parametrize("scorer", SCORERS, ids=lambda scorer: type(scorer).__name__)
@pytest.mark.parametrize(("queries", "names"), [([], ["a"]), (["a"], []), ([], []), ([""], ["", "a"])])
def test_a_scorer_takes_empty_lists_and_texts(scorer: NameScorer, queries: list[str], names: list[str]) -> None:
    """The shape stays; no number is missing."""
    scores = scorer.score(queries, names)
    assert scores.shape == (len(queries), len(names))
    assert not np.isnan(scores).any()


def test_letters_without_ascii_form_are_dropped_by_characters() -> None:
    """As in the published runs: "ł" vanishes, "ó" is "o"."""
    assert CharacterScorer().score(["ŁÓDŹ"], ["odz", "xxx"])[0] == pytest.approx([1, 0])


def test_many_names_are_encoded_in_blocks() -> None:
    """Each name once, in order, and none is lost at a border."""
    encoder = LetterEncoder()
    names = [f"{number:o}" for number in range(5000)]
    scores = EncoderScorer(encoder).score(["7"], names)
    assert encoder.asked == ["7", *names]
    assert scores[0] == pytest.approx((LetterEncoder().encode(["7"], role="query") @ LetterEncoder().encode(names, role="document").T)[0])
