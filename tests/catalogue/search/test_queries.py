from pathlib import Path

import pytest

from szlak.catalogue.model.search import SearchKind
from szlak.catalogue.search.analysis import TextAnalysis, read_query
from szlak.catalogue.search.documents import IndexDocument
from szlak.catalogue.search.engine import KindIndex
from szlak.catalogue.search.fields import TEXT_FIELDS
from szlak.catalogue.search.schema import write_documents
from tests.fakes.search_samples import polish


def open_documents(folder: Path, documents: list[IndexDocument], kind: SearchKind = "offers") -> KindIndex:
    write_documents(folder / "index", kind, documents, TextAnalysis(polish()))
    return KindIndex(folder / "index", kind)


@pytest.mark.parametrize("kind", TEXT_FIELDS)
def test_every_boost_decides_an_order(tmp_path: Path, kind: SearchKind) -> None:
    """The same word in each field alone: documents come by the boost of the field, so that no boost does nothing."""
    names = [field.name for field in TEXT_FIELDS[kind]]
    documents = [
        IndexDocument(kind=kind, item_id=name, texts={other: "haft kowal" if other == name else "tkacz kowal" for other in names})
        for name in reversed(names)
    ]
    index = open_documents(tmp_path, documents, kind)
    window = index.read_window(index.build_query(read_query("haft", polish(), {}), ()), 0, 10)
    assert [hit.id for hit in window.hits] == names
    boosts = [field.boost for field in TEXT_FIELDS[kind]]
    assert [hit.score / window.hits[-1].score for hit in window.hits] == pytest.approx(boosts)


def test_an_exact_form_is_better_than_another_form_of_the_word(tmp_path: Path) -> None:
    """Both are found; the form as typed is rarer and so weighs more."""
    texts = ["kowal", "kowala", "kowalem"]
    index = open_documents(tmp_path, [IndexDocument(kind="offers", item_id=text, texts={"title": text}) for text in texts])
    window = index.read_window(index.build_query(read_query("kowala", polish(), {}), ()), 0, 10)
    assert [hit.id for hit in window.hits] == ["kowala", "kowal", "kowalem"]
