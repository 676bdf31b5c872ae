"""By which words the parts of a vacancy are recognised, in Polish and English, in any inflection.

A heading stands alone on its line or before a colon; an inline cue colours the sentence it stands in.
"""

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
        "oferujemy", "zapewniamy", "gwarantujemy", "umowa o pracę", "atrakcyjne wynagrodzenie", "prywatna opieka medyczna",
        "karta multisport", "skontaktujemy się", "skontaktuj się", "osoby zainteresowane", "prosimy o przesłanie",
        "prosimy o kontakt", "we offer",
    ),
    "praise": ("jesteśmy liderem", "jesteśmy firmą", "jesteśmy częścią", "jest jednym z liderów", "lider na rynku", "dla naszego klienta"),
    "duties": ("będziesz odpowiedzialny", "do twoich zadań należy", "do zadań pracownika"),
    "must": ("oczekujemy", "wymagamy", "poszukujemy osoby"),
}  # fmt: skip

_OPENERS = """
znajomość umiejętność umieć wiedza znać bardzo dobry biegły podstawowy praktyczny mile widzieć posiadać posiadanie zdolność
doświadczenie wymagany wymagać oczekiwać ogólny dodatkowy atut być zakres z w
"""
OPENERS = frozenset(_OPENERS.split())
"""Lemmas with which a requirement opens before it comes to the point."""


class Cues:
    """Finds cues in analysed texts."""

    def __init__(self, polish: Polish) -> None:
        self._headings = _make_matcher(polish, HEADINGS)
        self._inline = _make_matcher(polish, INLINE)

    def headings(self, doc: Doc) -> list[tuple[SectionKind, int, int]]:
        """Return (kind, first token, end token) of what may be headings, in order; of overlapping ones the longest."""
        return _longest(self._headings, doc)

    def inline(self, doc: Doc) -> list[tuple[SectionKind, int, int]]:
        """Return (kind, first token, end token) of inline cues, in order; of overlapping ones the longest."""
        return _longest(self._inline, doc)


def _make_matcher(polish: Polish, phrases: dict[SectionKind, tuple[str, ...]]) -> PhraseMatcher:
    matcher = PhraseMatcher(polish.vocab, attr="LEMMA")
    for kind, texts in phrases.items():
        matcher.add(kind, list(polish.analyse_many(texts)))
    return matcher


def _longest(matcher: PhraseMatcher, doc: Doc) -> list[tuple[SectionKind, int, int]]:
    found: list[tuple[SectionKind, int, int]] = []
    matches = sorted(matcher(doc), key=lambda match: (match[1], -match[2], match[0]))
    for key, start, end in matches:
        if not found or start >= found[-1][2]:
            found.append((doc.vocab.strings[key], start, end))  # type: ignore[arg-type]
    return found
