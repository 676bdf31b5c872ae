"""Hostile files: each is read within its limits or refused in a sentence that names it."""

import gzip
import io
import json
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from szlak.catalogue.errors import FileUnreadable
from szlak.catalogue.readers import MAX_DEPTH, ReadLimits, iter_csv, iter_lines, open_archive, parse_json, read_json, read_text

SMALL = ReadLimits(file_bytes=1000, line_chars=20, members=2, member_bytes=500, archive_bytes=800, ratio=10)
WITHIN_ONE_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def write(folder: Path, content: bytes, name: str = "file.txt") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def pack(path: Path, members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def rows(content: bytes) -> list[dict[str, str]]:
    return list(iter_csv(io.BytesIO(content), "table.csv"))


# --- files


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """The path and the reason are said."""
    with pytest.raises(FileUnreadable, match=r"nothing\.json cannot be read: it does not exist\."):
        read_json(tmp_path / "nothing.json")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    """A folder in place of a file is refused."""
    with pytest.raises(FileUnreadable, match="it is not a file"):
        read_text(tmp_path)


def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    """A pipe would hold the reader for ever."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FileUnreadable, match="it is not a file"):
        list(iter_lines(tmp_path / "pipe"))


def test_a_name_too_long_for_the_system_is_refused(tmp_path: Path) -> None:
    """The words of the system are passed on."""
    with pytest.raises(FileUnreadable, match="the system says"):
        read_text(tmp_path / ("a" * 5000))


def test_a_file_over_the_limit_is_not_opened(tmp_path: Path) -> None:
    """Size is looked at before reading, and both numbers are said."""
    with pytest.raises(FileUnreadable, match="1001 bytes, more than the 1000 allowed"):
        read_text(write(tmp_path, b"a" * 1001), SMALL)


def test_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    """Windows programs put one before UTF-8."""
    assert read_text(write(tmp_path, b"\xef\xbb\xbfza\xc5\xbc\xc3\xb3\xc5\x82\xc4\x87")) == "zażółć"


@pytest.mark.parametrize("encoding", ["cp1250", "iso-8859-2", "utf-16"])
def test_another_encoding_is_refused_with_what_to_do(tmp_path: Path, encoding: str) -> None:
    """Polish texts in the encodings of old programs are not guessed at."""
    with pytest.raises(FileUnreadable, match="Save it as UTF-8"):
        read_text(write(tmp_path, "zażółć gęślą jaźń".encode(encoding)))


# --- JSON


@pytest.mark.parametrize("text", ["NaN", "[Infinity]", '{"a":-Infinity}', "1e999", "[-1e999]"])
def test_json_has_no_infinite_numbers(text: str) -> None:
    """What is no finite number is refused, also when written as digits."""
    with pytest.raises(ValueError, match="is not a"):
        parse_json(text)


@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 100_000])
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")])
def test_deeply_nested_json_is_refused(depth: int, opening: str, closing: str) -> None:
    """Nesting that would exhaust the stack of any reader is refused, whether or not Python's own reader manages it."""
    with pytest.raises(ValueError, match="nested deeper"):
        parse_json(opening * depth + "1" + closing * depth)


def test_json_at_the_limit_of_nesting_is_read() -> None:
    """The limit itself is allowed."""
    assert parse_json("[" * (MAX_DEPTH - 1) + "1" + "]" * (MAX_DEPTH - 1))


@pytest.mark.parametrize("text", ["", "{", "[1,]", "'a'", "1 2", "1" * 5000, "{'a':1}"])
def test_what_is_not_json_is_refused_with_its_file(tmp_path: Path, text: str) -> None:
    """The file is named, and where in it the reader stopped."""
    with pytest.raises(FileUnreadable, match=r"file\.txt cannot be read: it is not JSON"):
        read_json(write(tmp_path, text.encode()))


@pytest.mark.property
@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(), st.lists))
def test_json_is_read_as_it_was_written(value: object) -> None:
    """Every value within the limits comes back equal."""
    assert parse_json(json.dumps(value)) == value


# --- lines


def test_lines_come_with_their_numbers(tmp_path: Path) -> None:
    """Blank lines are left out and counted; both kinds of line end are taken away."""
    assert list(iter_lines(write(tmp_path, b"\xef\xbb\xbfone\r\n\n  \ntwo\nthree"))) == [(1, "one"), (4, "two"), (5, "three")]


def test_line_separators_of_unicode_do_not_part_lines(tmp_path: Path) -> None:
    """A JSON string may hold U+2028; only a line feed ends a line."""
    assert list(iter_lines(write(tmp_path, "a\u2028b\x0bc\x85d\n".encode()))) == [(1, "a\u2028b\x0bc\x85d")]


def test_a_line_over_the_limit_is_refused_with_its_number(tmp_path: Path) -> None:
    """A huge line is not read to its end; those before it are given."""
    lines = iter_lines(write(tmp_path, b"short\n" + "ż".encode() * 21), SMALL)
    assert next(lines) == (1, "short")
    with pytest.raises(FileUnreadable, match="line 2 is longer than 20 characters"):
        next(lines)


