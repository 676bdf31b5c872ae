"""Small invented ESCO packages, written by the tests that read them."""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

URI = "http://data.europa.eu/esco/"
WELD, TALK, METALS = f"{URI}skill/weld", f"{URI}skill/talk", f"{URI}skill/metals"
WELDER, GROUP, ISCO = f"{URI}occupation/welder", f"{URI}isced-f/0715", f"{URI}isco/C7212"

Tables = dict[str, tuple[Sequence[str], Sequence[Sequence[str]]]]

SKILLS = ("conceptType", "conceptUri", "skillType", "reuseLevel", "preferredLabel", "altLabels", "hiddenLabels", "status", "description")
OCCUPATIONS = ("conceptType", "conceptUri", "iscoGroup", "preferredLabel", "altLabels", "status", "description", "code")
GROUPS = ("conceptType", "conceptUri", "code", "preferredLabel", "altLabels", "status", "description")


def skill(uri: str = WELD, **cells: str) -> tuple[str, ...]:
    """Return a row of skills_*.csv."""
    known = {"conceptType": "KnowledgeSkillCompetence", "conceptUri": uri, "skillType": "skill/competence", "reuseLevel": "cross-sector"}
    return tuple({**known, "preferredLabel": "spawać", "status": "released", **cells}.get(column, "") for column in SKILLS)


def occupation(uri: str = WELDER, **cells: str) -> tuple[str, ...]:
    """Return a row of occupations_*.csv."""
    known = {"conceptUri": uri, "iscoGroup": "7212", "preferredLabel": "spawacz", "status": "released", "code": "7212.3"}
    return tuple({**known, **cells}.get(column, "") for column in OCCUPATIONS)


def sound_tables() -> Tables:
    """Return a full package without any fault: two skills, an occupation, two groups, and relations."""
    return {
        "skills": (SKILLS, [skill(altLabels="łączyć metale\nspawanie", hiddenLabels="spaw"), skill(TALK, preferredLabel="rozmawiać")]),
        "occupations": (OCCUPATIONS, [occupation(altLabels="spawaczka", description="Łączy metale.")]),
        "skillGroups": (GROUPS, [("SkillGroup", GROUP, "", "mechanika i metale", "", "released", "")]),
        "ISCOGroups": (GROUPS, [("ISCOGroup", ISCO, "7212", "Spawacze", "", "released", "")]),
        "broaderRelationsSkillPillar": (("conceptUri", "broaderUri"), [(WELD, GROUP), (TALK, GROUP)]),
        "broaderRelationsOccPillar": (("conceptUri", "broaderUri"), [(WELDER, ISCO)]),
        "occupationSkillRelations": (
            ("occupationUri", "relationType", "skillType", "skillUri"),
            [(WELDER, "essential", "skill/competence", WELD), (WELDER, "optional", "skill/competence", TALK)],
        ),
        "skillSkillRelations": (
            ("originalSkillUri", "originalSkillType", "relationType", "relatedSkillType", "relatedSkillUri"),
            [(WELD, "skill/competence", "optional", "knowledge", TALK)],
        ),
        "greenSkillsCollection": (("conceptUri", "preferredLabel"), [(WELD, "spawać")]),
    }


def format_csv(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a CSV text."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([columns, *rows])
    return text.getvalue()


def write_zip(folder: Path, tables: Tables, *, version: str = "1.2.1", lang: str = "pl", inner: str = "") -> Path:
    """Write a package as the portal names it; `inner` is a folder inside the archive."""
    path = folder / f"ESCO dataset - v{version} - classification - {lang} - csv.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for table, (columns, rows) in tables.items():
            archive.writestr(f"{inner}{table}_{lang}.csv", format_csv(columns, rows))
    return path


def write_folder(folder: Path, tables: Tables, *, lang: str = "pl") -> Path:
    """Write a package unpacked; other languages may be written into the same folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for table, (columns, rows) in tables.items():
        (folder / f"{table}_{lang}.csv").write_text(format_csv(columns, rows), encoding="utf-8", newline="")
    return folder


def with_rows(tables: Tables, changes: Mapping[str, Sequence[Sequence[str]]]) -> Tables:
    """Return the tables with rows added to some."""
    return {table: (columns, [*rows, *changes.get(table, ())]) for table, (columns, rows) in tables.items()}
