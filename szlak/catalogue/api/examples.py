"""The examples of the OpenAPI document: one made-up course and vacancy all through, with fixed dates."""

from typing import Any

from szlak.catalogue.api.schemas import ATTRIBUTION

SKILL = "http://data.europa.eu/esco/skill/1973c966-f236-40c9-b2d4-5d71a89019be"
OCCUPATION_URI = "http://data.europa.eu/esco/occupation/05f321f8-055b-407d-bf19-e0ddabda56b7"
_OUTCOME = "Analizuje dane za pomocą arkusza kalkulacyjnego"
_RELEASE = {"release_id": "starter-1.2.1", "version": "1.2.1", "origin": "starter"}
_LABEL = {"text": "korzystać z oprogramowania do obsługi arkuszy kalkulacyjnych", "lang": "pl", "role": "preferred", "origin": "official"}
_PLACE = {"teryt": "1465011", "locality": "Warszawa", "online": False}
_REASONS = ["name_meant"]
_EXPLANATION = ["The words of one of the names of the concept have counterparts in the text."]

_OUTCOME_LINK: dict[str, Any] = {
    "target": SKILL,
    "framework": "ESCO",
    "framework_version": "1.2.1",
    "relation": None,
    "origin": "model",
    "score": 4.2,
    "confidence": 0.97,
    "evidence": [26, 47],
    "reasons": _REASONS,
    "reviewed_by": None,
    "linker_version": "1",
    "release": "starter-1.2.1",
}
_OFFER: dict[str, Any] = {
    "offer_id": "of:przyklad:1",
    "source_id": "1",
    "url": "https://example.org/kursy/1",
    "price": {"amount": "900.00", "currency": "PLN", "per": "participant", "vat": "exempt"},
    "starts": "2027-02-12",
    "ends": "2027-03-05",
    "enrol_until": "2027-02-05",
    "places": 12,
    "location": _PLACE,
    "mode": "blended",
    "language": ["pl"],
    "hours": "40",
    "hours_per_week": None,
    "full": None,
    "schedule": None,
}
_RECORD: dict[str, Any] = {
    "schema_version": 1,
    "record": "credential",
    "record_id": "mc:przyklad:1",
    "kind": "micro-credential",
    "title": {"pl": "Analiza danych w arkuszu kalkulacyjnym"},
    "description": None,
    "provider": {
        "name": "Przykładowa Szkoła",
        "nip": None,
        "regon": None,
        "registers": {"bur": "1", "ris": None, "rspo": None, "polon": None},
    },
    "awarding_body": [{"name": "Przykładowa Szkoła", "country": "PL"}],
    "outcomes": [
        {
            "id": "lo:1",
            "text": {"pl": _OUTCOME},
            "criteria": ["tworzy tabelę przestawną"],
            "kind": "skill",
            "reuse_level": "cross-sector",
            "links": [_OUTCOME_LINK],
        }
    ],
    "workload": {"ects": "2", "hours": "50", "stated_as": "ects+hours"},
    "level": {"prk": 4, "eqf": 4, "qf_ehea_cycle": None, "srk": [], "basis": "provider-declared"},
    "assessment": [{"type": None, "label": "ocena praktyczna", "supervision": "supervised-id"}],
    "participation": {"mode": "blended", "setting": "non-formal"},
    "quality_assurance": [{"type": "register-entry", "scheme": "BUR", "evidence_url": "https://example.org"}],
    "zsk": {"register_id": None, "category": None, "code": None},
    "stackability": {"mode": "stand-alone", "towards": []},
    "prerequisites": {"pl": "Podstawy obsługi komputera"},
    "requires": None,
    "language": ["pl"],
    "funding": [],
    "credential": {"formats": ["ob-2.0"], "issuer_app": None, "badgeclass": None},
    "provenance": {
        "source": "przyklad",
        "source_id": "1",
        "fetched_at": "2027-01-05T02:00:00Z",
        "content_hash": None,
        "licence": "CC BY 4.0",
        "raw_ref": None,
    },
    "annex1": {"complete": True, "missing": []},
    "demonstration": True,
}
_ITEM = {"credential": _RECORD, "offers": [_OFFER]}
CREDENTIALS = {
    "items": [_ITEM],
    "total": 1,
    "next": None,
    "attribution": ATTRIBUTION,
    "facets": {
        "mode": [{"value": "blended", "count": 1, "label": None}],
        "voivodeship": [{"value": "14", "count": 1, "label": "mazowieckie"}],
        "skill": [{"value": SKILL, "count": 1, "label": _LABEL["text"]}],
    },
}
CREDENTIAL = {**_ITEM, "attribution": ATTRIBUTION}
OFFER = {"credential_id": "mc:przyklad:1", "title": _RECORD["title"], "offer": _OFFER}
OFFERS = {"items": [OFFER], "total": 1, "next": None}

_SKILL: dict[str, Any] = {
    "concept_uri": SKILL,
    "kind": "skill",
    "label": _LABEL,
    "code": None,
    "skill_type": "skill/competence",
    "reuse_level": "cross-sector",
}
_BRICKLAYER: dict[str, Any] = {
    "concept_uri": OCCUPATION_URI,
    "kind": "occupation",
    "label": {"text": "murarz", "lang": "pl", "role": "preferred", "origin": "official"},
    "code": "7112",
    "skill_type": None,
    "reuse_level": None,
}