def test_a_line_at_the_limit_is_read(tmp_path: Path) -> None:
    """The limit counts characters, not bytes, and not the line end."""
    assert list(iter_lines(write(tmp_path, "ż".encode() * 20 + b"\n"), SMALL)) == [(1, "ż" * 20)]


def test_a_line_in_another_encoding_is_refused_with_its_number_after_those_before_it(tmp_path: Path) -> None:
    """No good line is lost, and the number is that of the bad one."""
    lines = iter_lines(write(tmp_path, b"one\ntwo\n" + "zażółć".encode("cp1250") + b"\nfour\n"))
    assert [next(lines), next(lines)] == [(1, "one"), (2, "two")]
    with pytest.raises(FileUnreadable, match="line 3 is not UTF-8"):
        next(lines)


def test_a_gzipped_file_is_unpacked_as_it_is_read(tmp_path: Path) -> None:
    """Lines come as from the plain file."""
    assert list(iter_lines(write(tmp_path, gzip.compress("żaba\n\nkot".encode()), "file.txt.gz"))) == [(1, "żaba"), (3, "kot")]


@pytest.mark.parametrize("content", [b"plain text\n", gzip.compress(b"one\n" * 50)[:-9], gzip.compress(b"one\n")[:12] + b"\xff" * 20])
def test_a_damaged_gzip_is_refused(tmp_path: Path, content: bytes) -> None:
    """What is no gzip, cut short or spoilt is named as damaged."""
    with pytest.raises(FileUnreadable, match="the archive is damaged"):
        list(iter_lines(write(tmp_path, content, "file.gz")))


def test_a_gzip_that_unpacks_without_end_is_refused(tmp_path: Path) -> None:
    """Reading stops at the limit, however small the file is."""
    with pytest.raises(FileUnreadable, match="it would unpack to more than 800 bytes"):
        list(iter_lines(write(tmp_path, gzip.compress(b"one\n" * 500), "file.gz"), SMALL))


@pytest.mark.property
@WITHIN_ONE_FOLDER
@given(content=st.binary(max_size=300))
def test_any_bytes_are_lines_or_refused(tmp_path: Path, content: bytes) -> None:
    """Whatever the bytes, each line is given with a growing number or the file is refused."""
    path, seen = write(tmp_path, content), 0
    try:
        for number, line in iter_lines(path, SMALL):
            assert number > seen
            assert line.strip()
            seen = number
    except FileUnreadable:
        pass


# --- CSV


def test_rows_come_by_column_name() -> None:
    """Quotes, commas and line breaks inside a cell are part of it; a byte order mark is not part of the first name."""
    assert rows(b'\xef\xbb\xbfname,note\r\nA,"x, ""y""\nz"\r\n\r\nB,\r\n') == [
        {"name": "A", "note": 'x, "y"\nz'},
        {"name": "B", "note": ""},
    ]


def test_rows_of_another_width_are_read_and_told_of() -> None:
    """Missing cells are empty, further ones left out, and the line of each such row is told."""
    odd: list[int] = []
    found = list(iter_csv(io.BytesIO(b"a,b\n1\n1,2\n1,2,3\n"), "table.csv", odd.append))
    assert found == [{"a": "1", "b": ""}, {"a": "1", "b": "2"}, {"a": "1", "b": "2"}]
    assert odd == [2, 4]


def test_a_row_in_another_encoding_is_refused_with_its_line_after_those_before_it() -> None:
    """Rows before the bad one are given first."""
    read = iter_csv(io.BytesIO(b"a\nfirst\nsecond\n" + "zażółć".encode("iso-8859-2")), "table.csv")
    assert [next(read), next(read)] == [{"a": "first"}, {"a": "second"}]
    with pytest.raises(FileUnreadable, match=r"table\.csv cannot be read: line 4 is not UTF-8"):
        next(read)


def test_a_cell_that_never_ends_is_refused() -> None:
    """An unclosed quote must not swallow memory without limit."""
    with pytest.raises(FileUnreadable, match=r"is not CSV|is longer"):
        rows(b'a\n"' + b"x" * 5_000_001)


def test_the_stream_stays_open_for_its_owner() -> None:
    """Whoever opened the stream closes it."""
    stream = io.BytesIO(b"a\n1\n")
    assert list(iter_csv(stream, "table.csv"))
    assert not stream.closed


@pytest.mark.property
@given(st.binary(max_size=300))
def test_any_bytes_are_rows_or_refused(content: bytes) -> None:
    """Whatever the bytes, rows have the header's columns and texts alone, or the table is refused."""
    try:
        for row in rows(content):
            assert all(isinstance(cell, str) for item in row.items() for cell in item)
    except FileUnreadable:
        pass


# --- archives


