"""Facets as the search page shows them: every choice with its count, those made always among them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from szlak.catalogue.messages import Message
from szlak.catalogue.model.search import FacetValue
from szlak.catalogue.services.find import Find
from szlak.ui.query import Asked
from szlak.ui.words import FACETS, say_value

SHOWN = 6
"""How many values of a facet are in sight; the others are one step away."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A value to choose. `count` is None for a choice that was made and that the index did not count."""

    value: str
    label: Message | str
    lang: str | None
    count: int | None
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class FacetView:
    """A facet with the choices in sight and the others."""

    name: str
    title: Message
    head: tuple[Choice, ...]
    tail: tuple[Choice, ...]
    chosen: int


def show_facets(facets: Mapping[str, tuple[FacetValue, ...]], asked: Asked, find: Find, lang: str) -> tuple[FacetView, ...]:
    """Return the facets that have anything to choose."""
    views = (_show_facet(name, facets.get(name, ()), asked, find, lang) for name in FACETS)
    return tuple(view for view in views if view.head)


def name_value(facet: str, value: str, find: Find, lang: str) -> tuple[Message | str, str | None]:
    """Return a value in words, and the language of the words if it is not the page's."""
    if facet != "skill":
        return say_value(facet, value), None
    label = find.label(value, lang)
    return (label.text, label.lang if label.lang != lang else None) if label else (value, None)


def _show_facet(name: str, counted: tuple[FacetValue, ...], asked: Asked, find: Find, lang: str) -> FacetView:
    choices = sorted(_choices(name, counted, asked, find, lang), key=lambda choice: not choice.chosen)
    return FacetView(
        name=name,
        title=FACETS[name],
        head=tuple(choices[:SHOWN]),
        tail=tuple(choices[SHOWN:]),
        chosen=sum(choice.chosen for choice in choices),
    )


def _choices(name: str, counted: tuple[FacetValue, ...], asked: Asked, find: Find, lang: str) -> Iterator[Choice]:
    counts: dict[str, int | None] = {facet.value: facet.count for facet in counted if facet.count or asked.has(name, facet.value)}
    for key, value in asked.filters:
        if key == name:
            counts.setdefault(value, None)
    for value, count in counts.items():
        label, label_lang = name_value(name, value, find, lang)
        yield Choice(value=value, label=label, lang=label_lang, count=count, chosen=asked.has(name, value))
