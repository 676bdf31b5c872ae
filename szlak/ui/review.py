"""The review for curators: the queue, one text at a time with its candidates, and how far reviewers agree."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from szlak.catalogue.esco.agreement import Agreement
from szlak.catalogue.esco.decisions import standing_decisions
from szlak.catalogue.messages import LANGUAGES
from szlak.catalogue.model.linking import Decision, Zone
from szlak.catalogue.model.search import SearchPlan
from szlak.catalogue.services.find import Find
from szlak.catalogue.services.review import Answer, Desk, QueuePage, Review
from szlak.catalogue.services.review_board import Subject
from szlak.catalogue.services.review_items import Candidate, ReviewItem
from szlak.ui import review_words
from szlak.ui.addresses import AGREEMENT, REVIEWED, review_address, reviewed_address
from szlak.ui.addresses import REVIEW as QUEUE
from szlak.ui.formats import typeset
from szlak.ui.marks import Piece, cut_text
from szlak.ui.review_form import PAGE_SIZE, Place, Tokens, open_desk, read_answer, read_form, read_place
from szlak.ui.services import UiServices
from szlak.ui.skills import owner_of
from szlak.ui.templates import Pages

FOUND_SHOWN = 8
"""Concepts listed for a search beside the candidates."""


@dataclass(frozen=True, kw_only=True)
class Notice:
    """The decision just made, where it was made, whether something is accepted beside it, and whether it can be undone here."""

    decision: Decision
    beside: bool
    name: str
    address: str
    can_undo: bool


@dataclass(frozen=True, kw_only=True)
class ItemView:
    """Everything the page of a text shows.

    Candidates that wait for this curator, those that are settled, those behind a line, and concepts found by a search. `blind`
    hides what others decided, so that a second opinion is one. `numbers` tie candidates to the words marked for them.
    """

    item: ReviewItem
    pieces: tuple[Piece, ...]
    numbers: Mapping[str, int]
    waiting: tuple[Candidate, ...]
    settled: tuple[Candidate, ...]
    unlikely: tuple[Candidate, ...]
    found: tuple[Candidate, ...]
    earlier: tuple[tuple[Decision, str], ...]
    history: tuple[tuple[Decision, str], ...]
    previous: str | None
    following: str | None
    blind: bool

    @property
    def has_accepted(self) -> bool:
        """Whether something is accepted in sight of the curator, so that "nothing fits" means nothing else."""
        return not self.blind and any(candidate.decision and candidate.decision.verdict == "accept" for candidate in self.item.candidates)

    @property
    def has_own_names(self) -> bool:
        """Whether a name that is not ESCO's own is shown."""
        return any(owner_of(candidate.label) for candidate in (*self.item.candidates, *self.found))


class ReviewPages:
    """Answers the review's addresses in one language."""

    def __init__(self, pages: Pages, services: UiServices, tokens: Tokens, lang: str) -> None:
        """Keep what the pages are made with."""
        self._pages = pages
        self._services = services
        self._tokens = tokens
        self._lang = lang
        self._other = next(other for other in LANGUAGES if other != lang)

    def routes(self) -> list[Route]:
        """Return the routes of this language."""
        return [
            Route(QUEUE[self._lang], self.show_queue),
            Route(AGREEMENT[self._lang], self.show_agreement),
            Route(REVIEWED[self._lang] + "{subject}/{record_id:path}", self.show_item, methods=["GET"]),
            Route(REVIEWED[self._lang] + "{subject}/{record_id:path}", self.take_answer, methods=["POST"]),
        ]

    def show_queue(self, request: Request) -> Response:
        """Return the list of texts."""
        desk, place = open_desk(self._services.desk, request), read_place(request)
        page = desk.review.queue(place.wanted, self._lang, by=desk.curator)
        return self._show(
            request,
            "review_queue.html",
            review_address(self._other, place.pairs),
            desk=desk,
            page=page,
            place=place,
            address_of=self._address_of(place),
            providers=desk.review.providers(),
            pager=_page_addresses(page, place, self._lang),
        )

    def show_item(self, request: Request) -> Response:
        """Return the page of a text."""
        desk, place = open_desk(self._services.desk, request), read_place(request)
        record_id, subject = request.path_params["record_id"], request.path_params["subject"]
        item = desk.review.item(record_id, subject, self._lang)
        before, after = desk.review.neighbours(place.wanted, record_id, subject, by=desk.curator)
        address_of = self._address_of(place)
        found = _find_concepts(place.query, item, self._services.find, desk.review, self._lang)
        around = (address_of(before) if before else None, address_of(after) if after else None)
        view = build_item_view(item, found, desk, around, self._lang, blind=place.wanted.state == "second")
        return self._show(
            request,
            "review_item.html",
            reviewed_address(self._other, record_id, subject, (*place.pairs, *((("q", place.query),) if place.query else ()))),
            desk=desk,
            view=view,
            place=place,
            here=reviewed_address(self._lang, record_id, subject),
            action=address_of(item.subject),
            queue=review_address(self._lang, place.pairs),
            progress=desk.review.progress(),
            notice=self._notice(desk, place),
        )

    async def take_answer(self, request: Request) -> Response:
        """Store what the curator says, and lead on: to the next text when this one is done, else back to it."""
        desk = open_desk(self._services.desk, request)
        fields = await read_form(request)
        self._tokens.check(request, fields)
        answer = read_answer(request.path_params["record_id"], request.path_params["subject"], fields)
        address = await run_in_threadpool(self._answer, desk, read_place(request), answer)
        return RedirectResponse(address, 303)

    def show_agreement(self, request: Request) -> Response:
        """Return how far reviewers agree."""
        desk = open_desk(self._services.desk, request)
        pairs = desk.review.agreements()
        return self._show(
            request, "review_agreement.html", AGREEMENT[self._other], desk=desk, pairs=pairs, disputes=self._disputes(desk, pairs)
        )

    def _answer(self, desk: Desk, place: Place, answer: Answer) -> str:
        _, after = desk.review.neighbours(place.wanted, answer.record_id, answer.subject, by=desk.curator)
        decide = desk.review.undo if answer.verdict == "withdrawn" else desk.review.decide
        decision = decide(answer, by=desk.curator).decision
        pairs = (*place.pairs, ("last", str(decision.decision_id)))
        done = desk.review.item(answer.record_id, answer.subject, self._lang).entry.closed
        if done and after and place.wanted.state == "waiting":
            return reviewed_address(self._lang, after.record_id, after.key, pairs)
        return reviewed_address(self._lang, answer.record_id, answer.subject, pairs)

    def _address_of(self, place: Place) -> Callable[[Subject], str]:
        return lambda subject: reviewed_address(self._lang, subject.record_id, subject.key, place.pairs)

    def _notice(self, desk: Desk, place: Place) -> Notice | None:
        decision = desk.review.decision(place.last) if place.last else None
        if decision is None:
            return None
        standing = standing_decisions(desk.review.history(decision.record_id, decision.subject))
        return Notice(
            decision=decision,
            beside=any(row.verdict == "accept" for row in standing),
            name=desk.review.name(decision.target, self._lang) if decision.target else "",
            address=reviewed_address(self._lang, decision.record_id, decision.subject, place.pairs),
            can_undo=decision.decided_by == desk.curator and decision.verdict != "withdrawn",
        )

    def _disputes(self, desk: Desk, pairs: Sequence[Agreement]) -> list[tuple[Agreement, str, str, bool]]:
        return [
            (pair, desk.review.name(d.target, self._lang), reviewed_address(self._lang, d.record_id, d.subject), d.fits_a)
            for pair in pairs
            for d in pair.disputes
        ]

    def _show(self, request: Request, template: str, other: str, **context: Any) -> Response:  # noqa: ANN401 - whatever the template shows
        cookie = self._tokens.cookie_of(request)
        csrf = self._tokens.sign(cookie)
        shown = self._pages.show(
            template, self._lang, other=other, csrf=csrf, say_word=review_words, agreement=AGREEMENT[self._lang], **context
        )
        return self._tokens.attach(shown, cookie)


