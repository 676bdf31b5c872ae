"""Finding: credentials with their offers, concepts, occupations, vacancies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from szlak.catalogue.errors import NotFound
from szlak.catalogue.esco.effective import effective_links
from szlak.catalogue.esco.taxonomy import Taxonomy
from szlak.catalogue.messages import Message
from szlak.catalogue.model.catalogue import Credential, Offer, OutcomeLink, Vacancy
from szlak.catalogue.model.matching import Gap, TargetOccupation
from szlak.catalogue.model.search import FacetValue, SearchIndex, SearchPlan, Suggestion
from szlak.catalogue.model.taxonomy import Concept, ConceptKind, Label, Release
from szlak.catalogue.services.ports import Catalogue


@dataclass(frozen=True, kw_only=True)
class CredentialItem:
    """A credential with those of its offers that fit, and the links of each outcome by outcome id."""

    credential: Credential
    offers: tuple[Offer, ...]
    links: Mapping[str, tuple[OutcomeLink, ...]]
    score: float


@dataclass(frozen=True, kw_only=True)
class CredentialPage:
    """A page of credentials; `total` and facets count offers (and credentials that have none)."""

    items: tuple[CredentialItem, ...]
    total: int
    next: str | None
    facets: Mapping[str, tuple[FacetValue, ...]]


@dataclass(frozen=True, kw_only=True)
class OfferItem:
    """An offer with the id and title of the credential it is an edition of."""

    credential_id: str
    title: Mapping[str, str]
    offer: Offer


@dataclass(frozen=True, kw_only=True)
class ConceptItem:
    """A concept with the name to show and whose name that is."""

    concept: Concept
    label: Label
    score: float = 0.0


@dataclass(frozen=True, kw_only=True)
class ConceptPage:
    """A page of concepts."""

    items: tuple[ConceptItem, ...]
    total: int
    next: str | None


@dataclass(frozen=True, kw_only=True)
class ConceptView:
    """A concept with all its names and what stands next to it."""

    concept: Concept
    label: Label
    labels: tuple[Label, ...]
    broader: tuple[ConceptItem, ...]
    narrower: tuple[ConceptItem, ...]
    essential: tuple[ConceptItem, ...]
    optional: tuple[ConceptItem, ...]
    release: Release


class Find:
    """Reads the index, the store and the taxonomy; changes nothing."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Keep the catalogue, which opens its parts when they are first needed."""
        self._catalogue = catalogue

    @property
    def _index(self) -> SearchIndex:
        return self._catalogue.index

    @property
    def _taxonomy(self) -> Taxonomy:
        return self._catalogue.taxonomy

    def credentials(self, plan: SearchPlan) -> CredentialPage:
        """Return a page of credentials with those of their offers that fit the plan."""
        page = self._index.search(replace(plan, kind="offers"))
        ids = [hit.id for hit in page.items]
        with self._catalogue.store.read() as uow:
            found, stored, decisions = uow.credentials(ids), uow.links(ids), uow.decisions(ids)
        items = tuple(
            CredentialItem(
                credential=found[hit.id],
                offers=tuple(offer for offer in found[hit.id].offers if offer.offer_id in set(hit.offer_ids)),
                links=effective_links(found[hit.id], stored.get(hit.id, ()), decisions.get(hit.id, ())),
                score=hit.score,
            )
            for hit in page.items
            if hit.id in found
        )
        return CredentialPage(items=items, total=page.total, next=page.next, facets=page.facets)

    def credential(self, record_id: str) -> CredentialItem:
        """Return a credential with all its offers.

        Raises:
            NotFound: no credential has this id.
        """
        with self._catalogue.store.read() as uow:
            credential = uow.credential(record_id)
            stored, decisions = uow.links([record_id]), uow.decisions([record_id])
        if credential is None:
            raise NotFound(Message("No credential has the id “{id}”.", {"id": record_id}))
        links = effective_links(credential, stored.get(record_id, ()), decisions.get(record_id, ()))
        return CredentialItem(credential=credential, offers=credential.offers, links=links, score=0.0)

    def offer(self, offer_id: str) -> OfferItem:
        """Return an offer with the credential it belongs to."""
        with self._catalogue.store.read() as uow:
            found = uow.offer(offer_id)
        if found is None:
            raise NotFound(Message("No offer has the id “{id}”.", {"id": offer_id}))
        credential, offer = found
        return OfferItem(credential_id=credential.record_id, title=credential.title, offer=offer)

    def offers(self, after: str | None, limit: int) -> tuple[OfferItem, ...]:
        """Return at most `limit` offers by id, those after an id."""
        with self._catalogue.store.read() as uow:
            return tuple(
                OfferItem(credential_id=credential_id, title=title, offer=offer)
                for credential_id, title, offer in uow.list_offers(after, limit)
            )

    def concepts(self, plan: SearchPlan, lang: str) -> ConceptPage:
        """Return a page of skills or occupations."""
        page = self._index.search(plan)
        items = tuple(self._item(hit.id, lang, hit.score) for hit in page.items)
        return ConceptPage(items=items, total=page.total, next=page.next)

    def concept_item(self, uri: str, lang: str) -> ConceptItem:
        """Return a concept with the name to show.

        Raises:
            NotFound: the taxonomy has no such concept.
        """
        return self._item(uri, lang)

    def concept(self, uri: str, lang: str) -> ConceptView:
        """Return a concept with its names and neighbours.

        Raises:
            NotFound: the taxonomy has no such concept.
        """
        taxonomy = self._taxonomy
        needs = taxonomy.needs(uri)
        return ConceptView(
            concept=taxonomy.concept(uri),
            label=taxonomy.label(uri, lang),
            labels=taxonomy.labels(uri),
            broader=self._items(taxonomy.broader(uri), lang),
            narrower=self._items(taxonomy.narrower(uri), lang),
            essential=self._items(tuple(r.target for r in needs if r.kind == "essential"), lang),
            optional=self._items(tuple(r.target for r in needs if r.kind == "optional"), lang),
            release=taxonomy.release,
        )

    def occupation(self, uri: str, lang: str) -> ConceptView:
        """Return an occupation with the skills that ESCO names for it."""
        view = self.concept(uri, lang)
        if view.concept.kind is not ConceptKind.OCCUPATION:
            raise NotFound(Message("No occupation has the URI “{uri}”.", {"uri": uri}))
        return view

    def suggest(self, prefix: str, limit: int) -> list[Suggestion]:
        """Return completions of what was typed."""
        return self._index.suggest(prefix, limit=limit)

    def vacancy(self, record_id: str) -> Vacancy:
        """Return a stored vacancy."""
        with self._catalogue.store.read() as uow:
            vacancy = uow.vacancy(record_id)
        if vacancy is None:
            raise NotFound(Message("No vacancy has the id “{id}”.", {"id": record_id}))
        return vacancy

    def vacancies(self, after: str | None, limit: int) -> tuple[Vacancy, ...]:
        """Return at most `limit` vacancies by id, those after an id."""
        with self._catalogue.store.read() as uow:
            return uow.list_vacancies(after, limit)

    def counts(self) -> Mapping[str, int]:
        """Return how many of each kind of thing the store holds."""
        with self._catalogue.store.read() as uow:
            return uow.counts()

    def label(self, uri: str, lang: str) -> Label | None:
        """Return the name to show for a concept, or None for a URI that the taxonomy does not know."""
        return self._taxonomy.label(uri, lang) if self._taxonomy.find(uri) else None

    def name_gap(self, gap: Gap, lang: str) -> Gap:
        """Return a gap whose skills and occupations are named in a language, where the taxonomy knows them."""
        skills = tuple(replace(skill, label=self._name(skill.concept_uri, skill.label, lang)) for skill in gap.skills)
        return Gap(skills=skills, occupations=self.name_occupations(gap.occupations, lang))

    def name_occupations(self, occupations: Sequence[TargetOccupation], lang: str) -> tuple[TargetOccupation, ...]:
        """Return occupations named in a language, where the taxonomy knows them."""
        return tuple(replace(found, label=self._name(found.concept_uri, found.label, lang)) for found in occupations)

    def _name(self, uri: str, otherwise: str, lang: str) -> str:
        label = self.label(uri, lang)
        return label.text if label else otherwise

    def _items(self, uris: tuple[str, ...], lang: str) -> tuple[ConceptItem, ...]:
        return tuple(self._item(uri, lang) for uri in uris if self._taxonomy.find(uri))

    def _item(self, uri: str, lang: str, score: float = 0.0) -> ConceptItem:
        return ConceptItem(concept=self._taxonomy.concept(uri), label=self._taxonomy.label(uri, lang), score=score)
