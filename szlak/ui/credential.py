"""The page of a credential: what it is, what is learnt with what it links to, when and for how much, and who says so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from starlette.responses import Response

from szlak.catalogue.messages import Message
from szlak.catalogue.model.catalogue import Outcome, OutcomeLink
from szlak.catalogue.services.find import CredentialItem, Find
from szlak.ui import words
from szlak.ui.addresses import credential_address
from szlak.ui.formats import typeset
from szlak.ui.marks import Piece, cut_text
from szlak.ui.offers import OfferView, show_offers
from szlak.ui.services import UiServices
from szlak.ui.skills import SkillView, owners_among, show_link
from szlak.ui.templates import Pages


@dataclass(frozen=True, kw_only=True)
class OutcomeView:
    """An outcome, its text cut at the words that justify its links, and the skills in the order of their numbers."""

    outcome: Outcome
    pieces: tuple[Piece, ...]
    lang: str | None
    skills: tuple[SkillView, ...]


@dataclass(frozen=True, kw_only=True)
class CredentialView:
    """Everything the page shows."""

    item: CredentialItem
    kind: Message
    outcomes: tuple[OutcomeView, ...]
    offers: tuple[OfferView, ...]
    missing: tuple[Message | str, ...]

    @property
    def has_own_names(self) -> bool:
        """Whether a name that is not ESCO's own is shown."""
        return any(owners_among(outcome.skills) for outcome in self.outcomes)


def show_credential(pages: Pages, services: UiServices, record_id: str, lang: str) -> Response:
    """Return the page of a credential.

    Raises:
        NotFound: no credential has this id.
    """
    view = build_credential_view(services.find.credential(record_id), services.find, services.today(), lang)
    other = credential_address("pl" if lang == "en" else "en", record_id)
    return pages.show("credential.html", lang, other=other, view=view, words=words)


def build_credential_view(item: CredentialItem, find: Find, today: date, lang: str) -> CredentialView:
    """Gather what the page shows."""
    credential = item.credential
    missing = credential.annex1.missing if credential.annex1 else ()
    return CredentialView(
        item=item,
        kind=words.KINDS[credential.kind],
        outcomes=tuple(_show_outcome(outcome, item.links, find, lang) for outcome in credential.outcomes),
        offers=show_offers(item.offers, today),
        missing=tuple(words.ANNEX_KEYS.get(key, key) for key in missing),
    )


def _show_outcome(outcome: Outcome, links: Mapping[str, tuple[OutcomeLink, ...]], find: Find, lang: str) -> OutcomeView:
    mine = links.get(outcome.id, ())
    # Evidence counts in the Polish text, so where there is one it is the text that is shown. Typesetting moves no code point.
    text_lang = "pl" if outcome.text.get("pl") else next(iter(outcome.text), lang)
    return OutcomeView(
        outcome=outcome,
        pieces=cut_text(typeset(outcome.text.get(text_lang, ""), text_lang), [link.evidence for link in mine]),
        lang=text_lang if text_lang != lang else None,
        skills=tuple(show_link(link, find, lang) for link in mine),
    )
