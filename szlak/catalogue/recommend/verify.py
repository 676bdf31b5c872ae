"""An independent look at a plan: whether it keeps to the problem it answers. Shares no code with the planner."""

from collections.abc import Iterator
from decimal import Decimal

from szlak.catalogue.messages import Message
from szlak.catalogue.model.matching import Limits, Plan, PlanOffer, PlanProblem


def violations(problem: PlanProblem, plan: Plan) -> tuple[Message, ...]:
    """Return everything that is wrong with a plan; empty for a good one."""
    single = (message for offer in plan.offers for message in _offer_faults(offer, problem))
    return (*single, *_sum_faults(plan.offers, problem.limits), *_statement_faults(problem, plan))


def _offer_faults(offer: PlanOffer, problem: PlanProblem) -> Iterator[Message]:
    params = {"offer": offer.offer_id}
    limits = problem.limits
    if offer not in problem.offers:
        yield Message("Offer {offer} is not among those to choose from.", params)
    if offer.full:
        yield Message("Offer {offer} is full.", params)
    if limits.hours_per_week is not None and (offer.hours_per_week or 0) > limits.hours_per_week:
        yield Message("Offer {offer} takes more hours a week than allowed.", params)
    if limits.start_from and ((offer.start and offer.start < limits.start_from) or (offer.end and offer.end < limits.start_from)):
        yield Message("Offer {offer} starts too early.", params)
    if limits.end_by and ((offer.end and offer.end > limits.end_by) or (offer.start and offer.start > limits.end_by)):
        yield Message("Offer {offer} ends too late.", params)
    yield from _form_faults(offer, limits)


def _form_faults(offer: PlanOffer, limits: Limits) -> Iterator[Message]:
    params = {"offer": offer.offer_id}
    if limits.modes is not None and offer.mode is not None and offer.mode not in limits.modes:
        yield Message("Offer {offer} has another form of taking part.", params)
    if limits.languages is not None and offer.languages and not any(lang in limits.languages for lang in offer.languages):
        yield Message("Offer {offer} is in another language.", params)
    remote = offer.online is True or offer.mode == "online"
    if limits.teryt is not None and offer.teryt is not None and not remote:
        shared = (min(len(code), len(offer.teryt)) for code in limits.teryt)
        if not any(code[:length] == offer.teryt[:length] for code, length in zip(limits.teryt, shared, strict=True)):
            yield Message("Offer {offer} is in another place.", params)


def _sum_faults(offers: tuple[PlanOffer, ...], limits: Limits) -> Iterator[Message]:
    if limits.budget_pln is not None and _sum(offer.price_pln for offer in offers) > limits.budget_pln:
        yield Message("The plan costs more than the budget.")
    if limits.hours is not None and _sum(offer.hours for offer in offers) > limits.hours:
        yield Message("The plan takes more hours than allowed.")
    if limits.max_offers is not None and len(offers) > limits.max_offers:
        yield Message("The plan has more offers than allowed.")
    if len({offer.credential_id for offer in offers}) < len(offers):
        yield Message("The plan takes one credential twice.")


def _statement_faults(problem: PlanProblem, plan: Plan) -> Iterator[Message]:
    taught = {uri for offer in plan.offers for uri in offer.concept_uris}
    open_ = {uri: weight for uri, weight in problem.weights.items() if weight > 0}
    totals = plan.totals
    if set(plan.still_missing) != set(open_) - taught:
        yield Message("The plan misstates what is still missing.")
    if totals.covered_weight != sum(weight for uri, weight in open_.items() if uri in taught):
        yield Message("The plan misstates the weight that it covers.")
    if totals.covered_weight + totals.open_weight != sum(open_.values()):
        yield Message("The plan misstates the weight that it leaves open.")
    if totals.price_pln != _sum(offer.price_pln for offer in plan.offers) or totals.hours != _sum(offer.hours for offer in plan.offers):
        yield Message("The plan misstates its price or hours.")
    unknown = sum(offer.price_pln is None for offer in plan.offers), sum(offer.hours is None for offer in plan.offers)
    if (totals.offers, totals.price_unknown, totals.hours_unknown) != (len(plan.offers), *unknown):
        yield Message("The plan misstates how many offers state no price or hours.")


def _sum(amounts: Iterator[Decimal | None]) -> Decimal:
    return sum((amount for amount in amounts if amount is not None), Decimal(0))
