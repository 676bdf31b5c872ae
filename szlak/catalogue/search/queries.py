"""From words and conditions to a tantivy query. Queries are built from objects: what a person types is never parsed as one."""

from collections.abc import Iterable, Sequence

import tantivy
from tantivy import Occur, Query

from szlak.catalogue.model.search import SearchKind
from szlak.catalogue.search.analysis import WordGroup, WordQuery
from szlak.catalogue.search.fields import TEXT_FIELDS, Condition, TextField


def build_query(schema: tantivy.Schema, kind: SearchKind, words: WordQuery | None, conditions: Iterable[Condition]) -> Query:
    """Return the query for a kind of document.

    Args:
        schema: The schema of that kind.
        kind: The kind.
        words: What to look for; None takes every document, with score 0.
        conditions: What every document must meet; they do not touch the score.
    """
    musts = [_filter(_condition(schema, condition)) for condition in conditions]
    if words is None:
        musts.append(_filter(Query.all_query()))
    elif not words.groups:
        return Query.empty_query()
    else:
        musts += _word_queries(schema, kind, words)
    return Query.boolean_query([(Occur.Must, must) for must in musts])


def _word_queries(schema: tantivy.Schema, kind: SearchKind, words: WordQuery) -> list[Query]:
    found = [_sum([_in_field(schema, field, group) for field in TEXT_FIELDS[kind]]) for group in words.groups]
    enough = Query.boolean_query([(Occur.Should, one) for one in found], minimum_number_should_match=words.required)
    return [_filter(enough), _sum(found)]


def _in_field(schema: tantivy.Schema, field: TextField, group: WordGroup) -> Query:
    """Score a word in a text by its best form, so that one occurrence never counts as lemma and as surface form both."""
    forms = [(field.lemmas, lemma) for lemma in group.lemmas] + [(field.folded, form) for form in group.folded]
    terms = [Query.term_query(schema, name, form, index_option="freq") for name, form in forms]
    return Query.boost_query(Query.disjunction_max_query(terms, tie_breaker=0.0), field.boost)


def _sum(queries: Sequence[Query]) -> Query:
    """Add scores in pairs of pairs.

    Floating-point sums depend on their order, and an engine may visit many clauses in another order from one document to
    the next; of two it cannot matter. Equal texts thus have equal scores to the last bit, which keeps offers together.
    """
    while len(queries) > 1:
        pairs = [queries[i : i + 2] for i in range(0, len(queries), 2)]
        queries = [Query.boolean_query([(Occur.Should, one) for one in pair]) for pair in pairs]
    return queries[0]


def _condition(schema: tantivy.Schema, condition: Condition) -> Query:
    if condition.values:
        return Query.term_set_query(schema, condition.field, list(condition.values))
    return Query.range_query(schema, condition.field, tantivy.FieldType.Integer, condition.lower, condition.upper)


def _filter(query: Query) -> Query:
    return Query.const_score_query(query, 0.0)
