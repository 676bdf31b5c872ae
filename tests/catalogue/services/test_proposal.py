"""A proposal: what is compared with what, which links would move, and that nothing is replaced before it is saved."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest

from szlak.catalogue.encoder import load_encoder
from szlak.catalogue.errors import ExtraMissing
from szlak.catalogue.esco.linking.learned import open_rankers, save_ranker
from szlak.catalogue.esco.linking.linker import RankedLinker, build_linker, load_rankers
from szlak.catalogue.esco.linking.ranker import Calibration, number_texts
from szlak.catalogue.model.encoding import Encoder
from szlak.catalogue.model.linking import LinkTarget, Zone
from szlak.catalogue.pipeline import link_credentials
from szlak.catalogue.services.learn import Ground, Learned, recalibrate_skills
from szlak.catalogue.services.proposal import FIGURES, Wanted, compare, measure_movement, proposal_to_json, propose
from szlak.catalogue.store import Store
from tests.catalogue.esco.judged import make_judged
from tests.databases import migrated_store
from tests.fakes.review import TALK, WELD, ReviewCatalogue, accept, make_course, make_review, reject

SKILLS = LinkTarget.SKILLS
TEXTS = tuple(f"{deed} {number}" for number in range(20) for deed in ("spawać", "rozmawiać"))
DOCUMENTS = 10


class LearningCatalogue(ReviewCatalogue):
    """What learning needs of the catalogue, over five invented concepts."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.encoder: Encoder = load_encoder()
        self.rankers = load_rankers()
        self.linker: RankedLinker = build_linker(self.taxonomy, self.polish, self.encoder, cache_dir=None, rankers=self.rankers)

    @property
    def linker_version(self) -> str:
        return self.linker.version

    @property
    def ground(self) -> Ground:
        return Ground(taxonomy=self.taxonomy, open_linker=lambda: self.linker)


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LearningCatalogue]:
    """Ten courses with four linked texts each, about which somebody has decided."""
    with migrated_store(f"sqlite:///{tmp_path_factory.mktemp('store') / 'szlak.db'}") as store:
        made = LearningCatalogue(store)
        for number in range(DOCUMENTS):
            made.add(make_course(f"mc:{number}", *TEXTS[number::DOCUMENTS]))
        link_credentials(store, made.linker, made.taxonomy.release.release_id)
        review = make_review(made)
        for place, text in enumerate(TEXTS):
            right, wrong = (WELD, TALK) if text.startswith("spawać") else (TALK, WELD)
            review.decide(accept(f"mc:{place % DOCUMENTS}", text, right), by="Anna")
            review.decide(reject(f"mc:{place % DOCUMENTS}", text, wrong), by="Anna")
        yield made


@pytest.fixture(scope="module")
def learned(catalogue: LearningCatalogue) -> Learned:
    judged = make_judged(40)
    return recalibrate_skills(catalogue.ground, judged, catalogue.rankers[SKILLS])


def test_figures_are_held_out_and_apart_where_the_present_ranker_has_seen_the_texts(learned: Learned, catalogue: LearningCatalogue) -> None:
    """Texts that it was fitted to and others are never in one figure."""
    seen = number_texts(row.text for row in learned.judged[:10])
    present = replace(catalogue.rankers[SKILLS], fitted=frozenset(), calibrated=seen)
    unseen, fitted = compare(learned, present)
    assert [(row.seen, row.texts) for row in (unseen, fitted)] == [(False, 30), (True, 10)]
    assert set(unseen.present) == set(unseen.new) == set(FIGURES)


def test_a_text_that_is_not_closed_is_not_measured(learned: Learned, catalogue: LearningCatalogue) -> None:
    """What else fits it is unknown."""
    opened = (replace(learned.judged[0], closed=False), *learned.judged[1:])
    (only,) = compare(replace(learned, judged=opened), catalogue.rankers[SKILLS])
    assert only.texts == 39


def test_the_order_stays_where_the_confidence_alone_is_new(learned: Learned, catalogue: LearningCatalogue) -> None:
    """Figures of the order are those of the present ranker."""
    (only,) = compare(learned, catalogue.rankers[SKILLS])
    assert all(only.new[name] == only.present[name] for name in ("recall@10", "accuracy@1", "ndcg@10"))


