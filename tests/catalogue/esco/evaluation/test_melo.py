"""The MELO protocol: files, ties, figures and the run, beside a plain reading of what trec_eval does."""

import gzip
import io
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from szlak.catalogue.errors import InputInvalid
from szlak.catalogue.esco.evaluation.bootstrap import estimate_shares
from szlak.catalogue.esco.evaluation.melo import MeloTask, evaluate_melo, melo_shares, read_melo, write_run
from szlak.catalogue.esco.evaluation.names import CharacterScorer
from szlak.catalogue.pipeline import quiet

FILES = {
    "queries": "Q1\tspawacz\nQ2\tkucharz\nQ3\tbez odpowiedzi\n",
    "corpus_elements": "C1\tspawacz\nC2\tkucharka\nC3\tmurarz\nC10\tspawaczka\n",
    "annotations": "Q1\t0\tC1\t1\nQ1\t0\tC10\t1\nQ2\t0\tC2\t1\nQ2\t0\tC3\t0\nQ2\t0\tC99\t1\n",
}


def write_set(folder: Path, files: Mapping[str, str] = FILES, *, packed: bool = False) -> Path:
    for name, content in files.items():
        path = folder / f"{name}.tsv{'.gz' if packed else ''}"
        path.write_bytes(gzip.compress(content.encode()) if packed else content.encode())
    return folder


def make_scores(task: MeloTask, by_query: Mapping[str, Mapping[str, float]]) -> NDArray[np.float32]:
    return np.array([[by_query[query][name] for name in task.name_ids] for query in task.query_ids], dtype=np.float32)


def read_run(text: str) -> dict[str, list[tuple[float, str]]]:
    """What trec_eval sees: by score, then by document id, both descending, whatever the ranks say."""
    found: dict[str, list[tuple[float, str]]] = {}
    for line in text.splitlines():
        query, _, name, _, score, _ = line.split()
        found.setdefault(query, []).append((float(score), name))
    return {query: sorted(pairs, reverse=True) for query, pairs in found.items()}


def plain_figures(run: Mapping[str, list[tuple[float, str]]], judged: Mapping[str, set[str]]) -> dict[str, float]:
    """Averages over the queries of a run, place by place."""
    sums = dict.fromkeys(("mrr", "map", "success@1", "success@5", "success@10"), 0.0)
    for query, pairs in run.items():
        places = [place for place, (_, name) in enumerate(pairs, start=1) if name in judged[query]]
        sums["mrr"] += 1 / places[0] if places else 0
        sums["map"] += sum(hit / place for hit, place in enumerate(places, start=1)) / len(judged[query])
        for k in (1, 5, 10):
            sums[f"success@{k}"] += any(place <= k for place in places)
    return {name: value / len(run) for name, value in sums.items()}


@pytest.mark.parametrize("packed", [False, True])
def test_a_set_is_read_plain_or_packed(tmp_path: Path, packed: bool) -> None:
    """Queries without a right name are left out; a right name that the corpus lacks is remembered."""
    task = read_melo(write_set(tmp_path, packed=packed))
    assert (task.query_ids, task.queries) == (("Q1", "Q2"), ("spawacz", "kucharz"))
    assert task.name_ids == ("C3", "C2", "C10", "C1")
    assert task.names == ("murarz", "kucharka", "spawaczka", "spawacz")
    assert [places.tolist() for places in task.relevant] == [[2, 3], [1]]
    assert task.lost == (0, 1)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"queries": "Q1 spawacz\n"}, "line 1 has fewer than 2 cells"),
        ({"queries": "Q1\ta\nQ1\tb\n"}, "line 2: the id Q1 was there before"),
        ({"annotations": "Q1\t0\tC1\tyes\n"}, "line 1: yes is not a whole number"),
        ({"annotations": "Q1\tC1\t1\n"}, "line 1 has fewer than 4 cells"),
        ({"annotations": ""}, "holds no query with a right answer"),
        ({"corpus_elements": ""}, "holds no query with a right answer"),
    ],
)
def test_what_is_no_set_is_refused(tmp_path: Path, changes: Mapping[str, str], words: str) -> None:
    """The file, the line and what is wrong are said."""
    with pytest.raises(InputInvalid, match=words):
        read_melo(write_set(tmp_path, {**FILES, **changes}))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """With both names that it may have."""
    with pytest.raises(InputInvalid, match=r"no queries\.tsv and no queries\.tsv\.gz"):
        read_melo(tmp_path)


