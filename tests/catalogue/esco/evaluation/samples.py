"""Judged sentences and links in a few letters, for hand-computed figures."""

from collections.abc import Mapping, Sequence

from szlak.catalogue.esco.evaluation.gold import GoldSentence
from szlak.catalogue.model.linking import Link, LinkResult, LinkText, Zone


def sentence(grades: Mapping[str, float] | None = None, *, nil: bool = False, disputed: bool = False, **fields: str) -> GoldSentence:
    """Return a judged sentence; concepts are single letters."""
    return GoldSentence(
        identity=fields.get("identity", "1"),
        text=LinkText(text=fields.get("text", "zdanie")),
        grades=grades or {},
        nil=nil,
        nil_disputed=disputed,
        kind=fields.get("kind", ""),
        source=fields.get("source", ""),
    )


def result(*links: tuple[str, float], accepted: int = 0) -> LinkResult:
    """Return links of (concept, confidence), the first `accepted` of them taken."""
    made = tuple(
        Link(concept_uri=uri, label=uri, score=confidence, confidence=confidence, zone=Zone.ACCEPT if place < accepted else Zone.NOTHING)
        for place, (uri, confidence) in enumerate(links)
    )
    return LinkResult(links=made, nil=not accepted)


def ranked(uris: Sequence[str]) -> LinkResult:
    """Return links in this order, none taken."""
    return result(*((uri, 0.5) for uri in uris))
