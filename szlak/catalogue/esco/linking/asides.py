"""How much of a text asks for no skill: what an employer offers, praise, how to apply, legal clauses, schooling, years of work."""

from functools import lru_cache

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from szlak.catalogue.esco.cues import load_cues
from szlak.catalogue.esco.sections import split_vacancy
from szlak.catalogue.model.catalogue import SectionKind
from szlak.catalogue.polish import Polish

_SECTIONS: frozenset[SectionKind] = frozenset({"offer", "praise", "legal"})
_KINDS = frozenset({None, "job_requirement", "offer_title"})

_IDLE = (
    "doświadczenie na podobnym stanowisku", "doświadczenie na pokrewnym stanowisku", "doświadczenie w pracy na podobnym stanowisku",
    "doświadczenie zawodowe", "doświadczenie w branży", "wymagane doświadczenie", "staż pracy", "minimum rok doświadczenia",
    "rok doświadczenia", "lata doświadczenia", "wykształcenie podstawowe", "wykształcenie zawodowe", "wykształcenie średnie",
    "wykształcenie wyższe", "wykształcenie branżowe", "wykształcenie techniczne", "wykształcenie kierunkowe", "niepełne podstawowe",
    "wykształcenie : brak", "orzeczenie o niepełnosprawności", "książeczka sanepidowska", "aktualne badania", "dyspozycyjność",
    "niekaralność", "obywatelstwo polskie", "własny samochód", "miejsce wykonywania pracy", "similar position", "higher education",
)  # fmt: skip
"""What is asked for and is no skill."""


_DENIALS = (
    "nie zna", "nie potrafi", "nie umie", "nie rozumie", "nie mam doświadczenia", "nie ma doświadczenia", "nie wymagamy znajomości",
    "nie wymagamy doświadczenia", "nie jest wymagany", "nie jest wymagana", "nie jest wymagane", "nie są wymagane", "bez znajomości",
    "bez umiejętności", "bez doświadczenia", "not required", "no experience in", "cannot speak", "does not know",
)  # fmt: skip
"""What says that a skill is not there or not asked for."""


def is_denied(doc: Doc, polish: Polish) -> bool:
    """Tell a text of which every sentence says what somebody cannot do or need not know."""
    starts = [start for _, start, _ in _load_matcher(polish, _DENIALS)(doc)]
    return bool(starts) and all(any(sentence.start <= start < sentence.end for start in starts) for sentence in doc.sents)


def measure_aside(text: str, kind: str | None, doc: Doc, polish: Polish) -> float:
    """Return the share of a text, 0 to 1, that asks for no skill; 0 for what is no line of a vacancy.

    Args:
        text: As received.
        kind: What it is (`model.linking.TEXT_KINDS`), None where that is not known.
        doc: The analysed text (`Polish.analyse(text)`).
        polish: The analyser.
    """
    if kind not in _KINDS:
        return 0.0
    idle = sum(doc[start:end].end_char - doc[start:end].start_char for start, end in _idle_spans(doc, polish))
    return min(1.0, _measure_sections(text, doc, polish) + idle / max(1, len(text.strip())))


def _measure_sections(text: str, doc: Doc, polish: Polish) -> float:
    cues = load_cues(polish)
    if not _SECTIONS.intersection(kind for kind, _, _ in (*cues.headings(doc), *cues.inline(doc))):
        return 0.0
    _, lines = split_vacancy(text, polish, cues, title="")
    sizes = [(len(line.text), line.section in _SECTIONS) for line in lines]
    return sum(size for size, is_aside in sizes if is_aside) / max(1, sum(size for size, _ in sizes))


def _idle_spans(doc: Doc, polish: Polish) -> list[tuple[int, int]]:
    """Return the spans of phrases that ask for no skill, those that overlap joined."""
    spans: list[tuple[int, int]] = []
    for start, end in sorted((start, end) for _, start, end in _load_matcher(polish, _IDLE)(doc)):
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


@lru_cache(maxsize=4)
def _load_matcher(polish: Polish, phrases: tuple[str, ...]) -> PhraseMatcher:
    matcher = PhraseMatcher(polish.vocab, attr="LEMMA")
    matcher.add("phrase", list(polish.analyse_many(phrases)))
    return matcher
