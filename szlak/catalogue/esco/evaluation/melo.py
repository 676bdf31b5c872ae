"""The MELO benchmark: job titles of a national classification against all names of ESCO occupations, as its authors measure it.

Retyk et al., "MELO", RecSys in HR 2024; github.com/Avature/melo-benchmark. Scores count to 5 decimals, equal ones go by document
id, descending (what trec_eval does), every name is ranked, and each name of the right occupation is relevant.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from szlak.catalogue.errors import InputInvalid
from szlak.catalogue.esco.evaluation.bootstrap import estimate_shares
from szlak.catalogue.esco.evaluation.metrics import Floats, Shares
from szlak.catalogue.esco.evaluation.names import CharacterScorer
from szlak.catalogue.esco.evaluation.report import Progress, Report, compare_baseline
from szlak.catalogue.messages import Message
from szlak.catalogue.readers import iter_lines, unreadable

DEPTHS = (1, 5, 10)
DECIMALS = 5
RUN_TAG = "szlak"

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MeloTask:
    """A MELO set. Names stand by document id, descending; `relevant` holds the places of the right names of each query.

    Only queries with a right name are in it. `lost` counts the right names of each query that the corpus does not have.
    """

    query_ids: tuple[str, ...]
    queries: tuple[str, ...]
    name_ids: tuple[str, ...]
    names: tuple[str, ...]
    relevant: tuple[Ints, ...]
    lost: tuple[int, ...]


def read_melo(folder: Path) -> MeloTask:
    """Read `queries`, `corpus_elements` and `annotations` of a folder, as .tsv or .tsv.gz (`concept_mapping` is not needed).

    Raises:
        InputInvalid: a file is not there, a line has another shape, or no query has a right name.
    """
    queries = _read_texts(_find(folder, "queries"))
    names = _read_texts(_find(folder, "corpus_elements"))
    judged = _read_judged(_find(folder, "annotations"))
    name_ids = tuple(sorted(names, key=str.encode, reverse=True))
    place_of = {identity: place for place, identity in enumerate(name_ids)}
    query_ids = tuple(identity for identity in queries if judged.get(identity))
    if not query_ids or not name_ids:
        raise InputInvalid(Message("{path} holds no query with a right answer. Name a folder of a MELO set.", {"path": str(folder)}))
    relevant = [[place_of[name] for name in judged[query] if name in place_of] for query in query_ids]
    return MeloTask(
        query_ids=query_ids,
        queries=tuple(queries[query] for query in query_ids),
        name_ids=name_ids,
        names=tuple(names[name] for name in name_ids),
        relevant=tuple(np.array(sorted(places), dtype=np.int64) for places in relevant),
        lost=tuple(len(judged[query]) - len(places) for query, places in zip(query_ids, relevant, strict=True)),
    )


def evaluate_melo(task: MeloTask, scores: NDArray[np.float32], progress: Progress) -> Report:
    """Return the figures of scores of shape (n queries, n names), beside those of character TF-IDF."""
    mine = melo_shares(task, scores)
    plain = melo_shares(task, CharacterScorer().score(task.queries, task.names))
    progress("baselines", 1, 1)
    return Report(
        facts={"queries": len(task.queries), "names": len(task.names)},
        figures=estimate_shares(mine),
        baselines={"char_tfidf": compare_baseline(mine, plain, list(mine))},
    )


def melo_shares(task: MeloTask, scores: NDArray[np.float32]) -> dict[str, Shares]:
    """Return mrr, map and success@k, an entry a query, of scores of shape (n queries, n names)."""
    rows = zip(scores, task.relevant, task.lost, strict=True)
    figures = np.array([_figures(find_ranks(row, places), len(places) + lost) for row, places, lost in rows])
    names = ("mrr", "map", *(f"success@{k}" for k in DEPTHS))
    return {name: Shares(parts=figures[:, column], wholes=np.ones(len(figures))) for column, name in enumerate(names)}


def find_ranks(scores: NDArray[np.float32], places: Ints) -> Ints:
    """Return the ranks, from 1 and rising, of some names of one query; shape of `scores` is (n names,)."""
    keys = _sort_keys(scores)
    ranks: Ints = np.sort(len(keys) - np.searchsorted(np.sort(keys), keys[places]))
    return ranks


def write_run(stream: IO[str], task: MeloTask, scores: NDArray[np.float32]) -> None:
    """Write the whole ranking in TREC form: query, Q0, document, rank, score, tag."""
    for query, row in zip(task.query_ids, scores, strict=True):
        order = np.argsort(-_sort_keys(row))
        rounded = (np.rint(row[order].astype(np.float64) * 10**DECIMALS) / 10**DECIMALS).tolist()
        stream.writelines(
            f"{query} Q0 {task.name_ids[place]} {rank} {score:.{DECIMALS}f} {RUN_TAG}\n"
            for rank, (place, score) in enumerate(zip(order.tolist(), rounded, strict=True), start=1)
        )


def _sort_keys(scores: NDArray[np.float32]) -> Ints:
    """Return whole numbers, no two alike, that rank names as the protocol does: by rounded score, then by place."""
    rounded: Ints = np.rint(scores.astype(np.float64) * 10**DECIMALS).astype(np.int64)
    size = len(scores)
    return rounded * size + np.arange(size - 1, -1, -1)


def _figures(ranks: Ints, right: int) -> list[float]:
    """Return reciprocal rank, average precision and success at each depth, from the ranks of the right names that were listed."""
    first = int(ranks[0]) if len(ranks) else None
    precisions: Floats = np.arange(1, len(ranks) + 1) / ranks
    return [1 / first if first else 0.0, float(precisions.sum()) / right, *(float(first is not None and first <= k) for k in DEPTHS)]


def _find(folder: Path, name: str) -> Path:
    found = [path for ending in (".tsv", ".tsv.gz") if (path := folder / f"{name}{ending}").is_file()]
    if not found:
        params = {"path": str(folder), "name": name}
        raise InputInvalid(Message("{path} holds no {name}.tsv and no {name}.tsv.gz. Name a folder of a MELO set.", params))
    return found[0]


def _iter_cells(path: Path, width: int) -> Iterator[tuple[int, list[str]]]:
    for line, text in iter_lines(path):
        cells = text.split("\t", width - 1)
        if len(cells) < width:
            raise unreadable(path, Message("line {line} has fewer than {width} cells, parted by tabs.", {"line": line, "width": width}))
        yield line, cells


def _read_texts(path: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    for line, (identity, text) in _iter_cells(path, 2):
        if identity in found:
            raise unreadable(path, Message("line {line}: the id {id} was there before.", {"line": line, "id": identity}))
        found[identity] = text
    return found


def _read_judged(path: Path) -> dict[str, list[str]]:
    """Return the ids of the right names of each query, each once."""
    found: dict[str, dict[str, None]] = {}
    for line, (query, _, name, grade) in _iter_cells(path, 4):
        if not grade.strip().lstrip("-").isdecimal():
            raise unreadable(path, Message("line {line}: {found} is not a whole number.", {"line": line, "found": grade[:40]}))
        if int(grade) > 0:
            found.setdefault(query, {})[name] = None
    return {query: list(names) for query, names in found.items()}
