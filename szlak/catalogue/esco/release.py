"""Reading a release of ESCO (1.1 and later) from the CSV packages of its portal, whatever is wrong with single rows.

Columns are those of the official packages; what differs between versions (extra columns, codes of skill groups) is allowed for.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from unicodedata import normalize

from szlak.catalogue.esco.content import hash_content
from szlak.catalogue.esco.defects import DefectKind, DefectLog
from szlak.catalogue.esco.draft import Draft, split_labels
from szlak.catalogue.esco.package import NEEDED, Member, Package, choose_version, not_esco, open_packages
from szlak.catalogue.messages import Message
from szlak.catalogue.model.taxonomy import (
    Concept,
    ConceptKind,
    ConceptRelation,
    ImportReport,
    LabelRole,
    RelationKind,
    Release,
    ReleaseContent,
)
from szlak.catalogue.readers import iter_csv
from szlak.catalogue.text import clean

CONCEPT_TABLES: Mapping[str, ConceptKind] = {
    "skills": ConceptKind.SKILL,
    "occupations": ConceptKind.OCCUPATION,
    "skillGroups": ConceptKind.SKILL_GROUP,
    "ISCOGroups": ConceptKind.OCCUPATION_GROUP,
}
RELATION_TABLES: Mapping[str, tuple[str, str, str | None]] = {
    "broaderRelationsSkillPillar": ("conceptUri", "broaderUri", None),
    "broaderRelationsOccPillar": ("conceptUri", "broaderUri", None),
    "occupationSkillRelations": ("occupationUri", "skillUri", "relationType"),
    "skillSkillRelations": ("originalSkillUri", "relatedSkillUri", "relationType"),
}
"""Columns of the source, the target, and the kind; without a kind the target is broader."""

_COLLECTION = "Collection"
_CONCEPT_COLUMNS = ("conceptUri", "preferredLabel", "altLabels")
_SKILL_TYPES = {"skill/competence", "knowledge"}
_REUSE_LEVELS = {"transversal", "cross-sector", "sector-specific", "occupation-specific"}
_NEEDS = {"essential": RelationKind.ESSENTIAL, "optional": RelationKind.OPTIONAL}
_URI = re.compile(r"https?://\S+")
_ISCED = re.compile(r"/isced-f/(\d+)$")

Key = tuple[str, RelationKind, str]
Progress = Callable[[str, int, int], None]


def read_release(
    paths: Sequence[Path], progress: Progress | None = None, *, version: str | None = None, unnamed: str | None = None
) -> tuple[ReleaseContent, ImportReport]:
    """Read packages of one version in any number of languages; their order does not matter.

    Args:
        paths: ZIP files or folders.
        progress: told the step ("read"), the bytes read and the bytes there are.
        version: needed when no name of file or folder states it.
        unnamed: stands for the version where no name tells it and it does not matter.

    Raises:
        ReleaseInvalid: this is no ESCO package, or not of one version.
        FileUnreadable: a file is missing, damaged, or in another encoding.
    """
    log = DefectLog()
    with open_packages(paths) as packages:
        chosen = choose_version(packages, version, unnamed)
        content = _read_content(chosen, packages, log, progress)
    return content, ImportReport(release=content.release, counts=_count(content), defects=log.defects())


def _read_content(version: str, packages: Sequence[Package], log: DefectLog, progress: Progress | None) -> ReleaseContent:
    # By table and language, so that neither the order of the paths nor that inside an archive decides which row is first.
    members = sorted((member for package in packages for member in package.members), key=lambda m: (m.table, m.lang, m.name))
    used = [member for member in members if member.table in CONCEPT_TABLES or _is_relation(member) or _is_collection(member)]
    _note_missing(used, log)
    told = _Told(sum(member.size_bytes for member in used), progress)
    drafts = _read_concepts(told.each(member for member in used if member.table in CONCEPT_TABLES), log)
    languages = tuple(sorted({member.lang for member in used if member.table in NEEDED}))
    _note_unnamed(drafts, languages, log)
    relations = _read_relations(told.each(member for member in used if _is_relation(member)), drafts, log)
    collections = _read_collections(told.each(member for member in used if _is_collection(member)), drafts, log)
    concepts = tuple(drafts.pop(uri).finish() for uri in sorted(drafts))
    release = Release(
        release_id=f"esco-{version}",
        version=version,
        origin="esco",
        languages=languages,
        content_hash=hash_content(concepts, relations, collections),
    )
    return ReleaseContent(release=release, concepts=concepts, relations=relations, collections=collections)


def _note_unnamed(drafts: Mapping[str, Draft], languages: Sequence[str], log: DefectLog) -> None:
    """Note each concept without a preferred label, by language: its row may lack one, or there is no row in that language."""
    for lang in languages:
        for uri in sorted(uri for uri, draft in drafts.items() if not draft.is_named(lang)):
            log.note(DefectKind.LABEL_MISSING, f"{lang}: {uri}")


class _Told:
    """Hands out members one by one and tells how many bytes are behind."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self._done, self._total, self._progress = 0, total, progress

    def each(self, members: Iterator[Member]) -> Iterator[Member]:
        for member in members:
            yield member
            self._done += member.size_bytes
            if self._progress is not None:
                self._progress("read", self._done, self._total)


