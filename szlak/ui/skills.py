"""Skills as pages show them: the name to show, whose name it is, and how sure the link is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from szlak.catalogue.messages import Message
from szlak.catalogue.model.catalogue import OutcomeLink
from szlak.catalogue.model.reasons import Reason
from szlak.catalogue.model.taxonomy import Label, LabelOrigin
from szlak.catalogue.services.find import Find
from szlak.ui.words import certainty_key, say_certainty

ESCO = "ESCO"
_OWNERS: Mapping[LabelOrigin, Message] = {
    LabelOrigin.OURS: Message("Szlak's own name"),
    LabelOrigin.ALIGNED: Message("a name of ESCO, assigned by Szlak"),
}


@dataclass(frozen=True, kw_only=True)
class SkillView:
    """A linked skill. `lang` is named where the name is not in the page's language; `owner` where the name is not ESCO's own.

    `reasons` are what the machine saw, whoever has the last word about the link.
    """

    uri: str
    name: str
    lang: str | None
    owner: Message | None
    certainty: Message
    certainty_key: str
    reasons: tuple[Reason, ...] = ()


def show_link(link: OutcomeLink, find: Find, lang: str) -> SkillView:
    """Return a link as a skill to show; a target that the taxonomy does not know is named by its URI."""
    label = find.label(link.target, lang) if link.framework == ESCO else None
    return SkillView(
        uri=link.target,
        name=label.text if label else link.target,
        lang=label.lang if label and label.lang != lang else None,
        owner=owner_of(label),
        certainty=say_certainty(link),
        certainty_key=certainty_key(link),
        reasons=link.reasons,
    )


def owner_of(label: Label | None) -> Message | None:
    """Return whose name a label is, or None for one of ESCO's own."""
    return _OWNERS.get(label.origin) if label else None


def best_links(links: Mapping[str, tuple[OutcomeLink, ...]], most: int) -> tuple[OutcomeLink, ...]:
    """Return the most certain links of all outcomes, each concept once: people first, then provider, then machine."""
    ranked = sorted((link for group in links.values() for link in group), key=_rank)
    first: dict[str, OutcomeLink] = {}
    for link in ranked:
        first.setdefault(link.target, link)
    return tuple(first.values())[:most]


def owners_among(skills: Iterable[SkillView]) -> bool:
    """Return whether any name shown is not ESCO's own, so that the page must explain its sign."""
    return any(skill.owner for skill in skills)


def _rank(link: OutcomeLink) -> tuple[int, float, str]:
    order = ("human", "provider", "zrk", "model")
    return order.index(link.origin), -(link.confidence or 0.0), link.target