def _page(*items: dict[str, Any]) -> dict[str, Any]:
    return {"items": list(items), "total": len(items), "next": None, "attribution": ATTRIBUTION}


def _alone(concept: dict[str, Any]) -> dict[str, Any]:
    near: dict[str, Any] = {"broader": [], "narrower": [], "essential": [], "optional": []}
    return {**concept, "description": {}, "labels": [concept["label"]], **near, "release": _RELEASE, "attribution": ATTRIBUTION}


CONCEPTS = _page(_SKILL)
CONCEPT = _alone(_SKILL)
OCCUPATIONS = _page({**_BRICKLAYER, "confidence": 0.98, "zone": "accept"})
OCCUPATION = {**_alone(_BRICKLAYER), "basis": "relations", "note": None, "from_duties": []}
SUGGESTIONS = _page({"text": "arkusz kalkulacyjny", "kind": "skill", "id": SKILL})

LINK_REQUEST = {"texts": [{"id": "1", "text": _OUTCOME, "kind": "learning_outcome"}], "target": "skills", "top_k": 3}
_LINK: dict[str, Any] = {
    "concept_uri": SKILL,
    "label": _LABEL["text"],
    "score": 4.2,
    "confidence": 0.97,
    "zone": "accept",
    "accepted": True,
    "evidence": [26, 47],
    "reasons": _REASONS,
    "explanation": _EXPLANATION,
}
_LINKED = {"nil": False, "lang": None, "note": None}
LINKED = {"items": [{"id": "1", "links": [_LINK], **_LINKED}], "attribution": ATTRIBUTION}
OUTCOME_LINKS = _page(
    {
        "outcome_id": "lo:1",
        "label": _LABEL,
        "explanation": _EXPLANATION,
        **{key: value for key, value in _OUTCOME_LINK.items() if key != "reviewed_by"},
    }
)

_ADVERTISEMENT = "Wymagania:\n- obsługa arkusza kalkulacyjnego"
READING_REQUEST = {"title": "Pracownik biurowy", "text": _ADVERTISEMENT}
_ASKED = {"concept_uri": SKILL, "label": _LABEL["text"], "need": "essential", "weight": 4}
_REASON = "The advertisement asks for it."
READING = {
    "title": "Pracownik biurowy",
    "text": _ADVERTISEMENT,
    "lines": [
        {"text": "obsługa arkusza kalkulacyjnego", "section": "must", "start": 13, "end": 43, "links": [_LINK], **_LINKED},
    ],
    "skills": [{**_ASKED, "reason": _REASON, "confidence": 0.97, "basis": None, "zone": None, "duty": None}],
    "occupations": [],
    "attribution": ATTRIBUTION,
}
VACANCY = {
    "schema_version": 1,
    "record": "vacancy",
    "record_id": "va:przyklad:1",
    "title": "Pracownik biurowy",
    "text": _ADVERTISEMENT,
    "sections": None,
    "kzis": None,
    "valid_from": "2027-01-05",
    "valid_to": None,
    "demonstration": True,
    "provenance": None,
}
VACANCIES = {"items": [VACANCY], "total": 1, "next": None}

GAP_REQUEST: dict[str, Any] = {
    "profile": {"schema_version": 1, "skills": [{"concept_uri": SKILL, "proof": "certified"}], "not": [], "unknown": []},
    "targets": [{"uri": OCCUPATION_URI}],
}
_GAP_SKILL = {**_ASKED, "confidence": None, "basis": "relations", "zone": None, "duty": None}
_TARGETS = [{"concept_uri": OCCUPATION_URI, "label": "murarz", "basis": "relations", "note": None, "title": None, "confidence": None}]
GAP = {
    "schema_version": 1,
    "skills": [{**_GAP_SKILL, "state": "have", "proof": "certified", "reason": "The profile has it."}],
    "occupations": _TARGETS,
    "attribution": ATTRIBUTION,
}
PLAN_REQUEST = {**GAP_REQUEST, "limits": {"budget_pln": "2000", "hours_per_week": "8", "teryt": ["14"]}}
PLANS = {
    "schema_version": 1,
    "plans": [
        {
            "name": "best",
            "status": "optimal",
            "bound_pct": 0.0,
            "time_limited": False,
            "offers": [
                {
                    "offer_id": "of:przyklad:1",
                    "credential_id": "mc:przyklad:1",
                    "title": "Analiza danych w arkuszu kalkulacyjnym",
                    "price_pln": "900.00",
                    "hours": "40",
                    "hours_per_week": None,
                    "start": "2027-02-12",
                    "end": "2027-03-05",
                    "mode": "blended",
                    "languages": ["pl"],
                    "teryt": "1465011",
                    "online": False,
                    "full": None,
                    "concept_uris": [SKILL],
                    "enrol_until": "2027-02-05",
                }
            ],
            "totals": {
                "price_pln": "900.00",
                "hours": "40",
                "offers": 1,
                "price_unknown": 0,
                "hours_unknown": 0,
                "start": "2027-02-12",
                "end": "2027-03-05",
                "covered_weight": 4,
                "open_weight": 0,
            },
            "still_missing": [],
        }
    ],
    "occupations": _TARGETS,
    "attribution": ATTRIBUTION,
}
HEALTH = {"status": "ok", "version": "0.1.0"}
READY = {"status": "ready", "parts": {"store": True, "taxonomy": True, "index": True, "linker": True}}
