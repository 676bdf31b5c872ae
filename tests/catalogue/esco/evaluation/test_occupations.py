"""The report on job titles."""

from szlak.catalogue.esco.evaluation.gold import GoldTitle
from szlak.catalogue.esco.evaluation.occupations import evaluate_occupations
from szlak.catalogue.esco.evaluation.report import report_to_json
from szlak.catalogue.model.linking import LinkText
from szlak.catalogue.pipeline import quiet
from tests.catalogue.esco.small import make_taxonomy, uri
from tests.fakes.linker import WordLinker


def title(identity: str, text: str, *right: str) -> GoldTitle:
    return GoldTitle(identity=identity, text=LinkText(text=text, kind="offer_title"), relevant=frozenset(right))


def test_titles_are_linked_to_occupations() -> None:
    """One found at once, one at the second place, one whose occupation the release lacks."""
    taxonomy = make_taxonomy()
    gold = [title("1", "spawacz", uri("spawacz")), title("2", "spawacz", uri("sprzedawca")), title("3", "kelner", uri("gone"))]
    found = report_to_json(evaluate_occupations(WordLinker(taxonomy), taxonomy, gold, quiet))
    assert [round(found[f"accuracy@{k}"]["value"], 3) for k in (1, 5, 10)] == [0.333, 0.667, 0.667]
    assert (found["titles"], found["relevant_not_in_release"], found["linker_version"]) == (3, 1, "words-1")
    assert found["baselines"]["char_tfidf"]["accuracy@1"]["value"] == found["accuracy@1"]["value"]
    assert found["baselines"]["char_tfidf"]["difference"]["accuracy@5"]["value"] == 0.0
