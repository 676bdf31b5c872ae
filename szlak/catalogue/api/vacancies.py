"""Vacancies: those stored, and reading one that was sent."""

from typing import Annotated

from fastapi import APIRouter, Body, Path
from fastapi import Query as InQuery

from szlak.catalogue.api import examples
from szlak.catalogue.api.documents import answers
from szlak.catalogue.api.language import Lang
from szlak.catalogue.api.links import present_links
from szlak.catalogue.api.needs import present_required
from szlak.catalogue.api.paging import parse_cursor, take_page
from szlak.catalogue.api.requests import PagedQuery, VacancyText
from szlak.catalogue.api.schemas import LineOut, Page, ReadingOut
from szlak.catalogue.api.services import Services
from szlak.catalogue.api.validation import Id
from szlak.catalogue.errors import InputInvalid
from szlak.catalogue.messages import Message
from szlak.catalogue.model.catalogue import Vacancy
from szlak.catalogue.model.linking import Zone
from szlak.catalogue.model.matching import RequirementLine
from szlak.catalogue.records import describe_foreign
from szlak.catalogue.services.find import Find

router = APIRouter(tags=["vacancies"])
VACANCIES = "vacancies"


@router.get("/vacancies", response_model=Page[Vacancy], responses=answers(examples.VACANCIES))
def list_vacancies(services: Services, query: Annotated[PagedQuery, InQuery()]) -> Page[Vacancy]:
    """Return all stored vacancies by id, a page at a time."""
    found = services.find.vacancies(parse_cursor(VACANCIES, query.cursor), query.limit + 1)
    page, following = take_page(found, query.limit, VACANCIES, lambda vacancy: vacancy.record_id or "")
    return Page(items=page, total=services.find.counts().get(VACANCIES, 0), next=following)


@router.post("/vacancies/read", response_model=ReadingOut, responses=answers(examples.READING, 400, 413))
def read_vacancy(services: Services, lang: Lang, request: Annotated[VacancyText, Body(examples=[examples.READING_REQUEST])]) -> ReadingOut:
    """Read an advertisement: its lines with their sections, and the skills it asks for. Nothing is stored or logged."""
    vacancy = _vacancy_of(request)
    reading = services.match.read_vacancy(vacancy)
    links = services.match.occupations.link(reading.title).links if reading.title else ()
    likely = tuple(link for link in links if link.zone is not Zone.NOTHING)
    return ReadingOut(
        title=reading.title,
        text=vacancy.text,
        lines=tuple(_present_line(line, services.find, lang) for line in reading.lines),
        skills=tuple(present_required(skill, services.find, lang) for skill in reading.skills),
        occupations=present_links(likely, services.find, lang),
    )


@router.get("/vacancies/{record_id:path}", response_model=Vacancy, responses=answers(examples.VACANCY, 404))
def get_vacancy(services: Services, record_id: Annotated[Id, Path()]) -> Vacancy:
    """Return a stored vacancy."""
    return services.find.vacancy(record_id)


def _vacancy_of(request: Annotated[VacancyText, Body(examples=[examples.READING_REQUEST])]) -> Vacancy:
    sections = tuple(request.sections or ()) or None
    text = request.text if request.text is not None else "\n\n".join(section.text for section in sections or ())
    if not text.strip():
        raise InputInvalid(Message("There is nothing to read. Send the text of the advertisement, or its sections."))
    return Vacancy(text=text, title=request.title, sections=sections)


def _present_line(line: RequirementLine, find: Find, lang: str) -> LineOut:
    return LineOut(
        text=line.text,
        section=line.section,
        start=line.start,
        end=line.end,
        links=present_links(line.links, find, lang),
        nil=line.nil,
        lang=line.lang,
        note=describe_foreign(line.lang, lang),
    )
