"""The words with which outcomes, duties and requirements open before they come to the point, and how they are found.

Templates name words by lemma or, where that is plainer or the language English, by lower-case form; in both cases `?`, `*`, `|` and
brackets are those of regular expressions. ADJ, PRON and NUM are any word of that part of speech. What stands after `>` must come
next and is not taken: ANY word, a NOUN phrase, a VERB, an infinitive (INF), or the words that are named.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Literal

OpenerKind = Literal["knowledge", "ability", "attitude", "task", "wish"]

Kind = OpenerKind | Literal["plain"]
"""Plain openers tell nothing: "Absolwent kursu"."""

OPENING_WORDS = 24
"""Openers are looked for in this many words."""

_ROUNDS = 4  # "Absolwent kursu" + "będzie potrafił"; "Mile widziana" + "znajomość" + ...
_COURSE = "(kurs|szkolenie|studia|przedmiot|zajęcia|moduł|warsztat|program|praktyka)"
_PERSON = "(student|studentka|słuchacz|słuchaczka|uczestnik|uczestniczka|absolwent|absolwentka|kandydat|kandydatka|uczeń|kursant|osoba)"
_GRADE = (
    "(bardzo|dobry|dobra|biegły|biec|podstawowy|praktyczny|płynny|sprawny|ogólny|wysoki|szeroki|zaawansowany|komunikatywny|swobodny"
    "|teoretyczny|niezbędny|odpowiedni|gruntowny|świetny|doskonały|pogłębiony|rozległy|specjalistyczny)"
)
_SCOPE = "(z (zakres|obszar|dziedzina)|w (zakres|obszar|dziedzina)|dotyczyć|na temat|o)"
_MORE = "(również|także|też|dodatkowo)"
_HAVE = "(mieć|posiadać|posiadanie|uzyskać|uzyskanie|zdobyć|zdobycie|nabyć|nabycie|pozyskanie|poszerzenie|uporządkowanie)"
_AT_LEAST = "(min|min.|minimum|co najmniej|przynajmniej|powyżej|ponad)"

OPENERS: dict[Kind, tuple[str, ...]] = {
    "plain": (
        f"(po|w) (ukończenie|zakończenie|odbycie|zaliczenie|trakt|wynik|rama) ADJ? {_COURSE} ADJ? ,? > ANY",
        f"{_PERSON} (uczyć się)? {_COURSE}? ADJ? (powinien|musieć|na koniec {_COURSE})? > VERB",
    ),
    "knowledge": (
        "być? (znać|rozumieć|wiedzieć) ((i|oraz|,) (znać|rozumieć))? ,? > ANY",
        f"{_HAVE} {_MORE}? (ADJ|bardzo)* (wiedza|znajomość) ((i|oraz) ADJ* (umiejętność|doświadczenie))? {_SCOPE} > ANY",
        f"{_HAVE} {_MORE}? (ADJ|bardzo)* (wiedza|znajomość) ((i|oraz) ADJ* (umiejętność|doświadczenie))? > NOUN",
        f"{_GRADE}* znajomość {_SCOPE} > ANY",
        f"{_GRADE}* znajomość > ANY",
        f"{_GRADE}* wiedza ((i|oraz) ADJ* (umiejętność|doświadczenie))? {_SCOPE} > ANY",
        f"({_COURSE} mieć na cel)? (zapoznać|zapoznanie) (słuchacz|uczestnik|student) z > ANY",
        f"{_PERSON}? dowiedzieć się (, jak|o)? > ANY",
        "(a|an|the|good|strong|solid|basic|very|excellent|working|practical|in-depth)* (knowledge|understanding|command) of > ANY",
        "(familiarity|familiar) with > ANY",
        "(knows|understands) (and (knows|understands))? > ANY",
    ),
    "ability": (
        "być? (potrafić|umieć) > ANY",
        "(być|czuć się) w stan > INF",
        "być zdolny do > ANY",
        "zdolność do > ANY",
        f"{_HAVE} {_MORE}? (ADJ|bardzo)* umiejętność (ADJ* {_SCOPE} > ANY| > NOUN)",
        f"{_GRADE}* umiejętność ({_SCOPE} > ANY| > NOUN)",
        f"{_GRADE}+ > (obsługa|posługiwać|posługiwanie|korzystać|korzystanie|obsługiwać|obsługiwanie)",
        f"{_HAVE}? {_AT_LEAST}? (NUM (- NUM)? (-? letni|rok|miesiąc)|ADJ)* ADJ* (doświadczenie|praktyka|staż) ADJ*"
        " (w|we|przy|z) (praca (w|we|przy|z))? (zakres|obszar)? > ANY",
        "ADJ* doświadczenie ADJ* na ADJ? stanowisko (związany z)? > ANY",
        "((student|graduate|learner|participant)? (can|is able to|will be able to)|ability to|able to) > ANY",
        "(good|strong|excellent|proven|basic)* (skill|skills|proficiency|proficient) (in|with) > ANY",
        r"(at|least|min|minimum|NUM|\+|years|year|of|proven|previous|hands-on|commercial|professional|practical)*"
        " (experience|experienced) (in|with|of) (working with|using)? > ANY",
    ),
    "attitude": (
        "być (gotowy|gotów|gotowość|przygotować) (do|na) (to , (aby|żeby|by))? > ANY",
        "(wykazywać|mieć|przejawiać)? (gotowość|chęć) do (to , (aby|żeby|by))? > ANY",
        "być (świadomy|świadom) > ANY",
        "mieć świadomość > ANY",
        "(is|be)? (ready|willing|willingness) to > ANY",
    ),
    "task": (
        "do (ADJ|PRON)* (obowiązek|zadanie) (PRON|pracownik|osoba|kandydat|na|ten|ADJ|stanowisko)* być? należeć"
        " być? (m.in|między inny|w szczególność|głównie)? :? > ANY",
        "(ADJ|PRON)* ((zakres|lista) (obowiązek|zadanie)|obowiązek|zadanie) (ADJ|PRON)* : > ANY",
        "być? (odpowiadać|odpowiedzialny) być? za :? > ANY",
        "odpowiedzialność za > ANY",
        "być? zajmować się > ANY",
        "(you will be)? responsible for > ANY",
        "your? (responsibilities|duties|tasks) (include|are)? :? > ANY",
    ),
    "wish": (
        f"{_MORE}? (mile|dobrze) widzieć być? {_MORE}? :? > ANY",
        f"ADJ? (atut|plus) być {_MORE}? :? > ANY",
        "być ADJ? (atut|plus) :? > ANY",
        "dodatkowo cenić :? > ANY",
        f"(bezwzględnie|koniecznie)? (wymagany|wymagać|konieczny|oczekiwać|oczekiwany|preferować|pożądany) być? {_MORE}? :? > ANY",
        "(nasz|inny|dodatkowy)? (wymaganie|oczekiwanie) (konieczny|niezbędny|formalny|dodatkowy)? :? > ANY",
        "((nice|good) to have|must have|preferred|required|requirements|we expect) :? > ANY",
    ),
}  # fmt: skip

TAILS = (
    "(mile|dobrze) widzieć być?", "być ADJ? (atut|plus|zaleta)", "ADJ? (atut|plus) być", "być? (wymagać|wymagany|pożądany)",
    "is? (required|preferred|a plus|an asset)", "nice to have",
)  # fmt: skip
"""With these an item of a list ends: "znajomość programu magazynowego mile widziana"."""

_TELLING_WORDS = 12
_FIELDS = 3
_COMMON = """
i oraz o z w we przy na po do za że aby żeby by się jak to co być czuć mieć bardzo praca rok miesiąc stanowisko nasz inny dodatkowy zakres
obsługa posługiwać posługiwanie korzystać korzystanie obsługiwać obsługiwanie temat obszar dziedzina stan is a an the of with in at to least
be have are and you your will good years year like strong using working long między m.in szczególność głównie pracownik kurs szkolenie
program praktyczny związany ten also także również też cel mina min letni minimum
"""

_AHEAD = {
    "ANY": "(?=(?:[^¦]*=PUNCT¦)*[^¦]*=(?!PUNCT)[A-Z]+¦)",
    "INF": "(?=[^¦]*=INF¦)",
    "VERB": "(?=(?:[^¦]*=(?:ADV|PART)¦)*[^¦]*=(?:VERB|INF)¦)",
    "NOUN": "(?=(?:[^¦]*=(?:ADV|ADJ)¦){0,3}[^¦]*=(?:NOUN|X)¦)(?![^¦]*=ADJ¦(?:$|[^¦]*=PUNCT¦|=(?:i|oraz|lub)=))",
}
_PARTS = re.compile(r"> ?\([^()]*\)|> ?[A-Z]+|[^\s()|?*+>]+|\\\+|.")


def write_words(words: Sequence[tuple[str, str, str]]) -> list[str]:
    """Return each (lemma, lower-case form, part of speech; infinitives INF) as the patterns here read it."""
    return [f"={lemma}={form}={pos}¦" for lemma, form, pos in words]


def find_opener(written: Sequence[str]) -> tuple[int, OpenerKind | None]:
    """Return how many of the words are openers, and the kind of the first that has one; 0 where nothing else were left."""
    done, kind = 0, None
    for _ in range(_ROUNDS):
        told = {name for word in written[done : done + _TELLING_WORDS] for name in _told_by(word)}
        window = "".join(written[done : done + OPENING_WORDS]) if told else ""
        found = next(((name, match) for name in OPENERS if name in told and (match := _opener(name).match(window))), None)
        if found is None:
            break
        name, match = found
        done += match.group().count("¦")
        kind = kind or (None if name == "plain" else name)
    return done, kind


def find_tail(written: Sequence[str]) -> int:
    """Return how many of the last words say only that the rest is asked for."""
    if not any(map(_told_by, written[-3:])):
        return 0
    found = _tails().search("".join(written[-4:]))
    return found.group().count("¦") if found else 0


@lru_cache(maxsize=50_000)
def _told_by(word: str) -> tuple[Kind, ...]:
    """Return the kinds of openers, tails included, in which a word stands: it spares most texts the search."""
    _, lemma, form, _ = word.rsplit("=", 3) if word.count("=") >= _FIELDS else ("", "", "", "")
    return tuple(kind for kind in OPENERS if not {lemma, form}.isdisjoint(_telling_words(kind)))


@cache
def _telling_words(kind: Kind) -> frozenset[str]:
    templates = " ".join((*OPENERS[kind], *(TAILS if kind == "wish" else ())))
    return frozenset(re.findall(r"[^\W\d_][\w.-]*", templates)) - set(_COMMON.split())


@cache
def _opener(kind: Kind) -> re.Pattern[str]:
    return re.compile("|".join(map(_compile, OPENERS[kind])))


@cache
def _tails() -> re.Pattern[str]:
    return re.compile(f"(?:^|(?<=¦))(?:{'|'.join(map(_compile, TAILS))})$")


def _compile(template: str) -> str:
    return "".join(_compile_part(found.group()) for found in _PARTS.finditer(template))


def _compile_part(part: str) -> str:
    if part.startswith(">"):
        ahead = part[1:].strip()
        return _AHEAD.get(ahead) or f"(?={_compile(ahead)})"
    if part == "(":
        return "(?:"
    if part in ")|?*+":
        return part
    if part in ("ADJ", "PRON", "NUM"):
        return f"(?:[^¦]*={part}¦)"
    return "" if part.isspace() else rf"(?:=(?:[^=¦]*=)?{part if part[0] == chr(92) else re.escape(part)}=[^¦]*¦)"
