"""Every sentence of the program in every language: nothing missing, nothing left over. `make messages` brings them up to date."""

import pytest

from szlak.catalogue.messages import LANGUAGES
from tools import messages
from tools.messages import NotLiteral, Sentence, iter_faults, iter_sentences

FOUND = tuple(iter_sentences())


def test_the_languages_are_those_of_the_program() -> None:
    """The tool keeps a catalogue for each language that the program offers."""
    assert set(messages.LANGUAGES) == set(LANGUAGES)


def test_every_sentence_is_written_out() -> None:
    """A sentence put together when the program runs cannot be translated."""
    assert [str(item) for item in FOUND if isinstance(item, NotLiteral)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_catalogue_holds_the_sentences_of_the_code_and_no_others(lang: str) -> None:
    """None is missing, none obsolete, and plural forms are those of the code."""
    said = {item.id if item.plural is None else (item.id, item.plural) for item in FOUND if isinstance(item, Sentence)}
    catalogue = messages.load_catalogue(lang)
    assert {entry.id for entry in catalogue if entry.id} == said
    assert not catalogue.obsolete


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sentence_is_translated(lang: str) -> None:
    """Each has all its forms, is not a guess, and keeps the places of its id."""
    assert list(iter_faults(messages.load_catalogue(lang))) == []
