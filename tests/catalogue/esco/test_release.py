"""Reading releases: sound ones, those with every defect, and what is no release."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from szlak.catalogue.errors import FileUnreadable, ReleaseInvalid
from szlak.catalogue.esco.defects import DefectKind
from szlak.catalogue.esco.draft import Draft
from szlak.catalogue.esco.release import read_release
from szlak.catalogue.esco.taxonomy import build_taxonomy
from szlak.catalogue.model.taxonomy import (
    Concept,
    ConceptKind,
    ConceptRelation,
    Label,
    LabelOrigin,
    LabelRole,
    RelationKind,
    ReleaseContent,
)
from tests.catalogue.esco.packages import (
    GROUP,
    ISCO,
    METALS,
    SKILLS,
    TALK,
    URI,
    WELD,
    WELDER,
    Tables,
    format_csv,
    occupation,
    skill,
    sound_tables,
    with_rows,
    write_folder,
    write_zip,
)


def read(folder: Path, tables: Tables) -> tuple[ReleaseContent, dict[str, int]]:
    """Return what is read from tables, and the defects as counts."""
    content, report = read_release([write_zip(folder, tables)])
    return content, {defect.kind: defect.count for defect in report.defects}


def concept(content: ReleaseContent, uri: str) -> Concept:
    return next(found for found in content.concepts if found.concept_uri == uri)


def names(found: Concept, lang: str = "pl") -> list[tuple[str, LabelRole]]:
    return [(label.text, label.role) for label in found.labels if label.lang == lang]


def test_release_says_what_it_is(tmp_path: Path) -> None:
    """Id, version and languages follow from the package."""
    release = read(tmp_path, sound_tables())[0].release
    assert (release.release_id, release.version, release.origin, release.languages) == ("esco-1.2.1", "1.2.1", "esco", ("pl",))


def test_sound_package_has_no_defects(tmp_path: Path) -> None:
    """Nothing is reported where nothing is wrong."""
    assert read(tmp_path, sound_tables())[1] == {}


def test_labels_are_official_and_keep_their_roles(tmp_path: Path) -> None:
    """Preferred, alternative and hidden labels of one skill."""
    weld = concept(read(tmp_path, sound_tables())[0], WELD)
    assert names(weld) == [
        ("spawać", LabelRole.PREFERRED),
        ("łączyć metale", LabelRole.ALTERNATIVE),
        ("spawanie", LabelRole.ALTERNATIVE),
        ("spaw", LabelRole.HIDDEN),
    ]
    assert {label.origin for label in weld.labels} == {LabelOrigin.OFFICIAL}
    assert (weld.kind, weld.skill_type, weld.reuse_level) == (ConceptKind.SKILL, "skill/competence", "cross-sector")


def test_codes_are_those_of_isco_and_isced(tmp_path: Path) -> None:
    """Occupations carry their ISCO group; a group of ISCED-F without a code in its column has it in its URI."""
    content, _ = read(tmp_path, sound_tables())
    assert {uri: concept(content, uri).code for uri in (WELDER, ISCO, GROUP, WELD)} == {
        WELDER: "7212",
        ISCO: "7212",
        GROUP: "0715",
        WELD: None,
    }


def test_occupation_without_its_group_takes_it_from_the_code(tmp_path: Path) -> None:
    """ESCO's own code begins with the ISCO group."""
    tables = sound_tables()
    tables["occupations"] = (tables["occupations"][0], [occupation(iscoGroup="")])
    assert concept(read(tmp_path, tables)[0], WELDER).code == "7212"


def test_relations_are_read_from_all_four_files(tmp_path: Path) -> None:
    """Sorted, each once."""
    relations = read(tmp_path, sound_tables())[0].relations
    assert [(relation.source, relation.kind, relation.target) for relation in relations] == sorted(
        [
            (WELD, RelationKind.BROADER, GROUP),
            (TALK, RelationKind.BROADER, GROUP),
            (WELDER, RelationKind.BROADER, ISCO),
            (WELDER, RelationKind.ESSENTIAL, WELD),
            (WELDER, RelationKind.OPTIONAL, TALK),
            (WELD, RelationKind.OPTIONAL, TALK),
        ]
    )


def test_collections_are_named_after_their_files(tmp_path: Path) -> None:
    """A collection is a set of URIs."""
    assert read(tmp_path, sound_tables())[0].collections == {"greenSkills": (WELD,)}


def english() -> Tables:
    tables = sound_tables()
    tables["skills"] = (SKILLS, [skill(preferredLabel="weld", description="Join metals."), skill(TALK, preferredLabel="talk")])
    return tables


