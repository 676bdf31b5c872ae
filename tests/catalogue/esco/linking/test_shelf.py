"""The table that linking looks things up in."""

from pathlib import Path

import numpy as np
import pytest

from szlak.catalogue.esco.linking.shelf import Shelf, build_shelf, load_shelf, save_shelf
from szlak.catalogue.polish import Polish
from tests.catalogue.esco.small import make_taxonomy

TAXONOMY = make_taxonomy()


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return build_shelf(TAXONOMY, TAXONOMY.skills, Polish(), lambda done: None)


def test_a_shelf_reads_back_as_it_was_written(shelf: Shelf, tmp_path: Path) -> None:
    """Names, vocabulary and arrays survive the disk."""
    save_shelf(shelf, tmp_path)
    read = load_shelf(tmp_path)
    assert (read.uris, read.names, read.terms) == (shelf.uris, shelf.names, shelf.terms)
    assert np.array_equal(read.lemma_ids, shelf.lemma_ids)
    assert np.array_equal(read.idf, shelf.idf)


def test_files_of_different_shelves_are_refused(shelf: Shelf, tmp_path: Path) -> None:
    """A vocabulary cut short does not pass for another."""
    save_shelf(shelf, tmp_path)
    (tmp_path / "terms.txt").write_text("spawać", encoding="utf-8")
    with pytest.raises(ValueError, match="do not belong together"):
        load_shelf(tmp_path)


def test_units_of_a_concept_begin_with_its_names(shelf: Shelf) -> None:
    """Every name of the taxonomy stands on the shelf, in the taxonomy's order of concepts."""
    for number, uri in enumerate(shelf.uris):
        assert len(shelf.names_of(number)) == len(TAXONOMY.labels(uri))
        units = shelf.concept_starts[number + 1] - shelf.concept_starts[number]
        assert units == len(TAXONOMY.labels(uri)) + len(TAXONOMY.sentences(uri))


def test_rare_words_weigh_more(shelf: Shelf) -> None:
    """A word of one concept weighs more than one of several."""
    rare, common = shelf.term_ids["spawać"], shelf.term_ids["obsługa"]
    assert shelf.idf[rare] > shelf.idf[common] > 0


def test_an_empty_taxonomy_makes_an_empty_shelf(tmp_path: Path) -> None:
    """No concepts, no names, and still readable."""
    save_shelf(build_shelf(TAXONOMY, (), Polish(), lambda done: None), tmp_path)
    assert load_shelf(tmp_path).uris == ()
