"""Any Sentence Transformers model as the encoder. The library (extra `transformers`) is imported when a model is loaded."""

import hashlib
import importlib.util
import json
import re
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from szlak.catalogue.errors import ConfigError, ExtraMissing
from szlak.catalogue.messages import Message
from szlak.catalogue.model.encoding import Role, Vectors

_ORGANISATION = "sentence-transformers"
"""Whose model is meant when a name has no organisation before it."""

_MARKS_OF_A_MODEL = ("modules.json", "config.json")
_PATIENCE_S = 10.0
_COMMIT = re.compile(r"[0-9a-f]{40}")
_OWN_PROMPTS: dict[Role, tuple[str, ...]] = {"query": ("query",), "document": ("document", "passage", "corpus")}
"""Names under which a model may bring prefixes of its own (as `encode_query` and `encode_document` of the library look for them)."""


class SentenceTransformerEncoder:
    """Encodes with a model of a folder, or of the Hugging Face hub (model.encoding.Encoder). Safe to share between threads.

    A longer text is cut where the model's own limit is. An empty prefix means the model's own, if it brings one.
    """

    def __init__(
        self, name_or_path: str, *, revision: str | None = None, query_prefix: str = "", document_prefix: str = "", batch_size: int = 32
    ) -> None:
        """Load the model; only one that is named by its place on the hub makes the library connect, if it is not on this machine yet.

        Raises:
            ExtraMissing: the library is not installed.
            ConfigError: there is no such model, it cannot be read, or the hub cannot be reached.
        """
        if importlib.util.find_spec("sentence_transformers") is None:
            raise ExtraMissing(
                Message(
                    "The encoder “{name}” needs the extra “transformers”. "
                    "In the clone: make transformers; elsewhere: pip install 'szlak[transformers]'.",
                    {"name": name_or_path},
                )
            )
        self._model, name, found = _load_folder(name_or_path, revision) if _is_path(name_or_path) else _load_named(name_or_path, revision)
        self._prefixes: dict[Role, str] = {
            "query": query_prefix or _own_prompt(self._model, "query"),
            "document": document_prefix or _own_prompt(self._model, "document"),
        }
        self._batch_size = batch_size
        # Tokenisers of the library cannot be used by two threads at once.
        self._lock = threading.Lock()
        self.id = build_id(name, found, self._prefixes)
        self.dim = int(self._encode(["a"], "query").shape[1])

    def encode(self, texts: Sequence[str], *, role: Role) -> Vectors:
        """Return unit rows, shape (len(texts), dim); zeros for a text without a letter or digit."""
        rows = np.zeros((len(texts), self.dim), np.float32)
        told = [number for number, text in enumerate(texts) if any(map(str.isalnum, text))]
        if told:
            found = self._encode([_make_valid(texts[number]) for number in told], role)
            rows[told] = found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-12)
        return rows

    def _encode(self, texts: list[str], role: Role) -> Vectors:
        with self._lock:
            found = self._model.encode(
                texts, prompt=self._prefixes[role], batch_size=self._batch_size, show_progress_bar=False, convert_to_numpy=True
            )
        return np.asarray(found, np.float32)


def build_id(name: str, revision: str, prefixes: dict[Role, str]) -> str:
    """Return the id of a model with its prefixes, which change the vectors as a revision does."""
    asked = [prefixes["query"], prefixes["document"]]
    return f"{name}@{revision}" + (f" {json.dumps(asked, ensure_ascii=False)}" if any(asked) else "")


def hash_folder(folder: Path) -> str:
    """Return twelve hexadecimal digits that change with the name or content of any file of a model; notes and hidden files do not count.

    Weights are read to their end: those of a model trained further have the same head and the same size.
    """
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_file() and path.suffix != ".md" and not any(part.startswith(".") for part in inside.parts):
            with path.open("rb") as stream:
                digest.update(
                    f"{inside.as_posix()}\0{hashlib.file_digest(stream, 'sha256').hexdigest()}\n".encode("utf-8", "surrogateescape")
                )
    return digest.hexdigest()[:12]


def _is_path(name_or_path: str) -> bool:
    """Whether a folder is meant: it is there, or no name on the hub could be written so."""
    written_as_path = name_or_path.startswith((".", "/", "~")) or "\\" in name_or_path or name_or_path.count("/") > 1
    return written_as_path or Path(name_or_path).is_dir()