def _is_relation(member: Member) -> bool:
    return member.table in RELATION_TABLES


def _is_collection(member: Member) -> bool:
    return member.table.endswith(_COLLECTION)


def _note_missing(members: Sequence[Member], log: DefectLog) -> None:
    there = {member.table for member in members}
    for table in (*CONCEPT_TABLES, *RELATION_TABLES):
        if table not in there:
            log.note(DefectKind.FILE_MISSING, f"{table}_*.csv")


def _iter_rows(member: Member, columns: Sequence[str], log: DefectLog) -> Iterator[dict[str, str]]:
    with member.open() as stream:
        checked = False
        for row in iter_csv(stream, member.name, partial(_note_width, member, log)):
            if not checked:
                _check_columns(member, columns, row)
                checked = True
            yield row


def _note_width(member: Member, log: DefectLog, line: int) -> None:
    log.note(DefectKind.ROW_WIDTH, f"{member.name}: {line}")


def _check_columns(member: Member, columns: Sequence[str], row: Mapping[str, str]) -> None:
    missing = [column for column in columns if column not in row]
    if missing:
        found = ", ".join(str(column) for column in row)[:200]
        raise not_esco(
            member.name, Message("columns are missing: {missing}; found: {found}.", {"missing": ", ".join(missing), "found": found})
        )


def _read_concepts(members: Iterator[Member], log: DefectLog) -> dict[str, Draft]:
    drafts: dict[str, Draft] = {}
    for member in members:
        seen: set[str] = set()
        for row in _iter_rows(member, _CONCEPT_COLUMNS, log):
            uri = row["conceptUri"].strip()
            if not _URI.fullmatch(uri):
                log.note(DefectKind.URI_INVALID, f"{member.name}: {uri[:80] or '∅'}")
                continue
            if uri in seen:
                log.note(DefectKind.DUPLICATE_ROW, f"{member.name}: {uri}")
            seen.add(uri)
            draft = drafts.setdefault(uri, Draft(uri=uri, kind=CONCEPT_TABLES[member.table]))
            _add_row(draft, row, member, log)
        if not seen and member.table in NEEDED:
            raise not_esco(member.name, Message("it has no row."))
    return drafts


def _add_row(draft: Draft, row: Mapping[str, str], member: Member, log: DefectLog) -> None:
    place = f"{member.name}: {draft.uri}"
    draft.skill_type = draft.skill_type or _known(row.get("skillType", ""), _SKILL_TYPES, place, log)
    draft.reuse_level = draft.reuse_level or _known(row.get("reuseLevel", ""), _REUSE_LEVELS, place, log)
    draft.code = draft.code or _code(draft, row)
    _known(row.get("status", ""), {"released"}, place, log)
    preferred = _tidy(row["preferredLabel"], place, log)
    texts = {
        LabelRole.PREFERRED: (preferred,) if preferred else (),
        LabelRole.ALTERNATIVE: _tidy_labels(row["altLabels"], place, log),
        LabelRole.HIDDEN: _tidy_labels(row.get("hiddenLabels", ""), place, log),
    }
    draft.add_labels(member.lang, texts)
    description = _tidy(row.get("description", ""), place, log)
    if description:
        draft.description.setdefault(member.lang, description)


def _code(draft: Draft, row: Mapping[str, str]) -> str | None:
    if draft.kind is ConceptKind.OCCUPATION:
        # Occupations are told by their ISCO group; ESCO's own code goes on after it ("7212" of "7212.3").
        return row.get("iscoGroup", "").strip() or row.get("code", "").partition(".")[0].strip() or None
    # Before version 1.2 the column of skill groups is empty; those of ISCED-F carry the code in their URI.
    isced = _ISCED.search(draft.uri)
    return row.get("code", "").strip() or (isced[1] if isced else None)


