"""Votes of people on equal text elsewhere: evidence for and against a link, never the last word.

Whoever decided about a text in one record has said something about the same text in another one. How much that is worth is known from
how far judges agree: the odds of a link are multiplied by that for each vote (Bayes).
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from szlak.catalogue.esco.linking.ranker import logistic
from szlak.catalogue.esco.linking.shelf import Floats
from szlak.catalogue.model.linking import Decision

AGREEMENT = 0.84
"""How often a second judge says the same: F1 of two annotators of our own gold set on which concepts fit (evaluation/gold/README.md)."""

LEAST_PRIOR = 0.15
"""Confidence that a concept has at least before votes for it are counted: that people accepted it says that the machine missed it."""

LEAST_PLACE = 10
"""Place in the list that such a concept has at least before votes are counted."""

FARTHEST = 500.0
"""How far votes move a score at most, however many they are: what no lane found stays behind every candidate (LOWEST_SCORE)."""

_WORTH = float(np.log(AGREEMENT / (1 - AGREEMENT)))
_CERTAIN = 1e-3
"""Nearest to 0 and 1 that a confidence is taken for, so that votes can move it."""
_DIGEST_CHARS = 8
_LEAST_WORTH = 1e-3

_Word = tuple[str, str, str]
"""Record, target and person."""


@dataclass(frozen=True, kw_only=True)
class Votes:
    """Votes on one text: of each concept for minus against; `others` is that of all concepts that are not named."""

    by_uri: Mapping[str, int] = field(default_factory=dict)
    others: int = 0

    @property
    def accepted(self) -> tuple[str, ...]:
        """The concepts with more votes for than against."""
        return tuple(uri for uri, votes in self.by_uri.items() if votes > 0)

    def count(self, uris: Iterable[str]) -> NDArray[np.int64]:
        """Return the votes of each of some concepts."""
        return np.array([self.by_uri.get(uri, self.others) for uri in uris], np.int64)


@dataclass(frozen=True, kw_only=True)
class Precedents:
    """The last word of each person about each text, in each record: verdict by (record, target, person), by text key.

    `newest` is the highest number of a decision that was taken in.
    """

    newest: int = 0
    words: Mapping[str, Mapping[_Word, str]] = field(default_factory=dict)

    def with_decisions(self, decisions: Sequence[Decision]) -> Self:
        """Return the precedents with newer decisions, oldest first."""
        changed = {decision.subject: dict(self.words.get(decision.subject, {})) for decision in decisions}
        for decision in decisions:
            word = (decision.record_id, decision.target, decision.decided_by)
            if decision.verdict == "withdrawn":
                changed[decision.subject].pop(word, None)
            else:
                changed[decision.subject][word] = decision.verdict
        numbers = (decision.decision_id or 0 for decision in decisions)
        words = {key: said for key, said in {**self.words, **changed}.items() if said}
        return replace(self, newest=max((self.newest, *numbers)), words=words)

    def votes(self, key: str) -> Votes | None:
        """Return the votes on a text by its key; None where nobody decided.

        Who said that nothing fits votes against every concept but those that they accepted in the same record.
        """
        said = self.words.get(key)
        if not said:
            return None
        nothings = {(record, person) for (record, _, person), verdict in said.items() if verdict == "nothing"}
        named = {target for (_, target, _), verdict in said.items() if verdict in ("accept", "reject")}
        votes = dict.fromkeys(sorted(named), -len(nothings))
        for (record, target, person), verdict in said.items():
            if verdict == "reject":
                votes[target] -= 1
            elif verdict == "accept":
                votes[target] += 1 + ((record, person) in nothings)
        return Votes(by_uri=votes, others=-len(nothings))

    def digest(self, key: str) -> str:
        """Return a few hexadecimal digits that change with the votes on a text; empty where nobody decided."""
        votes = self.votes(key)
        return hashlib.sha256(repr((sorted(votes.by_uri.items()), votes.others)).encode()).hexdigest()[:_DIGEST_CHARS] if votes else ""


NO_PRECEDENTS = Precedents()
"""No decision of anybody: what a linker knows while it is measured."""


def weigh_votes(
    votes: NDArray[np.int64], scores: Floats, confidences: NDArray[np.float64], worth_of_score: float
) -> tuple[Floats, NDArray[np.float64]]:
    """Return scores and confidences of one text's candidates after the votes on them, in the same order.

    No vote for a concept makes it less sure, and none against it surer. Where there is no vote everything stays as it is.

    Args:
        votes: For minus against, of each candidate.
        scores: The ranker's.
        confidences: The calibration's.
        worth_of_score: Log odds that a unit of score is worth to the calibration; where it is not positive a unit is one.
    """
    place = min(LEAST_PLACE, len(scores)) - 1
    wanted = votes > 0
    priors = np.where(wanted, np.maximum(confidences, LEAST_PRIOR), confidences).clip(_CERTAIN, 1 - _CERTAIN)
    moved = logistic(np.log(priors / (1 - priors)) + votes * _WORTH)
    bounded = np.where(wanted, np.maximum(moved, confidences), np.minimum(moved, confidences))
    bases = np.where(wanted, np.maximum(scores, np.sort(scores)[::-1][place]), scores)
    shift = (votes * _WORTH / (worth_of_score if worth_of_score > _LEAST_WORTH else 1.0)).clip(-FARTHEST, FARTHEST)
    return np.asarray(bases + shift, np.float32), np.where(votes == 0, confidences, bounded)
