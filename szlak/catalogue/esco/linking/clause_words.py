"""Words that the cutting of clauses must know: deeds, general heads, what stays together, what governs which case."""

_ACTIONS = """
administracja adaptacja aktualizacja analiza animacja archiwizacja aranżacja asysta automatyzacja budowa demontaż dezynfekcja
diagnostyka diagnoza dystrybucja dbałość dozór dobór edycja eksploatacja ewaluacja ewidencja hodowla identyfikacja implementacja
impregnacja inspekcja integracja interpretacja inwentaryzacja kalibracja kalkulacja klasyfikacja koordynacja kompletacja
konfiguracja konserwacja kontrola koordynowanie korekta likwidacja modernizacja monitoring montaż nadzór naprawa obróbka obsługa
ocena ochrona odbiór opieka optymalizacja organizacja pielęgnacja pomiar pomoc prezentacja produkcja prognoza promocja przebudowa
przegląd realizacja redakcja regulacja rejestracja rekrutacja remont renowacja rozbudowa rozładunek segregacja selekcja serwis
sprzedaż sterylizacja transport troska uczestnictwo udział uprawa utylizacja weryfikacja windykacja współpraca współudział wycena
wyładunek wymiana wysyłka zakup załadunek zbiór zwalczanie praca
"""
ACTIONS = frozenset(_ACTIONS.split())
"""Nouns that name a deed beside the gerunds: they take an object and may share one ("montaż i konserwacja instalacji")."""

SELF_CONTAINED = frozenset(
    {"sprzedaż", "praca", "współpraca", "transport", "produkcja", "promocja", "rekrutacja", "administracja", "serwis"}
)
"""Deeds that need no object: "sprzedaż i obsługa klienta" is not "sprzedaż klienta"."""

_THINGS = """
badanie działanie danie doświadczenie mieszkanie narzędzie ogłoszenie ogrodzenie oprogramowanie pismo pomieszczenie prawo pytanie
rozporządzenie rozwiązanie schorzenie środowisko świadczenie ubezpieczenie ubranie uprawnienie urządzenie wydarzenie wykształcenie
wymaganie wynagrodzenie wyposażenie zadanie zagadnienie zagrożenie zamówienie zdanie zdarzenie zezwolenie zjawisko zlecenie
zobowiązanie zwierzę pojęcie zastosowanie znaczenie ograniczenie ciśnienie napięcie odzienie obciążenie schodzenie oświetlenie
ogrzewanie nagranie zdjęcie polecenie przedsięwzięcie posiedzenie zebranie położenie
"""
THINGS = frozenset(_THINGS.split())
"""Gerunds by form that name things."""

_TOPICS = """
budowa cecha funkcja idea kryterium metoda model możliwość norma podstawa pojęcie procedura proces przepis reguła rodzaj rola
sposób standard struktura system technika technologia teoria typ właściwość wymóg zasada zagadnienie zagrożenie zastosowanie zjawisko
istota mechanizm instrument narzędzie etap koncepcja algorytm znaczenie styl wskaźnik
"""
TOPICS = frozenset(_TOPICS.split())
"""Heads that say of what kind knowledge is: "zasady ... i metody ..." are two of one kind, whatever stands between."""

IDIOMS = frozenset(
    tuple(pair.split())
    for pair in """
    badanie rozwój;zdrowie życie;zdrowie bezpieczeństwo;bezpieczeństwo higiena;kadra płaca;kadry płace;popyt podaż;wiedza umiejętność
    zysk strata;prawda fałsz;handel usługa;nauka technika;instalacja klimatyzacja;plus minus;mały średni;średni mały;czas miejsce
    strata zysk;winien ma;kultura sztuka;matka dziecko;lista płaca;wzrost rozwój;ląd morze;dzień noc;podaż popyt;ład porządek
    kobieta mężczyzna;wzlot upadek;przyczyna skutek;prawo obowiązek;wada zaleta;szansa zagrożenie;mocny słaby;flora fauna;teoria praktyka
    research development;health safety;terms conditions;supply demand;profit loss;trial error;arts crafts;food beverage;pros cons
    """.replace("\n", ";").split(";")
    if pair.split()
)
"""What stays one around its conjunction, by lemmas or lower-case forms."""

CONJUNCTIONS = frozenset({"i", "oraz", "lub", "albo", "bądź", "czy", "ewentualnie", "and", "or", "i/lub", "and/or"})
STRONG = frozenset({("a", "także"), ("a", "następnie"), ("a", "ponadto"), ("jak", "również"), ("as", "well"), ("a", "też")})
"""Two-word conjunctions."""

_SUBORDINATORS = """
aby żeby by że jak jakie jaki jaka który która które którzy gdzie kiedy gdy jeśli jeżeli ponieważ gdyż czy co czym kto czyli tj tj.
np np. tzn tzn. m.in m.in. itp itp. itd itd. zwłaszcza szczególnie łącznie włącznie głównie tak że więc lecz ale jednak natomiast
zgodnie zarówno jako niż niezależnie włączając including such e.g i.e which that who where when how whether
"""
SUBORDINATORS = frozenset(_SUBORDINATORS.split())
"""After these the sentence explains or depends, and what is joined there is no clause of its own."""

MISREAD: dict[str, str] = {
    "prawo": "subst sg.acc sg.nom",
    "prace": "subst pl.acc pl.nom",
    "metadane": "subst pl.acc pl.nom",
    "dobra": "adj sg.nom",
}
"""Tags of nouns and adjectives that are read as something else (an adverb, a verb)."""

GOVERNED: dict[str, str] = {
    "w": "loc acc", "we": "loc acc", "z": "gen inst", "ze": "gen inst", "na": "acc loc", "do": "gen", "od": "gen", "o": "acc loc",
    "po": "loc acc", "przy": "loc", "za": "inst acc", "pod": "inst acc", "nad": "inst acc", "przed": "inst acc", "dla": "gen",
    "przez": "acc", "bez": "gen", "między": "inst", "wobec": "gen", "według": "gen", "wg": "gen", "podczas": "gen", "u": "gen",
}  # fmt: skip
"""Cases after prepositions."""

ENGLISH = frozenset({"and", "of", "the", "with", "for", "or", "to", "using"})
_ENGLISH_VERBS = """
analyse analyze apply assemble assess build calculate check choose clean communicate configure control coordinate create define
deliver deploy describe design develop diagnose document draw evaluate explain identify implement inspect install interpret
maintain manage measure monitor negotiate operate optimise optimize organise organize plan prepare present program programme
promote provide read recognise recognize repair report select sell support teach test train translate troubleshoot use verify write
"""
ENGLISH_VERBS = frozenset(_ENGLISH_VERBS.split())
