"""What a set of offers adds up to."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from szlak.catalogue.model.matching import PlanOffer, PlanTotals


def build_totals(weights: Mapping[str, int], offers: Sequence[PlanOffer]) -> PlanTotals:
    """Return the sums over what offers state, and how many do not state it; a skill taught twice counts once."""
    prices = [offer.price_pln for offer in offers if offer.price_pln is not None]
    hours = [offer.hours for offer in offers if offer.hours is not None]
    missing = still_missing(weights, offers)
    open_weight = sum(weights[uri] for uri in missing)
    return PlanTotals(
        price_pln=sum(prices, Decimal(0)),
        hours=sum(hours, Decimal(0)),
        offers=len(offers),
        price_unknown=len(offers) - len(prices),
        hours_unknown=len(offers) - len(hours),
        start=min((offer.start for offer in offers if offer.start is not None), default=None),
        end=max((offer.end for offer in offers if offer.end is not None), default=None),
        covered_weight=sum(weight for weight in weights.values() if weight > 0) - open_weight,
        open_weight=open_weight,
    )


def still_missing(weights: Mapping[str, int], offers: Sequence[PlanOffer]) -> tuple[str, ...]:
    """Return the skills that no offer teaches, the heaviest first, then by URI."""
    taught = {uri for offer in offers for uri in offer.concept_uris}
    return tuple(sorted((uri for uri, weight in weights.items() if weight > 0 and uri not in taught), key=lambda uri: (-weights[uri], uri)))