def test_nothing_moves_under_the_same_ranker(catalogue: LearningCatalogue) -> None:
    """Every stored text is linked anew, and no link is treated otherwise."""
    found = measure_movement(catalogue, catalogue.rankers[SKILLS])  # type: ignore[arg-type]
    assert (found.texts, found.total, found.links) == (40, 40, 120)
    assert (found.moves, found.examples) == ({}, ())


def test_links_move_between_zones(catalogue: LearningCatalogue) -> None:
    """Under a ranker that believes nothing, every link goes to the last zone; the largest changes are shown with their text."""
    doubting = replace(
        catalogue.rankers[SKILLS], calibration=Calibration(weights=(0, 0, 0, 0, 0, -20), accept=0.5, accept_more=0.5, ask=0.2)
    )
    found = measure_movement(catalogue, doubting)  # type: ignore[arg-type]
    assert {after for _, after in found.moves} == {Zone.NOTHING}
    assert len(found.examples) == min(10, sum(found.moves.values()))
    first = found.examples[0]
    assert first.text in TEXTS
    assert first.confidence_before == max(move.confidence_before for move in found.examples)
    assert first.confidence_after < 0.01


def test_decisions_are_learned_from_and_nothing_is_replaced(catalogue: LearningCatalogue, tmp_path: Path) -> None:
    """Until it is saved; JSON tells it all."""
    wanted = Wanted(grounds=(catalogue.ground,))
    proposal = propose(catalogue, wanted)  # type: ignore[arg-type]
    assert (proposal.decided, proposal.gold) == (40, 0)
    told = json.loads(json.dumps(proposal_to_json(proposal)))["targets"]["skills"]
    assert (told["fitted"], told["texts"], told["present_version"]) == ("calibration", 40, catalogue.rankers[SKILLS].version)
    assert told["compared"][0]["new"]["ece"]["value"] <= told["compared"][0]["present"]["ece"]["value"]
    assert told["movement"]["texts"] == 40
    assert open_rankers(tmp_path)[SKILLS].version == catalogue.rankers[SKILLS].version
    assert proposal.save(tmp_path) == (tmp_path / "skills",)
    assert open_rankers(tmp_path)[SKILLS].version == told["new_version"]


def test_a_decision_goes_before_a_file(catalogue: LearningCatalogue) -> None:
    """A text that both judged is one, as people judged it."""
    same = replace(make_judged(1)[0], text=TEXTS[0], grades={TALK: 3.0})
    proposal = propose(catalogue, Wanted(grounds=(catalogue.ground,), gold=(same,)))  # type: ignore[arg-type]
    (row,) = (row for row in proposal.changes[0].learned.judged if row.text == TEXTS[0])
    assert row.grades == {WELD: 3.0, TALK: 0.0}


def test_a_shipped_ranker_of_other_features_is_no_hindrance(catalogue: LearningCatalogue) -> None:
    """It cannot be compared with or built upon: without the extra that makes another, the extra is named."""

    class Outdated(LearningCatalogue):
        def __init__(self) -> None:
            self.store, self.polish, self.taxonomy = catalogue.store, catalogue.polish, catalogue.taxonomy

        @property
        def rankers(self) -> NoReturn:  # type: ignore[override]
            raise ValueError("made for other features")

    with pytest.raises(ExtraMissing, match="train"):
        propose(Outdated(), Wanted(grounds=(catalogue.ground,)))  # type: ignore[arg-type]


def test_without_decisions_no_stored_text_is_looked_at(catalogue: LearningCatalogue) -> None:
    """Learning on packages leaves the database alone."""
    gold = make_judged(40)
    proposal = propose(catalogue, Wanted(grounds=(catalogue.ground,), gold=gold, decisions=False))  # type: ignore[arg-type]
    assert (proposal.decided, proposal.gold, proposal.changes[0].movement) == (0, 40, None)


def test_what_was_saved_links_under_its_own_version(catalogue: LearningCatalogue, tmp_path: Path, learned: Learned) -> None:
    """So that stored links are made again."""
    save_ranker(learned.ranker, tmp_path, SKILLS)
    other = build_linker(catalogue.taxonomy, catalogue.polish, catalogue.encoder, cache_dir=None, rankers=open_rankers(tmp_path))
    assert other.version != catalogue.linker.version
    assert learned.ranker.version in other.version
