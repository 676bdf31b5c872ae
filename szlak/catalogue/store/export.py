"""The canonical export: one file of JSON Lines a table, the same bytes for the same content.

Lines are sorted by id, keys by name, and no line tells when a run took place. `credentials.jsonl` and `vacancies.jsonl` are record
files: harvested again they change nothing.
"""

import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from szlak.catalogue.errors import InputInvalid
from szlak.catalogue.esco.effective import effective_links
from szlak.catalogue.messages import Message
from szlak.catalogue.model.catalogue import Credential, Outcome, Record
from szlak.catalogue.model.linking import Decision, StoredLink
from szlak.catalogue.records import format_json, format_line
from szlak.catalogue.store.unit_of_work import Reader

PAGE = 500


def export_tables(uow: Reader, directory: Path) -> None:
    """Write the export into a folder, in place of an earlier export there; a reader sees the old one or the new one, whole.

    Raises:
        InputInvalid: the folder holds something else than an export, or cannot be written; it is as it was before.
    """
    target = directory.absolute()
    _check_target(target)
    fresh = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        fresh.mkdir(parents=True)
        for name, lines in TABLES.items():
            _write_lines(fresh / name, lines(uow))
        _put_in_place(fresh, target)
    except OSError as error:
        raise InputInvalid(
            Message("{path} cannot be written: the system says: {error}.", {"path": str(directory), "error": error.strerror or "?"})
        ) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _check_target(target: Path) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        raise InputInvalid(Message("{path} is a file. Name a folder for the export.", {"path": str(target)}))
    found = {path.name for path in target.iterdir() if path.is_file()}
    foreign = sorted(path.name for path in target.iterdir() if path.name not in TABLES or not path.is_file())
    if not foreign and found and found != set(TABLES):
        foreign = sorted(found)
    if foreign:
        raise InputInvalid(
            Message(
                "{path} holds something else than an export ({name}). Name a folder that is new, empty or an export.",
                {"path": str(target), "name": foreign[0]},
            )
        )


def _put_in_place(fresh: Path, target: Path) -> None:
    old = target.with_name(f"{fresh.name}.old")
    if not target.exists():
        fresh.rename(target)
        return
    target.rename(old)
    try:
        fresh.rename(target)
    except OSError:
        old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _write_lines(path: Path, values: Iterable[Mapping[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{format_line(value)}\n" for value in values)


def _iter_releases(uow: Reader) -> Iterator[dict[str, Any]]:
    for release in uow.releases():
        yield _without(format_json(release), "imported_at")


def _iter_providers(uow: Reader) -> Iterator[dict[str, Any]]:
    for provider_id, provider in uow.iter_providers():
        yield {**format_json(provider), "provider_id": provider_id}


def _iter_credentials(uow: Reader) -> Iterator[dict[str, Any]]:
    for batch in uow.iter_credential_batches(PAGE):
        ids = [credential.record_id for credential in batch]
        links, decisions = uow.links(ids), uow.decisions(ids)
        for credential in batch:
            yield _record(with_links(credential, links.get(credential.record_id, ()), decisions.get(credential.record_id, ())))


def with_links(credential: Credential, stored: Sequence[StoredLink], decisions: Sequence[Decision]) -> Credential:
    """Return a credential whose outcomes carry, after what the provider states, the machine's accepted and people's own links."""

    def found(outcome: Outcome) -> Outcome:
        # The provider's own links stay as stated, even where a person rejected one: they are the provider's words.
        alone = replace(credential, outcomes=(replace(outcome, links=()),))
        return replace(outcome, links=(*outcome.links, *effective_links(alone, stored, decisions)[outcome.id]))

    return replace(credential, outcomes=tuple(map(found, credential.outcomes)))


def _iter_offers(uow: Reader) -> Iterator[dict[str, Any]]:
    page = uow.list_offers(None, PAGE)
    while page:
        for credential_id, _, offer in page:
            yield {**format_json(offer), "credential_id": credential_id}
        page = uow.list_offers(page[-1][2].offer_id, PAGE)


def _iter_vacancies(uow: Reader) -> Iterator[dict[str, Any]]:
    return map(_record, uow.iter_vacancies())


def _iter_qualifications(uow: Reader) -> Iterator[dict[str, Any]]:
    return map(_record, uow.iter_qualifications())


def _iter_links(uow: Reader) -> Iterator[dict[str, Any]]:
    return map(format_json, uow.iter_links())


def _iter_decisions(uow: Reader) -> Iterator[dict[str, Any]]:
    # Numbers are given by the database and may have gaps; the order of the lines is theirs.
    for decision in uow.iter_decisions():
        yield _without(format_json(decision), "decision_id")


def _record(record: Record) -> dict[str, Any]:
    value: dict[str, Any] = format_json(record)
    if value.get("provenance"):
        value["provenance"] = {**value["provenance"], "fetched_at": None}
    return value


def _without(value: Mapping[str, Any], key: str) -> dict[str, Any]:
    return {name: item for name, item in value.items() if name != key}


TABLES: Mapping[str, Callable[[Reader], Iterator[dict[str, Any]]]] = {
    "releases.jsonl": _iter_releases,
    "providers.jsonl": _iter_providers,
    "credentials.jsonl": _iter_credentials,
    "offers.jsonl": _iter_offers,
    "vacancies.jsonl": _iter_vacancies,
    "qualifications.jsonl": _iter_qualifications,
    "links.jsonl": _iter_links,
    "decisions.jsonl": _iter_decisions,
}
"""What each file of an export holds; a folder with other files is none."""
