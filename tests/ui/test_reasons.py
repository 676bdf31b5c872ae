"""Why a credential is in a list."""

import pytest

from szlak.catalogue.messages import render
from szlak.ui.reasons import find_reason
from szlak.ui.services import UiServices
from szlak.ui.skills import best_links, show_link
from tests.fakes.catalogue import REVIEWED


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("magazyn", "“magazynu” is in the title."),
        ("MAGAZYNY", "“magazynu” is in the title."),
        ("skladowac", "“składowanie” is in the title."),
        ("towary", "“towaru” is in the title."),
        ("systemy", "“systemu” is in a skill taught."),
        ("regałów", "“regałami” is in the description."),
        ("osrodek", "“Ośrodek” is in the provider's name."),
        ("czytnik", "“czytnikami” is in the description."),
        ("a", None),
        ("qwerty", None),
        ("", None),
    ],
)
def test_the_reason_is_a_word_that_is_there(services: UiServices, typed: str, reason: str | None) -> None:
    """The first place in which a word begins like one that was typed; nothing is claimed where none does."""
    item = services.find.credential(REVIEWED)
    skills = [show_link(link, services.find, "pl") for link in best_links(item.links, most=10)]
    found = find_reason(typed, item, skills)
    assert (render(found, "en") if found else None) == reason
