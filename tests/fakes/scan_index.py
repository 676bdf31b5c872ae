"""A SearchIndex in memory that looks at every document: slow, plain, and held to the same contract as the real one."""

from collections import Counter
from collections.abc import Iterable
from itertools import groupby

from szlak.catalogue.model.search import FacetValue, Hit, SearchPage, SearchPlan, Suggestion
from szlak.catalogue.polish import Polish
from szlak.catalogue.search.analysis import TextAnalysis, WordGroup, read_query
from szlak.catalogue.search.cursors import Cursor, digest_plan, format_cursor, read_offset
from szlak.catalogue.search.documents import IndexDocument
from szlak.catalogue.search.embedded import check_limit
from szlak.catalogue.search.fields import TERM_FIELDS, TEXT_FIELDS, Condition, build_conditions
from szlak.catalogue.search.suggestions import Suggester, build_suggestions
from szlak.catalogue.search.vocabulary import FilterCheck, build_vocabulary


class ScanIndex:
    """Scores a document by the boosts of the texts in which each word stands; the rest is as the contract says."""

    def __init__(self, documents: Iterable[IndexDocument], polish: Polish, generation_id: str = "scan") -> None:
        self.documents = sorted(documents, key=lambda document: document.order)
        self.generation_id = generation_id
        self._polish = polish
        self._analysis = TextAnalysis(polish)
        for document in self.documents:
            for text in document.texts.values():
                self._analysis.read(text)
        skills = [document.item_id for document in self.documents if document.kind == "skills"]
        self._filters = FilterCheck(build_vocabulary(self.documents, skills))
        self._suggester = Suggester(build_suggestions(name for document in self.documents for name in document.names))

    def search(self, plan: SearchPlan) -> SearchPage:
        check_limit(plan.limit)
        self._filters.check(plan)
        offset = read_offset(plan, self.generation_id)
        found = self._find(plan)
        items = [
            (key, [document for _, document in group]) for key, group in groupby(found[offset:], key=lambda hit: (hit[1].item_id, hit[0]))
        ]
        page = items[: plan.limit]
        consumed = offset + sum(len(documents) for _, documents in page)
        more = Cursor(self.generation_id, digest_plan(plan), consumed) if consumed < len(found) else None
        return SearchPage(
            items=tuple(
                Hit(id=item, score=score, offer_ids=tuple(d.offer_id for d in group if d.offer_id)) for (item, score), group in page
            ),
            total=len(found),
            next=format_cursor(more) if more else None,
            facets=_count([document for _, document in found]) if plan.kind == "offers" else {},
            generation=self.generation_id,
        )

    def suggest(self, prefix: str, *, limit: int) -> list[Suggestion]:
        return self._suggester.suggest(prefix, limit)

    def _find(self, plan: SearchPlan) -> list[tuple[float, IndexDocument]]:
        words = read_query(plan.text, self._polish, self._analysis.restorations()) if plan.text.strip() else None
        conditions = build_conditions(plan.filters)
        found = []
        for document in self.documents:
            if document.kind == plan.kind and all(_meets(document, condition) for condition in conditions):
                scores = [self._score(document, group) for group in words.groups] if words else []
                if words is None or (words.groups and sum(score > 0 for score in scores) >= words.required):
                    found.append((sum(scores), document))
        return sorted(found, key=lambda hit: (-hit[0], hit[1].order))

    def _score(self, document: IndexDocument, group: WordGroup) -> float:
        score = 0.0
        for field in TEXT_FIELDS[document.kind]:
            text = self._analysis.read(document.texts.get(field.name, ""))
            if not {*text.lemmas.split()}.isdisjoint(group.lemmas) or not {*text.folded.split()}.isdisjoint(group.folded):
                score += field.boost
        return score


def _meets(document: IndexDocument, condition: Condition) -> bool:
    if condition.values:
        return not set(condition.values).isdisjoint(document.terms.get(condition.field, ()))
    number = document.numbers.get(condition.field)
    if number is None:
        return False
    return (condition.lower is None or number >= condition.lower) and (condition.upper is None or number <= condition.upper)


def _count(documents: list[IndexDocument]) -> dict[str, tuple[FacetValue, ...]]:
    facets = {}
    for field in TERM_FIELDS:
        counts = Counter(value for document in documents for value in document.terms.get(field.name, ()))
        best = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[: field.limit]
        facets[field.name] = tuple(FacetValue(value=value, count=count) for value, count in best)
    return facets
