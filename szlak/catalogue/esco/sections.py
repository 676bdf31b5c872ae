"""Cutting the text of a vacancy into lines, each with its section and its place in the text as received."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from szlak.catalogue.esco.cues import Cues
from szlak.catalogue.model.catalogue import SectionKind
from szlak.catalogue.polish import Polish
from szlak.catalogue.text import label_key

MAX_CHARS = 200_000
"""What is read of a vacancy; the rest is left aside."""

SHORT_TEXT_CHARS = 600
"""A text without any heading up to this length is a list of requirements, as public employment offices write them."""

_BREAK = re.compile(r"</?(?:p|br|li|ul|ol|div|h\d|tr|td|table)\b[^<>]{0,200}>|<[/a-z][^<>]{0,200}>|\s+", re.IGNORECASE)
_BULLET = re.compile(r"\n|[•▪●◦■✓✔➢►▶»·]|(?:(?<=[\s:;.,])|^)[-–—*](?=\s*\w)(?![-–—*\d])|(?<=[\s;:])\d{1,2}[.)]\s(?=\w)")
_BULLETS = "•-–*"
_HEADING_TAIL_WORDS = 4
_TITLE_CHARS = 90
_CLAUSE_WORDS = 6
_LEGAL_PARTS = 6
_ASKING: tuple[SectionKind, ...] = ("must", "nice")
_LISTS: tuple[SectionKind, ...] = ("duties", "must", "nice")


@dataclass(frozen=True, kw_only=True)
class Line:
    """A stretch `[start, end)` of the text as received, with its section."""

    text: str
    section: SectionKind
    start: int
    end: int


@dataclass(frozen=True)
class _Stretch:
    section: SectionKind
    start: int
    end: int
    headed: bool = True


def split_vacancy(text: str, polish: Polish, cues: Cues, *, title: str | None) -> tuple[str | None, tuple[Line, ...]]:
    """Return the title with which the text begins, if it does, and the lines.

    Where the vacancy has a title already, the first line is one only if it repeats it.
    """
    text = text[:MAX_CHARS]
    flat, origin = _flatten(text)
    doc = polish.analyse(flat)
    headings = _find_headings(doc, cues)
    title_end = _title_end(flat, headings) if title is None else _repeated_title_end(flat, title)
    parts = [part for stretch in _stretches(flat, headings, title_end) for part in _iter_parts(flat, doc, stretch)]
    lines = (_line(text, origin, part) for part in _colour(doc, cues, parts))
    return flat[:title_end].strip() or None, tuple(line for line in lines if _says_something(line))


def split_section(text: str, section: SectionKind, polish: Polish) -> tuple[Line, ...]:
    """Return the lines of one part whose section is known; offsets are within that part."""
    text = text[:MAX_CHARS]
    flat, origin = _flatten(text)
    parts = _iter_parts(flat, polish.analyse(flat), _Stretch(section, 0, len(flat)))
    return tuple(line for part in parts if _says_something(line := _line(text, origin, part)))


def _flatten(text: str) -> tuple[str, list[int]]:
    """Return the text with white space and markup folded to one space or line break, and where each character came from."""
    pieces: list[str] = []
    origin: list[int] = []
    done = 0
    for found in _BREAK.finditer(text):
        pieces.append(text[done : found.start()])
        origin += range(done, found.start())
        broken = "\n" in found.group() or "\r" in found.group() or re.match(r"</?(?:p|br|li|ul|ol|div|h\d|tr|table)\b", found.group(), re.I)
        pieces.append("\n" if broken else " ")
        origin.append(found.start())
        done = found.end()
    pieces.append(text[done:])
    origin += [*range(done, len(text)), len(text)]
    return "".join(pieces), origin


def _find_headings(doc: Doc, cues: Cues) -> list[_Stretch]:
    """Return the headings with the place where what they head begins."""
    found = []
    for kind, start, end in cues.headings(doc):
        tail = _heading_end(doc, start, end)
        if tail is not None and (kind not in _ASKING or _names_no_object(doc, end)):
            found.append(_Stretch(kind, doc[start].idx, tail))
    return found


def _names_no_object(doc: Doc, end: int) -> bool:
    """Tell "wymagane od kandydata:" from "wymagane prawo jazdy", which is a requirement itself."""
    return end == len(doc) or not doc[end].text[0].isalnum() or doc[end].pos_ in ("ADP", "CCONJ")


def _heading_end(doc: Doc, start: int, end: int) -> int | None:
    """Return the offset after a heading's colon or line, or None where the cue only stands in a sentence."""
    opens_line = start == 0 or doc[start - 1].text in f"\n.{_BULLETS}" or not doc[start - 1].text.strip()
    # "- uprawnienia do obsługi wózka" is an item of a list; "- Uprawnienia" alone on its line, or before a colon, heads one.
    is_item = start > 0 and doc[start - 1].text in _BULLETS
    announced = opens_line or doc[start].text[0].isupper()
    for place in range(end, min(end + _HEADING_TAIL_WORDS + 1, len(doc))):
        token = doc[place]
        if token.text == ":" and (announced or place == end):
            return int(token.idx) + 1
        if "\n" in token.text:
            return int(token.idx) if opens_line and (place == end or not is_item) else None
        if token.text in ".,;":
            return None
    return len(doc.text) if opens_line and end == len(doc) else None


