from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from szlak.catalogue.errors import NotReady
from szlak.catalogue.model.search import Generation
from szlak.catalogue.search.generations import (
    MANIFEST,
    format_generation_id,
    parse_generation_id,
    promote,
    prune,
    read_live,
    read_manifest,
    write_manifest,
)

IDS = [f"2027010{day}T000000000000Z-0123456789ab" for day in range(1, 5)]
ZONES = st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours)))


@pytest.mark.property
@given(st.datetimes(datetime(2000, 1, 1), datetime(2200, 1, 1), timezones=ZONES), st.text("0123456789abcdef", min_size=12, max_size=64))  # noqa: DTZ001 - zones are drawn
def test_reading_an_id_is_the_inverse_of_writing_it(built_at: datetime, fingerprint: str) -> None:
    """The time comes back to the microsecond, in UTC, and ids sort by it."""
    text = format_generation_id(built_at, fingerprint)
    assert parse_generation_id(text) == (built_at, fingerprint[:12])
    assert format_generation_id(built_at + timedelta(microseconds=1), "0" * 12) > text[:22]


@pytest.mark.property
@given(st.text(max_size=40) | st.from_regex(r"[0-9]{8}T[0-9]{12}Z-[0-9a-f]{12}", fullmatch=True))
def test_a_text_is_an_id_only_if_it_would_be_written_so(text: str) -> None:
    """Nothing else is ever taken for a generation, and so ever removed."""
    parsed = parse_generation_id(text)
    assert parsed is None or format_generation_id(*parsed) == text


def test_only_generations_are_removed(tmp_path: Path) -> None:
    """Folders and files of other names stay, even in the same place."""
    for name in (*IDS, "keep-me", "20270101T000000000000Z"):
        (tmp_path / name).mkdir()
    (tmp_path / "notes.txt").touch()
    prune(tmp_path, keep={IDS[2]})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["20270101T000000000000Z", IDS[2], "keep-me", "notes.txt"]


def test_the_live_generation_and_the_one_before_are_kept(tmp_path: Path) -> None:
    """Readers of the last one have time to turn over."""
    for name in IDS:
        (tmp_path / name).mkdir()
    promote(tmp_path, IDS[0])
    assert read_live(tmp_path) == IDS[0]
    for name in IDS[1:]:
        (tmp_path / name).mkdir(exist_ok=True)
        promote(tmp_path, name)
    assert read_live(tmp_path) == IDS[3]
    assert sorted(path.name for path in tmp_path.iterdir()) == [IDS[2], IDS[3], "LIVE"]


@pytest.mark.parametrize("content", [b"", b"../elsewhere", b"\xff\xfe"])
def test_a_damaged_pointer_points_nowhere(tmp_path: Path, content: bytes) -> None:
    """It names a generation or nothing; never a path."""
    (tmp_path / "LIVE").write_bytes(content)
    assert read_live(tmp_path) is None


@pytest.mark.parametrize("content", [None, "", "{", "[]", '{"rules": "1", "generation": {}}', '{"generation_id": 1}'])
def test_a_damaged_manifest_is_not_ready(tmp_path: Path, content: str | None) -> None:
    """The file is named, and what to do."""
    if content is not None:
        (tmp_path / MANIFEST).write_text(content)
    with pytest.raises(NotReady, match=r"manifest\.json.*again"):
        read_manifest(tmp_path, "1")


def test_a_generation_of_other_rules_is_not_ready(tmp_path: Path) -> None:
    """Queries of one version would miss the words of another."""
    generation = Generation(generation_id=IDS[0], fingerprint="0" * 64, built_at=datetime(2027, 1, 1, tzinfo=UTC), documents={"offers": 1})
    write_manifest(tmp_path, generation, "1")
    assert read_manifest(tmp_path, "1") == generation
    with pytest.raises(NotReady, match="another version"):
        read_manifest(tmp_path, "2")


def test_ids_are_in_utc() -> None:
    """Two machines in two zones write ids that sort together."""
    assert (
        format_generation_id(datetime(2027, 1, 1, 1, tzinfo=timezone(timedelta(hours=1))), "a" * 64)
        == "20270101T000000000000Z-aaaaaaaaaaaa"
    )
    assert parse_generation_id("20270101T000000000000Z-aaaaaaaaaaaa") == (datetime(2027, 1, 1, tzinfo=UTC), "a" * 12)