def _known(value: str, known: set[str], place: str, log: DefectLog) -> str | None:
    stripped = value.strip()
    if stripped and stripped not in known:
        log.note(DefectKind.UNKNOWN_VALUE, f"{place}: {stripped[:80]}")
        return None
    return stripped or None


def _tidy(text: str, place: str, log: DefectLog) -> str:
    if not text:
        return ""
    cleaned = clean(text)
    if cleaned != " ".join(normalize("NFC", text).split()):
        log.note(DefectKind.INVISIBLE_CHARACTERS, place)
    return cleaned


def _tidy_labels(cell: str, place: str, log: DefectLog) -> tuple[str, ...]:
    return tuple(label for text in split_labels(cell) if (label := _tidy(text, place, log)))


def _read_relations(members: Iterator[Member], drafts: Mapping[str, Draft], log: DefectLog) -> tuple[ConceptRelation, ...]:
    # Every language repeats the relations: which file named one last tells a repetition within a file from that.
    last: dict[Key, str] = {}
    kept: list[Key] = []
    for member in members:
        for key in _iter_keys(member, drafts, log):
            if key not in last and _is_sound(key, drafts, member, log):
                kept.append(key)
            elif last.get(key) == member.name:
                log.note(DefectKind.DUPLICATE_ROW, f"{member.name}: {key[0]} → {key[2]}")
            last[key] = member.name
    del last
    return _build_relations(kept, log)


def _iter_keys(member: Member, drafts: Mapping[str, Draft], log: DefectLog) -> Iterator[Key]:
    source_column, target_column, kind_column = RELATION_TABLES[member.table]
    columns = (source_column, target_column, *([kind_column] if kind_column else []))
    for row in _iter_rows(member, columns, log):
        source, target = row[source_column].strip(), row[target_column].strip()
        kind = _NEEDS.get(row[kind_column].strip()) if kind_column else RelationKind.BROADER
        if kind is None:
            log.note(DefectKind.UNKNOWN_VALUE, f"{member.name}: {source} → {target}: {row[kind_column or ''][:80] or '∅'}")
            continue
        known_source, known_target = drafts.get(source), drafts.get(target)
        # The drafts' own strings: a hundred thousand relations then share the text of their URIs.
        yield known_source.uri if known_source else source, kind, known_target.uri if known_target else target


def _is_sound(key: Key, drafts: Mapping[str, Draft], member: Member, log: DefectLog) -> bool:
    source, _, target = key
    fault = DefectKind.SELF_RELATION if source == target else None
    if source not in drafts or target not in drafts:
        fault = DefectKind.DANGLING_RELATION
    if fault is not None:
        log.note(fault, f"{member.name}: {source} → {target}")
    return fault is None


def _build_relations(keys: Sequence[Key], log: DefectLog) -> tuple[ConceptRelation, ...]:
    essential = {(source, target) for source, kind, target in keys if kind is RelationKind.ESSENTIAL}
    built: list[ConceptRelation] = []
    for source, kind, target in sorted(keys):
        if kind is RelationKind.OPTIONAL and (source, target) in essential:
            log.note(DefectKind.CONFLICTING_NEED, f"{source} → {target}")
        else:
            built.append(ConceptRelation(source=source, kind=kind, target=target))
    return tuple(built)


def _read_collections(members: Iterator[Member], drafts: Mapping[str, Draft], log: DefectLog) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    dangling: set[tuple[str, str]] = set()
    for member in members:
        uris = found.setdefault(member.table.removesuffix(_COLLECTION), set())
        for row in _iter_rows(member, ("conceptUri",), log):
            draft = drafts.get(row["conceptUri"].strip())
            if draft is not None:
                uris.add(draft.uri)
            elif (member.table, row["conceptUri"]) not in dangling:
                dangling.add((member.table, row["conceptUri"]))
                log.note(DefectKind.DANGLING_RELATION, f"{member.name}: {row['conceptUri'][:80]}")
    return {name: tuple(sorted(uris)) for name, uris in found.items()}


def _count(content: ReleaseContent) -> dict[str, int]:
    kinds = Counter(str(concept.kind) for concept in content.concepts)
    relations = Counter(str(relation.kind) for relation in content.relations)
    named = Counter(f"{concept.kind}:{lang}" for concept in content.concepts for lang in _named_in(concept))
    return dict(sorted({**kinds, **relations, **named, "collections": len(content.collections)}.items()))


def _named_in(concept: Concept) -> set[str]:
    return {label.lang for label in concept.labels if label.role is LabelRole.PREFERRED}
