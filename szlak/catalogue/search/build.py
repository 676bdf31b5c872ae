"""Building a generation: beside the live one, checked, and only then put in its place."""

import hashlib
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from szlak.catalogue.errors import NotReady
from szlak.catalogue.messages import Message
from szlak.catalogue.model.search import Generation, SearchKind, SearchPlan
from szlak.catalogue.polish import Polish
from szlak.catalogue.records import format_line
from szlak.catalogue.search.analysis import TextAnalysis
from szlak.catalogue.search.documents import ConceptDocument, IndexDocument, OfferDocument
from szlak.catalogue.search.embedded import RULES, SUGGESTIONS, VOCABULARY, OpenGeneration, words_file
from szlak.catalogue.search.fields import KINDS
from szlak.catalogue.search.generations import format_generation_id, lock_builds, promote, read_json, read_live, write_json, write_manifest
from szlak.catalogue.search.schema import write_documents
from szlak.catalogue.search.suggestions import build_suggestions
from szlak.catalogue.search.vocabulary import build_vocabulary

Progress = Callable[[str, int, int], None]
"""Called with the name of the step, how many documents are done, and how many there are."""

_PROGRESS_STEP = 500

DocumentsByKind = Mapping[SearchKind, Sequence[IndexDocument]]


def _quiet(step: str, done: int, total: int) -> None:
    pass


def build_index(
    directory: Path,
    *,
    offers: Iterable[OfferDocument],
    concepts: Iterable[ConceptDocument],
    analyser: Polish,
    taxonomy_hash: str,
    progress: Progress = _quiet,
) -> Generation:
    """Build a generation and make it the live one; return the live one unchanged if it was built from the same.

    Whatever fails before the last step leaves the live generation as it is. Builders of one directory wait for each other.

    Raises:
        NotReady: what was built does not hold what it should, or cannot be written.
    """
    documents = _sort_documents([*offers, *concepts])
    fingerprint = fingerprint_documents(documents, taxonomy_hash)
    try:
        with lock_builds(directory):
            live = _read_whole_live(directory, analyser)
            if live is None or live.fingerprint != fingerprint:
                job = _Job(documents, analyser, progress, reusable=directory / live.generation_id if live else None)
                live = _build_and_promote(directory, _name_generation(documents, fingerprint), job)
            return live
    except OSError as error:
        raise _unwritable(directory, error) from error


@dataclass(frozen=True)
class _Job:
    """What a generation is built from; `reusable` is a whole generation whose unchanged kinds may be taken over."""

    documents: DocumentsByKind
    analyser: Polish
    progress: Progress
    reusable: Path | None


def _build_and_promote(directory: Path, generation: Generation, job: _Job) -> Generation:
    folder = directory / generation.generation_id
    try:
        _write_generation(folder, generation, job)
        verify_generation(OpenGeneration(folder, job.analyser), job.documents)
        promote(directory, generation.generation_id)
    except BaseException:
        if read_live(directory) != generation.generation_id:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    return generation


def fingerprint_documents(documents: DocumentsByKind, taxonomy_hash: str) -> str:
    """Return 64 hexadecimal digits that change with anything an index is made from: rules, taxonomy, documents."""
    return _combine(taxonomy_hash, *(fingerprint_kind(documents[kind]) for kind in KINDS))


