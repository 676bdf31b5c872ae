"""The planner: as good as trying everything, the same every time, exact to the grosz."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.planner_instances import build_instance
from szlak.catalogue.model.matching import Plan, PlanProblem, PlanStatus
from szlak.catalogue.recommend.planner import HighsPlanner
from szlak.catalogue.recommend.reduction import reduce_problem
from szlak.catalogue.recommend.verify import violations
from tests.catalogue.recommend.instances import SKILLS, best_by_trying, offer, problem, problems

thorough = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def solve(whole: PlanProblem) -> Plan:
    (plan,) = HighsPlanner().solve(whole).plans
    return plan


def ids(plan: Plan) -> tuple[str, ...]:
    return tuple(sorted(each.offer_id for each in plan.offers))


@pytest.mark.property
@thorough
@given(problems())
def test_the_plan_is_the_one_found_by_trying_every_set(whole: PlanProblem) -> None:
    """The optimum, and among equals the first, is what trying every set of offers gives."""
    plan = solve(whole)
    assert ids(plan) == best_by_trying(whole)
    assert plan.bound_pct == 0
    assert plan.status is (PlanStatus.OPTIMAL if plan.offers else PlanStatus.EMPTY)


@pytest.mark.property
@thorough
@given(problems())
def test_a_plan_keeps_to_its_problem(whole: PlanProblem) -> None:
    """The independent verifier finds nothing wrong."""
    assert violations(whole, solve(whole)) == ()


@pytest.mark.property
@settings(thorough, max_examples=60)
@given(problems(), st.decimals(0, 500, places=2))
def test_more_money_never_closes_less(whole: PlanProblem, more: Decimal) -> None:
    """Raising the budget never lowers the weight covered."""
    budget = whole.limits.budget_pln or Decimal(0)
    poor = replace(whole, limits=replace(whole.limits, budget_pln=budget))
    rich = replace(whole, limits=replace(whole.limits, budget_pln=budget + more))
    assert solve(poor).totals.covered_weight <= solve(rich).totals.covered_weight


@pytest.mark.property
@settings(thorough, max_examples=60)
@given(problems(), st.integers(0, 8))
def test_an_offer_less_never_closes_more(whole: PlanProblem, place: int) -> None:
    """Taking an offer away never raises the weight covered."""
    fewer = replace(whole, offers=whole.offers[:place] + whole.offers[place + 1 :])
    assert solve(fewer).totals.covered_weight <= solve(whole).totals.covered_weight


@pytest.mark.property
@settings(thorough, max_examples=60)
@given(problems(), st.randoms(use_true_random=False))
def test_the_order_of_what_is_given_changes_nothing(whole: PlanProblem, draw) -> None:
    """Offers and weights in another order give the very same plan."""
    offers, weights = list(whole.offers), list(whole.weights.items())
    draw.shuffle(offers)
    draw.shuffle(weights)
    assert solve(replace(whole, offers=tuple(offers), weights=dict(weights))) == solve(whole)


def test_money_is_exact_to_the_grosz() -> None:
    """Three offers of 0.10 fit 0.30 together; a budget of a grosz less lets only two in."""
    offers = [offer(f"o{n}", SKILLS[n], price_pln=Decimal("0.10")) for n in range(3)]
    assert len(solve(problem(*offers, budget_pln=Decimal("0.30"))).offers) == 3
    assert len(solve(problem(*offers, budget_pln=Decimal("0.29"))).offers) == 2


def test_money_is_exact_where_amounts_are_large() -> None:
    """A grosz in hundreds of thousands still decides."""
    offers = [offer(f"o{n}", SKILLS[n], price_pln=Decimal("333333.33") + n) for n in range(3)]
    total = sum((each.price_pln or Decimal(0) for each in offers), Decimal(0))
    assert len(solve(problem(*offers, budget_pln=total)).offers) == 3
    assert len(solve(problem(*offers, budget_pln=total - Decimal("0.01"))).offers) == 2


def test_an_amount_finer_than_a_grosz_never_breaks_the_budget() -> None:
    """Prices are rounded up and the budget down, and the total is the exact sum."""
    offers = [offer(f"o{n}", SKILLS[n], price_pln=Decimal("0.105")) for n in range(2)]
    assert len(solve(problem(*offers, budget_pln=Decimal("0.209"))).offers) == 1
    assert solve(problem(*offers)).totals.price_pln == Decimal("0.210")


def test_amounts_nobody_means_do_no_harm() -> None:
    """A price beyond all bounds is dearer than any other, and a negative one is no gift."""
    absurd = offer("a", "urn:a", price_pln=Decimal("1E+300"))
    negative = offer("b", "urn:b", price_pln=Decimal("-500"))
    plan = solve(problem(absurd, negative, offer("c", "urn:a", price_pln=Decimal(9)), budget_pln=Decimal(5)))
    assert ids(plan) == ("b",)
    assert ids(solve(problem(absurd, offer("c", "urn:a", price_pln=Decimal(9))))) == ("c",)


def test_an_unknown_price_is_kept_and_counted() -> None:
    """An offer that states no price or hours is in the plan, and the totals say so."""
    plan = solve(problem(offer("a", "urn:a"), budget_pln=Decimal(0), hours=Decimal(1)))
    assert ids(plan) == ("a",)
    assert (plan.totals.price_unknown, plan.totals.hours_unknown, plan.totals.price_pln) == (1, 1, Decimal(0))


def test_two_offers_of_one_credential_are_never_both_taken() -> None:
    """A credential is taken at most once, even where its editions teach different skills."""
    plan = solve(problem(offer("a", "urn:a", credential_id="c"), offer("b", "urn:b", credential_id="c")))
    assert ids(plan) == ("a",)


def test_what_is_still_missing_is_in_order_of_weight_then_uri() -> None:
    """The heaviest open skill comes first; equals by URI."""
    plan = solve(problem(offer("a", "urn:a"), weights={"urn:d": 2, "urn:a": 1, "urn:c": 2, "urn:b": 8}))
    assert plan.still_missing == ("urn:b", "urn:c", "urn:d")
    assert (plan.totals.covered_weight, plan.totals.open_weight) == (1, 12)


def test_offers_are_in_the_order_in_which_they_begin() -> None:
    """A plan reads as a calendar, with unknown dates last."""
    offers = (offer("a", "urn:a"), offer("b", "urn:b", start=date(2027, 5, 1)), offer("c", "urn:c", start=date(2027, 2, 1)))
    assert [each.offer_id for each in solve(problem(*offers)).offers] == ["c", "b", "a"]


@pytest.mark.parametrize(
    "whole",
    [
        problem(),
        problem(offer("a", "urn:other")),
        problem(offer("a", "urn:a", price_pln=Decimal(2)), budget_pln=Decimal(1)),
        problem(offer("a", "urn:a"), max_offers=0),
        PlanProblem(weights={}, offers=(offer("a", "urn:a"),), limits=problem().limits),
    ],
    ids=["no offers", "nothing open taught", "too dear", "no offer allowed", "nothing open"],
)
def test_where_nothing_fits_the_plan_is_empty(whole: PlanProblem) -> None:
    """There is always one plan, and an empty one says that it is."""
    plan = solve(whole)
    assert (plan.status, plan.offers, plan.totals.offers, plan.totals.price_pln) == (PlanStatus.EMPTY, (), 0, Decimal(0))
    assert set(plan.still_missing) == set(whole.weights)


def dense() -> PlanProblem:
    """Return a problem on which the greedy start is not the best and the root of the search tree does not close it."""
    return build_instance(0, offers=120, skills=20)


def test_without_work_allowed_the_plan_is_the_greedy_one_with_its_bound() -> None:
    """When the solver may do nothing, a plan that keeps to the problem comes with an honest bound."""
    whole = dense()
    (plan,) = HighsPlanner(nodes=0).solve(whole).plans
    best = solve(whole)
    assert violations(whole, plan) == ()
    assert plan.status is PlanStatus.FEASIBLE
    assert not plan.time_limited
    assert plan.totals.covered_weight >= best.totals.covered_weight * (1 - plan.bound_pct / 100) - 1e-9
    assert best.totals.covered_weight <= plan.totals.covered_weight / (1 - plan.bound_pct / 100) + 1e-9


def test_without_time_the_plan_says_that_the_clock_stopped_it() -> None:
    """The clock is the last resort, and the plan tells when it was used."""
    (plan,) = HighsPlanner(timeout_s=0).solve(dense()).plans
    assert plan.time_limited
    assert plan.status is PlanStatus.FEASIBLE
    assert plan.offers


def test_the_search_beats_the_greedy_plan() -> None:
    """The solver is worth its while: it covers more than the greedy plan where limits are tight."""
    (greedy,) = HighsPlanner(nodes=0).solve(dense()).plans
    best = solve(dense())
    assert best.status is PlanStatus.OPTIMAL
    assert best.totals.covered_weight > greedy.totals.covered_weight


def test_solving_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    """The solver's banner and log stay away from standard output."""
    solve(dense())
    captured = capfd.readouterr()
    assert (captured.out, captured.err) == ("", "")


def test_reduction_leaves_out_what_another_offer_replaces() -> None:
    """A dearer offer that teaches no more is not given to the solver; a cheaper one stays."""
    cheap, dear = offer("b", "urn:a", "urn:b", price_pln=Decimal(1)), offer("a", "urn:a", price_pln=Decimal(2))
    assert [choice.offer.offer_id for choice in reduce_problem(problem(cheap, dear)).choices] == ["b"]
