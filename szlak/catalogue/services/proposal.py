"""What was learned, beside what is there: figures on texts that neither was fitted to, and the links that would change."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

from szlak.catalogue.esco.evaluation.gold import GoldSentence
from szlak.catalogue.esco.evaluation.linking import measure_links
from szlak.catalogue.esco.evaluation.report import Figures
from szlak.catalogue.esco.kzis import CodedTitle
from szlak.catalogue.esco.linking.examples import Judged
from szlak.catalogue.esco.linking.fitting import Claim, Example, claim
from szlak.catalogue.esco.linking.learned import save_ranker
from szlak.catalogue.esco.linking.linker import RankedLinker
from szlak.catalogue.esco.linking.ranker import Ranker, number_text
from szlak.catalogue.model.encoding import Encoder
from szlak.catalogue.model.linking import RELEVANT, Link, LinkResult, LinkTarget, LinkText, Zone
from szlak.catalogue.pipeline import LINKS_KEPT, Progress, quiet
from szlak.catalogue.services.judged import read_judged, read_texts
from szlak.catalogue.services.learn import (
    Ground,
    Learned,
    Parts,
    fit_occupations,
    fit_occupations_to_groups,
    has_trees,
    learn_skills,
)
from szlak.catalogue.services.ports import Catalogue
from szlak.catalogue.store import Reader

FIGURES = ("recall@10", "accuracy@1", "ndcg@10", "ece", "accepted_precision", "accepted_coverage")

SAMPLE = 1_000
"""Stored texts that are linked anew to see what would change; of more, those with the lowest keys, which are drawn as if by chance."""

EXAMPLES = 10
_BATCH = 64


class LearningCatalogue(Catalogue, Protocol):
    """What learning needs of the catalogue."""

    @property
    def linker(self) -> RankedLinker:
        """The linker over the active taxonomy."""
        ...

    @property
    def encoder(self) -> Encoder:
        """What compares texts."""
        ...

    @property
    def rankers(self) -> Mapping[LinkTarget, Ranker]:
        """The rankers in use."""
        ...


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What to learn from: judged texts of files, and people's decisions; seen with which taxonomies, and which rankers to fit.

    `titles`: what the ranker of occupations learns from; without any, from names of our own lexicon.
    """

    gold: tuple[Judged, ...] = ()
    titles: tuple[CodedTitle, ...] = ()
    decisions: bool = True
    grounds: tuple[Ground, ...]
    targets: tuple[LinkTarget, ...] = (LinkTarget.SKILLS,)


@dataclass(frozen=True, kw_only=True)
class Compared:
    """Figures of the present ranker, and held-out ones of the new ranker, on the same texts; only on closed ones is all known.

    `seen`: the present ranker was fitted to these texts itself, and its figures are better than it is.
    """

    seen: bool
    texts: int
    present: Figures
    new: Figures


@dataclass(frozen=True, kw_only=True)
class Move:
    """A link of a stored text that would be in another zone; a link that is not among the kept ones counts as nothing."""

    text: str
    concept_uri: str
    label: str
    before: Zone
    after: Zone
    confidence_before: float
    confidence_after: float


