"""Vectors on disk: never asked for twice, never another's, never damaged ones."""

import os
import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from szlak.catalogue.encoder.vector_cache import CachedEncoder
from szlak.catalogue.model.encoding import Role
from tests.fakes.encoder import LetterEncoder

ROOT = Path(__file__).parents[3]
TEXTS = [f"text {number}" for number in range(1200)]


def encode(folder: Path, texts: list[str], role: Role = "document", model: str = "letters@1") -> tuple[np.ndarray, list[str]]:
    """The rows, and what the inner encoder was asked for."""
    inner = LetterEncoder(model)
    return CachedEncoder(inner, folder).encode(texts, role=role), inner.asked


def expected(texts: list[str]) -> np.ndarray:
    return LetterEncoder().encode(texts, role="document")


def the_file(folder: Path) -> Path:
    (path,) = folder.glob("*.sqlite3")
    return path


def test_a_text_is_encoded_once(tmp_path: Path) -> None:
    """In one call and in a later process, of the same texts in another order."""
    _, asked = encode(tmp_path, ["b", "a", "b"])
    assert asked == ["b", "a"]
    rows, asked = encode(tmp_path, ["a", "c", "b", "a"])
    assert asked == ["c"]
    assert np.array_equal(rows, expected(["a", "c", "b", "a"]))


def test_many_texts_come_back_bit_by_bit(tmp_path: Path) -> None:
    """More than one question to the file, and the rows are those that went in."""
    encode(tmp_path, TEXTS)
    rows, asked = encode(tmp_path, TEXTS[::-1])
    assert asked == []
    assert np.array_equal(rows, expected(TEXTS[::-1]))


def test_roles_are_kept_apart(tmp_path: Path) -> None:
    """A model may want another prefix for each."""
    encode(tmp_path, ["a"], "document")
    assert encode(tmp_path, ["a"], "query")[1] == ["a"]


def test_encoders_are_kept_apart(tmp_path: Path) -> None:
    """Another revision never gets the vectors of this one."""
    encode(tmp_path, ["a"], model="letters@1")
    assert encode(tmp_path, ["a"], model="letters@2")[1] == ["a"]
    assert encode(tmp_path, ["a"], model="letters@1")[1] == []


def test_the_file_of_another_encoder_under_this_ones_name_is_not_believed(tmp_path: Path) -> None:
    """The checksum covers the encoder, so that a copied file gives nothing."""
    encode(tmp_path, ["a"], model="letters@1")
    other = CachedEncoder(LetterEncoder("letters@2"), tmp_path)
    the_file(tmp_path).rename(other.path)
    assert encode(tmp_path, ["a"], model="letters@2")[1] == ["a"]


def test_a_role_that_is_not_kept_leaves_nothing_on_disk(tmp_path: Path) -> None:
    """What a person asks for need not be written down."""
    inner = LetterEncoder()
    cached = CachedEncoder(inner, tmp_path, roles={"document"})
    for _ in range(2):
        assert np.array_equal(cached.encode(["a", "a"], role="query"), expected(["a", "a"]))
    assert inner.asked == ["a"] * 4
    assert list(tmp_path.iterdir()) == []


def test_the_texts_themselves_are_not_written(tmp_path: Path) -> None:
    """The file holds hashes and vectors."""
    encode(tmp_path, ["rachunkowość zarządcza"])
    assert b"rachunkowo" not in the_file(tmp_path).read_bytes()


@pytest.mark.faults
@pytest.mark.parametrize("content", [b"", b"no database" * 500, b"SQLite format 3\x00" + b"\xff" * 4096])
def test_a_file_of_something_else_is_begun_anew(tmp_path: Path, content: bytes) -> None:
    """The vectors are right at once, and kept from then on."""
    encode(tmp_path, TEXTS)
    the_file(tmp_path).write_bytes(content)
    rows, asked = encode(tmp_path, TEXTS)
    assert asked == TEXTS
    assert np.array_equal(rows, expected(TEXTS))
    assert encode(tmp_path, TEXTS)[1] == []


@pytest.mark.faults
def test_a_table_of_another_shape_is_begun_anew(tmp_path: Path) -> None:
    """A file that is a database but not ours."""
    path = CachedEncoder(LetterEncoder(), tmp_path).path
    with sqlite3.connect(path) as file:
        file.execute("CREATE TABLE vectors (something TEXT)")
    file.close()
    assert encode(tmp_path, ["a"])[1] == ["a"]
    assert encode(tmp_path, ["a"])[1] == []


