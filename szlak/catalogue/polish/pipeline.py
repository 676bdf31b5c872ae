"""The spaCy pipeline for Polish, and the quick path beside it that gives the same lemmas without building documents."""

import re
import threading
from collections.abc import Iterable, Iterator

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from szlak.catalogue.polish.lemmas import Lemmatiser, Word
from szlak.catalogue.polish.tokens import TOKEN, iter_tokens

COMPONENT = "szlak_morfeusz"
_SURROGATES = re.compile("[\ud800-\udfff]")


@Language.factory(COMPONENT, assigns=["token.lemma", "token.pos", "token.tag"])
def make_morfeusz_component(nlp: Language, name: str) -> "MorfeuszComponent":
    """Make the component that spaCy knows by the name `szlak_morfeusz`."""
    return MorfeuszComponent()


class MorfeuszComponent:
    """Sets `lemma_`, `pos_` and `tag_` (`Word.tag`) of every token.

    Lemmas are folded to verbs nowhere here: matchers see the chosen lemma.
    """

    def __init__(self) -> None:
        self.lemmatiser = Lemmatiser()

    def __call__(self, doc: Doc) -> Doc:
        """Analyse a document in place."""
        for token in doc:
            word = self.lemmatiser.read(token.text)
            token.lemma_ = word.lemma if word else token.text
            token.pos_ = word.pos if word else "SPACE" if token.is_space else "PUNCT"
            token.tag_ = word.tag if word else ""
        return doc


class PolishTokenizer:
    """Cuts a text for spaCy by the rule of `tokens`; `doc.text` is the text, and `token.idx` its offset there."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Return the document; half a surrogate pair, which spaCy cannot hold, becomes U+FFFD (one code point for one)."""
        words: list[str] = []
        spaces: list[bool] = []
        for _, token in iter_tokens(_SURROGATES.sub("\ufffd", text)):
            if token.startswith(" ") and spaces and not spaces[-1] and not words[-1].isspace():
                spaces[-1], token = True, token[1:]
            if token:
                words.append(token)
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)


class Polish:
    """Polish analysis. Safe to share between threads; the same text always gets the same lemmas."""

    def __init__(self) -> None:
        self._nlp = spacy.blank("pl")
        self._nlp.tokenizer = PolishTokenizer(self._nlp.vocab)
        self._nlp.add_pipe("sentencizer")
        component = self._nlp.add_pipe(COMPONENT)
        assert isinstance(component, MorfeuszComponent)  # noqa: S101 - our own factory
        self._read = component.lemmatiser.read
        self._lock = threading.Lock()

    @property
    def vocab(self) -> Vocab:
        """The vocabulary that matchers over these documents share."""
        return self._nlp.vocab

    def analyse(self, text: str) -> Doc:
        """Return the text as a spaCy document with lemmas, parts of speech and sentences."""
        with self._lock:  # spaCy's string store is written to while a document is made
            return self._nlp.get_pipe(COMPONENT)(self._nlp.get_pipe("sentencizer")(self._nlp.make_doc(text)))

    def analyse_many(self, texts: Iterable[str]) -> Iterator[Doc]:
        """Yield the document of each text."""
        for text in texts:
            yield self.analyse(text)

    def words(self, text: str) -> tuple[Word, ...]:
        """Return the words of a text in order, without punctuation and white space."""
        read = self._read
        return tuple(word for token in TOKEN.findall(text) if not token.isspace() and (word := read(token)))

    def spans(self, text: str) -> tuple[tuple[int, int, Word], ...]:
        """Return the words with their `[start, end)` in code points of the text as received."""
        found = ((start, token, self._read(token)) for start, token in iter_tokens(text) if not token.isspace())
        return tuple((start, start + len(token), word) for start, token, word in found if word)

    def lemmas(self, text: str) -> tuple[str, ...]:
        """Return the lemmas of a text in order, lower-cased; prepositions and the like are kept, punctuation is not."""
        return tuple(word.lemma for word in self.words(text))

    def recall_lemmas(self, text: str) -> tuple[str, ...]:
        """Return the lemmas, each gerund followed by its verb: what to index and search by where nothing should be missed."""
        return tuple(lemma for word in self.words(text) for lemma in ((word.lemma, word.verb) if word.verb else (word.lemma,)) if lemma)