@dataclass(frozen=True, kw_only=True)
class Movement:
    """What would change in `texts` of `total` stored texts with `links` links: how many go from zone to zone, and the largest moves."""

    texts: int
    total: int
    links: int
    moves: Mapping[tuple[Zone, Zone], int]
    examples: tuple[Move, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class Change:
    """A ranker that was learned, and the one whose place it would take.

    `present` is None where the shipped one is of other features than this program has, and then nothing is compared.
    `movement` is None where no stored text was looked at.
    """

    learned: Learned
    present: Ranker | None
    compared: tuple[Compared, ...]
    movement: Movement | None


@dataclass(frozen=True, kw_only=True, eq=False)
class Proposal:
    """What would change; `decided` and `gold` are the judged texts that people's decisions and files gave."""

    decided: int
    gold: int
    changes: tuple[Change, ...]

    def save(self, folder: Path) -> tuple[Path, ...]:
        """Write the rankers into a folder, each into one of its own."""
        return tuple(save_ranker(change.learned.ranker, folder, change.learned.target) for change in self.changes)


def propose(catalogue: LearningCatalogue, wanted: Wanted, progress: Progress = quiet) -> Proposal:
    """Fit what is wanted, and compare it with what is there; nothing is replaced.

    Raises:
        ExtraMissing: occupations are wanted, and LightGBM is not installed.
        InputInvalid: there are too few judged texts.
    """
    decided: tuple[Judged, ...] = ()
    if wanted.decisions:
        with catalogue.store.read() as uow:
            decided = read_judged(uow, catalogue.taxonomy, catalogue.polish)
    judged = tuple({number_text(row.text): row for row in (*wanted.gold, *decided)}.values())
    changes = tuple(_change(catalogue, target, judged, wanted, progress) for target in wanted.targets)
    return Proposal(decided=len(decided), gold=len(wanted.gold), changes=changes)


def _change(catalogue: LearningCatalogue, target: LinkTarget, judged: Sequence[Judged], wanted: Wanted, progress: Progress) -> Change:
    present = _find_present(catalogue, target)
    progress("learn", 0, 1)
    of_skills = target is LinkTarget.SKILLS
    learned = learn_skills(wanted.grounds, judged, present) if of_skills else _learn_occupations(catalogue, wanted)
    progress("learn", 1, 1)
    moves = present is not None and wanted.decisions and of_skills
    return Change(
        learned=learned,
        present=present,
        compared=tuple(compare(learned, present)) if present else (),
        movement=measure_movement(catalogue, learned.ranker, progress) if moves else None,
    )


def _learn_occupations(catalogue: LearningCatalogue, wanted: Wanted) -> Learned:
    parts = Parts(polish=catalogue.polish, encoder=catalogue.encoder)
    taxonomies = (ground.taxonomy for ground in wanted.grounds)
    return fit_occupations_to_groups(parts, taxonomies, wanted.titles) if wanted.titles else fit_occupations(parts, taxonomies)


def _find_present(catalogue: LearningCatalogue, target: LinkTarget) -> Ranker | None:
    """Return the ranker in use; None where the shipped one is of other features, so that it can be made anew."""
    try:
        return catalogue.rankers[target]
    except ValueError:
        return None


def compare(learned: Learned, present: Ranker) -> Iterator[Compared]:
    """Yield the figures on texts that the present ranker has not seen, then on those that it has, as far as there are any."""
    rows = [row for row in zip(learned.judged, learned.examples, learned.held_out, strict=True) if row[0].closed]
    known = present.fitted | present.calibrated
    for seen in (False, True):
        chosen = [row for row in rows if (number_text(row[0].text) in known) is seen]
        if not chosen:
            continue
        gold = [_gold(judged) for judged, _, _ in chosen]
        before = [_rank(example, claim(present, present.score(example.features), example.features), present) for _, example, _ in chosen]
        after = [_rank(example, held_out, learned.ranker) for _, example, held_out in chosen]
        yield Compared(seen=seen, texts=len(chosen), present=_measure(before, gold), new=_measure(after, gold))


def _measure(results: Sequence[LinkResult], gold: Sequence[GoldSentence]) -> Figures:
    found = measure_links(results, gold)
    return {name: found[name] for name in FIGURES}


def _gold(row: Judged) -> GoldSentence:
    nil = not any(grade >= RELEVANT for grade in row.grades.values())
    return GoldSentence(identity=row.text, text=LinkText(text=row.text, context=row.context, kind=row.kind), grades=row.grades, nil=nil)


def _rank(example: Example, said: Claim, ranker: Ranker) -> LinkResult:
    rows = zip(example.uris, said.scores.tolist(), said.confidences.tolist(), strict=True)
    links = tuple(
        Link(concept_uri=uri, label="", score=score, confidence=confidence, zone=ranker.zone(confidence, is_best=place == 0))
        for place, (uri, score, confidence) in enumerate(sorted(rows, key=lambda row: -row[1]))
    )
    return LinkResult(links=links, nil=all(link.zone is Zone.NOTHING for link in links))


def measure_movement(catalogue: LearningCatalogue, ranker: Ranker, progress: Progress = quiet) -> Movement:
    """Link stored texts by the present ranker of skills and by a new one, and return what differs."""
    with catalogue.store.read() as uow:
        texts, total = _read_stored(uow, catalogue)
    linker = catalogue.linker
    other = linker.with_ranker(LinkTarget.SKILLS, ranker)
    links, moves = 0, list[Move]()
    for start in range(0, len(texts), _BATCH):
        batch = texts[start : start + _BATCH]
        for text, before, after in zip(batch, linker.link(batch, top_k=LINKS_KEPT), other.link(batch, top_k=LINKS_KEPT), strict=True):
            links += len(before.links)
            moves += _iter_moves(text.text, before.links, after.links)
        progress("compare", start + len(batch), len(texts))
    largest = sorted(moves, key=lambda move: (-abs(move.confidence_after - move.confidence_before), move.text, move.concept_uri))
    counts = Counter((move.before, move.after) for move in moves)
    return Movement(texts=len(texts), total=total, links=links, moves=dict(sorted(counts.items())), examples=tuple(largest[:EXAMPLES]))


def _read_stored(uow: Reader, catalogue: LearningCatalogue) -> tuple[tuple[LinkText, ...], int]:
    """Return stored texts that have links, and how many of them there are in all."""
    records = {row.subject: row.record_id for row in uow.iter_links()}
    chosen = sorted(records)[:SAMPLE]
    found = read_texts(uow, sorted({records[subject] for subject in chosen}), catalogue.polish)
    return tuple(found[records[key], key] for key in chosen if (records[key], key) in found), len(records)


def _iter_moves(text: str, before: Iterable[Link], after: Iterable[Link]) -> Iterator[Move]:
    old, new = ({link.concept_uri: link for link in links} for links in (before, after))
    for uri in sorted(old | new):
        was, will = old.get(uri), new.get(uri)
        zones = tuple(link.zone if link else Zone.NOTHING for link in (was, will))
        if zones[0] is not zones[1]:
            yield Move(
                text=text,
                concept_uri=uri,
                label=(old | new)[uri].label,
                before=zones[0],
                after=zones[1],
                confidence_before=was.confidence if was else 0.0,
                confidence_after=will.confidence if will else 0.0,
            )


def proposal_to_json(proposal: Proposal) -> dict[str, Any]:
    """Return a proposal as `szlak esco learn --json` prints it."""
    changes = {change.learned.target.value: _change_to_json(change) for change in proposal.changes}
    return {"decided": proposal.decided, "gold": proposal.gold, "train": has_trees(), "targets": changes}


def _change_to_json(change: Change) -> dict[str, Any]:
    return {
        "fitted": "ranker" if change.learned.is_whole else "calibration",
        "texts": len(change.learned.judged),
        "present_version": change.present.version if change.present else None,
        "new_version": change.learned.ranker.version,
        "compared": [
            {
                "seen_by_present": row.seen,
                "texts": row.texts,
                "present": {name: asdict(found) for name, found in row.present.items()},
                "new": {name: asdict(found) for name, found in row.new.items()},
            }
            for row in change.compared
        ],
        "movement": _movement_to_json(change.movement) if change.movement else None,
    }


def _movement_to_json(movement: Movement) -> dict[str, Any]:
    moves = [{"before": before.value, "after": after.value, "links": count} for (before, after), count in movement.moves.items()]
    return {**asdict(movement), "moves": moves}
