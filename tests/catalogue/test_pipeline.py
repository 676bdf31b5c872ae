"""Harvest, links and index, joined: what is run again changes nothing, what is bad stops nothing."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from szlak.catalogue.esco.taxonomy import Taxonomy, build_taxonomy
from szlak.catalogue.ingest.record_file import RecordFileSource
from szlak.catalogue.model.linking import Decision
from szlak.catalogue.model.search import SearchFilters, SearchPlan
from szlak.catalogue.pipeline import build_search, describe_state, harvest, is_built, link_credentials, link_vacancies
from szlak.catalogue.polish import Polish
from szlak.catalogue.search.embedded import open_index
from szlak.catalogue.store import Store, make_store
from szlak.catalogue.text import text_key
from tests.fakes.catalogue import small_release
from tests.fakes.linker import WordLinker

RELEASE = "starter-1.2.1"


@pytest.fixture(scope="module")
def taxonomy() -> Taxonomy:
    return build_taxonomy(small_release(), ())


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = make_store(f"sqlite:///{tmp_path / 'szlak.db'}")
    opened.migrate()
    yield opened
    opened.close()


def record(number: int, **given: object) -> dict[str, object]:
    return {
        "schema_version": 1,
        "record": "credential",
        "record_id": f"mc:{number}",
        "kind": "course",
        "title": {"pl": f"Kurs numer {number}"},
        "provider": {"name": "Warsztat"},
        "outcomes": [{"id": "lo:1", "text": {"pl": "Udziela pierwszej pomocy"}}],
        "offers": [{"source_id": f"{number}a"}],
        "provenance": {"source": "test", "source_id": str(number)},
        **given,
    }


def source(folder: Path, *records: object) -> RecordFileSource:
    path = folder / "records.jsonl"
    path.write_text("".join(json.dumps(value) + "\n" for value in records), encoding="utf-8")
    return RecordFileSource(path)


def test_a_harvest_run_again_changes_nothing(store: Store, tmp_path: Path) -> None:
    """The first run stores, the second finds everything unchanged, a changed record is counted as one."""
    records = [record(1), record(2)]
    counts = [
        (report.new, report.changed, report.unchanged)
        for report in (
            harvest(source(tmp_path, *records), store),
            harvest(source(tmp_path, *records), store),
            harvest(source(tmp_path, record(1, title={"pl": "Inny"}), record(2)), store),
        )
    ]
    assert counts == [(2, 0, 0), (0, 0, 2), (0, 1, 1)]


def test_a_refused_record_stops_no_other_and_stays_in_the_report(store: Store, tmp_path: Path) -> None:
    """Its place and reasons are kept with the run."""
    report = harvest(source(tmp_path, record(1), {"record": "credential"}, record(2)), store)
    assert (report.read, report.new, len(report.invalid), report.complete) == (3, 2, 1, True)
    with store.read() as uow:
        (kept,) = uow.reports(10)
    assert kept.invalid == report.invalid
    assert "2" in kept.invalid[0].position


def test_personal_data_is_not_kept(store: Store, tmp_path: Path) -> None:
    """Neither the record nor the raw payload holds the address that the description gave."""
    report = harvest(source(tmp_path, record(1, description={"pl": "Pytania: jan.kowalski@example.org"})), store)
    with store.read() as uow:
        credential = uow.credential("mc:1")
        raw = list(uow.iter_raw(report.source))
    assert credential is not None
    assert report.redactions == 1
    assert "example.org" not in repr(credential) + repr(raw)


def test_only_what_is_new_is_linked(store: Store, tmp_path: Path, taxonomy: Taxonomy) -> None:
    """A text, a linker or a release that is new means new links; nothing else does."""
    linker = WordLinker(taxonomy)
    harvest(source(tmp_path, record(1), record(2)), store)
    assert link_credentials(store, linker, RELEASE) == 2
    assert link_credentials(store, linker, RELEASE) == 0
    harvest(source(tmp_path, record(1, outcomes=[{"id": "lo:1", "text": {"pl": "Obsługuje kasę"}}])), store)
    assert link_credentials(store, linker, RELEASE) == 1
    assert link_credentials(store, linker, "esco-1.2.1") == 2
    linker.version = "words-2"
    assert link_credentials(store, linker, "esco-1.2.1") == 2


def test_a_text_on_which_people_decided_elsewhere_is_linked_again(store: Store, tmp_path: Path, taxonomy: Taxonomy) -> None:
    """Once, in every record that has it, and nothing else is."""
    linker = WordLinker(taxonomy)
    other = record(3, outcomes=[{"id": "lo:1", "text": {"pl": "Obsługuje kasę"}}])
    harvest(source(tmp_path, record(1), record(2), other), store)
    link_credentials(store, linker, RELEASE)
    linker.said = {text_key("Udziela pierwszej pomocy"): "+votes"}
    assert [link_credentials(store, linker, RELEASE) for _ in range(2)] == [2, 0]


def test_a_text_under_another_title_is_linked_again(store: Store, tmp_path: Path, taxonomy: Taxonomy) -> None:
    """The title tells what the text means; anything else may change without the links."""
    linker = WordLinker(taxonomy)
    harvest(source(tmp_path, record(1)), store)
    link_credentials(store, linker, RELEASE)
    harvest(source(tmp_path, record(1, kind="microcredential")), store)
    assert link_credentials(store, linker, RELEASE) == 0
    harvest(source(tmp_path, record(1, title={"pl": "Ratownik"})), store)
    assert link_credentials(store, linker, RELEASE) == 1


def test_an_outcome_that_is_gone_takes_its_links_along(store: Store, tmp_path: Path, taxonomy: Taxonomy) -> None:
    """Links belong to texts that the record has."""
    linker = WordLinker(taxonomy)
    harvest(source(tmp_path, record(1)), store)
    link_credentials(store, linker, RELEASE)
    harvest(source(tmp_path, record(1, outcomes=[])), store)
    link_credentials(store, linker, RELEASE)
    with store.read() as uow:
        assert uow.links(["mc:1"]).get("mc:1", ()) == ()


def test_an_index_is_known_to_be_built_from_a_state(store: Store, tmp_path: Path, taxonomy: Taxonomy) -> None:
    """A new record makes it out of date; building again makes it current, and the record is found."""
    polish = Polish()
    harvest(source(tmp_path, record(1)), store)
    before = describe_state(store, taxonomy, "words-1")
    generation = build_search(store, taxonomy, polish, tmp_path / "index", state=before)
    assert is_built(store, generation, before)
    harvest(source(tmp_path, record(2)), store)
    after = describe_state(store, taxonomy, "words-1")
    assert not is_built(store, generation, after)
    newer = build_search(store, taxonomy, polish, tmp_path / "index", state=after)
    assert is_built(store, newer, after)
    page = open_index(tmp_path / "index", analyser=polish).search(SearchPlan(text="numer"))
    assert [hit.id for hit in page.items] == ["mc:1", "mc:2"]


def test_what_people_decide_is_found_after_the_next_build_and_survives_another_linker(
    store: Store, tmp_path: Path, taxonomy: Taxonomy
) -> None:
    """A decision makes the index stale; the new one finds the course by the chosen skill, also after all is linked anew."""
    harvest(source(tmp_path, record(1)), store)
    linker, polish, chosen = WordLinker(taxonomy), Polish(), taxonomy.skills[0]
    link_credentials(store, linker, RELEASE)
    before = describe_state(store, taxonomy, linker.version)
    with store.begin() as uow:
        uow.append_decision(decision_about(chosen))
    linker.version = "words-2"
    assert link_credentials(store, linker, "esco-9.9.9") == 1
    state = describe_state(store, taxonomy, linker.version)
    assert state != before
    build_search(store, taxonomy, polish, tmp_path / "index", state=state)
    page = open_index(tmp_path / "index", analyser=polish).search(SearchPlan(filters=SearchFilters(skills=(chosen,))))
    assert [hit.id for hit in page.items] == ["mc:1"]


def test_vacancies_are_linked_once_a_linker_and_say_what_is_asked_for(store: Store, tmp_path: Path, taxonomy: Taxonomy) -> None:
    """Lines of offers and praise are not linked; another linker links again; a credential of the same id keeps its links."""
    wanted = next(uri for uri in taxonomy.skills if len(taxonomy.label(uri).text.split()) > 1)
    text = f"Wymagania:\n- {taxonomy.label(wanted).text}\nOferujemy:\n- owoce w czwartki"
    vacancies = [{"schema_version": 1, "record": "vacancy", "record_id": name, "text": text} for name in ("v:1", "v:2", "mc:1")]
    harvest(source(tmp_path, record(1), *vacancies), store)
    linker, polish = WordLinker(taxonomy), Polish()
    link_credentials(store, linker, RELEASE)
    assert [link_vacancies(store, linker, taxonomy, polish) for _ in range(2)] == [2, 0]
    linker.version = "words-2"
    assert link_vacancies(store, linker, taxonomy, polish) == 2
    with store.read() as uow:
        assert uow.count_demand()[wanted] == 2
        assert {row.subject for row in uow.links(["mc:1"])["mc:1"]} == {text_key("Udziela pierwszej pomocy")}
        assert len({row.subject for row in uow.links(["v:1"])["v:1"]}) == 1


def test_vacancies_with_a_line_on_which_people_decided_elsewhere_are_linked_again(store: Store, tmp_path: Path, taxonomy: Taxonomy) -> None:
    """Once; a vacancy without that line stays as it is."""
    texts = {"v:1": "obsługa kasy", "v:2": "obsługa kasy", "v:3": "sprzątanie"}
    vacancies = [
        {"schema_version": 1, "record": "vacancy", "record_id": name, "text": f"Wymagania:\n- {line}"} for name, line in texts.items()
    ]
    harvest(source(tmp_path, *vacancies), store)
    linker, polish = WordLinker(taxonomy), Polish()
    link_vacancies(store, linker, taxonomy, polish)
    linker.said = {text_key("obsługa kasy"): "+votes"}
    assert [link_vacancies(store, linker, taxonomy, polish) for _ in range(2)] == [2, 0]


def decision_about(uri: str) -> Decision:
    return Decision(
        record_id="mc:1",
        subject=text_key("Udziela pierwszej pomocy"),
        target=uri,
        verdict="accept",
        decided_by="kuratorka",
        decided_at=datetime(2027, 1, 5, 12, tzinfo=UTC),
        release=RELEASE,
        linker_version="words-1",
    )


def test_a_state_changes_with_linker_and_taxonomy(store: Store, taxonomy: Taxonomy) -> None:
    """Whatever links are made by is part of what the index was built from."""
    other = build_taxonomy(replace(small_release(), release=replace(small_release().release, release_id="esco-9")), ())
    states = {describe_state(store, taxonomy, "1"), describe_state(store, taxonomy, "2"), describe_state(store, other, "1")}
    assert len(states) == 3


def test_records_of_two_kinds_may_have_one_id(store: Store, tmp_path: Path) -> None:
    """They are told apart by what they are."""
    vacancy = {"schema_version": 1, "record": "vacancy", "record_id": "mc:1", "text": "Szukamy osoby do pracy."}
    report = harvest(source(tmp_path, record(1), vacancy), store)
    assert (report.new, report.invalid) == (2, ())


def test_a_record_with_an_empty_id_is_refused(store: Store, tmp_path: Path) -> None:
    """It could never be found again."""
    report = harvest(source(tmp_path, record(1, record_id="")), store)
    assert (report.new, len(report.invalid)) == (0, 1)


def test_what_is_refused_keeps_no_personal_data_either(store: Store, tmp_path: Path) -> None:
    """An address in the wrong place is quoted in the reason, without the address."""
    report = harvest(source(tmp_path, record(1, kind="jan.kowalski@example.org")), store)
    assert len(report.invalid) == 1
    assert "example.org" not in repr(report.invalid)
