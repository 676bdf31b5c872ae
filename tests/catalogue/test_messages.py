"""Sentences in the reader's language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from szlak.catalogue.messages import LANGUAGES, Message, choose_language, load_catalogue, render

COUNT = Message("{n} offer found.", plural="{n} offers found.")


def counted(n: int) -> Message:
    return Message(COUNT.id, plural=COUNT.plural, n=n)


def test_english_is_the_id_with_its_places_filled() -> None:
    """The id is the English sentence."""
    assert render(Message("No vacancy has the id “{id}”.", {"id": "v1"}), "en") == "No vacancy has the id “v1”."


def test_polish_comes_from_its_catalogue() -> None:
    """A known sentence is said in Polish."""
    assert render(Message("it does not exist."), "pl") == "plik nie istnieje."


def test_an_unknown_sentence_is_said_in_english() -> None:
    """A sentence that no catalogue holds is better in English than not at all."""
    assert render(Message("A sentence of the future."), "pl") == "A sentence of the future."


@pytest.mark.parametrize("lang", ["xx", "", "../../etc", "uk"])
def test_an_unknown_language_reads_english(lang: str) -> None:
    """No language makes rendering fail, and none is looked for outside the package."""
    assert render(Message("it does not exist."), lang) == "it does not exist."


@pytest.mark.parametrize(
    ("n", "polish", "english"),
    [
        (0, "Znaleziono 0 ofert.", "0 offers found."),
        (1, "Znaleziono 1 ofertę.", "1 offer found."),
        (2, "Znaleziono 2 oferty.", "2 offers found."),
        (5, "Znaleziono 5 ofert.", "5 offers found."),
        (12, "Znaleziono 12 ofert.", "12 offers found."),
        (22, "Znaleziono 22 oferty.", "22 offers found."),
        (112, "Znaleziono 112 ofert.", "112 offers found."),
    ],
)
def test_numbers_take_the_form_of_each_language(n: int, polish: str, english: str) -> None:
    """Polish has three forms, English two."""
    assert render(counted(n), "pl") == polish
    assert render(counted(n), "en") == english


def test_a_message_inside_a_message_is_rendered_too() -> None:
    """A reason given as a Message is said in the language of the whole sentence."""
    inner = Message("it does not exist.")
    assert render(Message("{path} cannot be read: {reason}", {"path": "a.csv", "reason": inner}), "pl").endswith("plik nie istnieje.")


def test_a_parameter_may_be_called_n() -> None:
    """`n` among the parameters is an ordinary name where nothing is counted."""
    assert render(Message("{n} of {limit}", {"n": 7, "limit": 5}), "en") == "7 of 5"


def test_braces_and_percent_signs_in_values_stay() -> None:
    """What a person typed is shown as it is, whatever it looks like."""
    assert render(Message("No vacancy has the id “{id}”.", {"id": "{id} %s {0}"}), "en") == "No vacancy has the id “{id} %s {0}”."


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_supported_language_has_a_catalogue(lang: str) -> None:
    """The catalogues are in the package and hold sentences."""
    assert load_catalogue(lang).info()["language"] == lang


@pytest.mark.parametrize(
    ("header", "lang"),
    [
        (None, "pl"),
        ("", "pl"),
        ("en", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("EN", "en"),
        ("de, en;q=0.5", "en"),
        ("pl;q=0.3, en;q=0.8", "en"),
        ("pl; q=0.2, en; q=0.9", "en"),
        ("pl;q=0.1 , en ;q=0.9", "en"),
        ("en;q=0", "pl"),
        ("de", "pl"),
        ("*", "pl"),
        ("en;q=nonsense", "pl"),
        ("en;q=nan", "pl"),
    ],
)
def test_the_language_is_chosen_by_weight(header: str | None, lang: str) -> None:
    """The heaviest supported language wins; none or nonsense gives Polish."""
    assert choose_language(header) == lang


@pytest.mark.property
@given(st.text(max_size=600))
def test_any_header_gives_a_supported_language(header: str) -> None:
    """No header makes choosing fail."""
    assert choose_language(header) in LANGUAGES
