"""The values that filters may have: those that exist by definition and those of one generation."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import fuzz, process

from szlak.catalogue.errors import FilterUnknown, InputInvalid
from szlak.catalogue.messages import Message
from szlak.catalogue.model.search import SearchFilters, SearchPlan
from szlak.catalogue.search.documents import IndexDocument
from szlak.catalogue.search.fields import NUMBER_FILTERS, TERM_FIELDS
from szlak.catalogue.text import fold

NEAREST = 3
_ALIKE = 60
"""Likeness (0 to 100) below which a value is no suggestion."""

_ALL_SHOWN = 20
"""Where nothing is like what was asked for, all values are suggested if there are no more than these."""

Vocabulary = Mapping[str, Sequence[str]]
"""Sorted values by name of the term field."""


def build_vocabulary(documents: Iterable[IndexDocument], skill_uris: Iterable[str]) -> Vocabulary:
    """Return the values of all documents; every skill of the taxonomy is a value, even if no credential teaches it."""
    values: defaultdict[str, set[str]] = defaultdict(set, {field.name: set(field.known) for field in TERM_FIELDS})
    values["skill"].update(skill_uris)
    for document in documents:
        for name, terms in document.terms.items():
            values[name].update(terms)
    return {name: sorted(found) for name, found in values.items()}


class FilterCheck:
    """Tells known filter values from unknown ones."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._values = {name: dict.fromkeys(values) for name, values in vocabulary.items()}

    def check(self, plan: SearchPlan) -> None:
        """Refuse a plan whose filters can fit nothing.

        Raises:
            FilterUnknown: a value does not exist (with the nearest that do), or concepts are to be filtered like offers.
            InputInvalid: a limit is not a number.
        """
        if plan.kind != "offers":
            _refuse_filters(plan.filters)
        for field in TERM_FIELDS:
            for value in getattr(plan.filters, field.filter):
                if value not in self._values[field.name]:
                    raise self._unknown(field.name, field.filter, value)
        for name in ("price_max", "hours_max"):
            limit = getattr(plan.filters, name)
            if limit is not None and not limit.is_finite():
                raise InputInvalid(Message("The filter “{name}” must be a number.", {"name": name}))

    def _unknown(self, field: str, name: str, value: str) -> FilterUnknown:
        known = self._values[field]
        few = tuple(sorted(known)) if len(known) <= _ALL_SHOWN else ()
        nearest = process.extract(value, known.keys(), scorer=fuzz.WRatio, processor=fold, limit=NEAREST, score_cutoff=_ALIKE)
        message = Message("The filter “{name}” knows no value “{value}”.", {"name": field, "value": value[:100]})
        return FilterUnknown(message, name=name, suggestions=tuple(found for found, _, _ in nearest) or few)


def _refuse_filters(filters: SearchFilters) -> None:
    for name in (*(field.filter for field in TERM_FIELDS), *(rule.filter for rule in NUMBER_FILTERS)):
        if getattr(filters, name) not in ((), None):
            raise FilterUnknown(Message("The filter “{name}” is for offers only.", {"name": name}), name=name, suggestions=())
