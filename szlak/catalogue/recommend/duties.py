"""What an occupation asks for where no relations of ESCO are loaded: skills that the machine links from our words for its duties."""

from collections.abc import Iterable, Iterator

from szlak.catalogue.esco.taxonomy import Taxonomy
from szlak.catalogue.messages import Message
from szlak.catalogue.model.linking import Link, Linker, LinkText, Zone
from szlak.catalogue.model.matching import NEED_WEIGHT, Basis, Need, RequiredSkill

LINKS_A_DUTY = 5
"""A duty is one sentence of one to three skills; what ranks lower is noise, even where the zone would ask about it."""

_NEED = Need.OPTIONAL
"""A duty does not tell what is essential, so that nothing from it weighs more than the least that ESCO itself names."""


def required_by_duties(taxonomy: Taxonomy, linker: Linker, occupation_uri: str) -> tuple[RequiredSkill, ...]:
    """Return the skills linked from an occupation's duties, each once, from the duty that it fits best.

    Accepted ones come first, then those that a person should confirm, each by falling confidence. Empty where we have no words
    for the duties, or no skill fits them.

    Raises:
        NotFound: the release has no such concept.
    """
    context = taxonomy.label(occupation_uri).text
    duties = taxonomy.sentences(occupation_uri)
    results = linker.link([LinkText(text=duty, context=context, kind="occupational_task") for duty in duties], top_k=LINKS_A_DUTY)
    pairs = ((duty, link) for duty, result in zip(duties, results, strict=True) for link in result.links)
    return tuple(_required(duty, link) for duty, link in _iter_best(pairs))


def _iter_best(pairs: Iterable[tuple[str, Link]]) -> Iterator[tuple[str, Link]]:
    """Yield what fits at all, best first, and of several links to one skill the best."""
    seen = set[str]()
    fitting = (pair for pair in pairs if pair[1].zone is not Zone.NOTHING)
    for duty, link in sorted(fitting, key=lambda pair: (not pair[1].accepted, -pair[1].confidence, pair[1].concept_uri)):
        if link.concept_uri not in seen:
            seen.add(link.concept_uri)
            yield duty, link


def _required(duty: str, link: Link) -> RequiredSkill:
    params = {"duty": duty, "pct": round(100 * link.confidence)}
    sure = Message("Recognised automatically, {pct} % sure, from this duty: “{duty}”", params)
    unsure = Message("Recognised automatically, but only {pct} % sure, so check it; from this duty: “{duty}”", params)
    return RequiredSkill(
        concept_uri=link.concept_uri,
        label=link.label,
        need=_NEED,
        weight=NEED_WEIGHT[_NEED],
        reason=sure if link.accepted else unsure,
        confidence=link.confidence,
        basis=Basis.DUTIES,
        zone=link.zone,
        duty=duty,
    )
