"""The invented catalogue of a first start."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from szlak.catalogue.model.catalogue import Credential, Vacancy
from szlak.catalogue.records import format_json, parse_record
from szlak.catalogue.starter.demonstration import date_value, load_demonstration
from szlak.catalogue.starter.lexicon import load_lexicon

TODAY = date(2026, 11, 26)
RECORDS = load_demonstration(TODAY)
CREDENTIALS = [record for record in RECORDS if isinstance(record, Credential)]
VACANCIES = [record for record in RECORDS if isinstance(record, Vacancy)]
OFFERS = [offer for credential in CREDENTIALS for offer in credential.offers]


def test_demonstration_is_ten_credentials_and_three_vacancies() -> None:
    """By five providers, each record marked as invented and known by its own id."""
    assert (len(CREDENTIALS), len(VACANCIES)) == (10, 3)
    assert len({credential.provider.name for credential in CREDENTIALS}) == 5
    assert all(record.demonstration for record in RECORDS)
    assert len({record.record_id for record in RECORDS}) == len(RECORDS)


def test_nobody_real_is_named() -> None:
    """Providers say that they are invented and have no number in any register."""
    for credential in CREDENTIALS:
        assert any(word in credential.provider.name for word in ("Przykładow", "Zmyślon", "Wymyślon", "Pokazow"))
        assert credential.provider.nip is None
        assert credential.provider.regon is None


@pytest.mark.parametrize("today", [TODAY, date(2028, 2, 29)])
def test_offers_lie_ahead_of_today(today: date) -> None:
    """Whenever it is loaded, one can still enrol: enrolment closes before the start, the start before the end."""
    credentials = (record for record in load_demonstration(today) if isinstance(record, Credential))
    dated = [offer for credential in credentials for offer in credential.offers if offer.starts and offer.ends and offer.enrol_until]
    assert len(dated) >= 15
    assert all(
        today < offer.enrol_until < offer.starts < offer.ends for offer in dated if offer.starts and offer.ends and offer.enrol_until
    )


def test_some_facts_are_honestly_unknown() -> None:
    """An unknown price, unknown dates and a credential without offers are there to be shown as such."""
    assert any(offer.price is None for offer in OFFERS)
    assert any(offer.starts is None for offer in OFFERS)
    assert any(not credential.offers for credential in CREDENTIALS)


def test_offers_are_spread_over_the_country_and_online() -> None:
    """At least six voivodeships, and something for those who cannot travel."""
    voivodeships = {offer.location.teryt[:2] for offer in OFFERS if offer.location.teryt}
    assert len(voivodeships) >= 6
    assert any(offer.location.online for offer in OFFERS)
    assert all(len(offer.location.teryt) in {2, 4, 7} for offer in OFFERS if offer.location.teryt)


def test_outcomes_are_three_to_five_and_mostly_unlinked() -> None:
    """There is work left for the linker."""
    outcomes = [outcome for credential in CREDENTIALS for outcome in credential.outcomes]
    assert all(3 <= len(credential.outcomes) <= 5 for credential in CREDENTIALS)
    linked = sum(bool(outcome.links) for outcome in outcomes)
    assert 0 < linked < len(outcomes) / 2


def test_provider_links_lead_to_skills_that_exist() -> None:
    """Every link names ESCO 1.2.1 and one of its skills, as the provider's own claim."""
    known = {entry.concept_uri for entry in load_lexicon()}
    links = [link for credential in CREDENTIALS for outcome in credential.outcomes for link in outcome.links]
    assert all(link.target in known for link in links)
    assert {(link.framework, link.framework_version, link.origin) for link in links} == {("ESCO", "1.2.1", "provider")}


def test_no_outcome_copies_a_name_of_the_lexicon() -> None:
    """Outcomes are sentences as providers write them, not the names of skills."""
    names = {name.casefold() for entry in load_lexicon() for name in entry.names}
    for credential in CREDENTIALS:
        for outcome in credential.outcomes:
            assert outcome.text["pl"].rstrip(".").casefold() not in names
            assert len(outcome.text["pl"].split()) >= 5


def test_records_survive_the_record_format() -> None:
    """What is read can be written and read again."""
    for record in RECORDS:
        assert parse_record(json.loads(json.dumps(format_json(record)))) == record


def test_words_that_look_like_days_stay_outside_dates() -> None:
    """Only values of date keys are counted from today."""
    given_value = {"text": "+14d", "starts": "+14d", "schedule": [{"date": "-1d"}], "ends": "2027-01-01", "enrol_until": None}
    assert date_value(given_value, TODAY) == {
        "text": "+14d",
        "starts": "2026-12-10",
        "schedule": [{"date": "2026-11-25"}],
        "ends": "2027-01-01",
        "enrol_until": None,
    }


@pytest.mark.property
@given(days=st.integers(-9999, 9999), today=st.dates(date(1950, 1, 1), date(2150, 1, 1)))
def test_days_are_counted_from_today(days: int, today: date) -> None:
    """Any number of days, either way."""
    assert date_value({"starts": f"{days:+d}d"}, today) == {"starts": (today + timedelta(days=days)).isoformat()}
