"""Small plan problems, and their best plan found by trying every set of offers."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations
from typing import Any

from hypothesis import strategies as st

from szlak.catalogue.model.matching import Limits, PlanOffer, PlanProblem

DAY = date(2027, 1, 1)
SKILLS = ("urn:a", "urn:b", "urn:c", "urn:d", "urn:e")
_BLANK: dict[str, Any] = dict.fromkeys(
    ("price_pln", "hours", "hours_per_week", "start", "end", "mode", "languages", "teryt", "online", "full")
)


def offer(offer_id: str, *concept_uris: str, **stated: Any) -> PlanOffer:
    """Return an offer that states only what is given; its credential is its own unless named."""
    return PlanOffer(
        **{
            **_BLANK,
            "offer_id": offer_id,
            "credential_id": f"credential-{offer_id}",
            "title": offer_id,
            "concept_uris": concept_uris,
            **stated,
        }
    )


def problem(*offers: PlanOffer, weights: dict[str, int] | None = None, **limits: Any) -> PlanProblem:
    """Return a problem over the skills named in the weights (each skill of SKILLS by default)."""
    return PlanProblem(weights=weights or dict.fromkeys(SKILLS, 2), offers=offers, limits=Limits(**limits))


def _maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


# Few values each, so that ties are common.
_PRICES = st.sampled_from(
    [Decimal("0"), Decimal("0.10"), Decimal("0.20"), Decimal("0.30"), Decimal("99.99"), Decimal("100"), Decimal("250.5")]
)
_HOURS = st.sampled_from([Decimal("1"), Decimal("7.25"), Decimal("7.5"), Decimal("30")])
_DAYS = st.integers(0, 3).map(lambda days: DAY + timedelta(days=days))
_TAUGHT = st.lists(st.sampled_from(SKILLS), max_size=3, unique=True).map(tuple)


@st.composite
def _offers(draw: st.DrawFn, number: int) -> PlanOffer:
    start, length = draw(_maybe(_DAYS)), draw(st.integers(0, 3))
    return offer(
        f"o{number}",
        *draw(_TAUGHT),
        credential_id=f"c{draw(st.integers(0, 5))}",
        price_pln=draw(_maybe(_PRICES)),
        hours=draw(_maybe(_HOURS)),
        start=start,
        end=start and draw(_maybe(st.just(start + timedelta(days=length)))),
        teryt=draw(_maybe(st.sampled_from(["14", "1465", "02"]))),
        mode=draw(_maybe(st.sampled_from(["online", "presential"]))),
        full=draw(st.sampled_from([None, False, False, True])),
    )


@st.composite
def problems(draw: st.DrawFn, max_offers: int = 9) -> PlanProblem:
    """Return a problem of at most nine offers and five skills, any limit given or not."""
    count = draw(st.integers(0, max_offers))
    return PlanProblem(
        weights=draw(st.dictionaries(st.sampled_from(SKILLS), st.sampled_from([1, 2, 4, 8]))),
        offers=tuple(draw(st.permutations([draw(_offers(number)) for number in range(count)]))),
        limits=Limits(
            budget_pln=draw(_maybe(_PRICES)),
            hours=draw(_maybe(_HOURS)),
            start_from=draw(_maybe(st.just(DAY + timedelta(days=1)))),
            end_by=draw(_maybe(st.just(DAY + timedelta(days=4)))),
            modes=draw(_maybe(st.just(("online",)))),
            teryt=draw(_maybe(st.just(("1465",)))),
            max_offers=draw(_maybe(st.integers(1, 3))),
        ),
    )


def best_by_trying(whole: PlanProblem) -> tuple[str, ...]:
    """Return the ids of the best plan: most weight, fewest unstated prices, lowest price, earliest end, fewest offers, ids."""
    return min((_rank(whole, chosen) for chosen in _feasible(whole)), default=(0, 0, 0, 0, 0, ()))[-1]


def _feasible(whole: PlanProblem) -> Iterator[tuple[PlanOffer, ...]]:
    limits = whole.limits
    alone = sorted((o for o in whole.offers if _fits_alone(o, limits)), key=lambda o: o.offer_id)
    for size in range(min(limits.max_offers or len(alone), len(alone)) + 1):
        for chosen in combinations(alone, size):
            if len({o.credential_id for o in chosen}) < size:
                continue
            price, hours = sum(o.price_pln or 0 for o in chosen), sum(o.hours or 0 for o in chosen)
            if (limits.budget_pln is None or price <= limits.budget_pln) and (limits.hours is None or hours <= limits.hours):
                yield chosen


def _fits_alone(each: PlanOffer, limits: Limits) -> bool:
    days = [day for day in (each.start, each.end) if day]
    remote = each.mode == "online"
    return (
        each.full is not True
        and not (limits.start_from and any(day < limits.start_from for day in days))
        and not (limits.end_by and any(day > limits.end_by for day in days))
        and (limits.modes is None or each.mode in (None, *limits.modes))
        and (limits.teryt is None or remote or each.teryt in (None, "14", "1465"))
    )


def _rank(whole: PlanProblem, chosen: tuple[PlanOffer, ...]) -> tuple[Any, ...]:
    taught = {uri for each in chosen for uri in each.concept_uris}
    weight = sum(weight for uri, weight in whole.weights.items() if uri in taught)
    price = sum(each.price_pln or 0 for each in chosen)
    end = max((each.end.toordinal() for each in chosen if each.end), default=0)
    unpriced = sum(each.price_pln is None for each in chosen)
    return -weight, unpriced, price, end, len(chosen), tuple(each.offer_id for each in chosen)
