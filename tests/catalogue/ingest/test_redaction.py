"""Personal data does not get past the door."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from szlak.catalogue.ingest.redaction import redact_record

MAIL = "anna.nowak@example.org"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (
            {"description": {"pl": f"Pisz na {MAIL} lub dzwoń: 600 100 200."}},
            {"description": {"pl": "Pisz na [E-MAIL] lub dzwoń: [TELEFON]."}},
        ),
        ({"outcomes": [{"criteria": [MAIL, "szyje"]}]}, {"outcomes": [{"criteria": ["[E-MAIL]", "szyje"]}]}),
        ({"url": f"mailto:{MAIL}"}, {"url": "mailto:[E-MAIL]"}),
    ],
)
def test_texts_are_freed_of_personal_data(value: Any, expected: Any) -> None:
    """At every depth, and in an address that is none of a page."""
    assert redact_record(value)[0] == expected


@pytest.mark.parametrize(
    "value",
    [
        {"url": "https://example.org/oferta/600-100-200"},
        {"record_id": "600-100-200"},
        {"registers": {"bur": "600 100 200"}},
        {"schedule": [{"date": "2027-02-01", "from": "09:00", "to": "12:00"}]},
        {"places": 600100200, "full": None, "hours": 12.5},
    ],
)
def test_names_addresses_and_figures_stay(value: Any) -> None:
    """A number that only looks like a telephone's still names what it names."""
    assert redact_record(value) == (value, 0)


def test_replacements_are_counted() -> None:
    """The report of a harvest says how many there were."""
    assert redact_record({"title": {"pl": MAIL}, "outcomes": [{"text": {"pl": f"{MAIL}, {MAIL}"}}]})[1] == 3


@pytest.mark.property
@given(
    st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))
)
def test_the_shape_stays_and_a_second_time_changes_nothing(value: Any) -> None:
    """Only texts are replaced, whatever the JSON."""
    redacted, _ = redact_record(value)
    assert redact_record(redacted) == (redacted, 0)
    assert len(json.dumps(redacted)) > 0
    assert type(redacted) is type(value)


@pytest.mark.property
@given(st.text(), st.text())
def test_an_address_in_any_text_is_found(before: str, after: str) -> None:
    """Wherever it stands in a text, an e-mail address is not left whole."""
    redacted, count = redact_record({"text": f"{before} {MAIL} {after}"})
    assert MAIL not in redacted["text"]
    assert count >= 1
