"""Credentials and their offers."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Path
from fastapi import Query as InQuery

from szlak.catalogue.api import examples
from szlak.catalogue.api.documents import answers
from szlak.catalogue.api.language import Lang
from szlak.catalogue.api.paging import parse_cursor, take_page
from szlak.catalogue.api.requests import CredentialQuery, PagedQuery
from szlak.catalogue.api.schemas import CredentialAlone, CredentialOut, CredentialPageOut, FacetOut, OfferOut, Page
from szlak.catalogue.api.services import Services
from szlak.catalogue.api.validation import Id
from szlak.catalogue.model.catalogue import Credential
from szlak.catalogue.model.places import VOIVODESHIPS
from szlak.catalogue.model.search import FacetValue
from szlak.catalogue.services.find import CredentialItem, Find, OfferItem

router = APIRouter(tags=["catalogue"])
OFFERS = "offers"


@router.get("/credentials", response_model=CredentialPageOut, responses=answers(examples.CREDENTIALS, 410))
def list_credentials(services: Services, lang: Lang, query: Annotated[CredentialQuery, InQuery()]) -> CredentialPageOut:
    """Search credentials. Each comes with those of its offers that fit."""
    page = services.find.credentials(query.plan())
    return CredentialPageOut(
        items=[_present(item) for item in page.items],
        total=page.total,
        next=page.next,
        facets=_present_facets(page.facets, services.find, lang),
    )


@router.get("/credentials/{record_id:path}", response_model=CredentialAlone, responses=answers(examples.CREDENTIAL, 404))
def get_credential(services: Services, record_id: Annotated[Id, Path()]) -> CredentialAlone:
    """Return a credential with all its offers."""
    item = services.find.credential(record_id)
    return CredentialAlone(credential=_with_links(item), offers=item.offers)


@router.get("/offers", response_model=Page[OfferOut], responses=answers(examples.OFFERS))
def list_offers(services: Services, query: Annotated[PagedQuery, InQuery()]) -> Page[OfferOut]:
    """Return all offers by id, a page at a time."""
    found = services.find.offers(parse_cursor(OFFERS, query.cursor), query.limit + 1)
    page, following = take_page(found, query.limit, OFFERS, lambda item: item.offer.offer_id or "")
    return Page(items=[_present_offer(item) for item in page], total=services.find.counts().get(OFFERS, 0), next=following)


@router.get("/offers/{offer_id:path}", response_model=OfferOut, responses=answers(examples.OFFER, 404))
def get_offer(services: Services, offer_id: Annotated[Id, Path()]) -> OfferOut:
    """Return an offer with the credential it is an edition of."""
    return _present_offer(services.find.offer(offer_id))


def _with_links(item: CredentialItem) -> Credential:
    outcomes = tuple(replace(outcome, links=item.links.get(outcome.id, ())) for outcome in item.credential.outcomes)
    return replace(item.credential, outcomes=outcomes)


def _present(item: CredentialItem) -> CredentialOut:
    return CredentialOut(credential=_with_links(item), offers=item.offers)


def _present_offer(item: OfferItem) -> OfferOut:
    return OfferOut(credential_id=item.credential_id, title=item.title, offer=item.offer)


def _present_facets(facets: Mapping[str, tuple[FacetValue, ...]], find: Find, lang: str) -> dict[str, tuple[FacetOut, ...]]:
    return {
        name: tuple(FacetOut(value=value.value, count=value.count, label=_label(name, value.value, find, lang)) for value in values)
        for name, values in facets.items()
    }


def _label(facet: str, value: str, find: Find, lang: str) -> str | None:
    if facet == "voivodeship":
        return VOIVODESHIPS.get(value)
    label = find.label(value, lang) if facet == "skill" else None
    return label.text if label else None
