"""Decisions as judged texts: what people said, and nothing that they did not say."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from szlak.catalogue.esco.linking.examples import EXACT, Judged
from szlak.catalogue.esco.taxonomy import build_taxonomy
from szlak.catalogue.model.catalogue import Vacancy
from szlak.catalogue.model.linking import Decision, LinkText, Verdict
from szlak.catalogue.services.judged import judge_texts, read_judged
from szlak.catalogue.text import text_key
from tests.databases import migrated_store
from tests.fakes.review import (
    CRAFT,
    SEW,
    TALK,
    WELD,
    WELDS,
    ReviewCatalogue,
    accept,
    make_course,
    make_release,
    make_review,
    nothing,
    reject,
)

TAXONOMY = build_taxonomy(make_release("esco-1.2.1"), ())
TEXT = "Spawa blachy"


def decide(record_id: str, target: str, verdict: Verdict, text: str = TEXT) -> Decision:
    return Decision(
        record_id=record_id,
        subject=text_key(text),
        target=target,
        verdict=verdict,
        decided_by="Anna",
        decided_at=datetime(2027, 1, 4, tzinfo=UTC) + timedelta(minutes=1),
        release="esco-1.2.1",
        linker_version="words-1",
    )


def judge(*decisions: Decision, texts: tuple[str, ...] = (TEXT,)) -> tuple[Judged, ...]:
    found = {(decision.record_id, text_key(text)): LinkText(text=text) for decision in decisions for text in texts}
    return judge_texts(found, decisions, TAXONOMY)


def test_an_accepted_concept_closes_a_text() -> None:
    """It fits wholly; what was rejected does not, and the record is the document."""
    found = judge(decide("mc:1", WELD, "accept"), decide("mc:1", TALK, "reject"))
    assert found == (Judged(text=TEXT, grades={TALK: 0.0, WELD: EXACT}, document="mc:1", closed=True),)


def test_a_rejection_alone_leaves_the_rest_unknown() -> None:
    """Nobody has looked for what fits."""
    assert judge(decide("mc:1", TALK, "reject")) == (Judged(text=TEXT, grades={TALK: 0.0}, document="mc:1", closed=False),)


def test_nothing_fits_closes_a_text_without_a_concept() -> None:
    """Every concept is then wrong."""
    assert judge(decide("mc:1", "", "nothing")) == (Judged(text=TEXT, grades={}, document="mc:1", closed=True),)


def test_the_same_text_of_two_records_is_one() -> None:
    """With the mean of what was said of it; where a text was closed, silence is a no."""
    found = judge(decide("mc:2", WELD, "accept"), decide("mc:1", TALK, "reject"), decide("mc:3", "", "nothing"))
    assert found == (Judged(text=TEXT, grades={TALK: 0.0, WELD: EXACT / 2}, document="mc:1", closed=True),)


@pytest.mark.parametrize("target", ["http://example.org/gone", CRAFT, "zsk:1"])
def test_what_is_no_skill_of_the_release_is_left_out(target: str) -> None:
    """A concept that is gone, a group, a qualification: nothing about skills follows."""
    assert judge(decide("mc:1", target, "accept")) == ()


def test_a_text_that_is_gone_is_left_out() -> None:
    """What was decided about it stays in the database."""
    assert judge(decide("mc:1", WELD, "accept", text="inny tekst")) == ()


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[ReviewCatalogue]:
    with migrated_store(f"sqlite:///{tmp_path / 'szlak.db'}") as store:
        made = ReviewCatalogue(store)
        made.add(make_course("mc:1", WELDS, "Szyje i rozmawia"))
        with store.begin() as uow:
            uow.upsert(Vacancy(record_id="v:1", title="Spawacz", text="Wymagania:\n- spawanie konstrukcji stalowych"))
        yield made


def read(catalogue: ReviewCatalogue) -> tuple[Judged, ...]:
    with catalogue.store.read() as uow:
        return read_judged(uow, catalogue.taxonomy, catalogue.polish)


def test_standing_decisions_are_read_from_the_store(catalogue: ReviewCatalogue) -> None:
    """Of outcomes and requirements; what was withdrawn or said before something else does not count."""
    review = make_review(catalogue)
    review.decide(accept("mc:1", WELDS, SEW), by="Anna")
    review.decide(reject("mc:1", WELDS, SEW), by="Piotr")
    review.decide(accept("mc:1", WELDS, WELD), by="Anna")
    review.decide(accept("mc:1", WELDS, TALK), by="Anna")
    review.undo(accept("mc:1", WELDS, TALK), by="Anna")
    review.decide(nothing("v:1", "spawanie konstrukcji stalowych"), by="Anna")
    assert {row.text: (row.grades, row.document, row.closed) for row in read(catalogue)} == {
        WELDS: ({SEW: 0.0, WELD: EXACT}, "mc:1", True),
        "spawanie konstrukcji stalowych": ({}, "v:1", True),
    }


def test_a_text_is_read_as_it_is_linked(catalogue: ReviewCatalogue) -> None:
    """With the title above it and what kind it is, for links depend on both."""
    review = make_review(catalogue)
    review.decide(accept("mc:1", WELDS, WELD), by="Anna")
    (row,) = read(catalogue)
    with catalogue.store.read() as uow:
        credential = uow.credential("mc:1")
    assert credential is not None
    assert (row.context, row.kind) == (credential.title["pl"], "learning_outcome")


def test_without_decisions_there_is_nothing(catalogue: ReviewCatalogue) -> None:
    """An empty answer, no fault."""
    assert read(catalogue) == ()
