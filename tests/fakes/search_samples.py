"""A small taxonomy and a small catalogue to search, in our own words, and random catalogues."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache

from hypothesis import strategies as st

from szlak.catalogue.esco.taxonomy import Taxonomy, build_taxonomy
from szlak.catalogue.model.catalogue import (
    Credential,
    Level,
    Location,
    Offer,
    Outcome,
    Participation,
    Price,
    Provenance,
    Provider,
    Workload,
)
from szlak.catalogue.model.search import SearchFilters
from szlak.catalogue.model.taxonomy import Concept, ConceptKind, Label, LabelOrigin, LabelRole, Release, ReleaseContent
from szlak.catalogue.polish import Polish
from szlak.catalogue.search.documents import ConceptDocument, OfferDocument, build_concept_documents, build_offer_documents


@cache
def polish() -> Polish:
    """The analyser, made once for all tests."""
    return Polish()


def make_concept(kind: ConceptKind, uri: str, pl: str, en: str = "", others: Sequence[str] = ()) -> Concept:
    names = [(pl, "pl", LabelRole.PREFERRED), (en, "en", LabelRole.PREFERRED), *((name, "pl", LabelRole.ALTERNATIVE) for name in others)]
    labels = tuple(Label(text=text, lang=lang, role=role, origin=LabelOrigin.OURS) for text, lang, role in names if text)
    return Concept(concept_uri=uri, kind=kind, labels=labels)


BOOKS, TEAM, WELD, TAX = (f"http://example.org/skill/{name}" for name in ("books", "team", "weld", "tax"))
BOOKKEEPER, WELDER = "http://example.org/occupation/bookkeeper", "http://example.org/occupation/welder"


@cache
def taxonomy() -> Taxonomy:
    """Four skills and two occupations."""
    concepts = (
        make_concept(ConceptKind.SKILL, BOOKS, "prowadzenie księgowości", "keep the books", ["rachunkowość"]),
        make_concept(ConceptKind.SKILL, TEAM, "zarządzanie zespołem", "manage a team"),
        make_concept(ConceptKind.SKILL, WELD, "spawanie łukowe", "arc welding"),
        make_concept(ConceptKind.SKILL, TAX, "rozliczanie podatków", "settle taxes", ["księgowość podatkowa"]),
        make_concept(ConceptKind.OCCUPATION, BOOKKEEPER, "księgowa", "bookkeeper", ["księgowy"]),
        make_concept(ConceptKind.OCCUPATION, WELDER, "spawacz", "welder"),
    )
    release = Release(release_id="sample", version="1", origin="starter", languages=("pl", "en"), content_hash="0" * 64)
    return build_taxonomy(ReleaseContent(release=release, concepts=concepts, relations=()), ())


def make_offer(offer_id: str, **given: object) -> Offer:
    return Offer(offer_id=offer_id, source_id=offer_id, **given)  # type: ignore[arg-type]


def make_credential(record_id: str, title: str, **given: object) -> Credential:
    base: dict[str, object] = {"kind": "micro-credential", "provider": Provider(name="Szkoła Testowa")}
    base |= {"provenance": Provenance(source="tests", source_id=record_id)}
    return Credential(record_id=record_id, title={"pl": title}, **(base | given))  # type: ignore[arg-type]


def sample_credentials() -> list[tuple[Credential, tuple[str, ...]]]:
    """Three credentials with what they teach; the second has no offers."""
    books = make_credential(
        "c-books",
        "Księgowość dla początkujących",
        description={"pl": "Kurs uczy prowadzić księgi małej firmy."},
        provider=Provider(name="Uniwersytet Próbny"),
        outcomes=(Outcome(id="1", text={"pl": "Prowadzi ewidencję kosztów i przychodów"}),),
        level=Level(prk=4, eqf=4),
        language=("pl",),
        participation=Participation(mode="presential"),
        offers=(
            make_offer("o-late", starts=date(2027, 3, 1), price=Price(amount=Decimal("900.00")), location=Location(teryt="1465")),
            make_offer("o-unknown"),
            make_offer("o-early", starts=date(2027, 1, 1), mode="online", language=("en",), hours=Decimal(30)),
        ),
    )
    team = make_credential("c-team", "Praca w zespole projektowym", workload=Workload(hours=Decimal(12)), kind="badge")
    weld = make_credential(
        "c-weld", "Spawanie łukiem", offers=(make_offer("o-weld", location=Location(teryt="02", online=False), mode="workbased"),)
    )
    return [(books, (BOOKS, TAX)), (team, (TEAM,)), (weld, (WELD,))]


def offer_documents(credentials: Sequence[tuple[Credential, tuple[str, ...]]]) -> list[OfferDocument]:
    return [document for credential, uris in credentials for document in build_offer_documents(credential, uris, taxonomy())]


def concept_documents() -> list[ConceptDocument]:
    return build_concept_documents(taxonomy())


WORDS = ("księgowość", "zespół", "spawanie", "kurs", "projekt", "dane", "łąka", "żółw")
PROVIDERS = ("Uniwersytet Próbny", "Szkoła Testowa", "Łódzki Ośrodek")
_days = st.dates(date(2027, 1, 1), date(2027, 1, 6))
_amounts = st.decimals(0, 5, places=1)
_titles = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
_locations = st.builds(Location, teryt=st.sampled_from([None, "1465", "02", "9901"]), online=st.sampled_from([None, True, False]))
_modes = st.sampled_from([None, "online", "presential"])


@st.composite
def catalogues(draw: st.DrawFn) -> list[tuple[Credential, tuple[str, ...]]]:
    """Up to nine credentials with up to four offers each; few words and days, so that ties are common."""
    made = []
    for number in range(draw(st.integers(0, 9))):
        offers = tuple(
            make_offer(
                f"o{number}-{at}",
                starts=draw(st.none() | _days),
                price=draw(st.none() | st.builds(Price, amount=_amounts)),
                hours=draw(st.none() | _amounts),
                mode=draw(_modes),
                location=draw(_locations),
                language=draw(st.sampled_from([None, ("pl",), ("en", "pl", "pl")])),
            )
            for at in range(draw(st.integers(0, 4)))
        )
        credential = make_credential(
            f"c{number}",
            draw(_titles),
            description=draw(st.none() | _titles.map(lambda text: {"pl": text})),
            provider=Provider(name=draw(st.sampled_from(PROVIDERS))),
            kind=draw(st.sampled_from(["badge", "course"])),
            level=Level(prk=draw(st.sampled_from([None, 3, 4]))),
            participation=Participation(mode=draw(_modes)),
            offers=offers,
        )
        made.append((credential, tuple(draw(st.lists(st.sampled_from([BOOKS, TEAM, WELD, TAX]), max_size=3)))))
    return made


def _some(values: Sequence[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.just(()) | st.lists(st.sampled_from(values), max_size=2).map(tuple)


FILTERS = st.builds(
    SearchFilters,
    kinds=_some(["badge", "course"]),
    modes=_some(["online", "presential"]),
    voivodeships=_some(["14", "02", "online"]),
    skills=_some([BOOKS, TEAM]),
    levels=_some(["prk:3", "prk:4", "eqf:1"]),
    price_max=st.none() | _amounts,
    hours_max=st.none() | _amounts,
    starts_from=st.none() | _days,
    starts_by=st.none() | _days,
)
QUERIES = st.just("") | st.lists(st.sampled_from((*WORDS, "projektami", "ksiegowosci", "i", "nic takiego")), max_size=4).map(" ".join)
