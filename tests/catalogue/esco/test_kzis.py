"""Official descriptions of occupations: what a file may hold, and what is no such file. All examples are invented."""

import csv
import gzip
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from szlak.catalogue.errors import FileUnreadable
from szlak.catalogue.esco.kzis import COLUMNS, TITLE_COLUMNS, CodedTitle, read_coded_titles, read_descriptions, split_tasks
from szlak.catalogue.esco.training_pairs import OccupationDescription
from szlak.catalogue.readers import ReadLimits, iter_csv_file

ROWS = [
    ("011001", "Latarnik", "Pilnuje\nlatarni.", "zapala światło;\ngasi światło.", ""),
    ("723190", "Zegarmistrz", "", "- czyści zegary;- nastawia zegary;", "naprawia budziki"),
]


def format_rows(rows: list[tuple[str, ...]], columns: tuple[str, ...] = COLUMNS) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([columns, *rows])
    return text.getvalue().encode()


def test_job_titles_with_their_groups(tmp_path: Path) -> None:
    """Each once, by the four digits of the group; a row without a title or a code is left out, other columns are not looked at."""
    rows = [("latarnik", "011001", "x"), ("latarnik", "011002", "y"), (" zegarmistrz\n", "723190", ""), ("", "7231", ""), ("?", "brak", "")]
    (tmp_path / "titles.csv").write_bytes(format_rows(rows, (*TITLE_COLUMNS, "portal")))
    found = read_coded_titles(tmp_path / "titles.csv")
    assert found == (CodedTitle(title="latarnik", group="0110"), CodedTitle(title="zegarmistrz", group="7231"))


@pytest.mark.parametrize(("columns", "why"), [(TITLE_COLUMNS, "no occupation"), (COLUMNS[:2], "job_title")])
def test_a_file_without_coded_titles_is_refused(tmp_path: Path, columns: tuple[str, ...], why: str) -> None:
    """No title with a code, or other columns."""
    (tmp_path / "titles.csv").write_bytes(format_rows([("latarnik", "")], columns))
    with pytest.raises(FileUnreadable, match=why):
        read_coded_titles(tmp_path / "titles.csv")


@pytest.mark.parametrize("name", ["kzis.csv", "kzis.csv.gz"])
def test_descriptions_in_the_order_of_the_file(tmp_path: Path, name: str) -> None:
    """Plain or packed; codes keep their zeros, and tasks of both columns stand together."""
    content = format_rows(ROWS)
    (tmp_path / name).write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    assert read_descriptions(tmp_path / name) == (
        OccupationDescription(code="011001", name="Latarnik", synthesis="Pilnuje latarni.", tasks=("zapala światło", "gasi światło")),
        OccupationDescription(
            code="723190", name="Zegarmistrz", synthesis="", tasks=("czyści zegary", "nastawia zegary", "naprawia budziki")
        ),
    )


@pytest.mark.parametrize(
    ("text", "tasks"),
    [
        ("", ()),
        ("mierzy; waży", ("mierzy", "waży")),
        ("mierzy;\nważy.", ("mierzy", "waży")),
        ("- mierzy,- waży,- liczy", ("mierzy", "waży", "liczy")),
        ("mierzy, waży i liczy", ("mierzy, waży i liczy",)),
        ("obsługa techniczno-ruchowa", ("obsługa techniczno-ruchowa",)),
        ("mierzy;\r\nmierzy;", ("mierzy",)),
        ("Przykładowo:\nmierzy", ("mierzy",)),
        ("Brak", ()),
        (";;\n- ;)", ()),
    ],
)
def test_tasks_of_a_cell(text: str, tasks: tuple[str, ...]) -> None:
    """The ministry parts them by semicolons, lines or dashes, and sometimes says that there are none."""
    assert split_tasks(text) == tasks


@pytest.mark.property
@given(st.text())
def test_any_cell_has_tasks(text: str) -> None:
    """Each once, none empty, and none that would be split further."""
    tasks = split_tasks(text)
    assert len(set(tasks)) == len(tasks)
    assert all(task and split_tasks(task) == (task,) for task in tasks)


def test_a_row_without_a_name_is_left_out(tmp_path: Path) -> None:
    """There is nothing to pair its tasks with."""
    (tmp_path / "kzis.csv").write_bytes(format_rows([("1", " ", "", "mierzy", ""), *ROWS]))
    assert [found.name for found in read_descriptions(tmp_path / "kzis.csv")] == ["Latarnik", "Zegarmistrz"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no occupation"),
        (format_rows([]), "no occupation"),
        (format_rows([("1", "Latarnik")], ("code", "name")), "no column synteza, zadania_zawodowe, dodatkowe_zadania_zawodowe"),
        (format_rows([("1", "Latarnik", "")]), "line 2 has another number of cells"),
        (format_rows(ROWS).decode().encode("cp1250"), "not UTF-8"),
    ],
    ids=["empty", "header alone", "columns", "cells", "encoding"],
)
def test_another_file_is_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    """With its name and what is wrong with it."""
    (tmp_path / "kzis.csv").write_bytes(content)
    with pytest.raises(FileUnreadable, match=reason) as refused:
        read_descriptions(tmp_path / "kzis.csv")
    assert "kzis.csv" in str(refused.value)


@pytest.mark.faults
def test_a_damaged_archive_is_refused(tmp_path: Path) -> None:
    """Cut anywhere, or no archive at all."""
    content = gzip.compress(format_rows(ROWS * 50))
    for damaged in (content[:-9], content[: len(content) // 2], b"code,name", b""):
        (tmp_path / "kzis.csv.gz").write_bytes(damaged)
        with pytest.raises(FileUnreadable):
            read_descriptions(tmp_path / "kzis.csv.gz")


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    """What a small file unpacks to is bounded, even where a row never ends."""
    content = b"code,name\n" + b'"a\n",' * 100_000
    (tmp_path / "kzis.csv.gz").write_bytes(gzip.compress(content))
    with pytest.raises(FileUnreadable, match="would unpack to more than 100000 bytes"):
        list(iter_csv_file(tmp_path / "kzis.csv.gz", ReadLimits(archive_bytes=100_000)))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    """Said in a sentence."""
    with pytest.raises(FileUnreadable, match="does not exist"):
        read_descriptions(tmp_path / "kzis.csv")


@pytest.mark.realdata
def test_the_official_file(shared: Path) -> None:
    """As the README beside it counts, with some ten tasks an occupation and none that is a whole cell."""
    found = read_descriptions(shared / "kzis" / "kzis_slownik_2024-07-10.csv.gz")
    assert len(found) == 2912
    assert 30_000 < sum(len(description.tasks) for description in found) < 36_000
    assert max(len(task) for description in found for task in description.tasks) < 2_000
