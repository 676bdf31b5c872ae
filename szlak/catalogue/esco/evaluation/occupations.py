"""How well a linker finds the ESCO occupation of a job title."""

from collections.abc import Sequence

from szlak.catalogue.esco.evaluation.baselines import collect_names, rank_characters
from szlak.catalogue.esco.evaluation.bootstrap import estimate_shares
from szlak.catalogue.esco.evaluation.gold import GoldTitle
from szlak.catalogue.esco.evaluation.linking import link_all
from szlak.catalogue.esco.evaluation.metrics import accuracy_shares
from szlak.catalogue.esco.evaluation.report import Progress, Report, compare_baseline
from szlak.catalogue.esco.taxonomy import Taxonomy
from szlak.catalogue.model.linking import Linker, LinkTarget

DEPTHS = (1, 5, 10)


def evaluate_occupations(linker: Linker, taxonomy: Taxonomy, gold: Sequence[GoldTitle], progress: Progress) -> Report:
    """Return accuracy@k of the titles alone, beside character TF-IDF over the occupations' names."""
    texts, relevant = [title.text for title in gold], [title.relevant for title in gold]
    results = link_all(linker, texts, LinkTarget.OCCUPATIONS, max(DEPTHS), progress)
    mine = accuracy_shares([[link.concept_uri for link in result.links] for result in results], relevant, DEPTHS)
    plain = rank_characters(collect_names(taxonomy, LinkTarget.OCCUPATIONS))(texts, max(DEPTHS))
    progress("baselines", 1, 1)
    return Report(
        facts={
            "linker_version": linker.version,
            "release": taxonomy.release.version,
            "titles": len(gold),
            "relevant_not_in_release": len(frozenset().union(*relevant).difference(taxonomy.occupations)),
        },
        figures=estimate_shares(mine),
        baselines={"char_tfidf": compare_baseline(mine, accuracy_shares(plain, relevant, DEPTHS), list(mine))},
    )
