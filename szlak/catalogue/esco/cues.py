"""By which words the parts of a vacancy are recognised, in Polish and English, in any inflection.

A heading stands alone on its line or before a colon; an inline cue colours the sentence it stands in. The lists are in any inflection, but
for INLINE_FORMS.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from szlak.catalogue.model.catalogue import SectionKind
from szlak.catalogue.polish import Polish

HEADINGS: dict[SectionKind, tuple[str, ...]] = {
    "duties": (
        "zakres obowiązków", "obowiązki", "twoje obowiązki", "główne obowiązki", "zadania", "twoje zadania", "główne zadania",
        "zakres zadań", "opis stanowiska", "opis pracy", "czym będziesz się zajmować", "co będziesz robić", "zakres odpowiedzialności",
        "twoja rola", "twój zakres odpowiedzialności", "na czym będzie polegać twoja praca", "do twoich zadań będzie należeć",
        "osoba na tym stanowisku", "osoba na stanowisku będzie odpowiedzialna", "responsibilities", "your responsibilities", "duties",
        "what you will do", "your role", "key responsibilities", "job description",
    ),
    "must": (
        "wymagania", "wymagania konieczne", "wymagania niezbędne", "wymagania formalne", "inne wymagania", "nasze wymagania", "oczekujemy",
        "oczekiwania", "nasze oczekiwania", "wymagamy", "wymagane", "profil kandydata", "kogo szukamy", "kogo poszukujemy",
        "czego oczekujemy", "od kandydatów oczekujemy", "wymagane kwalifikacje", "kwalifikacje", "umiejętności", "uprawnienia",
        "niezbędne", "wymagania wobec kandydatów", "requirements", "must have", "qualifications", "what we expect", "your profile",
        "required skills", "skills",
    ),
    "nice": (
        "mile widziane", "dodatkowe atuty", "dodatkowym atutem będzie", "dodatkowym atutem", "atutem będzie", "wymagania dodatkowe",
        "wymagania pożądane", "pożądane", "dodatkowe wymagania", "będzie atutem", "mile widziane będzie", "mile widziane będą",
        "będzie plusem", "plusem będzie", "dodatkowym plusem będzie", "dodatkowo cenimy", "docenimy", "nice to have",
        "preferred qualifications", "will be a plus",
    ),
    "offer": (
        "oferujemy", "zapewniamy", "co oferujemy", "nasza oferta", "oferta", "w zamian oferujemy", "firma oferuje", "pracodawca oferuje",
        "dajemy", "co dajemy", "gwarantujemy", "proponujemy", "u nas znajdziesz", "otrzymasz od nas", "możesz liczyć na",
        "benefity", "warunki pracy", "warunki zatrudnienia", "co zyskujesz", "dlaczego warto", "wynagrodzenie", "wynagrodzenie brutto",
        "zmianowość", "wymiar etatu", "rodzaj umowy", "praca tymczasowa", "data rozpoczęcia pracy", "liczba godzin w tygodniu",
        "liczba godzin w miesiącu", "miejsce pracy", "godziny pracy", "system pracy", "zawód", "sposób kontaktu", "kontakt",
        "wymagane dokumenty", "dokumenty", "źródło oferty pracy", "termin składania dokumentów", "jak aplikować", "sposób aplikowania",
        "we offer", "what we offer", "our offer", "benefits", "how to apply",
    ),
    "praise": ("o nas", "o firmie", "kim jesteśmy", "nasza firma", "opis firmy", "o pracodawcy", "poznaj nas", "about us", "who we are"),
    "legal": (
        "rodo", "klauzula informacyjna", "klauzula", "ochrona danych osobowych", "informacja o przetwarzaniu danych", "zgoda",
        "przetwarzanie danych osobowych", "oświadczenie lustracyjne", "lustracja", "data protection", "gdpr",
    ),
}  # fmt: skip

INLINE: dict[SectionKind, tuple[str, ...]] = {
    "nice": (
        "mile widziany", "mile widziane", "dodatkowy atut", "będzie atutem", "atutem będzie", "dodatkowy plus", "będzie plusem",
        "nie jest wymagane", "nice to have", "is a plus", "would be an asset",
    ),
    "legal": (
        "wyrażam zgodę", "zgoda na przetwarzanie", "przetwarzanie danych osobowych", "moich danych osobowych", "administrator danych",
        "rozporządzenie parlamentu europejskiego", "ogólne rozporządzenie o ochronie danych",
        "rodo", "klauzula", "oświadczenie lustracyjne", "gdpr",
    ),
    "offer": (
        "umowa o pracę", "umowa zlecenie", "kontrakt b2b", "atrakcyjne wynagrodzenie", "wynagrodzenie zasadnicze", "premia uznaniowa",
        "dodatek nocny", "podstawa brutto", "prywatna opieka medyczna", "pakiet medyczny", "ubezpieczenie grupowe", "karta multisport",
        "karta sportowa", "posiłki pracownicze", "zakwaterowanie i dojazd", "praca od zaraz", "ścieżka kariery",
        "osoby zainteresowane", "prosimy wysłać", "prosimy przesłać", "prosimy o przesłanie", "prosimy o dopisanie", "prosimy o kontakt",
        "list motywacyjny", "wysłać cv",
        "przesłać cv", "swoje cv", "kontakt do pracodawcy", "sposób kontaktu", "źródło oferty pracy", "aplikuj na tę ofertę",
        "czynnik szkodliwy dla zdrowia", "we offer", "send your cv", "apply now",
    ),
    "praise": ("jest jednym z liderów", "lider na rynku", "dla naszego klienta", "wiodąca firma", "wiodąca agencja", "firma założona"),
    "duties": ("będziesz odpowiedzialny", "do twoich zadań należy", "do zadań pracownika"),
    "must": ("poszukujemy osoby",),
}  # fmt: skip

INLINE_FORMS: dict[SectionKind, tuple[str, ...]] = {
    "offer": (
        "oferujemy", "zapewniamy", "gwarantujemy", "proponujemy", "skontaktujemy się", "skontaktuj się", "aplikuj", "klikając", "kliknij",
        "wyślij", "zł brutto", "zł / h", "zł netto",
    ),
    "praise": (
        "jesteśmy liderem", "jesteśmy firmą", "jesteśmy częścią", "jesteśmy agencją", "jesteśmy zespołem", "działamy na rynku",
        "prowadzimy działalność", "należymy do",
    ),
    "must": ("oczekujemy", "wymagamy"),
}  # fmt: skip
"""Inline cues that are cues only just so: "zapewniamy" is an offer, "zapewnia" an outcome."""


class Cues:
    """Finds cues in analysed texts."""

    def __init__(self, polish: Polish) -> None:
        self._headings = _make_matcher(polish, HEADINGS)
        self._inline = _make_matcher(polish, INLINE)
        self._forms = _make_matcher(polish, INLINE_FORMS, attr="LOWER")

    def headings(self, doc: Doc) -> list[tuple[SectionKind, int, int]]:
        """Return (kind, first token, end token) of what may be headings, in order; of overlapping ones the longest."""
        return _longest(doc, self._headings)

    def inline(self, doc: Doc) -> list[tuple[SectionKind, int, int]]:
        """Return (kind, first token, end token) of inline cues, in order; of overlapping ones the longest."""
        return _longest(doc, self._inline, self._forms)


def _make_matcher(polish: Polish, phrases: Mapping[SectionKind, Sequence[str]], attr: str = "LEMMA") -> PhraseMatcher:
    matcher = PhraseMatcher(polish.vocab, attr=attr)
    for kind, texts in phrases.items():
        matcher.add(kind, list(polish.analyse_many(texts)))
    return matcher


def _longest(doc: Doc, *matchers: PhraseMatcher) -> list[tuple[SectionKind, int, int]]:
    found: list[tuple[SectionKind, int, int]] = []
    matches = sorted((match for matcher in matchers for match in matcher(doc)), key=lambda match: (match[1], -match[2], match[0]))
    for key, start, end in matches:
        if not found or start >= found[-1][2]:
            found.append((doc.vocab.strings[key], start, end))  # type: ignore[arg-type]
    return found


@lru_cache(maxsize=2)
def load_cues(polish: Polish) -> Cues:
    """Return the cues for documents of an analyser."""
    return Cues(polish)
