"""Offers as pages show them: in order of date, what is over after what is to come, what is unknown said to be unknown."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from szlak.catalogue.messages import Message
from szlak.catalogue.model.catalogue import Mode, Offer, Price
from szlak.catalogue.model.places import VOIVODESHIPS, voivodeship_of
from szlak.ui.words import MODES, PRICE_PER, VAT


@dataclass(frozen=True, kw_only=True)
class OfferView:
    """An offer to show; `over` says that it has begun already."""

    offer: Offer
    over: bool
    place: Message | str | None
    mode: Message | None
    price_notes: tuple[Message, ...]

    @property
    def price(self) -> Decimal | None:
        """The amount in złoty, or None if it is unknown."""
        return self.offer.price.amount if self.offer.price else None


def show_offers(offers: Iterable[Offer], today: date) -> tuple[OfferView, ...]:
    """Return offers with the next one first: those to come by date, then without a date, then those that have begun."""
    views = [show_offer(offer, today) for offer in offers]
    return tuple(sorted(views, key=lambda view: (view.over, view.offer.starts or date.max, view.offer.offer_id or "")))


def show_offer(offer: Offer, today: date) -> OfferView:
    """Return an offer to show."""
    return OfferView(
        offer=offer,
        over=offer.starts is not None and offer.starts < today,
        place=_say_place(offer),
        mode=_say_mode(offer.mode),
        price_notes=_say_price_notes(offer.price),
    )


def _say_place(offer: Offer) -> Message | str | None:
    location = offer.location
    if location.locality:
        return location.locality
    if location.online or offer.mode == "online":
        return MODES["online"]
    code = voivodeship_of(location.teryt)
    return Message("{name} voivodeship", {"name": VOIVODESHIPS[code]}) if code else None


def _say_mode(mode: Mode | None) -> Message | None:
    return MODES.get(mode) if mode else None


def _say_price_notes(price: Price | None) -> tuple[Message, ...]:
    if price is None:
        return ()
    return tuple(note for note in (PRICE_PER.get(price.per or ""), VAT.get(price.vat or "")) if note)