def _load_folder(path: str, revision: str | None) -> tuple[Any, str, str]:
    folder = Path(path).expanduser().absolute()
    if not any((folder / mark).is_file() for mark in _MARKS_OF_A_MODEL):
        raise ConfigError(
            Message(
                "There is no Sentence Transformers model at {path}: expected a folder with a file modules.json or config.json.",
                {"path": str(folder)},
            )
        )
    try:
        found = hash_folder(folder)
    except OSError as error:
        raise _not_read(str(folder), error) from error
    if revision is not None and revision != found:
        raise ConfigError(
            Message(
                "The model at {path} has the revision {found}, not {revision}. Set the one that is there, or none.",
                {"path": str(folder), "found": found, "revision": revision},
            )
        )
    return _load(str(folder), None, local=True), folder.name, found


def _load_named(name: str, revision: str | None) -> tuple[Any, str, str]:
    name = name if "/" in name else f"{_ORGANISATION}/{name}"
    commit = revision if revision and _COMMIT.fullmatch(revision) else _find_commit(name, revision or "main")
    if _find_kept(name, commit) is not None:
        with suppress(ConfigError):
            # Without asking the hub for anything; where a download was broken off, it is finished below.
            return _load(name, commit, local=True), name, commit
    return _load(name, commit, local=False), name, commit


def _find_commit(name: str, revision: str) -> str:
    """Return the commit that a branch or tag of a model stands for on the hub, or, when the hub does not answer, on this machine."""
    from huggingface_hub import HfApi

    try:
        return str(HfApi().model_info(name, revision=revision, timeout=_PATIENCE_S).sha)
    except Exception as error:
        # The hub's client and its transport each have exceptions of their own.
        kept = _find_kept(name, revision)
        if kept is None:
            raise _not_found(name, error) from error
        return kept


def _find_kept(name: str, revision: str) -> str | None:
    """Return the commit that this machine holds of a model, or None where it does not know how the model is built."""
    from huggingface_hub import try_to_load_from_cache

    modules, config = _MARKS_OF_A_MODEL
    kept = try_to_load_from_cache(name, modules, revision=revision)
    if kept is not None and not isinstance(kept, str):
        # The list of modules was looked for and is no part of the model. Where that is unknown, the library would guess the modules.
        kept = try_to_load_from_cache(name, config, revision=revision)
    return Path(kept).parent.name if isinstance(kept, str) else None


def _load(name: str, revision: str | None, *, local: bool) -> Any:  # noqa: ANN401 - the library is not there when types are checked
    try:
        from sentence_transformers import SentenceTransformer
        from transformers.utils.logging import disable_progress_bar

        # A bar for reading files of this machine; that of a download stays.
        disable_progress_bar()
        return SentenceTransformer(name, revision=revision, local_files_only=local)
    except Exception as error:
        # What a damaged file, a foreign format or a lost connection raises depends on the version and parts of the library.
        raise (_not_read(name, error) if local else _not_found(name, error)) from error


def _not_read(place: str, error: Exception) -> ConfigError:
    return ConfigError(Message("The model at {path} cannot be loaded: {reason}", {"path": place, "reason": _first_line(error)}))


def _not_found(name: str, error: Exception | None) -> ConfigError:
    sentence = (
        "The model “{name}” is not on this machine and cannot be had from the Hugging Face hub: {reason} "
        "Check its name, its revision and the connection, or name the folder of a copy."
    )
    return ConfigError(Message(sentence, {"name": name, "reason": _first_line(error)}))


def _first_line(error: Exception | None) -> str:
    lines = str(error).strip().splitlines()
    return f"{lines[0] if lines else type(error).__name__}".rstrip(".") + "."


def _own_prompt(model: Any, role: Role) -> str:  # noqa: ANN401 - as above
    return next((prompt for name in _OWN_PROMPTS[role] if (prompt := model.prompts.get(name))), "")


def _make_valid(text: str) -> str:
    """Return the text with halves of surrogate pairs replaced; tokenisers refuse them."""
    return text.encode("utf-8", "replace").decode("utf-8")
