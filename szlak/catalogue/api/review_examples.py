"""The examples of the review routes, over the made-up course of `examples`."""

from typing import Any

from szlak.catalogue.api.examples import SKILL
from szlak.catalogue.api.schemas import ATTRIBUTION

_TEXT = "Analizuje dane za pomocą arkusza kalkulacyjnego"
_SUBJECT = "cee35d49e7c1bf6f1b5d6ba0a0b5a7f0"
_NAME = "korzystać z oprogramowania do obsługi arkuszy kalkulacyjnych"
_SEEN = {"release": "starter-1.2.1", "linker_version": "1"}

_DECISION: dict[str, Any] = {
    "decision_id": 1,
    "record_id": "mc:przyklad:1",
    "subject": _SUBJECT,
    "target": SKILL,
    "label": _NAME,
    "verdict": "accept",
    "relation": "closeMatch",
    "decided_by": "Anna Kurator",
    "decided_at": "2027-01-04T12:00:00Z",
    **_SEEN,
}
_CANDIDATE: dict[str, Any] = {
    "concept_uri": SKILL,
    "label": _NAME,
    "skill_type": "skill/competence",
    "reuse_level": "cross-sector",
    "broader": [],
    "alternatives": [],
    "description": {},
    "sentences": [],
    "score": 4.2,
    "confidence": 0.62,
    "zone": "ask",
    "evidence": [26, 47],
    "reasons": ["name_meant", "close_rival"],
    "explanation": [
        "The words of one of the names of the concept have counterparts in the text.",
        "Another concept fits nearly as well.",
    ],
    "stated": False,
    "waiting": True,
    "decision": None,
}
_ITEM: dict[str, Any] = {
    "kind": "outcome",
    "record_id": "mc:przyklad:1",
    "subject": _SUBJECT,
    "title": {"pl": "Analiza danych w arkuszu kalkulacyjnym"},
    "provider": "Przykładowa Szkoła",
    "text": _TEXT,
    "lang": "pl",
    "value": 0.4712,
    "uncertainty": 0.2356,
    "open_offers": 1,
    "vacancies": 0,
    "waiting": 1,
    "closed": False,
    "disputed": False,
    **_SEEN,
    "candidates": [_CANDIDATE],
    "nothing": None,
    "earlier": [],
}
_PROGRESS = {"total": 12, "decided": 4, "waiting": 8, "disputed": 0}
QUEUE = {"items": [_ITEM], "total": 8, "next": None, "progress": _PROGRESS, "attribution": ATTRIBUTION}
DECISION_REQUEST = {
    "record_id": "mc:przyklad:1",
    "subject": _SUBJECT,
    "target": SKILL,
    "verdict": "accept",
    "relation": "closeMatch",
    **_SEEN,
}
DECIDED = {"decision": _DECISION, "recorded": True}
UNDO_REQUEST = {"record_id": "mc:przyklad:1", "subject": _SUBJECT, "target": SKILL}
UNDONE = {"decision": {**_DECISION, "decision_id": 2, "verdict": "withdrawn", "relation": None}, "recorded": True}
HISTORY = {"items": [_DECISION], "total": 1, "next": None, "attribution": ATTRIBUTION}
_DISPUTE = {"record_id": "mc:przyklad:1", "subject": _SUBJECT, "target": SKILL, "label": _NAME, "fits_a": True, "fits_b": False}
_PAIR = {"reviewer_a": "Anna Kurator", "reviewer_b": "Piotr Kurator", "n": 20, "agreed": 18, "share": 0.9, "kappa": 0.78}
AGREEMENT = {"items": [{**_PAIR, "disputes": [_DISPUTE]}], "total": 1, "next": None, "attribution": ATTRIBUTION}
