"""How much of a line asks for no skill."""

import pytest

from szlak.catalogue.esco.linking.asides import is_denied, measure_aside
from szlak.catalogue.polish import Polish

POLISH = Polish()


def aside(text: str, kind: str | None = "job_requirement") -> float:
    return measure_aside(text, kind, POLISH.analyse(text), POLISH)


@pytest.mark.parametrize(
    "text",
    [
        "Oferujemy umowę o pracę i prywatną opiekę medyczną.",
        "Wyrażam zgodę na przetwarzanie danych osobowych.",
        "CV prosimy wysłać na adres firmy. Aplikuj teraz!",
        "Sposób kontaktu: telefonicznie",
        "Wykształcenie średnie",
        "We offer a company car.",
    ],
)
def test_a_line_that_asks_for_no_skill_is_all_aside(text: str) -> None:
    """What is offered, how to apply, legal clauses and schooling."""
    assert aside(text) > 0.6


@pytest.mark.parametrize(
    "text",
    ["", "   ", "spawanie metali", "Zapewnia dostępność dokumentów", "obsługa kasy fiskalnej i kontakt z klientem", "C#"],
)
def test_what_asks_for_a_skill_is_not(text: str) -> None:
    """A verb that firms use of themselves is no cue in the third person."""
    assert aside(text) == 0


def test_a_line_may_be_half_aside() -> None:
    """The share is of characters."""
    assert 0.2 < aside("wykształcenie zawodowe, umiejętność spawania") < 0.8


def test_only_lines_of_vacancies_have_asides() -> None:
    """An outcome may well speak of contracts or data protection."""
    text = "Zna zasady przetwarzania danych osobowych i sporządza umowę o pracę."
    assert aside(text, "learning_outcome") == 0 < aside(text)


@pytest.mark.parametrize(
    "text", ["nie zna języka Java", "Nie potrafi programować w Pythonie", "Java nie jest wymagana", "bez znajomości JavaScript"]
)
def test_a_denied_skill_is_denied(text: str) -> None:
    """What somebody cannot do or need not know is no skill of theirs."""
    assert is_denied(POLISH.analyse(text), POLISH)


@pytest.mark.parametrize("text", ["", "zna język Java", "Zna Javę. Nie zna Pythona.", "nie tylko spawa, ale i tnie", "praca bez nadzoru"])
def test_what_somebody_can_do_is_not_denied(text: str) -> None:
    """One sentence that says what is there is enough."""
    assert not is_denied(POLISH.analyse(text), POLISH)
