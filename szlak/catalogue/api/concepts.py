"""Concepts of ESCO: skills and occupations. A concept's URI stands in the path as it is, or percent-encoded, or in `uri`."""

from typing import Annotated

from fastapi import APIRouter, Path
from fastapi import Query as InQuery

from szlak.catalogue.api import examples
from szlak.catalogue.api.documents import answers
from szlak.catalogue.api.language import Lang
from szlak.catalogue.api.paging import parse_cursor
from szlak.catalogue.api.requests import ConceptQuery, OccupationQuery, SuggestQuery
from szlak.catalogue.api.schemas import ConceptAlone, ConceptOut, EscoPage, ReleaseOut, SuggestionOut
from szlak.catalogue.api.services import Services
from szlak.catalogue.api.validation import Id, Value
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


@router.get("/occupations", response_model=EscoPage[ConceptOut], responses=answers(examples.OCCUPATIONS, 410))
def list_occupations(services: Services, lang: Lang, query: Annotated[OccupationQuery, InQuery()]) -> EscoPage[ConceptOut]:
    """Search occupations."""
    return _search(services.find, "occupations", query, lang)


@router.get("/occupations/{uri:path}", response_model=ConceptAlone, responses=answers(examples.OCCUPATION, 404))
def get_occupation(services: Services, lang: Lang, uri: Uri) -> ConceptAlone:
    """Return an occupation with the skills that ESCO names for it."""
    return _present_view(services.find.occupation(uri, lang))


def _search(find: Find, kind: SearchKind, query: OccupationQuery, lang: str) -> EscoPage[ConceptOut]:
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
