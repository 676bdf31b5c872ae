"""Texts that are neither Polish nor English are recognised; names of things and short texts raise no alarm."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from szlak.catalogue.polish import Polish, recognise_foreign

POLISH = Polish()


def recognise(text: str) -> str | None:
    return recognise_foreign(text, [word for word in POLISH.words(text) if not word.is_function])


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Kenntnisse in der Buchhaltung und im Rechnungswesen sowie gute Umgangsformen", "de"),
        ("Вміє працювати в команді та вести бухгалтерський облік підприємства", "uk"),
        ("Умеет вести бухгалтерский учёт и готовить отчёты для налоговой службы", "ru"),
        ("Umí vést účetnictví a připravovat daňová přiznání pro malé podniky", "cs"),
        ("Sait tenir la comptabilité et préparer les déclarations fiscales", "fr"),
        ("Sabe llevar la contabilidad y preparar las declaraciones de impuestos", "es"),
        ("Conocimientos de contabilidad y fiscalidad", "es"),
        ("Dobrá znalost anglického jazyka slovem i písmem", "cs"),
        ("Pripravuje jedlá podľa receptov", "sk"),
        ("Умее зварваць металічныя канструкцыі", "be"),
        ("Dirba su skaičiuoklėmis ir rengia ataskaitas", "lt"),
        ("бухгалтерський облік", "uk"),
        ("Ремонтує велосипеди та мотоцикли", "uk"),
    ],
)
def test_another_language_is_recognised(text: str, lang: str) -> None:
    """In another alphabet already in a few words; relatives that share the probability are no hindrance."""
    assert recognise(text) == lang


@pytest.mark.parametrize(
    "text",
    [
        "Prowadzi księgowość i przygotowuje deklaracje podatkowe małych firm",
        "prowadzi ksiegowosc i przygotowuje deklaracje podatkowe malych firm",
        "Keeps the books and prepares tax returns for small companies",
        "Java, SQL, Git, Docker, Kubernetes, Terraform",
        "znajomość SAP i Excel, mile widziany English B2",
        "Kenntnisse",
        "",
        "123 456",
        "😀 ⚙️",
        "JаvaScript",
        "Ω",
        "α, β, γ, δ",
        "Python, R, pandas, numpy, scikit-learn, PyTorch",
        "spawanie MIG/MAG, TIG, MMA, certyfikat TÜV",
        "Lorem ipsum dolor sit amet consectetur",
    ],
)
def test_polish_english_names_and_short_texts_are_not_foreign(text: str) -> None:
    """Also without diacritics, and with a look-alike letter of another alphabet."""
    assert recognise(text) is None


@pytest.mark.parametrize("text", ["бухгалтер", "кухар", "вчитель", "ᏣᎳᎩ"])
def test_no_language_is_named_that_is_only_guessed(text: str) -> None:
    """A word that several languages share, or a script that the library does not know: better no name than a wrong one."""
    assert recognise(text) is None


@given(st.text(max_size=200))
def test_any_text_gets_an_answer(text: str) -> None:
    """A language that is not linked, or none."""
    lang = recognise(text)
    assert lang is None or (lang not in ("pl", "en") and lang.isalpha())