def test_figures_by_hand(tmp_path: Path) -> None:
    """Q1: right ones at 1 and 3; Q2: at 2, and one that is not in the corpus."""
    task = read_melo(write_set(tmp_path))
    scores = make_scores(task, {"Q1": {"C1": 0.9, "C2": 0.8, "C10": 0.7, "C3": 0}, "Q2": {"C1": 0.9, "C2": 0.8, "C10": 0.7, "C3": 0}})
    found = {name: estimate.value for name, estimate in estimate_shares(melo_shares(task, scores)).items()}
    expected = {"mrr": (1 + 1 / 2) / 2, "map": ((1 + 2 / 3) / 2 + (1 / 2) / 2) / 2, "success@1": 0.5, "success@5": 1.0, "success@10": 1.0}
    assert found == pytest.approx(expected, abs=1e-6)


def test_scores_that_differ_below_five_decimals_are_ties_by_document_id_descending(tmp_path: Path) -> None:
    """Of equal ones C3 comes before C2, C10 and C1: ids are compared as text."""
    task = read_melo(write_set(tmp_path))
    stream = io.StringIO()
    row = {"C1": 0.500004, "C2": 0.500001, "C10": 0.5, "C3": 0.499996}
    write_run(stream, task, make_scores(task, {"Q1": row, "Q2": row}))
    assert [line.split()[2:5] for line in stream.getvalue().splitlines()[:4]] == [
        ["C3", "1", "0.50000"],
        ["C2", "2", "0.50000"],
        ["C10", "3", "0.50000"],
        ["C1", "4", "0.50000"],
    ]


def test_the_run_ranks_every_name_for_every_query(tmp_path: Path) -> None:
    """Six cells a line, ranks from 1."""
    task = read_melo(write_set(tmp_path))
    stream = io.StringIO()
    write_run(stream, task, CharacterScorer().score(task.queries, task.names))
    lines = [line.split() for line in stream.getvalue().splitlines()]
    assert len(lines) == len(task.queries) * len(task.names)
    assert [line[3] for line in lines[:4]] == ["1", "2", "3", "4"]
    assert lines[0] == ["Q1", "Q0", "C1", "1", "1.00000", "szlak"]


def test_the_baseline_is_in_the_same_report(tmp_path: Path) -> None:
    """Measured against itself, character TF-IDF differs in nothing."""
    task = read_melo(write_set(tmp_path))
    report = evaluate_melo(task, CharacterScorer().score(task.queries, task.names), quiet)
    baseline = report.baselines["char_tfidf"]
    assert baseline.figures == report.figures
    assert {difference.value for difference in baseline.differences.values()} == {0.0}


@pytest.mark.property
@given(data=st.data())
def test_figures_are_those_of_the_written_run(data: st.DataObject) -> None:
    """Reading the run as trec_eval does gives the same figures, ties and negative scores included."""
    ids = [f"C{number}" for number in range(12)]
    name_ids = tuple(sorted(ids, reverse=True))
    relevant = data.draw(st.lists(st.sets(st.integers(0, 11), min_size=1, max_size=4), min_size=1, max_size=4))
    row = st.lists(st.sampled_from([-0.5, 0.0, 0.25, 0.250004, 0.99999, 3.0]) | st.floats(-2, 2, width=32), min_size=12, max_size=12)
    scores = np.array([data.draw(row) for _ in relevant], dtype=np.float32)
    queries = tuple(f"Q{number}" for number in range(len(relevant)))
    places = tuple(np.array(sorted(right), dtype=np.int64) for right in relevant)
    task = MeloTask(query_ids=queries, queries=queries, name_ids=name_ids, names=name_ids, relevant=places, lost=(0,) * len(queries))
    stream = io.StringIO()
    write_run(stream, task, scores)
    judged = {query: {name_ids[place] for place in right} for query, right in zip(queries, relevant, strict=True)}
    found = {name: float(share.parts.mean()) for name, share in melo_shares(task, scores).items()}
    assert found == pytest.approx(plain_figures(read_run(stream.getvalue()), judged))


@pytest.mark.realdata
@pytest.mark.parametrize(("name", "mrr", "success"), [("cze_q_cs_c_cs", 0.4043, 0.3138), ("usa_q_en_c_en", 0.5800, 0.4708)])
def test_character_tfidf_gives_the_published_figures(shared: Path, name: str, mrr: float, success: float) -> None:
    """The authors' own figures; theirs stop at the first 100 names, so that ours may be a thousandth higher."""
    task = read_melo(shared / "melo" / name)
    found = melo_shares(task, CharacterScorer().score(task.queries, task.names))
    assert found["mrr"].parts.mean() == pytest.approx(mrr, abs=0.001)
    assert found["success@1"].parts.mean() == pytest.approx(success, abs=0.0001)
