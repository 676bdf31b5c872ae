"""Weights: rounding, the file, and files that are none."""

import io
import zipfile
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from szlak.catalogue.encoder.static import load_encoder
from szlak.catalogue.encoder.weights import Weights
from szlak.catalogue.errors import FileUnreadable
from tests.catalogue.encoder.random_weights import make_weights

FLOATS = st.floats(-100, 100, width=32)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "weights.npz"


def write(path: Path, **changes: object) -> None:
    """Write sound weights with some arrays changed; None leaves one out."""
    weights = make_weights()
    arrays_ = {"table": weights.table, "scales": weights.scales, "emphasis": weights.emphasis, **changes}
    with path.open("wb") as out:
        np.savez(out, **{name: array for name, array in arrays_.items() if array is not None})


@pytest.mark.property
@given(arrays(np.float32, (7, 5), elements=FLOATS))
def test_rounding_loses_less_than_a_step(vectors: np.ndarray) -> None:
    """A step is a 127th of the largest number of the row; half of it is lost to whole numbers, a little to the scale."""
    weights = Weights.quantise(vectors, np.zeros(7, np.float32))
    back = weights.table * weights.scales[:, None].astype(np.float32)
    largest = np.abs(vectors).max(axis=1, keepdims=True)
    assert np.all(np.abs(back - vectors) <= 0.51 * largest / 127 + largest * 2**-10 + 1e-5)


def test_what_is_written_is_read(path: Path) -> None:
    """Every number, and so the revision."""
    weights = make_weights()
    weights.save(path)
    read = Weights.load(path)
    assert np.array_equal(read.table, weights.table)
    assert np.array_equal(read.scales, weights.scales)
    assert np.array_equal(read.emphasis, weights.emphasis)
    assert read.revision == weights.revision


@pytest.mark.parametrize("name", ["table", "scales", "emphasis"])
def test_any_weight_changes_the_revision(name: str) -> None:
    """Vectors are kept on disk under it."""
    weights = make_weights()
    changed = getattr(weights, name).copy()
    changed.flat[0] += 1
    arrays_ = {"table": weights.table, "scales": weights.scales, "emphasis": weights.emphasis, name: changed}
    assert Weights(**arrays_).revision != weights.revision


@pytest.mark.parametrize(
    "changes",
    [
        {"table": None},
        {"scales": None},
        {"table": np.zeros((500, 16), np.int16)},
        {"table": np.zeros(500, np.int8)},
        {"table": np.zeros((500, 0), np.int8)},
        {"table": np.zeros((499, 16), np.int8)},
        {"scales": np.zeros((500, 1), np.float16)},
        {"scales": np.zeros(500, np.float64)},
        {"emphasis": np.full(500, np.inf, np.float16)},
        {"emphasis": np.array(["a"] * 500)},
        {"table": np.array([{}], object)},
    ],
    ids=str,
)
def test_other_arrays_are_no_weights(path: Path, changes: dict[str, object]) -> None:
    """Missing, of another shape or type, not finite, or objects that would run code."""
    write(path, **changes)
    with pytest.raises(FileUnreadable, match="holds no weights"):
        Weights.load(path)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not a zip at all", b"\x93NUMPY\x01\x00"])
def test_what_is_no_archive_is_unreadable(path: Path, content: bytes) -> None:
    """The file is named."""
    path.write_bytes(content)
    with pytest.raises(FileUnreadable, match=path.name):
        load_encoder(path)


@pytest.mark.parametrize("path", [Path("/nowhere/static.npz"), Path("/")])
def test_a_missing_file_is_unreadable(path: Path) -> None:
    """A folder is none either."""
    with pytest.raises(FileUnreadable, match="cannot be read"):
        load_encoder(path)


@pytest.mark.property
@given(st.data())
def test_a_damaged_file_is_unreadable_or_sound(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """Cut anywhere or with any byte changed: an error of our own, never another, never weights that are not finite."""
    path = tmp_path_factory.mktemp("damaged") / "weights.npz"
    make_weights(20, 4).save(path)
    content = bytearray(path.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    if data.draw(st.booleans()):
        content = content[:place]
    else:
        content[place] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)
    with suppress(FileUnreadable):
        assert Weights.load(path).is_sound()


def test_a_bomb_is_refused(path: Path) -> None:
    """A table that unpacks to far more than the file holds is not unpacked."""
    buffer = io.BytesIO()
    np.save(buffer, np.zeros((40_000, 256), np.int8))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("table.npy", buffer.getvalue())
    with pytest.raises(FileUnreadable, match="would unpack"):
        Weights.load(path)


def test_a_table_that_only_claims_to_be_large_is_refused(path: Path) -> None:
    """A header may say anything; nothing that it says is believed before the file is read."""
    buffer = io.BytesIO()
    np.lib.format.write_array_header_1_0(buffer, {"descr": "|i1", "fortran_order": False, "shape": (2**40, 256)})
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("table.npy", buffer.getvalue())
    with pytest.raises(FileUnreadable, match="holds no weights"):
        Weights.load(path)
