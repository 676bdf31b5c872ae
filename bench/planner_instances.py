"""Seeded plan problems of a stated size, and how long the planner takes for them.

    python -m bench.planner_instances --offers 300 --skills 20 --instances 10

Every offer touches the gap (teaches two to five of the open skills), has dates, and the limits bind: the hard case.
"""

import argparse
import random
import time
from datetime import date, timedelta
from decimal import Decimal

from szlak.catalogue.model.matching import Limits, PlanOffer, PlanProblem
from szlak.catalogue.recommend.planner import HighsPlanner

_START = date(2026, 9, 1)


def build_instance(seed: int, *, offers: int = 300, skills: int = 20, taught: int = 5) -> PlanProblem:
    """Return a problem: about two offers a credential, three in a hundred offers without a price, limits for three to five offers."""
    draw = random.Random(seed)
    uris = [f"http://example.org/skill/{number:03d}" for number in range(skills)]
    weights = {uri: draw.choice((1, 2, 4, 8)) for uri in uris}
    credentials = max(1, offers // 2)
    outcomes = [tuple(sorted(draw.sample(uris, draw.randint(min(2, taught), taught)))) for _ in range(credentials)]
    limits = Limits(
        budget_pln=Decimal(draw.randint(15, 40)) * 100,
        hours=Decimal(draw.randint(60, 160)),
        start_from=_START,
        end_by=_START + timedelta(days=240),
        max_offers=draw.choice((None, 5, 6)),
    )
    return PlanProblem(weights=weights, offers=tuple(_build_offer(draw, n, outcomes) for n in range(offers)), limits=limits)


def _build_offer(draw: random.Random, number: int, outcomes: list[tuple[str, ...]]) -> PlanOffer:
    credential = draw.randrange(len(outcomes))
    start = _START + timedelta(days=draw.randint(0, 150))
    size = len(outcomes[credential])
    price = Decimal(draw.randint(15_000, 60_000) * size).scaleb(-2) if draw.random() > 0.03 else None
    return PlanOffer(
        offer_id=f"offer-{number:05d}",
        credential_id=f"credential-{credential:05d}",
        title=f"Credential {credential}",
        price_pln=price,
        hours=Decimal(draw.randint(4, 16) * size),
        hours_per_week=None,
        start=start,
        end=start + timedelta(days=draw.randint(5, 90)),
        mode=None,
        languages=None,
        teryt=None,
        online=None,
        full=None,
        concept_uris=outcomes[credential],
    )


def main() -> None:
    """Solve instances and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("offers", 300), ("skills", 20), ("taught", 5), ("instances", 10)):
        parser.add_argument(f"--{name}", type=int, default=default)
    args = parser.parse_args()
    for seed in range(args.instances):
        problem = build_instance(seed, offers=args.offers, skills=args.skills, taught=args.taught)
        started = time.perf_counter()
        plan = HighsPlanner().solve(problem).plans[0]
        seconds = time.perf_counter() - started
        print(
            f"seed {seed:2d}  {seconds:6.2f} s  {plan.status:8s}  bound {plan.bound_pct:5.2f} %  time limited: {plan.time_limited}  "
            f"covered {plan.totals.covered_weight} open {plan.totals.open_weight}  {plan.totals.offers} offers  {plan.totals.price_pln} PLN"
        )


if __name__ == "__main__":
    main()
