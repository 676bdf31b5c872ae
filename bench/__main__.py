"""`python -m bench` prints every benchmark beside the baseline of the same run."""

import argparse
import os
import platform

from bench.encoding import compare_encoders
from bench.linking import time_linking
from bench.measure import format_figures, time_baseline
from bench.processes import time_import, time_starts
from bench.services import time_services


def main() -> None:
    """Run what was asked for and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="runs of each thing; the median is printed")
    runs = parser.parse_args().runs
    baseline = time_baseline(runs)
    figures = [*time_services(runs), *time_linking(runs), *time_starts(runs), *time_import(runs)]
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; medians of {runs} runs\n")
    print(format_figures(baseline, figures))
    print("\n" + "\n".join(compare_encoders(min(runs, 3))))


main()
