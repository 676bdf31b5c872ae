"""Cutting a stretch at its commas and conjunctions, where what follows can stand as a clause; in doubt nothing is cut.

Three things may follow a conjunction: a clause of its own (a verb in the form of the first, a noun in its case), a second object of
the same head ("obsługa kasy" + "terminala": found by case, unless another noun on the way has that case too), or more of the
same phrase. A head without an object of its own shares the next one's ("montaż i konserwacja instalacji").
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from szlak.catalogue.esco.linking.chunks import GOVERNED_MASKS, Chunk, in_context, iter_chunks, read_chunk, read_phrase
from szlak.catalogue.esco.linking.clause_words import CONJUNCTIONS, SELF_CONTAINED
from szlak.catalogue.esco.linking.openers import OpenerKind, find_opener
from szlak.catalogue.esco.linking.stretches import ANY_CASE, GEN, NOM, VOC, Piece, Sort, in_both_numbers

Span = tuple[int, int]
"""Places `[first, end)` in the pieces of a stretch."""

_LIST_CHUNKS = 3
_ITEM_WORDS = 4
_LOOKED_BACK = 10


@dataclass(frozen=True)
class Clause:
    """The spans of one clause and the opener that it has itself."""

    spans: tuple[Span, ...]
    opener: OpenerKind | None = None
    finite: bool = False


@dataclass
class _Open:
    """A clause that still grows. `object` is the noun of its first object (-1: none), which begins at `object_start`."""

    chunk: Chunk
    end: int
    verb: str
    head_end: int
    opener: OpenerKind | None = None
    object: int = -1
    object_start: int = 0
    object_mask: int = 0
    nested: int = 0
    nested_sorts: dict[Sort, int] = field(default_factory=dict)
    dependent: bool = False
    dependent_form: str | None = None
    object_end: int = -1
    first_end: int = 0
    shares: list[Span] = field(default_factory=list)


def cut_clauses(pieces: Sequence[Piece], written: Sequence[str], *, opened: bool) -> Iterator[Clause]:
    """Yield the clauses of a stretch in order.

    Args:
        pieces: The stretch without its opener.
        written: The pieces as `openers.write_words` writes them.
        opened: Whether an opener came before, so that even bare nouns are a list of what it asks for.
    """
    chunks = list(iter_chunks(pieces))
    if chunks:
        yield from _Cutter(pieces, written, chunks, opened).cut()


class _Cutter:
    def __init__(self, pieces: Sequence[Piece], written: Sequence[str], chunks: Sequence[Chunk], opened: bool) -> None:
        self.pieces = pieces
        self.written = written
        self.chunks = chunks
        self.opened = opened
        self.listed = self._is_list()
        self.clauses: list[_Open] = []

    def cut(self) -> Iterator[Clause]:
        self._begin(self.chunks[0], 0, None)
        for chunk in self.chunks[1:]:
            skip, opener = find_opener(self.written[chunk.start : chunk.end])
            if opener and chunk.separator not in (":", "–", "—", "-"):
                self._begin(chunk, skip, opener)
            else:
                self._place(chunk)
        for place in range(len(self.clauses)):
            yield from self._finish(place)

    def _is_list(self) -> bool:
        """Whether these are three or more short names of things and nothing else."""
        return len(self.chunks) >= _LIST_CHUNKS and all(
            chunk.noun >= 0 and chunk.end - chunk.start <= _ITEM_WORDS and chunk.separator != ":" for chunk in self.chunks
        )

    def _begin(self, chunk: Chunk, skip: int, opener: OpenerKind | None) -> None:
        if skip:
            chunk = read_chunk(self.pieces, chunk.start + skip, chunk.end, chunk.separator)
        verb = self._find_verb(chunk)
        clause = _Open(chunk, chunk.end, "", chunk.start, opener, first_end=chunk.end)
        if verb >= 0:
            clause.verb = self.pieces[verb].form
            clause.head_end = verb + 1
            if clause.head_end < chunk.end and self.pieces[clause.head_end].low == "się":
                clause.head_end += 1
        elif chunk.noun >= 0:
            clause.head_end = self._end_of_head(chunk)
        self._read_object(clause, chunk.end)
        self.clauses.append(clause)

    def _find_verb(self, chunk: Chunk) -> int:
        """Return the verb with which a chunk begins, or, after "W ramach ...", the first one of the very first chunk."""
        if self.pieces[chunk.first].form in ("fin", "inf", "en"):
            return chunk.first
        if self.clauses or self.opened or chunk.noun >= 0 or chunk.is_dependent:
            return -1
        return next((place for place in range(chunk.first, chunk.end) if self.pieces[place].form in ("fin", "inf")), -1)

    def _end_of_head(self, chunk: Chunk) -> int:
        """Return where the head ends with the adjectives that agree with it; "montaż nowego sprzętu" has none."""
        mask = self.pieces[chunk.noun].mask
        own = mask if mask & GEN else mask & NOM or mask
        end = chunk.noun + 1
        while end < chunk.end:
            piece = self.pieces[end]
            if not (piece.low == "się" or self._goes_on(end) or (piece.pos == "ADJ" and piece.mask & own)):
                break
            end += 1
        return end

    def _goes_on(self, place: int) -> bool:
        """Whether a name of several words goes on here."""
        return self.pieces[place].sort == "name" and self.pieces[place - 1].sort == "name"

    def _read_object(self, clause: _Open, end: int) -> None:
        """Note the first object of a clause, with its preposition, and the cases of what is nested behind it."""
        start, governed = clause.head_end, ANY_CASE
        if start < end and self.pieces[start].pos in ("ADP", "PART") and self.pieces[start].low in GOVERNED_MASKS:
            governed = GOVERNED_MASKS[self.pieces[start].low]
            start += 1
        noun, mask = read_phrase(self.pieces, start, end)
        if noun >= 0:
            if governed == ANY_CASE:
                governed = ANY_CASE & ~(NOM | VOC) if clause.verb or not mask & GEN else GEN
            clause.object, clause.object_start, clause.object_mask = noun, start, mask & governed or mask
        self._nest(clause, noun + 1 if noun >= 0 else clause.head_end, end)

    def _nest(self, clause: _Open, start: int, end: int) -> None:
        """Add the cases of the nouns of `[start, end)` to those that a later conjunct might belong to instead."""
        for place in range(start, end):
            piece = self.pieces[place]
            if not piece.is_noun or piece.shut or (place and self._goes_on(place)):
                continue
            mask = in_both_numbers(in_context(piece, self.pieces[place - 1] if place else None))
            clause.nested_sorts[piece.sort] = clause.nested_sorts.get(piece.sort, 0) | mask
            if piece.sort != "name":
                clause.nested |= mask
        clause.end = end

    def _place(self, chunk: Chunk) -> None:
        clause = self.clauses[-1]
        if chunk.separator in (":", "–", "—", "-"):
            if not self._is_own(chunk, clause, strict=True):
                clause.dependent = True
                self._join(chunk)
                return
            self._begin(chunk, 0, None)
        elif chunk.is_dependent:
            self._depend(chunk, clause)
            self._join(chunk)
        elif self._is_own(chunk, clause, strict=clause.dependent):
            self._begin(chunk, 0, None)
        elif not clause.dependent and self._shares_head(chunk, clause):
            self._share(chunk, clause)
        else:
            self._join(chunk)

    def _depend(self, chunk: Chunk, clause: _Open) -> None:
        """Note that from here on the clause explains itself; what has a verb of its own is no part of a shared object."""
        clause.dependent = True
        forms = (piece.form for piece in self.pieces[chunk.first : chunk.end])
        clause.dependent_form = next((form for form in forms if form in ("fin", "inf")), None)
        if clause.dependent_form and clause.object_end < 0:
            clause.object_end = clause.end

    def _join(self, chunk: Chunk) -> None:
        clause = self.clauses[-1]
        self._nest(clause, chunk.start, chunk.end)
        if clause.shares:
            clause.shares[-1] = (clause.shares[-1][0], chunk.end)
        else:
            clause.first_end = chunk.end

    def _share(self, chunk: Chunk, clause: _Open) -> None:
        clause.shares.append((chunk.start, chunk.end))
        clause.nested, clause.nested_sorts = 0, {}
        self._nest(clause, chunk.noun + 1, chunk.end)

    def _is_own(self, chunk: Chunk, clause: _Open, *, strict: bool) -> bool:
        """Whether a chunk is a clause of its own; `strict` after what depends or explains, where only clear ones count."""
        form = self.pieces[chunk.first].form
        if form in ("fin", "inf", "en"):
            if clause.dependent_form is not None and form == clause.dependent_form:
                return False
            return form == clause.verb if clause.verb else form == "fin" and self.opened and not strict
        if chunk.noun < 0 or clause.verb or clause.chunk.noun < 0 or self._dangles(clause.end):
            return False
        return self._is_own_noun(chunk, clause, strict=strict)

    def _is_own_noun(self, chunk: Chunk, clause: _Open, *, strict: bool) -> bool:
        head, noun = self.pieces[clause.chunk.noun], self.pieces[chunk.noun]
        level = clause.chunk.mask if self._is_opened(clause) or head.sort == "name" else clause.chunk.mask & NOM or clause.chunk.mask
        anew = self._is_opened(clause) and chunk.mask & NOM and not chunk.mask & GEN  # "znajomość przepisów, obsługa komputera"
        if anew and not strict and (noun.sort == "action" or "," in chunk.separator):
            return True
        if not (chunk.mask & level or anew):
            return False
        rivals = clause.nested_sorts.get(noun.sort, 0)
        if clause.object >= 0 and self.pieces[clause.object].sort == noun.sort:
            rivals |= clause.object_mask
        alike = head.sort == noun.sort and head.sort in ("action", "topic") and not chunk.mask & rivals
        # "budowania wizerunku i organizacji": one of two nouns in the genitive, the other a gerund, tells nothing.
        alike = alike and not (level & GEN and head.form == "ger" and noun.form != "ger")
        if strict:
            return alike and noun.sort == "action" and not chunk.mask & GEN
        if alike:
            return noun.sort == "action" or not self._is_bare(clause)
        clash = self._clashes(chunk, clause) or (clause.object >= 0 and chunk.mask & clause.object_mask)
        return not clash and (not self._is_bare(clause) or self._is_item(chunk, clause))

    def _dangles(self, end: int) -> bool:
        """Whether an adjective stands before the conjunction whose noun comes after it ("proste i złożone programy")."""
        last = self.pieces[end - 1]
        if last.pos != "ADJ":
            return False
        place = end - 2
        while place > max(0, end - _LOOKED_BACK) and (self.pieces[place].pos in ("ADJ", "ADV", "PART") or self._joins(place)):
            place -= 1
        return place < 0 or not self.pieces[place].is_noun or not self.pieces[place].mask & last.mask

    def _joins(self, place: int) -> bool:
        return self.pieces[place].low == "," or self.pieces[place].low in CONJUNCTIONS

    def _is_opened(self, clause: _Open) -> bool:
        return self.opened or clause.opener is not None

    def _is_bare(self, clause: _Open) -> bool:
        return clause.end == clause.head_end

    def _is_item(self, chunk: Chunk, clause: _Open) -> bool:
        """Whether bare nouns are a list: under an opener, three or more, names, or a quality beside a deed."""
        head, noun = self.pieces[clause.chunk.noun], self.pieces[chunk.noun]
        if self.listed or noun.sort == head.sort == "name" or (noun.sort == "action" and head.sort != "action"):
            return True
        return self._is_opened(clause) and (head.sort == "name" or clause.head_end - clause.chunk.noun > 1 or not self._is_long(chunk))

    def _is_long(self, chunk: Chunk) -> bool:
        """Whether a noun has a complement that those before it may share ("możliwości systemu")."""
        place = chunk.noun + 1
        while place < chunk.end and (self.pieces[place].pos == "ADJ" or self._goes_on(place)):
            place += 1
        return place < chunk.end and self.pieces[place].is_noun and bool(self.pieces[place].mask & GEN)

    def _clashes(self, chunk: Chunk, clause: _Open) -> bool:
        """Whether the noun might as well be joined to one that is nested in the clause."""
        if self.pieces[chunk.noun].sort == "name":
            return bool(clause.nested_sorts)
        return bool(chunk.mask & clause.nested)

    def _shares_head(self, chunk: Chunk, clause: _Open) -> bool:
        if chunk.noun < 0 or clause.object < 0 or not chunk.mask & clause.object_mask or self._dangles(clause.end):
            return False
        first, noun = self.pieces[clause.object], self.pieces[chunk.noun]
        if not clause.verb and self.pieces[clause.chunk.noun].sort not in ("action", "topic"):
            return False
        if self._clashes(chunk, clause) and not (self.listed and clause.shares):
            alike = first.sort == noun.sort and first.sort in ("action", "topic")
            return first.lemma == noun.lemma or (alike and not chunk.mask & clause.nested_sorts.get(first.sort, 0))
        is_lone = clause.object + 1 == clause.end and clause.object == clause.object_start and first.sort != "name"
        return (self.listed and noun.sort != "action") or not (is_lone and self._is_long(chunk))

    def _finish(self, place: int) -> Iterator[Clause]:
        clause = self.clauses[place]
        begin, finite = clause.chunk.start, clause.verb == "fin"
        borrowed = self._borrowed(place)
        first = (begin, clause.first_end)
        yield Clause((first, borrowed) if borrowed else (first,), clause.opener, finite)
        for share in clause.shares:
            spans = ((begin, clause.object_start), share) if clause.object_start > begin else (share,)
            yield Clause(spans, clause.opener, finite)

    def _borrowed(self, place: int) -> Span | None:
        """Return the object of the next clause that has one, for a head that has none."""
        clause = self.clauses[place]
        for other in self.clauses[place + 1 :]:
            if other.verb != clause.verb or other.opener or not self._may_share(clause, other):
                return None
            if not self._is_bare(other):
                return other.head_end, other.object_end if other.object_end > other.head_end else other.end
        return None

    def _may_share(self, clause: _Open, other: _Open) -> bool:
        if not self._is_bare(clause):
            return False
        if clause.verb:
            return self.pieces[clause.head_end - 1].low != "się"
        nouns = [self.pieces[one.chunk.noun] for one in (clause, other)]
        return all(noun.sort == "action" for noun in nouns) and nouns[0].lemma not in SELF_CONTAINED