def test_languages_are_joined_by_uri(tmp_path: Path) -> None:
    """Labels of both languages stand at one concept; relations are not doubled, nor called repetitions."""
    paths = [write_zip(tmp_path, sound_tables()), write_zip(tmp_path, english(), lang="en")]
    content, report = read_release(paths)
    assert content.release.languages == ("en", "pl")
    assert (names(concept(content, WELD), "en"), concept(content, WELD).description) == (
        [("weld", LabelRole.PREFERRED)],
        {"en": "Join metals."},
    )
    assert len(content.relations) == 6
    assert report.defects == ()


def test_order_of_packages_does_not_matter(tmp_path: Path) -> None:
    """The same content and the same hash."""
    paths = [write_zip(tmp_path, sound_tables()), write_zip(tmp_path, english(), lang="en")]
    assert read_release(paths) == read_release(paths[::-1])


def test_folder_and_archive_give_the_same(tmp_path: Path) -> None:
    """Unpacked, with a folder inside, or both languages in one folder."""
    folder = write_folder(tmp_path / "ESCO dataset - v1.2.1 - csv", sound_tables())
    write_folder(folder, english(), lang="en")
    (tmp_path / "zips").mkdir()
    zipped = [write_zip(tmp_path / "zips", sound_tables(), inner="csv/"), write_zip(tmp_path / "zips", english(), lang="en")]
    assert read_release([folder])[0] == read_release(zipped)[0]


def test_a_concept_that_one_language_lacks_is_reported(tmp_path: Path) -> None:
    """A package that names fewer concepts than the others says so, with the language and the concept."""
    fewer = with_rows(english(), {})
    fewer["skills"] = (fewer["skills"][0], fewer["skills"][1][1:])
    _, report = read_release([write_zip(tmp_path, sound_tables()), write_zip(tmp_path, fewer, lang="en")])
    (missing,) = (defect for defect in report.defects if defect.kind == DefectKind.LABEL_MISSING)
    assert missing.count == 1
    assert missing.examples[0].startswith("en: http")


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"skills": [skill(METALS, preferredLabel=" ")]}, DefectKind.LABEL_MISSING),
        ({"skills": [skill("")]}, DefectKind.URI_INVALID),
        ({"skills": [skill("nie adres")]}, DefectKind.URI_INVALID),
        ({"skills": [skill(METALS, preferredLabel="me​tale")]}, DefectKind.INVISIBLE_CHARACTERS),
        ({"skills": [skill(METALS, altLabels="a\nme\u00adtale")]}, DefectKind.INVISIBLE_CHARACTERS),
        ({"skills": [skill(METALS, skillType="talent")]}, DefectKind.UNKNOWN_VALUE),
        ({"skills": [skill(METALS, reuseLevel="everywhere")]}, DefectKind.UNKNOWN_VALUE),
        ({"skills": [skill(METALS, status="proposed")]}, DefectKind.UNKNOWN_VALUE),
        ({"skills": [skill(METALS)[:6]]}, DefectKind.ROW_WIDTH),
        ({"skills": [(*skill(METALS), "więcej")]}, DefectKind.ROW_WIDTH),
        ({"skills": [skill(WELD)]}, DefectKind.DUPLICATE_ROW),
        ({"occupationSkillRelations": [(WELDER, "nice", "", WELD)]}, DefectKind.UNKNOWN_VALUE),
        ({"occupationSkillRelations": [(WELDER, "essential", "", f"{URI}skill/none")]}, DefectKind.DANGLING_RELATION),
        ({"occupationSkillRelations": [(WELDER, "essential", "", WELD)]}, DefectKind.DUPLICATE_ROW),
        ({"occupationSkillRelations": [(WELDER, "optional", "", WELD)]}, DefectKind.CONFLICTING_NEED),
        ({"broaderRelationsSkillPillar": [(f"{URI}skill/none", GROUP)]}, DefectKind.DANGLING_RELATION),
        ({"skillSkillRelations": [(WELD, "", "optional", "", WELD)]}, DefectKind.SELF_RELATION),
        ({"greenSkillsCollection": [(f"{URI}skill/none", "nic")]}, DefectKind.DANGLING_RELATION),
    ],
)
def test_defects_are_counted_and_the_rest_is_read(tmp_path: Path, changes: dict[str, list[Sequence[str]]], kind: DefectKind) -> None:
    """Each fault is reported once, under its kind, and takes no relation or concept of the sound rows with it."""
    content, defects = read(tmp_path, with_rows(sound_tables(), changes))
    assert defects == {kind: 1}
    assert len(content.relations) == 6
    assert {WELD, TALK, WELDER, GROUP, ISCO} <= {found.concept_uri for found in content.concepts}


