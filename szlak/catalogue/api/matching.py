"""From a person and a target to the gap, and to plans that close it. Nothing that is sent is stored or logged."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Body

from szlak.catalogue.api import examples
from szlak.catalogue.api.documents import answers
from szlak.catalogue.api.language import Lang
from szlak.catalogue.api.requests import GapRequest, PlanRequest
from szlak.catalogue.api.schemas import GapOut, PlansOut
from szlak.catalogue.api.services import Services
from szlak.catalogue.records import gap_to_json, plan_to_json

router = APIRouter(tags=["matching"])


@router.post("/gaps", response_model=GapOut, responses=answers(examples.GAP, 400, 404, 413))
def find_gap(services: Services, lang: Lang, request: Annotated[GapRequest, Body(examples=[examples.GAP_REQUEST])]) -> GapOut:
    """Return what the targets ask for, each skill with what is known of the person's hold on it."""
    gap = services.find.name_gap(services.match.gap(request.profile, request.targets), lang)
    return GapOut.model_validate(gap_to_json(gap, lang))


@router.post("/plans", response_model=PlansOut, responses=answers(examples.PLANS, 400, 404, 413))
def find_plans(services: Services, lang: Lang, request: Annotated[PlanRequest, Body(examples=[examples.PLAN_REQUEST])]) -> PlansOut:
    """Return the offers that close as much of the gap as the limits allow, with how good each plan is known to be."""
    result = services.match.plan(request.profile, request.targets, request.limits)
    named = replace(result, occupations=services.find.name_occupations(result.occupations, lang))
    return PlansOut.model_validate(plan_to_json(named, lang))
