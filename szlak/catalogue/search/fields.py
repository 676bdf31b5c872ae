"""The one table of what is indexed: schema, documents, queries, filters and facets are all made from it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any, Literal, get_args

from szlak.catalogue.model.catalogue import Kind, Mode
from szlak.catalogue.model.places import VOIVODESHIPS
from szlak.catalogue.model.search import SearchFilters, SearchKind

SCHEMA_VERSION = 1
"""Goes up with every change of this table or of what documents hold, so that old generations are built anew."""

ONLINE = "online"
KINDS: tuple[SearchKind, ...] = get_args(SearchKind)


@dataclass(frozen=True)
class TextField:
    """A text that words are looked for in. It becomes two fields of the index: lemmas, and surface forms without diacritics."""

    name: str
    boost: float

    @property
    def lemmas(self) -> str:
        """Name of the field of lemmas."""
        return f"{self.name}_lemmas"

    @property
    def folded(self) -> str:
        """Name of the field of folded surface forms."""
        return f"{self.name}_folded"


TEXT_FIELDS: Mapping[SearchKind, tuple[TextField, ...]] = {
    "offers": (
        TextField("title", 3.0),  # people remember and type names; a name says what the whole is about
        TextField("skills", 2.0),  # names of linked concepts: what is taught in words that do not depend on the provider's style
        TextField("outcomes", 1.5),  # what will be learnt, but long and full of common verbs
        TextField("provider", 1.2),  # a provider's own offers before those that only mention it in their description
        TextField("description", 1.0),  # the measure of the others
    ),
    "skills": (
        TextField("preferred", 2.0),  # the name that is shown, before names of other things that share the word
        TextField("names", 1.0),  # the measure
    ),
    "occupations": (
        TextField("preferred", 2.0),  # as for skills
        TextField("names", 1.0),
    ),
}


@dataclass(frozen=True)
class TermField:
    """A field of codes or names: a facet, and the filter of SearchFilters that reads it.

    `limit` bounds the values of the facet; `known` are values that exist even where no document carries them.
    """

    name: str
    filter: str
    limit: int = 1000
    known: tuple[str, ...] = ()


TERM_FIELDS: tuple[TermField, ...] = (
    TermField("provider", "providers"),
    TermField("kind", "kinds", known=get_args(Kind)),
    TermField("mode", "modes", known=get_args(Mode)),
    TermField("language", "languages"),
    TermField("voivodeship", "voivodeships", known=(*VOIVODESHIPS, ONLINE)),
    TermField("level", "levels", known=tuple(f"{frame}:{level}" for frame in ("prk", "eqf") for level in range(1, 9))),
    TermField("skill", "skills", limit=20),  # thousands of values: a page shows the most common
)

NUMBER_FIELDS = ("price", "hours", "starts")
_UNITS = 10_000
_LARGEST = 2**62


def encode_amount(amount: Decimal, rounding: str = ROUND_CEILING) -> int:
    """Return an amount (PLN, hours) as a whole number of ten-thousandths, bounded to what 63 bits hold.

    Documents round up and upper limits round down, so that nothing above a limit is ever let in.
    """
    bounded = max(Decimal(-_LARGEST), min(Decimal(_LARGEST), amount * _UNITS))
    return int(bounded.to_integral_value(rounding))


def _encode_limit(limit: Decimal) -> int:
    return encode_amount(limit, ROUND_FLOOR)


@dataclass(frozen=True)
class NumberFilter:
    """A filter of SearchFilters that bounds a number field from one side."""

    filter: str
    field: str
    side: Literal["from", "to"]
    encode: Callable[[Any], int]


NUMBER_FILTERS: tuple[NumberFilter, ...] = (
    NumberFilter("price_max", "price", "to", _encode_limit),
    NumberFilter("hours_max", "hours", "to", _encode_limit),
    NumberFilter("starts_from", "starts", "from", date.toordinal),
    NumberFilter("starts_by", "starts", "to", date.toordinal),
)


@dataclass(frozen=True)
class Condition:
    """What one filter asks of one field: any of `values`, or a number within the bounds (both inclusive, None is open)."""

    field: str
    values: tuple[str, ...] = ()
    lower: int | None = None
    upper: int | None = None


def build_conditions(filters: SearchFilters) -> tuple[Condition, ...]:
    """Return the conditions that a document must meet, all of them."""
    terms = [Condition(field.name, values=values) for field in TERM_FIELDS if (values := tuple(getattr(filters, field.filter)))]
    return (*terms, *(_bound(rule, value) for rule in NUMBER_FILTERS if (value := getattr(filters, rule.filter)) is not None))


def _bound(rule: NumberFilter, value: object) -> Condition:
    number = rule.encode(value)
    return Condition(rule.field, lower=number) if rule.side == "from" else Condition(rule.field, upper=number)
