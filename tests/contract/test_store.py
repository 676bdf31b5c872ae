"""What the store promises, on SQLite and on PostgreSQL alike."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError

from szlak.catalogue.errors import NotFound, RecordRefused
from szlak.catalogue.model.catalogue import Credential, Provider, Qualification, Record, Vacancy
from szlak.catalogue.model.linking import Zone
from szlak.catalogue.model.reasons import Reason
from szlak.catalogue.store import Store, make_store
from szlak.catalogue.text import text_key
from tests.catalogue.nouns import values_of
from tests.contract.samples import (
    FABRIC,
    NOON,
    SEWING,
    all_records,
    make_credential,
    make_decision,
    make_generation,
    make_link,
    make_offer,
    make_qualification,
    make_raw,
    make_release,
    make_report,
    make_stated,
    make_vacancy,
)
from tests.databases import ENGINES, empty_database, migrated_store


@pytest.fixture(params=ENGINES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with migrated_store(empty_database(request.param, tmp_path)) as opened:
        yield opened


def put(store: Store, *records: Record) -> list[str]:
    with store.begin() as uow:
        return [uow.upsert(record) for record in records]


# --- units of work


def test_a_unit_of_work_that_raises_leaves_nothing(store: Store) -> None:
    """What was written before the exception is gone with it."""

    def fail_half_way() -> None:
        with store.begin() as uow:
            uow.upsert(make_credential())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    with store.read() as uow:
        assert uow.credential("mc:test:1") is None


def test_a_reader_sees_one_state(store: Store) -> None:
    """What is written meanwhile is seen by the next unit of work, not by this one."""
    with store.read() as reader:
        before = reader.counts()
        put(store, make_credential())
        assert reader.counts() == before
    with store.read() as reader:
        assert reader.counts()["credentials"] == 1


def test_migrating_again_changes_nothing(store: Store) -> None:
    """What is stored outlives a second migration."""
    put(store, *all_records())
    store.migrate()
    with store.read() as uow:
        assert uow.credential("mc:test:1") is not None


# --- taxonomy


def test_before_the_first_release_there_is_none(store: Store) -> None:
    """An empty store has no active release and says which one it misses."""
    with store.read() as uow:
        assert uow.active_release() is None
        assert uow.releases() == ()
        with pytest.raises(NotFound, match="esco-1"):
            uow.load_release("esco-1")


def test_a_release_comes_back_whole_and_in_order(store: Store) -> None:
    """Concepts, labels, relations and collections are equal to what was saved, in its order."""
    content = make_release(uris=("urn:z", "urn:a", "urn:ą"))
    with store.begin() as uow:
        uow.save_release(content)
    with store.read() as uow:
        assert uow.load_release("esco-1.2.1") == content
        assert uow.active_release() == content.release


def test_a_release_of_the_same_id_takes_the_place_of_the_old_one(store: Store) -> None:
    """Nothing of the old content is left."""
    fresh = make_release(uris=(FABRIC,))
    with store.begin() as uow:
        uow.save_release(make_release())
        uow.save_release(fresh)
    with store.read() as uow:
        assert uow.load_release("esco-1.2.1") == fresh
        assert uow.counts()["concepts"] == 1


def test_the_release_saved_last_is_the_active_one(store: Store) -> None:
    """Both stay, and the newer is in force."""
    with store.begin() as uow:
        uow.save_release(make_release("esco-b"))
        uow.save_release(make_release("esco-a"))
    with store.read() as uow:
        assert [release.release_id for release in uow.releases()] == ["esco-a", "esco-b"]
        active = uow.active_release()
        assert active is not None
        assert active.release_id == "esco-a"


# --- records


def test_upserting_says_what_it_did(store: Store) -> None:
    """A record is new, then unchanged, and changed when its content is another."""
    assert put(store, *all_records()) == ["new"] * 3
    assert put(store, *all_records()) == ["unchanged"] * 3
    assert put(store, make_credential("mc:test:1", make_offer("1")), make_vacancy("v:1", "Inny tekst.")) == ["changed"] * 2


def test_the_time_of_fetching_is_no_change(store: Store) -> None:
    """A record fetched again with the same content is unchanged."""
    credential = make_credential()
    later = replace(credential, provenance=replace(credential.provenance, fetched_at=NOON))
    assert put(store, credential, later) == ["new", "unchanged"]


def test_an_offer_without_id_gets_one_from_its_record(store: Store) -> None:
    """The id is made of the record's id and the offer's id at the source."""
    put(store, make_credential("mc:test:1", make_offer("7")))
    with store.read() as uow:
        found = uow.offer("mc:test:1/7")
        assert found is not None
        credential, offer = found
        assert credential.offers == (offer,)
        assert offer == make_offer("7", offer_id="mc:test:1/7")


def test_a_record_is_the_whole_truth_about_its_offers(store: Store) -> None:
    """An offer that the record no longer has is removed, and others stay in the record's order."""
    put(store, make_credential("mc:test:1", make_offer("1"), make_offer("2"), make_offer("3")))
    put(store, make_credential("mc:test:1", make_offer("3"), make_offer("1")))
    with store.read() as uow:
        credential = uow.credential("mc:test:1")
        assert credential is not None
        assert [offer.source_id for offer in credential.offers] == ["3", "1"]
        assert uow.offer("mc:test:1/2") is None
        assert uow.counts()["offers"] == 2


