import random
from pathlib import Path

from szlak.catalogue.search.analysis import TextAnalysis, read_query
from szlak.catalogue.search.documents import IndexDocument
from szlak.catalogue.search.engine import KindIndex
from szlak.catalogue.search.fields import TermField
from szlak.catalogue.search.schema import write_documents
from tests.fakes.search_samples import polish

WORDS = [f"wyraz{number}" for number in range(12)]


def open_documents(folder: Path, documents: list[IndexDocument]) -> KindIndex:
    write_documents(folder / "index", "offers", documents, TextAnalysis(polish()))
    return KindIndex(folder / "index", "offers")


def test_equal_texts_have_equal_scores_throughout_a_large_index(tmp_path: Path) -> None:
    """Offers of one credential stay together, bit for bit, across tens of thousands of documents and many words.

    Rare words end early, so that an engine that adds scores in changing order would betray itself.
    """
    rng, documents = random.Random(7), []
    for number in range(400):
        pool = WORDS if number < 100 else WORDS[4:]
        texts = {name: " ".join(rng.choices(pool, k=rng.randint(2, 30))) for name in ("title", "outcomes", "description")}
        documents += [
            IndexDocument(kind="offers", item_id=f"{number:03}", offer_id=f"{at:03}", texts=texts) for at in range(rng.choice([1, 2, 60]))
        ]
    index = open_documents(tmp_path, documents)
    assert (index.documents, index.segments) == (len(documents), 1)
    offers = {item: [d.offer_id for d in documents if d.item_id == item] for item in {d.item_id for d in documents}}
    for words in (2, 5, 9, 12):
        query = index.build_query(read_query(" ".join(rng.sample(WORDS, words)), polish(), {}), ())
        hits = index.read_window(query, 0, 400).hits
        assert len({hit.id for hit in hits}) == len(hits) > 10
        assert all(list(hit.offer_ids) == offers[hit.id] for hit in hits)


def test_a_window_goes_on_where_the_last_one_ended(tmp_path: Path) -> None:
    """Offsets count documents; an item is never cut."""
    documents = [IndexDocument(kind="offers", item_id=item, offer_id=f"{at}", texts={}) for item in "abc" for at in range(20)]
    index = open_documents(tmp_path, documents)
    query = index.build_query(None, ())
    first = index.read_window(query, 0, 2)
    assert ([hit.id for hit in first.hits], first.consumed, first.total) == (["a", "b"], 40, 60)
    second = index.read_window(query, first.consumed, 2)
    assert ([hit.id for hit in second.hits], second.consumed) == (["c"], 60)


def test_an_offset_beyond_the_end_finds_nothing(tmp_path: Path) -> None:
    """However far: a forged cursor must not reserve memory for it."""
    index = open_documents(tmp_path, [IndexDocument(kind="offers", item_id="a", texts={})])
    assert index.read_window(index.build_query(None, ()), 2**39, 5).hits == ()


def test_a_cut_facet_shows_the_first_of_equal_values(tmp_path: Path) -> None:
    """A hundred values with one document each: the first by alphabet, whatever the engine would have kept."""
    values = [f"v{number:03}" for number in range(100)]
    documents = [IndexDocument(kind="offers", item_id=value, texts={}, terms={"skill": (value,)}) for value in reversed(values)]
    documents.append(IndexDocument(kind="offers", item_id="more", texts={}, terms={"skill": ("v050",)}))
    index = open_documents(tmp_path, documents)
    facet = index.count_terms(index.build_query(None, ()), [TermField("skill", "skills", limit=5)])["skill"]
    assert [(value.value, value.count) for value in facet] == [("v050", 2), ("v000", 1), ("v001", 1), ("v002", 1), ("v003", 1)]


def test_only_the_documents_of_the_query_are_counted(tmp_path: Path) -> None:
    """Facets are of the list, not of the catalogue."""
    documents = [IndexDocument(kind="offers", item_id=word, texts={"title": word}, terms={"kind": (word,)}) for word in ("haft", "kowal")]
    index = open_documents(tmp_path, documents)
    facets = index.count_terms(index.build_query(read_query("haft", polish(), {}), ()), [TermField("kind", "kinds")])
    assert [(value.value, value.count) for value in facets["kind"]] == [("haft", 1)]
