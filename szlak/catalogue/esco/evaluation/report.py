"""What an evaluation finds, and its form as JSON."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from szlak.catalogue.esco.evaluation.bootstrap import Difference, Estimate, estimate_differences, estimate_shares
from szlak.catalogue.esco.evaluation.calibration import Bin
from szlak.catalogue.esco.evaluation.metrics import Shares

Progress = Callable[[str, int, int], None]
"""Called with a step's name, how much is done and how much there is."""

Figures = Mapping[str, Estimate]


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineReport:
    """A baseline's figures, and how much higher those of what is evaluated are on the same texts."""

    figures: Figures
    differences: Mapping[str, Difference]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Figures of what is evaluated.

    `facts` say what was measured (versions, sizes); `by` holds the figures of parts of the texts, as field → value → figures;
    `reliability` the bins of the calibration error, none where nothing states a confidence.
    """

    facts: Mapping[str, str | int]
    figures: Figures
    by: Mapping[str, Mapping[str, Figures]] = field(default_factory=dict)
    baselines: Mapping[str, BaselineReport] = field(default_factory=dict)
    reliability: Sequence[Bin] = ()


def compare_baseline(mine: Mapping[str, Shares], other: Mapping[str, Shares], names: Sequence[str]) -> BaselineReport:
    """Return the figures of a baseline with the differences to it in the named ones."""
    return BaselineReport(figures=estimate_shares(other), differences=estimate_differences(mine, other, names))


def report_to_json(report: Report) -> dict[str, Any]:
    """Return a report as `szlak evaluate … --json` prints it: facts and figures side by side, parts and baselines under their names."""
    found: dict[str, Any] = {**report.facts, **_figures_to_json(report.figures)}
    if report.by:
        found["by"] = {name: {value: _figures_to_json(part) for value, part in parts.items()} for name, parts in report.by.items()}
    found["baselines"] = {name: _baseline_to_json(baseline) for name, baseline in report.baselines.items()}
    if report.reliability:
        found["reliability"] = [asdict(bin_) for bin_ in report.reliability]
    return found


def _baseline_to_json(baseline: BaselineReport) -> dict[str, Any]:
    differences = {name: asdict(difference) for name, difference in baseline.differences.items()}
    return {**_figures_to_json(baseline.figures), "difference": differences}


def _figures_to_json(figures: Figures) -> dict[str, Any]:
    return {name: asdict(estimate) for name, estimate in figures.items()}
