"""Matching: texts to concepts, vacancies to skills, a profile to a gap, a gap to a plan. Stores and logs nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from szlak.catalogue.errors import InputInvalid, NotFound
from szlak.catalogue.esco.effective import effective_links, taught_uris
from szlak.catalogue.esco.vacancies import decide_reading, read_vacancy
from szlak.catalogue.messages import Message
from szlak.catalogue.model.catalogue import Vacancy
from szlak.catalogue.model.linking import LinkResult, LinkTarget, LinkText
from szlak.catalogue.model.matching import (
    Gap,
    Limits,
    Planner,
    PlanOffer,
    PlanResult,
    Profile,
    RequiredSkill,
    Target,
    TargetOccupation,
    VacancyReading,
)
from szlak.catalogue.model.taxonomy import ConceptKind
from szlak.catalogue.recommend.gap import build_gap, check_profile
from szlak.catalogue.recommend.problem import build_plan_offers, build_problem, check_limits
from szlak.catalogue.recommend.targets import merge_required, required_skill
from szlak.catalogue.services.occupations import OccupationNeeds, Occupations
from szlak.catalogue.services.ports import Catalogue

MAX_TARGETS = 50


@dataclass(frozen=True, kw_only=True)
class _Demand:
    skills: tuple[RequiredSkill, ...]
    occupation: TargetOccupation | None = None


class Match:
    """From a person and a target to what is missing and how to get it."""

    def __init__(self, catalogue: Catalogue, planner: Planner, *, today: date | None = None, max_text_chars: int = 100_000) -> None:
        """Keep the catalogue and the planner; `today` fixes the day for tests and replay, None means the real one."""
        self._catalogue = catalogue
        self.occupations = Occupations(catalogue)
        self._planner = planner
        self._today = today
        self._max_text_chars = max_text_chars

    def link(self, texts: Sequence[LinkText], target: LinkTarget = LinkTarget.SKILLS, top_k: int = 20) -> list[LinkResult]:
        """Link texts to concepts, one result a text in the same order."""
        for text in texts:
            self._check_length(text.text)
        return self._catalogue.linker.link(texts, kind_of_target=target, top_k=top_k)

    def read_vacancy(self, vacancy: Vacancy) -> VacancyReading:
        """Return a vacancy's lines with their sections, and the skills it asks for."""
        self._check_length(vacancy.text)
        catalogue = self._catalogue
        return read_vacancy(vacancy, catalogue.linker, catalogue.taxonomy, catalogue.polish)

    def gap(self, profile: Profile, targets: Sequence[Target]) -> Gap:
        """Return what the targets ask for, each skill with what is known of the person's hold on it."""
        check_profile(profile, self._catalogue.taxonomy)
        demands = self._demands(targets)
        required = merge_required([demand.skills for demand in demands])
        occupations = {demand.occupation.concept_uri: demand.occupation for demand in demands if demand.occupation}
        return replace(build_gap(profile, required, self._catalogue.taxonomy), occupations=tuple(occupations.values()))

    def plan(self, profile: Profile, targets: Sequence[Target], limits: Limits) -> PlanResult:
        """Return the offers that close as much of the gap as the limits allow."""
        check_limits(limits)
        gap = self.gap(profile, targets)
        today = self._today or date.today()  # noqa: DTZ011 - a learner's calendar day
        result = self._planner.solve(build_problem(gap, self._plan_offers(), limits, today=today))
        return replace(result, occupations=gap.occupations)

    def _demands(self, targets: Sequence[Target]) -> list[_Demand]:
        if not targets:
            raise InputInvalid(Message("Name at least one target: a vacancy, an occupation or a skill."))
        if len(targets) > MAX_TARGETS:
            raise InputInvalid(
                Message("{n} targets are too many; at most {limit} are compared at once.", {"n": len(targets), "limit": MAX_TARGETS})
            )
        return [self._demand_of(target) for target in targets]

    def _demand_of(self, target: Target) -> _Demand:
        given = [value for value in (target.id, target.uri, target.vacancy, target.title) if value is not None]
        if len(given) != 1:
            raise InputInvalid(Message("A target is exactly one of an id, a URI, a vacancy and a job title."))
        if target.uri is not None:
            return self._demand_of_concept(target.uri)
        if target.title is not None:
            return self._demand_of_title(target.title)
        return _Demand(skills=self.read_vacancy(target.vacancy).skills if target.vacancy else self._required_by_stored(target.id or ""))

    def _required_by_stored(self, record_id: str) -> tuple[RequiredSkill, ...]:
        with self._catalogue.store.read() as uow:
            decisions = uow.decisions([record_id]).get(record_id, ())
        return decide_reading(self.read_vacancy(self._stored_vacancy(record_id)), decisions, self._catalogue.taxonomy).skills

    def _demand_of_title(self, title: str) -> _Demand:
        link = self.occupations.resolve(title)
        needs = self._needs(link.concept_uri)
        return _Demand(skills=needs.skills, occupation=replace(needs.occupation, title=title, confidence=link.confidence))

    def _demand_of_concept(self, uri: str) -> _Demand:
        taxonomy = self._catalogue.taxonomy
        concept = taxonomy.concept(uri)
        if concept.kind is ConceptKind.SKILL:
            return _Demand(skills=(required_skill(taxonomy, uri),))
        if concept.kind is not ConceptKind.OCCUPATION:
            raise InputInvalid(
                Message("“{label}” is a group. Choose one of the skills or occupations in it.", {"label": taxonomy.label(uri).text})
            )
        needs = self._needs(uri)
        return _Demand(skills=needs.skills, occupation=needs.occupation)

    def _needs(self, uri: str) -> OccupationNeeds:
        """Return what an occupation needs; where that is not known, an empty gap would read as "you lack nothing"."""
        needs = self.occupations.needs(uri)
        if not needs.skills and needs.occupation.note is not None:
            raise InputInvalid(needs.occupation.note)
        return needs

    def _stored_vacancy(self, record_id: str) -> Vacancy:
        with self._catalogue.store.read() as uow:
            vacancy = uow.vacancy(record_id)
        if vacancy is None:
            raise NotFound(Message("No vacancy has the id “{id}”.", {"id": record_id}))
        return vacancy

    def _plan_offers(self) -> tuple[PlanOffer, ...]:
        offers: list[PlanOffer] = []
        with self._catalogue.store.read() as uow:
            for batch in uow.iter_credential_batches():
                ids = [credential.record_id for credential in batch]
                stored, decisions = uow.links(ids), uow.decisions(ids)
                for credential in batch:
                    links = effective_links(credential, stored.get(credential.record_id, ()), decisions.get(credential.record_id, ()))
                    offers.extend(build_plan_offers(credential, taught_uris(links)))
        return tuple(offers)

    def _check_length(self, text: str) -> None:
        if len(text) > self._max_text_chars:
            raise InputInvalid(
                Message(
                    "The text has {n} characters, more than the {limit} allowed. Send less of it.",
                    {"n": len(text), "limit": self._max_text_chars},
                )
            )
