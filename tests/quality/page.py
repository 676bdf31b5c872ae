"""The quality page: what was measured, in tables, each under its command. It quotes no sentence of the data."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tests.quality.card import format_figure

Found = Mapping[str, Any]

LOCAL = {"quality": "evaluation/gold/quality.jsonl", "dev": "../shared/data/gold/dev.jsonl"}
ESCO = "--esco 'ESCO dataset - v1.2.1 - classification - pl - csv.zip' 'ESCO dataset - v1.2.1 - classification - en - csv.zip'"
TAXONOMIES = {"first_start": "first start", "esco": "with ESCO packages"}
FIGURES = (
    *("recall@5", "recall@10", "recall@20", "accuracy@1", "mrr", "ndcg@10"),
    *("accepted_precision", "accepted_precision_judged", "accepted_coverage", "nil_precision", "nil_recall", "ece", "ece_top1"),
)
COMPARED = ("recall@10", "accuracy@1", "ndcg@10")
BASELINES = {"exact_label": "exact names", "rapidfuzz": "RapidFuzz", "bm25": "BM25", "char_tfidf": "character TF-IDF"}
MELO = {
    "usa_q_en_c_en": "United States, English to English",
    "cze_q_cs_c_cs": "Czechia, Czech to Czech",
    "svk_q_sk_c_sk": "Slovakia, Slovak to Slovak",
    "deu_q_de_c_de": "Germany, German to German",
}
MELO_FIGURES = ("mrr", "map", "success@1", "success@5", "success@10")
WITHOUT = "kzis"

HEAD = """# Quality of linking

Written by `make quality` (`python -m tests.quality.report --write`); change the code, not this page.

