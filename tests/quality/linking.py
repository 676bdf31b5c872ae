"""Figures of a linker on a gold set: small enough to read, so that a figure can be trusted."""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

from szlak.catalogue.model.linking import Linker, LinkResult, LinkText

RIGHT = 2
"""A concept is right from this mean grade on (GUIDELINES of the gold set)."""

DEPTH = 10


def read_gold(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def measure_linker(linker: Linker, gold: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """Return recall, accuracy and nDCG over texts with a right concept, and what the zones are worth over all texts."""
    results = linker.link([LinkText(text=row["text"], kind=row["kind"]) for row in gold])
    pairs = [(result, row["grades"]) for result, row in zip(results, gold, strict=True)]
    answerable = [(ranking(result), grades) for result, grades in pairs if right_of(grades)]
    accepted = [link.concept_uri in right_of(grades) for result, grades in pairs for link in result.links if link.accepted]
    return {
        "recall@10": fmean(len(right_of(grades) & set(uris[:DEPTH])) / len(right_of(grades)) for uris, grades in answerable),
        "accuracy@1": fmean(uris[0] in right_of(grades) for uris, grades in answerable),
        "ndcg@10": fmean(gain(grades.get(uri, 0) for uri in uris) / gain(sorted(grades.values())[::-1]) for uris, grades in answerable),
        "accepted precision": fmean(accepted) if accepted else 0.0,
        "accepted texts": fmean(any(link.accepted for link in result.links) for result in results),
    }


def ranking(result: LinkResult) -> list[str]:
    return [link.concept_uri for link in result.links]


def right_of(grades: Mapping[str, float]) -> set[str]:
    return {uri for uri, grade in grades.items() if grade >= RIGHT}


def gain(grades: Iterable[float]) -> float:
    return sum(grade / math.log2(place + 2) for place, grade in enumerate(list(grades)[:DEPTH]))
