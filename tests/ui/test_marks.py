"""Cutting an outcome where evidence begins and ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from szlak.ui.marks import Piece, cut_text

SPANS = st.lists(st.none() | st.tuples(st.integers(-5, 40), st.integers(-5, 40)), max_size=4)


@pytest.mark.property
@given(st.text(max_size=30), SPANS)
def test_the_pieces_are_the_text(text: str, spans: list[tuple[int, int] | None]) -> None:
    """Nothing is lost or said twice, whatever the evidence."""
    assert "".join(piece.text for piece in cut_text(text, spans)) == text


@pytest.mark.property
@given(st.text(min_size=5, max_size=30), st.integers(0, 4), st.integers(1, 5))
def test_the_marked_pieces_are_the_evidence(text: str, start: int, length: int) -> None:
    """The pieces that carry a link's number join to its evidence."""
    end = min(start + length, len(text))
    pieces = cut_text(text, [None, (start, end), (0, 3)])
    assert "".join(piece.text for piece in pieces if 2 in piece.links) == text[start:end]


def test_overlapping_evidence_carries_both_numbers() -> None:
    """Where two links share words, the words belong to both."""
    assert cut_text("abcd", [(0, 3), (2, 4)]) == (Piece("ab", (1,)), Piece("c", (1, 2)), Piece("d", (2,)))