def test_missing_table_is_a_defect(tmp_path: Path) -> None:
    """A package without relations is read, and the report says so."""
    tables = sound_tables()
    del tables["skillSkillRelations"]
    content, report = read_release([write_zip(tmp_path, tables)])
    assert [(defect.kind, defect.examples) for defect in report.defects] == [(DefectKind.FILE_MISSING, ("skillSkillRelations_*.csv",))]
    assert len(content.relations) == 5


def test_labels_of_duplicate_rows_are_put_together(tmp_path: Path) -> None:
    """The first preferred label stays, whatever else the second row brings is added."""
    tables = with_rows(sound_tables(), {"skills": [skill(TALK, preferredLabel="gadać", altLabels="mówić", description="Opis.")]})
    talk = concept(read(tmp_path, tables)[0], TALK)
    assert names(talk) == [("rozmawiać", LabelRole.PREFERRED), ("gadać", LabelRole.ALTERNATIVE), ("mówić", LabelRole.ALTERNATIVE)]
    assert talk.description == {"pl": "Opis."}


def test_essential_stands_before_optional(tmp_path: Path) -> None:
    """A skill that is both for one occupation is essential."""
    tables = with_rows(sound_tables(), {"occupationSkillRelations": [(WELDER, "essential", "", TALK)]})
    taxonomy = build_taxonomy(read(tmp_path, tables)[0], ())
    assert [(need.kind, need.target) for need in taxonomy.needs(WELDER)] == [(RelationKind.ESSENTIAL, TALK), (RelationKind.ESSENTIAL, WELD)]


def test_invisible_characters_are_taken_out(tmp_path: Path) -> None:
    """What cannot be seen cannot be searched."""
    tables = with_rows(sound_tables(), {"skills": [skill(METALS, preferredLabel=" zna​ć \n metale ")]})
    assert names(concept(read(tmp_path, tables)[0], METALS)) == [("znać metale", LabelRole.PREFERRED)]


def test_unknown_values_are_left_out(tmp_path: Path) -> None:
    """The concept stays without them."""
    tables = with_rows(sound_tables(), {"skills": [skill(METALS, skillType="talent", reuseLevel="?")]})
    metals = concept(read(tmp_path, tables)[0], METALS)
    assert (metals.skill_type, metals.reuse_level) == (None, None)


def test_missing_columns_are_named(tmp_path: Path) -> None:
    """A file with other columns is not ESCO's; the message says which were expected and which were found."""
    tables = sound_tables()
    tables["skills"] = (("uri", "name"), [(WELD, "spawać")])
    with pytest.raises(ReleaseInvalid, match="conceptUri, preferredLabel, altLabels; found: uri, name"):
        read(tmp_path, tables)


def test_file_without_rows_is_refused(tmp_path: Path) -> None:
    """A header alone is no classification."""
    tables = sound_tables()
    tables["occupations"] = (tables["occupations"][0], [])
    with pytest.raises(ReleaseInvalid, match=r"occupations_pl\.csv .*has no row"):
        read(tmp_path, tables)


def test_empty_relations_are_no_fault(tmp_path: Path) -> None:
    """A file of relations may hold none."""
    tables = sound_tables()
    tables["skillSkillRelations"] = (tables["skillSkillRelations"][0], [])
    assert read(tmp_path, tables)[1] == {}


def test_other_encoding_is_unreadable(tmp_path: Path) -> None:
    """The file and the remedy are named."""
    folder = write_folder(tmp_path / "v1.2.1", sound_tables())
    columns, rows = sound_tables()["skills"]
    (folder / "skills_pl.csv").write_bytes(format_csv(columns, rows).encode("cp1250"))
    with pytest.raises(FileUnreadable, match=r"skills_pl\.csv .* UTF-8"):
        read_release([folder])


def test_damaged_member_is_unreadable(tmp_path: Path) -> None:
    """An archive whose list is whole but whose content is not."""
    path = write_zip(tmp_path, sound_tables())
    damaged = bytearray(path.read_bytes())
    start = damaged.index(b"skills_pl.csv") + len("skills_pl.csv")
    damaged[start : start + 40] = bytes(40)
    path.write_bytes(damaged)
    with pytest.raises(FileUnreadable, match=r"skills_pl\.csv .*damaged"):
        read_release([path])


def test_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    """Some releases carry one."""
    folder = write_folder(tmp_path / "v1.2.1", sound_tables())
    path = folder / "skills_pl.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert len(read_release([folder])[0].concepts) == 5


def test_progress_ends_where_all_is_read(tmp_path: Path) -> None:
    """Bytes read never fall, and reach what there is."""
    told: list[tuple[str, int, int]] = []
    read_release([write_zip(tmp_path, sound_tables())], lambda *step: told.append(step))
    done = [step[1] for step in told]
    assert done == sorted(done)
    assert {(step[0], step[2]) for step in told} == {("read", done[-1])}


