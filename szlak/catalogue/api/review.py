"""Review by a curator: only on a server started with `szlak serve --curator NAME`, and only from the machine it runs on."""

from typing import Annotated

from fastapi import APIRouter, Body, Depends, Request
from fastapi import Query as InQuery

from szlak.catalogue.api import review_examples as examples
from szlak.catalogue.api.documents import answers
from szlak.catalogue.api.language import Lang
from szlak.catalogue.api.links import present_reasons
from szlak.catalogue.api.paging import cut_page, format_cursor, parse_offset
from szlak.catalogue.api.review_shapes import (
    AgreementOut,
    AgreementQuery,
    CandidateOut,
    DecidedOut,
    DecisionOut,
    DecisionRequest,
    DisputeOut,
    HistoryQuery,
    ProgressOut,
    QueueOut,
    QueueQuery,
    ReviewItemOut,
    UndoRequest,
)
from szlak.catalogue.api.schemas import EscoPage
from szlak.catalogue.api.services import Services
from szlak.catalogue.errors import Forbidden, InputInvalid
from szlak.catalogue.esco.agreement import Agreement
from szlak.catalogue.messages import Message
from szlak.catalogue.model.linking import Decision
from szlak.catalogue.services.curator import OFF, check_request, check_write
from szlak.catalogue.services.review import Answer, Decided, Desk, Review, Wanted
from szlak.catalogue.services.review_items import Candidate, ReviewItem

router = APIRouter(tags=["review"], prefix="/review")
QUEUE = "review"


def reading_desk(request: Request, services: Services) -> Desk:
    """Return the curator's desk, or refuse."""
    if services.desk is None:
        raise Forbidden(OFF)
    check_request(request.headers)
    return services.desk


def writing_desk(request: Request, desk: Annotated[Desk, Depends(reading_desk)]) -> Desk:
    """Return the curator's desk for a request that writes, or refuse."""
    check_write(request.headers)
    return desk


Reading = Annotated[Desk, Depends(reading_desk)]
Writing = Annotated[Desk, Depends(writing_desk)]


@router.get("/queue", response_model=QueueOut, responses=answers(examples.QUEUE, 403))
def list_queue(desk: Reading, lang: Lang, query: Annotated[QueueQuery, InQuery()]) -> QueueOut:
    """Return texts with their candidate concepts, those first whose answer is worth most."""
    name = f"{QUEUE}:{query.state}:{query.kind}:{query.provider}:{query.record}"
    offset = parse_offset(name, query.cursor)
    wanted = Wanted(state=query.state, kind=query.kind, provider=query.provider, record=query.record, offset=offset, limit=query.limit)
    page = desk.review.queue(wanted, lang, by=desk.curator)
    end = offset + query.limit
    progress = page.progress
    return QueueOut(
        items=[_present_item(item, desk.review, lang) for item in page.items],
        total=page.total,
        next=format_cursor(name, str(end)) if end < page.total else None,
        progress=ProgressOut(total=progress.total, decided=progress.decided, waiting=progress.waiting, disputed=progress.disputed),
    )


@router.post("/decisions", response_model=DecidedOut, responses=answers(examples.DECIDED, 400, 403, 404, 409, 413))
def decide(desk: Writing, lang: Lang, request: Annotated[DecisionRequest, Body(examples=[examples.DECISION_REQUEST])]) -> DecidedOut:
    """Accept or reject a concept, or say that nothing (else) fits. The same said twice is stored once."""
    return _present_decided(desk.review.decide(Answer(**request.model_dump()), by=desk.curator), desk.review, lang)


@router.post("/undo", response_model=DecidedOut, responses=answers(examples.UNDONE, 400, 403, 404, 409, 413))
def undo(desk: Writing, lang: Lang, request: Annotated[UndoRequest, Body(examples=[examples.UNDO_REQUEST])]) -> DecidedOut:
    """Withdraw the curator's own decision, which stays in the history; what others decided before is in force again."""
    answer = Answer(**request.model_dump(), verdict="withdrawn")
    return _present_decided(desk.review.undo(answer, by=desk.curator), desk.review, lang)


