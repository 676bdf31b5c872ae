"""Records, profiles and limits as JSON: strict to read, inverse to write."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from szlak.catalogue.errors import RecordRefused
from szlak.catalogue.messages import Message, render
from szlak.catalogue.model.catalogue import Credential, Level, Location, Meeting, OutcomeLink, Price, Qualification, Vacancy
from szlak.catalogue.model.linking import Link, LinkResult, Zone
from szlak.catalogue.model.matching import (
    Basis,
    Gap,
    GapSkill,
    Limits,
    Need,
    Plan,
    PlanOffer,
    PlanResult,
    PlanStatus,
    PlanTotals,
    Profile,
    SkillState,
    Target,
    TargetOccupation,
)
from szlak.catalogue.model.reasons import Reason
from szlak.catalogue.records import (
    format_json,
    format_line,
    format_link_result,
    gap_to_json,
    parse,
    parse_link_line,
    parse_record,
    plan_to_json,
)
from tests.catalogue.nouns import values_of

VACANCY = {"schema_version": 1, "record": "vacancy", "text": "Szukamy osoby do pracy."}
CREDENTIAL: dict[str, Any] = {
    "schema_version": 1,
    "record": "credential",
    "record_id": "mc:example:1",
    "kind": "micro-credential",
    "title": {"pl": "Uprawa ziół w mieście"},
    "provider": {"name": "Ogród Przykładowy"},
    "provenance": {"source": "example", "source_id": "1"},
}


def reasons(noun: type, value: object) -> list[str]:
    """The English details of a refusal."""
    with pytest.raises(RecordRefused) as refusal:
        parse(noun, value)
    return [render(detail, "en") for detail in refusal.value.details]


@pytest.mark.property
@pytest.mark.parametrize("noun", [Credential, Vacancy, Qualification, Profile, Limits, Target])
@given(data=st.data())
def test_parse_is_the_inverse_of_format(noun: type, data: st.DataObject) -> None:
    """Every noun that can be written is read back equal, also through its text."""
    value = data.draw(values_of(noun))
    assert parse(noun, format_json(value)) == value
    assert parse(noun, json.loads(format_line(format_json(value)))) == value


@pytest.mark.property
@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_any_json_is_read_or_refused(value: object) -> None:
    """Whatever is sent, the answer is a record or a refusal whose words can be printed."""
    try:
        parse_record(value)
    except RecordRefused as refusal:
        for message in (refusal.message, *refusal.details):
            render(message, "pl").encode()


@pytest.mark.property
@given(
    st.dictionaries(
        st.sampled_from([*CREDENTIAL, "offers", "outcomes", "workload", "level"]), st.text() | st.integers() | st.lists(st.text())
    )
)
def test_a_credential_with_wrong_values_is_read_or_refused(changes: dict[str, object]) -> None:
    """No value of any key of a credential makes reading fail in another way than by refusal."""
    try:
        parse_record({**CREDENTIAL, **changes})
    except RecordRefused as refusal:
        render(refusal.message, "pl").encode()


@pytest.mark.parametrize(("value", "kind"), [(CREDENTIAL, Credential), (VACANCY, Vacancy)])
def test_a_record_is_read_by_its_kind(value: dict[str, Any], kind: type) -> None:
    """The key “record” decides what is read."""
    assert isinstance(parse_record(value), kind)


@pytest.mark.parametrize("value", [None, [], "text", {}, {"record": None}, {"record": "course"}, {"record": ["vacancy"]}])
def test_a_record_of_no_known_kind_is_refused(value: object) -> None:
    """What is not said to be one of the kinds is refused, and the kinds are named."""
    with pytest.raises(RecordRefused, match="credential, qualification, vacancy"):
        parse_record(value)


@pytest.mark.parametrize(
    ("place", "change"),
    [
        ("colour", {"colour": "red"}),
        ("provider.phone", {"provider": {"name": "A", "phone": "1"}}),
        ("offers.0.cost", {"offers": [{"source_id": "1", "cost": 1}]}),
        ("offers.0.schedule.0.from_", {"offers": [{"source_id": "1", "schedule": [{"date": "2027-01-01", "from_": "09:00"}]}]}),
    ],
)
def test_an_unknown_key_is_refused_with_its_place(place: str, change: dict[str, Any]) -> None:
    """A misspelt key is an error, also deep inside, also by a name that only the code uses."""
    assert reasons(Credential, {**CREDENTIAL, **change}) == [f"{place}: This key is unknown."]


def test_a_missing_key_is_refused_with_its_place() -> None:
    """The key that is missing is named."""
    assert reasons(Vacancy, {"record": "vacancy"}) == ["text: This is missing."]


@pytest.mark.parametrize(
    ("noun", "value", "reason"),
    [
        (Limits, {"max_offers": "3"}, 'max_offers: Expected a whole number. Found "3".'),
        (Limits, {"max_offers": 2.5}, "max_offers: Expected a whole number. Found 2.5."),
        (Limits, {"max_offers": True}, "max_offers: Expected a whole number. Found true."),
        (Limits, {"start_from": 0}, "start_from: Expected a date such as 2027-02-12. Found 0."),
        (Limits, {"start_from": "2027-02-30"}, 'start_from: Expected a date such as 2027-02-12. Found "2027-02-30".'),
        (Limits, {"start_from": "2027-02-01T00:00:00"}, 'start_from: Expected a date such as 2027-02-12. Found "2027-02-01T00:00:00".'),
        (Limits, {"budget_pln": True}, "budget_pln: Expected a number. Found true."),
        (Limits, {"budget_pln": "dużo"}, 'budget_pln: Expected a number. Found "dużo".'),
        (Limits, {"languages": "pl"}, 'languages: Expected a list. Found "pl".'),
        (
            Limits,
            {"modes": ["evening"]},
            'modes.0: Expected one of presential, online, blended, project, workbased, lab. Found "evening".',
        ),
        (Location, {"online": "yes"}, 'online: Expected true or false. Found "yes".'),
        (Meeting, {"date": "2027-01-01", "from": 3600}, "from: Expected a time such as 09:30. Found 3600."),
        (Profile, {"schema_version": "1"}, 'schema_version: Expected one of 1. Found "1".'),
        (Profile, {"skills": [{"concept_uri": 5}]}, "skills.0.concept_uri: Expected a text. Found 5."),
        (Profile, [], "$: Expected an object. Found []."),
    ],
)
def test_a_wrong_type_is_refused_and_not_converted(noun: type, value: object, reason: str) -> None:
    """A value of another type is refused with what was expected and what was found; nothing is guessed."""
    assert reasons(noun, value) == [reason]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-inf", float("nan"), float("inf")])
def test_what_is_not_a_finite_number_is_refused(number: object) -> None:
    """NaN and Infinity are no amounts and no scores."""
    assert reasons(Limits, {"budget_pln": number})[0].startswith("budget_pln: Expected a number.")
    assert reasons(OutcomeLink, {"target": "urn:a", "framework": "ESCO", "origin": "provider", "score": number})


@pytest.mark.parametrize("amount", ["900.10", 900.1, 900, "900"])
def test_an_amount_is_read_as_string_or_number_and_written_as_string(amount: object) -> None:
    """Money is exact: 900.1 becomes the decimal 900.1, never a binary fraction."""
    price = parse(Price, {"amount": amount})
    assert price.amount == Decimal(str(amount))
    assert format_json(price)["amount"] == str(price.amount)


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "a\udfffb"])
def test_text_that_no_database_can_hold_is_refused(text: str) -> None:
    """NUL and halves of surrogate pairs are refused with their place, and the refusal itself can be printed."""
    found = reasons(Vacancy, {**VACANCY, "text": text})
    assert found == ["text: NUL characters and halves of surrogate pairs are not text."]
    assert reasons(Credential, {**CREDENTIAL, "title": {"pl": text}})[0].startswith("title.pl: ")
    assert reasons(Limits, {"languages": ["pl", text]})[0].startswith("languages.1: ")


def test_an_unreadable_key_is_refused_in_words_that_can_be_printed() -> None:
    """A key with half a surrogate pair does not break the message about it."""
    assert reasons(Limits, {"\ud800": 1})[0].encode()


def test_at_most_twenty_reasons_are_given_and_all_are_counted() -> None:
    """A hopeless record does not flood the reader, but the number is true."""
    with pytest.raises(RecordRefused) as refusal:
        parse(Limits, {f"key{number}": 1 for number in range(30)})
    assert len(refusal.value.details) == 20
    assert refusal.value.message.n == 30


def test_polish_readers_get_the_reason_in_polish() -> None:
    """Nothing of a refusal is left in English."""
    with pytest.raises(RecordRefused) as refusal:
        parse(Limits, {"max_offers": "3"})
    assert [render(detail, "pl") for detail in refusal.value.details] == ['max_offers: Oczekiwano liczby całkowitej. Podano: "3".']


def test_a_line_is_canonical() -> None:
    """Equal values give equal lines: keys sorted, no spaces, letters as they are."""
    assert format_line({"b": "ż", "a": [1, None]}) == '{"a":[1,null],"b":"ż"}'


def test_a_link_line_gives_id_and_text() -> None:
    """Id, text, context and kind are read; the id may be any JSON value."""
    identity, text = parse_link_line({"id": 7, "text": "Szyje", "context": "Krawiectwo", "kind": "learning_outcome"}, 1)
    assert (identity, text.text, text.context, text.kind) == (7, "Szyje", "Krawiectwo", "learning_outcome")


@pytest.mark.parametrize("kind", ["poem", None, 3, ["learning_outcome"], {}])
def test_an_unknown_kind_of_text_counts_as_absent(kind: object) -> None:
    """A kind that is not known does not stop linking."""
    assert parse_link_line({"id": 1, "text": "x", "kind": kind}, 1)[1].kind is None


@pytest.mark.parametrize(("lang", "read"), [("de", "de"), ("PL", "pl"), ("deu", None), ("", None), (None, None), (3, None), (["de"], None)])
def test_a_language_is_a_code_of_two_letters(lang: object, read: str | None) -> None:
    """What is none counts as absent."""
    assert parse_link_line({"id": 1, "text": "x", "lang": lang}, 1)[1].lang == read


@pytest.mark.parametrize("value", [None, [], "x", {}, {"id": 1}, {"text": "x"}, {"id": 1, "text": None}, {"id": 1, "text": ["x"]}])
def test_a_link_line_without_id_or_text_is_refused_with_its_number(value: object) -> None:
    """The line that cannot be linked is named."""
    with pytest.raises(RecordRefused, match="Line 12"):
        parse_link_line(value, 12)


@pytest.mark.property
@given(st.text(st.characters()))
def test_half_surrogates_in_a_text_to_link_are_replaced_in_place(text: str) -> None:
    """Offsets of evidence count the code points received, so what cannot be written becomes one other character."""
    _, read = parse_link_line({"id": 1, "text": text, "context": text}, 1)
    assert len(read.text) == len(read.context) == len(text)
    read.text.encode()


def test_links_are_written_with_accepted_and_nil() -> None:
    """The shape of `szlak link`: offsets as a list, zone and reasons as their codes, reasons also in the reader's words."""
    link = Link(
        concept_uri="urn:a", label="szycie", score=2.5, confidence=0.9, zone=Zone.ACCEPT, evidence=(0, 5), reasons=(Reason.IS_NAME,)
    )
    assert format_link_result(LinkResult(links=(link,), nil=False), "pl") == {
        "links": [
            {
                "concept_uri": "urn:a",
                "label": "szycie",
                "score": 2.5,
                "confidence": 0.9,
                "zone": "accept",
                "evidence": [0, 5],
                "reasons": ["is_name"],
                "explanation": ["Tekst lub jego część jest jedną z nazw tego pojęcia."],
                "accepted": True,
            }
        ],
        "nil": False,
        "lang": None,
        "note": None,
    }


