"""Fitting: what is not known is not learned from, folds go by document, and a held-out word is said without the text's document."""

from dataclasses import replace

import numpy as np
import pytest

from szlak.catalogue.encoder import load_encoder
from szlak.catalogue.esco.linking.examples import EXACT, Judged, iter_examples
from szlak.catalogue.esco.linking.features import FEATURES
from szlak.catalogue.esco.linking.fitting import Example, Fit, claim, cross_folds, fit_calibration, fit_ranker, refit_calibration
from szlak.catalogue.esco.linking.linker import build_linker
from szlak.catalogue.esco.linking.ranker import CLAIM_FEATURES, SHIPPED, Ranker
from szlak.catalogue.polish import Polish
from tests.catalogue.esco.judged import make_judged
from tests.catalogue.esco.small import make_taxonomy, uri

LINKER = build_linker(make_taxonomy(), Polish(), load_encoder(), cache_dir=None)
SHIPPED_RANKER = Ranker.load(SHIPPED / "skills")
EXACT_NAME = np.array([name == "exact" for name in FEATURES])


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    return list(iter_examples(LINKER, make_judged(100)))


@pytest.fixture(scope="module")
def refitted(examples: list[Example]) -> Fit:
    return refit_calibration(SHIPPED_RANKER, examples)


def test_what_was_not_judged_is_known_of_closed_texts_alone() -> None:
    """Where everything that fits was looked for, the rest does not fit; elsewhere only what was judged is known."""
    closed = Judged(text="spawanie metali", grades={uri("spawanie"): EXACT}, document="a")
    open_, whole = iter_examples(LINKER, [replace(closed, closed=False), closed])
    assert whole.known.all()
    assert [found for found, known in zip(open_.uris, open_.known, strict=True) if known] == [uri("spawanie")]


def test_texts_of_a_document_share_a_fold(examples: list[Example]) -> None:
    """Otherwise a text would be judged by what its neighbour taught; folds are of like size."""
    folds = cross_folds(examples)
    by_document = {example.document: set[int]() for example in examples}
    for example, fold in zip(examples, folds.tolist(), strict=True):
        by_document[example.document].add(fold)
    assert all(len(found) == 1 for found in by_document.values())
    assert set(folds.tolist()) == set(range(8))


def test_an_unknown_candidate_teaches_nothing(examples: list[Example]) -> None:
    """Whatever its grade says, the calibration is the same."""
    scored = [(SHIPPED_RANKER.score(example.features), example) for example in examples]
    first = replace(examples[0], known=np.zeros(len(examples[0].known), np.bool_))
    lied = replace(first, grades=np.full(len(first.grades), EXACT, np.float32))
    found = [fit_calibration([(scored[0][0], row), *scored[1:]], SHIPPED_RANKER.calibration) for row in (first, lied)]
    assert found[0] == found[1]
    assert found[0] != fit_calibration(scored, SHIPPED_RANKER.calibration)


def test_what_texts_say_nothing_about_stays(examples: list[Example]) -> None:
    """None of them is a name, so that what names are worth stays as it was; without a curve before it is worth nothing."""
    unnamed = [replace(example, features=np.where(EXACT_NAME, np.float32(0), example.features)) for example in examples]
    scored = [(SHIPPED_RANKER.score(example.features), example) for example in unnamed]
    before, named = SHIPPED_RANKER.calibration, CLAIM_FEATURES.index("named")
    assert fit_calibration(scored, before).weights[named] == before.weights[named] != 0
    assert fit_calibration(scored, replace(before, weights=())).weights[named] == 0


def test_refitting_the_calibration_keeps_the_order(examples: list[Example], refitted: Fit) -> None:
    """Scores and the zones' borders stay, confidences change."""
    before, after = SHIPPED_RANKER, refitted.ranker
    assert (after.score(examples[0].features) == before.score(examples[0].features)).all()
    assert after.calibration.weights != before.calibration.weights
    assert replace(after.calibration, weights=()) == replace(before.calibration, weights=())


def test_a_held_out_word_knows_nothing_of_the_texts_document(examples: list[Example], refitted: Fit) -> None:
    """Turning the grades of a text's whole fold upside down does not change what is said of it."""
    folds = cross_folds(examples)
    turned = [
        replace(example, grades=np.float32(EXACT) - example.grades) if fold == folds[0] else example
        for example, fold in zip(examples, folds.tolist(), strict=True)
    ]
    other = refit_calibration(SHIPPED_RANKER, turned)
    assert (other.held_out[0].confidences == refitted.held_out[0].confidences).all()
    assert other.ranker.calibration != refitted.ranker.calibration


def test_confidences_stand_beside_their_scores(examples: list[Example]) -> None:
    """In the order of the candidates, not of the list."""
    scores = SHIPPED_RANKER.score(examples[0].features)
    said = claim(SHIPPED_RANKER, scores, examples[0].features)
    order = np.argsort(-scores, kind="stable")
    assert (said.confidences[order] == SHIPPED_RANKER.confidence(scores[order], examples[0].features[order])).all()


@pytest.mark.train
def test_a_fitted_ranker_finds_what_it_was_not_fitted_to(examples: list[Example]) -> None:
    """Held out, the right concept comes first for most texts; fitted twice the ranker is the same."""
    fit = fit_ranker(examples, "new", SHIPPED_RANKER.calibration)
    best = [example.grades[int(said.scores.argmax())] for example, said in zip(examples, fit.held_out, strict=True)]
    assert np.mean(np.array(best) == EXACT) > 0.8
    assert fit_ranker(examples, "new", SHIPPED_RANKER.calibration).ranker.content_hash == fit.ranker.content_hash
