"""Learning: how much it takes, what is fitted when the extra or texts are missing, and what a ranker remembers."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from szlak.catalogue.encoder import load_encoder
from szlak.catalogue.errors import ExtraMissing, InputInvalid
from szlak.catalogue.esco.evaluation.gold import GoldSentence
from szlak.catalogue.esco.kzis import CodedTitle
from szlak.catalogue.esco.linking.examples import Judged
from szlak.catalogue.esco.linking.linker import build_linker, load_rankers
from szlak.catalogue.esco.linking.ranker import number_texts
from szlak.catalogue.model.linking import LinkTarget, LinkText
from szlak.catalogue.polish import Polish
from szlak.catalogue.services.learn import (
    FEWEST_FOR_CALIBRATION,
    FEWEST_FOR_RANKER,
    Ground,
    Learned,
    Parts,
    fit_occupations,
    fit_occupations_to_groups,
    fit_skills,
    judge_sentences,
    learn_skills,
    recalibrate_skills,
)
from tests.catalogue.esco.judged import make_judged
from tests.catalogue.esco.small import make_taxonomy, uri

TAXONOMY, PRESENT = make_taxonomy(), load_rankers()[LinkTarget.SKILLS]
PARTS = Parts(polish=Polish(), encoder=load_encoder())
LINKER = build_linker(TAXONOMY, PARTS.polish, PARTS.encoder, cache_dir=None)
JOBS = {"spawacz": "7212", "sprzedawca": "5223"}
GROUND = Ground(taxonomy=TAXONOMY, open_linker=lambda: LINKER)


def numbers(judged: Sequence[Judged]) -> frozenset[int]:
    return number_texts(row.text for row in judged)


@pytest.fixture(scope="module")
def recalibrated() -> Learned:
    return recalibrate_skills(GROUND, make_judged(40), PRESENT)


def test_the_confidence_alone_can_be_fitted(recalibrated: Learned) -> None:
    """Scores stay, and what was learned from is remembered apart from what the scores were fitted to."""
    assert not recalibrated.is_whole
    assert recalibrated.ranker.trees is PRESENT.trees
    assert (recalibrated.ranker.fitted, recalibrated.ranker.calibrated) == (PRESENT.fitted, numbers(make_judged(40)))
    assert recalibrated.ranker.version == f"skills-{recalibrated.ranker.content_hash}"


def test_a_confidence_is_not_fitted_to_what_the_scores_were(recalibrated: Learned) -> None:
    """They are too good there: such texts do not count."""
    seen = replace(PRESENT, fitted=numbers(make_judged(40)[:5]))
    assert recalibrate_skills(GROUND, make_judged(40), seen).judged == make_judged(40)[5:]
    with pytest.raises(InputInvalid, match=rf"fitted to these texts.* 0 others .* {FEWEST_FOR_CALIBRATION} are needed"):
        recalibrate_skills(GROUND, make_judged(40), replace(PRESENT, fitted=numbers(make_judged(40))))
    assert recalibrate_skills(GROUND, make_judged(40), recalibrated.ranker).judged == make_judged(40)


def test_too_few_texts_are_counted() -> None:
    """How many there are, and how many are needed; a text to which nothing fits is none of them."""
    empty = tuple(replace(row, grades={}) for row in make_judged(40)[20:])
    with pytest.raises(InputInvalid, match=r"20 texts .* 30 are needed"):
        recalibrate_skills(GROUND, (*make_judged(20), *empty), PRESENT)


def test_too_few_records_are_counted() -> None:
    """Texts of one record cannot be judged by each other."""
    with pytest.raises(InputInvalid, match="stand in 1 records or sources, 8 are needed"):
        recalibrate_skills(GROUND, [replace(row, document="mc:1") for row in make_judged(40)], PRESENT)


def test_without_the_extra_the_confidence_is_fitted() -> None:
    """However many texts there are; a ranker that is asked for by name is refused."""
    assert not learn_skills([GROUND], make_judged(FEWEST_FOR_RANKER), PRESENT).is_whole
    with pytest.raises(ExtraMissing, match="train"):
        fit_skills([GROUND], make_judged(FEWEST_FOR_RANKER))
    with pytest.raises(ExtraMissing, match="train"):
        fit_occupations(PARTS, [TAXONOMY])


def test_gold_sentences_stand_in_documents() -> None:
    """The document of a source, the source where a file names none, and each sentence alone where it names neither."""

    def judged(**given: str) -> str:
        (row,) = judge_sentences([GoldSentence(identity="7", text=LinkText(text="a"), grades={"x": 2.0}, nil=False, **given)])
        return row.document

    assert judged(source="s", document="d") != judged(source="s", document="e")
    assert judged(source="s") == judged(source="s")
    assert judged() == "text:7"


@pytest.mark.train
def test_with_the_extra_the_ranker_is_fitted() -> None:
    """From enough texts; below that the confidence alone. The same texts give the same ranker, which remembers them."""
    judged = make_judged(FEWEST_FOR_RANKER)
    learned = learn_skills([GROUND, GROUND], judged, PRESENT)
    assert learned.is_whole
    assert (learned.judged, len(learned.examples), len(learned.held_out)) == (judged, len(judged), len(judged))
    assert learned.ranker.fitted == learned.ranker.calibrated == numbers(judged)
    assert learn_skills([GROUND, GROUND], judged, PRESENT).ranker.version == learned.ranker.version
    assert not learn_skills([GROUND], judged[:-1], PRESENT).is_whole


@pytest.mark.train
def test_occupations_are_learned_from_titles_and_their_groups() -> None:
    """Which occupation of a group a title means is guessed: there is a ranker, and nothing to measure it on."""
    codes = {uri("spawacz"): "7212.1", uri("sprzedawca"): "5223.1"}
    lexicon = {key: replace(entry, code=codes.get(key, "")) for key, entry in TAXONOMY.lexicon.items()}
    titles = [CodedTitle(title=f"{word} {number}", group=group) for number in range(60) for word, group in JOBS.items()]
    learned = fit_occupations_to_groups(PARTS, [replace(TAXONOMY, lexicon=lexicon)], titles)
    assert (learned.judged, learned.examples, learned.held_out) == ((), (), ())
    assert learned.ranker.fitted == number_texts(row.title for row in titles)
    linker = LINKER.with_ranker(LinkTarget.OCCUPATIONS, learned.ranker)
    for word, name in (("kasjerka", "sprzedawca"), ("spawanie", "spawacz")):
        assert linker.link([LinkText(text=word)], kind_of_target=LinkTarget.OCCUPATIONS)[0].links[0].concept_uri == uri(name)


@pytest.mark.train
def test_too_few_titles_are_counted() -> None:
    """How many there are, and how many are needed."""
    with pytest.raises(InputInvalid, match="There are 1 job titles with a group; 100 are needed"):
        fit_occupations_to_groups(PARTS, [TAXONOMY], [CodedTitle(title="spawacz", group="7212")])


@pytest.mark.train
def test_too_few_occupations_are_refused() -> None:
    """A taxonomy with two of them teaches nothing."""
    with pytest.raises(InputInvalid, match="occupations"):
        fit_occupations(PARTS, [TAXONOMY])
