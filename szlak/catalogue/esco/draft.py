"""A concept while it is put together from the rows that speak of it, in several files and languages."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from szlak.catalogue.model.taxonomy import Concept, ConceptKind, Label, LabelOrigin, LabelRole

_ROLES = {role: rank for rank, role in enumerate(LabelRole)}
_SEPARATORS = re.compile(r"\r\n|\r|\n| \| ")


def split_labels(cell: str) -> tuple[str, ...]:
    """Return the labels of a cell, which ESCO separates by line breaks, and by ` | ` in its collections; blank ones are left out."""
    return tuple(label.strip() for label in _SEPARATORS.split(cell) if label.strip())


@dataclass(slots=True, kw_only=True)
class Draft:
    """What is known of a concept so far. The first value of a field stands; labels are put together."""

    uri: str
    kind: ConceptKind
    skill_type: str | None = None
    reuse_level: str | None = None
    code: str | None = None
    labels: dict[tuple[str, str], LabelRole] = field(default_factory=dict)
    description: dict[str, str] = field(default_factory=dict)

    def add_labels(self, lang: str, texts: Mapping[LabelRole, tuple[str, ...]]) -> None:
        """Add names of one language; a language keeps its first preferred label, and a text its first role."""
        named = self.is_named(lang)
        for role in LabelRole:
            given = LabelRole.ALTERNATIVE if named and role is LabelRole.PREFERRED else role
            for text in texts.get(role, ()):
                self.labels.setdefault((lang, text), given)

    def is_named(self, lang: str) -> bool:
        """Return whether the concept has a preferred label in a language."""
        return any(code == lang and role is LabelRole.PREFERRED for (code, _), role in self.labels.items())

    def finish(self) -> Concept:
        """Return the concept, its labels by language and role."""
        ordered = sorted(self.labels.items(), key=lambda item: (item[0][0], _ROLES[item[1]]))
        return Concept(
            concept_uri=self.uri,
            kind=self.kind,
            labels=tuple(Label(text=text, lang=lang, role=role, origin=LabelOrigin.OFFICIAL) for (lang, text), role in ordered),
            skill_type=self.skill_type,
            reuse_level=self.reuse_level,
            code=self.code,
            description=self.description,
        )
