"""Why the machine ties a text to a concept, or doubts it: codes that are stored, and the sentence of each."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType

from szlak.catalogue.messages import Message


class Reason(StrEnum):
    """What the linker saw, the most telling first. Codes are stored and published: they may be added to, never given another meaning."""

    ACCEPTED_ELSEWHERE = "accepted_elsewhere"
    REJECTED_ELSEWHERE = "rejected_elsewhere"
    IS_NAME = "is_name"
    NAME_IN_TEXT = "name_in_text"
    NAME_MEANT = "name_meant"
    MEANS_NEARLY = "means_nearly"
    BETTER_RIVAL = "better_rival"
    CLOSE_RIVAL = "close_rival"
    LOOSE = "loose"
    KIND_FITS = "kind_fits"
    LIKE_SENTENCE = "like_sentence"
    WORD_MISSED = "word_missed"
    WORDS_SHARED = "words_shared"
    KIND_DIFFERS = "kind_differs"
    TEXT_SAYS_MORE = "text_says_more"

    @property
    def is_doubt(self) -> bool:
        """Whether this speaks against the link."""
        return self in _DOUBTS


_DOUBTS = frozenset(
    {
        Reason.REJECTED_ELSEWHERE,
        Reason.BETTER_RIVAL,
        Reason.CLOSE_RIVAL,
        Reason.LOOSE,
        Reason.WORD_MISSED,
        Reason.KIND_DIFFERS,
        Reason.TEXT_SAYS_MORE,
    }
)

SENTENCES: Mapping[Reason, Message] = MappingProxyType(
    {
        Reason.ACCEPTED_ELSEWHERE: Message("People accepted the concept for the same text, here or elsewhere."),
        Reason.REJECTED_ELSEWHERE: Message("People decided against the concept for the same text, here or elsewhere."),
        Reason.IS_NAME: Message("The text, or a part of it, is one of the names of the concept."),
        Reason.NAME_IN_TEXT: Message("One of the names of the concept stands in the text, perhaps inflected."),
        Reason.NAME_MEANT: Message("The words of one of the names of the concept have counterparts in the text."),
        Reason.MEANS_NEARLY: Message("The text, or a part of it, is close in meaning to a name of the concept."),
        Reason.BETTER_RIVAL: Message("Another concept fits at least as well."),
        Reason.CLOSE_RIVAL: Message("Another concept fits nearly as well."),
        Reason.LOOSE: Message("Only a loose likeness speaks for the concept."),
        Reason.KIND_FITS: Message("The concept is of the kind that the text asks for: knowing or doing."),
        Reason.LIKE_SENTENCE: Message("The text is like one of our sentences that describe the concept."),
        Reason.WORD_MISSED: Message("An important word of the name of the concept has no close counterpart in the text."),
        Reason.WORDS_SHARED: Message("The text has most of the words of one of the names of the concept."),
        Reason.KIND_DIFFERS: Message("The text asks for knowing and the concept is doing, or the other way round."),
        Reason.TEXT_SAYS_MORE: Message("Much of what the text says is in none of the names of the concept."),
    }
)


def explain_reasons(reasons: Sequence[Reason]) -> tuple[Message, ...]:
    """Return the sentence of each reason, in the same order."""
    return tuple(SENTENCES[reason] for reason in reasons)
