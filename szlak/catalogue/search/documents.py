"""From credentials and concepts to what an index holds. Pure: the same nouns give the same documents.

There is one document for each offer, so that filters and facets count offers. Its texts are the credential's alone: all
offers of a credential have the same score and stand together. A credential without offers has one document that knows no
date, price or place.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from szlak.catalogue.esco.taxonomy import Taxonomy
from szlak.catalogue.model.catalogue import Credential, LocalText, Offer
from szlak.catalogue.model.places import voivodeship_of
from szlak.catalogue.model.search import SearchKind, Suggestion
from szlak.catalogue.model.taxonomy import Label, LabelRole
from szlak.catalogue.search.fields import ONLINE, encode_amount
from szlak.catalogue.text import clean

_NAMED_IN = ("pl", "en")
"""Languages in which a credential is found by the names of its linked concepts."""


@dataclass(frozen=True, kw_only=True)
class Name:
    """A name to complete to; `preferred` names come before others."""

    suggestion: Suggestion
    preferred: bool = True


@dataclass(frozen=True, kw_only=True)
class IndexDocument:
    """What is written for one offer or concept; the keys of `texts`, `terms` and `numbers` are names of the field table.

    A number or term that is absent is unknown. `item_id` is what results are grouped by.
    """

    kind: SearchKind
    item_id: str
    offer_id: str | None = None
    texts: Mapping[str, str]
    terms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)
    names: tuple[Name, ...] = ()

    @property
    def order(self) -> tuple[str, bool, int, str]:
        """The order of documents of equal score: by item, then start (unknown last), then offer id."""
        return (self.item_id, "starts" not in self.numbers, self.numbers.get("starts", 0), self.offer_id or "")


@dataclass(frozen=True, kw_only=True)
class OfferDocument(IndexDocument):
    """An offer with its credential's texts, or a credential that has no offers."""

    kind: SearchKind = "offers"


@dataclass(frozen=True, kw_only=True)
class ConceptDocument(IndexDocument):
    """A skill or an occupation with its names."""


def build_offer_documents(credential: Credential, concept_uris: Iterable[str], taxonomy: Taxonomy) -> Iterator[OfferDocument]:
    """Yield a document for each offer of a credential, or one if it has none.

    Args:
        credential: The credential with its offers.
        concept_uris: What it is taken to teach; a URI that the taxonomy does not know is counted but has no names.
        taxonomy: Where the names of concepts come from.
    """
    uris = tuple(dict.fromkeys(concept_uris))
    texts, names = _credential_texts(credential, uris, taxonomy), _credential_names(credential)
    for offer in credential.offers or (None,):
        yield OfferDocument(
            item_id=credential.record_id,
            offer_id=(offer.offer_id or offer.source_id) if offer else None,
            texts=texts,
            terms=_offer_terms(credential, offer, uris),
            numbers=_offer_numbers(credential, offer),
            names=names,
        )


def build_concept_documents(taxonomy: Taxonomy) -> list[ConceptDocument]:
    """Return a document for each skill and each occupation of the taxonomy, in its order."""
    skills = [_concept_document("skills", uri, taxonomy) for uri in taxonomy.skills]
    return skills + [_concept_document("occupations", uri, taxonomy) for uri in taxonomy.occupations]


def _concept_document(kind: SearchKind, uri: str, taxonomy: Taxonomy) -> ConceptDocument:
    labels = taxonomy.labels(uri)
    preferred = [label for label in labels if label.role is LabelRole.PREFERRED]
    others = [label for label in labels if label.role is not LabelRole.PREFERRED]
    texts = {"preferred": _join(label.text for label in preferred), "names": _join(label.text for label in others)}
    return ConceptDocument(kind=kind, item_id=uri, texts=texts, names=tuple(_concept_names(kind, uri, labels)))


def _concept_names(kind: SearchKind, uri: str, labels: Iterable[Label]) -> Iterator[Name]:
    for label in labels:
        preferred = label.role is LabelRole.PREFERRED
        if preferred or (label.role is LabelRole.ALTERNATIVE and label.lang == "pl"):
            named = Suggestion(text=label.text, kind="skill" if kind == "skills" else "occupation", id=uri)
            yield Name(suggestion=named, preferred=preferred)


def _credential_texts(credential: Credential, uris: Iterable[str], taxonomy: Taxonomy) -> Mapping[str, str]:
    labels = (taxonomy.label(uri, lang) for uri in uris if taxonomy.find(uri) for lang in _NAMED_IN)
    return {
        "title": _join(credential.title.values()),
        "skills": _join(dict.fromkeys(label.text for label in labels)),
        "outcomes": _join(text for outcome in credential.outcomes for text in outcome.text.values()),
        "provider": _join((credential.provider.name, *(body.name for body in credential.awarding_body))),
        "description": _join((credential.description or {}).values()),
    }


def _credential_names(credential: Credential) -> tuple[Name, ...]:
    provider = clean(credential.provider.name)
    titles = (Suggestion(text=text, kind="credential", id=credential.record_id) for text in _titles(credential.title))
    return tuple(Name(suggestion=named) for named in (*titles, Suggestion(text=provider, kind="provider", id=provider)) if named.text)


def _titles(title: LocalText) -> tuple[str, ...]:
    return tuple(clean(text) for text in title.values())


def _offer_terms(credential: Credential, offer: Offer | None, uris: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    mode = (offer.mode if offer else None) or credential.participation.mode
    stated = offer.language if offer else None
    terms = {
        "provider": (clean(credential.provider.name),),
        "kind": (credential.kind,),
        "mode": (mode,) if mode else (),
        "language": credential.language if stated is None else stated,
        "voivodeship": _places(offer, mode),
        "level": _levels(credential),
        "skill": uris,
    }
    # A value given twice would be counted twice by a facet.
    return {name: tuple(dict.fromkeys(value for value in values if value)) for name, values in terms.items() if values}


def _places(offer: Offer | None, mode: str | None) -> tuple[str, ...]:
    if offer is None:
        return ()
    if offer.location.online or (mode == ONLINE and offer.location.online is None):
        return (ONLINE,)
    voivodeship = voivodeship_of(offer.location.teryt)
    return (voivodeship,) if voivodeship else ()


def _levels(credential: Credential) -> tuple[str, ...]:
    levels = {"prk": credential.level.prk, "eqf": credential.level.eqf}
    return tuple(f"{frame}:{level}" for frame, level in levels.items() if level is not None)


def _offer_numbers(credential: Credential, offer: Offer | None) -> Mapping[str, int]:
    hours: Decimal | None = credential.workload.hours
    numbers: dict[str, int] = {}
    if offer is not None:
        hours = hours if offer.hours is None else offer.hours
        if offer.price is not None:
            numbers["price"] = encode_amount(offer.price.amount)
        if offer.starts is not None:
            numbers["starts"] = offer.starts.toordinal()
    if hours is not None:
        numbers["hours"] = encode_amount(hours)
    return numbers


def _join(texts: Iterable[str]) -> str:
    # A line of its own for each: words of two texts must never run into one token.
    return "\n".join(text for text in texts if text.strip())
