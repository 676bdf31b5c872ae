"""Which clauses of an outcome, duty or requirement are to be linked, and where they stand in the text as received."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from spacy.tokens import Doc

from szlak.catalogue.esco.linking.clauses import Clause, cut_clauses
from szlak.catalogue.esco.linking.openers import OPENING_WORDS, OpenerKind, find_opener, find_tail, write_words
from szlak.catalogue.esco.linking.stretches import Ending, Piece, Stretch, iter_stretches
from szlak.catalogue.model.noun import noun

MAX_PARTS = 12
"""Clauses beyond this many are left to the whole."""

_AROUND = frozenset(".,;:!?…-–—*•/\\|+=~_#") | {"i", "oraz", "lub", "albo", "a", "także", "and", "or"}
_SPACES = "".join(sign for sign in map(chr, range(0x3001)) if sign.isspace())
_CLOSING = _SPACES + ".,;:!?…-–—"
_ANYTHING = write_words([("x", "x", "X")])[0]
_MARK_CHARS = 3


@noun
class Mention:
    """Something to link. `text` is its spans joined by a space; each is `[start, end)` in code points of the text as received."""

    text: str
    spans: tuple[tuple[int, int], ...]
    opener: OpenerKind | None


@noun
class Mentions:
    """The text without its opener, and its clauses in order where there are several."""

    whole: Mention
    parts: tuple[Mention, ...]


def find_mentions(text: str, doc: Doc) -> Mentions:
    """Cut a text into what is to be linked, in time linear in its length.

    Args:
        text: As received.
        doc: The analysed text (`Polish.analyse(text)`).

    The opener of a mention is the first that has a kind ("Mile widziana znajomość ...": wish); clauses that follow in the same
    sentence inherit it, unless they have a finite verb of their own. Of more than MAX_PARTS clauses the first ones are given.
    """
    items = [item for stretch in iter_stretches(doc) if (item := _open(stretch)).begin < len(item.pieces)]
    if not items:
        return Mentions(whole=_mention(text, _trim_text(text), None), parts=())
    parts = tuple(islice(_iter_parts(text, items), MAX_PARTS))
    return Mentions(whole=_whole(text, items), parts=parts if len(parts) > 1 else ())


@dataclass(frozen=True)
class _Item:
    """A stretch whose point begins at the piece `begin`, after its opener; a heading is an opener alone."""

    pieces: Sequence[Piece]
    written: Sequence[str]
    begin: int
    opener: OpenerKind | None
    is_heading: bool
    ends: Ending


def _open(stretch: Stretch) -> _Item:
    pieces = stretch.pieces
    marks = _count_marks(pieces)
    written = write_words([(piece.lemma, piece.low, "INF" if piece.form == "inf" else piece.pos) for piece in pieces])
    skipped, opener = find_opener(written[marks : marks + 2 * OPENING_WORDS])
    is_heading = False
    if not opener and len(pieces) - marks < OPENING_WORDS:
        end = max((place + 1 for place, piece in enumerate(pieces) if piece.is_word), default=0)
        taken, announced = find_opener([*written[marks:end], _ANYTHING])
        if announced and taken == end - marks:
            skipped, opener, is_heading = 0, announced, True
    begin = marks + skipped
    while skipped and begin < len(pieces) and pieces[begin].low in _AROUND:
        begin += 1
    return _Item(pieces, written, begin, opener, is_heading, stretch.ends)


def _count_marks(pieces: Sequence[Piece]) -> int:
    """Return how many pieces at the head are bullets, or the number of an item ("2.", "a)")."""
    place = 0
    while place < len(pieces) and not pieces[place].shut:
        numbers = place + 1 < len(pieces) and len(pieces[place].low) <= _MARK_CHARS and pieces[place + 1].low in (".", ")")
        if numbers and pieces[place].is_word and (pieces[place].low.isdigit() or len(pieces[place].low) == 1):
            place += 2
        elif not pieces[place].is_word:
            place += 1
        else:
            break
    return place


def _whole(text: str, items: Sequence[_Item]) -> Mention:
    number = next((place for place, item in enumerate(items) if not item.is_heading), 0)
    first, last = items[number], items[-1]
    tail = find_tail(last.written[last.begin :]) if len(items) == 1 else 0
    tail = tail if any(piece.is_content for piece in first.pieces[first.begin : len(first.pieces) - tail]) else 0
    opener = first.opener or (items[number - 1].opener if number else None) or ("wish" if tail else None)
    start, end = first.pieces[first.begin].start, last.pieces[len(last.pieces) - tail - 1].end
    spans = _trim_text(text, start, end)
    return _mention(text, spans or _trim_text(text), opener)


def _trim_text(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Return the span without white space and closing signs around it; none where nothing is left."""
    cut = text[start:end]
    body = cut.rstrip(_CLOSING) or cut.rstrip()
    left = len(body) - len(body.lstrip())
    return [(start + left, start + len(body))] if len(body) > left else []


def _iter_parts(text: str, items: Sequence[_Item]) -> Iterator[Mention]:
    """Yield the clauses that say something. A heading opens the lines below it; other openers hold to the end of a sentence."""
    headed: OpenerKind | None = None
    inherited: OpenerKind | None = None
    for item in items:
        if item.is_heading:
            inherited = headed = item.opener
            continue
        inherited = item.opener or inherited
        pieces, written = item.pieces[item.begin :], item.written[item.begin :]
        for number, clause in enumerate(cut_clauses(pieces, written, opened=inherited is not None)):
            inherited = clause.opener or inherited
            goes_alone = clause.finite and clause.opener is None and (number > 0 or item.opener is None)
            mention = _read_clause(text, pieces, written, clause, None if goes_alone else inherited)
            if mention:
                yield mention
        headed = None if item.ends == "sentence" else headed
        inherited = inherited if item.ends == "item" else headed


def _read_clause(text: str, pieces: Sequence[Piece], written: Sequence[str], clause: Clause, opener: OpenerKind | None) -> Mention | None:
    start, end = clause.spans[-1]
    tail = find_tail(written[start:end])
    spans = [*clause.spans[:-1], (start, end - tail)]
    if not any(piece.is_content for first, last in spans for piece in pieces[first:last]):
        spans, tail = list(clause.spans), 0
    if not any(piece.is_content for first, last in spans for piece in pieces[first:last]):
        return None
    trimmed = [span for first, last in spans if (span := _trim(pieces, first, last))]
    return _mention(text, trimmed, opener or ("wish" if tail else None))


def _trim(pieces: Sequence[Piece], first: int, last: int) -> tuple[int, int] | None:
    """Return the place in the text of pieces without joining words and signs around them."""
    while first < last and pieces[first].low in _AROUND:
        first += 1
    while first < last and pieces[last - 1].low in _AROUND:
        last -= 1
    return (pieces[first].start, pieces[last - 1].end) if first < last else None


def _mention(text: str, spans: Sequence[tuple[int, int]], opener: OpenerKind | None) -> Mention:
    return Mention(text=" ".join(text[start:end] for start, end in spans), spans=tuple(spans), opener=opener)
