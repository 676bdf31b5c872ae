"""The linker on real Polish sentences, against committed floors. To record anew: run with -s, copy what is printed, say why."""

import json
from pathlib import Path

import pytest

from szlak.catalogue.esco.linking.linker import build_linker
from szlak.catalogue.esco.taxonomy import build_taxonomy
from szlak.catalogue.polish import Polish
from szlak.catalogue.starter.lexicon import load_lexicon
from szlak.catalogue.starter.release import load_starter_release
from tests.quality.linking import measure_linker, read_gold

TABLE = Path(__file__).with_name("linking_quality.json")
TOLERANCE = 0.02


@pytest.fixture(scope="module")
def figures() -> dict[str, float]:
    gold = Path(__file__).parents[3] / "shared" / "data" / "gold" / "dev.jsonl"
    taxonomy = build_taxonomy(load_starter_release(), load_lexicon())
    found = measure_linker(build_linker(taxonomy, Polish(), cache_dir=None), read_gold(gold))
    print(json.dumps({name: round(value, 3) for name, value in found.items()}, indent=2))  # noqa: T201 - the table to record
    return found


@pytest.mark.realdata
@pytest.mark.quality
@pytest.mark.parametrize("name", ["recall@10", "accuracy@1", "ndcg@10", "accepted precision", "accepted texts"])
def test_a_figure_does_not_fall(figures: dict[str, float], name: str) -> None:
    """With the starter taxonomy, on the texts that the weights were fitted to: a guard against falls, no estimate of quality."""
    assert figures[name] >= json.loads(TABLE.read_text(encoding="utf-8"))[name] - TOLERANCE
