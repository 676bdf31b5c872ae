"""The search page: the start, the results, and what to do when there are none."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from starlette.responses import Response

from szlak.catalogue.errors import FilterUnknown, InputInvalid
from szlak.catalogue.messages import Message
from szlak.catalogue.services.find import CredentialItem, CredentialPage
from szlak.ui.addresses import search_address
from szlak.ui.facets import FacetView, name_value, show_facets
from szlak.ui.offers import OfferView, show_offers
from szlak.ui.query import BOUNDS, CHOICES, Asked, Fault, Pair, read_query
from szlak.ui.reasons import find_reason
from szlak.ui.services import UiServices
from szlak.ui.skills import SkillView, best_links, owners_among, show_link
from szlak.ui.templates import Pages, Speaker
from szlak.ui.words import KINDS

SKILLS_SHOWN = 3
WAYS_OUT = 6
"""Most smaller questions that are tried when nothing was found."""
_BOUND_WORDS = {
    "price_max": Message("at most {value}"),
    "hours_max": Message("at most {value}"),
    "starts_from": Message("starts on {value} or later"),
    "starts_by": Message("starts by {value}"),
}


@dataclass(frozen=True, kw_only=True)
class Result:
    """One item of the list."""

    item: CredentialItem
    kind: Message
    skills: tuple[SkillView, ...]
    offers: tuple[OfferView, ...]
    reason: Message | None


@dataclass(frozen=True, kw_only=True)
class Chip:
    """Something that was asked, and the address of the search without it."""

    words: Message | str
    lang: str | None
    address: str


@dataclass(frozen=True, kw_only=True)
class WayOut:
    """A smaller question that finds something: without one thing that was asked, or (`alone`) with nothing but it."""

    chip: Chip
    alone: bool
    address: str
    total: int


@dataclass(frozen=True, kw_only=True)
class SearchView:
    """Everything the page shows. `courses` is None where only the number of offers is known: a list of several pages."""

    asked: Asked
    total: int
    courses: int | None
    results: tuple[Result, ...]
    facets: tuple[FacetView, ...]
    chips: tuple[Chip, ...]
    ways_out: tuple[WayOut, ...]
    following: str | None
    faults: tuple[Fault, ...]

    @property
    def is_start(self) -> bool:
        """Whether nothing was asked yet."""
        return not self.asked.pairs and self.asked.plan.cursor is None and not self.faults

    @property
    def demonstration(self) -> bool:
        """Whether any result is invented."""
        return any(result.item.credential.demonstration for result in self.results)

    @property
    def has_own_names(self) -> bool:
        """Whether a name that is not ESCO's own is shown."""
        return any(owners_among(result.skills) for result in self.results)


def show_search(pages: Pages, services: UiServices, asked: Asked, lang: str) -> Response:
    """Return the page for what was asked; status 422 if part of it cannot be used."""
    view = build_search_view(services, asked, lang)
    other = search_address("pl" if lang == "en" else "en", asked.pairs)
    status = 422 if view.faults else 200
    return pages.show("search.html", lang, other=other, status=status, view=view, bounds=BOUNDS, search_address=search_address)


def build_search_view(services: UiServices, asked: Asked, lang: str) -> SearchView:
    """Search, and gather what the page shows."""
    page, faults = _search(services, asked)
    found = page or CredentialPage(items=(), total=0, next=None, facets={})
    empty = page is not None and not found.items
    return SearchView(
        asked=asked,
        total=found.total,
        courses=_count_courses(found, asked, services),
        results=tuple(_show_result(item, services, asked.text, lang) for item in found.items),
        facets=show_facets(found.facets, asked, services.find, lang),
        chips=tuple(_show_chip(pair, asked, services, lang) for pair in asked.pairs),
        ways_out=tuple(_ways_out(asked, services, lang)) if empty else (),
        following=search_address(lang, [*asked.pairs, ("cursor", found.next)], "results") if found.next else None,
        faults=faults,
    )


def _search(services: UiServices, asked: Asked) -> tuple[CredentialPage | None, tuple[Fault, ...]]:
    if asked.faults:
        return None, asked.faults
    try:
        return services.find.credentials(asked.plan), ()
    except FilterUnknown as error:
        field = next((name for name, plural in CHOICES.items() if plural == error.name), error.name)
        return None, (Fault(field, error.message, error.suggestions),)
    except InputInvalid as error:
        return None, (Fault("q", error.message),)


def _show_result(item: CredentialItem, services: UiServices, text: str, lang: str) -> Result:
    links = best_links(item.links, most=1000)
    skills = tuple(show_link(link, services.find, lang) for link in links[:SKILLS_SHOWN])
    return Result(
        item=item,
        kind=KINDS[item.credential.kind],
        skills=skills,
        offers=show_offers(item.offers, services.today()),
        reason=find_reason(text, item, skills) if text else None,
    )


def _show_chip(pair: Pair, asked: Asked, services: UiServices, lang: str) -> Chip:
    name, value = pair
    bound = _say_bound(name, asked, lang)
    words, words_lang = (bound, None) if bound else name_value(name, value, services.find, lang)
    return Chip(words=words, lang=words_lang, address=search_address(lang, asked.without(pair).pairs))


def _say_bound(name: str, asked: Asked, lang: str) -> Message | None:
    speaker, value = Speaker(lang), getattr(asked.plan.filters, name, None)
    if name not in _BOUND_WORDS or value is None:
        return None
    write = {"price_max": speaker.money, "hours_max": speaker.hours}.get(name, speaker.short_day)
    return Message(_BOUND_WORDS[name].id, {"value": write(value)})


def _ways_out(asked: Asked, services: UiServices, lang: str) -> Iterator[WayOut]:
    """Yield smaller questions that find something: those that leave one thing out, else those that keep only one."""
    pairs = asked.pairs[:WAYS_OUT]
    if len(asked.pairs) < 2:
        return
    found = [*_try_questions([(pair, asked.without(pair)) for pair in pairs], asked, services, lang)]
    yield from found or _try_questions([(pair, read_query([pair])) for pair in pairs], asked, services, lang)


def _try_questions(questions: Sequence[tuple[Pair, Asked]], asked: Asked, services: UiServices, lang: str) -> Iterator[WayOut]:
    for pair, fewer in questions:
        page, _ = _search(services, fewer)
        if page is not None and page.total:
            yield WayOut(
                chip=_show_chip(pair, asked, services, lang),
                alone=fewer.has(*pair),
                address=search_address(lang, fewer.pairs),
                total=page.total,
            )


def _count_courses(page: CredentialPage, asked: Asked, services: UiServices) -> int | None:
    if not asked.pairs:
        return services.find.counts()["credentials"]
    return len(page.items) if page.next is None and asked.plan.cursor is None else None
