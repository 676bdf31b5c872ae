"""What is said for a link and against it."""

import numpy as np
import pytest

from szlak.catalogue.encoder import load_encoder
from szlak.catalogue.esco.linking.explanation import MOST, explain, explain_rows, highest_other
from szlak.catalogue.esco.linking.features import FEATURES
from szlak.catalogue.esco.linking.linker import build_linker
from szlak.catalogue.model.linking import Link, LinkText, Zone
from szlak.catalogue.model.reasons import Reason
from szlak.catalogue.polish import Polish
from tests.catalogue.esco.small import make_taxonomy, uri

LINKER = build_linker(make_taxonomy(), Polish(), load_encoder(), cache_dir=None)
NOTHING = dict.fromkeys(FEATURES, 0.0) | {"clauses": 1.0, "asks_knowledge": 0.5, "clause_text_meant": 1.0}
"""A candidate that nothing speaks for, and nothing against but that."""


def said(confidence: float = 0.5, rival: float = 0.0, **features: float) -> tuple[Reason, ...]:
    return explain(NOTHING | features, confidence, rival)


@pytest.mark.parametrize(
    ("features", "reason"),
    [
        ({"exact": 1.0}, Reason.IS_NAME),
        ({"named": 4.0}, Reason.NAME_IN_TEXT),
        ({"clause_name_meant": 0.9}, Reason.NAME_MEANT),
        ({"clause_name_covered": 0.7}, Reason.WORDS_SHARED),
        ({"clause_near_other_name": 0.7}, Reason.MEANS_NEARLY),
        ({"clause_near_sentence": 0.7}, Reason.LIKE_SENTENCE),
    ],
)
def test_what_speaks_for_a_concept_is_said(features: dict[str, float], reason: Reason) -> None:
    """Each sign alone is the whole explanation."""
    assert said(**features) == (reason,)


def test_what_nothing_speaks_for_is_said_to_be_loosely_alike() -> None:
    """No link is shown without a word about it."""
    assert said() == (Reason.LOOSE,)


def test_of_what_is_said_of_names_the_strongest_stands_for_all() -> None:
    """A text that is a name also holds it and shares its words: to say so three times helps nobody."""
    assert said(exact=1.0, named=4.0, clause_name_meant=1.0, clause_name_covered=1.0) == (Reason.IS_NAME,)


@pytest.mark.parametrize(
    ("asked", "given", "reasons"),
    [(1.0, 1.0, {Reason.KIND_FITS}), (0.0, 0.0, {Reason.KIND_FITS}), (1.0, 0.0, {Reason.KIND_DIFFERS}), (0.0, 1.0, {Reason.KIND_DIFFERS})]
    + [(0.5, given, set()) for given in (0.0, 0.5, 1.0)]
    + [(1.0, 0.5, set())],
)
def test_kinds_are_compared_where_both_are_known(asked: float, given: float, reasons: set[Reason]) -> None:
    """Where the text or ESCO does not say, nothing is said."""
    assert set(said(exact=1.0, asks_knowledge=asked, is_knowledge=given)) - {Reason.IS_NAME} == reasons


def test_a_word_that_is_missed_is_a_doubt_unless_another_name_is_there() -> None:
    """The name shown may be another than the one that the text uses."""
    assert Reason.WORD_MISSED in said(clause_missed=4.0, clause_near_name=0.7)
    assert Reason.WORD_MISSED not in said(clause_missed=4.0, named=3.0)


def test_a_text_that_says_more_is_a_doubt_unless_a_clause_is_the_name() -> None:
    """What the other clauses say is no doubt about this one."""
    assert Reason.TEXT_SAYS_MORE in said(clause_text_meant=0.2)
    assert Reason.TEXT_SAYS_MORE not in said(clause_text_meant=0.2, exact=1.0)


@pytest.mark.parametrize(
    ("rival", "clauses", "doubt"),
    [(0.39, 1.0, ()), (0.4, 1.0, (Reason.CLOSE_RIVAL,)), (0.5, 1.0, (Reason.BETTER_RIVAL,)), (0.9, 1.0, (Reason.BETTER_RIVAL,))]
    + [(rival, 2.0, ()) for rival in (0.4, 0.9)],
)
def test_a_rival_is_a_doubt_in_a_text_of_one_clause(rival: float, clauses: float, doubt: tuple[Reason, ...]) -> None:
    """Two clauses may have a concept each."""
    assert said(0.5, rival, exact=1.0, clauses=clauses) == (Reason.IS_NAME, *doubt)


def test_the_most_telling_come_first_and_no_more_than_are_read() -> None:
    """The order is that of the codes, doubts among the rest."""
    found = said(
        0.5, 0.9, clause_near_name=1.0, clause_near_sentence=1.0, clause_name_covered=1.0, clause_missed=9.0, clause_text_meant=0.0
    )
    assert found == (Reason.MEANS_NEARLY, Reason.BETTER_RIVAL, Reason.LIKE_SENTENCE, Reason.WORD_MISSED)
    assert len(found) == MOST


def test_the_rival_of_the_best_is_the_second_and_of_all_others_the_best() -> None:
    """Confidences fall; who stands alone has no rival."""
    falling = np.array([0.9, 0.5, 0.1])
    assert [highest_other(falling, place) for place in range(3)] == [0.5, 0.9, 0.9]
    assert highest_other(falling[:1], 0) == 0.0


def test_only_what_is_taken_or_asked_about_is_explained() -> None:
    """The rest of the list is there for completeness; there may be more links than candidates."""
    rows = np.zeros((2, len(FEATURES)), np.float32)
    assert set(explain_rows(rows, np.array([0.9, 0.1]), [Zone.ASK, Zone.NOTHING, Zone.NOTHING])) == {0}


def links_of(text: str) -> dict[str, Link]:
    return {link.concept_uri: link for link in LINKER.link([LinkText(text=text)])[0].links}


@pytest.mark.parametrize(
    ("text", "name", "reason"),
    [
        ("zarządzanie zespołem", "zespół", Reason.IS_NAME),
        ("Jako brygadzista codziennie zarządza zespołem na budowie", "zespół", Reason.NAME_IN_TEXT),
    ],
)
def test_a_link_says_why_it_is_made(text: str, name: str, reason: Reason) -> None:
    """The linker's own features lead to the sentences that a reader of the text would say."""
    assert links_of(text)[uri(name)].reasons[0] is reason


@pytest.mark.parametrize("text", ["zarządzanie zespołem", "komunikacja", "", "Obsługuje kasy i wózki oraz mówi po angielsku"])
def test_links_have_reasons_exactly_where_something_follows_from_them(text: str) -> None:
    """Accepted and asked about: explained; nothing: silent."""
    links = links_of(text).values()
    assert all(bool(link.reasons) == (link.zone is not Zone.NOTHING) for link in links)
