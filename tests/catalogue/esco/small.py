"""A taxonomy small enough to reason about, in words of our own."""

from szlak.catalogue.esco.taxonomy import Taxonomy, build_taxonomy
from szlak.catalogue.model.taxonomy import Concept, ConceptKind, Label, LabelOrigin, LabelRole, LexiconEntry, Release, ReleaseContent

SKILLS = {
    "angielski": (("język angielski", "angielski"), ("Rozmawia z klientami po angielsku.",)),
    "csharp": (("C#",), ("Pisze programy w języku C#.",)),
    "excel": (("obsługa arkuszy kalkulacyjnych", "Excel"), ("Tworzy formuły i tabele przestawne w arkuszu.",)),
    "kasa": (("obsługa kasy fiskalnej", "kasowanie towarów"), ("Wbija towary na kasę i wydaje resztę.",)),
    "komunikacja": (("komunikacja",), ("Porozumiewa się jasno z innymi.",)),
    "nauczanie": (("uczyć komunikacji",), ("Prowadzi zajęcia z porozumiewania się.",)),
    "spawanie": (("spawanie metali", "spawać metodą MIG"), ("Łączy blachy łukiem elektrycznym.",)),
    "wózek": (("prowadzenie wózka widłowego",), ("Przewozi palety wózkiem po hali.",)),
    "zespół": (("zarządzanie zespołem", "kierowanie pracownikami"), ("Rozdziela zadania i pilnuje terminów zespołu.",)),
    "zielony": (("architektura zieleni",), ("Projektuje ogrody i parki.",)),
}
OCCUPATIONS = {
    "spawacz": (("spawacz", "spawaczka"), ("Spawa konstrukcje.",)),
    "sprzedawca": (("sprzedawca", "kasjer"), ("Obsługuje kasę.",)),
}


def uri(name: str) -> str:
    return f"http://example.org/{name}"


def make_taxonomy() -> Taxonomy:
    pillars = ((ConceptKind.SKILL, SKILLS), (ConceptKind.OCCUPATION, OCCUPATIONS))
    entries = [
        LexiconEntry(concept_uri=uri(name), kind=kind, names=names, sentences=sentences)
        for kind, table in pillars
        for name, (names, sentences) in table.items()
    ]
    english = {"zespół": "manage a team", "spawanie": "weld metal"}
    concepts = tuple(Concept(concept_uri=entry.concept_uri, kind=entry.kind, labels=_english(entry, english)) for entry in entries)
    release = Release(release_id="small", version="0", origin="starter", languages=("pl", "en"), content_hash="small")
    return build_taxonomy(ReleaseContent(release=release, concepts=concepts, relations=()), entries)


def _english(entry: LexiconEntry, english: dict[str, str]) -> tuple[Label, ...]:
    text = english.get(entry.concept_uri.rpartition("/")[2])
    return (Label(text=text, lang="en", role=LabelRole.PREFERRED, origin=LabelOrigin.OFFICIAL),) if text else ()