def fingerprint_kind(documents: Iterable[IndexDocument]) -> str:
    """Return 64 hexadecimal digits that change with the rules of the index or with any of the documents of one kind."""
    digest = hashlib.sha256(RULES.encode())
    for document in documents:
        names = [[name.suggestion.text, name.suggestion.kind, name.suggestion.id, name.preferred] for name in document.names]
        parts = [document.order, document.texts, document.terms, document.numbers, names]
        digest.update(format_line(parts).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _combine(*parts: str) -> str:
    return hashlib.sha256("\n".join((RULES, *parts)).encode()).hexdigest()


def verify_generation(opened: OpenGeneration, documents: DocumentsByKind) -> None:
    """Refuse a generation that lacks documents, could give them in another order, or does not find what it holds.

    Raises:
        NotReady: with the kind of document and what is wrong.
    """
    for kind in KINDS:
        index, expected = opened.indices[kind], len(documents[kind])
        if index.documents != expected:
            raise _refused(kind, Message("{found} documents instead of {expected}", {"found": index.documents, "expected": expected}))
        if index.segments > 1:
            raise _refused(kind, Message("{found} segments instead of one", {"found": index.segments}))
        for document in _sample(documents[kind]):
            _verify_found(opened, document)


def _verify_found(opened: OpenGeneration, document: IndexDocument) -> None:
    text = document.texts.get("title") or document.texts.get("preferred") or ""
    words = opened.read_words(text)
    if words and words.groups and opened.search(SearchPlan(kind=document.kind, text=text, limit=1)).total == 0:
        raise _refused(document.kind, Message("“{id}” is not found by its name", {"id": document.item_id}))


def _sample(documents: Sequence[IndexDocument]) -> list[IndexDocument]:
    return [documents[at] for at in sorted({0, len(documents) // 2, len(documents) - 1})] if documents else []


def _refused(kind: str, reason: Message) -> NotReady:
    params = {"kind": kind, "reason": reason}
    return NotReady(Message("The new index of {kind} is not good: {reason}. The old one, if any, stays in use.", params))


def _sort_documents(documents: Iterable[IndexDocument]) -> DocumentsByKind:
    by_kind: dict[SearchKind, list[IndexDocument]] = {kind: [] for kind in KINDS}
    for document in documents:
        by_kind[document.kind].append(document)
    return {kind: sorted(found, key=lambda document: document.order) for kind, found in by_kind.items()}


def _name_generation(documents: DocumentsByKind, fingerprint: str) -> Generation:
    built_at = datetime.now(UTC)
    return Generation(
        generation_id=format_generation_id(built_at, fingerprint),
        fingerprint=fingerprint,
        built_at=built_at,
        documents={kind: len(documents[kind]) for kind in KINDS},
    )


def _read_whole_live(directory: Path, analyser: Polish) -> Generation | None:
    live = read_live(directory)
    try:
        return OpenGeneration(directory / live, analyser).generation if live else None
    except NotReady:
        return None


def _write_generation(folder: Path, generation: Generation, job: _Job) -> None:
    everything = [document for kind in KINDS for document in job.documents[kind]]
    counted = _count(everything, job.progress)
    for kind in KINDS:
        own = islice(counted, len(job.documents[kind]))
        fingerprint = fingerprint_kind(job.documents[kind])
        if job.reusable is None or not _reuse_kind(job.reusable, folder, kind, fingerprint):
            _write_kind(folder, kind, own, fingerprint, TextAnalysis(job.analyser))
        for _ in own:  # a kind that was taken over counts as done
            pass
    skill_uris = [document.item_id for document in job.documents["skills"]]
    write_json(folder / VOCABULARY, build_vocabulary(everything, skill_uris))
    write_json(folder / SUGGESTIONS, build_suggestions(name for document in everything for name in document.names))
    write_manifest(folder, generation, RULES)
    job.progress("index", len(everything), len(everything))


def _write_kind(folder: Path, kind: SearchKind, documents: Iterable[IndexDocument], fingerprint: str, analysis: TextAnalysis) -> None:
    try:
        write_documents(folder / kind, kind, documents, analysis)
    except ValueError as error:  # what tantivy raises for everything that goes wrong in it, a full disk too
        raise _unwritable(folder, error) from error
    write_json(words_file(folder, kind), {"fingerprint": fingerprint, "restorations": analysis.restorations()})


def _reuse_kind(live: Path, folder: Path, kind: SearchKind, fingerprint: str) -> bool:
    """Take a kind over from the live generation if its documents are the same; its files never change, so links will do."""
    try:
        if read_json(words_file(live, kind)).get("fingerprint") != fingerprint:
            return False
        shutil.copytree(live / kind, folder / kind, copy_function=_link_or_copy)
        _link_or_copy(str(words_file(live, kind)), str(words_file(folder, kind)))
    except (NotReady, OSError):
        shutil.rmtree(folder / kind, ignore_errors=True)
        return False
    return True


def _link_or_copy(source: str, target: str) -> None:
    try:
        Path(target).hardlink_to(source)
    except OSError:  # a file system without links
        shutil.copy2(source, target)


def _count(documents: Sequence[IndexDocument], progress: Progress) -> Iterator[IndexDocument]:
    for done, document in enumerate(documents):
        if done % _PROGRESS_STEP == 0:
            progress("index", done, len(documents))
        yield document


def _unwritable(path: Path, error: Exception) -> NotReady:
    return NotReady(Message("The index cannot be written to {path}: {error}.", {"path": str(path), "error": str(error)}))
