"""Files of judged texts: read as they are meant, or refused with the line and what to do."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from szlak.catalogue.errors import InputInvalid
from szlak.catalogue.esco.evaluation.gold import read_gold, read_titles

ROW = {"id": "a", "kind": "everyday", "source": "own", "text": "Spawa ramy.", "grades": {"x": 3, "y": 1.5}, "nil": False}
TITLE = {"id": 1, "title": "spawacz", "text": "Szukamy spawacza.", "concept_uris": ["x", "y"]}


def write(folder: Path, *rows: object, name: str = "gold.jsonl") -> Path:
    content = "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows).encode()
    path = folder / name
    path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    return path


@pytest.mark.parametrize("name", ["gold.jsonl", "gold.jsonl.gz"])
def test_a_sentence_is_read_with_its_judgements(tmp_path: Path, name: str) -> None:
    """Plain or packed; what is not told is false or empty; from a mean grade of 2 a concept is relevant."""
    (found,) = read_gold(write(tmp_path, ROW, name=name), 100)
    assert (found.identity, found.text.text, found.text.kind, found.kind, found.source) == (
        "a",
        "Spawa ramy.",
        "everyday",
        "everyday",
        "own",
    )
    assert (found.grades, found.relevant, found.nil, found.nil_disputed) == ({"x": 3.0, "y": 1.5}, {"x"}, False, False)


def test_a_kind_that_is_not_known_is_kept_for_the_report_alone(tmp_path: Path) -> None:
    """The linker is not told of a kind that it does not know."""
    (found,) = read_gold(write(tmp_path, {**ROW, "kind": "poem"}), 100)
    assert (found.kind, found.text.kind) == ("poem", None)


def test_a_huge_text_is_cut(tmp_path: Path) -> None:
    """Only the first characters are kept."""
    (found,) = read_gold(write(tmp_path, {**ROW, "text": "a" * 1000}), 10)
    assert found.text.text == "a" * 10


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], "it holds no line"),
        (["", "   "], "it holds no line"),
        ([ROW, "{"], "line 2 is not JSON"),
        ([[1]], "Line 1 must be an object with"),
        ([{**ROW, "text": 5}], "Line 1 must be an object with"),
        ([{**ROW, "grades": ["x"]}], "Line 1: “grades” must be an object"),
        ([{key: value for key, value in ROW.items() if key != "grades"}], "Line 1: “grades” must be an object"),
        ([{**ROW, "grades": {"x": "3"}}], "the grade of x must be a number from 0 to 3; found 3"),
        ([{**ROW, "grades": {"x": True}}], "the grade of x must be a number"),
        ([{**ROW, "grades": {"x": 3.5}}], "the grade of x must be a number"),
        ([{**ROW, "grades": {"x": 10**400}}], "the grade of x must be a number"),
        ([{**ROW, "nil": True}], "Line 1: “nil” says that nothing fits"),
        ([{**ROW, "nil": "no"}], "Line 1: “nil” must be true or false; found no"),
        ([ROW, "", ROW], "Line 3: the id a was there before"),
    ],
)
def test_what_is_no_gold_is_refused_with_its_line(tmp_path: Path, rows: list[Any], words: str) -> None:
    """The line, what is wrong and what would be right are said."""
    with pytest.raises(InputInvalid, match=words):
        read_gold(write(tmp_path, *rows), 100)


def test_titles_are_read(tmp_path: Path) -> None:
    """The title alone is the text."""
    (found,) = read_titles(write(tmp_path, TITLE), 100)
    assert (found.identity, found.text.text, found.text.kind, found.relevant) == ("1", "spawacz", "offer_title", {"x", "y"})


@pytest.mark.parametrize("row", [{**TITLE, "title": None}, {**TITLE, "concept_uris": []}, {**TITLE, "concept_uris": [1]}, "[]"])
def test_titles_without_answer_are_refused(tmp_path: Path, row: object) -> None:
    """The line is named."""
    with pytest.raises(InputInvalid, match="Line 1"):
        read_titles(write(tmp_path, row), 100)


JSON = st.recursive(st.none() | st.booleans() | st.floats() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=3), max_leaves=5)


@pytest.mark.property
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.dictionaries(st.sampled_from(sorted(ROW)), JSON, max_size=3))
def test_any_row_is_read_or_refused(tmp_path: Path, changes: dict[str, object]) -> None:
    """Whatever a field holds, nothing else than an answer or a refusal comes of it."""
    try:
        (found,) = read_gold(write(tmp_path, {**ROW, **changes}), 100)
    except InputInvalid:
        return
    assert all(0 <= grade <= 3 for grade in found.grades.values())
