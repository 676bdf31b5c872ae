"""Faults of a package that do not stop an import: each kind is counted, with a few places, and said in a sentence."""

from collections import Counter, defaultdict
from enum import StrEnum

from szlak.catalogue.messages import Message
from szlak.catalogue.model.taxonomy import Defect

_EXAMPLES = 5


class DefectKind(StrEnum):
    """What can be wrong with a package that is otherwise an ESCO release."""

    FILE_MISSING = "file-missing"
    ROW_WIDTH = "row-width"
    URI_INVALID = "uri-invalid"
    DUPLICATE_ROW = "duplicate-row"
    LABEL_MISSING = "label-missing"
    INVISIBLE_CHARACTERS = "invisible-characters"
    UNKNOWN_VALUE = "unknown-value"
    DANGLING_RELATION = "dangling-relation"
    SELF_RELATION = "self-relation"
    CONFLICTING_NEED = "conflicting-need"


_SENTENCES = {
    DefectKind.FILE_MISSING: Message("{n} file of a full release is not there.", plural="{n} files of a full release are not there."),
    DefectKind.ROW_WIDTH: Message(
        "{n} row has more or fewer cells than its header; what is there was read.",
        plural="{n} rows have more or fewer cells than their header; what is there was read.",
    ),
    DefectKind.URI_INVALID: Message("{n} row names no concept and was left out.", plural="{n} rows name no concept and were left out."),
    DefectKind.DUPLICATE_ROW: Message(
        "{n} row repeats another of its file; labels were put together.",
        plural="{n} rows repeat others of their file; labels were put together.",
    ),
    DefectKind.LABEL_MISSING: Message(
        "{n} concept has no preferred label in one of the languages.",
        plural="{n} concepts have no preferred label in one of the languages.",
    ),
    DefectKind.INVISIBLE_CHARACTERS: Message(
        "{n} text held invisible characters, which were taken out.",
        plural="{n} texts held invisible characters, which were taken out.",
    ),
    DefectKind.UNKNOWN_VALUE: Message(
        "{n} value is none that ESCO defines and was left out.",
        plural="{n} values are none that ESCO defines and were left out.",
    ),
    DefectKind.DANGLING_RELATION: Message(
        "{n} relation leads to a concept that is not there and was left out.",
        plural="{n} relations lead to concepts that are not there and were left out.",
    ),
    DefectKind.SELF_RELATION: Message(
        "{n} relation leads from a concept to itself and was left out.",
        plural="{n} relations lead from a concept to itself and were left out.",
    ),
    DefectKind.CONFLICTING_NEED: Message(
        "{n} skill is both essential and optional for the same concept; essential was kept.",
        plural="{n} skills are both essential and optional for the same concept; essential was kept.",
    ),
}


class DefectLog:
    """Counts defects while a package is read and keeps the first places of each kind."""

    def __init__(self) -> None:
        """Start with none."""
        self._counts: Counter[DefectKind] = Counter()
        self._examples: defaultdict[DefectKind, list[str]] = defaultdict(list)

    def note(self, kind: DefectKind, place: str, n: int = 1) -> None:
        """Count a defect; `place` says the file and what in it."""
        self._counts[kind] += n
        if len(self._examples[kind]) < _EXAMPLES:
            self._examples[kind].append(place)

    def defects(self) -> tuple[Defect, ...]:
        """Return what was found, in the order of the kinds."""
        return tuple(
            Defect(kind=kind, count=self._counts[kind], examples=tuple(self._examples[kind])) for kind in DefectKind if self._counts[kind]
        )


def describe_defect(defect: Defect) -> Message:
    """Return a sentence that says what was wrong, how often, and what became of it."""
    sentence = _SENTENCES[DefectKind(defect.kind)]
    return Message(sentence.id, {}, plural=sentence.plural, n=defect.count)