def test_a_text_in_another_language_comes_with_a_note() -> None:
    """In the reader's words; a language without a name there keeps its code."""
    found = [format_link_result(LinkResult(links=(), nil=True, lang=lang), reader) for lang, reader in (("de", "pl"), ("qx", "en"))]
    assert found[0]["lang"] == "de"
    assert found[0]["note"] == "Tekst jest chyba w innym języku: niemiecki. Łączymy tylko teksty polskie i angielskie."
    assert found[1]["note"] == "The text seems to be in another language: qx. Only Polish and English are linked."


def test_a_gap_is_written_with_its_reasons_in_words() -> None:
    """Reasons are rendered in the reader's language; proof may be null."""
    skill = GapSkill(
        concept_uri="urn:a",
        label="szycie",
        need=Need.ESSENTIAL,
        weight=4,
        state=SkillState.MISSING,
        proof=None,
        reason=Message("This is missing."),
    )
    assert gap_to_json(Gap(skills=(skill,)), "pl") == {
        "schema_version": 1,
        "skills": [
            {
                "concept_uri": "urn:a",
                "label": "szycie",
                "need": "essential",
                "weight": 4,
                "state": "missing",
                "proof": None,
                "reason": "Tego brakuje.",
                "confidence": None,
                "basis": None,
                "zone": None,
                "duty": None,
            }
        ],
        "occupations": [],
    }


