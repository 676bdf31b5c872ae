"""A text as the cutting of clauses sees it: words with the cases they can have, in stretches that nothing can join across."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from spacy.tokens import Doc, Token

from szlak.catalogue.esco.linking.clause_words import ACTIONS, ENGLISH, ENGLISH_VERBS, MISREAD, THINGS, TOPICS

Ending = Literal["item", "sentence", "line"]
Sort = Literal["action", "topic", "name", "thing"]

_CASE_BITS = {f"{number}.{case}": 1 << place for place, (number, case) in enumerate(
    (number, case) for number in ("sg", "pl") for case in ("nom", "gen", "dat", "acc", "inst", "loc", "voc")
)}  # fmt: skip
_CASES = len(_CASE_BITS) // 2
_ONE_NUMBER = (1 << _CASES) - 1
ANY_CASE = (1 << len(_CASE_BITS)) - 1

_BULLET = frozenset("•▪●◦■□✓✔➢►▶»·‣∙")
_BLOCK = re.compile(r"</?(?:p|br|li|ul|ol|div|h\d|tr|td|table)\b", re.IGNORECASE)
_LINE_END = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_OPEN = {"(": ")", "[": "]", "{": "}", "„": "”", "“": "”", "«": "»"}
_ENDS = frozenset(".!?…")
_SHORTENED = frozenset({"ds", "kl", "st", "wyk", "wykszt", "pon", "ust"})
_ACRONYM_CHARS = 5


def case_mask(case: str) -> int:
    """Return the bits of a case ("gen") in both numbers."""
    return sum(bit for name, bit in _CASE_BITS.items() if name.endswith(case))


NOM, GEN, VOC = case_mask("nom"), case_mask("gen"), case_mask("voc")


def in_both_numbers(mask: int) -> int:
    """Return the cases of a mask in singular and plural: "oleju" and "filtrów" are both genitives."""
    cases = (mask | mask >> _CASES) & _ONE_NUMBER
    return cases | cases << _CASES


@dataclass(slots=True)
class Piece:
    """A word or sign at `[start, end)`; `mask` are the cases it can have.

    `form` of a verb is fin, inf, pcon and so on as Morfeusz names them, or en (English); of what can be a gerund, ger.
    """

    start: int
    end: int
    low: str
    lemma: str
    pos: str
    form: str
    mask: int
    sort: Sort
    shut: bool = False
    """Whether it stands in brackets or quotation marks."""

    @property
    def is_noun(self) -> bool:
        """Whether it can head a phrase: a noun, a name, an unknown word."""
        return self.pos == "NOUN" or self.pos == "X"

    @property
    def is_word(self) -> bool:
        """Whether it has letters or digits."""
        return self.pos not in ("PUNCT", "SPACE")

    @property
    def is_content(self) -> bool:
        """Whether it says something by itself."""
        return self.pos in ("NOUN", "X", "VERB", "ADJ") and any(sign.isalpha() for sign in self.low)


@dataclass(frozen=True)
class Stretch:
    """Pieces that belong to one sentence and one line, and what ends after them."""

    pieces: Sequence[Piece]
    ends: Ending


def iter_stretches(doc: Doc) -> Iterator[Stretch]:
    """Yield the lines, bullets, sentences and what semicolons part, in order; together in time linear in the document."""
    english = _is_english(doc)
    line: list[Token] = []
    for token in doc:
        if token.is_space and not _LINE_END.search(token.text):
            continue
        if token.is_space or token.text in _BULLET or (token.text[0] == "<" and _BLOCK.match(token.text)):
            yield from _cut_line(line, english)
            line = []
        else:
            line.append(token)
    yield from _cut_line(line, english)


def _cut_line(line: Sequence[Token], english: bool) -> Iterator[Stretch]:
    pieces = [_read(token, english) for token in line]
    _shut(pieces)
    begun = 0
    for place, piece in enumerate(pieces):
        if piece.shut or not (piece.low == ";" or piece.low in _ENDS):
            continue
        ends: Ending = "item" if piece.low == ";" else "sentence"
        if ends == "item" or _starts_sentence(line, place, begun):
            yield from _stretch(line, pieces, begun, place + 1, ends=ends)
            begun = place + 1
    yield from _stretch(line, pieces, begun, len(pieces), ends="line")


def _stretch(line: Sequence[Token], pieces: Sequence[Piece], begin: int, end: int, *, ends: Ending) -> Iterator[Stretch]:
    if begin < end:
        _name_names(line, pieces, begin, end)
        yield Stretch(pieces[begin:end], ends)


def _starts_sentence(line: Sequence[Token], place: int, begun: int) -> bool:
    """Tell the end of a sentence from "2." at the head of an item and from "J. Nowak"."""
    if place + 1 == len(line):
        return False
    before = line[place - 1].text if place > begun else ""
    following = line[place + 1].text
    is_mark = place - begun == 1 and (before.isdigit() or len(before) == 1)
    is_short = (len(before) == 1 and before.isalpha()) or before.lower() in _SHORTENED
    return not is_mark and not is_short and (following[0].isupper() or following[0] in '-–„"')


def _read(token: Token, english: bool) -> Piece:
    text, low, pos = token.text, token.lower_, token.pos_
    name, mask = _read_tag(MISREAD.get(low) or token.tag_)
    if low in MISREAD:
        pos = "ADJ" if name == "adj" else "NOUN"
    elif pos == "NOUN" and low[-1] == ".":
        pos = "PART"  # "kat.", "min."
    form = name if pos == "VERB" or name == "ger" else ""
    if english:
        pos, form = ("VERB", "en") if low in ENGLISH_VERBS else (pos if pos in ("PUNCT", "NUM", "SPACE") else "X", "")
    lemma = token.lemma_
    sort: Sort = "thing"
    if lemma in TOPICS:
        sort = "topic"
    elif pos == "NOUN" and (lemma in ACTIONS or (name == "ger" and lemma not in THINGS)):
        sort = "action"
        mask = (mask & _SINGULAR or mask) if name == "ger" else mask
    if pos == "X":
        sort, mask = "name", ANY_CASE
    return Piece(token.idx, token.idx + len(text), low, lemma, pos, form, mask, sort)


_SINGULAR = sum(bit for name, bit in _CASE_BITS.items() if name.startswith("sg"))


@lru_cache(maxsize=4096)
def _read_tag(tag: str) -> tuple[str, int]:
    name, *cases = tag.split(" ")
    return name, sum(_CASE_BITS.get(case, 0) for case in cases)


def _is_english(doc: Doc) -> bool:
    """Tell by the small words of the first hundred."""
    lows = [token.lower_ for token in doc[:100]]
    return sum(low in ENGLISH for low in lows) > sum(low in _POLISH for low in lows)


_POLISH = frozenset({"i", "w", "z", "na", "oraz", "się", "lub", "o", "przez", "dla", "nie", "jest", "do", "od", "po", "przy", "ze", "za"})


def _shut(pieces: Sequence[Piece]) -> None:
    """Mark what stands between brackets or quotation marks that match on this line."""
    opened: list[int] = []
    quote: int | None = None
    spans: list[tuple[int, int]] = []
    for place, piece in enumerate(pieces):
        if piece.low in _OPEN:
            opened.append(place)
        elif opened and (piece.low == _OPEN[pieces[opened[-1]].low] or (piece.low == '"' and pieces[opened[-1]].low == "„")):
            spans.append((opened.pop(), place))
        elif piece.low == '"':
            if quote is not None:
                spans.append((quote, place))
            quote = place if quote is None else None
    done = 0
    for start, end in sorted(spans):
        for place in range(max(start, done), end + 1):
            pieces[place].shut = True
        done = max(done, end + 1)


def _name_names(line: Sequence[Token], pieces: Sequence[Piece], begin: int, end: int) -> None:
    """Make nouns with a capital letter inside a sentence names, which can be in any case."""
    first = next((place for place in range(begin, end) if pieces[place].is_word and pieces[place].pos != "NUM"), end)
    for place in range(first, end):
        text, piece = line[place].text, pieces[place]
        if not text[0].isupper() or piece.pos not in ("NOUN", "X", "ADJ", "VERB") or piece.sort == "action":
            continue
        is_acronym = text.isupper() and len(text) <= _ACRONYM_CHARS
        if is_acronym or (place > first and not text.isupper()):
            piece.pos, piece.form, piece.sort, piece.mask = "X", "", "name", ANY_CASE
