"""Our own gold set as its README describes it: `python -m tests.quality.gold_set` writes the table of counts there anew."""

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from szlak.catalogue.esco.evaluation.gold import GoldSentence, read_gold
from szlak.catalogue.text import label_key
from tests.quality.measure import MAX_CHARS, OURS

README = OURS / "README.md"
FILES = ("fit", "quality")
_COUNTS = re.compile(r"(?<=<!-- counts -->\n)(.*?)(?=\n<!-- end of counts -->)", re.DOTALL)
_GRAM = 5


def read_rows(name: str) -> list[dict[str, object]]:
    """Return the lines of a file as they are."""
    return [json.loads(line) for line in (OURS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def load_sentences() -> dict[str, list[GoldSentence]]:
    return {name: read_gold(OURS / f"{name}.jsonl", MAX_CHARS) for name in FILES}


def format_counts(sentences: Mapping[str, Sequence[GoldSentence]]) -> str:
    """Return the table of what the files hold."""
    columns = [_count(rows) for rows in sentences.values()]
    lines = ["| | " + " | ".join(f"`{name}.jsonl`" for name in sentences) + " | both |", "| --- |" + " --- |" * (len(columns) + 1)]
    for name in dict.fromkeys(name for column in columns for name in column):
        cells = [column[name] for column in columns]
        lines.append(f"| {name} | " + " | ".join(map(str, (*cells, sum(cells)))) + " |")
    return "\n".join(lines)


def _count(rows: Sequence[GoldSentence]) -> Counter[str]:
    found = Counter({"sentences": len(rows), "documents": len({row.document for row in rows})})
    for name, words in (("kind", "kind"), ("source", "source")):
        found.update({f"{words} `{value}`": count for value, count in sorted(Counter(getattr(row, name) for row in rows).items())})
    found["no concept fits (`nil`)"] = sum(row.nil for row in rows)
    found["annotators disagreed on that (`nil_disputed`)"] = sum(row.nil_disputed for row in rows)
    found["graded pairs"] = sum(len(row.grades) for row in rows)
    found["pairs with a grade of at least 2"] = sum(len(row.relevant) for row in rows)
    return found


def fill_counts(page: str, counts: str) -> str:
    """Return the README with the table in its place."""
    return _COUNTS.sub(lambda _: counts, page, count=1)


def overlaps(texts: Sequence[str], others: Iterable[str]) -> list[float]:
    """Return for each text the largest share of its character 5-grams, over lower-case words, that one of the others has."""
    grams = [_grams(text) for text in texts]
    owners = defaultdict(list)
    for number, of in enumerate(grams):
        for gram in of:
            owners[gram].append(number)
    shared = [0] * len(texts)
    for other in others:
        counts = Counter(number for gram in _grams(other) for number in owners.get(gram, ()))
        for number, count in counts.items():
            shared[number] = max(shared[number], count)
    return [count / max(1, len(of)) for count, of in zip(shared, grams, strict=True)]


def _grams(text: str) -> set[str]:
    plain = label_key(text)
    return {plain[start : start + _GRAM] for start in range(len(plain) - _GRAM + 1)}


def main() -> int:
    """Write the table."""
    README.write_text(fill_counts(README.read_text(encoding="utf-8"), format_counts(load_sentences())), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
