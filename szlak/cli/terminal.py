"""Where a person reads: sentences in their language, progress on the error stream."""

import sys
from typing import Any

from szlak.catalogue.errors import SzlakError
from szlak.catalogue.messages import Message, render

STEPS = {
    "read": Message("Reading the package"),
    "save": Message("Storing the release"),
    "taxonomy": Message("Loading skills and occupations"),
    "harvest": Message("Storing records"),
    "linker": Message("Preparing the names of skills and occupations"),
    "link": Message("Linking learning outcomes"),
    "vacancies": Message("Linking vacancies"),
    "index": Message("Building the search index"),
    "evaluate": Message("Linking the judged texts"),
    "score": Message("Scoring the names"),
    "intervals": Message("Computing the intervals"),
    "baselines": Message("Running the baselines"),
    "pairs": Message("Making pairs of texts"),
    "train": Message("Training the encoder"),
    "learn": Message("Fitting to the judged texts"),
    "compare": Message("Linking stored texts anew, to compare"),
}


class Terminal:
    """Where a person reads: sentences in their language, progress on the error stream."""

    def __init__(self, lang: str) -> None:
        """Keep the language; bars appear when the error stream is a terminal, one line a step elsewhere."""
        self.lang = lang
        self._bars: dict[str, Any] = {}
        self._announced: set[str] = set()

    def say(self, message: Message) -> None:
        """Print a sentence on the error stream, so that standard output holds results alone."""
        print(render(message, self.lang), file=sys.stderr, flush=True)

    def fail(self, error: SzlakError) -> None:
        """Print what went wrong, each reason on a line of its own."""
        print(render(error.message, self.lang), file=sys.stderr)
        for detail in getattr(error, "details", ()):
            print("  " + render(detail, self.lang), file=sys.stderr)
        if suggestions := getattr(error, "suggestions", ()):
            print("  " + render(Message("Known values: {values}", {"values": ", ".join(suggestions)}), self.lang), file=sys.stderr)

    def progress(self, step: str, done: int, total: int) -> None:
        """Show how far a step is (pipeline.Progress)."""
        if not sys.stderr.isatty():
            if step not in self._announced:
                self._announced.add(step)
                print(f"· {self._name(step)}", file=sys.stderr, flush=True)
            return
        bar = self._bars.get(step)
        if bar is None:
            from tqdm import tqdm

            bar = self._bars[step] = tqdm(desc=self._name(step), total=total or None, unit="", leave=True)
        bar.total = total or None
        bar.update(done - bar.n)

    def close(self) -> None:
        """Finish the bars."""
        for bar in self._bars.values():
            bar.close()
        self._bars.clear()

    def _name(self, step: str) -> str:
        return render(STEPS.get(step, Message("Working: {step}", {"step": step})), self.lang)
