"""What `szlak evaluate` does: measure, then print a table for people or JSON for programs."""

import argparse
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING

from szlak.catalogue.messages import Message, render
from szlak.catalogue.settings import Settings
from szlak.cli import output
from szlak.cli.commands import opened
from szlak.cli.terminal import Terminal

if TYPE_CHECKING:
    from szlak.catalogue.app import App
    from szlak.catalogue.esco.evaluation.bootstrap import Difference, Estimate
    from szlak.catalogue.esco.evaluation.report import Report
    from szlak.catalogue.esco.taxonomy import Taxonomy
    from szlak.catalogue.model.linking import Linker

FACTS = {
    "linker_version": Message("Linker: {value}"),
    "release": Message("ESCO release: {value}"),
    "encoder": Message("Encoder: {value}"),
    "sentences": Message("Sentences: {value}"),
    "titles": Message("Job titles: {value}"),
    "queries": Message("Queries: {value}"),
    "names": Message("Names that are ranked: {value}"),
    "ranked": Message("Concepts listed for each sentence: {value}"),
    "relevant_not_in_release": Message("Right concepts that the release does not have: {value}"),
}
"""What was measured, in words."""

PARTS = {
    "kind": Message("By kind of text"),
    "source": Message("By source"),
    "all_but_source": Message("Without one source each"),
}
COLUMNS = ("recall@10", "accuracy@1", "ndcg@10", "accepted_precision", "accepted_coverage", "ece")
"""Figures shown for each part of the texts; JSON has them all."""

_LABEL = 26
_CELL = 9


def run_linking(options: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    """Measure the linker on judged sentences."""
    from szlak.catalogue.esco.evaluation.gold import read_gold
    from szlak.catalogue.esco.evaluation.linking import evaluate_linking

    gold = read_gold(options.gold, settings.max_text_chars)
    with opened(settings, terminal) as app:
        linker, taxonomy = _measured(app, options, terminal)
        _print(evaluate_linking(linker, taxonomy, gold, terminal.progress), options, terminal)
    return 0


def run_occupations(options: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    """Measure the linker on job titles."""
    from szlak.catalogue.esco.evaluation.gold import read_titles
    from szlak.catalogue.esco.evaluation.occupations import evaluate_occupations

    gold = read_titles(options.gold, settings.max_text_chars)
    with opened(settings, terminal) as app:
        linker, taxonomy = _measured(app, options, terminal)
        _print(evaluate_occupations(linker, taxonomy, gold, terminal.progress), options, terminal)
    return 0


def run_melo(options: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    """Measure the scorer of names on a MELO set; the run file is replaced only when all is written."""
    from szlak.catalogue.esco.evaluation.melo import evaluate_melo, read_melo, write_run

    task = read_melo(options.folder)
    with opened(settings, terminal) as app, output.replacing(options.run_file) if options.run_file else nullcontext() as stream:
        terminal.progress("score", 0, 1)
        scores = app.name_scorer().score(task.queries, task.names)
        terminal.progress("score", 1, 1)
        report = evaluate_melo(task, scores, terminal.progress)
        if stream is not None:
            write_run(stream, task, scores)
        _print(replace(report, facts={"encoder": app.catalogue.encoder.id, **report.facts}), options, terminal)
    return 0


def _measured(app: "App", options: argparse.Namespace, terminal: Terminal) -> tuple["Linker", "Taxonomy"]:
    from szlak.catalogue.esco.linking.precedents import NO_PRECEDENTS

    if not options.esco:
        # What people decided on the very texts that are measured must not answer for the linker.
        return app.catalogue.linker.with_precedents(NO_PRECEDENTS), app.catalogue.taxonomy
    taxonomy = app.packages_taxonomy(options.esco, terminal.progress)
    return app.linker_over(taxonomy, terminal.progress), taxonomy


def _print(report: "Report", options: argparse.Namespace, terminal: Terminal) -> None:
    from szlak.catalogue.esco.evaluation.report import report_to_json

    terminal.close()
    print(output.dump(report_to_json(report)) if options.json else format_report(report, terminal.lang))


def format_report(report: "Report", lang: str) -> str:
    """Return a report as text: what was measured, each figure with its interval, parts, baselines and the differences to them."""

    def head(message: Message) -> str:
        return render(message, lang)

    lines = [render(Message(FACTS[name].id, {"value": value}), lang) for name, value in report.facts.items()]
    lines += ["", f"{head(Message('Figure')):<{_LABEL}} {head(Message('value')):>{_CELL}}   {head(Message('95 % interval')):<17} n"]
    lines += [
        f"{name:<{_LABEL}} {_number(found):>{_CELL}}   {_interval(found, '.3f'):<17} {found.n}" for name, found in report.figures.items()
    ]
    for name, parts in report.by.items():
        lines += ["", head(PARTS[name]), *_matrix(parts, COLUMNS)]
    if report.baselines:
        figures = {name: baseline.figures for name, baseline in report.baselines.items()}
        lines += ["", head(Message("Baselines in the same run")), *_matrix(figures, list(next(iter(figures.values()))))]
        lines += ["", head(Message("How much higher than each baseline (95 % interval, the same texts drawn for both)"))]
        lines += _differences(report)
    return "\n".join(lines)


def _matrix(rows: Mapping[str, Mapping[str, "Estimate"]], columns: Sequence[str]) -> Iterator[str]:
    yield _row("", columns, columns)
    for name, figures in rows.items():
        yield _row(name, columns, [_number(figures[column]) for column in columns])


def _row(name: str, columns: Iterable[str], cells: Iterable[str]) -> str:
    return f"{name:<{_LABEL}} " + "  ".join(f"{cell:>{max(len(column), _CELL)}}" for column, cell in zip(columns, cells, strict=True))


def _differences(report: "Report") -> Iterator[str]:
    for name, baseline in report.baselines.items():
        cells = (f"{metric} {_interval(found, '+.3f')}" for metric, found in baseline.differences.items())
        yield f"{name:<{_LABEL}} " + "  ".join(cells)


def _number(found: "Estimate") -> str:
    return "–" if found.value is None else f"{found.value:.3f}"


def _interval(found: "Estimate | Difference", form: str) -> str:
    return "–" if found.low is None or found.high is None else f"{found.low:{form}} … {found.high:{form}}"
