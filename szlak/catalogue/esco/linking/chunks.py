"""What stands between the commas and conjunctions of a stretch, and what it begins with."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from szlak.catalogue.esco.linking.clause_words import CONJUNCTIONS, GOVERNED, IDIOMS, STRONG, SUBORDINATORS
from szlak.catalogue.esco.linking.stretches import ANY_CASE, GEN, NOM, VOC, Piece, case_mask, in_both_numbers

GOVERNED_MASKS = {word: sum(map(case_mask, cases.split())) for word, cases in GOVERNED.items()}
"""The cases after each preposition."""


@dataclass(frozen=True)
class Chunk:
    """What stands between two separators: its first content, and the noun phrase at its head (`noun` is -1 where there is none)."""

    start: int
    end: int
    separator: str
    first: int
    noun: int
    mask: int
    is_dependent: bool


def iter_chunks(pieces: Sequence[Piece]) -> Iterator[Chunk]:
    """Yield the chunks in order; what stands in brackets or quotation marks parts nothing."""
    start, place, separator = 0, 0, ""
    while place < len(pieces):
        length = _separator_length(pieces, place)
        if not length:
            place += 1
            continue
        end = place
        while length:
            place += length
            length = _separator_length(pieces, place) if place < len(pieces) else 0
        if end > start:
            yield read_chunk(pieces, start, end, separator)
        separator = " ".join(piece.low for piece in pieces[end:place])
        start = place
    if start < len(pieces):
        yield read_chunk(pieces, start, len(pieces), separator)


def _separator_length(pieces: Sequence[Piece], place: int) -> int:
    piece = pieces[place]
    if piece.shut:
        return 0
    if piece.low in (",", ":", "–", "—") or (piece.low == "-" and _stands_apart(pieces, place)):
        return 1
    following = pieces[place + 1].low if place + 1 < len(pieces) else ""
    if (piece.low, following) in STRONG:
        return 2
    if piece.low not in CONJUNCTIONS or _is_idiom(pieces, place):
        return 0
    return 0 if piece.low == "czy" and place and pieces[place - 1].low == "," else 1


def _stands_apart(pieces: Sequence[Piece], place: int) -> bool:
    return 0 < place < len(pieces) - 1 and pieces[place - 1].end < pieces[place].start and pieces[place].end < pieces[place + 1].start


def _is_idiom(pieces: Sequence[Piece], place: int) -> bool:
    if not 0 < place < len(pieces) - 1:
        return False
    before, after = pieces[place - 1], pieces[place + 1]
    return (before.lemma, after.lemma) in IDIOMS or (before.low, after.low) in IDIOMS


def read_chunk(pieces: Sequence[Piece], start: int, end: int, separator: str) -> Chunk:
    """Return the chunk `[start, end)` that follows a separator."""
    first = start
    while first < end - 1 and pieces[first].pos in ("ADV", "PART") and pieces[first].low not in SUBORDINATORS:
        first += 1
    noun, mask = read_phrase(pieces, first, end)
    return Chunk(start, end, separator, first, noun, mask, _is_dependent(pieces, first, end))


def _is_dependent(pieces: Sequence[Piece], first: int, end: int) -> bool:
    """Tell what explains or depends: "który ...", "na których ...", "takich jak ...", "w tym ...", "korzystając z ..."."""
    piece = pieces[first]
    if piece.low in SUBORDINATORS or piece.lemma in SUBORDINATORS or piece.form in ("pcon", "pant"):
        return True
    after = pieces[first + 1] if first + 1 < end else None
    if after is None:
        return False
    return (piece.pos == "ADP" and after.lemma in ("który", "ten", "jaki")) or (piece.lemma == "taki" and after.low == "jak")


def read_phrase(pieces: Sequence[Piece], start: int, end: int) -> tuple[int, int]:
    """Return the noun of the phrase that begins here and the cases it can have; (-1, 0) where none begins, or its words disagree."""
    place, agreed = start, ANY_CASE
    while place < end and (pieces[place].pos in ("ADJ", "NUM", "ADV") or pieces[place].low in ("się", "ich", "jego", "jej")):
        if pieces[place].pos == "ADJ":
            agreed &= pieces[place].mask
        place += 1
    if place >= end or not pieces[place].is_noun:
        return -1, 0
    mask = pieces[place].mask & agreed
    after = pieces[place + 1] if place + 1 < end else None
    if mask and after is not None and after.pos == "ADJ" and pieces[place].sort != "action":
        mask = mask & after.mask or mask
    return (place, in_both_numbers(mask)) if mask else (-1, 0)


def in_context(piece: Piece, before: Piece | None) -> int:
    """Return the cases of a noun after a preposition or another noun."""
    if before is not None and before.low in GOVERNED_MASKS:
        return piece.mask & GOVERNED_MASKS[before.low] or piece.mask
    if before is not None and (before.is_noun or before.pos == "ADJ") and piece.mask & GEN:
        return piece.mask & GEN
    return piece.mask & ~(NOM | VOC) or piece.mask
