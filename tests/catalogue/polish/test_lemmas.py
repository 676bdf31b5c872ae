"""The choice rule: which lemma a form gets."""

import threading

import pytest

from szlak.catalogue.polish import Polish

# Sentences of our own, with the lemmas a Polish speaker would give.
SENTENCES = [
    ("Zarządza zespołami programistów", "zarządzać zespół programista"),
    ("opracowywanie harmonogramów projektów", "opracowywać harmonogram projekt"),
    ("starsze osoby z niepełnosprawnościami", "stary osoba z niepełnosprawność"),
    ("obsługi klientów w sklepie", "obsługa klient w sklep"),
    ("wózków widłowych i regałach magazynowych", "wózek widłowy i regał magazynowy"),
    ("analizuje dane, porządkuje bazy danych", "analizować dane porządkować baza dane"),
    ("grafiki komputerowej oraz techniki cyfrowej", "grafika komputerowy oraz technika cyfrowy"),
    ("mile widziane prawo jazdy", "mile widzieć prawo jazda"),
    ("układanie płytek i czyszczenie powierzchni", "układać płytka i czyszczenie powierzchnia"),
    ("opieka nad chorymi", "opieka nad chory"),
]


@pytest.mark.parametrize(("text", "lemmas"), SENTENCES)
def test_inflected_words_get_their_dictionary_form(polish: Polish, text: str, lemmas: str) -> None:
    """Cases, numbers and persons fall together."""
    assert polish.lemmas(text) == tuple(lemmas.split())


@pytest.mark.parametrize("form", ["C#", "C++", ".NET", "B2", "Node.js", "R&D", "Machine", "learning"])
def test_names_of_tools_and_english_words_pass_through(polish: Polish, form: str) -> None:
    """What Polish does not inflect stays one token, in lower case."""
    assert polish.lemmas(f"zna {form},") == ("znać", form.lower())


def test_a_gerund_is_found_by_its_verb_too(polish: Polish) -> None:
    """Recall lemmas hold the noun and the verb; plain lemmas only the noun."""
    assert polish.recall_lemmas("zarządzanie czasem") == ("zarządzanie", "zarządzać", "czas")
    assert polish.lemmas("zarządzanie czasem") == ("zarządzanie", "czas")


def test_punctuation_markup_and_addresses_are_no_words(polish: Polish) -> None:
    """Signs, tags, entities, links and e-mail addresses leave nothing behind."""
    assert polish.lemmas("– <b>kod</b>&nbsp;(…) https://example.pl/a?b a@example.pl 😀") == ("kod",)


def test_the_case_of_letters_does_not_matter(polish: Polish) -> None:
    """Headings in capitals are read like running text."""
    assert polish.lemmas("ZNAJOMOŚĆ JĘZYKA") == polish.lemmas("znajomość języka")


def test_threads_share_the_analyser(polish: Polish) -> None:
    """Every thread gets the same lemmas, though Morfeusz itself is not thread-safe."""
    found: list[tuple[str, ...]] = []
    threads = [threading.Thread(target=lambda: found.append(polish.lemmas("spawaniem konstrukcji stalowych"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(found) == {("spawanie", "konstrukcja", "stalowy")}
    assert len(found) == len(threads)


@pytest.mark.parametrize(
    ("form", "tag"),
    [
        ("kasy", "subst pl.acc pl.nom pl.voc sg.gen"),
        ("fiskalnej", "adj sg.dat sg.gen sg.loc"),
        ("prowadzeniem", "ger sg.inst"),
        ("konfiguruje", "fin"),
        ("konfigurować", "inf"),
        ("korzystając", "pcon"),
        ("urządzenia", "ger pl.acc pl.nom pl.voc sg.gen"),
        ("xqzv", ""),
    ],
)
def test_a_tag_says_in_which_cases_a_form_can_be(form: str, tag: str) -> None:
    """Class, numbers and cases are those of the part of speech that was chosen."""
    assert Polish().words(form)[0].tag == tag