def test_report_counts_by_kind_and_language(tmp_path: Path) -> None:
    """The counts are those of the content."""
    _, report = read_release([write_zip(tmp_path, sound_tables())])
    assert report.counts == {
        "broader": 3,
        "collections": 1,
        "essential": 1,
        "occupation": 1,
        "occupation:pl": 1,
        "occupation_group": 1,
        "occupation_group:pl": 1,
        "optional": 2,
        "skill": 2,
        "skill:pl": 2,
        "skill_group": 1,
        "skill_group:pl": 1,
    }


def test_content_hash_follows_the_content(tmp_path: Path) -> None:
    """Another word, another relation: another hash."""
    first = read(tmp_path, sound_tables())[0].release.content_hash
    reworded = with_rows(sound_tables(), {"skills": [skill(METALS)]})
    related = with_rows(sound_tables(), {"broaderRelationsSkillPillar": [(WELD, TALK)]})
    hashes = {first, *(read(tmp_path, tables)[0].release.content_hash for tables in (reworded, related))}
    assert len(hashes) == 3


WORDS = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=12)


@pytest.mark.property
@given(texts=st.lists(WORDS, min_size=1, max_size=6, unique=True))
def test_draft_gives_back_every_label_once(texts: list[str]) -> None:
    """Whatever is added, in whatever repetition."""
    draft = Draft(uri=WELD, kind=ConceptKind.SKILL)
    for _ in range(2):
        draft.add_labels("pl", {LabelRole.PREFERRED: (texts[0],), LabelRole.ALTERNATIVE: tuple(texts)})
    assert sorted(label.text for label in draft.finish().labels) == sorted(texts)
    assert [label.text for label in draft.finish().labels if label.role is LabelRole.PREFERRED] == [texts[0]]


def esco(shared: Path, version: str, lang: str) -> Path:
    return shared / "esco" / f"ESCO dataset - v{version} - classification - {lang} - csv.zip"


def preferred(content: ReleaseContent, kind: ConceptKind, lang: str) -> list[Label]:
    return [
        label
        for found in content.concepts
        if found.kind is kind
        for label in found.labels
        if label.lang == lang and label.role is LabelRole.PREFERRED
    ]


def kinds_of(relations: Sequence[ConceptRelation], source: str) -> Counter[RelationKind]:
    return Counter(relation.kind for relation in relations if f"/esco/{source}/" in relation.source)


@pytest.mark.realdata
def test_polish_and_english_release_is_read_whole(shared: Path) -> None:
    """ESCO v1.2.1: 13,939 skills, of which 6,716 are named in Polish, and 129 thousand needs of 3,039 occupations."""
    content, report = read_release([esco(shared, "1.2.1", "pl"), esco(shared, "1.2.1", "en")])
    assert content.release.version == "1.2.1"
    assert Counter(found.kind for found in content.concepts) == {
        ConceptKind.SKILL: 13_939,
        ConceptKind.OCCUPATION: 3_039,
        ConceptKind.SKILL_GROUP: 640,
        ConceptKind.OCCUPATION_GROUP: 619,
    }
    assert len(preferred(content, ConceptKind.SKILL, "pl")) == 6_716
    assert len(preferred(content, ConceptKind.SKILL, "en")) == 13_939
    assert kinds_of(content.relations, "occupation")[RelationKind.ESSENTIAL] == 67_622
    # 61,382 rows are optional, 17 of them for skills that are essential as well.
    assert kinds_of(content.relations, "occupation")[RelationKind.OPTIONAL] == 61_365
    defects = {defect.kind: defect.count for defect in report.defects}
    assert defects[DefectKind.DUPLICATE_ROW] == 8
    assert defects[DefectKind.CONFLICTING_NEED] == 17
    assert defects[DefectKind.SELF_RELATION] == 1


@pytest.mark.realdata
def test_previous_release_is_read_whole(shared: Path) -> None:
    """ESCO v1.1.1 in English: other columns, the same reader."""
    content, report = read_release([esco(shared, "1.1.1", "en")])
    assert (content.release.version, content.release.languages) == ("1.1.1", ("en",))
    kinds = Counter(found.kind for found in content.concepts)
    assert (kinds[ConceptKind.SKILL], kinds[ConceptKind.OCCUPATION]) == (13_896, 3_007)
    assert sum(report.counts[kind] for kind in ("essential", "optional")) > 129_000
    assert all(found.code for found in content.concepts if found.kind is ConceptKind.OCCUPATION)
