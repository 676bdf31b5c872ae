"""Concepts of ESCO: skills and occupations. A concept's URI stands in the path as it is, or percent-encoded, or in `uri`."""

from typing import Annotated

from fastapi import APIRouter, Path
from fastapi import Query as InQuery

from szlak.catalogue.api import examples
from szlak.catalogue.api.documents import answers
from szlak.catalogue.api.language import Lang
from szlak.catalogue.api.needs import present_required
from szlak.catalogue.api.paging import parse_cursor
from szlak.catalogue.api.requests import ConceptQuery, OccupationQuery, SuggestQuery
from szlak.catalogue.api.schemas import ConceptAlone, ConceptOut, EscoPage, OccupationAlone, OccupationOut, ReleaseOut, SuggestionOut
from szlak.catalogue.api.services import Services
from szlak.catalogue.api.validation import Id, Value
from szlak.catalogue.errors import InputInvalid
from szlak.catalogue.messages import Message, render
from szlak.catalogue.model.matching import Basis
from szlak.catalogue.model.search import SearchKind, SearchPlan
from szlak.catalogue.services.find import ConceptItem, ConceptView, Find

router = APIRouter(tags=["taxonomy"])
Uri = Annotated[Id, Path(description="The concept's ESCO URI, percent-encoded or not.")]


@router.get("/concepts", response_model=EscoPage[ConceptOut], responses=answers(examples.CONCEPTS, 410))
def list_concepts(services: Services, lang: Lang, query: Annotated[ConceptQuery, InQuery()]) -> EscoPage[ConceptOut]:
    """Search skills or occupations."""
    return _search(services.find, query.kind, query, lang)


@router.get("/concepts/suggest", response_model=EscoPage[SuggestionOut], responses=answers(examples.SUGGESTIONS))
def suggest_concepts(services: Services, query: Annotated[SuggestQuery, InQuery()]) -> EscoPage[SuggestionOut]:
    """Complete what was typed, best first. There is one page: who wants more types more."""
    parse_cursor("suggestions", query.cursor)
    found = [SuggestionOut(text=item.text, kind=item.kind, id=item.id) for item in services.find.suggest(query.q, query.limit)]
    return EscoPage(items=found, total=len(found))


@router.get("/concepts/lookup", response_model=ConceptAlone, responses=answers(examples.CONCEPT, 404))
def look_up_concept(services: Services, lang: Lang, uri: Annotated[Value, InQuery()]) -> ConceptAlone:
    """Return a concept by its URI in the query, for clients whose proxies do not let a URI through in the path."""
    return _present_view(services.find.concept(uri, lang))


@router.get("/concepts/{uri:path}", response_model=ConceptAlone, responses=answers(examples.CONCEPT, 404))
def get_concept(services: Services, lang: Lang, uri: Uri) -> ConceptAlone:
    """Return a concept with its names and what stands next to it."""
    return _present_view(services.find.concept(uri, lang))


@router.get("/occupations", response_model=EscoPage[OccupationOut], responses=answers(examples.OCCUPATIONS, 410))
def list_occupations(services: Services, lang: Lang, query: Annotated[OccupationQuery, InQuery()]) -> EscoPage[OccupationOut]:
    """Search occupations by words, or rank those that a job title may mean."""
    if query.q and query.title:
        raise InputInvalid(Message("Search by words (“q”) or by a job title (“title”), not by both."))
    if query.title:
        return _rank_by_title(services, query, lang)
    page = _search(services.find, "occupations", query, lang)
    return EscoPage(items=[OccupationOut(**dict(item)) for item in page.items], total=page.total, next=page.next)


@router.get("/occupations/{uri:path}", response_model=OccupationAlone, responses=answers(examples.OCCUPATION, 404))
def get_occupation(services: Services, lang: Lang, uri: Uri) -> OccupationAlone:
    """Return an occupation with the skills that ESCO names for it or, where they are not loaded, those linked from its duties."""
    view = services.find.occupation(uri, lang)
    needs = services.match.occupations.needs(uri)
    basis, note = needs.occupation.basis, needs.occupation.note
    made = needs.skills if basis is Basis.DUTIES else ()
    return OccupationAlone(
        **dict(_present_view(view)),
        basis=basis,
        note=None if note is None else render(note, lang),
        from_duties=tuple(present_required(skill, services.find, lang) for skill in made),
    )


def _rank_by_title(services: Services, query: OccupationQuery, lang: str) -> EscoPage[OccupationOut]:
    parse_cursor("titles", query.cursor)  # there is one page, so that no cursor is one of this list
    links = services.match.occupations.link(query.title, top_k=query.limit).links
    concepts = [(_present(services.find.concept_item(link.concept_uri, lang)), link) for link in links]
    items = [OccupationOut(**dict(concept), confidence=link.confidence, zone=link.zone) for concept, link in concepts]
    return EscoPage(items=items, total=len(items))


def _search(find: Find, kind: SearchKind, query: OccupationQuery | ConceptQuery, lang: str) -> EscoPage[ConceptOut]:
    page = find.concepts(SearchPlan(kind=kind, text=query.q, limit=query.limit, cursor=query.cursor), lang)
    return EscoPage(items=[_present(item) for item in page.items], total=page.total, next=page.next)


def _present(item: ConceptItem) -> ConceptOut:
    concept = item.concept
    return ConceptOut(
        concept_uri=concept.concept_uri,
        kind=concept.kind,
        label=item.label,
        code=concept.code,
        skill_type=concept.skill_type,
        reuse_level=concept.reuse_level,
    )


def _present_view(view: ConceptView) -> ConceptAlone:
    release = view.release
    own = _present(ConceptItem(concept=view.concept, label=view.label))
    return ConceptAlone(
        **own.model_dump(),
        description=view.concept.description,
        labels=view.labels,
        broader=tuple(map(_present, view.broader)),
        narrower=tuple(map(_present, view.narrower)),
        essential=tuple(map(_present, view.essential)),
        optional=tuple(map(_present, view.optional)),
        release=ReleaseOut(release_id=release.release_id, version=release.version, origin=release.origin),
    )
