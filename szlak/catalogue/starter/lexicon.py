"""Our Polish lexicon of ESCO v1.2.1: names and sentences of our own wording for every skill and occupation."""

from collections.abc import Mapping
from typing import Any

from szlak.catalogue.model.taxonomy import ConceptKind, LexiconEntry
from szlak.catalogue.starter.files import iter_json_lines


def load_lexicon() -> tuple[LexiconEntry, ...]:
    """Return the entries of all 13,939 skills, then of all 3,039 occupations, each by URI."""
    skills = (_skill_entry(row) for row in iter_json_lines("skills_pl.jsonl.gz"))
    occupations = (_occupation_entry(row) for row in iter_json_lines("occupations_pl.jsonl.gz"))
    return (*skills, *occupations)


def _skill_entry(row: Mapping[str, Any]) -> LexiconEntry:
    return LexiconEntry(
        concept_uri=row["concept_uri"],
        kind=ConceptKind.SKILL,
        names=(row["name_pl"], *row["alt_names_pl"]),
        sentences=(row["learning_outcome"], row["requirement"], row["everyday"]),
        skill_type=row["skill_type"] or None,
    )


def _occupation_entry(row: Mapping[str, Any]) -> LexiconEntry:
    return LexiconEntry(
        concept_uri=row["concept_uri"],
        kind=ConceptKind.OCCUPATION,
        names=tuple(row["titles_pl"]),
        sentences=tuple(row["duties_pl"]),
        code=row["isco_group"] or None,
    )
