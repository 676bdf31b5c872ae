"""Plans made one offer at a time: a start for the solver, and the answer when the solver gives none."""

from collections.abc import Callable
from fractions import Fraction

from szlak.catalogue.recommend.reduction import Choice, Reduced

Cost = Callable[[Choice], Fraction]


def build_greedy(reduced: Reduced) -> tuple[int, ...]:
    """Return the better of two plans: by weight gained, and by weight gained for the share of the limits it takes."""
    plans = [tuple(sorted(_prune(reduced, _pick(reduced, cost)))) for cost in (_no_cost, _share_of_limits(reduced))]
    return min(plans, key=reduced.rank)


def _no_cost(_: Choice) -> Fraction:
    return Fraction(1)


def _share_of_limits(reduced: Reduced) -> Cost:
    longest = sum(choice.price for choice in reduced.choices) or 1

    def cost(choice: Choice) -> Fraction:
        price = Fraction(choice.price, reduced.price or longest)
        hours = Fraction(choice.hours, reduced.hours) if reduced.hours else Fraction(0)
        return price + hours + Fraction(1, reduced.count or 1000)

    return cost


def _pick(reduced: Reduced, cost: Cost) -> list[int]:
    costs = [cost(choice) for choice in reduced.choices]
    chosen: list[int] = []
    open_ = set(range(len(reduced.choices)))
    covered = 0
    while True:
        open_ = {i for i in open_ if reduced.choices[i].skills & ~covered and reduced.fits([*chosen, i])}
        if not open_:
            return chosen
        gains = {i: reduced.weigh(reduced.choices[i].skills & ~covered) for i in open_}
        best = min(open_, key=lambda i: (-gains[i] / costs[i], reduced.choices[i].price, reduced.choices[i].end, i))
        chosen.append(best)
        covered |= reduced.choices[best].skills


def _prune(reduced: Reduced, chosen: list[int]) -> list[int]:
    """Leave out what the later choices made superfluous, the dearest first."""
    kept = list(chosen)
    for index in sorted(chosen, key=lambda i: (-reduced.choices[i].price, -reduced.choices[i].end, -i)):
        rest = [other for other in kept if other != index]
        if reduced.covered(rest) == reduced.covered(kept):
            kept = rest
    return kept
