"""The shapes of requests: query parameters and bodies. What is not documented is refused."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from szlak.catalogue.api.validation import Amount, Cursor, Limit, Query, Text, Value, Values
from szlak.catalogue.model.catalogue import Section
from szlak.catalogue.model.matching import Limits, Profile, Target
from szlak.catalogue.model.search import SearchFilters, SearchPlan

MAX_TEXTS = 100
MAX_PROFILE = 5000
TextKind = Literal["learning_outcome", "occupational_task", "job_requirement", "offer_title", "everyday"]


class Body(BaseModel):
    """A request body; a key that is not documented is refused."""

    model_config = ConfigDict(extra="forbid")


class PagedQuery(BaseModel):
    """Which page of a list."""

    limit: Limit = 20
    cursor: Annotated[Cursor | None, Field(description="`next` of the page before.")] = None


class CredentialLinksQuery(PagedQuery):
    """Whose links are listed."""

    credential: Annotated[Value, Field(description="A credential's id.")]


class SuggestQuery(PagedQuery):
    """What was typed so far."""

    q: Query = ""
    limit: Limit = 10


class CredentialQuery(PagedQuery):
    """What is searched. Within one filter any value fits; every filter must fit; unknown never fits a filter."""

    q: Annotated[Query, Field(description="Words in Polish, as people type them.")] = ""
    provider: Values = []
    kind: Values = []
    mode: Values = []
    language: Annotated[Values, Field(description="ISO 639-1 code of the language of teaching.")] = []
    voivodeship: Annotated[Values, Field(description="The first two digits of the TERYT code, or `online`.")] = []
    skill: Annotated[Values, Field(description="ESCO URI.")] = []
    level: Annotated[Values, Field(description="`prk:1` to `prk:8` or `eqf:1` to `eqf:8`.")] = []
    price_max: Annotated[Amount | None, Field(description="PLN")] = None
    hours_max: Amount | None = None
    starts_from: date | None = None
    starts_by: date | None = None

    def plan(self) -> SearchPlan:
        """Return the query as the search index takes it."""
        filters = SearchFilters(
            providers=tuple(self.provider),
            kinds=tuple(self.kind),
            modes=tuple(self.mode),
            languages=tuple(self.language),
            voivodeships=tuple(self.voivodeship),
            skills=tuple(self.skill),
            levels=tuple(self.level),
            price_max=self.price_max,
            hours_max=self.hours_max,
            starts_from=self.starts_from,
            starts_by=self.starts_by,
        )
        return SearchPlan(text=self.q, filters=filters, limit=self.limit, cursor=self.cursor)


class OccupationQuery(PagedQuery):
    """Which occupations: those whose names and descriptions have some words, or those that a job title may mean."""

    q: Query = ""
    title: Annotated[Query, Field(description="A job title. The answer is one page: the occupations it may mean, most likely first.")] = ""


class ConceptQuery(PagedQuery):
    """Which concepts."""

    q: Query = ""
    kind: Literal["skills", "occupations"] = "skills"


class TextIn(Body):
    """A text to link; `id` comes back with its links, `context` is the title of the course or vacancy.

    `lang` is the language of the text, where it is known: without it, a text that is neither Polish nor English is recognised.
    """

    id: Value
    text: Text
    context: Query = ""
    kind: TextKind | None = None
    lang: Annotated[str | None, Field(pattern="^[a-z]{2}$", description="ISO 639-1")] = None


class LinkRequest(Body):
    """Texts to link to concepts."""

    texts: Annotated[list[TextIn], Field(min_length=1, max_length=MAX_TEXTS)]
    target: Literal["skills", "occupations"] = "skills"
    top_k: Limit = 20


class VacancyText(Body):
    """An advertisement to read: its text, or its sections, which then are its text. It is neither stored nor logged."""

    text: Text | None = None
    title: Query | None = None
    sections: Annotated[list[Section] | None, Field(max_length=100)] = None


def _check_profile(profile: Profile) -> Profile:
    if len(profile.skills) + len(profile.not_) + len(profile.unknown) > MAX_PROFILE:
        raise PydanticCustomError("profile_too_long", "a profile holds at most {limit} skills", {"limit": MAX_PROFILE})
    return profile


def _check_amounts(limits: Limits) -> Limits:
    for amount in (limits.budget_pln, limits.hours, limits.hours_per_week):
        if amount is not None and not (amount.is_finite() and 0 <= amount <= Decimal(10_000_000) and _places(amount) <= 4):
            raise PydanticCustomError("amount_out_of_range", "amounts are 0 to 10,000,000 with at most four decimal places")
    return limits


def _places(amount: Decimal) -> int:
    exponent = amount.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


ProfileIn = Annotated[Profile, AfterValidator(_check_profile)]
LimitsIn = Annotated[Limits, AfterValidator(_check_amounts)]
Targets = Annotated[list[Target], Field(min_length=1, max_length=50)]


class GapRequest(Body):
    """A person and what they are measured against. Nothing of it is stored or logged."""

    profile: ProfileIn
    targets: Targets


class PlanRequest(GapRequest):
    """A person, a target, and the limits of money, time and place."""

    limits: LimitsIn = Limits()
