"""Normalisation that is total and idempotent, and the removal of personal data."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from szlak.catalogue.text import clean, fold, label_key, redact_personal, text_key

ANY_TEXT = st.text(st.characters()) | st.text(
    st.sampled_from("aĄł ÉßİſK𝐀ﬁǅ①½ŉ\u0300\u0301\u0345\u200b\u00ad\ufeff\ud800\x00\n\u2028#+-_.,@0189٣")
)


@pytest.mark.property
@pytest.mark.parametrize("normalise", [clean, fold, label_key])
@given(text=ANY_TEXT)
def test_normalising_twice_changes_nothing(normalise: object, text: str) -> None:
    """Whatever the text, surrogates included, the second time finds nothing to do."""
    assert callable(normalise)
    once = normalise(text)
    assert normalise(once) == once


@pytest.mark.property
@given(ANY_TEXT)
def test_a_clean_text_can_be_written_and_has_single_spaces(text: str) -> None:
    """No surrogate, no control character, no double or outer space is left."""
    cleaned = clean(text)
    assert cleaned.encode().decode() == cleaned
    assert cleaned == " ".join(cleaned.split())


@pytest.mark.property
@given(ANY_TEXT)
def test_a_key_is_the_same_for_spellings_that_clean_makes_equal(text: str) -> None:
    """Keys depend on what is seen, not on how it was encoded."""
    assert label_key(text) == label_key(clean(text))
    assert text_key(text) == text_key(label_key(text))


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  a \t\n b  ", "a b"),
        ("zespo\u0301\u0142", "zespół"),
        ("mikro\u00adpo\u015bwiadczenie", "mikropoświadczenie"),
        ("a\u200bb\ufeffc\x00d", "abcd"),
        ("a\u00a0\u2003b", "a b"),
        ("a\ud800b", "ab"),
        ("", ""),
    ],
)
def test_clean_keeps_what_is_seen(text: str, cleaned: str) -> None:
    """Composed letters, single spaces, nothing invisible."""
    assert clean(text) == cleaned


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Księgowość", "ksiegowosc"), ("ŻÓŁĆ", "zolc"), ("Straße", "strasse"), ("ﬁnanse", "finanse"), ("𝐀𝐁", "ab"), ("Øre", "ore")],
)
def test_fold_is_how_people_type_in_a_hurry(text: str, folded: str) -> None:
    """Lower case, no diacritics, no ligatures."""
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("C++", "c++"),
        ("Praca  zespołowa", "praca zespołowa"),
        ("e-learning", "E learning"),
        ("MS Excel (kurs)", "ms excel kurs"),
        ("İ", "i̇"),
    ],
)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    """Case, spaces and punctuation do not make another name."""
    assert label_key(one) == label_key(other)


@pytest.mark.parametrize(("one", "other"), [("C", "C++"), ("C#", "C"), ("sad", "sąd"), ("a b", "ab")])
def test_names_that_differ_have_different_keys(one: str, other: str) -> None:
    """Signs of programming languages, diacritics and word borders tell names apart."""
    assert label_key(one) != label_key(other)


def test_a_text_key_has_32_hexadecimal_digits() -> None:
    """Keys are of one length for every text, also the empty one."""
    assert all(re.fullmatch(r"[0-9a-f]{32}", text_key(text)) for text in ("", "a", "ż" * 1000, "\ud800"))


@pytest.mark.parametrize(
    "text",
    [
        "jan.kowalski@example.com",
        "JAN@sub.example.com.pl",
        "+48 600 100 200",
        "+48600100200",
        "0048 600-100-200",
        "600 100 200",
        "600-100-200",
        "22 500 10 20",
        "(22) 500 10 20",
        "44051401359",
    ],
)
def test_personal_data_is_removed(text: str) -> None:
    """Addresses, telephone numbers as people write them, PESEL numbers."""
    found, count = redact_personal(f"Kontakt: {text}, zapraszamy.")
    assert count == 1
    assert re.fullmatch(r"Kontakt: \[(E-MAIL|TELEFON|PESEL)\], zapraszamy\.", found)


@pytest.mark.parametrize(
    "named",
    ["tel. 600100200", "Tel.600 100 200", "TEL: 600.100.200", "telefon 600100200", "kom. 600100200", "tel.: +48600100200", "fax 225001020"],
)
def test_a_number_that_is_called_a_telephone_is_removed_however_it_is_written(named: str) -> None:
    """After the word, any grouping of nine digits is a telephone number."""
    found, count = redact_personal(f"Pytania: {named}.")
    assert (count, re.search(r"\d", found)) == (1, None)


@pytest.mark.parametrize(
    "text",
    [
        "Kod zawodu 331301",
        "ISBN 978-83-01-00000-1",
        "ustawa z 2025 r. poz. 620",
        "44051401358",
        "konto 61 1090 1014 0000 0712 1981 2874",
        "wersja 1.2.1 z 2027-02-12",
        "http://data.europa.eu/esco/skill/1973c966-f236-40c9-b2d4-5d71a89019be",
        "cena 12 500 zł",
        "budżet 1.600.100.200 zł",
        "hotel 600100200",
        "obrót 100 000 000 zł",
        "REGON 123456785",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    """Codes, dates, amounts, account numbers and addresses of concepts are no telephone numbers."""
    assert redact_personal(text) == (text, 0)


def test_each_occurrence_is_counted_and_a_number_inside_a_longer_one_stays() -> None:
    """A PESEL is removed where it stands alone, twice when it comes twice; the same digits in an account number stay."""
    account = "99440514013590000000000012"
    found, count = redact_personal(f"44051401359 i 44051401359, konto {account}")
    assert (found, count) == (f"[PESEL] i [PESEL], konto {account}", 2)


@pytest.mark.property
@given(st.text(st.sampled_from("0123456789 -+.()@:,telTEL[]PSkom\n"), max_size=80) | ANY_TEXT)
def test_removing_twice_finds_nothing_more(text: str) -> None:
    """What is left after the first time holds nothing that the second time would remove."""
    found, _ = redact_personal(text)
    assert redact_personal(found) == (found, 0)