def test_the_occupations_of_an_answer_are_written_with_their_notes_in_words() -> None:
    """A gap and a plan say in the same way what their occupations rest on."""
    named = TargetOccupation(concept_uri="urn:o", label="krawiec", basis=Basis.RELATIONS)
    made = replace(named, basis=Basis.DUTIES, note=Message("This is missing."), title="szwaczka", confidence=0.9)
    written = gap_to_json(Gap(skills=(), occupations=(named, made)), "pl")["occupations"]
    assert [(item["basis"], item["note"], item["title"]) for item in written] == [
        ("relations", None, None),
        ("duties", "Tego brakuje.", "szwaczka"),
    ]
    assert plan_to_json(PlanResult(plans=(), occupations=(named, made)), "pl")["occupations"] == written


def test_a_plan_is_written_with_the_promised_keys() -> None:
    """Offers carry the keys of the format, amounts are strings, dates ISO, what is unknown is null."""
    offer = PlanOffer(
        offer_id="o1",
        credential_id="c1",
        title="Krawiectwo",
        price_pln=Decimal("900.00"),
        hours=None,
        hours_per_week=None,
        start=date(2027, 2, 1),
        end=None,
        mode=None,
        languages=None,
        teryt=None,
        online=None,
        full=None,
        concept_uris=("urn:a",),
    )
    totals = PlanTotals(
        price_pln=Decimal("900.00"),
        hours=Decimal(0),
        offers=1,
        price_unknown=0,
        hours_unknown=1,
        start=date(2027, 2, 1),
        end=None,
        covered_weight=4,
        open_weight=2,
    )
    plan = Plan(
        name="fullest",
        status=PlanStatus.OPTIMAL,
        bound_pct=0.0,
        time_limited=False,
        offers=(offer,),
        totals=totals,
        still_missing=("urn:b",),
    )
    written = plan_to_json(PlanResult(plans=(plan,)), "pl")
    json.dumps(written)
    assert written["schema_version"] == 1
    (only,) = written["plans"]
    assert (only["name"], only["status"], only["bound_pct"], only["time_limited"]) == ("fullest", "optimal", 0.0, False)
    assert only["still_missing"] == ["urn:b"]
    assert only["totals"]["price_pln"] == "900.00"
    (chosen,) = only["offers"]
    promised = {
        "offer_id": "o1",
        "credential_id": "c1",
        "price_pln": "900.00",
        "hours": None,
        "start": "2027-02-01",
        "end": None,
        "concept_uris": ["urn:a"],
    }
    assert {key: chosen[key] for key in promised} == promised


@pytest.mark.parametrize(
    ("noun", "value", "limit"),
    [
        (Price, {"amount": "-0.01"}, "at least 0"),
        (Price, {"amount": "1e9"}, "at most 10000000"),
        (Level, {"prk": 9}, "at most 8"),
        (Level, {"eqf": 0}, "at least 1"),
        (OutcomeLink, {"target": "t", "framework": "ESCO", "origin": "provider", "confidence": 1.5}, "at most 1"),
    ],
)
def test_numbers_that_nobody_means_are_refused(noun: type, value: object, limit: str) -> None:
    """Money and hours are not negative, levels go from 1 to 8, a confidence is a probability; the bound is said."""
    (reason,) = reasons(noun, value)
    assert f"Expected {limit}." in reason


@pytest.mark.parametrize("title", [{}, {"pl": " "}])
def test_a_record_without_a_title_is_refused(title: object) -> None:
    """Nothing could be shown for it."""
    with pytest.raises(RecordRefused, match="title"):
        parse_record({**CREDENTIAL, "title": title})