def test_two_offers_may_swap_their_numbers(store: Store) -> None:
    """Ids of offers that change places are stored as the record has them."""
    put(store, make_credential("mc:test:1", make_offer("1", offer_id="a"), make_offer("2", offer_id="b")))
    swapped = make_credential("mc:test:1", make_offer("2", offer_id="a"), make_offer("1", offer_id="b"))
    assert put(store, swapped) == ["changed"]
    with store.read() as uow:
        assert uow.credential("mc:test:1") == swapped


def test_an_offer_moves_to_the_record_that_names_it_last(store: Store) -> None:
    """The record that lost it is looked at again at its next harvest, although its own content is the same."""
    first, second = (make_credential(record_id, make_offer("1", offer_id="o")) for record_id in ("mc:test:1", "mc:test:2"))
    assert put(store, first, second) == ["new", "new"]
    with store.read() as uow:
        assert uow.credentials(["mc:test:1"])["mc:test:1"].offers == ()
    assert put(store, first) == ["changed"]


def test_two_offers_of_one_id_are_refused_and_harm_nothing(store: Store) -> None:
    """The refusal names the record, and what the unit of work did before is kept."""
    with store.begin() as uow:
        uow.upsert(make_credential("mc:test:1"))
        with pytest.raises(RecordRefused, match="mc:test:2"):
            uow.upsert(make_credential("mc:test:2", make_offer("1"), make_offer("1")))
    with store.read() as uow:
        assert uow.counts()["credentials"] == 1


@pytest.mark.parametrize("record_id", ["a\0b", "\ud800", "x" * 501])
def test_an_id_that_cannot_be_stored_is_refused_and_found_nowhere(store: Store, record_id: str) -> None:
    """The same ids are refused on both engines, and asking for one is no error."""
    with store.begin() as uow, pytest.raises(RecordRefused):
        uow.upsert(make_credential(record_id))
    with store.read() as uow:
        assert uow.credential(record_id) is None
        assert uow.offer(record_id) is None
        assert uow.vacancy(record_id) is None


def test_text_that_is_no_unicode_is_refused(store: Store) -> None:
    """Half a character in a text is a refused record, not a failure of the database."""
    with store.begin() as uow, pytest.raises(RecordRefused):
        uow.upsert(make_vacancy("v:1", "pół znaku: \ud800"))


def test_links_of_a_linker_or_curator_are_dropped(store: Store) -> None:
    """Only what the provider or the register says is the record's own."""
    outcome = make_credential().outcomes[0]
    links = tuple(make_stated(origin) for origin in ("model", "provider", "human", "zrk"))
    put(store, make_credential(outcomes=(replace(outcome, links=links),)))
    with store.read() as uow:
        credential = uow.credential("mc:test:1")
        assert credential is not None
        assert [link.origin for link in credential.outcomes[0].links] == ["provider", "zrk"]


def test_reasons_that_a_record_gives_for_its_links_are_dropped(store: Store) -> None:
    """They are the linker's to give."""
    outcome = make_credential().outcomes[0]
    stated = replace(make_stated("provider"), reasons=(Reason.IS_NAME,))
    put(store, make_credential(outcomes=(replace(outcome, links=(stated,)),)))
    with store.read() as uow:
        credential = uow.credential("mc:test:1")
        assert credential is not None
        assert credential.outcomes[0].links == (make_stated("provider"),)


def test_a_vacancy_without_id_is_known_by_its_text(store: Store) -> None:
    """The same text is the same vacancy."""
    assert put(store, make_vacancy(None, "Szukamy krawcowej."), make_vacancy(None, "Szukamy  krawcowej")) == ["new", "changed"]
    with store.read() as uow:
        assert uow.vacancy(f"vacancy:{text_key('Szukamy krawcowej.')}") is not None