def build_item_view(
    item: ReviewItem, found: tuple[Candidate, ...], desk: Desk, around: tuple[str | None, str | None], lang: str, *, blind: bool
) -> ItemView:
    """Gather what the page of a text shows; `around` are the addresses before and after it."""
    likely = [candidate for candidate in item.candidates if not _is_unlikely(candidate)]
    waiting = tuple(candidate for candidate in likely if candidate.waiting or (blind and not _is_mine(candidate, desk.curator)))
    settled = tuple(candidate for candidate in likely if candidate not in waiting)
    marked = [candidate for candidate in (*waiting, *settled) if candidate.link and (blind or not _is_rejected(candidate))]
    spans = [candidate.link.link.evidence if candidate.link else None for candidate in marked]
    return ItemView(
        item=item,
        pieces=cut_text(typeset(item.subject.text, item.subject.lang), spans),
        numbers={candidate.uri: number for number, candidate in enumerate(marked, 1)},
        waiting=waiting,
        settled=settled,
        unlikely=tuple(candidate for candidate in item.candidates if _is_unlikely(candidate)),
        found=found,
        earlier=_named(item.earlier, desk.review, lang),
        history=_named(item.history, desk.review, lang),
        previous=around[0],
        following=around[1],
        blind=blind,
    )


def _is_mine(candidate: Candidate, curator: str) -> bool:
    return any(word.decided_by == curator for word in candidate.words)


def _is_unlikely(candidate: Candidate) -> bool:
    machine = candidate.link is not None and candidate.link.link.zone is Zone.NOTHING
    return machine and not candidate.stated and not candidate.words


def _is_rejected(candidate: Candidate) -> bool:
    return candidate.decision is not None and candidate.decision.verdict == "reject"


def _named(decisions: Sequence[Decision], review: Review, lang: str) -> tuple[tuple[Decision, str], ...]:
    return tuple((decision, review.name(decision.target, lang) if decision.target else "") for decision in reversed(decisions))


def _find_concepts(query: str, item: ReviewItem, find: Find, review: Review, lang: str) -> tuple[Candidate, ...]:
    if not query:
        return ()
    listed = {candidate.uri: candidate for candidate in item.candidates}
    hits = find.concepts(SearchPlan(kind="skills", text=query, limit=FOUND_SHOWN), lang).items
    uris = [hit.concept.concept_uri for hit in hits]
    return tuple(listed.get(uri) or review.describe(uri, lang) for uri in uris)


def _page_addresses(page: QueuePage, place: Place, lang: str) -> tuple[str | None, str | None]:
    number = place.wanted.offset // PAGE_SIZE + 1
    before = review_address(lang, (*place.pairs, ("page", str(number - 1)))) if number > 1 else None
    more = place.wanted.offset + PAGE_SIZE < page.total
    return before, review_address(lang, (*place.pairs, ("page", str(number + 1)))) if more else None
