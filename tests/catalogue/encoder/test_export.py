"""The static model in a folder that Sentence Transformers loads."""

from pathlib import Path

import numpy as np
import pytest

from szlak.catalogue.encoder.export import export_sentence_transformer
from szlak.catalogue.encoder.static import StaticEncoder
from szlak.catalogue.encoder.weights import Weights
from tests.contract.test_encoders import make_static

pytestmark = pytest.mark.transformers
TEXTS = ["Obsługuje kasę fiskalną", "C++", "…", "keeps the accounts"]


@pytest.fixture
def exported(tmp_path: Path) -> tuple[StaticEncoder, Path]:
    """An encoder with weights drawn at random, and the folder of its export."""
    encoder = make_static()
    encoder._weights.save(tmp_path / "weights.npz")
    export_sentence_transformer(tmp_path / "model", tmp_path / "weights.npz")
    return encoder, tmp_path / "model"


def load(folder: Path) -> object:
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(folder), trust_remote_code=True, device="cpu", local_files_only=True)


def test_the_library_gives_the_same_rows(exported: tuple[StaticEncoder, Path]) -> None:
    """Whoever evaluates the model with the library measures the one that is shipped."""
    encoder, folder = exported
    model = load(folder)
    assert np.array_equal(model.encode(TEXTS), encoder.encode(TEXTS, role="query"))
    assert model.get_embedding_dimension() == encoder.dim
    assert model.similarity_fn_name == "cosine"


def test_a_prompt_stands_before_the_text(exported: tuple[StaticEncoder, Path]) -> None:
    """As with any other model."""
    encoder, folder = exported
    assert np.array_equal(load(folder).encode(["kasa"], prompt="query: "), encoder.encode(["query: kasa"], role="query"))


def test_what_the_library_saves_is_loaded_again(exported: tuple[StaticEncoder, Path], tmp_path: Path) -> None:
    """A copy made by the library is a model too."""
    encoder, folder = exported
    load(folder).save(str(tmp_path / "copy"))
    assert np.array_equal(load(tmp_path / "copy").encode(TEXTS), encoder.encode(TEXTS, role="query"))
    assert Weights.load(tmp_path / "copy" / "static.npz").revision == encoder._weights.revision
