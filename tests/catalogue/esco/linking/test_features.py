"""Features that say something by themselves: the title above, names inside names, first words."""

import numpy as np

from szlak.catalogue.encoder import load_encoder
from szlak.catalogue.esco.linking.features import FEATURES
from szlak.catalogue.esco.linking.linker import build_linker
from szlak.catalogue.esco.linking.ranker import SHIPPED, Ranker
from szlak.catalogue.model.linking import LinkText
from szlak.catalogue.polish import Polish
from tests.catalogue.esco.small import make_taxonomy, uri

LINKER = build_linker(make_taxonomy(), Polish(), load_encoder(), cache_dir=None, rankers={})


def rows(text: str, context: str = "") -> dict[str, dict[str, float]]:
    """Return the features of each candidate by its URI."""
    uris, features = next(LINKER.examine([LinkText(text=text, context=context)]))
    return {uri: dict(zip(FEATURES, row.tolist(), strict=True)) for uri, row in zip(uris, features, strict=True)}


def test_the_title_above_speaks_for_what_is_like_it() -> None:
    """Under a title about welding, what is about welding gains; the others lose as much."""
    found = rows("obsługa urządzeń", "Spawacz metodą MIG")
    values = [row["in_context"] for row in found.values()]
    assert max(found, key=lambda uri: found[uri]["in_context"]) == uri("spawanie")
    assert abs(float(np.mean(values))) < 1e-4


def test_without_a_title_there_is_nothing_to_compare() -> None:
    """White space is no title."""
    assert {row["in_context"] for row in rows("obsługa urządzeń", " \n").values()} == {0.0}


def test_a_name_within_a_longer_name_is_inside_it() -> None:
    """What names teaching holds the word communication as a part alone."""
    found = rows("uczyć komunikacji")
    assert found[uri("komunikacja")]["inside"] == 1
    assert found[uri("nauczanie")]["inside"] == 0


def test_a_name_beside_a_longer_one_is_not() -> None:
    """Where it also stands alone it is named for itself."""
    assert rows("uczyć komunikacji, komunikacja")[uri("komunikacja")]["inside"] == 0


def test_the_first_word_of_a_name_has_its_counterpart() -> None:
    """The same deed is likest, another deed on the same thing less so."""
    same, other = (rows(text)[uri("zespół")]["whole_head_meant"] for text in ("zarządza zespołem", "bada zespół"))
    assert same > 0.95 > other


def test_what_must_be_named_and_is_not_comes_last() -> None:
    """Whatever else speaks for it: no score of the ranker brings it before what can fit."""
    ranker = Ranker.load(SHIPPED / "skills")
    _, features = next(LINKER.examine([LinkText(text="arkusze kalkulacyjne, spawanie metali")]))
    proper = features[:, tuple(FEATURES).index("proper")]
    best = int(ranker.score(features).argmax())
    proper[best] = -1
    scores = ranker.score(features)
    assert scores[best] < scores[proper >= 0].min()
    order = np.argsort(-scores, kind="stable")
    assert ranker.confidence(scores[order], features[order])[order.tolist().index(best)] == 0
