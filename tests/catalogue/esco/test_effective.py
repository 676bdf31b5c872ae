"""Which concepts an outcome teaches, whoever says so."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from szlak.catalogue.esco.effective import effective_links, outcome_text, taught_uris
from szlak.catalogue.model.catalogue import Credential, Outcome, OutcomeLink, Provenance, Provider
from szlak.catalogue.model.linking import Decision, Link, StoredLink, Verdict, Zone
from szlak.catalogue.model.reasons import Reason
from szlak.catalogue.text import text_key

TEXT = "Spawa łukiem elektrycznym."
SUBJECT = text_key(TEXT)
WELD, TALK, SEW = (f"http://data.europa.eu/esco/skill/{name}" for name in ("weld", "talk", "sew"))
NOON = datetime(2027, 1, 5, 12, tzinfo=UTC)
STATED = OutcomeLink(target=WELD, framework="ESCO", origin="provider")


def credential(*links: OutcomeLink) -> Credential:
    return Credential(
        record_id="mc:1",
        kind="course",
        title={"pl": "Spawanie"},
        provider=Provider(name="Warsztat"),
        outcomes=(Outcome(id="lo:1", text={"pl": TEXT, "en": "Welds."}, links=links),),
        provenance=Provenance(source="test", source_id="1"),
    )


def machine(uri: str, confidence: float = 0.9, zone: Zone = Zone.ACCEPT) -> StoredLink:
    link = Link(concept_uri=uri, label=uri, score=2.0, confidence=confidence, zone=zone, evidence=(0, 5))
    return StoredLink(record_id="mc:1", subject=SUBJECT, link=link, linker_version="words-1", release="esco-1.2.1")


def decide(verdict: Verdict, target: str = "", minutes: int = 0, subject: str = SUBJECT) -> Decision:
    return Decision(
        record_id="mc:1",
        subject=subject,
        target=target,
        verdict=verdict,
        decided_by="kurator",
        decided_at=NOON + timedelta(minutes=minutes),
        release="esco-1.2.1",
        linker_version="words-1",
    )


def targets(stored: list[StoredLink], decisions: list[Decision], *links: OutcomeLink) -> list[tuple[str, str]]:
    found = effective_links(credential(*links), stored, decisions)["lo:1"]
    return [(link.target, link.origin) for link in found]


def test_only_accepted_machine_links_count() -> None:
    """What is to be asked about is not shown as taught."""
    assert targets([machine(TALK), machine(SEW, 0.4, Zone.ASK)], []) == [(TALK, "model")]


def test_a_machine_link_says_how_it_was_made() -> None:
    """Version of the linker, release and its number, evidence and confidence travel with the link."""
    (link,) = effective_links(credential(), [machine(TALK)], [])["lo:1"]
    assert (link.linker_version, link.release, link.framework_version) == ("words-1", "esco-1.2.1", "1.2.1")
    assert (link.evidence, link.confidence) == ((0, 5), 0.9)


def test_what_the_provider_says_stays_the_providers_and_gains_the_evidence() -> None:
    """A concept that both name is one link, the provider's, before what only the machine found."""
    found = effective_links(credential(STATED), [machine(WELD), machine(TALK)], [])["lo:1"]
    assert [(link.target, link.origin) for link in found] == [(WELD, "provider"), (TALK, "model")]
    assert found[0].evidence == (0, 5)


def test_a_person_overrides_machine_and_provider() -> None:
    """Rejected links go, whoever made them; accepted ones come, even if nobody proposed them."""
    decisions = [decide("reject", WELD), decide("reject", TALK), decide("accept", SEW)]
    assert targets([machine(TALK)], decisions, STATED) == [(SEW, "human")]


def test_nothing_fits_clears_the_outcome_but_not_what_a_person_accepted() -> None:
    """The answer that nothing fits speaks of all proposals; an accepted concept is another answer of a person."""
    assert targets([machine(TALK)], [decide("nothing")], STATED) == []
    assert targets([machine(TALK)], [decide("accept", SEW), decide("nothing")], STATED) == [(SEW, "human")]


def test_the_last_word_about_a_target_stands() -> None:
    """In whatever order rows are given; a withdrawn decision is as if it had not been made."""
    first, second = decide("reject", TALK), decide("accept", TALK, minutes=5)
    assert targets([machine(TALK)], [second, first]) == [(TALK, "human")]
    assert targets([machine(TALK)], [first, decide("withdrawn", TALK, minutes=5)]) == [(TALK, "model")]


def test_a_decision_about_another_text_does_not_count() -> None:
    """When the words of an outcome change, the old decision no longer speaks of them."""
    assert targets([machine(TALK)], [decide("reject", TALK, subject=text_key("inny"))]) == [(TALK, "model")]


def test_a_decided_qualification_is_not_named_esco() -> None:
    """The framework follows from what was chosen, and only ESCO concepts are skills that are taught."""
    found = effective_links(credential(), [], [decide("accept", "zrk:13876"), decide("accept", WELD)])
    assert {link.target: link.framework for link in found["lo:1"]} == {"zrk:13876": "ZSK", WELD: "ESCO"}
    assert taught_uris(found) == (WELD,)


def test_the_text_of_an_outcome_is_polish_where_there_is_one() -> None:
    """Otherwise any language that there is; without any it is empty."""
    outcome = credential().outcomes[0]
    assert outcome_text(outcome) == TEXT
    assert outcome_text(replace(outcome, text={"en": "Welds."})) == "Welds."
    assert outcome_text(replace(outcome, text={})) == ""


def test_reasons_stay_the_machines_whoever_makes_the_link() -> None:
    """Provider and person have the last word; what the machine saw stands beside it."""
    rows = [replace(row, link=replace(row.link, reasons=(Reason.NAME_MEANT,))) for row in (machine(WELD), machine(TALK), machine(SEW))]
    found = effective_links(credential(STATED), rows, [decide("accept", TALK)])["lo:1"]
    assert [(link.origin, link.reasons) for link in found] == [(origin, (Reason.NAME_MEANT,)) for origin in ("human", "provider", "model")]


def test_a_link_that_the_machine_did_not_make_has_no_reasons() -> None:
    """Nothing is made up for what a person or provider says."""
    found = effective_links(credential(STATED), [], [decide("accept", TALK)])["lo:1"]
    assert [link.reasons for link in found] == [(), ()]
