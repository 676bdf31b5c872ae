"""The planner: an exact integer programme, a greedy start and fallback, and ties broken so that one plan is the answer.

What is not stated counts as nothing against a limit: such an offer is kept, and the totals say how many there are.
"""

import time
from dataclasses import dataclass
from math import ceil, floor, isfinite

from szlak.catalogue.model.matching import Plan, PlanOffer, PlanProblem, PlanResult, PlanStatus
from szlak.catalogue.recommend.greedy import build_greedy
from szlak.catalogue.recommend.programme import Answer, Goal, Programme
from szlak.catalogue.recommend.reduction import Reduced, reduce_problem
from szlak.catalogue.recommend.ties import break_ties
from szlak.catalogue.recommend.totals import build_totals, still_missing

FULLEST = "fullest"


@dataclass(frozen=True)
class Found:
    """The best plan so far: its choices, the most weight any plan can have, and whether the clock stopped the search."""

    chosen: tuple[int, ...]
    bound: int
    timed_out: bool = False


@dataclass(frozen=True)
class HighsPlanner:
    """Solves plans exactly with HiGHS, one thread, always the same way.

    `nodes` is the normal limit on work, the same on every machine; `timeout_s` is the last resort.
    """

    nodes: int = 20_000
    timeout_s: float = 10.0

    def solve(self, problem: PlanProblem) -> PlanResult:
        """Return one plan, the fullest; it is empty where nothing fits."""
        reduced = reduce_problem(problem)
        found = self._search(reduced) if reduced.choices else Found(chosen=(), bound=0)
        return PlanResult(plans=(_build_plan(problem, reduced, found),))

    def _search(self, reduced: Reduced) -> Found:
        programme = Programme(reduced=reduced, nodes=self.nodes, deadline_s=time.monotonic() + self.timeout_s)
        found = find_fullest(programme, build_greedy(reduced))
        if not found.chosen or not is_proved(reduced, found):
            return found
        ties = break_ties(programme, found.chosen)
        return Found(chosen=ties.best, bound=found.bound, timed_out=ties.timed_out)


def is_proved(reduced: Reduced, found: Found) -> bool:
    """Return whether no plan can have more weight."""
    return reduced.weigh(reduced.covered(found.chosen)) >= found.bound


def find_fullest(programme: Programme, start: tuple[int, ...]) -> Found:
    """Return a plan of the most weight, never a worse one than the start."""
    reduced = programme.reduced
    everything = sum(reduced.weights)
    if reduced.weigh(reduced.covered(start)) == everything:
        return Found(chosen=start, bound=everything)
    answer = programme.solve(Goal(costs={programme.y(bit): -weight for bit, weight in enumerate(reduced.weights)}), start)
    best = min((plan for plan in (answer.chosen, start) if plan is not None), key=reduced.rank)
    weight = reduced.weigh(reduced.covered(best))
    bound = weight if answer.proved else max(weight, _whole_bound(answer, everything))
    return Found(chosen=best, bound=bound, timed_out=answer.timed_out)


def _whole_bound(answer: Answer, everything: int) -> int:
    # Weights are whole numbers, so the bound is one too; the solver's comes with an error far below a millionth.
    return min(everything, floor(1e-6 - answer.bound)) if isfinite(answer.bound) else everything


def _build_plan(problem: PlanProblem, reduced: Reduced, found: Found) -> Plan:
    offers = tuple(sorted((reduced.choices[index].offer for index in found.chosen), key=_by_start))
    weight = reduced.weigh(reduced.covered(found.chosen))
    gap = max(0, found.bound - weight)
    return Plan(
        name=FULLEST,
        status=PlanStatus.EMPTY if not offers else PlanStatus.OPTIMAL if gap == 0 else PlanStatus.FEASIBLE,
        bound_pct=ceil(10_000 * gap / found.bound) / 100 if gap else 0.0,
        time_limited=found.timed_out,
        offers=offers,
        totals=build_totals(problem.weights, offers),
        still_missing=still_missing(problem.weights, offers),
    )


def _by_start(offer: PlanOffer) -> tuple[bool, str, str]:
    return offer.start is None, "" if offer.start is None else offer.start.isoformat(), offer.offer_id
