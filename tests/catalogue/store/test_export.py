"""The canonical export."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from szlak.catalogue.errors import InputInvalid
from szlak.catalogue.ingest.record_file import RecordFileSource
from szlak.catalogue.model.catalogue import Provenance, Provider
from szlak.catalogue.model.harvest import RawRecord, RecordInvalid
from szlak.catalogue.model.linking import Zone
from szlak.catalogue.model.reasons import Reason
from szlak.catalogue.records import parse_record
from szlak.catalogue.store import Store, make_store
from szlak.catalogue.store.export import TABLES, export_tables
from szlak.catalogue.text import text_key
from tests.contract.samples import (
    FABRIC,
    NOON,
    SEWING,
    all_records,
    make_credential,
    make_decision,
    make_link,
    make_offer,
    make_release,
    make_vacancy,
)
from tests.databases import ENGINES, empty_database, migrated_store

SUBJECT = text_key("Szyje na maszynie przemysłowej")
OTHER = "http://data.europa.eu/esco/skill/other"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with migrated_store(empty_database("sqlite", tmp_path)) as opened:
        yield opened


def fill(store: Store, *, fetched_at: datetime = NOON, backwards: bool = False) -> None:
    """Store the same content, at another time and in another order."""
    records = [*all_records(), make_credential("mc:test:2", make_offer("9"), provider=Provider(name="Inna")), make_vacancy("v:0", "Inna")]
    content = make_release()
    with store.begin() as uow:
        uow.save_release(replace(content, release=replace(content.release, imported_at=fetched_at)))
        for record in reversed(records) if backwards else records:
            assert record.provenance is not None
            uow.upsert(replace(record, provenance=replace(record.provenance, fetched_at=fetched_at)))
        for record_id in ("mc:test:2", "mc:test:1") if backwards else ("mc:test:1", "mc:test:2"):
            uow.replace_links(record_id, [make_link(record_id, SUBJECT, FABRIC)])
        uow.append_decision(make_decision("mc:test:1", SUBJECT, OTHER))


def export(store: Store, directory: Path) -> dict[str, bytes]:
    with store.read() as uow:
        export_tables(uow, directory)
    return {path.name: path.read_bytes() for path in directory.iterdir()}


def lines(content: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in content.decode().splitlines()]


def test_every_table_has_its_file(store: Store, tmp_path: Path) -> None:
    """An empty table is an empty file, so that nobody has to guess."""
    assert export(store, tmp_path / "out") == dict.fromkeys(TABLES, b"")


def test_equal_content_gives_equal_bytes(store: Store, tmp_path: Path) -> None:
    """Neither the time of a run nor the order of storing is seen."""
    fill(store)
    with migrated_store(f"sqlite:///{tmp_path / 'second.db'}") as second:
        fill(second, fetched_at=datetime(2028, 2, 2, tzinfo=UTC), backwards=True)
        assert export(second, tmp_path / "b") == export(store, tmp_path / "a")


@pytest.mark.services
def test_both_engines_give_equal_bytes(store: Store, tmp_path: Path) -> None:
    """What PostgreSQL exports is what SQLite exports."""
    fill(store)
    with migrated_store(empty_database("postgresql", tmp_path)) as second:
        fill(second)
        assert export(second, tmp_path / "b") == export(store, tmp_path / "a")


def test_lines_are_sorted_by_id_and_canonical(store: Store, tmp_path: Path) -> None:
    """Ids rise, keys are sorted, each line ends with a line feed."""
    fill(store, backwards=True)
    files = export(store, tmp_path / "out")
    ids = {"providers.jsonl": "provider_id", "credentials.jsonl": "record_id", "offers.jsonl": "offer_id", "vacancies.jsonl": "record_id"}
    for name, key in ids.items():
        found = [line[key] for line in lines(files[name])]
        assert found == sorted(found)
        assert len(found) > 1
    for content in files.values():
        for line in content.decode().splitlines(keepends=True):
            assert line == json.dumps(json.loads(line), ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def test_an_outcome_carries_stated_accepted_and_human_links(store: Store, tmp_path: Path) -> None:
    """The provider's links as stated, then the machine's accepted ones and people's own."""
    fill(store)
    with store.begin() as uow:
        links = [make_link("mc:test:1", SUBJECT, FABRIC), make_link("mc:test:1", SUBJECT, "urn:asked", Zone.ASK)]
        uow.replace_links("mc:test:1", [*links, make_link("mc:test:1", "other text", "urn:elsewhere")])
    (outcome,) = lines(export(store, tmp_path / "out")["credentials.jsonl"])[0]["outcomes"]
    found = {(link["origin"], link["target"]): link for link in outcome["links"]}
    assert list(found) == [("provider", SEWING), ("human", OTHER), ("model", FABRIC)]
    model = found["model", FABRIC]
    assert (model["score"], model["confidence"], model["evidence"]) == (1.25, 0.875, [0, 5])
    assert (model["linker_version"], model["release"], model["framework"]) == ("lexical-1", "starter-1.2.1", "ESCO")
    assert found["human", OTHER]["reviewed_by"] == "kuratorka"


def test_a_rejected_machine_link_is_left_out_and_a_providers_stays(store: Store, tmp_path: Path) -> None:
    """A person overrides the machine; what a provider states is the provider's to change."""
    fill(store)
    with store.begin() as uow:
        uow.append_decision(make_decision("mc:test:1", SUBJECT, FABRIC, "reject"))
        uow.append_decision(make_decision("mc:test:1", SUBJECT, SEWING, "reject"))
    (outcome,) = lines(export(store, tmp_path / "out")["credentials.jsonl"])[0]["outcomes"]
    assert [(link["origin"], link["target"]) for link in outcome["links"]] == [("provider", SEWING), ("human", OTHER)]


