"""One plan among many that close the same weight of the gap.

Fewest offers without a stated price, then the lowest stated price, the earliest stated end, the fewest offers, the smallest offer ids:
each is a goal of its own, solved exactly with everything reached before held fixed.
"""

from dataclasses import dataclass

from szlak.catalogue.recommend.programme import Goal, Programme, Row, limit_row


@dataclass
class TieBreak:
    """The best plan so far, and the rows that hold what it has reached."""

    programme: Programme
    best: tuple[int, ...]
    rows: tuple[Row, ...]
    timed_out: bool = False

    def reach(self, goal: Goal) -> bool:
        """Take the plan that is best for a goal; False where the work ran out before that was proved."""
        answer = self.programme.solve(goal, self.best)
        self.timed_out = answer.timed_out
        if answer.chosen is not None:
            self.best = min(self.best, answer.chosen, key=self.programme.reduced.rank)
        return answer.proved and answer.chosen is not None

    def hold(self, *rows: Row) -> None:
        """Keep what was reached in every goal to come."""
        self.rows += rows


def break_ties(programme: Programme, chosen: tuple[int, ...]) -> TieBreak:
    """Return the first of all plans with the weight of the chosen one; the first seen, where the work runs out."""
    reduced = programme.reduced
    weight = reduced.weigh(reduced.covered(chosen))
    held = Row(terms={programme.y(bit): each for bit, each in enumerate(reduced.weights)}, lower=weight)
    ties = TieBreak(programme=programme, best=chosen, rows=(held,))
    for reach in (_reach_priced, _reach_cheapest, _reach_earliest, _reach_fewest, _reach_smallest_ids):
        if not reach(ties):
            break
    return ties


def _reach_priced(ties: TieBreak) -> bool:
    return _reach_least(ties, {i: 1 for i, choice in enumerate(ties.programme.reduced.choices) if choice.unpriced})


def _reach_cheapest(ties: TieBreak) -> bool:
    prices = {i: choice.price for i, choice in enumerate(ties.programme.reduced.choices) if choice.price}
    _close_above(ties, prices)
    weighty = ties.rows
    if not _reach_least(ties, prices):
        return False
    _close_above(ties, prices)
    ties.programme.closed |= ties.programme.excluded(Goal(costs=prices, rows=weighty), _total(ties, prices))
    return True


def _close_above(ties: TieBreak, amounts: dict[int, int]) -> None:
    """Leave out the choices that alone are more than the best plan is in all."""
    best = _total(ties, amounts)
    ties.programme.closed |= {index for index, amount in amounts.items() if amount > best}


def _reach_least(ties: TieBreak, amounts: dict[int, int]) -> bool:
    if _total(ties, amounts) and not ties.reach(Goal(costs=amounts, rows=ties.rows)):
        return False
    ties.hold(*limit_row(amounts, _total(ties, amounts)))
    return True


def _total(ties: TieBreak, amounts: dict[int, int]) -> int:
    return sum(amounts.get(index, 0) for index in ties.best)


def _reach_earliest(ties: TieBreak) -> bool:
    """Minimise the last end: a column for its place among the ends of the choices, at least that of each choice taken."""
    programme, choices = ties.programme, ties.programme.reduced.choices
    _close_after(ties)
    ends = {i: choice.end for i, choice in enumerate(choices) if choice.end and i not in programme.closed}
    place = {end: number for number, end in enumerate(sorted({0, *ends.values()}))}
    last = programme.width
    rows = tuple(Row(terms={i: place[end], last: -1}, upper=0) for i, end in ends.items())
    if rows and not ties.reach(Goal(costs={last: 1}, rows=(*ties.rows, *rows), extra=(len(place) - 1,))):
        return False
    _close_after(ties)
    return True


def _close_after(ties: TieBreak) -> None:
    choices = ties.programme.reduced.choices
    end = max(choices[index].end for index in ties.best)
    ties.programme.closed |= {index for index, choice in enumerate(choices) if choice.end > end}


def _reach_fewest(ties: TieBreak) -> bool:
    return _reach_least(ties, dict.fromkeys(range(len(ties.programme.reduced.choices)), 1))


def _reach_smallest_ids(ties: TieBreak) -> bool:
    """Fix the offers of the plan one by one: the smallest id that any plan as good can start with, then the next."""
    fixed: list[int] = []
    while len(fixed) < len(ties.best):
        rows = (*ties.rows, Row(terms=dict.fromkeys(fixed, 1), lower=len(fixed))) if fixed else ties.rows
        following = ties.best[len(fixed)]
        before = [i for i in range(following) if i not in ties.programme.closed and i not in fixed]
        if before and not ties.reach(_first_goal(ties, [*before, following], rows)):
            return False
        fixed.append(ties.best[len(fixed)])
        ties.programme.closed |= {i for i in range(fixed[-1]) if i not in fixed}
    return True


def _first_goal(ties: TieBreak, candidates: list[int], rows: tuple[Row, ...]) -> Goal:
    """Minimise the place of one marked choice; the mark can only be on a choice that is taken."""
    first = ties.programme.width
    marks = {first + place: index for place, index in enumerate(candidates)}
    marked = (Row(terms={mark: 1, index: -1}, upper=0) for mark, index in marks.items())
    one = Row(terms=dict.fromkeys(marks, 1), lower=1, upper=1)
    costs = {mark: place for place, mark in enumerate(marks)}
    return Goal(costs=costs, rows=(*rows, *marked, one), extra=(1,) * len(marks))
