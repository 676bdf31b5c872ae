"""Record files, line by line."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from szlak.catalogue.errors import FileUnreadable
from szlak.catalogue.ingest.record_file import PAGE_RECORDS, RecordFileSource
from szlak.catalogue.ingest.source import Source
from szlak.catalogue.model.harvest import HarvestCursor, RawRecord, RecordInvalid
from szlak.catalogue.records import format_json, parse_record
from szlak.catalogue.text import text_key
from tests.contract.samples import make_credential, make_offer, make_qualification, make_vacancy

NOW = datetime(2027, 1, 5, tzinfo=UTC)


def credential(record_id: str = "mc:1", **changes: Any) -> dict[str, Any]:
    value: dict[str, Any] = format_json(make_credential(record_id, make_offer("1")))
    return {**value, **changes}


def make_source(path: Path, *values: Any) -> Source:
    path.write_text("".join(f"{value if isinstance(value, str) else json.dumps(value)}\n" for value in values), encoding="utf-8")
    return RecordFileSource(path, lambda: NOW)


def extract(source: Source, after: HarvestCursor | None = None) -> list[RawRecord | RecordInvalid]:
    return [record for page in source.extract(after) for record in page.records]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "records.jsonl"


def refusals(source: Source) -> dict[str, str]:
    return {item.position: str(item.reasons[0].id) for item in extract(source) if isinstance(item, RecordInvalid)}


def test_every_kind_of_record_is_read(path: Path) -> None:
    """What is transformed is the record of the line."""
    records = [make_credential(), make_vacancy("v:1"), make_qualification()]
    source = make_source(path, *map(format_json, records))
    raws = extract(source)
    assert [record for raw in raws if isinstance(raw, RawRecord) for record in source.transform(raw)] == records


def test_a_payload_says_where_it_comes_from(path: Path) -> None:
    """Source, id, moment of fetching and a hash of its content."""
    (raw,) = extract(make_source(path, credential()))
    assert isinstance(raw, RawRecord)
    assert (raw.source, raw.source_id, raw.fetched_at) == ("file:records.jsonl", "mc:1", NOW)
    assert raw.content_hash.startswith("sha256:")
    assert len(raw.content_hash) == 71


def test_a_payload_is_free_of_personal_data_and_counts_it(path: Path) -> None:
    """What is stored is already clean."""
    (raw,) = extract(make_source(path, credential(title={"pl": "Kurs, tel. 600 100 200"})))
    assert isinstance(raw, RawRecord)
    assert raw.payload["title"] == {"pl": "Kurs, tel. [TELEFON]"}
    assert raw.redactions == 1


def test_a_bad_line_stops_none_of_the_others(path: Path) -> None:
    """Each is reported by the number of its line."""
    source = make_source(path, "{not json", credential("mc:1"), '["a list"]', "", credential("mc:2", kind="kurs"), credential("mc:3"))
    assert [item.source_id for item in extract(source) if isinstance(item, RawRecord)] == ["mc:1", "mc:3"]
    assert set(refusals(source)) == {"line 1", "line 3", "line 5"}


def test_a_field_that_names_a_person_is_refused_and_not_repeated(path: Path) -> None:
    """Neither payload, reasons nor excerpt of the report carry the name."""
    (item,) = extract(make_source(path, credential(contact="Anna Nowak, anna.nowak@example.org")))
    assert isinstance(item, RecordInvalid)
    assert "contact" in str(item.reasons)
    assert "Nowak" not in repr(item)
    assert json.loads(item.payload_excerpt) == {"record": "credential", "record_id": "mc:1"}


def test_of_two_lines_with_one_id_the_later_is_taken(path: Path) -> None:
    """The report says so of the earlier one."""
    source = make_source(path, credential("mc:1", kind="badge"), credential("mc:2"), credential("mc:1"))
    raws = [item for item in extract(source) if isinstance(item, RawRecord)]
    assert [(raw.source_id, raw.payload["kind"]) for raw in raws] == [("mc:2", "micro-credential"), ("mc:1", "micro-credential")]
    assert refusals(source) == {"line 1": "The id “{id}” comes again in line {line}, which is taken instead."}


def test_a_later_line_that_is_refused_takes_nothing_away(path: Path) -> None:
    """The earlier line is then the record."""
    source = make_source(path, credential("mc:1"), credential("mc:1", kind="kurs"))
    assert [item.source_id for item in extract(source) if isinstance(item, RawRecord)] == ["mc:1"]
    assert set(refusals(source)) == {"line 2"}


def test_a_vacancy_without_id_is_known_by_its_text(path: Path) -> None:
    """It gets the id that the store will give it."""
    (raw,) = extract(make_source(path, {"record": "vacancy", "text": "Szukamy krawcowej."}))
    assert isinstance(raw, RawRecord)
    assert raw.source_id == f"vacancy:{text_key('Szukamy krawcowej.')}"


@pytest.mark.parametrize("record_id", ["x" * 501, "a\0b", "\ud800"])
def test_an_id_that_no_store_can_keep_is_refused(path: Path, record_id: str) -> None:
    """Before anything is stored."""
    assert set(refusals(make_source(path, credential(record_id)))) == {"line 1"}


def test_two_offers_of_one_id_are_refused(path: Path) -> None:
    """A credential must tell its offers apart."""
    offers = credential()["offers"] * 2
    assert set(refusals(make_source(path, credential(offers=offers)))) == {"line 1"}


@pytest.mark.parametrize("count", [0, 1, PAGE_RECORDS, PAGE_RECORDS + 1])
def test_pages_say_which_is_the_last(path: Path, count: int) -> None:
    """Exactly one page is the last, an empty file has one, and all say how many lines there are."""
    pages = list(make_source(path, *(credential(f"mc:{number}") for number in range(count))).extract())
    assert [page.last for page in pages] == [False] * (len(pages) - 1) + [True]
    assert len(pages) == max(1, -(-count // PAGE_RECORDS))
    assert sum(len(page.records) for page in pages) == count
    assert {page.stated_total for page in pages} == {count}


@pytest.mark.property
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30)
@given(data=st.data(), lines=st.lists(st.sampled_from(["good", "bad", "blank", "again"]), max_size=12))
def test_going_on_after_a_cursor_gives_the_rest(path: Path, monkeypatch: pytest.MonkeyPatch, data: st.DataObject, lines: list[str]) -> None:
    """Whatever the lines and wherever a run stopped, nothing is lost and nothing comes twice."""
    monkeypatch.setattr("szlak.catalogue.ingest.record_file.PAGE_RECORDS", 3)
    made = {"good": credential, "bad": lambda _: "{", "blank": lambda _: "", "again": lambda _: credential("mc:again")}
    source = make_source(path, *(made[kind](f"mc:{number}") for number, kind in enumerate(lines)))
    pages = list(source.extract())
    done = data.draw(st.integers(0, len(pages) - 1))
    before = [record for page in pages[: done + 1] for record in page.records]
    after = extract(source, pages[done].cursor) if not pages[done].last else []
    assert [*before, *after] == extract(source)


def test_a_stored_payload_can_be_transformed_again(path: Path) -> None:
    """One that this version refuses is a refusal with its id, not an exception."""
    source = make_source(path, credential())
    raw = RawRecord(source=source.name, source_id="mc:1", payload={"record": "credential"}, content_hash="sha256:1", fetched_at=NOW)
    (item,) = source.transform(raw)
    assert isinstance(item, RecordInvalid)
    assert item.position == "mc:1"


def test_a_missing_file_is_named(path: Path) -> None:
    """Before any page comes."""
    with pytest.raises(FileUnreadable, match=r"records\.jsonl"):
        next(iter(RecordFileSource(path).extract()))


def test_a_file_in_another_encoding_is_refused_before_any_page(path: Path) -> None:
    """Half a file is never taken for the whole."""
    path.write_bytes(json.dumps(credential()).encode() + b"\n\xff\xfe\n")
    with pytest.raises(FileUnreadable, match="line 2"):
        next(iter(RecordFileSource(path).extract()))


def test_a_file_that_shrinks_while_it_is_read_is_not_complete(path: Path) -> None:
    """No page says that it is the last, and the reading ends all the same."""
    pages = make_source(path, *(credential(f"mc:{number}") for number in range(2 * PAGE_RECORDS))).extract()
    found = [next(pages)]
    path.write_text("", encoding="utf-8")
    found.extend(pages)
    assert not any(page.last for page in found)


def test_the_moment_of_fetching_is_now_unless_told_otherwise(path: Path) -> None:
    """The clock of the machine, in UTC."""
    make_source(path, credential())
    (raw,) = extract(RecordFileSource(path))
    assert isinstance(raw, RawRecord)
    assert abs((datetime.now(UTC) - raw.fetched_at).total_seconds()) < 600


def test_what_was_read_is_what_the_format_says(path: Path) -> None:
    """Redaction and reading leave a clean record as it is."""
    (raw,) = extract(make_source(path, credential()))
    assert isinstance(raw, RawRecord)
    assert parse_record(dict(raw.payload)) == make_credential("mc:1", make_offer("1"))
