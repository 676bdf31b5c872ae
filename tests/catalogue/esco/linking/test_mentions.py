"""Cutting outcomes, duties and requirements into what is to be linked. Every sentence here was made up for these tests."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from szlak.catalogue.esco.linking.mentions import MAX_PARTS, Mention, find_mentions
from szlak.catalogue.polish import Polish

POLISH = Polish()

# text: its clauses
CLAUSES: dict[str, list[str]] = {
    "wykształcenie minimum podstawowe, obywatelstwo polskie, dobry wzrok, umiejętność układania kostki, rzetelność, sumienność": [
        "wykształcenie minimum podstawowe",
        "obywatelstwo polskie",
        "dobry wzrok",
        "układania kostki",
        "rzetelność",
        "sumienność",
    ],
    "dobra dykcja, precyzyjne przekazywanie poleceń, znajomość technik aktorskich": [
        "dobra dykcja",
        "precyzyjne przekazywanie poleceń",
        "technik aktorskich",
    ],
    "mile widziane doświadczenie, samodzielność, łatwość uczenia się": ["doświadczenie", "samodzielność", "łatwość uczenia się"],
    "Zatrudnimy trenera ds. sprzedaży. Prowadzi kursy, ocenia postępy.": [
        "Zatrudnimy trenera ds. sprzedaży",
        "Prowadzi kursy",
        "ocenia postępy",
    ],
    "rozpalanie kotła (awarie) oraz kontrolowanie samoczynnego spalania": [
        "rozpalanie kotła (awarie)",
        "kontrolowanie samoczynnego spalania",
    ],
    "wiedza dotycząca opracowywania strategii w organizacji, wdrażania procedur oraz zarządzania ryzykiem": [
        "opracowywania strategii w organizacji",
        "wdrażania procedur",
        "zarządzania ryzykiem",
    ],
    "Obsługa klienta, Pakowanie paczek i Sprzątanie sklepu": ["Obsługa klienta", "Pakowanie paczek", "Sprzątanie sklepu"],
    "dobiera i konfiguruje urządzenia sieciowe oraz diagnozuje awarie": [
        "dobiera urządzenia sieciowe",
        "konfiguruje urządzenia sieciowe",
        "diagnozuje awarie",
    ],
    "montaż i konserwacja instalacji elektrycznych": ["montaż instalacji elektrycznych", "konserwacja instalacji elektrycznych"],
    "obsługa kasy fiskalnej i terminala": ["obsługa kasy fiskalnej", "obsługa terminala"],
    "Mile widziana znajomość języka niemieckiego i prawo jazdy kat. B": ["języka niemieckiego", "prawo jazdy kat. B"],
    "Po ukończeniu kursu uczestnik będzie potrafił wypiekać chleb, ozdabiać torty i kalkulować koszty": [
        "wypiekać chleb",
        "ozdabiać torty",
        "kalkulować koszty",
    ],
    "ability to design and implement REST services, write unit tests": [
        "design REST services",
        "implement REST services",
        "write unit tests",
    ],
    "knowledge of Python, SQL and Excel": ["Python", "SQL", "Excel"],
    "obsługa Excela i Worda": ["obsługa Excela", "obsługa Worda"],
    "obsługa tokarki, prawo jazdy kat. B, język czeski": ["obsługa tokarki", "prawo jazdy kat. B", "język czeski"],
    "składowanie i wydawanie towarów": ["składowanie towarów", "wydawanie towarów"],
    "znajomość Excela, Worda oraz języka angielskiego": ["Excela", "Worda", "języka angielskiego"],
    "znajomość MS Office oraz języka angielskiego": ["MS Office", "języka angielskiego"],
    "umiejętność obsługi kasy i pakowania towaru": ["obsługi kasy", "pakowania towaru"],
    "dba o porządek i czystość na stanowisku": ["dba o porządek", "dba o czystość na stanowisku"],
    "prowadzenie spraw kadrowych, naliczanie wynagrodzeń oraz rozliczanie ZUS i podatków": [
        "prowadzenie spraw kadrowych",
        "naliczanie wynagrodzeń",
        "rozliczanie ZUS",
        "rozliczanie podatków",
    ],
    "zna zasady fotografii i techniki oświetlania planu": ["zasady fotografii", "techniki oświetlania planu"],
    "komunikatywność, rzetelność i punktualność": ["komunikatywność", "rzetelność", "punktualność"],
    "wymiana oleju, filtrów i klocków hamulcowych": ["wymiana oleju", "wymiana filtrów", "wymiana klocków hamulcowych"],
    "gotowość do pracy w systemie zmianowym oraz uczenia się nowych technologii": [
        "pracy w systemie zmianowym",
        "uczenia się nowych technologii",
    ],
    "zarządza zespołem i budżetem": ["zarządza zespołem", "zarządza budżetem"],
    "Słuchacz kursu umie przygotować, wydrukować i oprawić dokument": ["przygotować dokument", "wydrukować dokument", "oprawić dokument"],
    "znajomość przepisów prawa pracy, obsługa programu Płatnik i komunikatywność": [
        "przepisów prawa pracy",
        "obsługa programu Płatnik",
        "komunikatywność",
    ],
    "prawo jazdy mile widziane, znajomość miasta": ["prawo jazdy", "miasta"],
    "analiza danych sprzedażowych, przygotowywanie ofert; kontakt z klientami": [
        "analiza danych sprzedażowych",
        "przygotowywanie ofert",
        "kontakt z klientami",
    ],
    "doświadczenie w sprzedaży i obsłudze klienta": ["sprzedaży", "obsłudze klienta"],
    "experience in welding and assembly of steel frames": ["welding", "assembly of steel frames"],
    "projektuje bazy danych i interfejsy użytkownika, testuje je i dokumentuje": [
        "projektuje bazy danych",
        "projektuje interfejsy użytkownika",
        "testuje je",
        "dokumentuje",
    ],
    "planowanie pracy zespołu, kontrola jakości i rozliczanie czasu pracy": [
        "planowanie pracy zespołu",
        "kontrola jakości",
        "rozliczanie czasu pracy",
    ],
    "pielęgnuje rośliny doniczkowe i ogrodowe, przycina krzewy oraz kosi trawniki": [
        "pielęgnuje rośliny doniczkowe i ogrodowe",
        "przycina krzewy",
        "kosi trawniki",
    ],
    "potrafi czytać rysunek techniczny i schematy elektryczne": ["czytać rysunek techniczny", "czytać schematy elektryczne"],
    "pomiar temperatury, ciśnienia i wilgotności": ["pomiar temperatury", "pomiar ciśnienia", "pomiar wilgotności"],
    "zasady ruchu drogowego i przepisy celne": ["zasady ruchu drogowego", "przepisy celne"],
    "projektowanie wnętrz mieszkalnych i ogrodów": ["projektowanie wnętrz mieszkalnych", "projektowanie ogrodów"],
    "przygotowywanie dań zimnych i gorących oraz dekorowanie stołów": ["przygotowywanie dań zimnych i gorących", "dekorowanie stołów"],
    "Potrafi obsłużyć kasę, terminal i drukarkę fiskalną": ["obsłużyć kasę", "obsłużyć terminal", "obsłużyć drukarkę fiskalną"],
    "obsługa pacjentów i ich rodzin": ["obsługa pacjentów", "obsługa ich rodzin"],
    "zarządzanie projektami i zespołem": ["zarządzanie projektami", "zarządzanie zespołem"],
    "naprawa silników, skrzyń biegów i hamulców": ["naprawa silników", "naprawa skrzyń biegów", "naprawa hamulców"],
    "programuje sterowniki PLC i panele operatorskie": ["programuje sterowniki PLC", "programuje panele operatorskie"],
    "Absolwent kursu potrafi samodzielnie ułożyć płytki ceramiczne, zafugować je i przygotować podłoże": [
        "samodzielnie ułożyć płytki ceramiczne",
        "zafugować je",
        "przygotować podłoże",
    ],
    "Słuchacz umie obsługiwać wózek widłowy i wózek paletowy": ["obsługiwać wózek widłowy", "obsługiwać wózek paletowy"],
    "Jest gotów do pracy w zespole i ponoszenia odpowiedzialności za wyniki": ["pracy w zespole", "ponoszenia odpowiedzialności za wyniki"],
    "Biegła obsługa arkusza kalkulacyjnego i edytora tekstu": ["obsługa arkusza kalkulacyjnego", "obsługa edytora tekstu"],
    "Do zadań pracownika należy: koszenie trawy, grabienie liści i podlewanie kwiatów": [
        "koszenie trawy",
        "grabienie liści",
        "podlewanie kwiatów",
    ],
    "mile widziane: prawo jazdy kat. C, znajomość topografii miasta": ["prawo jazdy kat. C", "topografii miasta"],
    "knowledge of accounting; experience in payroll": ["accounting", "payroll"],
    "Mierzy 1,5 m tkaniny i kroi ją": ["Mierzy 1,5 m tkaniny", "kroi ją"],
    "sadzenie, przycinanie oraz nawożenie krzewów": ["sadzenie krzewów", "przycinanie krzewów", "nawożenie krzewów"],
    "zarządza ryzykiem (finansowym, walutowym i kredytowym) oraz płynnością": [
        "zarządza ryzykiem (finansowym, walutowym i kredytowym)",
        "zarządza płynnością",
    ],
    "piecze chleb. Smaży pączki. Lukruje torty.": ["piecze chleb", "Smaży pączki", "Lukruje torty"],
    "naprawia rowery, hulajnogi i wózki dziecięce": ["naprawia rowery", "naprawia hulajnogi", "naprawia wózki dziecięce"],
    "wymienia opony albo wyważa koła": ["wymienia opony", "wyważa koła"],
    "szyje i przerabia odzież, która wymaga poprawek i napraw": ["szyje odzież", "przerabia odzież, która wymaga poprawek i napraw"],
    "obsługuje program „Kadry i płace” oraz sporządza deklaracje": ["obsługuje program „Kadry i płace”", "sporządza deklaracje"],
    "montaż mebli, w tym szaf i łóżek, oraz transport do klienta": ["montaż mebli, w tym szaf i łóżek", "transport do klienta"],
    "pakowanie i etykietowanie": ["pakowanie", "etykietowanie"],
    "nadzór nad zespołem i sprzętem": ["nadzór nad zespołem", "nadzór nad sprzętem"],
    "odpowiada za terminowość dostaw i kompletność zamówień": ["terminowość dostaw", "kompletność zamówień"],
    "odpowiedzialność za stan magazynu i flotę pojazdów": ["stan magazynu", "flotę pojazdów"],
    "Potrafi napisać i uruchomić program": ["napisać program", "uruchomić program"],
    "tworzenie stron internetowych i sklepów": ["tworzenie stron internetowych", "tworzenie sklepów"],
    "przygotowuje posiłki, podaje do stołu oraz zmywa naczynia": ["przygotowuje posiłki", "podaje do stołu", "zmywa naczynia"],
    "ability to read drawings and assemble furniture": ["read drawings", "assemble furniture"],
    "wiedza o glebach i nawozach": ["glebach", "nawozach"],
    "wykształcenie średnie, prawo jazdy kat. B oraz książeczka sanepidu": [
        "wykształcenie średnie",
        "prawo jazdy kat. B",
        "książeczka sanepidu",
    ],
    "ocenia jakość surowca i decyduje o jego przyjęciu": ["ocenia jakość surowca", "decyduje o jego przyjęciu"],
    "pielęgnacja trawników i rabat": ["pielęgnacja trawników", "pielęgnacja rabat"],
    "uczestniczy w zebraniach i negocjacjach": ["uczestniczy w zebraniach", "uczestniczy w negocjacjach"],
    "potrafi zaplanować pracę zespołu oraz rozdzielić zadania między pracowników": [
        "zaplanować pracę zespołu",
        "rozdzielić zadania między pracowników",
    ],
    "Kandydat powinien znać przepisy ruchu drogowego i umieć czytać mapę": ["przepisy ruchu drogowego", "czytać mapę"],
    "potrafi: wystawić fakturę; przyjąć zwrot; naliczyć rabat": ["wystawić fakturę", "przyjąć zwrot", "naliczyć rabat"],
    "Po zakończeniu szkolenia uczestnik zna procedury reklamacyjne i potrafi rozmawiać z trudnym klientem": [
        "procedury reklamacyjne",
        "rozmawiać z trudnym klientem",
    ],
    "SPAWANIE KONSTRUKCJI I CIĘCIE BLACH": ["SPAWANIE KONSTRUKCJI", "CIĘCIE BLACH"],
}

ONE_CLAUSE = [
    "określanie potrzeb klienta i budżetu",
    "Student zna i rozumie zasady planowania i organizacji pracy",
    "ręczne i mechaniczne szlifowanie",
    "bardzo dobra znajomość Excela",
    "badania i rozwój nowych produktów",
    "przestrzega przepisów BHP i przeciwpożarowych",
    "spawanie metodą MAG i TIG",
    "zna metody badań i analizy danych",
    "Uczestnik szkolenia zna zasady udzielania pierwszej pomocy",
    "posiada wiedzę z zakresu żywienia niemowląt",
    "Wymagana umiejętność spawania metodą TIG",
    "min. 3 lata doświadczenia w montażu rusztowań",
    "co najmniej roczne doświadczenie w obsłudze recepcji",
    "Projektuje odzież damską, męską i dziecięcą",
    "szkolenie z zakresu zdrowia i bezpieczeństwa pracy",
    "prowadzi badania i rozwój nowych leków",
    "Zna i rozumie budowę silnika",
    "• mycie okien",
    "sprawdza, czy urządzenie działa i świeci",
    "liczy towar, korzystając z czytnika i wagi",
    "kontakt z klientem i dostawcą",
    "Required: driving licence",
    "3 years of experience in sales",
    "samodzielność i odpowiedzialność",
    "znajomość języka angielskiego i niemieckiego",
    "dobór narzędzi i parametrów obróbki",
    "Jest świadomy zagrożeń pożarowych",
    "chęć do nauki",
]

# text: the kind of its opener, and what it opens
OPENED: dict[str, tuple[str, str]] = {
    "Student zna i rozumie zasady planowania i organizacji pracy": ("knowledge", "zasady planowania i organizacji pracy"),
    "Mile widziana znajomość języka niemieckiego i prawo jazdy kat. B": ("wish", "języka niemieckiego i prawo jazdy kat. B"),
    "Po ukończeniu kursu uczestnik będzie potrafił wypiekać chleb, ozdabiać torty i kalkulować koszty": (
        "ability",
        "wypiekać chleb, ozdabiać torty i kalkulować koszty",
    ),
    "ability to design and implement REST services, write unit tests": ("ability", "design and implement REST services, write unit tests"),
    "knowledge of Python, SQL and Excel": ("knowledge", "Python, SQL and Excel"),
    "bardzo dobra znajomość Excela": ("knowledge", "Excela"),
    "znajomość Excela, Worda oraz języka angielskiego": ("knowledge", "Excela, Worda oraz języka angielskiego"),
    "znajomość MS Office oraz języka angielskiego": ("knowledge", "MS Office oraz języka angielskiego"),
    "umiejętność obsługi kasy i pakowania towaru": ("ability", "obsługi kasy i pakowania towaru"),
    "zna zasady fotografii i techniki oświetlania planu": ("knowledge", "zasady fotografii i techniki oświetlania planu"),
    "gotowość do pracy w systemie zmianowym oraz uczenia się nowych technologii": (
        "attitude",
        "pracy w systemie zmianowym oraz uczenia się nowych technologii",
    ),
    "Słuchacz kursu umie przygotować, wydrukować i oprawić dokument": ("ability", "przygotować, wydrukować i oprawić dokument"),
    "znajomość przepisów prawa pracy, obsługa programu Płatnik i komunikatywność": (
        "knowledge",
        "przepisów prawa pracy, obsługa programu Płatnik i komunikatywność",
    ),
    "doświadczenie w sprzedaży i obsłudze klienta": ("ability", "sprzedaży i obsłudze klienta"),
    "experience in welding and assembly of steel frames": ("ability", "welding and assembly of steel frames"),
    "potrafi czytać rysunek techniczny i schematy elektryczne": ("ability", "czytać rysunek techniczny i schematy elektryczne"),
    "zna metody badań i analizy danych": ("knowledge", "metody badań i analizy danych"),
    "Potrafi obsłużyć kasę, terminal i drukarkę fiskalną": ("ability", "obsłużyć kasę, terminal i drukarkę fiskalną"),
    "Absolwent kursu potrafi samodzielnie ułożyć płytki ceramiczne, zafugować je i przygotować podłoże": (
        "ability",
        "samodzielnie ułożyć płytki ceramiczne, zafugować je i przygotować podłoże",
    ),
    "Uczestnik szkolenia zna zasady udzielania pierwszej pomocy": ("knowledge", "zasady udzielania pierwszej pomocy"),
    "Słuchacz umie obsługiwać wózek widłowy i wózek paletowy": ("ability", "obsługiwać wózek widłowy i wózek paletowy"),
    "posiada wiedzę z zakresu żywienia niemowląt": ("knowledge", "żywienia niemowląt"),
    "Jest gotów do pracy w zespole i ponoszenia odpowiedzialności za wyniki": (
        "attitude",
        "pracy w zespole i ponoszenia odpowiedzialności za wyniki",
    ),
    "Wymagana umiejętność spawania metodą TIG": ("wish", "spawania metodą TIG"),
    "min. 3 lata doświadczenia w montażu rusztowań": ("ability", "montażu rusztowań"),
    "co najmniej roczne doświadczenie w obsłudze recepcji": ("ability", "obsłudze recepcji"),
    "Biegła obsługa arkusza kalkulacyjnego i edytora tekstu": ("ability", "obsługa arkusza kalkulacyjnego i edytora tekstu"),
    "Do zadań pracownika należy: koszenie trawy, grabienie liści i podlewanie kwiatów": (
        "task",
        "koszenie trawy, grabienie liści i podlewanie kwiatów",
    ),
    "mile widziane: prawo jazdy kat. C, znajomość topografii miasta": ("wish", "prawo jazdy kat. C, znajomość topografii miasta"),
    "knowledge of accounting; experience in payroll": ("knowledge", "accounting; experience in payroll"),
    "Zna i rozumie budowę silnika": ("knowledge", "budowę silnika"),
    "odpowiada za terminowość dostaw i kompletność zamówień": ("task", "terminowość dostaw i kompletność zamówień"),
    "odpowiedzialność za stan magazynu i flotę pojazdów": ("task", "stan magazynu i flotę pojazdów"),
    "Potrafi napisać i uruchomić program": ("ability", "napisać i uruchomić program"),
    "ability to read drawings and assemble furniture": ("ability", "read drawings and assemble furniture"),
    "Required: driving licence": ("wish", "driving licence"),
    "3 years of experience in sales": ("ability", "sales"),
    "wiedza o glebach i nawozach": ("knowledge", "glebach i nawozach"),
    "znajomość języka angielskiego i niemieckiego": ("knowledge", "języka angielskiego i niemieckiego"),
    "potrafi zaplanować pracę zespołu oraz rozdzielić zadania między pracowników": (
        "ability",
        "zaplanować pracę zespołu oraz rozdzielić zadania między pracowników",
    ),
    "Kandydat powinien znać przepisy ruchu drogowego i umieć czytać mapę": ("knowledge", "przepisy ruchu drogowego i umieć czytać mapę"),
    "potrafi: wystawić fakturę; przyjąć zwrot; naliczyć rabat": ("ability", "wystawić fakturę; przyjąć zwrot; naliczyć rabat"),
    "Po zakończeniu szkolenia uczestnik zna procedury reklamacyjne i potrafi rozmawiać z trudnym klientem": (
        "knowledge",
        "procedury reklamacyjne i potrafi rozmawiać z trudnym klientem",
    ),
    "Jest świadomy zagrożeń pożarowych": ("attitude", "zagrożeń pożarowych"),
    "chęć do nauki": ("attitude", "nauki"),
}


def mentions_of(text: str) -> list[Mention]:
    found = find_mentions(text, POLISH.analyse(text))
    return [found.whole, *found.parts]


@pytest.mark.parametrize("text", CLAUSES)
def test_clauses_are_found_in_order(text: str) -> None:
    """Verbs share objects, objects share heads, and openers are left out."""
    assert [part.text for part in mentions_of(text)[1:]] == CLAUSES[text]


@pytest.mark.parametrize("text", ONE_CLAUSE)
def test_what_is_one_or_in_doubt_is_not_cut(text: str) -> None:
    """Joined adjectives, idioms, names, lists in brackets, subordinate clauses and ambiguous genitives stay whole."""
    assert find_mentions(text, POLISH.analyse(text)).parts == ()


@pytest.mark.parametrize("text", OPENED)
def test_an_opener_is_stripped_and_told(text: str) -> None:
    """The whole begins where the text comes to the point; its opener is the first that has a kind."""
    whole = find_mentions(text, POLISH.analyse(text)).whole
    assert (whole.opener, whole.text) == OPENED[text]


def test_a_shared_object_has_its_own_span() -> None:
    """The spans of "dobiera urządzenia sieciowe" leave out the verb between."""
    text = "Student dobiera i konfiguruje urządzenia sieciowe"
    first = mentions_of(text)[1]
    assert [text[start:end] for start, end in first.spans] == ["dobiera", "urządzenia sieciowe"]


def test_clauses_inherit_the_opener_of_their_sentence() -> None:
    """An opener holds until another one, a finite verb or the end of the sentence."""
    text = "Uczestnik zna zasady BHP i rodzaje gaśnic, potrafi ugasić pożar, wezwać pomoc. Prowadzi ewakuację."
    openers = {part.text: part.opener for part in mentions_of(text)[1:]}
    assert openers == {
        "zasady BHP": "knowledge",
        "rodzaje gaśnic": "knowledge",
        "ugasić pożar": "ability",
        "wezwać pomoc": "ability",
        "Prowadzi ewakuację": None,
    }


def test_a_heading_opens_the_items_below_it() -> None:
    """An opener alone on its line belongs to what follows."""
    text = "Mile widziane:\n- prawo jazdy kat. C\n- szycie plandek"
    assert [(part.text, part.opener) for part in mentions_of(text)] == [
        ("prawo jazdy kat. C\n- szycie plandek", "wish"),
        ("prawo jazdy kat. C", "wish"),
        ("szycie plandek", "wish"),
    ]


def test_a_line_of_its_own_inherits_no_opener() -> None:
    """Without a heading, each line stands for itself."""
    assert [part.opener for part in mentions_of("umiejętność strzyżenia psów\nkursy groomerskie")[1:]] == ["ability", None]


@pytest.mark.parametrize("text", ["Wymagania:", "Student potrafi:", "znajomość", "umiejętności analityczne"])
def test_an_opener_with_nothing_behind_it_is_kept(text: str) -> None:
    """A text is never emptied."""
    assert find_mentions(text, POLISH.analyse(text)).whole.text == text.rstrip(":")


@pytest.mark.parametrize("text", ["", " \n ", "...", "😀", "\x00", "—"])
def test_nothing_has_no_clauses(text: str) -> None:
    """What holds no words comes back without parts."""
    assert find_mentions(text, POLISH.analyse(text)).parts == ()


def test_no_more_than_twelve_clauses() -> None:
    """Of a long list the first twelve are given."""
    assert len(mentions_of("; ".join(f"maluje obraz {number}" for number in range(40)))) == MAX_PARTS + 1


_PIECES = """dobiera|konfiguruje|urządzenia|sieciowe|obsługa|kasy|fiskalnej|terminala|montaż|naprawiać|dachów|Excela|SQL|zna i rozumie
    |potrafi|Student|mile widziane|znajomość|z|w
    |do|się|i|oraz|, a także|lub|jak również|,|;|:|.|-|•|(|)|„|”|"|1,5|2.|\n|\t|\u00a0|😀|<br>|\x00
    |\ud83d|z\u0307|który
    |takich jak|and|of|and write|the|kat. B|nowych|!|dla|in|knowledge of|Do obowiązków należy"""
PIECES = st.sampled_from(_PIECES.split("|"))


@pytest.mark.property
@settings(max_examples=400, deadline=None)
@given(
    st.lists(PIECES, max_size=40).map(" ".join) | st.lists(PIECES, max_size=25).map("".join) | st.text(st.characters(exclude_categories=()))
)
def test_spans_always_cut_the_mention_out_of_the_text(text: str) -> None:
    """Spans are ascending, not empty, within the text, and joined by a space they are the mention."""
    mentions = mentions_of(text)
    assert len(mentions) - 1 in (0, *range(2, MAX_PARTS + 1))
    for mention in mentions:
        places = [place for span in mention.spans for place in span]
        assert places == sorted(places)
        assert all(0 <= start < end <= len(text) for start, end in mention.spans)
        assert " ".join(text[start:end] for start, end in mention.spans) == mention.text == mention.text.strip()
    assert all(any(sign.isalpha() for sign in part.text) for part in mentions[1:])


@pytest.mark.property
@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES, max_size=40).map(" ".join))
def test_parts_lie_in_the_whole(text: str) -> None:
    """No part takes in what the whole leaves out as an opener."""
    whole, *parts = mentions_of(text)
    assert all(whole.spans[0][0] <= part.spans[0][0] and part.spans[-1][1] <= whole.spans[0][1] for part in parts)


@pytest.mark.parametrize(
    "text",
    [
        "," * 20_000,
        "a, " * 6_600,
        "(" * 20_000,
        '"' * 20_000,
        "pisze i " * 2_500,
        "(a „b " * 3_300,
        "dobra " * 3_300,
        "• x\n" * 5_000,
        "\x00😀" * 9_000,
    ],
    ids=["commas", "letters", "brackets", "quotes", "verbs", "unbalanced", "adjectives", "bullets", "signs"],
)
def test_hostile_texts_are_answered(text: str) -> None:
    """Enormous lists of nothing give at most twelve parts (the suite's own limit is the limit of time)."""
    assert len(mentions_of(text)) <= MAX_PARTS + 1
