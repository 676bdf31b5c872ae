"""Why a credential is in a list of results: the first place where a word of it begins as a word that was typed."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from szlak.catalogue.messages import Message
from szlak.catalogue.services.find import CredentialItem
from szlak.catalogue.text import fold
from szlak.ui.skills import SkillView

_WORD = re.compile(r"[^\W_]+")
_SHORTEST = 3
# Polish endings are seldom longer; a shorter beginning would fit words that have nothing in common.
_ENDING, _SHORTEST_BEGINNING = 2, 4


@dataclass(frozen=True)
class _Place:
    where: Message
    text: str


def find_reason(text: str, item: CredentialItem, skills: Iterable[SkillView]) -> Message | None:
    """Return where the first fitting word stands, or None: then the index knows better than this page can say."""
    beginnings = tuple(_beginnings(text))
    for place in _places(item, skills):
        for word in _WORD.findall(place.text):
            if any(fold(word).startswith(beginning) for beginning in beginnings):
                return Message("“{word}” is in {place}.", {"word": word, "place": place.where})
    return None


def _beginnings(text: str) -> Iterator[str]:
    for word in _WORD.findall(fold(text)):
        if len(word) >= _SHORTEST:
            yield word[: max(min(len(word), _SHORTEST_BEGINNING), len(word) - _ENDING)]


def _places(item: CredentialItem, skills: Iterable[SkillView]) -> Iterator[_Place]:
    credential = item.credential
    yield from (_Place(Message("the title"), text) for text in credential.title.values())
    yield from (_Place(Message("a skill taught"), skill.name) for skill in skills)
    yield from (_Place(Message("a learning outcome"), text) for outcome in credential.outcomes for text in outcome.text.values())
    yield _Place(Message("the provider's name"), credential.provider.name)
    yield from (_Place(Message("the description"), text) for text in (credential.description or {}).values())