def test_members_are_read_in_place(tmp_path: Path) -> None:
    """A good archive opens, and nothing is written beside it."""
    path = pack(tmp_path / "good.zip", {"a.csv": b"a\n1\n"})
    with open_archive(path) as archive, archive.open("a.csv") as stream:
        assert list(iter_csv(stream, "a.csv")) == [{"a": "1"}]
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("content", [b"", b"PK", b"no archive at all", b"PK\x05\x06" + b"\0" * 17])
def test_what_is_no_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    """A file that is not a ZIP is refused by name."""
    with pytest.raises(FileUnreadable, match=r"file\.txt cannot be read: the archive is damaged"), open_archive(write(tmp_path, content)):
        pass


def test_a_truncated_archive_is_refused(tmp_path: Path) -> None:
    """Half a download is no archive."""
    path = pack(tmp_path / "whole.zip", {"a.csv": bytes(range(256)) * 40})
    with pytest.raises(FileUnreadable, match="the archive is damaged"), open_archive(write(tmp_path, path.read_bytes()[:-30])):
        pass


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({"a": b"", "b": b"", "c": b""}, "it holds 3 files, more than the 2 allowed"),
        ({"a": os.urandom(501)}, "a would unpack to 501 bytes"),
        ({"a": os.urandom(450), "b": os.urandom(450)}, "it would unpack to 900 bytes"),
    ],
)
def test_an_archive_over_a_limit_is_refused(tmp_path: Path, members: dict[str, bytes], reason: str) -> None:
    """Number of members, size of each and of all are looked at before anything is unpacked."""
    path = pack(tmp_path / "big.zip", members, zipfile.ZIP_STORED)
    limits = ReadLimits(file_bytes=10_000, members=2, member_bytes=500, archive_bytes=800)
    with pytest.raises(FileUnreadable, match=reason), open_archive(path, limits):
        pass


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    """A member that grows a thousandfold is not unpacked."""
    path = pack(tmp_path / "bomb.zip", {"zeros.csv": b"\0" * 3_000_000})
    with pytest.raises(FileUnreadable, match=r"zeros\.csv would unpack to 3000000 bytes"), open_archive(path):
        pass


def test_a_member_that_lies_about_its_size_is_cut_off(tmp_path: Path) -> None:
    """More bytes than the directory states are never given out."""
    path = pack(tmp_path / "liar.zip", {"a.csv": b"a\n" + b"1\n" * 50_000})
    content = path.read_bytes().replace((100_002).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    path.write_bytes(content)
    with open_archive(path) as archive, archive.open("a.csv") as stream, pytest.raises(FileUnreadable, match="the archive is damaged"):
        assert sum(len(row["a"]) for row in iter_csv(stream, "a.csv")) <= 10


def test_an_encrypted_member_is_refused(tmp_path: Path) -> None:
    """There is nobody to ask for a password."""
    path = pack(tmp_path / "locked.zip", {"secret.csv": b"a\n"})
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(content))
    with pytest.raises(FileUnreadable, match=r"secret\.csv is encrypted"), open_archive(path):
        pass


@pytest.mark.parametrize("compression", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_only_the_two_usual_ways_of_packing_are_read(tmp_path: Path, compression: int) -> None:
    """Ways of packing that not every Python can undo are refused by name, not met half way."""
    path = pack(tmp_path / "odd.zip", {"a.csv": b"a\n"}, compression)
    with pytest.raises(FileUnreadable, match=r"a\.csv is packed in a way that is not read"), open_archive(path):
        pass


def test_a_damaged_member_is_refused_by_whoever_reads_it(tmp_path: Path) -> None:
    """Damage that shows only while reading is an error of the archive, whichever way its user reads."""
    path = pack(tmp_path / "hurt.zip", {"a.csv": os.urandom(2000)})
    content = bytearray(path.read_bytes())
    content[500:600] = b"\0" * 100
    path.write_bytes(bytes(content))
    with pytest.raises(FileUnreadable, match=r"hurt\.zip cannot be read: the archive is damaged"), open_archive(path) as archive:
        archive.read("a.csv")


@pytest.mark.property
@WITHIN_ONE_FOLDER
@given(changes=st.dictionaries(st.integers(0, 220), st.integers(0, 255), max_size=6), length=st.integers(0, 230))
def test_a_changed_archive_is_read_or_refused(tmp_path: Path, changes: dict[int, int], length: int) -> None:
    """No damage to an archive ends in another way than in rows or a refusal."""
    content = bytearray(pack(tmp_path / "good.zip", {"a.csv": b"a,b\n1,2\n" * 5, "ł.csv": b"c\n"}).read_bytes())
    for place, value in changes.items():
        if place < len(content):
            content[place] = value
    path = write(tmp_path, bytes(content[: len(content) - length] if length < 20 else content), "hurt.zip")
    try:
        with open_archive(path) as archive:
            for member in archive.infolist():
                with archive.open(member) as stream:
                    list(iter_csv(stream, member.filename))
    except FileUnreadable:
        pass
