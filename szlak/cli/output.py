"""How answers are printed: short text for people, JSON for programs."""

import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from szlak.catalogue.errors import InputInvalid
from szlak.catalogue.messages import Message, render
from szlak.catalogue.records import format_json

if TYPE_CHECKING:
    from szlak.catalogue.model.catalogue import Offer
    from szlak.catalogue.model.harvest import HarvestReport
    from szlak.catalogue.model.matching import Gap, Plan, PlanResult, TargetOccupation
    from szlak.catalogue.model.search import Generation
    from szlak.catalogue.model.taxonomy import ImportReport, Label
    from szlak.catalogue.services.find import CredentialPage

REFUSED_SHOWN = 20


def dump(value: Any) -> str:
    """Return indented JSON with Polish letters as they are."""
    return json.dumps(value, ensure_ascii=False, indent=2)


@contextmanager
def replacing(path: Path) -> Iterator[IO[str]]:
    """Open a file that takes the place of `path` when the block ends well; otherwise `path` stays as it was.

    A link is followed. What is no file (a device, a pipe) is written to and never replaced.

    Raises:
        InputInvalid: a folder is not there or is named instead of a file, or there is no room.
    """
    path = Path(os.path.realpath(path))
    if path.is_dir():
        raise InputInvalid(Message("{path} is a folder. Name a file.", {"path": str(path)}))
    direct = path.exists() and not path.is_file()
    partial = path if direct else path.with_name(path.name + ".partial")
    try:
        # Half a surrogate pair, as an id may hold one, is written as the escape that it is in JSON.
        with partial.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
            yield stream
        if not direct:
            partial.replace(path)
    except OSError as error:
        params = {"path": str(path), "error": error.strerror or "?"}
        raise InputInvalid(Message("{path} cannot be written: the system says: {error}.", params)) from error
    finally:
        if not direct:
            with suppress(OSError):
                partial.unlink(missing_ok=True)


COUNTS = {
    "skill": Message("{n} skill", plural="{n} skills", n=0),
    "occupation": Message("{n} occupation", plural="{n} occupations", n=0),
    "skill_group": Message("{n} group of skills", plural="{n} groups of skills", n=0),
    "occupation_group": Message("{n} group of occupations", plural="{n} groups of occupations", n=0),
    "broader": Message("{n} step of the hierarchy", plural="{n} steps of the hierarchy", n=0),
    "essential": Message("{n} essential skill of an occupation or skill", plural="{n} essential skills of occupations or skills", n=0),
    "optional": Message("{n} optional skill of an occupation or skill", plural="{n} optional skills of occupations or skills", n=0),
    "collections": Message("{n} collection", plural="{n} collections", n=0),
}
"""What is counted in an import, in words."""


def format_import(report: "ImportReport", lang: str) -> str:
    """Return what an import found, one line a thing, and what was wrong with the package."""
    from szlak.catalogue.esco.defects import describe_defect

    release, counts = report.release, report.counts
    head = Message("ESCO {version} ({languages}) is imported.", {"version": release.version, "languages": ", ".join(release.languages)})
    lines = [render(head, lang)]
    for kind, message in COUNTS.items():
        named = [f"{name.partition(':')[2]} {count}" for name, count in counts.items() if name.startswith(f"{kind}:")]
        names = f" ({', '.join(named)})" if named else ""
        lines.append(f"  {render(replace(message, n=counts.get(kind, 0)), lang)}{names}")
    if report.defects:
        lines.append(render(Message("Defects of the package, left out or mended:"), lang))
    for defect in report.defects:
        lines.append(f"  {render(describe_defect(defect), lang)}")
        lines.extend(f"    {example}" for example in defect.examples)
    return "\n".join(lines)


def format_harvest(report: "HarvestReport", lang: str) -> str:
    """Return a report: counts, then each refused record with its reasons."""
    counts = {
        "read": report.read,
        "new": report.new,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "refused": len(report.invalid),
    }
    lines = [render(Message("Read {read}: {new} new, {changed} changed, {unchanged} unchanged, {refused} refused.", counts), lang)]
    if report.redactions:
        removed = Message(
            "{n} piece of personal data was removed.", plural="{n} pieces of personal data were removed.", n=report.redactions
        )
        lines.append(render(removed, lang))
    for invalid in report.invalid[:REFUSED_SHOWN]:
        lines.append(f"  {_place(invalid.position, lang)}:")
        lines.extend(f"    {render(reason, lang)}" for reason in invalid.reasons)
    if len(report.invalid) > REFUSED_SHOWN:
        lines.append("  …")
    return "\n".join(lines)


def _place(position: str, lang: str) -> str:
    word, _, number = position.partition(" ")
    return render(Message("line {line}", {"line": number}), lang) if word == "line" else position


def format_harvest_json(report: "HarvestReport", lang: str) -> str:
    """Return a report as JSON, reasons in words."""
    invalid = [{"position": item.position, "reasons": [render(reason, lang) for reason in item.reasons]} for item in report.invalid]
    names = ("source", "complete", "read", "new", "changed", "unchanged", "redactions")
    return dump({**{name: getattr(report, name) for name in names}, "invalid": invalid})


