"""A plan problem in whole numbers, without the offers that no best plan needs.

Money is counted in grosze and hours in hundredths, so that every comparison is exact. Amounts finer than that are rounded
against the plan (an offer's up, a limit down): a plan can lose by it, never break a limit.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from szlak.catalogue.model.matching import PlanOffer, PlanProblem
from szlak.catalogue.recommend.limits import MAX_AMOUNT, fits_limits

_UNITS = 100


@dataclass(frozen=True)
class Choice:
    """An offer in whole numbers: `skills` as a bit mask, `price` in grosze, `hours` in hundredths, `end` as a day number.

    What the offer does not state counts as zero: it is kept, and named in the totals of the plan. `unpriced` is 1 where the
    price is not stated: a known price is better than one that may be anything.
    """

    offer: PlanOffer
    skills: int
    price: int
    hours: int
    end: int
    unpriced: int = 0


@dataclass(frozen=True)
class Reduced:
    """What is left to choose from. `weights` is by bit of `Choice.skills`; None is no limit; choices are in order of id."""

    weights: tuple[int, ...]
    choices: tuple[Choice, ...]
    price: int | None
    hours: int | None
    count: int | None

    def weigh(self, skills: int) -> int:
        """Return the weight of a mask of skills."""
        return sum(weight for bit, weight in enumerate(self.weights) if skills >> bit & 1)

    def covered(self, chosen: Iterable[int]) -> int:
        """Return the mask of what some choices teach together."""
        mask = 0
        for index in chosen:
            mask |= self.choices[index].skills
        return mask

    def rank(self, chosen: Iterable[int]) -> tuple[int, int, int, int, int, tuple[int, ...]]:
        """Return what plans are compared by; the smallest is the best.

        Most weight, then the fewest offers without a stated price, the lowest stated price, the earliest stated end, the fewest
        offers, the smallest ids.
        """
        indexes = tuple(sorted(chosen))  # in order of id
        picked = [self.choices[index] for index in indexes]
        end = max((choice.end for choice in picked), default=0)
        weight, unpriced = self.weigh(self.covered(indexes)), sum(choice.unpriced for choice in picked)
        return -weight, unpriced, sum(choice.price for choice in picked), end, len(picked), indexes

    def fits(self, chosen: Iterable[int]) -> bool:
        """Return whether some choices keep to every limit together."""
        picked = [self.choices[index] for index in chosen]
        return (
            (self.price is None or sum(choice.price for choice in picked) <= self.price)
            and (self.hours is None or sum(choice.hours for choice in picked) <= self.hours)
            and (self.count is None or len(picked) <= self.count)
            and len({choice.offer.credential_id for choice in picked}) == len(picked)
        )


def reduce_problem(problem: PlanProblem) -> Reduced:
    """Return the problem in whole numbers; its best plan is the best plan of the whole problem, ties included."""
    limits = problem.limits
    price, hours = _limit(limits.budget_pln), _limit(limits.hours)
    weights = {uri: weight for uri, weight in problem.weights.items() if weight > 0}
    offers = [offer for offer in problem.offers if offer.full is not True and fits_limits(offer, limits)]
    taught = {uri for offer in offers for uri in offer.concept_uris}
    uris = sorted(uri for uri in weights if uri in taught)
    bits = {uri: 1 << bit for bit, uri in enumerate(uris)}
    choices = [choice for choice in (_choice(offer, bits) for offer in offers) if choice.skills]
    choices = [choice for choice in choices if _within(choice.price, price) and _within(choice.hours, hours)]
    kept = tuple(_drop_dominated(sorted(choices, key=_order)))
    count = None if limits.max_offers is None else max(0, limits.max_offers)
    return Reduced(weights=tuple(weights[uri] for uri in uris), choices=kept, price=price, hours=hours, count=count)


def _amount(amount: Decimal | None) -> int:
    return 0 if amount is None else max(0, _units(amount, ROUND_CEILING))


def _limit(amount: Decimal | None) -> int | None:
    return None if amount is None else _units(amount, ROUND_FLOOR)


def _units(amount: Decimal, rounding: str) -> int:
    """Return hundredths; what nobody means is cut to the largest amount, which floating point still holds exactly."""
    return int((min(amount, MAX_AMOUNT) * _UNITS).to_integral_value(rounding))


def _within(amount: int, limit: int | None) -> bool:
    return limit is None or amount <= limit


def _choice(offer: PlanOffer, bits: Mapping[str, int]) -> Choice:
    mask = 0
    for uri in offer.concept_uris:
        mask |= bits.get(uri, 0)
    return Choice(
        offer=offer,
        skills=mask,
        price=_amount(offer.price_pln),
        hours=_amount(offer.hours),
        end=_day(offer.end),
        unpriced=int(offer.price_pln is None),
    )


def _day(day: date | None) -> int:
    return 0 if day is None else day.toordinal()


def _order(choice: Choice) -> tuple[str, str, int, int, int, int]:
    return choice.offer.offer_id, choice.offer.credential_id, choice.price, choice.hours, choice.end, choice.skills


def _drop_dominated(choices: list[Choice]) -> list[Choice]:
    """Leave out each choice that another can replace in every plan without making the plan any worse.

    The other must be of the same credential, or the only one left of its own: else the plan may hold a sibling already.
    """
    siblings = Counter(choice.offer.credential_id for choice in choices)
    by_skill = _index_by_skill(choices)
    dropped: set[int] = set()
    for index, choice in enumerate(choices):
        rivals = min((by_skill[bit] for bit in _bits(choice.skills)), key=len)
        if any(rival not in dropped and rival != index and _replaces(choices, rival, index, siblings) for rival in rivals):
            dropped.add(index)
            siblings[choice.offer.credential_id] -= 1
    return [choice for index, choice in enumerate(choices) if index not in dropped]


def _replaces(choices: list[Choice], rival: int, index: int, siblings: Mapping[str, int]) -> bool:
    other, this = choices[rival], choices[index]
    if this.skills & ~other.skills or other.hours > this.hours or other.price > this.price or other.unpriced > this.unpriced:
        return False
    # With the price equal, a plan with the other must not lose the later ties: the end, then the ids (which follow the index).
    if (other.unpriced, other.price) == (this.unpriced, this.price) and (other.end > this.end or rival > index):
        return False
    credential_id = other.offer.credential_id
    return credential_id == this.offer.credential_id or siblings[credential_id] == 1


def _index_by_skill(choices: list[Choice]) -> dict[int, list[int]]:
    by_skill: dict[int, list[int]] = {}
    for index, choice in enumerate(choices):
        for bit in _bits(choice.skills):
            by_skill.setdefault(bit, []).append(index)
    return by_skill


def _bits(mask: int) -> list[int]:
    return [bit for bit in range(mask.bit_length()) if mask >> bit & 1]
