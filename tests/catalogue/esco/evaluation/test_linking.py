"""The report on a linker: what is in it, and that its parts are what they say."""

from collections.abc import Mapping, Sequence

import pytest

from szlak.catalogue.esco.evaluation.baselines import BUILDERS
from szlak.catalogue.esco.evaluation.gold import GoldSentence
from szlak.catalogue.esco.evaluation.linking import BATCH, COMPARED, evaluate_linking, link_all, measure_links
from szlak.catalogue.esco.evaluation.report import Report, report_to_json
from szlak.catalogue.esco.linking.lanes import Ranking
from szlak.catalogue.model.linking import LinkResult, LinkTarget, LinkText
from szlak.catalogue.pipeline import quiet
from tests.catalogue.esco.evaluation.samples import ranked, result, sentence
from tests.catalogue.esco.small import make_taxonomy, uri
from tests.fakes.linker import WordLinker

METRICS = {
    "recall@5",
    "recall@10",
    "recall@20",
    "accuracy@1",
    "mrr",
    "ndcg@10",
    "ece",
    "ece_top1",
    "accepted_precision",
    "accepted_precision_judged",
    "accepted_coverage",
    "nil_precision",
    "nil_recall",
}
RANKING_METRICS = {"recall@5", "recall@10", "recall@20", "accuracy@1", "mrr", "ndcg@10"}
GOLD = [
    sentence({uri("spawanie"): 3.0}, text="Spawanie metali w warsztacie", kind="everyday", source="a"),
    sentence({uri("kasa"): 2.0, uri("gone"): 2.5}, text="Obsługa kasy fiskalnej", kind="everyday", source="b"),
    sentence(nil=True, text="Miła atmosfera", kind="job_requirement", source="b"),
]


class WordLinkerWithLanes(WordLinker):
    """The same, with one lane that ranks backwards."""

    def lanes(self) -> Mapping[str, Ranking]:
        def rank(texts: Sequence[LinkText], k: int) -> list[list[str]]:
            return [[link.concept_uri for link in found.links][::-1] for found in self.link(texts, top_k=k)]

        return {"backwards": rank}


@pytest.fixture(scope="module")
def report() -> Report:
    taxonomy = make_taxonomy()
    return evaluate_linking(WordLinkerWithLanes(taxonomy), taxonomy, GOLD, quiet)


def test_every_figure_is_there_with_its_interval(report: Report) -> None:
    """As JSON: value, low, high and n."""
    found = report_to_json(report)
    assert found.keys() >= METRICS
    assert all(found[name].keys() == {"value", "low", "high", "n"} for name in METRICS)
    assert (found["accuracy@1"]["value"], found["accuracy@1"]["n"], found["recall@10"]["value"]) == (1.0, 2, 0.75)


def test_what_was_measured_is_said(report: Report) -> None:
    """A relevant concept that the release lacks cannot be found: it is counted as a miss, and named as absent."""
    assert report.facts == {"linker_version": "words-1", "release": "0", "sentences": 3, "ranked": 100, "relevant_not_in_release": 1}


def test_parts_have_the_figures_of_their_sentences_alone(report: Report) -> None:
    """By kind, by source, and without each source."""
    by = report_to_json(report)["by"]
    assert {name: sorted(parts) for name, parts in by.items()} == {
        "kind": ["everyday", "job_requirement"],
        "source": ["a", "b"],
        "all_but_source": ["a", "b"],
    }
    assert by["source"]["b"]["recall@10"] == {"value": 0.5, "low": 0.5, "high": 0.5, "n": 1}
    assert by["all_but_source"]["b"] == by["source"]["a"]
    assert by["kind"]["job_requirement"]["recall@10"] == {"value": None, "low": None, "high": None, "n": 0}


def test_baselines_and_lanes_are_in_the_same_run(report: Report) -> None:
    """Ranking figures, and the paired difference to each."""
    baselines = report_to_json(report)["baselines"]
    assert list(baselines) == [*BUILDERS, "lane:backwards"]
    for found in baselines.values():
        assert found.keys() == RANKING_METRICS | {"difference"}
        assert found["difference"].keys() == set(COMPARED)
    assert baselines["lane:backwards"]["difference"]["accuracy@1"] == {"value": 1.0, "low": 1.0, "high": 1.0}


def test_a_linker_without_lanes_has_the_plain_baselines() -> None:
    """Lanes are optional."""
    taxonomy = make_taxonomy()
    assert list(evaluate_linking(WordLinker(taxonomy), taxonomy, GOLD, quiet).baselines) == list(BUILDERS)


def test_texts_are_linked_in_batches_in_order() -> None:
    """More than a batch; progress ends at the total."""
    taxonomy, told = make_taxonomy(), []
    texts = [LinkText(text=name) for name in ("spawanie", "komunikacja") * BATCH]
    found = link_all(WordLinker(taxonomy), texts, LinkTarget.SKILLS, 1, lambda step, done, total: told.append((step, done, total)))
    assert found == WordLinker(taxonomy).link(texts, top_k=1)
    assert told[-1] == ("evaluate", 2 * BATCH, 2 * BATCH)


def test_calibration_is_over_five_links_and_over_one() -> None:
    """Six links of confidence .5 of which the first is right: off by .3 over five, by .5 over one."""
    found = measure_links([ranked("abcdef")], [sentence({"a": 2.0})])
    assert (found["ece"].value, found["ece"].n) == (pytest.approx(0.3), 5)
    assert (found["ece_top1"].value, found["ece_top1"].n) == (pytest.approx(0.5), 1)


PERFECT: list[tuple[LinkResult, GoldSentence]] = [
    (result(("a", 1.0), accepted=1), sentence({"a": 3.0})),
    (result(("b", 1.0), ("c", 1.0), accepted=2), sentence({"b": 3.0, "c": 2.0})),
    (result(("x", 0.0)), sentence(nil=True)),
]


def test_a_perfect_linker_has_full_marks() -> None:
    """Every share is 1 and both calibration errors are 0."""
    found = measure_links([links for links, _ in PERFECT], [gold for _, gold in PERFECT])
    assert {name: estimate.value for name, estimate in found.items()} == {name: 0.0 if name.startswith("ece") else 1.0 for name in METRICS}
