"""How things are timed: medians, each beside the same baseline."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

ROWS, DIM = 100_000, 256


@dataclass(frozen=True)
class Figure:
    """Seconds of each run of one thing; `peak_mb` where a process of its own was measured; `budget` in words."""

    name: str
    seconds: tuple[float, ...]
    budget: str = ""
    peak_mb: int | None = None

    @property
    def median_s(self) -> float:
        """The middle of the runs."""
        return statistics.median(self.seconds)


def time_runs(name: str, work: Callable[[], object], *, runs: int = 5, per: int = 1, budget: str = "") -> Figure:
    """Run something once to warm up and then `runs` times; seconds are for one of the `per` things that a run does."""
    work()
    seconds = []
    for _ in range(runs):
        started = time.perf_counter()
        work()
        seconds.append((time.perf_counter() - started) / per)
    return Figure(name, tuple(seconds), budget)


def time_baseline(runs: int = 5) -> Figure:
    """Time one exact scan: the scores of one vector against 100,000 of 256 dimensions, float32."""
    generator = np.random.default_rng(7)
    rows = generator.standard_normal((ROWS, DIM), dtype=np.float32)
    query = generator.standard_normal(DIM, dtype=np.float32)
    return time_runs(f"baseline: one exact scan of {ROWS} x {DIM} float32", lambda: rows @ query, runs=runs)


def format_figures(baseline: Figure, figures: list[Figure]) -> str:
    """Return a table: median, range, ratio to the baseline, memory, budget."""
    lines = ["| what | median s | min - max s | x baseline | peak MB | budget |", "| --- | ---: | ---: | ---: | ---: | --- |"]
    for figure in [baseline, *figures]:
        span = f"{min(figure.seconds):.4g} - {max(figure.seconds):.4g}"
        ratio = figure.median_s / baseline.median_s
        memory = "" if figure.peak_mb is None else str(figure.peak_mb)
        lines.append(f"| {figure.name} | {figure.median_s:.4g} | {span} | {ratio:.3g} | {memory} | {figure.budget} |")
    return "\n".join(lines)