def test_credentials_are_read_with_two_statements_however_many(store: Store) -> None:
    """The number of statements does not grow with the number of ids, which may exceed what an engine takes as parameters."""
    put(store, *(make_credential(f"mc:{number}", make_offer("1")) for number in range(5)))
    statements: list[str] = []
    event.listen(store._engine, "before_cursor_execute", lambda _c, _cursor, statement, *_: statements.append(statement))
    with store.read() as uow:
        found = uow.credentials([f"mc:{number}" for number in range(70_000)])
    assert list(found) == [f"mc:{number}" for number in range(5)]
    assert len([statement for statement in statements if statement.startswith("SELECT")]) == 2


def test_records_come_by_code_point_of_their_ids(store: Store) -> None:
    """The order is the same on every engine, whatever language it sorts by."""
    ids = ["B", "a", "ą", "Z", "ż", "b-1", "b1", "🧵"]
    put(store, *(make_credential(i) for i in ids), *(make_vacancy(i) for i in ids), *(make_qualification(i) for i in ids))
    with store.read() as uow:
        assert [credential.record_id for credential in uow.iter_credentials()] == sorted(ids)
        assert [record_id for batch in uow.iter_credential_batches(3) for record_id in [c.record_id for c in batch]] == sorted(ids)
        assert [vacancy.record_id for vacancy in uow.iter_vacancies()] == sorted(ids)
        assert [qualification.record_id for qualification in uow.iter_qualifications()] == sorted(ids)


def test_pages_of_vacancies_go_on_after_an_id(store: Store) -> None:
    """Together the pages hold every vacancy once."""
    put(store, *(make_vacancy(f"v:{number}") for number in range(5)))
    with store.read() as uow:
        first = uow.list_vacancies(None, 2)
        rest = uow.list_vacancies(first[-1].record_id, 10)
        assert [v.record_id for v in (*first, *rest)] == [f"v:{number}" for number in range(5)]
        assert uow.list_vacancies("v:2\0\ud800", 1)[0].record_id == "v:3"


def test_pages_of_offers_carry_their_credential(store: Store) -> None:
    """Each offer comes with the id and title of the credential it is an edition of."""
    put(store, make_credential("mc:1", make_offer("2"), make_offer("1")), make_credential("mc:2", make_offer("1")))
    with store.read() as uow:
        first = uow.list_offers(None, 2)
        rest = uow.list_offers(first[-1][2].offer_id, 9)
    assert [(owner, offer.offer_id) for owner, _, offer in (*first, *rest)] == [("mc:1", "mc:1/1"), ("mc:1", "mc:1/2"), ("mc:2", "mc:2/1")]
    assert first[0][1] == make_credential().title


def test_the_records_of_a_source_are_deleted_with_their_links(store: Store) -> None:
    """Other sources, and decisions of people, stay."""
    put(store, *all_records(), make_credential("mc:other:1", make_offer("1"), source="other", provider=Provider(name="Inna")))
    with store.begin() as uow:
        for record_id in ("mc:test:1", "mc:other:1"):
            uow.replace_links(record_id, [make_link(record_id, "s", SEWING)])
        uow.append_decision(make_decision("mc:test:1", "s", SEWING))
        assert uow.delete_records("test") == 3
    with store.read() as uow:
        expected = {"credentials": 1, "offers": 1, "providers": 1, "vacancies": 0, "qualifications": 0, "links": 1, "decisions": 1}
        assert {name: count for name, count in uow.counts().items() if name in expected} == expected
        assert [provider.name for _, provider in uow.iter_providers()] == ["Inna"]


def is_storable(record: Record) -> bool:
    if not isinstance(record, Credential):
        return True
    ids = [offer.offer_id or f"{record.record_id}/{offer.source_id}" for offer in record.offers]
    return len(set(ids)) == len(ids) == len({offer.source_id for offer in record.offers})


def as_stored(record: Record) -> Record:
    if isinstance(record, Vacancy) and not record.record_id:
        return replace(record, record_id=f"vacancy:{text_key(record.text)}")
    if not isinstance(record, Credential):
        return record
    stated = tuple(
        replace(o, links=tuple(replace(link, reasons=()) for link in o.links if link.origin in ("provider", "zrk")))
        for o in record.outcomes
    )
    offers = tuple(replace(o, offer_id=o.offer_id or f"{record.record_id}/{o.source_id}") for o in record.offers)
    return replace(record, outcomes=stated, offers=offers)


