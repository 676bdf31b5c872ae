"""A person against a target: profile, gap, limits, plan."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal, Protocol

from szlak.catalogue.messages import Message
from szlak.catalogue.model.catalogue import Mode, SectionKind, Vacancy
from szlak.catalogue.model.linking import Link, Zone
from szlak.catalogue.model.noun import noun

Proof = Literal["stated", "experienced", "certified"]


class Need(StrEnum):
    """How much a target asks for a skill."""

    ESSENTIAL = "essential"
    PREFERRED = "preferred"
    OPTIONAL = "optional"


NEED_WEIGHT: Mapping[Need, int] = {Need.ESSENTIAL: 4, Need.PREFERRED: 2, Need.OPTIONAL: 1}
"""How much each need counts in a gap and a plan; integers, so that plans are exact."""


class Basis(StrEnum):
    """How it is known that an occupation needs a skill: ESCO says so, or the machine reads it from our words for the duties."""

    RELATIONS = "relations"
    DUTIES = "duties"


class SkillState(StrEnum):
    """What is known of a person's hold on a required skill."""

    HAVE = "have"
    PARTLY = "partly"
    MISSING = "missing"
    UNKNOWN = "unknown"


@noun
class ProfileSkill:
    """A skill the person has, with the kind of proof."""

    concept_uri: str
    proof: Proof = "stated"


@noun
class Profile:
    """What a person has, has not, and does not know; what is in none of the three lists is unknown."""

    schema_version: Literal[1] = 1
    skills: tuple[ProfileSkill, ...] = ()
    not_: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


@noun
class Target:
    """What a person is measured against: exactly one of a stored vacancy's id, a concept's URI, a vacancy itself, or a job title."""

    id: str | None = None
    uri: str | None = None
    vacancy: Vacancy | None = None
    title: str | None = None


@noun
class RequiredSkill:
    """A skill that a target asks for. `weight` is a positive integer; `reason` says where the demand comes from.

    `basis` is None where no occupation asks for it. With the basis `duties` it is machine-made: `duty` is the sentence that it was
    linked from, and zone `ask` says that a person should confirm it.
    """

    concept_uri: str
    label: str
    need: Need
    weight: int
    reason: Message
    confidence: float | None = None
    basis: Basis | None = None
    zone: Zone | None = None
    duty: str | None = None


@noun
class RequirementLine:
    """One line of a vacancy with its section and linked skills; `lang` as in `model.linking.LinkResult`."""

    text: str
    section: SectionKind
    start: int
    end: int
    links: tuple[Link, ...] = ()
    nil: bool = True
    lang: str | None = None


@noun
class VacancyReading:
    """A vacancy as read: its title, its lines in order, and the skills asked for."""

    title: str | None
    lines: tuple[RequirementLine, ...]
    skills: tuple[RequiredSkill, ...]


@noun
class GapSkill:
    """A required skill with what is known of the person's hold on it, and why; the last four fields are those of RequiredSkill."""

    concept_uri: str
    label: str
    need: Need
    weight: int
    state: SkillState
    proof: Proof | None
    reason: Message
    confidence: float | None = None
    basis: Basis | None = None
    zone: Zone | None = None
    duty: str | None = None


@noun
class TargetOccupation:
    """An occupation that is a target, and how it is known what it needs.

    `note` says what the basis `duties` means and how to get the relations; it is None where ESCO names the skills. `title` is the
    job title that the occupation was found by, with the confidence of that link; both are None where its URI was given.
    """

    concept_uri: str
    label: str
    basis: Basis
    note: Message | None = None
    title: str | None = None
    confidence: float | None = None


@noun
class Gap:
    """The required skills, most needed first, each with its state; and the occupations among the targets."""

    skills: tuple[GapSkill, ...]
    occupations: tuple[TargetOccupation, ...] = ()


@noun
class Limits:
    """What a person can give and where; None is no limit.

    Money in PLN, `hours` in all, `teryt` code prefixes of 2, 4 or 7 digits.
    """

    budget_pln: Decimal | None = None
    hours: Decimal | None = None
    hours_per_week: Decimal | None = None
    start_from: date | None = None
    end_by: date | None = None
    modes: tuple[Mode, ...] | None = None
    languages: tuple[str, ...] | None = None
    teryt: tuple[str, ...] | None = None
    max_offers: int | None = None


@noun
class PlanOffer:
    """An offer as the planner sees it; None is unknown. `credential_id` is taken at most once in a plan."""

    offer_id: str
    credential_id: str
    title: str
    price_pln: Decimal | None
    hours: Decimal | None
    hours_per_week: Decimal | None
    start: date | None
    end: date | None
    mode: Mode | None
    languages: tuple[str, ...] | None
    teryt: str | None
    online: bool | None
    full: bool | None
    concept_uris: tuple[str, ...]
    enrol_until: date | None = None


@noun
class PlanProblem:
    """What is to be solved: weights of the skills still open, the offers, the limits."""

    weights: Mapping[str, int]
    offers: tuple[PlanOffer, ...]
    limits: Limits


class PlanStatus(StrEnum):
    """How good the plan is known to be."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    EMPTY = "empty"


@noun
class PlanTotals:
    """Sums over the chosen offers that state the figure, and how many do not state it.

    `open_weight` is what the plan leaves open; with `covered_weight` it makes up the weight of the problem.
    """

    price_pln: Decimal
    hours: Decimal
    offers: int
    price_unknown: int
    hours_unknown: int
    start: date | None
    end: date | None
    covered_weight: int
    open_weight: int


@noun
class Plan:
    """A set of offers. `bound_pct` is how far the plan may be from the best, in per cent (0 when proved optimal)."""

    name: str
    status: PlanStatus
    bound_pct: float
    time_limited: bool
    offers: tuple[PlanOffer, ...]
    totals: PlanTotals
    still_missing: tuple[str, ...]


@noun
class PlanResult:
    """The plans found, best first; and the occupations among the targets."""

    plans: tuple[Plan, ...]
    occupations: tuple[TargetOccupation, ...] = ()


class Planner(Protocol):
    """Chooses offers that close as much of a gap as the limits allow."""

    def solve(self, problem: PlanProblem) -> PlanResult:
        """Return at least one plan, empty where nothing fits."""
        ...
