"""Votes on equal text: they move a link as far as judges agree, bring in what the machine missed, and touch no other text."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from szlak.catalogue.encoder import load_encoder
from szlak.catalogue.esco.linking.linker import RankedLinker, build_linker
from szlak.catalogue.esco.linking.precedents import AGREEMENT, Precedents, weigh_votes
from szlak.catalogue.esco.linking.ranker import LOWEST_SCORE
from szlak.catalogue.model.linking import Decision, Link, LinkTarget, LinkText, Verdict, Zone
from szlak.catalogue.model.reasons import Reason
from szlak.catalogue.polish import Polish
from szlak.catalogue.text import text_key
from tests.catalogue.esco.small import SKILLS, make_taxonomy, uri

LINKER = build_linker(make_taxonomy(), Polish(), load_encoder(), cache_dir=None)
TEXT = "rozmowy z klientami sklepu"
MOMENT = datetime(2026, 1, 1, tzinfo=UTC)


def decide(verdict: Verdict, target: str = "", *, number: int = 1, record: str = "a", person: str = "Ala", text: str = TEXT) -> Decision:
    return Decision(
        decision_id=number,
        record_id=record,
        subject=text_key(text),
        target=uri(target) if target else "",
        verdict=verdict,
        decided_by=person,
        decided_at=MOMENT + timedelta(minutes=number),
        release="small",
        linker_version="1",
    )


def knowing(*decisions: Decision) -> RankedLinker:
    return LINKER.with_precedents(Precedents().with_decisions(decisions))


def links(linker: RankedLinker, text: str = TEXT) -> dict[str, Link]:
    (result,) = linker.link([LinkText(text=text)], top_k=len(SKILLS))
    assert [found.concept_uri for found in result.links] == [
        found.concept_uri for found in sorted(result.links, key=lambda found: (-found.score, found.concept_uri))
    ]
    return {found.concept_uri: found for found in result.links}


def votes(*decisions: Decision) -> dict[str, int]:
    found = Precedents().with_decisions(decisions).votes(text_key(TEXT))
    return dict(found.by_uri) if found else {}


def test_each_vote_multiplies_the_odds() -> None:
    """By how often a second judge agrees."""
    before = np.array([0.5, 0.2])
    _, after = weigh_votes(np.array([1, -1]), np.array([2.0, 1.0], np.float32), before, 1.0)
    assert after[0] == pytest.approx(AGREEMENT)
    odds = 0.2 / 0.8 * (1 - AGREEMENT) / AGREEMENT
    assert after[1] == pytest.approx(odds / (1 + odds))


@given(
    st.lists(st.tuples(st.integers(-900, 900), st.floats(-200, 20, width=32), st.floats(0, 1)), min_size=1),
    st.sampled_from([-1.0, 0.0, 1e-6, 0.9]),
)
def test_votes_move_confidence_their_own_way_and_scores_within_bounds(rows: list[tuple[int, float, float]], worth: float) -> None:
    """However many they are, what no lane found stays behind; where there is no vote nothing moves. Calibrations have six digits."""
    votes, scores, before = (np.array(column) for column in zip(*rows, strict=True))
    moved, after = weigh_votes(votes, scores.astype(np.float32), before, worth)
    assert (np.sign(after - before) * np.sign(votes) >= 0).all()
    assert (moved > LOWEST_SCORE).all()
    still = votes == 0
    assert (moved[still] == scores[still].astype(np.float32)).all()
    assert (after[still] == before[still]).all()


def test_what_people_accepted_elsewhere_is_at_least_asked_about() -> None:
    """Also what the machine saw nothing in, and it says why."""
    assert links(LINKER)[uri("zielony")].zone is Zone.NOTHING
    found = links(knowing(decide("accept", "zielony")))[uri("zielony")]
    assert found.zone is not Zone.NOTHING
    assert found.reasons[0] is Reason.ACCEPTED_ELSEWHERE


def test_what_people_rejected_elsewhere_is_doubted() -> None:
    """Less sure than before, and it says why where it is still asked about."""
    text = "zarządzanie zespołem"
    before = links(LINKER, text)[uri("zespół")]
    after = links(knowing(decide("reject", "zespół", text=text)), text)[uri("zespół")]
    assert after.confidence < before.confidence
    assert after.reasons[0] is Reason.REJECTED_ELSEWHERE


def test_nothing_fits_is_a_vote_against_all_but_what_its_author_accepted() -> None:
    """In the same record."""
    assert votes(decide("nothing"), decide("accept", "kasa", number=2)) == {uri("kasa"): 1}
    assert votes(decide("nothing"), decide("accept", "kasa", number=2, person="Ola")) == {uri("kasa"): 0}
    found = Precedents().with_decisions([decide("nothing")]).votes(text_key(TEXT))
    assert found is not None
    assert found.others == -1


def test_the_last_word_of_a_person_counts() -> None:
    """What was withdrawn is none; two records are two votes."""
    assert votes(decide("accept", "kasa"), decide("reject", "kasa", number=2)) == {uri("kasa"): -1}
    assert votes(decide("accept", "kasa"), decide("withdrawn", "kasa", number=2)) == {}
    assert votes(decide("accept", "kasa"), decide("accept", "kasa", number=2, record="b")) == {uri("kasa"): 2}


def test_other_texts_and_occupations_stay_as_they_are() -> None:
    """A vote is about one text and its skills."""
    linker = knowing(decide("accept", "kasa"), decide("nothing", number=2))
    assert links(linker, "spawanie") == links(LINKER, "spawanie")
    text = [LinkText(text=TEXT)]
    assert linker.link(text, kind_of_target=LinkTarget.OCCUPATIONS) == LINKER.link(text, kind_of_target=LinkTarget.OCCUPATIONS)


def test_the_version_changes_with_the_votes_on_that_text_alone() -> None:
    """So that stored links of equal texts are made again, and no others."""
    one, two = knowing(decide("accept", "kasa")), knowing(decide("accept", "kasa"), decide("reject", "kasa", number=2, person="Ola"))
    assert len({linker.version_of(text_key(TEXT)) for linker in (LINKER, one, two)}) == 3
    assert {linker.version_of(text_key("spawanie")) for linker in (LINKER, one, two)} == {LINKER.version}


@pytest.mark.parametrize("text", ["😀", "nie umie spawać", "Bedient die Registrierkasse und berät die Kunden im Laden"])
def test_votes_do_not_reach_texts_that_have_no_links(text: str) -> None:
    """Texts without a word share one key; denials and other languages are not linked at all."""
    assert links(knowing(decide("accept", "kasa", text=text)), text) == links(LINKER, text)


def test_a_concept_that_is_gone_is_no_candidate() -> None:
    """A decision may speak of another release."""
    assert uri("gone") not in links(knowing(decide("accept", "gone")))


_DECISIONS = st.lists(
    st.builds(
        decide,
        st.sampled_from(["accept", "reject", "nothing", "withdrawn"]),
        st.sampled_from(["", "kasa", "zielony", "gone"]),
        record=st.sampled_from(["a", "b"]),
        person=st.sampled_from(["Ala", "Ola"]),
    ),
    max_size=8,
)


@given(_DECISIONS, st.integers(0, 8))
def test_decisions_may_come_in_parts(decisions: Sequence[Decision], cut: int) -> None:
    """Taking in newer ones gives what all at once give."""
    whole = Precedents().with_decisions(decisions)
    assert Precedents().with_decisions(decisions[:cut]).with_decisions(decisions[cut:]) == whole


@given(_DECISIONS)
def test_whatever_people_say_the_list_keeps_its_promises(decisions: Sequence[Decision]) -> None:
    """Every concept once, by falling score and URI, confidences from 0 to 1."""
    found = links(knowing(*decisions))
    assert set(found) == {uri(name) for name in SKILLS}
    assert all(0 <= link.confidence <= 1 for link in found.values())
