"""The linker on real Polish sentences, against committed floors. To record anew: run with -s, copy what is printed, say why."""

import json
from pathlib import Path

import pytest

from szlak.catalogue.encoder import load_encoder
from szlak.catalogue.esco.evaluation.gold import read_gold
from szlak.catalogue.esco.evaluation.linking import RANKED, measure_links
from szlak.catalogue.esco.linking.linker import build_linker
from szlak.catalogue.esco.taxonomy import build_taxonomy
from szlak.catalogue.polish import Polish
from szlak.catalogue.starter.lexicon import load_lexicon
from szlak.catalogue.starter.release import load_starter_release

TABLE = json.loads(Path(__file__).with_name("linking_quality.json").read_text(encoding="utf-8"))
TOLERANCE = 0.02
LOWER_IS_BETTER = {"ece"}


@pytest.fixture(scope="module")
def figures() -> dict[str, float]:
    gold = read_gold(Path(__file__).parents[3] / "shared" / "data" / "gold" / "dev.jsonl", 10_000)
    taxonomy = build_taxonomy(load_starter_release(), load_lexicon())
    results = build_linker(taxonomy, Polish(), load_encoder(), cache_dir=None).link([sentence.text for sentence in gold], top_k=RANKED)
    found = {name: estimate.value or 0.0 for name, estimate in measure_links(results, gold).items()}
    print(json.dumps({name: round(found[name], 3) for name in TABLE}, indent=2))  # noqa: T201 - the table to record
    return found


@pytest.mark.realdata
@pytest.mark.quality
@pytest.mark.parametrize("name", sorted(TABLE))
def test_a_figure_does_not_fall(figures: dict[str, float], name: str) -> None:
    """With the starter taxonomy, on the texts that the weights were fitted to: a guard against falls, no estimate of quality."""
    better = TABLE[name] - figures[name] if name in LOWER_IS_BETTER else figures[name] - TABLE[name]
    assert better >= -TOLERANCE
