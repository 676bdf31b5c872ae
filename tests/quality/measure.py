"""Measures everything that the quality page says: links of judged sentences, names of MELO, job titles of advertisements.

Prints steps and figures, never a sentence of the data.
"""

import csv
import gzip
import json
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from szlak.catalogue.app import App
from szlak.catalogue.esco.evaluation.baselines import collect_names, rank_characters
from szlak.catalogue.esco.evaluation.bootstrap import estimate_shares
from szlak.catalogue.esco.evaluation.gold import TITLE_KIND, GoldSentence, read_gold
from szlak.catalogue.esco.evaluation.linking import RANKED, evaluate_linking, link_all, measure_links
from szlak.catalogue.esco.evaluation.melo import evaluate_melo, read_melo
from szlak.catalogue.esco.evaluation.metrics import Shares, accuracy_shares
from szlak.catalogue.esco.evaluation.report import Report, compare_baseline, report_to_json
from szlak.catalogue.esco.linking.lanes import Ranking
from szlak.catalogue.esco.linking.linker import load_rankers
from szlak.catalogue.esco.linking.ranker import number_text
from szlak.catalogue.esco.taxonomy import Taxonomy
from szlak.catalogue.model.linking import Linker, LinkTarget, LinkText
from szlak.catalogue.settings import Settings
from szlak.catalogue.text import clean

ROOT = Path(__file__).parents[2]
OURS = ROOT / "evaluation" / "gold"
PACKAGES = [f"ESCO dataset - v1.2.1 - classification - {lang} - csv.zip" for lang in ("pl", "en")]
MELO_SETS = ("usa_q_en_c_en", "cze_q_cs_c_cs", "svk_q_sk_c_sk", "deu_q_de_c_de")
HELD_OUT = "quality"
SENTENCE_SETS = (HELD_OUT, "dev")
TAXONOMIES = ("first_start", "esco")
MAX_CHARS = 10_000
DEPTHS = (1, 5, 10)
DECIMALS = 4

EVERY = 3
"""Of the advertisements every third is measured: the baseline takes its time, and a thousand give narrow intervals."""

_GROUP = 4
"""Digits of an ISCO-08 unit group."""


@dataclass
class Clock:
    """Prints each step when it begins, with the seconds so far."""

    started: float = field(default_factory=time.monotonic)
    _step: str = ""

    def __call__(self, step: str, done: int, total: int) -> None:
        if step != self._step:
            self._step = step
            self.say(f"  {step} (of {total})")

    def say(self, text: str) -> None:
        sys.stderr.write(f"{time.monotonic() - self.started:5.0f} s  {text}\n")
        sys.stderr.flush()


def gold_path(name: str, shared: Path) -> Path:
    """Return the file of a set of judged sentences."""
    return shared / "gold" / "dev.jsonl" if name == "dev" else OURS / f"{name}.jsonl"


def load_gold(name: str, shared: Path) -> list[GoldSentence]:
    return read_gold(gold_path(name, shared), MAX_CHARS)


def measure(shared: Path, folder: Path, clock: Clock) -> Any:
    """Return all figures as the object that is committed; `folder` takes the tables of the linker."""
    app = App(Settings.from_env({"SZLAK_DATA_DIR": str(folder)}), progress=clock)
    try:
        found: dict[str, Any] = {"linker": app.catalogue.linker_version, "sentences": {}, "untitled": {}, "titles": {}, "melo": {}}
        for name in MELO_SETS:
            clock.say(f"MELO {name}")
            found["melo"][name] = measure_melo(app, shared / "melo" / name, clock)
        for taxonomy_name in TAXONOMIES:
            linker, taxonomy = _linker(app, taxonomy_name, shared, clock)
            for name in SENTENCE_SETS:
                clock.say(f"sentences {name}, taxonomy {taxonomy_name}")
                report = evaluate_linking(linker, taxonomy, load_gold(name, shared), clock)
                found["sentences"].setdefault(name, {})[taxonomy_name] = report_to_json(report)
            found["untitled"][taxonomy_name] = measure_untitled(linker, load_gold(HELD_OUT, shared), clock)
            clock.say(f"job titles, taxonomy {taxonomy_name}")
            found["titles"][taxonomy_name] = measure_titles(linker, taxonomy, shared, clock)
    finally:
        app.close()
    clock.say("done")
    return round_all(found)


def _linker(app: App, name: str, shared: Path, clock: Clock) -> tuple[Linker, Taxonomy]:
    if name == "first_start":
        return app.catalogue.linker, app.catalogue.taxonomy
    taxonomy = app.packages_taxonomy([shared / "esco" / package for package in PACKAGES], clock)
    return app.linker_over(taxonomy, clock), taxonomy


