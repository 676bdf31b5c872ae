"""The review over a real store: the order of the queue, decisions that are only added, agreement, and what is refused."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from szlak.catalogue.errors import InputInvalid, NotFound, Stale
from szlak.catalogue.esco.effective import effective_links, taught_uris
from szlak.catalogue.model.catalogue import Vacancy
from szlak.catalogue.model.linking import Zone
from szlak.catalogue.services.review import Answer, Review, Wanted
from szlak.catalogue.text import text_key
from tests.databases import migrated_store
from tests.fakes.review import (
    CRAFT,
    SEW,
    TALK,
    TALKS,
    TODAY,
    WELD,
    WELDER,
    WELDS,
    ReviewCatalogue,
    accept,
    make_course,
    make_edition,
    make_link,
    make_review,
    nothing,
    reject,
)

ANNA, PIOTR = "Anna", "Piotr"
REQUIRED = "spawanie konstrukcji stalowych"


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[ReviewCatalogue]:
    """Two courses: one with a doubtful link and a taken one, one with a text in which the machine found nothing."""
    with migrated_store(f"sqlite:///{tmp_path / 'szlak.db'}") as store:
        made = ReviewCatalogue(store)
        made.add(
            make_course("mc:1", WELDS, offers=(make_edition("1"),), stated=SEW),
            make_link("mc:1", WELDS, WELD, 0.5),
            make_link("mc:1", WELDS, TALK, 0.9, Zone.ACCEPT),
        )
        made.add(make_course("mc:2", TALKS, provider="Szkoła"), make_link("mc:2", TALKS, WELD, 0.1, Zone.NOTHING))
        yield made


@pytest.fixture
def review(catalogue: ReviewCatalogue) -> Review:
    return make_review(catalogue)


def listed(review: Review, by: str = ANNA, **wanted: object) -> list[str]:
    return [item.subject.record_id for item in review.queue(Wanted(**wanted), "pl", by=by).items]  # type: ignore[arg-type]


# --- the queue


def test_the_value_of_an_answer_is_doubt_times_what_depends_on_it(review: Review) -> None:
    """p(1 - p) of both links, times one and the open offer."""
    entry = review.item("mc:1", text_key(WELDS), "pl").entry
    assert entry.uncertainty == pytest.approx(0.25 + 0.09)
    assert entry.value == pytest.approx((0.25 + 0.09) * 2)


def test_the_most_valuable_answers_come_first(catalogue: ReviewCatalogue, review: Review) -> None:
    """More open offers weigh more than the same doubt; ties go by record."""
    offers = (make_edition("2"), make_edition("3"))
    catalogue.add(make_course("mc:3", WELDS, offers=offers), make_link("mc:3", WELDS, WELD, 0.5))
    catalogue.add(make_course("mc:0", WELDS), make_link("mc:0", WELDS, WELD, 0.5))
    catalogue.add(make_course("mc:00", WELDS), make_link("mc:00", WELDS, WELD, 0.5))
    assert listed(review) == ["mc:3", "mc:1", "mc:0", "mc:00", "mc:2"]


def test_only_offers_that_may_still_be_taken_count(catalogue: ReviewCatalogue, review: Review) -> None:
    """Begun, full and closed ones do not; one without a date does, for unknown is not no."""
    yesterday, tomorrow = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
    offers = (
        make_edition("a", starts=yesterday),
        make_edition("b", starts=tomorrow, full=True),
        make_edition("c", starts=tomorrow, enrol_until=yesterday),
        make_edition("d", starts=tomorrow),
        make_edition("e"),
    )
    catalogue.add(make_course("mc:3", WELDS, offers=offers), make_link("mc:3", WELDS, WELD, 0.5))
    assert review.item("mc:3", text_key(WELDS), "pl").subject.open_offers == 2


def test_vacancies_that_ask_for_a_concept_raise_its_value(catalogue: ReviewCatalogue, review: Review) -> None:
    """Each vacancy counts once, by its accepted links."""
    with catalogue.store.begin() as uow:
        uow.upsert(Vacancy(record_id="v:1", text="Spawanie. Spawanie blach."))
        uow.replace_links("v:1", [make_link("v:1", text, WELD, 0.9, Zone.ACCEPT) for text in ("Spawanie", "Spawanie blach")])
    entry = review.item("mc:1", text_key(WELDS), "pl").entry
    assert entry.vacancies == 1
    assert entry.value == pytest.approx(0.25 * 3 + 0.09 * 2)


@pytest.fixture
def advertised(catalogue: ReviewCatalogue) -> ReviewCatalogue:
    """A vacancy beside the courses, one line of which is linked."""
    with catalogue.store.begin() as uow:
        uow.upsert(Vacancy(record_id="v:1", title="Spawacz", text=f"Wymagania:\n- {REQUIRED}\nOferujemy:\n- owoce w czwartki"))
        uow.replace_links("v:1", [make_link("v:1", REQUIRED, WELD, 0.5)])
    return catalogue


def test_requirements_of_vacancies_are_reviewed_too(advertised: ReviewCatalogue) -> None:
    """Once they are linked; they can be listed apart, and the line is shown in its own words."""
    review = make_review(advertised)
    assert listed(review, kind="requirement") == ["v:1"]
    assert listed(review, kind="outcome") == ["mc:1", "mc:2"]
    item = review.queue(Wanted(kind="requirement"), "pl", by=ANNA).items[0]
    assert (item.subject.text, item.subject.title, item.subject.provider) == (REQUIRED, {"pl": "Spawacz"}, "")
    review.decide(accept("v:1", REQUIRED, WELD), by=ANNA)
    assert listed(review, kind="requirement") == []
    assert review.providers() == ("Szkoła", "Warsztat")


def test_what_is_gone_since_the_queue_was_built_is_left_out(advertised: ReviewCatalogue) -> None:
    """A record that is changed while somebody reviews breaks no list."""
    review = make_review(advertised)
    assert listed(review) == ["mc:1", "v:1", "mc:2"]
    with advertised.store.begin() as uow:
        uow.upsert(Vacancy(record_id="v:1", title="Spawacz", text="Wymagania:\n- coś innego"))
        uow.upsert(make_course("mc:2", "Inny tekst"))
    assert listed(review) == ["mc:1"]


def test_the_queue_is_cut_by_provider_record_and_page(review: Review) -> None:
    """What is asked for and nothing else."""
    assert listed(review, provider="Szkoła") == ["mc:2"]
    assert listed(review, record="mc:1") == ["mc:1"]
    assert listed(review, offset=1, limit=1) == ["mc:2"]
    assert listed(review, offset=9) == []
    assert review.providers() == ("Szkoła", "Warsztat")


def test_a_text_leaves_the_queue_when_all_is_said(review: Review) -> None:
    """Every link that the machine takes or asks about needs a word, or one that says nothing else fits."""
    review.decide(accept("mc:1", WELDS, WELD), by=ANNA)
    assert listed(review) == ["mc:1", "mc:2"]
    review.decide(reject("mc:1", WELDS, TALK), by=ANNA)
    assert listed(review) == ["mc:2"]
    review.decide(nothing("mc:2", TALKS), by=ANNA)
    assert listed(review) == []
    progress = review.progress()
    assert (progress.total, progress.decided, progress.waiting) == (2, 2, 0)
    assert sorted(listed(review, state="decided")) == ["mc:1", "mc:2"]


def test_a_second_opinion_is_asked_of_others_only(review: Review) -> None:
    """What I decided is not offered to me again."""
    review.decide(accept("mc:1", WELDS, WELD), by=ANNA)
    assert listed(review, by=PIOTR, state="second") == ["mc:1"]
    assert listed(review, by=ANNA, state="second") == []


def test_what_people_differ_about_is_listed(review: Review) -> None:
    """Until one of them changes their mind."""
    review.decide(accept("mc:1", WELDS, WELD), by=ANNA)
    review.decide(reject("mc:1", WELDS, WELD), by=PIOTR)
    assert listed(review, state="disputed") == ["mc:1"]
    review.decide(accept("mc:1", WELDS, WELD), by=PIOTR)
    assert listed(review, state="disputed") == []


def test_neighbours_follow_the_queue(review: Review) -> None:
    """A text that has left it leads to its beginning."""
    before, after = review.neighbours(Wanted(), "mc:1", text_key(WELDS), by=ANNA)
    assert (before, after and after.record_id) == (None, "mc:2")
    before, after = review.neighbours(Wanted(), "mc:2", text_key(TALKS), by=ANNA)
    assert (before and before.record_id, after) == ("mc:1", None)
    review.decide(nothing("mc:2", TALKS), by=ANNA)
    before, after = review.neighbours(Wanted(), "mc:2", text_key(TALKS), by=ANNA)
    assert (before, after and after.record_id) == (None, "mc:1")


def test_an_empty_catalogue_has_an_empty_queue(tmp_path: Path) -> None:
    """Before the first harvest nothing waits."""
    with migrated_store(f"sqlite:///{tmp_path / 'empty.db'}") as store:
        page = make_review(ReviewCatalogue(store)).queue(Wanted(), "pl", by=ANNA)
    assert (page.items, page.total, page.progress.total) == ((), 0, 0)


# --- one text


def test_a_text_comes_with_everything_that_helps_to_decide(review: Review) -> None:
    """Links with their evidence, what the provider states, what stands above, other names."""
    item = review.item("mc:1", text_key(WELDS), "pl")
    weld, talk, sew = item.candidates
    assert [weld.uri, talk.uri, sew.uri] == [WELD, TALK, SEW]
    assert weld.link is not None
    assert (weld.name, weld.link.link.evidence, weld.waiting) == ("spawać", (0, 5), True)
    assert [label.text for label in weld.chain] == ["rzemiosło"]
    assert weld.alternatives == ("spawać (inaczej)",)
    assert (sew.stated, sew.link, sew.waiting) == (True, None, False)
    assert (item.release, item.linker_version) == ("esco-1.2.1", "words-1")


def test_a_chosen_concept_joins_the_candidates(review: Review) -> None:
    """A concept that the machine did not name can be accepted."""
    review.decide(accept("mc:2", TALKS, TALK, relation="exactMatch"), by=ANNA)
    chosen = review.item("mc:2", text_key(TALKS), "pl").candidates[-1]
    assert chosen.uri == TALK
    assert chosen.decision is not None
    assert (chosen.decision.verdict, chosen.decision.relation) == ("accept", "exactMatch")


def test_an_old_decision_is_shown_when_the_text_has_changed(catalogue: ReviewCatalogue, review: Review) -> None:
    """It decides nothing about the new text, which waits again."""
    review.decide(accept("mc:1", WELDS, WELD), by=ANNA)
    changed = "Spawa blachy cienkie"
    catalogue.add(make_course("mc:1", changed), make_link("mc:1", changed, WELD, 0.5))
    item = review.item("mc:1", text_key(changed), "pl")
    assert [(old.target, old.decided_by) for old in item.earlier] == [(WELD, ANNA)]
    assert (item.history, item.entry.waiting) == ((), 1)
    assert [row.verdict for row in review.history("mc:1", text_key(WELDS))] == ["accept"]


# --- decisions


def test_a_decision_says_who_when_and_what_was_seen(review: Review) -> None:
    """Release and linker version are those of the links in sight; the moment is in UTC."""
    decision = review.decide(accept("mc:1", WELDS, WELD, relation="closeMatch"), by=ANNA).decision
    assert (decision.decided_by, decision.release, decision.linker_version) == (ANNA, "esco-1.2.1", "words-1")
    assert decision.decided_at.utcoffset() == timedelta(0)
    assert decision.relation == "closeMatch"
    assert review.decision(decision.decision_id or 0) == decision
    assert review.decision(10**8) is None


def test_the_same_said_twice_is_stored_once(review: Review) -> None:
    """Another relation, another person or a changed mind is something new."""
    first = review.decide(accept("mc:1", WELDS, WELD), by=ANNA)
    assert review.decide(accept("mc:1", WELDS, WELD), by=ANNA) == replace(first, is_new=False)
    assert review.decide(accept("mc:1", WELDS, WELD, relation="exactMatch"), by=ANNA).is_new
    assert review.decide(accept("mc:1", WELDS, WELD), by=PIOTR).is_new
    assert review.decide(reject("mc:1", WELDS, WELD), by=ANNA).is_new
    assert len(review.history("mc:1", text_key(WELDS))) == 4


def test_a_double_click_is_stored_once(review: Review) -> None:
    """Also when both requests run at the same moment."""
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: review.decide(accept("mc:1", WELDS, WELD), by=ANNA), range(8)))
    assert sum(one.is_new for one in done) == 1
    assert len(review.history("mc:1", text_key(WELDS))) == 1


def test_undo_adds_a_row_and_takes_back_only_ones_own(review: Review) -> None:
    """What somebody else decided before is in force again; undone twice is stored once."""
    review.decide(accept("mc:1", WELDS, WELD), by=PIOTR)
    review.decide(reject("mc:1", WELDS, WELD), by=ANNA)
    assert review.undo(reject("mc:1", WELDS, WELD), by=ANNA).is_new
    assert not review.undo(reject("mc:1", WELDS, WELD), by=ANNA).is_new
    assert [row.verdict for row in review.history("mc:1", text_key(WELDS))] == ["accept", "reject", "withdrawn"]
    decision = review.item("mc:1", text_key(WELDS), "pl").candidates[0].decision
    assert decision is not None
    assert decision.decided_by == PIOTR
    with pytest.raises(NotFound, match="nothing here that could be undone"):
        review.undo(accept("mc:1", WELDS, TALK), by=ANNA)


def test_the_credential_follows_at_once(catalogue: ReviewCatalogue, review: Review) -> None:
    """What is accepted is taught, what is rejected is not."""
    review.decide(accept("mc:1", WELDS, WELD), by=ANNA)
    review.decide(reject("mc:1", WELDS, TALK), by=ANNA)
    review.decide(reject("mc:1", WELDS, SEW), by=ANNA)
    with catalogue.store.read() as uow:
        credential = uow.credentials(["mc:1"])["mc:1"]
        links = effective_links(credential, uow.links(["mc:1"])["mc:1"], uow.decisions(["mc:1"])["mc:1"])
    assert taught_uris(links) == (WELD,)


def test_decisions_survive_new_links_and_a_new_release(catalogue: ReviewCatalogue, review: Review) -> None:
    """A linker that no longer names the concept and a release of another id leave them in force, each with what was seen."""
    review.decide(accept("mc:1", WELDS, WELD), by=ANNA)
    catalogue.import_release("esco-1.3.0")
    catalogue.add(make_course("mc:1", WELDS), make_link("mc:1", WELDS, TALK, 0.5, version="words-2"))
    item = review.item("mc:1", text_key(WELDS), "pl")
    weld = next(candidate for candidate in item.candidates if candidate.uri == WELD)
    assert weld.decision is not None
    assert (weld.decision.release, weld.decision.linker_version) == ("esco-1.2.1", "words-1")
    assert (item.release, item.linker_version) == ("esco-1.3.0", "words-2")


def test_a_decided_concept_that_a_release_has_dropped_is_still_shown(catalogue: ReviewCatalogue, review: Review) -> None:
    """By its URI, as nobody knows its name any more."""
    review.decide(accept("mc:2", TALKS, TALK), by=ANNA)
    catalogue.import_release("esco-1.3.0", without=frozenset({TALK}))
    kept = review.item("mc:2", text_key(TALKS), "pl").candidates[-1]
    assert (kept.uri, kept.name, kept.concept) == (TALK, TALK, None)


# --- what is refused


@pytest.mark.parametrize(
    ("answer", "error", "words"),
    [
        (accept("mc:9", WELDS, WELD), NotFound, "mc:9"),
        (Answer(record_id="mc:1", subject="nonsense", target=WELD, verdict="accept"), NotFound, "nonsense"),
        (accept("mc:1", "Inny tekst", WELD), Stale, "changed in between"),
        (accept("mc:1", WELDS, WELD + "er"), NotFound, "no concept"),
        (accept("mc:1", WELDS, CRAFT), InputInvalid, "rzemiosło"),
        (accept("mc:1", WELDS, WELDER), InputInvalid, "spawacz"),
        (accept("mc:1", WELDS, ""), InputInvalid, "names no concept"),
        (Answer(record_id="mc:1", subject=text_key(WELDS), target=WELD, verdict="nothing"), InputInvalid, "names no concept"),
        (Answer(record_id="mc:1", subject=text_key(WELDS), target=WELD, verdict="withdrawn"), InputInvalid, "undoing"),
        (replace(reject("mc:1", WELDS, WELD), relation="exactMatch"), InputInvalid, "relation"),
        (accept("mc:1", WELDS, WELD, release="esco-1.2.0"), Stale, "made anew"),
        (accept("mc:1", WELDS, WELD, linker_version="words-0"), Stale, "made anew"),
    ],
)
def test_what_cannot_be_decided_is_said_and_stored_nowhere(
    review: Review, catalogue: ReviewCatalogue, answer: Answer, error: type[Exception], words: str
) -> None:
    """Each with a class of its own and words that name the matter."""
    with pytest.raises(error, match=words):
        review.decide(answer, by=ANNA)
    with catalogue.store.read() as uow:
        assert list(uow.iter_decisions()) == []


def test_a_history_of_nothing_is_empty_and_of_nobody_not_found(review: Review) -> None:
    """An undecided text has one, an unknown one has none."""
    assert review.history("mc:1", text_key(WELDS)) == ()
    with pytest.raises(NotFound):
        review.history("mc:9", text_key(WELDS))


# --- agreement and what is kept in memory


def test_two_reviewers_are_compared(review: Review) -> None:
    """By name, and all pairs at once."""
    for by, answer in ((ANNA, accept), (PIOTR, reject)):
        review.decide(answer("mc:1", WELDS, WELD), by=by)
        review.decide(reject("mc:1", WELDS, TALK), by=by)
    pair = review.agreement(ANNA, PIOTR)
    assert (pair.n, pair.agreed, len(pair.disputes)) == (2, 1, 1)
    assert review.agreements() == (pair,)


def test_decisions_of_another_process_are_followed(catalogue: ReviewCatalogue, review: Review) -> None:
    """The queue kept in memory looks at what was decided since."""
    assert listed(review) == ["mc:1", "mc:2"]
    make_review(catalogue).decide(nothing("mc:1", WELDS), by=PIOTR)
    assert listed(review) == ["mc:2"]
