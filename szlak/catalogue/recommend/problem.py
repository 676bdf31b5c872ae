"""From a gap, a catalogue and a person's limits to the problem that a planner solves."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from szlak.catalogue.model.catalogue import Credential, LocalText, Offer
from szlak.catalogue.model.linking import Zone
from szlak.catalogue.model.matching import Gap, GapSkill, Limits, PlanOffer, PlanProblem, SkillState
from szlak.catalogue.recommend.limits import check_limits, fits_limits

__all__ = ["build_plan_offers", "build_problem", "check_limits"]

_SHARE = {SkillState.HAVE: 0, SkillState.PARTLY: 1, SkillState.MISSING: 2, SkillState.UNKNOWN: 2}
_TITLE_LANGUAGES = ("pl", "en")


def build_plan_offers(credential: Credential, concept_uris: Iterable[str]) -> tuple[PlanOffer, ...]:
    """Return the offers of a credential that teaches some concepts.

    What an offer does not state is the credential's. ECTS points are not turned into hours, nor a price for the whole service
    into one for a person: both stay unknown.
    """
    taught = tuple(dict.fromkeys(concept_uris))
    return tuple(_build_plan_offer(credential, offer, taught) for offer in credential.offers)


def build_problem(gap: Gap, offers: Iterable[PlanOffer], limits: Limits, *, today: date) -> PlanProblem:
    """Return the skills still open with their weights, and the offers that teach one of them and may fit the limits.

    Of what an offer teaches, only what is still open is kept: a plan says what each offer closes. A skill that the machine would
    ask a person about is left out: nobody should pay for what may not be asked for.

    All weights are doubled, so that a skill the person has partly counts half of a missing or unknown one, in whole numbers.
    An offer is left out for what is known of it only: full, begun, over, closed for enrolment, or against a limit.

    Raises:
        InputInvalid: the limits make no sense (see `check_limits`).
    """
    check_limits(limits)
    weights = {skill.concept_uri: _open_weight(skill) for skill in gap.skills if _is_worth_money(skill)}
    useful = (_for_gap(offer, weights) for offer in offers if any(uri in weights for uri in offer.concept_uris))
    return PlanProblem(
        weights=weights,
        offers=tuple(offer for offer in useful if can_join(offer, today) and fits_limits(offer, limits)),
        limits=limits,
    )


def _for_gap(offer: PlanOffer, weights: Mapping[str, int]) -> PlanOffer:
    return replace(offer, concept_uris=tuple(uri for uri in offer.concept_uris if uri in weights))


def can_join(offer: PlanOffer, today: date) -> bool:
    """Return whether nothing known keeps a person from joining an offer: it is not full, and its days are not past."""
    days = (offer.start, offer.end, offer.enrol_until)
    return offer.full is not True and all(day is None or day >= today for day in days)


def _is_worth_money(skill: GapSkill) -> bool:
    return skill.state is not SkillState.HAVE and skill.zone is not Zone.ASK


def _open_weight(skill: GapSkill) -> int:
    return skill.weight * _SHARE[skill.state]


def _build_plan_offer(credential: Credential, offer: Offer, taught: tuple[str, ...]) -> PlanOffer:
    return PlanOffer(
        offer_id=offer.offer_id or f"{credential.record_id}/{offer.source_id}",
        credential_id=credential.record_id,
        title=_title(credential.title),
        price_pln=_price_pln(offer),
        hours=credential.workload.hours if offer.hours is None else offer.hours,
        hours_per_week=offer.hours_per_week,
        start=offer.starts,
        end=offer.ends,
        enrol_until=offer.enrol_until,
        mode=offer.mode or credential.participation.mode,
        languages=offer.language or credential.language or None,
        teryt=offer.location.teryt,
        online=offer.location.online,
        full=offer.full,
        concept_uris=taught,
    )


def _price_pln(offer: Offer) -> Decimal | None:
    return None if offer.price is None or offer.price.per == "service" else offer.price.amount


def _title(title: LocalText) -> str:
    lang = next((lang for lang in (*_TITLE_LANGUAGES, *sorted(title)) if lang in title), None)
    return title[lang] if lang is not None else ""