@pytest.mark.parametrize("name", ["credentials.jsonl", "vacancies.jsonl", "qualifications.jsonl"])
def test_exported_records_harvested_again_are_unchanged(store: Store, tmp_path: Path, name: str) -> None:
    """Links of the machine and of people in an export are not taken for the provider's."""
    fill(store)
    assert export(store, tmp_path / "out")[name]
    source = RecordFileSource(tmp_path / "out" / name)
    raws = [raw for page in source.extract() for raw in page.records if isinstance(raw, RawRecord)]
    with store.begin() as uow:
        changes = [uow.upsert(record) for raw in raws for record in source.transform(raw) if not isinstance(record, RecordInvalid)]
    assert len(changes) > 0
    assert set(changes) == {"unchanged"}


@pytest.mark.parametrize("target", ENGINES)
def test_an_export_brings_its_records_into_another_database(store: Store, tmp_path: Path, target: str) -> None:
    """What was exported from one database and stored in another is exported equal."""
    fill(store)
    files = export(store, tmp_path / "a")
    (tmp_path / "second").mkdir()
    with migrated_store(empty_database(target, tmp_path / "second")) as second:
        with second.begin() as uow:
            for name in ("credentials.jsonl", "vacancies.jsonl", "qualifications.jsonl"):
                for line in lines(files[name]):
                    uow.upsert(parse_record(line))
        again = export(second, tmp_path / "b")
    assert {name: again[name] for name in ("providers.jsonl", "offers.jsonl", "vacancies.jsonl", "qualifications.jsonl")} == {
        name: files[name] for name in ("providers.jsonl", "offers.jsonl", "vacancies.jsonl", "qualifications.jsonl")
    }


def test_an_earlier_export_is_replaced(store: Store, tmp_path: Path) -> None:
    """The second export leaves nothing of the first, and nothing beside it."""
    out = tmp_path / "folder" / "out"
    fill(store)
    first = export(store, out)
    with store.begin() as uow:
        uow.delete_records("test")
    second = export(store, out)
    assert first["credentials.jsonl"]
    assert second["credentials.jsonl"] == b""
    assert [path.name for path in out.parent.iterdir()] == ["out"]


def test_an_empty_folder_may_be_used(store: Store, tmp_path: Path) -> None:
    """A folder that somebody made for the export is as good as none."""
    (tmp_path / "out").mkdir()
    assert set(export(store, tmp_path / "out")) == set(TABLES)


def test_a_folder_with_other_files_is_refused_and_left_alone(store: Store, tmp_path: Path) -> None:
    """Nobody loses a file to an export."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "praca.odt").write_text("x", encoding="utf-8")
    with pytest.raises(InputInvalid, match=r"praca\.odt"):
        export(store, tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["praca.odt"]


def test_a_file_in_the_place_of_the_folder_is_refused(store: Store, tmp_path: Path) -> None:
    """The refusal asks for a folder."""
    (tmp_path / "out").write_text("x", encoding="utf-8")
    with pytest.raises(InputInvalid, match="Name a folder"):
        export(store, tmp_path / "out")


def test_a_folder_that_cannot_be_written_is_told(store: Store, tmp_path: Path) -> None:
    """The system's reason is in the message."""
    (tmp_path / "plain").write_text("x", encoding="utf-8")
    with pytest.raises(InputInvalid, match="cannot be written"):
        export(store, tmp_path / "plain" / "out")


def test_a_vacancy_without_provenance_is_exported(store: Store, tmp_path: Path) -> None:
    """What is unknown is null, and harvested again it is unchanged."""
    vacancy = replace(make_vacancy("v:9"), provenance=None)
    with store.begin() as uow:
        uow.upsert(vacancy)
    (line,) = lines(export(store, tmp_path / "out")["vacancies.jsonl"])
    assert parse_record(line) == vacancy


def test_the_time_of_fetching_is_not_exported(store: Store, tmp_path: Path) -> None:
    """It tells about a run, not about the record."""
    with store.begin() as uow:
        uow.upsert(make_credential(provenance=Provenance(source="test", source_id="1", fetched_at=NOON, licence="CC BY 4.0")))
    (line,) = lines(export(store, tmp_path / "out")["credentials.jsonl"])
    assert (line["provenance"]["fetched_at"], line["provenance"]["licence"]) == (None, "CC BY 4.0")


def test_a_folder_with_some_of_the_names_is_not_taken_for_an_export(tmp_path: Path) -> None:
    """Only a whole export is replaced: a file that happens to be called like a table is somebody's own."""
    store = make_store(f"sqlite:///{tmp_path / 'szlak.db'}")
    store.migrate()
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "offers.jsonl").write_text("mine", encoding="utf-8")
    with store.read() as uow, pytest.raises(InputInvalid, match="something else"):
        export_tables(uow, folder)
    assert (folder / "offers.jsonl").read_text(encoding="utf-8") == "mine"
    store.close()


def test_links_are_exported_with_their_reasons(store: Store, tmp_path: Path) -> None:
    """As codes, with the machine's links and on the outcomes that carry them."""
    fill(store)
    row = make_link("mc:test:1", SUBJECT, FABRIC)
    with store.begin() as uow:
        uow.replace_links("mc:test:1", [replace(row, link=replace(row.link, reasons=(Reason.IS_NAME, Reason.CLOSE_RIVAL)))])
    files = export(store, tmp_path / "out")
    assert lines(files["links.jsonl"])[0]["link"]["reasons"] == ["is_name", "close_rival"]
    on_outcome = {link["target"]: link["reasons"] for link in lines(files["credentials.jsonl"])[0]["outcomes"][0]["links"]}
    assert on_outcome == {SEWING: [], OTHER: [], FABRIC: ["is_name", "close_rival"]}
