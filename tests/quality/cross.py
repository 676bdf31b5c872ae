"""Cross-validated figures of the recipe by which the ranker of skills is made: `.venv-train/bin/python -m tests.quality.cross`.

Both stages and the confidence are fitted anew without each eighth of the texts, whole documents at a time (a source where documents
are not named), and measured on that eighth. Writes `cross_validated.json`; the quality page shows it. Needs LightGBM.
"""

import sys
import tempfile
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from szlak.catalogue.app import App
from szlak.catalogue.esco.evaluation.gold import GoldSentence
from szlak.catalogue.esco.evaluation.linking import RANKED, measure_links
from szlak.catalogue.esco.evaluation.report import Report, report_to_json
from szlak.catalogue.esco.linking.ranker import Ranker
from szlak.catalogue.model.linking import Link, LinkResult, Zone
from szlak.catalogue.services.learn import Ground, Learned, fit_skills, judge_sentences
from szlak.catalogue.settings import Settings
from tests.conftest import SHARED
from tests.quality.measure import PACKAGES, TAXONOMIES, Clock, format_json, load_gold, round_all

OUTPUT = Path(__file__).with_name("cross_validated.json")
SETS = ("dev", "fit")
WITHOUT = "kzis"
"""Source that is left out once: its tasks are also what the encoder was trained on."""


def cross_validate(shared: Path, folder: Path, clock: Clock) -> Any:
    """Return figures by set and taxonomy; each taxonomy comes first once, for what is held out is told of the first alone."""
    app = App(Settings.from_env({"SZLAK_DATA_DIR": str(folder)}), progress=clock)
    try:
        clock.say("taxonomies and linkers")
        grounds = _open_grounds(app, shared, clock)
        gold = [row for name in SETS for row in load_gold(name, shared)]
        found: dict[str, Any] = {}
        for name in TAXONOMIES:
            clock.say(f"fit, {name} first")
            order = sorted(grounds, key=lambda other: other != name)
            learned = fit_skills([grounds[other] for other in order], judge_sentences(gold))
            clock.say(f"ranker {learned.ranker.version}")
            found[name] = _measure(learned, gold, len(load_gold("dev", shared)))
    finally:
        app.close()
    return round_all(found)


def _open_grounds(app: App, shared: Path, clock: Clock) -> dict[str, Ground]:
    packages = app.packages_taxonomy([shared / "esco" / package for package in PACKAGES], clock)
    taxonomies = dict(zip(TAXONOMIES, (app.catalogue.taxonomy, packages), strict=True))
    return {name: Ground(taxonomy=taxonomy, open_linker=partial(app.linker_over, taxonomy, clock)) for name, taxonomy in taxonomies.items()}


def _measure(learned: Learned, gold: Sequence[GoldSentence], of_dev: int) -> dict[str, Any]:
    pairs = list(zip(gold, _results(learned), strict=True))
    parts = {"dev": pairs[:of_dev], f"dev_without_{WITHOUT}": [pair for pair in pairs[:of_dev] if pair[0].source != WITHOUT]}
    parts["fit"] = pairs[of_dev:]
    return {"ranker": learned.ranker.version} | {name: _figures(part) for name, part in parts.items()}


def _figures(pairs: Sequence[tuple[GoldSentence, LinkResult]]) -> dict[str, Any]:
    figures = measure_links([result for _, result in pairs], [sentence for sentence, _ in pairs])
    return report_to_json(Report(facts={"sentences": len(pairs)}, figures=figures))


def _results(learned: Learned) -> Iterable[LinkResult]:
    for example, claim in zip(learned.examples, learned.held_out, strict=True):
        order = (-claim.scores).argsort(kind="stable")[:RANKED].tolist()
        links = tuple(
            _link(learned.ranker, example.uris[place], float(claim.scores[place]), float(claim.confidences[place]), is_best=not rank)
            for rank, place in enumerate(order)
        )
        yield LinkResult(links=links, nil=all(link.zone is Zone.NOTHING for link in links))


def _link(ranker: Ranker, uri: str, score: float, confidence: float, *, is_best: bool) -> Link:
    return Link(concept_uri=uri, label=uri, score=score, confidence=confidence, zone=ranker.zone(confidence, is_best=is_best))


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        found = cross_validate(SHARED, Path(folder), Clock())
    OUTPUT.write_text(format_json(found), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
