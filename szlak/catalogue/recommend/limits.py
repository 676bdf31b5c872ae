"""What a person can give: whether the limits make sense, and whether an offer keeps to them by itself.

Unknown is not no: an offer that does not state a figure, date, place, mode or language is never refused for it.
"""

import re
from collections.abc import Iterable
from decimal import Decimal

from szlak.catalogue.errors import InputInvalid
from szlak.catalogue.messages import Message
from szlak.catalogue.model.matching import Limits, PlanOffer

MAX_AMOUNT = Decimal(10_000_000)
"""Largest sum of money (PLN) or hours that is taken for meant; whole numbers up to here stay exact in the solver."""

_TERYT = re.compile(r"\d{2}(?:\d{2}(?:\d{3})?)?", re.ASCII)


def check_limits(limits: Limits) -> None:
    """Refuse limits that no person means.

    Raises:
        InputInvalid: with one detail for each field that is wrong.
    """
    details = (*_amount_faults(limits), *_list_faults(limits), *_date_faults(limits))
    if details:
        message = Message("{n} limit cannot be used.", {}, plural="{n} limits cannot be used.", n=len(details))
        raise InputInvalid(message, details)


def _amount_faults(limits: Limits) -> Iterable[Message]:
    amounts = {
        "budget_pln": limits.budget_pln,
        "hours": limits.hours,
        "hours_per_week": limits.hours_per_week,
        "max_offers": None if limits.max_offers is None else Decimal(limits.max_offers),
    }
    for name, amount in amounts.items():
        params = {"field": name, "found": str(amount), "max": str(MAX_AMOUNT)}
        if amount is None:
            continue
        if not amount.is_finite() or amount > MAX_AMOUNT or amount < 0:
            yield Message("{field}: expected a number from 0 to {max}, found {found}.", params)
        elif amount == 0 and name != "budget_pln":
            yield Message("{field}: nothing fits into zero; leave the field out for no limit.", params)


def _list_faults(limits: Limits) -> Iterable[Message]:
    for name, values in (("modes", limits.modes), ("languages", limits.languages), ("teryt", limits.teryt)):
        if values == ():
            yield Message("{field}: the list is empty; leave the field out for no limit.", {"field": name})
    for code in limits.teryt or ():
        if not _TERYT.fullmatch(code):
            yield Message("{field}: expected a TERYT code of 2, 4 or 7 digits, found “{found}”.", {"field": "teryt", "found": code[:40]})


def _date_faults(limits: Limits) -> Iterable[Message]:
    if limits.start_from is not None and limits.end_by is not None and limits.start_from > limits.end_by:
        params = {"start": limits.start_from.isoformat(), "end": limits.end_by.isoformat()}
        yield Message("start_from: {start} is later than end_by, {end}.", params)


def fits_limits(offer: PlanOffer, limits: Limits) -> bool:
    """Return whether nothing known of an offer, taken alone, breaks a limit.

    Hours a week are compared offer by offer; offers that run at the same time are not added up.
    """
    return _fits_amounts(offer, limits) and _fits_dates(offer, limits) and _fits_form(offer, limits) and _fits_place(offer, limits)


def _fits_amounts(offer: PlanOffer, limits: Limits) -> bool:
    pairs = (
        (offer.price_pln, limits.budget_pln),
        (offer.hours, limits.hours),
        (offer.hours_per_week, limits.hours_per_week),
    )
    return all(amount is None or limit is None or amount <= limit for amount, limit in pairs)


def _fits_dates(offer: PlanOffer, limits: Limits) -> bool:
    days = [day for day in (offer.start, offer.end) if day is not None]
    early = limits.start_from is not None and any(day < limits.start_from for day in days)
    late = limits.end_by is not None and any(day > limits.end_by for day in days)
    return not early and not late


def _fits_form(offer: PlanOffer, limits: Limits) -> bool:
    mode_fits = limits.modes is None or offer.mode is None or offer.mode in limits.modes
    return mode_fits and (limits.languages is None or not offer.languages or bool(set(offer.languages) & set(limits.languages)))


def _fits_place(offer: PlanOffer, limits: Limits) -> bool:
    if limits.teryt is None or offer.teryt is None or offer.online or offer.mode == "online":
        return True
    # An offer that names only a voivodeship may lie in the wanted county: unknown, not no.
    return any(offer.teryt.startswith(code) or code.startswith(offer.teryt) for code in limits.teryt)
