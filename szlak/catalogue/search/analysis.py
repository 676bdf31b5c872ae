"""From text to words to look for: the same rule for documents and for queries.

A word counts as found when its lemma (or, for a gerund, its verb) or its surface form without diacritics is found. A word
typed without diacritics is also looked for under the lemmas of all words of the index that fold to it; if there is none and
it is no Polish word, under the lemmas of the Polish words that it becomes with diacritics.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, islice

from szlak.catalogue.polish import Polish, Word
from szlak.catalogue.polish.tokens import normalise
from szlak.catalogue.text import fold

MAX_WORDS = 50
"""Words of a query beyond these are not looked at."""

_ENGLISH_FUNCTION_WORDS = frozenset(("and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"))

_MARKED = {"a": "ą", "c": "ć", "e": "ę", "l": "ł", "n": "ń", "o": "ó", "s": "ś", "z": "źż"}
_MAX_MARKS = 4
_MAX_VARIANTS = 600  # looking them all up takes some milliseconds
_MAX_RESTORED_WORDS = 10

Restorations = Mapping[str, tuple[str, ...]]
"""Lemmas by a folded form that differs from the word it stands for ("ksiegowosci": "księgowość")."""


@dataclass(frozen=True)
class WordGroup:
    """One word as it is indexed, and as it is looked for: found where any of its lemmas or folded forms is."""

    lemmas: tuple[str, ...]
    folded: tuple[str, ...]


@dataclass(frozen=True)
class WordQuery:
    """The words of a query. `required` of them must be found in a document, in whichever fields."""

    groups: tuple[WordGroup, ...]
    required: int


@dataclass(frozen=True)
class AnalysedText:
    """A text ready for the index: tokens separated by spaces."""

    lemmas: str
    folded: str


class TextAnalysis:
    """Analyses texts for one build: keeps texts already seen (all offers of a credential share theirs) and the words met."""

    def __init__(self, polish: Polish) -> None:
        self._polish = polish
        self._texts: dict[str, AnalysedText] = {}
        self._words: dict[str, WordGroup] = {}
        self._restorations: defaultdict[str, set[str]] = defaultdict(set)

    def read(self, text: str) -> AnalysedText:
        """Return the lemmas and folded forms of a text."""
        found = self._texts.get(text)
        if found is None:
            found = self._texts[text] = self._analyse(text)
        return found

    def restorations(self) -> Restorations:
        """Return the lemmas of every word read so far that is written with diacritics, by its folded form and its lemma's."""
        return {folded: tuple(sorted(lemmas)) for folded, lemmas in sorted(self._restorations.items())}

    def _analyse(self, text: str) -> AnalysedText:
        words = [self._read_word(text[start:end], word) for start, end, word in self._polish.spans(text)]
        return AnalysedText(
            " ".join(lemma for word in words for lemma in word.lemmas),
            " ".join(form for word in words for form in word.folded),
        )

    def _read_word(self, token: str, word: Word) -> WordGroup:
        # A form has one lemma wherever it stands, and folding is the slow part of a build.
        found = self._words.get(token)
        if found is None:
            form = normalise(token)
            found = self._words[token] = WordGroup(_lemmas(word), _folded(form))
            self._remember(form, word)
        return found

    def _remember(self, form: str, word: Word) -> None:
        for written in {form, word.lemma}:
            if (plain := fold(written)) != written:
                self._restorations[plain].add(word.lemma)


def read_query(text: str, polish: Polish, restorations: Restorations) -> WordQuery:
    """Return the words to look for; signs are never an instruction, a repeated word counts once.

    Words that only join others ("i", "w", "dla") are left out unless there are no others. Up to two words must all be
    found, of more at least seven in ten.
    """
    words = [(normalise(text[start:end]), word) for start, end, word in polish.spans(text)][:MAX_WORDS]
    telling = [(form, word) for form, word in words if not word.is_function and form not in _ENGLISH_FUNCTION_WORDS]
    restored = _restore_words(dict(telling), polish, restorations)
    groups = tuple(dict.fromkeys(_group(form, word, restored.get(form, ())) for form, word in telling or words))
    return WordQuery(groups, required_words(len(groups)))


def required_words(count: int) -> int:
    """Return how many of `count` words a document must hold."""
    return count if count <= 2 else -(-7 * count // 10)


def _restore_words(words: Mapping[str, Word], polish: Polish, restorations: Restorations) -> Restorations:
    plain = {form: word for form, word in words.items() if fold(form) == form}
    # By its lemma too: "lukowego" reads as a form of "lukowy", which is what "łukowy" folds to.
    known = {form: (*restorations.get(form, ()), *restorations.get(word.lemma, ())) for form, word in plain.items()}
    strange = [form for form, word in plain.items() if not known[form] and word.pos == "X" and form.isalpha()]
    return known | {form: restore_diacritics(form, polish) for form in strange[:_MAX_RESTORED_WORDS]}


def restore_diacritics(form: str, polish: Polish) -> tuple[str, ...]:
    """Return the lemmas of the Polish words that a word becomes with up to four diacritics ("ksiegowych": "księgowy")."""
    variants = islice(_mark(form), _MAX_VARIANTS)
    return tuple(dict.fromkeys(lemma for variant in variants if _is_known(variant, polish) for lemma in polish.recall_lemmas(variant)))


def _mark(form: str) -> Iterator[str]:
    """Yield the word with one diacritic, then with two and more, in every way."""
    marks = [(at, marked) for at, letter in enumerate(form) for marked in _MARKED.get(letter, "")]
    for count in range(1, _MAX_MARKS + 1):
        for chosen in map(dict, combinations(marks, count)):
            if len(chosen) == count:
                yield "".join(chosen.get(at, letter) for at, letter in enumerate(form))


def _is_known(form: str, polish: Polish) -> bool:
    return all(word.pos != "X" for word in polish.words(form))


def _group(form: str, word: Word, restored: tuple[str, ...]) -> WordGroup:
    return WordGroup(tuple(dict.fromkeys((*_lemmas(word), *restored))), _folded(form))


def _lemmas(word: Word) -> tuple[str, ...]:
    return (word.lemma, word.verb) if word.verb else (word.lemma,)


def _folded(form: str) -> tuple[str, ...]:
    return tuple(fold(form).split())
