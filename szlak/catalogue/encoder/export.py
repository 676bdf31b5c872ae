"""The shipped model as a folder that Sentence Transformers can load."""

import json
import shutil
from pathlib import Path

from szlak.catalogue.encoder.static import SHIPPED

WEIGHTS = "static.npz"
"""Name of the weights in the folder."""

_MODULE = "szlak.catalogue.encoder.exported.StaticModule"


def export_sentence_transformer(folder: Path, weights: Path = SHIPPED) -> None:
    """Write a model folder; the library is not needed for it.

    `SentenceTransformer(folder, trust_remote_code=True)` loads it where szlak is installed: the library (since its version 6) asks
    for that consent whenever a model names a class that is not its own.

    Raises:
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(weights, folder / WEIGHTS)
    _write(folder / "modules.json", [{"idx": 0, "name": "0", "path": "", "type": _MODULE}])
    _write(folder / "config_sentence_transformers.json", {"model_type": "SentenceTransformer", "similarity_fn_name": "cosine"})


def _write(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")
