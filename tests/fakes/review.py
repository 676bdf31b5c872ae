"""A catalogue for the review alone: a store and a taxonomy of five invented concepts, with links as the tests need them."""

from datetime import UTC, date, datetime, timedelta

from szlak.catalogue.esco.taxonomy import Taxonomy, build_taxonomy
from szlak.catalogue.model.catalogue import Credential, Location, Offer, Outcome, OutcomeLink, Provenance, Provider
from szlak.catalogue.model.linking import Link, StoredLink, Zone
from szlak.catalogue.model.taxonomy import (
    Concept,
    ConceptKind,
    ConceptRelation,
    Label,
    LabelOrigin,
    LabelRole,
    RelationKind,
    Release,
    ReleaseContent,
)
from szlak.catalogue.polish import Polish
from szlak.catalogue.services.review import Answer, Review
from szlak.catalogue.store import Store
from szlak.catalogue.text import text_key

TODAY = date(2027, 1, 4)
SKILL = "http://data.europa.eu/esco/skill/"
WELD, TALK, SEW, CRAFT, WELDER = SKILL + "weld", SKILL + "talk", SKILL + "sew", SKILL + "S1", "http://data.europa.eu/esco/occupation/welder"
WELDS, TALKS = "Spawa blachy i rozmawia", "Prowadzi rozmowę"
_NAMES = {WELD: "spawać", TALK: "rozmawiać", SEW: "szyć", CRAFT: "rzemiosło", WELDER: "spawacz"}
_KINDS = {CRAFT: ConceptKind.SKILL_GROUP, WELDER: ConceptKind.OCCUPATION}


class Clock:
    """Moments a minute apart."""

    def __init__(self) -> None:
        self._now = datetime(2027, 1, 4, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        self._now += timedelta(minutes=1)
        return self._now


class ReviewCatalogue:
    """What the review needs of services.ports.Catalogue."""

    def __init__(self, store: Store, *, release_id: str = "esco-1.2.1") -> None:
        self.store = store
        self.polish = Polish()
        self.taxonomy = self.import_release(release_id)

    def import_release(self, release_id: str, *, without: frozenset[str] = frozenset()) -> Taxonomy:
        content = make_release(release_id, without)
        with self.store.begin() as uow:
            uow.save_release(content)
        self.taxonomy = build_taxonomy(content, ())
        return self.taxonomy

    def add(self, credential: Credential, *links: StoredLink) -> None:
        with self.store.begin() as uow:
            uow.upsert(credential)
            uow.replace_links(credential.record_id, links)


def make_release(release_id: str, without: frozenset[str] = frozenset()) -> ReleaseContent:
    release = Release(release_id=release_id, version="1.2.1", origin="esco", languages=("pl",), content_hash=f"sha256:{release_id}")
    return ReleaseContent(
        release=release,
        concepts=tuple(make_concept(uri) for uri in _NAMES if uri not in without),
        relations=(ConceptRelation(source=WELD, kind=RelationKind.BROADER, target=CRAFT),),
        collections={},
    )


def make_concept(uri: str) -> Concept:
    label = Label(text=_NAMES[uri], lang="pl", role=LabelRole.PREFERRED, origin=LabelOrigin.OFFICIAL)
    other = Label(text=_NAMES[uri] + " (inaczej)", lang="pl", role=LabelRole.ALTERNATIVE, origin=LabelOrigin.OFFICIAL)
    return Concept(concept_uri=uri, kind=_KINDS.get(uri, ConceptKind.SKILL), labels=(label, other), skill_type="knowledge")


def make_course(record_id: str, *texts: str, offers: tuple[Offer, ...] = (), provider: str = "Warsztat", stated: str = "") -> Credential:
    links = (OutcomeLink(target=stated, framework="ESCO", origin="provider"),) if stated else ()
    return Credential(
        record_id=record_id,
        kind="course",
        title={"pl": f"Kurs {record_id}"},
        provider=Provider(name=provider),
        outcomes=tuple(Outcome(id=f"lo:{number}", text={"pl": text}, links=links) for number, text in enumerate(texts)),
        offers=offers,
        provenance=Provenance(source="test", source_id=record_id),
    )


def make_edition(source_id: str, **given: object) -> Offer:
    return Offer(offer_id=f"of:{source_id}", source_id=source_id, location=Location(online=True), **given)  # type: ignore[arg-type]


def make_link(record_id: str, text: str, uri: str, confidence: float, zone: Zone = Zone.ASK, version: str = "words-1") -> StoredLink:
    link = Link(concept_uri=uri, label=_NAMES[uri], score=confidence, confidence=confidence, zone=zone, evidence=(0, 5))
    return StoredLink(record_id=record_id, subject=text_key(text), link=link, linker_version=version, release="esco-1.2.1")


def make_review(catalogue: ReviewCatalogue) -> Review:
    return Review(catalogue, lambda: TODAY, Clock())  # type: ignore[arg-type]


def accept(record_id: str, text: str, uri: str, **more: object) -> Answer:
    return Answer(record_id=record_id, subject=text_key(text), target=uri, verdict="accept", **more)  # type: ignore[arg-type]


def reject(record_id: str, text: str, uri: str) -> Answer:
    return Answer(record_id=record_id, subject=text_key(text), target=uri, verdict="reject")


def nothing(record_id: str, text: str) -> Answer:
    return Answer(record_id=record_id, subject=text_key(text), verdict="nothing")
