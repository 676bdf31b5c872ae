"""What people decided, as texts with grades that a ranker can be fitted to."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from szlak.catalogue.esco.decisions import standing_decisions
from szlak.catalogue.esco.linking.examples import EXACT, Judged
from szlak.catalogue.esco.taxonomy import Taxonomy
from szlak.catalogue.esco.vacancies import requirement_texts
from szlak.catalogue.model.linking import Decision, LinkText
from szlak.catalogue.model.taxonomy import ConceptKind
from szlak.catalogue.pipeline import subject_texts
from szlak.catalogue.polish import Polish
from szlak.catalogue.store import Reader
from szlak.catalogue.text import text_key

Texts = Mapping[tuple[str, str], LinkText]
"""Texts as they are linked, by record id and subject."""

_BATCH = 500
_GRADES = {"accept": EXACT, "reject": 0.0}


@dataclass(frozen=True, kw_only=True)
class _Verdict:
    """What was decided about one text in one record."""

    document: str
    text: LinkText
    grades: Mapping[str, float] = field(default_factory=dict)
    closed: bool = False


def read_judged(uow: Reader, taxonomy: Taxonomy, polish: Polish) -> tuple[Judged, ...]:
    """Return the stored texts about which a decision stands, with their grades."""
    decisions = standing_decisions(uow.iter_decisions())
    texts = read_texts(uow, sorted({decision.record_id for decision in decisions}), polish)
    return judge_texts(texts, decisions, taxonomy)


def read_texts(uow: Reader, record_ids: Sequence[str], polish: Polish) -> Texts:
    """Return the texts of outcomes and requirements that records have now."""
    found: dict[tuple[str, str], LinkText] = {}
    for start in range(0, len(record_ids), _BATCH):
        wanted = record_ids[start : start + _BATCH]
        credentials = uow.credentials(wanted)
        for credential in credentials.values():
            found |= {(credential.record_id, key): text for key, text in subject_texts(credential).items()}
        for record_id in (record_id for record_id in wanted if record_id not in credentials):
            vacancy = uow.vacancy(record_id)
            texts = requirement_texts(vacancy, polish) if vacancy else []
            found |= {(record_id, text_key(text.text)): text for text in texts}
    return found


def judge_texts(texts: Texts, decisions: Iterable[Decision], taxonomy: Taxonomy) -> tuple[Judged, ...]:
    """Return what standing decisions say of texts: accepted concepts have the highest grade, rejected ones 0.

    Where something was accepted or nothing fits, whatever was not decided does not fit either; elsewhere it is unknown. The same
    text in several records is one, with the mean of its grades, so that it is never fitted to and judged at once. Left out are
    texts that are gone, and concepts that are no skills of the taxonomy.
    """
    by_subject: dict[tuple[str, str], list[Decision]] = defaultdict(list)
    for decision in decisions:
        if _is_usable(decision, texts, taxonomy):
            by_subject[decision.record_id, decision.subject].append(decision)
    by_text: dict[str, list[_Verdict]] = defaultdict(list)
    for (record_id, subject), said in sorted(by_subject.items()):
        by_text[subject].append(_judge_subject(record_id, texts[record_id, subject], said))
    return tuple(_merge(verdicts) for _, verdicts in sorted(by_text.items()))


def _is_usable(decision: Decision, texts: Texts, taxonomy: Taxonomy) -> bool:
    if (decision.record_id, decision.subject) not in texts:
        return False
    concept = taxonomy.find(decision.target)
    return decision.verdict == "nothing" or (concept is not None and concept.kind is ConceptKind.SKILL)


def _judge_subject(record_id: str, text: LinkText, decisions: Sequence[Decision]) -> _Verdict:
    return _Verdict(
        document=record_id,
        text=text,
        grades={decision.target: _GRADES[decision.verdict] for decision in decisions if decision.verdict in _GRADES},
        closed=any(decision.verdict in ("accept", "nothing") for decision in decisions),
    )


def _merge(verdicts: Sequence[_Verdict]) -> Judged:
    uris = sorted({uri for verdict in verdicts for uri in verdict.grades})
    told = {uri: [v.grades.get(uri, 0.0) for v in verdicts if v.closed or uri in v.grades] for uri in uris}
    return Judged(
        text=verdicts[0].text.text,
        grades={uri: sum(grades) / len(grades) for uri, grades in told.items()},
        document=verdicts[0].document,
        closed=any(verdict.closed for verdict in verdicts),
        context=verdicts[0].text.context,
        kind=verdicts[0].text.kind,
    )
