"""Generated nouns: any value that the annotations of a noun allow, for tests of reading, writing and storing."""

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from annotated_types import Interval
from hypothesis import strategies as st

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
PLAIN: Mapping[Any, st.SearchStrategy[Any]] = {
    str: TEXTS,
    int: st.integers(-(10**9), 10**9),
    bool: st.booleans(),
    float: st.floats(allow_nan=False, allow_infinity=False),
    Decimal: st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**7), max_value=10**7),
    date: st.dates(),
    datetime: st.datetimes(),
    time: st.times(),
    type(None): st.none(),
}


def ranged(plain: Any, bounds: Interval) -> st.SearchStrategy[Any]:
    """Return a strategy for numbers within bounds, the bounds themselves included."""
    if plain is Decimal:
        return st.decimals(bounds.ge, bounds.le, places=2)
    return (st.integers if plain is int else st.floats)(bounds.ge, bounds.le)


@cache
def values_of(annotation: Any) -> st.SearchStrategy[Any]:
    """Return a strategy for a noun or for the type of one of its fields."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return ranged(*arguments)
    if annotation in PLAIN:
        return PLAIN[annotation]
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin in (Union, types.UnionType):
        return st.one_of(*map(values_of, arguments))
    if origin is tuple and arguments[-1] is Ellipsis:
        return st.lists(values_of(arguments[0]), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*map(values_of, arguments))
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return st.sampled_from(annotation)
    if origin is not None and issubclass(origin, Mapping):
        return st.dictionaries(values_of(arguments[0]), values_of(arguments[1]), max_size=2)
    assert is_dataclass(annotation), f"no values are known for {annotation}"
    hints = get_type_hints(annotation, include_extras=True)
    return st.builds(annotation, **{field.name: values_of(hints[field.name]) for field in fields(annotation)})
