"""The parts of a running catalogue: its linker knows what people have decided up to now, linkers that are measured do not."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from szlak.catalogue.app import App
from szlak.catalogue.esco.linking.precedents import NO_PRECEDENTS
from szlak.catalogue.model.catalogue import Credential, Outcome, Provenance, Provider
from szlak.catalogue.model.linking import Decision, Verdict
from szlak.catalogue.settings import Settings
from szlak.catalogue.text import text_key
from tests.catalogue.esco.packages import TALK, sound_tables, write_zip

TEXT, OTHER = "rozmawia przy maszynie", "spawa blachę"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    """Two courses with an equal text and one with another, linked and indexed."""
    opened = App(Settings.from_env({"SZLAK_DATA_DIR": str(tmp_path / "data")}))
    opened.upkeep.import_release([write_zip(tmp_path, sound_tables())])
    with opened.catalogue.store.begin() as uow:
        for record_id, text in {"mc:1": TEXT, "mc:2": TEXT, "mc:3": OTHER}.items():
            uow.upsert(make_course(record_id, text))
    opened.upkeep.refresh()
    yield opened
    opened.close()


def make_course(record_id: str, text: str) -> Credential:
    return Credential(
        record_id=record_id,
        kind="course",
        title={"pl": "Kurs"},
        provider=Provider(name="Warsztat"),
        outcomes=(Outcome(id="lo:1", text={"pl": text}),),
        provenance=Provenance(source="test", source_id=record_id),
    )


def decide(app: App, verdict: Verdict) -> None:
    decision = Decision(
        record_id="mc:1",
        subject=text_key(TEXT),
        target=TALK,
        verdict=verdict,
        decided_by="Anna",
        decided_at=datetime(2027, 1, 4, tzinfo=UTC),
        release="1.2.1",
        linker_version="1",
    )
    with app.catalogue.store.begin() as uow:
        uow.append_decision(decision)


def stored(app: App) -> dict[str, tuple[str, float]]:
    """The version of each record's links and how sure that of talking is."""
    with app.catalogue.store.read() as uow:
        return {row.record_id: (row.linker_version, row.link.confidence) for row in uow.iter_links() if row.link.concept_uri == TALK}


def test_the_linker_takes_in_decisions_as_they_come(app: App) -> None:
    """As long as there are none it stays the same; what was withdrawn is forgotten."""
    first = app.catalogue.linker
    assert app.catalogue.linker is first
    decide(app, "accept")
    second = app.catalogue.linker
    assert app.catalogue.linker is second
    assert second.version_of(text_key(TEXT)) != first.version_of(text_key(TEXT))
    decide(app, "withdrawn")
    assert app.catalogue.linker.version_of(text_key(TEXT)) == first.version


def test_a_refresh_links_equal_texts_again_after_a_decision_and_no_others(app: App) -> None:
    """Those of another record, too, and their links are surer."""
    before = stored(app)
    decide(app, "accept")
    app.upkeep.refresh()
    after = stored(app)
    assert after["mc:2"][0] != before["mc:2"][0]
    assert after["mc:2"][1] > before["mc:2"][1]
    assert after["mc:3"] == before["mc:3"]


def test_a_linker_over_another_taxonomy_knows_no_decisions(app: App) -> None:
    """It is what measurements use."""
    decide(app, "accept")
    assert app.linker_over(app.catalogue.taxonomy).precedents is NO_PRECEDENTS