How well Szlak ties Polish sentences to ESCO skills, measured on judged sentences; how sure that is; and how plain methods do in
the same run. What the figures mean is said in [Measure linking](../how-to/measure-linking.md). All of them, and more parts, are
in [quality.json](quality.json). No sentence is quoted here.
"""
READING = """A figure stands with its 95 % interval, from a bootstrap over sentences. *First start* is what a new installation
has: our Polish lexicon. *With ESCO packages* has the official Polish and English labels, descriptions and hierarchy too.
"""
HELD_OUT = """[`quality.jsonl`](../../evaluation/gold/README.md): Polish sentences of our own, written and graded by language models, not by
people. Nothing was fitted to them, nor to any sentence of their documents. **These are the figures to go by.**
"""
FITTED = """`dev.jsonl`: real Polish sentences of training providers, universities, registers, KZiS and vacancies, graded by two language
models. They belong to others and cannot be published. **The shipped ranker was fitted to these sentences** (and to `fit.jsonl`):
the figures of this section are in-sample, higher than on new texts, and are here as a guard. The next section has cross-validated
ones.
"""
UNTITLED = """The same sentences of `quality.jsonl`, linked without the title of the course or vacancy that they stand in (`context`).
The sentences of `dev.jsonl` have none at all.
"""
CROSS = """The recipe of the ranker and of its confidence, fitted anew without each eighth of `dev.jsonl` and `fit.jsonl` (whole documents,
in `dev.jsonl` whole sources) and measured on that eighth. Without KZiS: the encoder was trained on the official descriptions of
KZiS, among whose tasks are sentences of `dev.jsonl`. (`fit.jsonl` and `quality.jsonl` hold none.) Decisions on the recipe were
taken by such figures, which makes them a little too good.
"""
MELO_TEXT = """[MELO](https://github.com/Avature/melo-benchmark): job titles of a national classification against all names of ESCO
occupations, by the encoder alone, beside character TF-IDF. The encoder was trained on Polish and English; Czech, Slovak and German are
languages that it does not know. The Polish sets are kept apart for an evaluation from outside and were not measured.
"""
TITLES = """**A stand-in, for want of judged titles**: {titles} job advertisements to which experts gave a code of KZiS (every third of
`offers_hand_coded_dev.csv.gz`). Right is any ESCO occupation whose ISCO-08 unit group has the first four digits of that code.
KZiS follows ISCO-08 but is not it: the first four digits of a code are not always an ISCO group, and {lost} of these
advertisements have digits that no occupation of the release has, which count as missed. A unit group holds several occupations,
so this is easier than finding the occupation itself. The title alone is linked.
**The shipped ranker of occupations was fitted to {seen} of these titles**: for them the figures are in-sample, higher than on new
titles, and a guard against falls only.
"""
LIMITS = """## Limits

- Nobody human judged either set; two language models did, and a third settled what they disagreed on in ours.
- Judgements are pooled: a concept that nobody looked at counts as wrong. `accepted_precision_judged` leaves such links out.
- By kind and source there are few sentences, and the intervals are wide; on "nothing fits" they are widest.
- Both sets hold single sentences. Whole documents, scanned text and other languages are not measured here.
- An interval says how the figure moves with other sentences like these, not how it would be on sentences of another kind.
"""


def format_page(found: Found, cross: Found) -> str:
    """Return the page of some figures and of the cross-validated ones."""
    blocks = [
        HEAD,
        f"Linker: `{found['linker']}` (method, rankers, encoder with their revisions). ESCO {_release(found)}.\n",
        READING,
        *_sentences("Sentences that nothing was fitted to", HELD_OUT, "quality", found),
        *_reliability(found["sentences"]["quality"]),
        *_untitled(found["untitled"]),
        *_sentences("Sentences that the ranker was fitted to", FITTED, "dev", found),
        *_cross(cross),
        *_melo(found["melo"]),
        *_titles(found["titles"]),
        LIMITS,
    ]
    return "\n".join(blocks).rstrip() + "\n"


def _release(found: Found) -> str:
    return str(found["sentences"]["quality"]["esco"]["release"])


def _sentences(title: str, about: str, name: str, found: Found) -> Iterator[str]:
    reports = found["sentences"][name]
    yield f"## {title}\n\n{about}"
    yield _command(f"szlak evaluate linking {LOCAL[name]} --json", f"szlak evaluate linking {LOCAL[name]} {ESCO} --json")
    if name == "quality":
        yield _summary(reports)
    yield _figures({TAXONOMIES[key]: report for key, report in reports.items()} | _without(name, reports))
    for key, words in TAXONOMIES.items():
        yield f"### {_file(name)}, {words}: beside plain methods\n"
        yield _baselines(reports[key])
    for key, words in TAXONOMIES.items():
        yield f"### {_file(name)}, {words}: by kind\n"
        yield _figures(reports[key]["by"]["kind"])
        yield f"### {_file(name)}, {words}: by source\n"
        yield _figures(reports[key]["by"]["source"])


def _file(name: str) -> str:
    return f"{name}.jsonl"


def _without(name: str, reports: Found) -> dict[str, Found]:
    if name != "dev":
        return {}
    return {f"{TAXONOMIES[key]}, without KZiS": report["by"]["all_but_source"][WITHOUT] for key, report in reports.items()}


def _summary(reports: Found) -> str:
    report = reports["esco"]
    best = max((baseline["recall@10"]["value"], name) for name, baseline in report["baselines"].items() if name in BASELINES)
    return (
        f"With ESCO packages, {_percent(report['accuracy@1'])} of the sentences have a fitting concept first, and "
        f"{_percent(report['recall@10'])} of the fitting concepts are among the first ten (the best plain method, {BASELINES[best[1]]}: "
        f"{best[0] * 100:.0f} %). Of the links that are accepted without asking, {_percent(report['accepted_precision'])} are right, and "
        f"{_percent(report['accepted_coverage'])} of the sentences that have a fitting concept get such a link. Confidence is off by "
        f"{report['ece']['value']:.3f} on average.\n"
    )


def _percent(figure: Found) -> str:
    return "none" if figure["value"] is None else f"{figure['value'] * 100:.0f} %"


def _figures(columns: Found) -> str:
    """Return all figures of several reports, one a column."""
    names = list(columns)
    sizes = ["sentences that have a fitting concept", *(str(columns[name]["accuracy@1"]["n"]) for name in names)]
    rows = [[f"`{figure}`", *(format_figure(columns[name][figure]) for name in names)] for figure in FIGURES]
    links = ["accepted links", *(str(columns[name]["accepted_precision"]["n"]) for name in names)]
    return _table(["figure", *(f"`{name}`" if name.islower() and " " not in name else name for name in names)], [*rows, links, sizes])


def _baselines(report: Found) -> str:
    mine = ["**Szlak**", *(format_figure(report[name]) for name in COMPARED), *("" for _ in COMPARED)]
    rows = [
        [
            _name(name),
            *(format_figure(baseline[figure]) for figure in COMPARED),
            *(format_figure(baseline["difference"][figure], "+.3f") for figure in COMPARED),
        ]
        for name, baseline in report["baselines"].items()
    ]
    return _table(["method", *(f"`{name}`" for name in COMPARED), *(f"Szlak is higher, `{name}`" for name in COMPARED)], [mine, *rows])


def _name(baseline: str) -> str:
    return BASELINES.get(baseline) or f"our lane `{baseline.removeprefix('lane:')}` alone"


def _reliability(reports: Found) -> Iterator[str]:
    yield "### Does the confidence mean what it says?\n"
    yield "![Reliability diagram: mean confidence against the share of links that are right, as in the table](../images/reliability.svg)\n"
    for key, words in TAXONOMIES.items():
        bins = reports[key]["reliability"]
        yield _furthest(bins, words)
    yield "The first five links of each sentence of `quality.jsonl` in ten bins of equal size, from the same commands.\n"
    pairs = zip(*(reports[key]["reliability"] for key in TAXONOMIES), strict=False)
    rows = [
        [str(place), *(f"{bin_[name]:.3f}" for bin_ in pair for name in ("confidence", "right"))]
        for place, pair in enumerate(pairs, start=1)
    ]
    yield _table(["bin", *(f"{words}: {name}" for words in TAXONOMIES.values() for name in ("mean confidence", "share right"))], rows)


def _furthest(bins: Sequence[Found], words: str) -> str:
    far = max(bins, key=lambda found: abs(found["right"] - found["confidence"]))
    side = "modest" if far["right"] > far["confidence"] else "too sure"
    return (
        f"{words[0].upper()}{words[1:]}: confidence and share lie furthest apart where links claim {far['confidence']:.2f} and "
        f"{far['right']:.2f} are right; there it is {side}.\n"
    )


def _untitled(reports: Found) -> Iterator[str]:
    yield f"### Without the titles above\n\n{UNTITLED}"
    yield _command("make quality")
    yield _figures({TAXONOMIES[key]: report for key, report in reports.items()})


def _cross(cross: Found) -> Iterator[str]:
    yield f"## Cross-validated\n\n{CROSS}"
    yield _command(".venv-train/bin/python -m tests.quality.cross")
    if not cross:
        yield "Not measured for this version yet.\n"
        return
    parts = {"dev": "dev.jsonl", "dev_without_kzis": "dev.jsonl without KZiS", "fit": "fit.jsonl"}
    yield _figures({f"{words}, {TAXONOMIES[key]}": cross[key][part] for part, words in parts.items() for key in cross})
    yield f"Ranker of this recipe: `{next(iter(cross.values()))['ranker']}`.\n"


def _melo(reports: Found) -> Iterator[str]:
    yield f"## Names of occupations\n\n{MELO_TEXT}"
    yield _command(*(f"szlak evaluate melo ../shared/data/melo/{key} --json" for key in MELO))
    yield _compare_melo(reports)
    rows = [row for key, words in MELO.items() for row in _melo_rows(words, reports[key])]
    yield _table(["set", "method", *(f"`{name}`" for name in MELO_FIGURES)], rows)


def _compare_melo(reports: Found) -> str:
    """Return in words on which sets the encoder is surely better than character TF-IDF by `mrr`, and on which surely worse."""
    gains = {words: reports[key]["baselines"]["char_tfidf"]["difference"]["mrr"] for key, words in MELO.items()}
    better = [words.partition(",")[0] for words, gain in gains.items() if gain["low"] > 0]
    worse = [words.partition(",")[0] for words, gain in gains.items() if gain["high"] < 0]
    return (
        f"By `mrr` the encoder is better than character TF-IDF on: {', '.join(better) or 'none'}; worse on: {', '.join(worse) or 'none'}. "
        "For a language on which it is worse, [use another encoder](../how-to/use-another-encoder.md).\n"
    )


def _melo_rows(words: str, report: Found) -> Iterator[list[str]]:
    plain = report["baselines"]["char_tfidf"]
    yield [f"{words} ({report['queries']} titles)", "our encoder", *(format_figure(report[name]) for name in MELO_FIGURES)]
    yield ["", "character TF-IDF", *(format_figure(plain[name]) for name in MELO_FIGURES)]
    yield ["", "difference", *(format_figure(plain["difference"][name], "+.3f") for name in MELO_FIGURES)]


def _titles(reports: Found) -> Iterator[str]:
    first = reports["first_start"]
    about = TITLES.format(titles=first["titles"], lost=first["groups_not_in_release"], seen=first["titles_fitted_to"])
    yield f"## Job titles\n\n{about}"
    yield _command("make quality")
    names = ("accuracy@1", "accuracy@5", "accuracy@10")
    rows: list[list[str]] = []
    for key, words in TAXONOMIES.items():
        plain = reports[key]["baselines"]["char_tfidf"]
        rows += _rows_of_titles(words, reports[key], plain, names)
    yield _table(["taxonomy", "method", *(f"`{name}`" for name in names)], rows)


def _rows_of_titles(words: str, report: Found, plain: Found, names: Sequence[str]) -> list[list[str]]:
    rows = {"Szlak": (report, ".3f"), "character TF-IDF": (plain, ".3f"), "difference": (plain["difference"], "+.3f")}
    cells = [[method, *(format_figure(figures[name], form) for name in names)] for method, (figures, form) in rows.items()]
    return [[words if place == 0 else "", *row] for place, row in enumerate(cells)]


def _command(*lines: str) -> str:
    return "\n".join(["```sh", *lines, "```", ""])


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(["| " + " | ".join(cells) + " |" for cells in lines]) + "\n"
