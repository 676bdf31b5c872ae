"""From a token to its lemma: readings from Morfeusz 2 (SGJP), one of them chosen by a fixed rule.

The rule takes no context, so a form always has the same lemma, here, in both search engines and in every thread. It was
measured at 96 to 98 % of words right (reference: search engine, B.2); forms it gets wrong stand in `exceptions`.
"""

import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import morfeusz2

from szlak.catalogue.polish.exceptions import LEMMAS
from szlak.catalogue.polish.tokens import normalise

ANALYSER_VERSION = f"polish-1+{morfeusz2.__version__}"

CACHED_FORMS = 200_000
"""Some 60 MB when full: the vocabulary of several million words of running Polish."""

_POS = {
    "subst": "NOUN", "depr": "NOUN", "ger": "NOUN",
    "adj": "ADJ", "adja": "ADJ", "adjp": "ADJ", "adjc": "ADJ", "pact": "ADJ", "ppas": "ADJ",
    "fin": "VERB", "praet": "VERB", "impt": "VERB", "imps": "VERB", "inf": "VERB", "bedzie": "VERB", "winien": "VERB",
    "pcon": "VERB", "pant": "VERB", "pred": "VERB", "aglt": "VERB",
    "adv": "ADV", "prep": "ADP", "conj": "CCONJ", "comp": "SCONJ", "part": "PART",
    "ppron12": "PRON", "ppron3": "PRON", "siebie": "PRON", "num": "NUM", "dig": "NUM", "interj": "INTJ",
}  # fmt: skip
_RANK = {"prep": 0, "conj": 0, "comp": 0, "part": 0, "ppron12": 0, "ppron3": 0, "siebie": 0}
_RANK |= dict.fromkeys(("fin", "praet", "inf", "bedzie", "winien", "pred", "num"), 1)
_RANK |= dict.fromkeys(("adj", "subst", "adv", "adjp"), 2)
_RANK |= dict.fromkeys(("ger", "ppas", "pact", "pcon", "pant", "imps", "impt", "adja"), 3)
_LAST_RANK = 4
_DECLINED = frozenset({"subst", "depr", "ger", "adj", "pact", "ppas"})
_TAG_WITH_CASE = 3
_NAMED_ITSELF = 0.9

_FUNCTION_POS = frozenset({"ADP", "CCONJ", "SCONJ", "PART", "PRON", "INTJ"})
_OLD_STYLES = ("arch.", "daw.", "przest.", "gwar.", "niepopr.", "wulg.", "indyw.", "rzad.")
_PERSONS_AND_PLACES = {"imię", "nazwisko", "nazwa_geograficzna", "człon_nazwy_geograficznej", "pseudonim", "przydomek"}


class Word(NamedTuple):
    """A word as analysed. `verb` is the verb of a gerund ("zarządzanie": "zarządzać"), otherwise None; `pos` is a UD part of speech.

    `tag` is a class of Morfeusz ("fin", "inf", "subst", "ger" where a noun can be one), then the numbers and cases that the form
    can have as that part of speech: "subst pl.acc pl.nom pl.voc sg.gen". Empty for what Morfeusz does not know.
    """

    lemma: str
    pos: str
    verb: str | None = None
    tag: str = ""

    @property
    def folded(self) -> str:
        """The lemma with gerunds read as their verbs, so that doing and the name of the deed are one."""
        return self.verb or self.lemma

    @property
    def is_function(self) -> bool:
        """Whether it only joins other words (a preposition, conjunction, particle, pronoun)."""
        return self.pos in _FUNCTION_POS


@dataclass(frozen=True)
class _Reading:
    lemma: str
    tag: str
    disfavoured: bool

    @property
    def pos(self) -> str:
        return self.tag.partition(":")[0]

    @property
    def cases(self) -> list[str]:
        """Number and case, such as "sg.gen"; none for what has no case. A gerund's plural, formal only, is left out."""
        parts = self.tag.split(":")
        if parts[0] not in _DECLINED or len(parts) < _TAG_WITH_CASE or (parts[0] == "ger" and parts[1] == "pl"):
            return []
        return [f"{number}.{case}" for number in parts[1].split(".") for case in parts[2].split(".")]


def _tie(reading: _Reading, form: str) -> tuple[bool, int, str]:
    """Order equal readings: a field before the person in it ("grafiki": grafika), then the shortest, then by alphabet."""
    field = form.endswith(("iki", "yki")) and reading.lemma.endswith("ka")
    return not field, len(reading.lemma), reading.lemma


def _tag(pos: str, readings: Sequence[_Reading], chosen: str = "") -> str:
    """Return the tag of a word read as `pos`; see `Word`."""
    fitting = [reading for reading in readings if _POS.get(reading.pos) == pos]
    fitting = [reading for reading in fitting if not reading.disfavoured] or fitting
    classes = sorted({reading.pos for reading in fitting})
    name = "ger" if "ger" in classes else chosen or next(iter(classes), "")
    return sys.intern(" ".join([name, *sorted({case for reading in fitting for case in reading.cases})]))


class Lemmatiser:
    """Looks words up; safe to share between threads: Morfeusz itself is not, so each thread gets its own."""

    def __init__(self) -> None:
        self._own = threading.local()
        self.read = lru_cache(maxsize=CACHED_FORMS)(self._read)

    def _read(self, token: str) -> Word | None:
        form = normalise(token)
        if not form:
            return None
        if form in LEMMAS:
            lemma, pos = LEMMAS[form]
            return Word(lemma, pos, tag=_tag(pos, self._readings(form)))
        readings = self._readings(form)
        if not readings:
            return Word(form, "NUM" if form[0].isdigit() else "X")
        chosen = min(readings, key=lambda reading: (self._rank(reading, form), *_tie(reading, form)))
        verbs = sorted(reading.lemma for reading in readings if reading.pos == "ger")
        pos = _POS.get(chosen.pos, "X")
        return Word(chosen.lemma, pos, verbs[0] if verbs and pos == "NOUN" else None, _tag(pos, readings, chosen.pos))

    def _readings(self, form: str) -> list[_Reading]:
        """Return the readings of the whole form, or of its first part where it falls into several ("zrobił" + "em")."""
        edges = [edge for edge in self._morfeusz().analyse(form) if edge[0] == 0 and edge[2][2] != "ign"]
        longest = max((edge[1] for edge in edges), default=0)
        return [
            _Reading(
                lemma.partition(":")[0].lower() or form,
                tag,
                any(style.startswith(_OLD_STYLES) for style in styles) or not _PERSONS_AND_PLACES.isdisjoint(names),
            )
            for _, end, (_, lemma, tag, names, styles) in edges
            if end == longest and not tag.startswith(("brev", "frag", "romandig", "interp"))
        ]

    def _rank(self, reading: _Reading, form: str) -> float:
        rank: float = _RANK.get(reading.pos, _LAST_RANK)
        if reading.tag.endswith(":pt"):
            rank += 0.5
        if reading.pos in ("subst", "depr") and self._reads_as_adjective(reading.lemma):
            rank += 0.25
        if reading.lemma == form and rank == _RANK["subst"]:
            rank = _NAMED_ITSELF  # "opieka" is care before it is "she roasts"
        return rank + (10 if reading.disfavoured else 0)

    def _reads_as_adjective(self, lemma: str) -> bool:
        return any(edge[2][2].startswith("adj:") for edge in self._morfeusz().analyse(lemma))

    def _morfeusz(self) -> morfeusz2.Morfeusz:
        if not hasattr(self._own, "morfeusz"):
            self._own.morfeusz = morfeusz2.Morfeusz(generate=False)
        return self._own.morfeusz