@router.get("/history", response_model=EscoPage[DecisionOut], responses=answers(examples.HISTORY, 403, 404, 409))
def list_history(desk: Reading, lang: Lang, query: Annotated[HistoryQuery, InQuery()]) -> EscoPage[DecisionOut]:
    """Return everything that was decided about a text, oldest first, also where its record no longer has it."""
    found = [_present_decision(decision, desk.review, lang) for decision in desk.review.history(query.record, query.subject)]
    page, following = cut_page(found, query.limit, f"history:{query.record}:{query.subject}", query.cursor)
    return EscoPage(items=page, total=len(found), next=following)


@router.get("/agreement", response_model=EscoPage[AgreementOut], responses=answers(examples.AGREEMENT, 403))
def list_agreement(desk: Reading, lang: Lang, query: Annotated[AgreementQuery, InQuery()]) -> EscoPage[AgreementOut]:
    """Compare two reviewers, or every two who judged something in common."""
    if (query.a is None) != (query.b is None):
        raise InputInvalid(Message("Name two reviewers, or none to compare all."))
    pairs = desk.review.agreements() if query.a is None or query.b is None else (desk.review.agreement(query.a, query.b),)
    found = [_present_agreement(pair, desk.review, lang) for pair in pairs]
    page, following = cut_page(found, query.limit, f"agreement:{query.a}:{query.b}", query.cursor)
    return EscoPage(items=page, total=len(found), next=following)


def _present_decided(decided: Decided, review: Review, lang: str) -> DecidedOut:
    return DecidedOut(decision=_present_decision(decided.decision, review, lang), recorded=decided.is_new)


def _present_decision(decision: Decision, review: Review, lang: str) -> DecisionOut:
    return DecisionOut(
        decision_id=decision.decision_id or 0,
        record_id=decision.record_id,
        subject=decision.subject,
        target=decision.target,
        label=review.name(decision.target, lang) if decision.target else None,
        verdict=decision.verdict,
        relation=decision.relation,
        decided_by=decision.decided_by,
        decided_at=decision.decided_at,
        release=decision.release,
        linker_version=decision.linker_version,
    )


def _present_candidate(candidate: Candidate, review: Review, lang: str) -> CandidateOut:
    concept, link = candidate.concept, candidate.link.link if candidate.link else None
    reasons = link.reasons if link else ()
    return CandidateOut(
        concept_uri=candidate.uri,
        label=candidate.name,
        skill_type=concept.skill_type if concept else None,
        reuse_level=concept.reuse_level if concept else None,
        broader=candidate.chain,
        alternatives=candidate.alternatives,
        description=candidate.description,
        sentences=candidate.sentences,
        score=link.score if link else None,
        confidence=link.confidence if link else None,
        zone=link.zone if link else None,
        evidence=link.evidence if link else None,
        reasons=reasons,
        explanation=present_reasons(reasons, lang),
        stated=candidate.stated,
        waiting=candidate.waiting,
        decision=_present_decision(candidate.decision, review, lang) if candidate.decision else None,
    )


def _present_item(item: ReviewItem, review: Review, lang: str) -> ReviewItemOut:
    entry, subject = item.entry, item.subject
    return ReviewItemOut(
        kind=subject.kind,
        record_id=subject.record_id,
        subject=subject.key,
        title=subject.title,
        provider=subject.provider,
        text=subject.text,
        lang=subject.lang,
        value=entry.value,
        uncertainty=entry.uncertainty,
        open_offers=subject.open_offers,
        vacancies=entry.vacancies,
        waiting=entry.waiting,
        closed=entry.closed,
        disputed=entry.disputed,
        release=item.release,
        linker_version=item.linker_version,
        candidates=tuple(_present_candidate(candidate, review, lang) for candidate in item.candidates),
        nothing=_present_decision(item.nothing, review, lang) if item.nothing else None,
        earlier=tuple(_present_decision(decision, review, lang) for decision in item.earlier),
    )


def _present_agreement(pair: Agreement, review: Review, lang: str) -> AgreementOut:
    return AgreementOut(
        reviewer_a=pair.reviewer_a,
        reviewer_b=pair.reviewer_b,
        n=pair.n,
        agreed=pair.agreed,
        share=pair.share,
        kappa=pair.kappa,
        disputes=tuple(
            DisputeOut(
                record_id=dispute.record_id,
                subject=dispute.subject,
                target=dispute.target,
                label=review.name(dispute.target, lang),
                fits_a=dispute.fits_a,
                fits_b=dispute.fits_b,
            )
            for dispute in pair.disputes
        ),
    )
