"""Links between texts and concepts."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Body
from fastapi import Query as InQuery

from szlak.catalogue.api import examples
from szlak.catalogue.api.documents import answers
from szlak.catalogue.api.language import Lang
from szlak.catalogue.api.paging import cut_page
from szlak.catalogue.api.requests import CredentialLinksQuery, LinkRequest
from szlak.catalogue.api.schemas import EscoPage, LinkAnswer, LinkedText, LinkOut, OutcomeLinkOut
from szlak.catalogue.api.services import Services
from szlak.catalogue.messages import render
from szlak.catalogue.model.catalogue import OutcomeLink
from szlak.catalogue.model.linking import Link, LinkTarget, LinkText
from szlak.catalogue.model.reasons import Reason, explain_reasons
from szlak.catalogue.records import describe_foreign
from szlak.catalogue.services.find import Find

router = APIRouter(tags=["linking"])


@router.post("/links", response_model=LinkAnswer, responses=answers(examples.LINKED, 400, 413))
def link_texts(services: Services, lang: Lang, request: Annotated[LinkRequest, Body(examples=[examples.LINK_REQUEST])]) -> LinkAnswer:
    """Link texts to skills or occupations. Nothing is stored or logged."""
    texts = [LinkText(text=text.text, context=text.context, kind=text.kind, lang=text.lang) for text in request.texts]
    results = services.match.link(texts, LinkTarget(request.target), request.top_k)
    items = tuple(
        LinkedText(
            id=text.id,
            links=present_links(result.links, services.find, lang),
            nil=result.nil,
            lang=result.lang,
            note=describe_foreign(result.lang, lang),
        )
        for text, result in zip(request.texts, results, strict=True)
    )
    return LinkAnswer(items=items)


@router.get("/links", response_model=EscoPage[OutcomeLinkOut], responses=answers(examples.OUTCOME_LINKS, 404))
def list_links(services: Services, lang: Lang, query: Annotated[CredentialLinksQuery, InQuery()]) -> EscoPage[OutcomeLinkOut]:
    """Return the links in force of a credential's outcomes, most certain first within each outcome."""
    item = services.find.credential(query.credential)
    found = [
        _present_outcome_link(outcome.id, link, services.find, lang)
        for outcome in item.credential.outcomes
        for link in item.links.get(outcome.id, ())
    ]
    page, following = cut_page(found, query.limit, f"links:{query.credential}", query.cursor)
    return EscoPage(items=page, total=len(found), next=following)


def present_links(links: tuple[Link, ...], find: Find, lang: str) -> tuple[LinkOut, ...]:
    """Return links with the concepts' names in a language."""
    return tuple(_present_link(link, find, lang) for link in links)


def present_reasons(reasons: Sequence[Reason], lang: str) -> tuple[str, ...]:
    """Return reasons in sentences."""
    return tuple(render(sentence, lang) for sentence in explain_reasons(reasons))


def _present_link(link: Link, find: Find, lang: str) -> LinkOut:
    label = find.label(link.concept_uri, lang)
    return LinkOut(
        concept_uri=link.concept_uri,
        label=label.text if label else link.label,
        score=link.score,
        confidence=link.confidence,
        zone=link.zone,
        accepted=link.accepted,
        evidence=link.evidence,
        reasons=link.reasons,
        explanation=present_reasons(link.reasons, lang),
    )


def _present_outcome_link(outcome_id: str, link: OutcomeLink, find: Find, lang: str) -> OutcomeLinkOut:
    return OutcomeLinkOut(
        outcome_id=outcome_id,
        target=link.target,
        label=find.label(link.target, lang),
        framework=link.framework,
        framework_version=link.framework_version,
        relation=link.relation,
        origin=link.origin,
        score=link.score,
        confidence=link.confidence,
        evidence=link.evidence,
        reasons=link.reasons,
        explanation=present_reasons(link.reasons, lang),
        linker_version=link.linker_version,
        release=link.release,
    )