@pytest.mark.property
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(record=st.one_of(values_of(Credential), values_of(Vacancy), values_of(Qualification)).filter(lambda record: record.record_id != ""))
def test_every_record_comes_back_equal(store: Store, record: Record) -> None:
    """What is stored is read back equal, and storing it again is no change."""
    assume(is_storable(record))
    expected = as_stored(record)
    with store.begin() as uow:
        uow.delete_records(record.provenance.source if record.provenance else "")
        uow.upsert(record)
        assert uow.upsert(expected) == "unchanged"
        read = {"credential": uow.credential, "vacancy": uow.vacancy, "qualification": uow.qualification}[record.record]
        assert read(str(expected.record_id)) == expected


def test_the_state_changes_with_credentials_and_decisions_alone(store: Store) -> None:
    """It tells whether an index built from them is still theirs."""
    states = []
    for record in (make_credential(), make_credential(), make_vacancy(), make_credential("mc:test:1", make_offer("1"))):
        put(store, record)
        with store.read() as uow:
            states.append(uow.state())
    with store.begin() as uow:
        uow.append_decision(make_decision("mc:test:1", "s", SEWING))
        states.append(uow.state())
    assert states[0] == states[1] == states[2]
    assert len(set(states)) == 3


# --- links and decisions


def test_links_are_replaced_as_a_whole_and_keep_their_order(store: Store) -> None:
    """A record's links are those stored last, in the order given; of two for one subject and concept the first stays."""
    with store.begin() as uow:
        uow.replace_links("mc:1", [make_link("mc:1", "old", SEWING)])
        links = [make_link("mc:1", "s", SEWING), make_link("mc:1", "r", FABRIC), make_link("mc:1", "s", FABRIC)]
        uow.replace_links("mc:1", [*links, make_link("mc:1", "s", SEWING, Zone.ASK)])
        uow.replace_links("mc:2", [])
    with store.read() as uow:
        assert uow.links(["mc:1", "mc:2", "mc:3"]) == {"mc:1": tuple(links)}


def test_machine_links_go_with_the_title_that_they_were_made_under(store: Store) -> None:
    """Another description leaves them."""
    credential = make_credential()
    with store.begin() as uow:
        uow.upsert(credential)
        uow.replace_links(credential.record_id or "", [make_link(credential.record_id or "", "s", FABRIC)])
        uow.upsert(replace(credential, description={"pl": "Inny opis."}))
        kept = uow.links([credential.record_id or ""])
        uow.upsert(replace(credential, title={"pl": "Inny tytuł"}))
        assert len(kept) == 1
        assert uow.links([credential.record_id or ""]) == {}


def test_machine_links_of_a_vacancy_without_a_title_go_with_its_text(store: Store) -> None:
    """Its title is read from there."""
    vacancy = Vacancy(record_id="v:1", text="Magazynier\nWymagania:\n- liczenie")
    with store.begin() as uow:
        uow.upsert(vacancy)
        uow.replace_links("v:1", [make_link("v:1", "s", FABRIC)])
        uow.upsert(replace(vacancy, text="Księgowy\nWymagania:\n- liczenie"))
        assert uow.links(["v:1"]) == {}


def test_a_link_comes_back_with_its_reasons(store: Store) -> None:
    """In their order, doubts among them; a link may have none."""
    plain = make_link("mc:1", "s", FABRIC)
    reasoned = replace(plain, link=replace(plain.link, concept_uri=SEWING, reasons=(Reason.NAME_MEANT, Reason.CLOSE_RIVAL)))
    with store.begin() as uow:
        uow.replace_links("mc:1", [reasoned, plain])
    with store.read() as uow:
        assert uow.links(["mc:1"]) == {"mc:1": (reasoned, plain)}
        assert set(uow.iter_links()) == {reasoned, plain}


