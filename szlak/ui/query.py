"""What a person asked for: the query string of the search page -> a search plan, and what of it cannot be read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from szlak.catalogue.messages import Message
from szlak.catalogue.model.search import SearchFilters, SearchPlan
from szlak.catalogue.text import clean

PAGE_SIZE = 20
MAX_VALUES = 50
MAX_CHARS = 500
MAX_AMOUNT = Decimal(10_000_000)
CHOICES = {
    "provider": "providers",
    "kind": "kinds",
    "mode": "modes",
    "language": "languages",
    "voivodeship": "voivodeships",
    "skill": "skills",
    "level": "levels",
}
"""The field of SearchFilters behind each parameter that may be repeated."""
AMOUNTS = ("price_max", "hours_max")
DATES = ("starts_from", "starts_by")
BOUNDS = (*AMOUNTS, *DATES)

_BAD_AMOUNT = Message("“{value}” is not an amount. Write a number such as 1500.")
_BAD_DATE = Message("“{value}” is not a date. Write it as 2027-02-12.")
Pair = tuple[str, str]


@dataclass(frozen=True)
class Fault:
    """What cannot be read, and the field it stands in; `suggestions` are values that would do."""

    field: str
    message: Message
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What was asked, as typed (`pairs`, without the cursor) and as understood."""

    pairs: tuple[Pair, ...]
    plan: SearchPlan
    faults: tuple[Fault, ...] = ()

    @property
    def text(self) -> str:
        """The words searched for."""
        return self.first("q")

    @property
    def filters(self) -> tuple[Pair, ...]:
        """The filters set, in the order of the form."""
        return tuple(pair for pair in self.pairs if pair[0] != "q")

    def first(self, name: str) -> str:
        """Return what was typed into a field."""
        return next((value for key, value in self.pairs if key == name), "")

    def has(self, name: str, value: str) -> bool:
        """Return whether a choice is made."""
        return (name, value) in self.pairs

    def without(self, *dropped: Pair) -> "Asked":
        """Return the same question with less in it."""
        return read_query([pair for pair in self.pairs if pair not in dropped])

    def swap(self, old: Pair, new: Pair) -> "Asked":
        """Return the same question with one thing in the place of another."""
        return read_query([new if pair == old else pair for pair in self.pairs])


def read_query(items: Iterable[Pair]) -> Asked:
    """Read a query string. What is blank or unknown is left out, what cannot be read becomes a fault: it never fails."""
    pairs: list[Pair] = []
    cursor = None
    for name, raw in items:
        value = clean(raw)[:MAX_CHARS]
        if name == "cursor":
            cursor = value or None
        elif value and (name, value) not in pairs and _fits(name, pairs):
            pairs.append((name, value))
    filters, faults = _read_filters(pairs)
    text = next((value for name, value in pairs if name == "q"), "")
    return Asked(pairs=tuple(pairs), plan=SearchPlan(text=text, filters=filters, limit=PAGE_SIZE, cursor=cursor), faults=faults)


def _fits(name: str, pairs: Sequence[Pair]) -> bool:
    before = sum(key == name for key, _ in pairs)
    return before < MAX_VALUES if name in CHOICES else before == 0 and name in ("q", *BOUNDS)


def _read_filters(pairs: Sequence[Pair]) -> tuple[SearchFilters, tuple[Fault, ...]]:
    found: dict[str, Any] = {field: tuple(value for key, value in pairs if key == name) for name, field in CHOICES.items()}
    faults: list[Fault] = []
    for name, value in pairs:
        if name in BOUNDS:
            found[name] = _read_amount(value) if name in AMOUNTS else _read_date(value)
            if found[name] is None:
                faults.append(Fault(name, Message((_BAD_AMOUNT if name in AMOUNTS else _BAD_DATE).id, {"value": value})))
    return SearchFilters(**found), tuple(faults)


def _read_amount(text: str) -> Decimal | None:
    try:
        amount = Decimal(text.replace(" ", "").replace(",", ".").removesuffix("zł"))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and 0 <= amount <= MAX_AMOUNT else None


def _read_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