def _repeated_title_end(flat: str, title: str) -> int:
    first = flat.lstrip().partition("\n")[0]
    return len(flat) - len(flat.lstrip()) + len(first) if label_key(first) == label_key(title) else 0


def _title_end(flat: str, headings: Sequence[_Stretch]) -> int:
    """Return where a title at the top ends: a short first line, followed by more, that is no heading, bullet or sentence."""
    first, line_break, _ = flat.lstrip().partition("\n")
    begins = len(flat) - len(flat.lstrip())
    is_heading = bool(headings) and headings[0].start <= begins
    is_title = line_break and len(first) <= _TITLE_CHARS and not first.rstrip().endswith((".", ",", ";", ":")) and not _BULLET.match(first)
    return begins + len(first) if is_title and not is_heading else 0


def _stretches(flat: str, headings: Sequence[_Stretch], begin: int) -> Iterator[_Stretch]:
    headings = [heading for heading in headings if heading.start >= begin]
    borders = [*(heading.start for heading in headings), len(flat)]
    yield _Stretch(_default_section(flat, headings), begin, borders[0], headed=False)
    for heading, border in zip(headings, borders[1:], strict=True):
        yield _Stretch(heading.section, heading.end, max(heading.end, border))


def _default_section(flat: str, headings: Sequence[_Stretch]) -> SectionKind:
    return "must" if not headings and len(flat) <= SHORT_TEXT_CHARS else "other"


def _iter_parts(flat: str, doc: Doc, stretch: _Stretch) -> Iterator[_Stretch]:
    """Yield the bullets, sentences and clauses of a stretch."""
    cuts = [found.span() for found in _BULLET.finditer(flat, stretch.start, stretch.end)]
    cuts += [(sent.start_char, sent.start_char) for sent in doc.sents if stretch.start < sent.start_char < stretch.end]
    done = stretch.start
    for start, end in [*sorted(cuts), (stretch.end, stretch.end)]:
        if start >= done:
            for first, last in _clauses(flat[done:start]) if stretch.section in _LISTS else [(0, start - done)]:
                yield replace(stretch, start=done + first, end=done + last)
            done = end


def _clauses(text: str) -> list[tuple[int, int]]:
    """Return the spans of a list's items: after semicolons always, after commas where the items are short."""
    items = _split_outside_brackets(text, ";,")
    if len(items) > 1 and sorted(len(text[start:end].split()) for start, end in items)[len(items) // 2] <= _CLAUSE_WORDS:
        return items
    return _split_outside_brackets(text, ";")


def _split_outside_brackets(text: str, signs: str) -> list[tuple[int, int]]:
    spans, depth, start = [], 0, 0
    for place, sign in enumerate(text):
        if sign in "([":
            depth += 1
        elif sign in ")]":
            depth = max(0, depth - 1)
        elif sign in signs and not depth and not text[place + 1 : place + 2].isdigit():
            spans.append((start, place))
            start = place + 1
    return [*spans, (start, len(text))]


def _colour(doc: Doc, cues: Cues, parts: Sequence[_Stretch]) -> Iterator[_Stretch]:
    """Yield the parts with the sections that their own words give them; a legal one makes the next few legal, as clauses go on."""
    found = [(int(doc[start].idx), kind) for kind, start, _ in cues.inline(doc)]
    place, legal_left = 0, 0
    previous: SectionKind | None = None
    for part in parts:
        while place < len(found) and found[place][0] < part.start:
            place += 1
        cue = found[place][1] if place < len(found) and found[place][0] < part.end else None
        goes_on = legal_left > 0 and cue is None and part.section == previous
        legal_left = _LEGAL_PARTS if cue == "legal" else legal_left - 1 if goes_on else 0
        previous = part.section
        yield replace(part, section="legal" if cue == "legal" or goes_on else _recolour(part, cue))


def _recolour(part: _Stretch, cue: SectionKind | None) -> SectionKind:
    """Return the section of a part: "nice to have" wins over a heading, other cues only where there is none."""
    if cue is None or (part.headed and not (cue == "nice" and part.section in _LISTS)):
        return part.section
    return cue


def _says_something(line: Line) -> bool:
    return any(sign.isalpha() for sign in line.text)


def _line(text: str, origin: Sequence[int], part: _Stretch) -> Line:
    start, end = origin[part.start], origin[part.end]
    cut = text[start:end]
    left = len(cut) - len(cut.lstrip(" \t\r\n\u00a0-–—*•,;:."))
    body = cut[left:].rstrip(" \t\r\n\u00a0,;")
    return Line(text=body, section=part.section, start=start + left, end=start + left + len(body))