def measure_untitled(linker: Linker, gold: Sequence[GoldSentence], clock: Clock) -> dict[str, Any]:
    """Return the figures of sentences without the titles of the documents that they stand in."""
    texts = [replace(sentence.text, context="") for sentence in gold]
    results = link_all(linker, texts, LinkTarget.SKILLS, RANKED, clock)
    return report_to_json(Report(facts={"sentences": len(gold)}, figures=measure_links(results, gold)))


def measure_melo(app: App, folder: Path, clock: Clock) -> dict[str, Any]:
    """Return what `szlak evaluate melo FOLDER --json` prints."""
    task = read_melo(folder)
    report = evaluate_melo(task, app.name_scorer().score(task.queries, task.names), clock)
    return report_to_json(replace(report, facts={"encoder": app.catalogue.encoder.id, **report.facts}))


def measure_titles(linker: Linker, taxonomy: Taxonomy, shared: Path, clock: Clock) -> dict[str, Any]:
    """Return how often an occupation of the right unit group is found for the title of an advertisement.

    Experts gave each advertisement a code of KZiS. Its first four digits stand in for the ISCO group, which they are not always.
    """
    titles, groups = read_titles(shared)
    results = link_all(linker, titles, LinkTarget.OCCUPATIONS, max(DEPTHS), clock)
    mine = _group_shares(taxonomy, [[link.concept_uri for link in result.links] for result in results], groups)
    plain = _group_shares(taxonomy, _rank_plain(taxonomy, titles), groups)
    known = {_group_of(taxonomy, uri) for uri in taxonomy.occupations}
    fitted = load_rankers()[LinkTarget.OCCUPATIONS].fitted
    facts: dict[str, str | int] = {
        "linker_version": linker.version,
        "release": taxonomy.release.version,
        "titles": len(titles),
        "groups_not_in_release": sum(group not in known for group in groups),
        "titles_fitted_to": sum(number_text(clean(title.text)) in fitted for title in titles),
    }
    baselines = {"char_tfidf": compare_baseline(mine, plain, list(mine))}
    return report_to_json(Report(facts=facts, figures=estimate_shares(mine), baselines=baselines))


def read_titles(shared: Path) -> tuple[list[LinkText], list[str]]:
    """Return the titles of advertisements that experts coded, and the first four digits of their codes."""
    with gzip.open(shared / "job_offers" / "offers_hand_coded_dev.csv.gz", "rt", encoding="utf-8", newline="") as stream:
        rows = [(row["job_title"], row["kzis_code"]) for row in csv.DictReader(stream)]
    coded = [(title, code) for title, code in rows if title.strip() and len(code) > _GROUP][::EVERY]
    return [LinkText(text=title, kind=TITLE_KIND) for title, _ in coded], [code[:_GROUP] for _, code in coded]


def _rank_plain(taxonomy: Taxonomy, titles: Sequence[LinkText]) -> list[list[str]]:
    rank: Ranking = rank_characters(collect_names(taxonomy, LinkTarget.OCCUPATIONS))
    return rank(titles, max(DEPTHS))


def _group_shares(taxonomy: Taxonomy, rankings: Sequence[Sequence[str]], groups: Sequence[str]) -> dict[str, Shares]:
    ranked = [[_group_of(taxonomy, uri) for uri in uris] for uris in rankings]
    return accuracy_shares(ranked, [frozenset({group}) for group in groups], DEPTHS)


def _group_of(taxonomy: Taxonomy, uri: str) -> str:
    """Return the four digits of an occupation's ISCO group; its code where the release has one, otherwise the lexicon's."""
    code = taxonomy.concept(uri).code
    entry = taxonomy.lexicon.get(uri)
    return ((code or (entry.code if entry else None)) or "")[:_GROUP]


def round_all(value: Any) -> Any:
    """Return the same with every fraction to four decimals."""
    if isinstance(value, float):
        return round(value, DECIMALS)
    if isinstance(value, Mapping):
        return {name: round_all(inner) for name, inner in value.items()}
    return [round_all(inner) for inner in value] if isinstance(value, list | tuple) else value


def format_json(found: Mapping[str, Any]) -> str:
    """Return figures as they are committed: one line for each figure, so that a change is seen as one."""
    return "\n".join(_iter_lines(found, "")) + "\n"


def _iter_lines(value: Any, indent: str) -> Iterator[str]:
    """Yield an object over several lines as long as it holds objects, an object of plain values on one."""
    if not isinstance(value, Mapping) or not any(isinstance(inner, Mapping | list) for inner in value.values()):
        yield json.dumps(value, ensure_ascii=False)
        return
    yield "{"
    inner_indent = indent + " "
    for place, (name, inner) in enumerate(value.items(), start=1):
        first, *rest = _iter_lines(inner, inner_indent)
        end = "," if place < len(value) else ""
        lines = [f"{inner_indent}{json.dumps(name)}: {first}", *rest]
        yield from [*lines[:-1], lines[-1] + end]
    yield indent + "}"
