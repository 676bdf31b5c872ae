"""How well a linker ties sentences to skills, beside plain baselines and each of its own lanes alone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from szlak.catalogue.esco.evaluation.baselines import BUILDERS, HasLanes, Names, collect_names
from szlak.catalogue.esco.evaluation.bootstrap import estimate_shares, estimate_statistic
from szlak.catalogue.esco.evaluation.calibration import calibration_error, collect_claims, reliability_bins
from szlak.catalogue.esco.evaluation.gold import GoldSentence
from szlak.catalogue.esco.evaluation.metrics import ECE_DEPTH, Shares, ranking_shares, zone_shares
from szlak.catalogue.esco.evaluation.report import BaselineReport, Figures, Progress, Report, compare_baseline
from szlak.catalogue.esco.linking.lanes import Ranking
from szlak.catalogue.esco.taxonomy import Taxonomy
from szlak.catalogue.model.linking import Linker, LinkResult, LinkTarget, LinkText

RANKED = 100
"""Links that are asked for: of all concepts of the release, the best 100. A first right one below counts 0 in mrr (at most .0099)."""

BATCH = 64
COMPARED = ("recall@10", "accuracy@1", "ndcg@10")
PARTS = ("kind", "source")
ALL_BUT = "all_but_source"
"""Figures without one source of text each: what the others are worth alone."""

_Pair = tuple[GoldSentence, LinkResult]


def evaluate_linking(linker: Linker, taxonomy: Taxonomy, gold: Sequence[GoldSentence], progress: Progress) -> Report:
    """Return the linker's figures on judged sentences, all and by kind and source, with every baseline in the same run."""
    texts = [sentence.text for sentence in gold]
    results = link_all(linker, texts, LinkTarget.SKILLS, RANKED, progress)
    pairs = list(zip(gold, results, strict=True))
    mine = ranking_shares([_ranking(result) for result in results], gold)
    rankings = _iter_rankings(linker, collect_names(taxonomy, LinkTarget.SKILLS))
    return Report(
        facts=_facts(linker, taxonomy, gold),
        figures=measure_links(results, gold),
        by=_measure_parts(pairs, progress),
        baselines=dict(_iter_baselines(rankings, mine, gold, progress)),
        reliability=reliability_bins(collect_claims(results, gold, ECE_DEPTH), len(gold)),
    )


def link_all(linker: Linker, texts: Sequence[LinkText], target: LinkTarget, top_k: int, progress: Progress) -> list[LinkResult]:
    """Return the links of all texts, a batch at a time."""
    results: list[LinkResult] = []
    for start in range(0, len(texts), BATCH):
        results += linker.link(texts[start : start + BATCH], kind_of_target=target, top_k=top_k)
        progress("evaluate", len(results), len(texts))
    return results


def measure_links(results: Sequence[LinkResult], gold: Sequence[GoldSentence]) -> Figures:
    """Return every figure of some links with its interval: ranking, zones, calibration."""
    shares: Mapping[str, Shares] = ranking_shares([_ranking(result) for result in results], gold) | zone_shares(results, gold)
    errors = {}
    for name, depth in (("ece", ECE_DEPTH), ("ece_top1", 1)):
        claims = collect_claims(results, gold, depth)
        errors[name] = estimate_statistic(partial(calibration_error, claims), len(gold), len(claims.confidences))
    return estimate_shares(shares) | errors


def _measure_parts(pairs: Sequence[_Pair], progress: Progress) -> dict[str, dict[str, Figures]]:
    parts = list(_iter_parts(pairs))
    found: dict[str, dict[str, Figures]] = {name: {} for name, _, _ in parts}
    for done, (name, value, chosen) in enumerate(parts, start=1):
        found[name][value] = measure_links([result for _, result in chosen], [sentence for sentence, _ in chosen])
        progress("intervals", done, len(parts))
    return found


def _iter_parts(pairs: Sequence[_Pair]) -> Iterator[tuple[str, str, list[_Pair]]]:
    """Yield name, value and sentences of each part; sentences without the field are in none."""
    for name in PARTS:
        for value in _values(name, pairs):
            yield name, value, [pair for pair in pairs if getattr(pair[0], name) == value]
    sources = _values("source", pairs)
    for source in sources if len(sources) > 1 else ():
        yield ALL_BUT, source, [pair for pair in pairs if pair[0].source != source]


def _values(name: str, pairs: Iterable[_Pair]) -> list[str]:
    return sorted({getattr(sentence, name) for sentence, _ in pairs} - {""})


def _iter_rankings(linker: Linker, names: Names) -> Iterator[tuple[str, int, Ranking]]:
    """Yield the name, the number of all and the ranking of each baseline and lane; each is built when it is wanted."""
    lanes = linker.lanes() if isinstance(linker, HasLanes) else {}
    total = len(BUILDERS) + len(lanes)
    for name, build in BUILDERS.items():
        yield name, total, build(names)
    for name, ranking in lanes.items():
        yield f"lane:{name}", total, ranking


def _iter_baselines(
    rankings: Iterable[tuple[str, int, Ranking]], mine: Mapping[str, Shares], gold: Sequence[GoldSentence], progress: Progress
) -> Iterator[tuple[str, BaselineReport]]:
    texts = [sentence.text for sentence in gold]
    for done, (name, total, rank) in enumerate(rankings):
        progress("baselines", done, total)
        yield name, compare_baseline(mine, ranking_shares(rank(texts, RANKED), gold), COMPARED)
        progress("baselines", done + 1, total)


def _facts(linker: Linker, taxonomy: Taxonomy, gold: Sequence[GoldSentence]) -> dict[str, str | int]:
    relevant = frozenset().union(*(sentence.relevant for sentence in gold))
    return {
        "linker_version": linker.version,
        "release": taxonomy.release.version,
        "sentences": len(gold),
        "ranked": RANKED,
        "relevant_not_in_release": len(relevant.difference(taxonomy.skills)),
    }


def _ranking(result: LinkResult) -> list[str]:
    return [link.concept_uri for link in result.links]
