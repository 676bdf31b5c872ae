"""Figures on real data against those of the quality page: a change of links shows, whether for better or worse.

When one is meant, `make quality` measures anew; say in the commit why figures moved. The taxonomy is that of a first start.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from szlak.catalogue.encoder import load_encoder
from szlak.catalogue.esco.evaluation.linking import RANKED, measure_links
from szlak.catalogue.esco.evaluation.melo import melo_shares, read_melo
from szlak.catalogue.esco.evaluation.names import EncoderScorer
from szlak.catalogue.esco.linking.linker import RankedLinker, build_linker
from szlak.catalogue.esco.taxonomy import build_taxonomy
from szlak.catalogue.polish import Polish
from szlak.catalogue.starter.lexicon import load_lexicon
from szlak.catalogue.starter.release import load_starter_release
from tests.conftest import SHARED
from tests.quality.measure import SENTENCE_SETS, load_gold
from tests.quality.report import FIGURES, read_figures

pytestmark = [pytest.mark.realdata, pytest.mark.quality]

TOLERANCES = {
    "recall@10": 0.02,
    "accuracy@1": 0.02,
    "ndcg@10": 0.02,
    "accepted_precision": 0.03,
    "accepted_coverage": 0.03,
    "ece": 0.02,
}
MELO = "usa_q_en_c_en"
MELO_TOLERANCE = 0.01


@cache
def linker() -> RankedLinker:
    return build_linker(build_taxonomy(load_starter_release(), load_lexicon()), Polish(), load_encoder(), cache_dir=None)


@cache
def measured(name: str) -> Mapping[str, float]:
    gold = load_gold(name, SHARED)
    results = linker().link([sentence.text for sentence in gold], top_k=RANKED)
    return {figure: estimate.value or 0.0 for figure, estimate in measure_links(results, gold).items()}


@pytest.mark.parametrize("figure", TOLERANCES)
@pytest.mark.parametrize("name", SENTENCE_SETS)
def test_a_figure_is_that_of_the_page(name: str, figure: str) -> None:
    """`quality` was never fitted to and says how good links are; `dev` was fitted to and is a guard against falls alone."""
    stated = read_figures(FIGURES)["sentences"][name]["first_start"][figure]["value"]
    assert measured(name)[figure] == pytest.approx(stated, abs=TOLERANCES[figure])


def test_names_of_occupations_are_found_as_the_page_says(shared: Path) -> None:
    """The encoder alone on the American set of MELO."""
    task = read_melo(shared / "melo" / MELO)
    shares = melo_shares(task, EncoderScorer(load_encoder()).score(task.queries, task.names))
    stated = read_figures(FIGURES)["melo"][MELO]
    for figure in ("mrr", "success@10"):
        assert shares[figure].parts.mean() == pytest.approx(stated[figure]["value"], abs=MELO_TOLERANCE)
