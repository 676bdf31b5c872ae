"""Proper names are found in any inflection, and a concept that has no other name is meant only where it is named."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from szlak.catalogue.esco.linking.proper_names import (
    ProperNames,
    build_proper_names,
    list_proper,
    load_proper_names,
    save_proper_names,
)

CONCEPTS = (
    ("programowanie w języku Java", "Java"),
    ("JavaScript",),
    ("arkusze kalkulacyjne", "Excel"),
    ("C#",),
    ("programowanie w języku C",),
    ("Adobe Photoshop",),
    ("spawanie metali",),
)
JAVA, JAVASCRIPT, SHEETS, CSHARP, C, PHOTOSHOP, WELDING = range(len(CONCEPTS))
NAMES = build_proper_names(CONCEPTS)


def compare(text: str) -> list[float]:
    return NAMES.compare(NAMES.find(text), np.arange(len(CONCEPTS), dtype=np.int32)).tolist()


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("programuje w Javie", JAVA),
        ("java", JAVA),
        ("Java Script", JAVASCRIPT),
        ("znajomość JavaScriptu", JAVASCRIPT),
        ("praca w Excelu", SHEETS),
        ("tabele w excelu", SHEETS),
        ("programista C#", CSHARP),
        ("język C", C),
    ],
)
def test_a_text_that_holds_the_name_names_the_concept(text: str, concept: int) -> None:
    """Endings, small letters and a name written in two words do not hide it."""
    assert compare(text)[concept] == 1


@pytest.mark.parametrize(
    ("text", "concept"),
    [("Java Script", JAVA), ("JavaScript", JAVA), ("programuje w Javie", JAVASCRIPT), ("c d e", C), ("C#", C), ("Excellent", JAVA)],
)
def test_what_only_looks_alike_is_another_name(text: str, concept: int) -> None:
    """A longer name is not the shorter one it begins with, and a name of one letter is written just so."""
    assert compare(text)[concept] == -1


def test_an_inflected_form_that_is_a_name_itself_is_both() -> None:
    """Some other concept may be called "programming in Javie"."""
    names = build_proper_names([("Java",), ("aplikacje w Javie",)])
    for text in ("programuje w Javie", "Javą"):
        assert names.compare(names.find(text), np.arange(2, dtype=np.int32))[0] == 1


def test_a_concept_with_a_common_name_too_need_not_be_named() -> None:
    """Spreadsheets are spreadsheets without Excel; welding has no proper name at all."""
    found = compare("tworzy arkusze kalkulacyjne")
    assert found[SHEETS] == found[WELDING] == 0


@pytest.mark.parametrize("text", ["Excelent", "excellent", "Perła"])
def test_other_words_are_no_inflected_names(text: str) -> None:
    """Endings are those of Polish nouns, and letters keep their strokes."""
    names = build_proper_names([("Excel",), ("Perl",)])
    assert not len(names.find(text))


def test_part_of_a_name_counts_for_its_share() -> None:
    """Of two proper names in one, the text holds one."""
    assert compare("obróbka zdjęć w Photoshopie")[PHOTOSHOP] == 0.5


def test_no_names_make_an_empty_table() -> None:
    """Nothing is found, and nothing is required."""
    empty = build_proper_names([])
    assert not len(empty.find("Java"))
    assert not len(empty.compare(empty.find("Java"), np.zeros(0, np.int32)))


@given(st.text(max_size=60))
def test_any_text_is_searched(text: str) -> None:
    """Terms are of the vocabulary, each once; shares are -1 or from 0 to 1."""
    found = NAMES.find(text)
    assert sorted(set(found.tolist())) == found.tolist()
    assert set(found.tolist()) <= set(range(len(NAMES.terms)))
    assert all(share == -1 or 0 <= share <= 1 for share in compare(text))


@given(st.text(max_size=30))
def test_a_name_finds_itself(name: str) -> None:
    """Whatever capital letters it has, a text that is the name holds all of it."""
    names = build_proper_names([(name,)])
    if list_proper(name) and len(list_proper(name)) == 1:
        assert names.compare(names.find(name), np.zeros(1, np.int32)).tolist() == [1.0]


def test_names_read_back_as_they_were_written(tmp_path: Path) -> None:
    """Every part."""
    save_proper_names(NAMES, tmp_path)
    assert _parts(load_proper_names(tmp_path, len(CONCEPTS))) == _parts(NAMES)


def test_names_of_other_concepts_are_refused(tmp_path: Path) -> None:
    """A table belongs to its shelf."""
    save_proper_names(NAMES, tmp_path)
    with pytest.raises(ValueError, match="do not belong together"):
        load_proper_names(tmp_path, len(CONCEPTS) + 1)


def _parts(names: ProperNames) -> tuple[object, ...]:
    return names.terms, *(getattr(names, name).tolist() for name in ("owners", "starts", "term_ids", "only"))
