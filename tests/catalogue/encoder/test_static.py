"""The shipped kind of encoder: one row a text, whatever stands beside it. What every encoder keeps is in tests/contract."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from szlak.catalogue.encoder import static
from szlak.catalogue.encoder.static import StaticEncoder
from szlak.catalogue.encoder.words import list_buckets, split_words
from tests.catalogue.encoder.random_weights import make_weights

TEXTS = ["Obsługuje kasę fiskalną", "obsługuje kasę", "", "C++ i C#", "keeps the accounts", "…", "kasę kasę obsługuje"]
WEIGHTS = make_weights()


@pytest.fixture
def encoder() -> StaticEncoder:
    """One that has not seen a word."""
    return StaticEncoder(WEIGHTS)


def encode_slowly(text: str) -> np.ndarray:
    """The definition: each word the mean of its pieces times the exponential of their mean emphasis, the text the unit sum of its words."""
    table = WEIGHTS.table * WEIGHTS.scales[:, None].astype(np.float64)
    total = np.zeros(table.shape[1])
    for word in split_words(text):
        buckets = list_buckets(word, len(table))
        total += table[buckets].mean(axis=0) * np.exp(WEIGHTS.emphasis[buckets].astype(np.float64).mean())
    return total / max(np.linalg.norm(total), 1e-12)


@pytest.mark.parametrize("text", TEXTS)
def test_a_row_is_what_the_definition_says(encoder: StaticEncoder, text: str) -> None:
    """Computed word by word in double precision."""
    assert encoder.encode([text], role="query")[0] == pytest.approx(encode_slowly(text), abs=1e-5)


@pytest.mark.property
@given(st.lists(st.text(st.characters(codec=None, exclude_categories=()), max_size=40), max_size=20))
def test_a_batch_is_its_texts_one_by_one(texts: list[str]) -> None:
    """Unit rows, and zeros exactly where there is no letter or digit."""
    encoder = StaticEncoder(WEIGHTS)
    rows = encoder.encode(texts, role="document")
    assert rows.shape == (len(texts), encoder.dim)
    for text, row in zip(texts, rows, strict=True):
        assert row == pytest.approx(encoder.encode([text], role="document")[0], abs=1e-6)
        assert np.linalg.norm(row) == pytest.approx(float(any(map(str.isalnum, text))), abs=1e-5)


def test_roles_are_encoded_alike(encoder: StaticEncoder) -> None:
    """The model knows no prefixes."""
    assert np.array_equal(encoder.encode(TEXTS, role="query"), encoder.encode(TEXTS, role="document"))


def test_the_order_of_words_does_not_count(encoder: StaticEncoder) -> None:
    """A text is a bag of words, and how often each stands there counts."""
    one, other, more = encoder.encode(["kasa i sklep", "sklep i kasa", "sklep sklep i kasa"], role="query")
    assert one == pytest.approx(other, abs=1e-6)
    assert one != pytest.approx(more, abs=1e-3)


def test_more_texts_than_a_block_holds(encoder: StaticEncoder) -> None:
    """Blocks end nowhere that can be seen."""
    texts = [f"kasa {number}" if number % 7 else "…" for number in range(2 * static._BLOCK + 3)]
    alone = np.concatenate([encoder.encode([text], role="query") for text in texts])
    assert StaticEncoder(WEIGHTS).encode(texts, role="query") == pytest.approx(alone, abs=1e-6)


def test_kept_words_are_bounded(encoder: StaticEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many words pass, memory holds no more than the limit and one block; rows stay what they were."""
    monkeypatch.setattr(static, "_KEPT_WORDS", 50)
    first = encoder.encode(["słowo zero"], role="query")
    for start in range(0, 1000, 20):
        encoder.encode([f"słowo{number}" for number in range(start, start + 20)], role="query")
        assert len(encoder._places) <= 50 + 20
    assert len(encoder._kept) <= 1024
    assert np.array_equal(encoder.encode(["słowo zero"], role="query"), first)


def test_threads_share_an_encoder(encoder: StaticEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    """While some learn new words and the keeping starts anew, each gets the rows of its own texts."""
    monkeypatch.setattr(static, "_KEPT_WORDS", 100)
    texts = [[f"wyraz{number} kasa", f"{thread} sklep", "…"] for thread in range(8) for number in range(40)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda batch: encoder.encode(batch, role="query"), texts))
    calm = StaticEncoder(WEIGHTS)
    assert all(rows == pytest.approx(calm.encode(batch, role="query"), abs=1e-6) for batch, rows in zip(texts, found, strict=True))
