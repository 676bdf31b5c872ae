"""Our own gold set is what its README says it is."""

import pytest

from szlak.catalogue.esco.evaluation.gold import GoldSentence
from szlak.catalogue.esco.linking.ranker import SHIPPED, Ranker, number_text
from szlak.catalogue.model.linking import RELEVANT, TEXT_KINDS, LinkTarget
from szlak.catalogue.starter.lexicon import load_lexicon
from tests.quality.gold_set import FILES, README, fill_counts, format_counts, load_sentences, overlaps, read_rows

FIELDS = {"id", "kind", "source", "document", "context", "text", "grades", "nil", "nil_disputed"}


@pytest.fixture(scope="module")
def sentences() -> dict[str, list[GoldSentence]]:
    return load_sentences()


def test_every_line_has_the_fields_of_the_readme() -> None:
    """No more and no fewer, each of its type, and the kind is one that a text may have."""
    for row in (row for name in FILES for row in read_rows(name)):
        assert set(row) == FIELDS, row["id"]
        assert row["kind"] in TEXT_KINDS
        assert all(isinstance(row[name], str) and row[name] for name in ("id", "source", "document", "text")), row["id"]
        assert isinstance(row["context"], str), row["id"]
        assert bool(row["context"]) == (row["kind"] != "everyday"), row["id"]
        assert isinstance(row["nil"], bool)
        assert isinstance(row["nil_disputed"], bool)


def test_grades_are_halves_of_concepts_that_there_are(sentences: dict[str, list[GoldSentence]]) -> None:
    """Each grade is from 0.5 to 3, and each concept is a skill of ESCO 1.2.1."""
    known = {entry.concept_uri for entry in load_lexicon()}
    for row in (row for rows in sentences.values() for row in rows):
        assert all(0.5 <= grade <= 3 and (2 * grade).is_integer() for grade in row.grades.values()), row.identity
        assert known.issuperset(row.grades), row.identity


def test_nothing_fits_exactly_where_no_grade_says_otherwise(sentences: dict[str, list[GoldSentence]]) -> None:
    """`nil` follows from the grades."""
    for row in (row for rows in sentences.values() for row in rows):
        assert row.nil == all(grade < RELEVANT for grade in row.grades.values()), row.identity


def test_ids_and_texts_are_unique(sentences: dict[str, list[GoldSentence]]) -> None:
    """In both files together."""
    rows = [row for rows in sentences.values() for row in rows]
    assert len({row.identity for row in rows}) == len({row.text.text for row in rows}) == len(rows)


def test_no_document_is_in_both_files(sentences: dict[str, list[GoldSentence]]) -> None:
    """What is fitted to says nothing about what is measured on."""
    documents = [{row.document for row in rows} for rows in sentences.values()]
    assert not documents[0] & documents[1]


def test_the_shipped_ranker_has_not_seen_what_it_is_measured_on(sentences: dict[str, list[GoldSentence]]) -> None:
    """The ranker remembers the texts that it was fitted to: those of `fit.jsonl`, and none of `quality.jsonl`."""
    ranker = Ranker.load(SHIPPED / LinkTarget.SKILLS.value)
    seen = ranker.fitted | ranker.calibrated
    numbers = {name: {number_text(row.text.text) for row in rows} for name, rows in sentences.items()}
    assert not seen & numbers["quality"]
    assert numbers["fit"] <= seen


def test_no_sentence_is_mostly_one_of_the_lexicon(sentences: dict[str, list[GoldSentence]]) -> None:
    """The encoder was trained on the lexicon: at most half of a sentence's character 5-grams stand in any one sentence of it."""
    rows = [row for rows in sentences.values() for row in rows]
    shares = overlaps([row.text.text for row in rows], (sentence for entry in load_lexicon() for sentence in entry.sentences))
    assert not [row.identity for row, share in zip(rows, shares, strict=True) if share > 0.5]


@pytest.mark.parametrize(
    ("text", "other", "share"), [("Spawam ramy.", "spawam RAMY", 1.0), ("abcdefg", "cdefghi", 1 / 3), ("abc", "abc", 0.0)]
)
def test_overlap_is_the_share_of_grams_of_words(text: str, other: str, share: float) -> None:
    """Case and punctuation do not count; a text too short for a gram shares nothing."""
    assert overlaps([text], [other, "zupełnie inne zdanie"]) == [pytest.approx(share)]


def test_the_readme_counts_right(sentences: dict[str, list[GoldSentence]]) -> None:
    """`python -m tests.quality.gold_set` would change nothing."""
    page, counts = README.read_text(encoding="utf-8"), format_counts(sentences)
    assert counts in page
    assert fill_counts(page, counts) == page