def format_generation(generation: "Generation", lang: str) -> str:
    """Return which generation is live and what is in it."""
    documents = ", ".join(f"{name} {count}" for name, count in sorted(generation.documents.items()))
    return render(Message("Index {id} is live: {documents}.", {"id": generation.generation_id, "documents": documents}), lang)


def format_page_json(page: "CredentialPage") -> str:
    """Return a page of credentials in the shape of the API."""
    items = [
        {"credential": _without_offers(item.credential), "offers": [format_json(offer) for offer in item.offers]} for item in page.items
    ]
    return dump({"items": items, "total": page.total, "next": page.next})


def _without_offers(credential: Any) -> dict[str, Any]:
    record: dict[str, Any] = format_json(credential)
    del record["offers"]
    return record


def format_page(page: "CredentialPage", lang: str) -> str:
    """Return a page of credentials as text: title, provider, offers."""
    found = Message("{n} offer found.", plural="{n} offers found.", n=page.total)
    lines = [render(found, lang)]
    for item in page.items:
        credential = item.credential
        demonstration = f" [{render(Message('demonstration'), lang)}]" if credential.demonstration else ""
        lines += ["", f"{_local(credential.title, lang)}{demonstration}", f"  {credential.provider.name} · {credential.record_id}"]
        lines += [f"  – {_offer_line(offer, lang)}" for offer in item.offers] or [f"  – {render(Message('no dates known'), lang)}"]
    if page.next:
        lines += ["", render(Message("More: add --cursor {cursor}", {"cursor": page.next}), lang)]
    return "\n".join(lines)


def _offer_line(offer: "Offer", lang: str) -> str:
    when = offer.starts.isoformat() if offer.starts else render(Message("date unknown"), lang)
    place = "online" if offer.location.online else offer.location.locality or render(Message("place unknown"), lang)
    price = f"{offer.price.amount} {offer.price.currency}" if offer.price else render(Message("price unknown"), lang)
    return " · ".join((when, place, price))


def _local(text: Any, lang: str) -> str:
    return str(text.get(lang) or text.get("pl") or next(iter(text.values()), ""))


def format_gap(gap: "Gap", lang: str) -> str:
    """Return a gap as text, one skill a line: state in words, name, reason."""
    lines = [f"{render(STATES[skill.state], lang):<12} {skill.label}  ({render(skill.reason, lang)})" for skill in gap.skills]
    return "\n".join([*_occupation_lines(gap.occupations, lang), *lines]) or render(
        Message("The target asks for no skill that we recognise."), lang
    )


def _occupation_lines(occupations: "Iterable[TargetOccupation]", lang: str) -> Iterator[str]:
    """Yield what a reader must know before the answer: what a job title was taken for, and what is machine-made."""
    for found in occupations:
        if found.title is not None:
            params = {"title": found.title, "label": found.label, "uri": found.concept_uri, "pct": round(100 * (found.confidence or 0))}
            yield render(Message("“{title}” is taken for the occupation “{label}” ({pct} % sure): {uri}", params), lang)
        if found.note is not None:
            yield render(found.note, lang)


STATES = {
    "have": Message("have"),
    "partly": Message("partly"),
    "missing": Message("missing"),
    "unknown": Message("unknown"),
}


def format_plans(result: "PlanResult", label: "Callable[[str, str], Label | None]", lang: str) -> str:
    """Return plans as text: how good, the offers, the sums, what stays open."""
    head = "\n".join(_occupation_lines(result.occupations, lang))
    return "\n\n".join([*([head] if head else []), *(_format_plan(plan, label, lang) for plan in result.plans)])


def _format_plan(plan: "Plan", label: "Callable[[str, str], Label | None]", lang: str) -> str:
    if not plan.offers:
        return render(Message("No offer closes any of the gap within these limits."), lang)

    def name(uri: str) -> str:
        found = label(uri, lang)
        return found.text if found else uri

    quality = (
        Message("This is the best possible plan.")
        if plan.bound_pct == 0
        else Message("At most {pct} % from the best.", {"pct": plan.bound_pct})
    )
    lines = [render(quality, lang)]
    for offer in plan.offers:
        lines.append(
            f"– {offer.title} · {offer.start or '?'} – {offer.end or '?'} · {offer.price_pln if offer.price_pln is not None else '?'} PLN"
        )
        lines += [f"    {name(uri)}" for uri in offer.concept_uris]
    totals = plan.totals
    lines.append(render(Message("In all {price} PLN and {hours} hours.", {"price": totals.price_pln, "hours": totals.hours}), lang))
    if totals.price_unknown:
        lines.append(
            render(
                Message("{n} offer does not state its price.", plural="{n} offers do not state their price.", n=totals.price_unknown), lang
            )
        )
    if plan.still_missing:
        lines.append(render(Message("Still open: {skills}", {"skills": ", ".join(name(uri) for uri in plan.still_missing)}), lang))
    return "\n".join(lines)