def test_all_links_come_by_record_subject_and_concept(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The order does not depend on when or where they were stored, nor on the size of a batch."""
    monkeypatch.setattr("szlak.catalogue.store.link_rows.BATCH", 2)
    keys = [(record, subject, uri) for record in ("a", "b") for subject in ("x", "y") for uri in (FABRIC, SEWING)]
    with store.begin() as uow:
        for record in ("b", "a"):
            uow.replace_links(record, [make_link(*key) for key in reversed(keys) if key[0] == record])
    with store.read() as uow:
        assert [(row.record_id, row.subject, row.link.concept_uri) for row in uow.iter_links()] == keys


def test_a_decision_comes_back_with_its_number(store: Store) -> None:
    """Decisions are returned oldest first, each as it was made."""
    decisions = [
        make_decision("mc:1", "s", SEWING),
        make_decision("mc:1", "s", SEWING, "withdrawn"),
        make_decision("mc:2", "", "", "nothing"),
    ]
    with store.begin() as uow:
        stored = [uow.append_decision(decision) for decision in decisions]
    assert [replace(decision, decision_id=None) for decision in stored] == decisions
    with store.read() as uow:
        assert uow.decisions(["mc:1"]) == {"mc:1": tuple(stored[:2])}
        assert list(uow.iter_decisions()) == stored


def test_demand_counts_each_vacancy_once_a_concept(store: Store) -> None:
    """Only links that were taken, only of vacancies, and not of an id that is a credential's too."""
    for record in (make_credential("mc:1"), make_vacancy("v:1"), make_vacancy("v:2"), make_vacancy("mc:1")):
        put(store, record)
    with store.begin() as uow:
        assert uow.count_demand() == {}
        uow.replace_links("v:1", [make_link("v:1", "s", SEWING), make_link("v:1", "t", SEWING), make_link("v:1", "t", FABRIC, Zone.ASK)])
        uow.replace_links("v:2", [make_link("v:2", "s", SEWING), make_link("v:2", "s", FABRIC)])
        uow.replace_links("mc:1", [make_link("mc:1", "s", SEWING)])
    with store.read() as uow:
        assert uow.count_demand() == {SEWING: 2, FABRIC: 1}


def test_what_was_decided_since_is_told_by_the_number(store: Store) -> None:
    """A reader who has seen one decision gets those after it, and knows the newest."""
    with store.begin() as uow:
        assert uow.last_decision() == 0
        stored = [uow.append_decision(make_decision(record, "s", SEWING)) for record in ("mc:1", "mc:2", "mc:1")]
    with store.read() as uow:
        assert uow.last_decision() == stored[-1].decision_id
        assert uow.decisions_after(0) == tuple(stored)
        assert uow.decisions_after(stored[0].decision_id or 0) == tuple(stored[1:])
        assert uow.decisions_after(uow.last_decision()) == ()


@pytest.mark.parametrize("statement", ["UPDATE decision SET verdict = 'reject'", "DELETE FROM decision"])
def test_no_decision_can_be_changed_or_removed(store: Store, statement: str) -> None:
    """The database itself refuses, whoever asks."""
    with store.begin() as uow:
        decision = uow.append_decision(make_decision("mc:1", "s", SEWING))
    with pytest.raises(IntegrityError, match="only ever added"), store._engine.begin() as connection:
        connection.execute(text(statement))
    with store.read() as uow:
        assert list(uow.iter_decisions()) == [decision]


# --- harvest and generations


def test_a_payload_is_kept_once(store: Store) -> None:
    """The same content of the same id is one payload, another content another."""
    with store.begin() as uow:
        for content_hash in ("sha256:1", "sha256:1", "sha256:2"):
            uow.save_raw(make_raw(content_hash))
    with store.read() as uow:
        assert list(uow.iter_raw("test")) == [make_raw("sha256:1"), make_raw("sha256:2")]
        assert list(uow.iter_raw("other")) == []


def test_reports_come_newest_first_with_their_refused_records(store: Store) -> None:
    """Reasons are Messages again, also those within others."""
    with store.begin() as uow:
        for source in ("a", "b", "c"):
            uow.save_report(make_report(source))
    with store.read() as uow:
        assert uow.reports(2) == (make_report("c"), make_report("b"))


def test_the_live_generation_is_the_one_that_was_set(store: Store) -> None:
    """A generation is live when set, not when saved; its payload comes back."""
    with store.begin() as uow:
        assert uow.live_generation() is None
        uow.save_generation(make_generation("g1"), b"\0payload")
        uow.save_generation(make_generation("g2"), None)
        uow.set_live("g2")
        uow.set_live("g1")
    with store.read() as uow:
        assert uow.live_generation() == make_generation("g1")
        assert uow.generation_payload("g1") == b"\0payload"
        assert uow.generation_payload("g2") is None


def test_a_generation_that_is_not_there_cannot_go_live(store: Store) -> None:
    """The live one stays."""
    with store.begin() as uow:
        uow.save_generation(make_generation(), None)
        uow.set_live("g1")
        with pytest.raises(NotFound, match="g9"):
            uow.set_live("g9")
    with store.read() as uow:
        assert uow.live_generation() == make_generation()


@pytest.mark.faults
def test_a_database_is_opened_while_somebody_writes(tmp_path: Path) -> None:
    """Bringing the tables up to date takes no lock when they are."""
    url = f"sqlite:///{tmp_path / 'szlak.db'}"
    with migrated_store(url) as writer, writer.begin():
        other = make_store(url, busy_timeout_s=0.2)
        other.migrate()
        with other.read() as uow:
            assert uow.counts()["credentials"] == 0
        other.close()
