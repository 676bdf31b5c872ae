"""The integer programme behind a plan, and HiGHS as its solver.

Columns: x of each choice (taken or not), then y of each skill (taught or not); a goal may add its own. HiGHS computes with
floating point: its answer is rounded and checked in whole numbers, and an answer that breaks a limit is cut off and solved
again, so that no plan rests on a tolerance.
"""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import gcd

import highspy
import numpy as np

from szlak.catalogue.recommend.reduction import Reduced

_INFINITY = highspy.kHighsInf
_REPAIRS = 10
_OPTIONS: Mapping[str, bool | float | str] = {
    "output_flag": False,
    "threads": 1,
    "parallel": "off",
    "random_seed": 0,
    "presolve": "off",  # what can be left out is left out already; merging cliques took ten times as long as the search
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 0.5,  # every goal counts in whole numbers
    "mip_feasibility_tolerance": 1e-9,
    "primal_feasibility_tolerance": 1e-9,
}


@dataclass(frozen=True)
class Row:
    """A linear constraint: coefficients by column, and its bounds."""

    terms: Mapping[int, int]
    lower: float = -_INFINITY
    upper: float = _INFINITY


@dataclass(frozen=True)
class Goal:
    """What a solve minimises, over which further rows; `extra` are the upper bounds of added columns, in whole numbers."""

    costs: Mapping[int, int]
    rows: tuple[Row, ...] = ()
    extra: tuple[int, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What a solve found: the choices taken (None when nothing fits), whether proved best, the bound, and what ended it."""

    chosen: tuple[int, ...] | None
    proved: bool
    bound: float
    timed_out: bool = False


@dataclass
class Programme:
    """The constraints that every plan keeps, and how much work is left. Used by one thread, for one problem."""

    reduced: Reduced
    nodes: int
    deadline_s: float
    cuts: list[Row] = field(default_factory=list)
    closed: set[int] = field(default_factory=set)

    @property
    def width(self) -> int:
        """The number of columns before those that a goal adds."""
        return len(self.reduced.choices) + len(self.reduced.weights)

    def y(self, bit: int) -> int:
        """Return the column of a skill."""
        return len(self.reduced.choices) + bit

    def solve(self, goal: Goal, start: Sequence[int] = ()) -> Answer:
        """Return the best choices for a goal, from a plan known to fit."""
        answer = Answer(chosen=None, proved=False, bound=-_INFINITY)
        for _ in range(_REPAIRS):
            answer = self._solve_once(goal, start)
            if answer.chosen is None or self.reduced.fits(answer.chosen):
                return answer
            self.cuts.append(Row(terms=dict.fromkeys(answer.chosen, 1), upper=len(answer.chosen) - 1))
        return Answer(chosen=None, proved=False, bound=answer.bound)

    def excluded(self, goal: Goal, reached: int) -> set[int]:
        """Return choices that no plan reaching a goal's least cost can hold, by the reduced costs of the relaxed programme.

        Half a unit is left for rounding: costs are whole numbers.
        """
        lp = self._build(goal)
        lp.integrality_ = []
        solver = _make_solver(lp, nodes=self.nodes, time_s=max(0.0, self.deadline_s - time.monotonic()))
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return set()
        room = reached + 0.5 - solver.getInfo().objective_function_value
        duals = solver.getSolution().col_dual[: len(self.reduced.choices)]
        return {index for index, dual in enumerate(duals) if dual > room}

    def _solve_once(self, goal: Goal, start: Sequence[int]) -> Answer:
        left_s = self.deadline_s - time.monotonic()
        if left_s <= 0 or self.nodes <= 0:
            return Answer(chosen=None, proved=False, bound=-_INFINITY, timed_out=left_s <= 0)
        solver = _make_solver(self._build(goal), nodes=self.nodes, time_s=left_s)
        if start:
            taken = np.array(start, dtype=np.int32)
            solver.setSolution(len(taken), taken, np.ones(len(taken)))
        solver.run()
        self.nodes -= max(1, solver.getInfo().mip_node_count)
        return _read(solver, len(self.reduced.choices))

    def _build(self, goal: Goal) -> highspy.HighsLp:
        rows = [*self._base_rows(), *self.cuts, *goal.rows]
        upper = [0 if i in self.closed else 1 for i in range(len(self.reduced.choices))]
        return _make_lp(rows, [*upper, *(1 for _ in self.reduced.weights), *goal.extra], goal.costs)

    def _base_rows(self) -> Iterable[Row]:
        choices = self.reduced.choices
        for bit in range(len(self.reduced.weights)):
            teaching = {i: -1 for i, choice in enumerate(choices) if choice.skills >> bit & 1}
            yield Row(terms={self.y(bit): 1, **teaching}, upper=0)
        yield from self._sibling_rows()
        yield from limit_row({i: choice.price for i, choice in enumerate(choices)}, self.reduced.price)
        yield from limit_row({i: choice.hours for i, choice in enumerate(choices)}, self.reduced.hours)
        yield from limit_row(dict.fromkeys(range(len(choices)), 1), self.reduced.count)

    def _sibling_rows(self) -> Iterable[Row]:
        siblings: dict[str, list[int]] = {}
        for index, choice in enumerate(self.reduced.choices):
            siblings.setdefault(choice.offer.credential_id, []).append(index)
        yield from (Row(terms=dict.fromkeys(group, 1), upper=1) for group in siblings.values() if len(group) > 1)


def limit_row(amounts: Mapping[int, int], limit: int | None) -> tuple[Row, ...]:
    """Return the row that keeps a sum within a limit, divided by what all its amounts share; none where it cannot bind."""
    terms = {index: amount for index, amount in amounts.items() if amount}
    if limit is None or sum(terms.values()) <= limit:
        return ()
    shared = gcd(*terms.values())
    return (Row(terms={index: amount // shared for index, amount in terms.items()}, upper=limit // shared),)


def _make_lp(rows: Sequence[Row], upper: Sequence[int], costs: Mapping[int, int]) -> highspy.HighsLp:
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(upper), len(rows)
    lp.col_cost_ = np.array([costs.get(column, 0) for column in range(len(upper))], dtype=float)
    lp.col_lower_, lp.col_upper_ = np.zeros(len(upper)), np.array(upper, dtype=float)
    lp.row_lower_ = np.array([row.lower for row in rows], dtype=float)
    lp.row_upper_ = np.array([row.upper for row in rows], dtype=float)
    lp.integrality_ = [highspy.HighsVarType.kInteger] * len(upper)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.cumsum([0, *(len(row.terms) for row in rows)])
    lp.a_matrix_.index_ = np.array([column for row in rows for column in row.terms], dtype=np.int32)
    lp.a_matrix_.value_ = np.array([value for row in rows for value in row.terms.values()], dtype=float)
    return lp


class _SilentHighs(highspy.Highs):
    """HiGHS without its banner, which the constructor prints before any option can be set."""

    def enableCallbacks(self) -> None:
        self.silent()
        super().enableCallbacks()  # type: ignore[no-untyped-call]


def _make_solver(lp: highspy.HighsLp, *, nodes: int, time_s: float) -> highspy.Highs:
    solver = _SilentHighs()  # type: ignore[no-untyped-call]
    for name, value in {**_OPTIONS, "mip_max_nodes": nodes, "time_limit": time_s}.items():
        solver.setOptionValue(name, value)
    solver.passModel(lp)
    return solver


def _read(solver: highspy.Highs, choices: int) -> Answer:
    status, info = solver.getModelStatus(), solver.getInfo()
    found = info.primal_solution_status == highspy.kSolutionStatusFeasible
    values = solver.getSolution().col_value if found else []
    chosen = tuple(index for index, value in enumerate(values[:choices]) if value > 0.5) if found else None
    proved = status == highspy.HighsModelStatus.kOptimal
    return Answer(chosen=chosen, proved=proved, bound=info.mip_dual_bound, timed_out=status == highspy.HighsModelStatus.kTimeLimit)
