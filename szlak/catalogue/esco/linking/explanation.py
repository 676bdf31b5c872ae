"""Why a link: what a person would name among the features of a candidate, for it and against it.

The reasons describe the candidate; the ranker weighs all features, not these alone. Borders were set on the gold set's dev half, among the
links that are taken or asked about: beyond one they are right more often, or for a doubt more rarely, than where nothing of the kind holds.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from szlak.catalogue.esco.linking.features import FEATURES
from szlak.catalogue.esco.linking.shelf import Floats
from szlak.catalogue.model.linking import Zone
from szlak.catalogue.model.reasons import Reason

Features = Mapping[str, float]
"""A candidate's row by the names of `features.FEATURES`."""

MOST = 4
"""Reasons given for a link: more are not read."""

MEANT = 0.85
"""Share of a name's weight that is meant. Names of two or three words reach it only when each of them has a near counterpart."""
NEAR_NAME = 0.6
NEAR_SENTENCE = 0.6
"""Cosines of the encoder."""
SHARED = 0.6
"""Share of a name's weight that the text holds."""
MISSED = 3.0
"""Weight times unlikeness: a word that is rare among names and not even half alike to one of the text's."""
SAID = 0.4
"""Share of the text's weight that a name means; below it the text is mostly about something else."""
RIVAL = 0.8
"""Share of a link's confidence from which another one's is close to it."""

_BY_NAME: Mapping[Reason, Callable[[Features], bool]] = MappingProxyType(
    {
        Reason.IS_NAME: lambda row: row["exact"] > 0,
        Reason.NAME_IN_TEXT: lambda row: row["named"] > 0,
        Reason.NAME_MEANT: lambda row: row["clause_name_meant"] >= MEANT,
        Reason.WORDS_SHARED: lambda row: row["clause_name_covered"] >= SHARED,
    }
)
"""From strong to weak: each says what the ones after it say, and more, so that only the first that holds is given."""


def explain(features: Features, confidence: float, rival: float) -> tuple[Reason, ...]:
    """Return what speaks for a link and against it, the most telling first, at most MOST.

    Args:
        features: The candidate's row.
        confidence: The link's.
        rival: The highest confidence among the text's other links.
    """
    found = [*_name(features), *_meaning(features)]
    if not found:
        found.append(Reason.LOOSE)
    found += [*_kind(features), *_doubts(features, found)]
    if features["clauses"] <= 1:  # clauses have a right concept each
        found += _rivals(confidence, rival)
    return tuple(sorted(found, key=_ORDER.__getitem__)[:MOST])


def explain_rows(rows: Floats, confidences: NDArray[np.float64], zones: Sequence[Zone]) -> dict[int, tuple[Reason, ...]]:
    """Return the reasons of those of a text's links that are taken or asked about, by their place.

    Args:
        rows: The features of its candidates by falling score, shape (candidates, features).
        confidences: Theirs.
        zones: What follows from each, for as many of them as are wanted.
    """
    return {
        place: explain(dict(zip(FEATURES, row.tolist(), strict=True)), confidence, highest_other(confidences, place))
        for place, (zone, row, confidence) in enumerate(zip(zones, rows, confidences.tolist(), strict=False))
        if zone is not Zone.NOTHING
    }


def explain_votes(reasons: Mapping[int, tuple[Reason, ...]], votes: Sequence[int]) -> dict[int, tuple[Reason, ...]]:
    """Return the reasons with what people said of the same text elsewhere before them, at most MOST.

    Args:
        reasons: Of links by their place.
        votes: For minus against, by place.
    """
    said = {place: _VOTED[votes[place] > 0] for place in reasons if votes[place]}
    return {place: (said[place], *found)[:MOST] if place in said else found for place, found in reasons.items()}


def highest_other(confidences: Sequence[float] | NDArray[np.float64], place: int) -> float:
    """Return the highest of falling confidences but the one at a place; 0 where there is no other."""
    others = confidences[1:2] if place == 0 else confidences[:1]
    return float(others[0]) if len(others) else 0.0


def _name(row: Features) -> list[Reason]:
    return [reason for reason, holds in _BY_NAME.items() if holds(row)][:1]


def _meaning(row: Features) -> list[Reason]:
    found = []
    if max(row["clause_near_name"], row["clause_near_other_name"]) >= NEAR_NAME:
        found.append(Reason.MEANS_NEARLY)
    if row["clause_near_sentence"] >= NEAR_SENTENCE:
        found.append(Reason.LIKE_SENTENCE)
    return found


def _kind(row: Features) -> list[Reason]:
    """Return whether the kind fits, where both the text and ESCO say which it is (features: 0 or 1)."""
    asked, given = row["asks_knowledge"], row["is_knowledge"]
    if asked == given and asked in (0, 1):
        return [Reason.KIND_FITS]
    return [Reason.KIND_DIFFERS] if {asked, given} == {0, 1} else []


def _doubts(row: Features, found: Sequence[Reason]) -> list[Reason]:
    """Return what is missing on either side; a name that is all there leaves no word of the one shown to be missed."""
    doubts = []
    if row["clause_missed"] >= MISSED and not _WHOLE_NAME & set(found):
        doubts.append(Reason.WORD_MISSED)
    if row["clause_text_meant"] < SAID and Reason.IS_NAME not in found:
        doubts.append(Reason.TEXT_SAYS_MORE)
    return doubts


def _rivals(confidence: float, rival: float) -> list[Reason]:
    if rival >= confidence:
        return [Reason.BETTER_RIVAL]
    return [Reason.CLOSE_RIVAL] if rival >= RIVAL * confidence else []


_VOTED = {True: Reason.ACCEPTED_ELSEWHERE, False: Reason.REJECTED_ELSEWHERE}
_WHOLE_NAME = frozenset({Reason.IS_NAME, Reason.NAME_IN_TEXT, Reason.NAME_MEANT})
_ORDER = {reason: place for place, reason in enumerate(Reason)}