@pytest.mark.faults
def test_a_file_cut_short_gives_right_vectors(tmp_path: Path) -> None:
    """As a full disk or a lost machine leaves it."""
    encode(tmp_path, TEXTS)
    whole = the_file(tmp_path).read_bytes()
    for share in (0.1, 0.5, 0.9):
        the_file(tmp_path).write_bytes(whole[: int(len(whole) * share)])
        assert np.array_equal(encode(tmp_path, TEXTS)[0], expected(TEXTS))


@pytest.mark.faults
@pytest.mark.property
@given(place=st.floats(0, 1, exclude_max=True), value=st.integers(1, 255), length=st.integers(1, 64))
def test_no_damage_gives_a_wrong_vector(tmp_path_factory: pytest.TempPathFactory, place: float, value: int, length: int) -> None:
    """Whatever bytes change, wherever they are."""
    folder = tmp_path_factory.mktemp("vectors")
    texts = TEXTS[:40]
    encode(folder, texts)
    content = bytearray(the_file(folder).read_bytes())
    start = int(place * len(content))
    content[start : start + length] = bytes(byte ^ value for byte in content[start : start + length])
    the_file(folder).write_bytes(content)
    assert np.array_equal(encode(folder, texts)[0], expected(texts))
    assert np.array_equal(encode(folder, texts)[0], expected(texts))


@pytest.mark.faults
def test_a_folder_that_cannot_be_used_is_done_without(tmp_path: Path) -> None:
    """Keeping vectors is a help, not a condition."""
    (tmp_path / "vectors").write_text("a file in its place")
    rows, asked = encode(tmp_path / "vectors", ["a"])
    assert asked == ["a"]
    assert np.array_equal(rows, expected(["a"]))


@pytest.mark.faults
def test_a_folder_in_the_place_of_the_file_is_done_without(tmp_path: Path) -> None:
    """It is neither used nor removed."""
    path = CachedEncoder(LetterEncoder(), tmp_path).path
    path.mkdir()
    assert np.array_equal(encode(tmp_path, ["a"])[0], expected(["a"]))
    assert path.is_dir()


@pytest.mark.faults
def test_a_process_killed_while_writing_does_no_harm(tmp_path: Path) -> None:
    """What it had begun is undone by the next one, which finds what was finished before."""
    encode(tmp_path, ["a"])
    path = the_file(tmp_path)
    code = (
        "import os, sqlite3, sys\n"
        "file = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "file.execute('PRAGMA cache_size = 1'); file.execute('BEGIN IMMEDIATE')\n"
        "for n in range(3000): file.execute('INSERT INTO vectors VALUES (?, ?, ?)', (os.urandom(41), bytes(144), bytes(16)))\n"
        "os.kill(os.getpid(), 9)\n"
    )
    run = subprocess.run([sys.executable, "-c", code, str(path)], check=False)
    assert run.returncode == -9
    assert path.with_name(path.name + "-journal").exists()
    assert encode(tmp_path, ["a"])[1] == []
    with sqlite3.connect(path) as file:
        assert file.execute("SELECT count(*) FROM vectors").fetchone() == (1,)
    file.close()


def test_several_processes_write_at_once(tmp_path: Path) -> None:
    """None fails, and together they leave every vector."""
    code = (
        "import sys; from pathlib import Path; from tests.catalogue.encoder.test_vector_cache import encode, TEXTS\n"
        "start = int(sys.argv[2])\n"
        "for place in range(start, start + 600, 50): encode(Path(sys.argv[1]), TEXTS[place : place + 50])\n"
    )
    children = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path), start], cwd=ROOT, env={**os.environ}) for start in ("0", "300", "600")
    ]
    assert [child.wait() for child in children] == [0, 0, 0]
    rows, asked = encode(tmp_path, TEXTS)
    assert asked == []
    assert np.array_equal(rows, expected(TEXTS))


def test_threads_share_one_encoder(tmp_path: Path) -> None:
    """Each gets the rows of its own texts."""
    cached = CachedEncoder(LetterEncoder(), tmp_path)
    gate = threading.Barrier(4)

    def work(start: int) -> bool:
        gate.wait()
        texts = TEXTS[start : start + 200]
        return np.array_equal(cached.encode(texts, role="document"), expected(texts))

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(work, (0, 100, 200, 300))) == [True] * 4
