"""The words of an outcome that justify its links, as pieces of the text."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Piece:
    """A piece of a text; `links` are the numbers, from 1, of the links that it justifies."""

    text: str
    links: tuple[int, ...] = ()


def cut_text(text: str, evidence: Sequence[tuple[int, int] | None]) -> tuple[Piece, ...]:
    """Cut a text where evidence begins and ends; joined, the pieces are the text.

    Args:
        text: An outcome.
        evidence: `[start, end)` in code points for each link, or None; what lies outside the text is cut off.
    """
    spans = [(number, *_within(span, len(text))) for number, span in enumerate(evidence, 1) if span is not None]
    edges = sorted({0, len(text), *(edge for _, *span in spans for edge in span)})
    return tuple(
        Piece(text[start:end], tuple(number for number, first, last in spans if first <= start and end <= last))
        for start, end in pairwise(edges)
    )


def _within(span: tuple[int, int], length: int) -> tuple[int, int]:
    start = min(max(span[0], 0), length)
    return start, min(max(span[1], start), length)
