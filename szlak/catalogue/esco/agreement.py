"""How far reviewers agree: the share of equal answers, and Cohen's kappa, which takes off what chance alone would give.

J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20 (1960).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from szlak.catalogue.esco.decisions import last_words
from szlak.catalogue.model.linking import Decision

Subject = tuple[str, str]
"""A record's id and the subject within it."""


@dataclass(frozen=True, kw_only=True)
class Dispute:
    """A concept that fits a subject for one reviewer (`fits_a`) or the other, and not for both."""

    record_id: str
    subject: str
    target: str
    fits_a: bool

    @property
    def fits_b(self) -> bool:
        """What the second reviewer said."""
        return not self.fits_a


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """Two reviewers over what both judged; `kappa` is None where it has no value: nothing in common, or always the same answer."""

    reviewer_a: str
    reviewer_b: str
    n: int
    agreed: int
    kappa: float | None
    disputes: tuple[Dispute, ...]

    @property
    def share(self) -> float | None:
        """Share of equal answers, or None where nothing was judged by both."""
        return self.agreed / self.n if self.n else None


@dataclass
class _Answers:
    """What one person said about one subject; `nothing` says that whatever was not accepted does not fit."""

    fits: dict[str, bool] = field(default_factory=dict)
    nothing: bool = False

    def judge(self, target: str) -> bool | None:
        return self.fits.get(target, False if self.nothing else None)


def measure_agreement(reviewer_a: str, reviewer_b: str, decisions: Iterable[Decision]) -> Agreement:
    """Compare two reviewers over the (subject, concept) pairs that both judged.

    "Nothing fits" judges every concept that the other one judged. Where both said only that, it is one answer, the same.
    """
    return _compare(reviewer_a, reviewer_b, _answers_by_person(decisions))


def measure_pairs(decisions: Iterable[Decision]) -> tuple[Agreement, ...]:
    """Compare every two reviewers who judged something in common, those with most in common first."""
    answers = _answers_by_person(decisions)
    found = [_compare(a, b, answers) for a, b in combinations(sorted(answers), 2)]
    return tuple(sorted((pair for pair in found if pair.n), key=lambda pair: (-pair.n, pair.reviewer_a, pair.reviewer_b)))


def disputed_subjects(decisions: Iterable[Decision]) -> frozenset[Subject]:
    """Return the subjects on which any two people differ."""
    return frozenset((dispute.record_id, dispute.subject) for pair in measure_pairs(decisions) for dispute in pair.disputes)


def _answers_by_person(decisions: Iterable[Decision]) -> Mapping[str, Mapping[Subject, _Answers]]:
    found: dict[str, dict[Subject, _Answers]] = defaultdict(lambda: defaultdict(_Answers))
    for decision in last_words(decisions):
        answers = found[decision.decided_by][decision.record_id, decision.subject]
        if decision.verdict == "nothing":
            answers.nothing = True
        else:
            answers.fits[decision.target] = decision.verdict == "accept"
    return found


def _compare(a: str, b: str, answers: Mapping[str, Mapping[Subject, _Answers]]) -> Agreement:
    judged = list(_judged_by_both(answers.get(a, {}), answers.get(b, {})))
    disputes = tuple(
        Dispute(record_id=record_id, subject=subject, target=target, fits_a=by_a)
        for (record_id, subject), target, by_a, by_b in judged
        if by_a != by_b
    )
    return Agreement(
        reviewer_a=a,
        reviewer_b=b,
        n=len(judged),
        agreed=len(judged) - len(disputes),
        kappa=cohen_kappa((by_a, by_b) for _, _, by_a, by_b in judged),
        disputes=disputes,
    )


def _judged_by_both(a: Mapping[Subject, _Answers], b: Mapping[Subject, _Answers]) -> Iterator[tuple[Subject, str, bool, bool]]:
    for subject in sorted(a.keys() & b.keys()):
        mine, theirs = a[subject], b[subject]
        targets = sorted(mine.fits.keys() | theirs.fits.keys())
        if not targets:
            yield subject, "", False, False
        for target in targets:
            by_a, by_b = mine.judge(target), theirs.judge(target)
            if by_a is not None and by_b is not None:
                yield subject, target, by_a, by_b


def cohen_kappa(pairs: Iterable[tuple[bool, bool]]) -> float | None:
    """Return kappa, at most 1, or None where chance alone explains everything (nothing judged, or one answer throughout)."""
    judged = list(pairs)
    n = len(judged)
    if not n:
        return None
    yes_a, yes_b = sum(a for a, _ in judged), sum(b for _, b in judged)
    by_chance = yes_a * yes_b + (n - yes_a) * (n - yes_b)
    if by_chance == n * n:
        return None
    agreed = sum(a == b for a, b in judged)
    return (agreed * n - by_chance) / (n * n - by_chance)
