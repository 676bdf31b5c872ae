"""Vacancies from what people have at hand."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from szlak.catalogue.errors import FileUnreadable
from szlak.catalogue.ingest.vacancies import MAX_TITLE_CHARS, load_vacancies, parse_vacancy_text
from szlak.catalogue.model.catalogue import KzisCode, Section, Vacancy
from szlak.catalogue.model.harvest import RecordInvalid
from szlak.catalogue.text import clean

TEXT = "Krawcowa\n\nWymagania:\n- szycie na maszynie\n"


def load(folder: Path, name: str, content: str | bytes) -> tuple[Vacancy | RecordInvalid, ...]:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return load_vacancies(path)


def only(found: tuple[Vacancy | RecordInvalid, ...]) -> Vacancy:
    (vacancy,) = found
    assert isinstance(vacancy, Vacancy)
    return vacancy


def refused(found: tuple[Vacancy | RecordInvalid, ...]) -> list[str]:
    return [item.position for item in found if isinstance(item, RecordInvalid)]


def test_the_first_short_line_is_the_title() -> None:
    """The text itself stays whole, so that places in it still fit."""
    assert parse_vacancy_text(TEXT) == Vacancy(text=TEXT, title="Krawcowa")


@pytest.mark.parametrize(
    "first", ["Szukamy krawcowej do pracowni.", "Wymagania:", "- szycie", "1. Szycie", "• szycie", "x" * (MAX_TITLE_CHARS + 1)]
)
def test_a_sentence_heading_or_bullet_is_no_title(first: str) -> None:
    """No title is better than a wrong one."""
    assert parse_vacancy_text(f"{first}\nreszta").title is None


@pytest.mark.property
@given(st.text())
def test_any_text_is_read_and_kept(text: str) -> None:
    """The title, where there is one, is clean and short and stands in the text."""
    vacancy = parse_vacancy_text(text)
    assert vacancy.text == text
    if vacancy.title is not None:
        assert 0 < len(vacancy.title) <= MAX_TITLE_CHARS
        assert vacancy.title in {clean(line) for line in text.splitlines()}


def test_a_text_file_is_one_vacancy(tmp_path: Path) -> None:
    """With its title, and without a byte order mark."""
    assert only(load(tmp_path, "v.txt", b"\xef\xbb\xbf" + TEXT.encode())) == Vacancy(text=TEXT, title="Krawcowa")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("v.txt", "Krawcowa\ntel. 600 100 200, anna@example.org"),
        ("v.json", json.dumps({"text": "tel. 600 100 200, anna@example.org"})),
        ("v.jsonl", json.dumps({"text": "tel. 600 100 200, anna@example.org"})),
        ("v.csv", 'text\n"tel. 600 100 200, anna@example.org"\n'),
    ],
)
def test_personal_data_is_removed_whatever_the_file(tmp_path: Path, name: str, content: str) -> None:
    """A recruiter's telephone does not help to read what is asked for."""
    text = only(load(tmp_path, name, content)).text
    assert text.endswith("tel. [TELEFON], [E-MAIL]")


def test_a_json_file_holds_one_record_or_a_list(tmp_path: Path) -> None:
    """A bad one in a list is refused by its place and stops none of the others."""
    record: dict[str, Any] = {"record": "vacancy", "record_id": "v:1", "title": "Krawcowa", "text": "Szycie", "valid_to": "2027-03-01"}
    assert only(load(tmp_path, "one.json", json.dumps(record))).record_id == "v:1"
    found = load(tmp_path, "list.json", json.dumps([record, {"record": "credential"}, "text", {**record, "phone": "1"}, record]))
    assert refused(found) == ["$[1]", "$[2]", "$[3]"]
    assert len(found) == 5


def test_json_lines_hold_a_record_each(tmp_path: Path) -> None:
    """A bad line is refused by its number."""
    found = load(tmp_path, "v.jsonl", '{"text": "Szycie"}\n\n{oops\n{"text": "Haft"}\n')
    assert [item.text for item in found if isinstance(item, Vacancy)] == ["Szycie", "Haft"]
    assert refused(found) == ["line 3"]


def test_a_table_holds_a_vacancy_a_row(tmp_path: Path) -> None:
    """Columns are found by name, and those that are not known are left alone."""
    content = (
        "title,text,record_id,valid_from,valid_to,kzis_code,kzis_version,salary\n"
        '"=HYPERLINK(""x"")","Szycie,\nhaft",v:1,2027-01-01,2027-02-01,753105,2025,5000\n'
    )
    vacancy = only(load(tmp_path, "v.csv", content))
    assert (vacancy.title, vacancy.text, vacancy.record_id) == ('=HYPERLINK("x")', "Szycie,\nhaft", "v:1")
    assert vacancy.kzis == KzisCode(code="753105", version="2025")
    assert str(vacancy.valid_to) == "2027-02-01"


def test_columns_of_sections_become_sections(tmp_path: Path) -> None:
    """Where there is no text of its own, the sections are the text."""
    vacancy = only(load(tmp_path, "v.csv", "title,nice,must,duties\nKrawcowa,haft,szycie,\n"))
    assert vacancy.sections == (Section(kind="must", text="szycie"), Section(kind="nice", text="haft"))
    assert vacancy.text == "szycie\nhaft"


@pytest.mark.parametrize("row", ["Krawcowa,,,", "Krawcowa,Szycie,2027-13-01,", "Krawcowa,Szycie,,753105"])
def test_a_row_that_cannot_be_used_is_refused_by_its_number(tmp_path: Path, row: str) -> None:
    """No text, no date, a code without its version."""
    found = load(tmp_path, "v.csv", f"title,text,valid_from,kzis_code\nSzwaczka,Szycie,,\n{row}\n")
    assert refused(found) == ["row 2"]


@pytest.mark.parametrize("name", ["v.txt", "v.json", "v.jsonl", "v.csv"])
def test_a_vacancy_without_text_is_refused(tmp_path: Path, name: str) -> None:
    """There is nothing to read in it."""
    content = {"v.txt": " \n", "v.json": '{"text": " "}', "v.jsonl": '{"text": ""}', "v.csv": "title,text\nKrawcowa,\n"}[name]
    (item,) = load(tmp_path, name, content)
    assert isinstance(item, RecordInvalid)
    assert "no text" in item.reasons[0].id


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("v.pdf", "x", r"\.csv, \.json"),
        ("v.csv", "nazwa;opis\nKrawcowa;Szycie\n", "no column text"),
        ("v.json", "{", "not JSON"),
        ("v.txt", b"\xff\xfe", "UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_the_reason(tmp_path: Path, name: str, content: str | bytes, reason: str) -> None:
    """And with what to do."""
    with pytest.raises(FileUnreadable, match=reason):
        load(tmp_path, name, content)


def test_a_table_without_rows_holds_nothing(tmp_path: Path) -> None:
    """Its header alone is no fault."""
    assert load(tmp_path, "v.csv", "title,text\n") == ()
