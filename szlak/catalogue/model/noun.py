"""The one way in which a noun of the catalogue is declared."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, TypeVar, dataclass_transform

from annotated_types import Interval

T = TypeVar("T")


def _json_name(field: str) -> str:
    return field.rstrip("_")


@dataclass_transform(frozen_default=True, kw_only_default=True)
def noun(cls: type[T]) -> type[T]:
    """Make a class a frozen, keyword-only dataclass that refuses unknown keys when read from JSON."""
    cls.__pydantic_config__ = {  # type: ignore[attr-defined]
        "extra": "forbid",
        # `from_` and `not_` are `from` and `not` in JSON, where these are no keywords.
        "alias_generator": _json_name,
        "serialize_by_alias": True,
        # JSON has no such numbers, and no score or amount may be one.
        "allow_inf_nan": False,
    }
    return dataclass(frozen=True, kw_only=True)(cls)


Amount = Annotated[Decimal, Interval(ge=0, le=10_000_000)]
"""Money, hours or credits: never negative, and no more than anybody means."""
Share = Annotated[float, Interval(ge=0, le=1)]
"""A probability."""
Grade = Annotated[int, Interval(ge=1, le=8)]
"""A level of the Polish or European Qualifications Framework."""
Count = Annotated[int, Interval(ge=0, le=10_000_000)]
"""How many."""
