"""The module that a folder written by `export_sentence_transformer` names. Only Sentence Transformers imports this file."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import torch
from sentence_transformers.sentence_transformer.modules import InputModule

from szlak.catalogue.encoder.export import WEIGHTS
from szlak.catalogue.encoder.static import load_encoder


class StaticModule(InputModule):  # type: ignore[misc]  # the library is not there when types are checked
    """Gives the rows of the static encoder as sentence embeddings. It has no parameters to train."""

    def __init__(self, weights: Path) -> None:
        super().__init__()
        self._weights = weights
        self._encoder = load_encoder(weights)

    def preprocess(self, inputs: Sequence[str], prompt: str | None = None, **_: object) -> dict[str, Any]:
        """Return the texts with the prompt before each."""
        return {"texts": [(prompt or "") + text for text in inputs]}

    def forward(self, features: dict[str, Any], **_: object) -> dict[str, Any]:
        """Add the unit rows, shape (texts, dim)."""
        features["sentence_embedding"] = torch.from_numpy(self._encoder.encode(features["texts"], role="document"))
        return features

    def get_embedding_dimension(self) -> int:
        """Return the length of a row."""
        return int(self._encoder.dim)

    def save(self, output_path: str, *_: object, **__: object) -> None:
        """Copy the weights."""
        shutil.copyfile(self._weights, Path(output_path) / WEIGHTS)

    @classmethod
    def load(cls, model_name_or_path: str, subfolder: str = "", **found: Any) -> Self:  # noqa: ANN401 - the library's own arguments
        """Read the weights of a folder."""
        kept = {name: found[name] for name in ("token", "cache_folder", "revision", "local_files_only") if name in found}
        return cls(Path(cls.load_file_path(model_name_or_path, WEIGHTS, subfolder=subfolder, **kept)))
