"""The embedded index: every search is answered by one opened generation, and a new one is taken up when asked."""

from collections import defaultdict
from pathlib import Path

from szlak.catalogue.errors import InputInvalid, NotReady
from szlak.catalogue.messages import Message
from szlak.catalogue.model.search import Generation, SearchKind, SearchPage, SearchPlan, Suggestion
from szlak.catalogue.polish import ANALYSER_VERSION, Polish
from szlak.catalogue.search.analysis import Restorations, WordQuery, read_query
from szlak.catalogue.search.cursors import Cursor, digest_plan, format_cursor, read_offset
from szlak.catalogue.search.engine import KindIndex
from szlak.catalogue.search.fields import KINDS, SCHEMA_VERSION, TERM_FIELDS, build_conditions
from szlak.catalogue.search.generations import read_json, read_live, read_manifest
from szlak.catalogue.search.suggestions import Suggester
from szlak.catalogue.search.vocabulary import FilterCheck

MAX_LIMIT = 1000
"""Most items of one page."""

RULES = f"{SCHEMA_VERSION}+{ANALYSER_VERSION}"
"""By which documents and queries are made: an index answers only queries of its own rules."""

SUGGESTIONS, VOCABULARY = "suggestions.json", "vocabulary.json"


class OpenGeneration:
    """A generation with everything that answering needs; it never changes."""

    def __init__(self, folder: Path, polish: Polish) -> None:
        """Open the generation of a folder.

        Raises:
            NotReady: something of it is missing or damaged, or it was built by other rules.
        """
        self.generation: Generation = read_manifest(folder, RULES)
        self.indices = {kind: KindIndex(folder / kind, kind) for kind in KINDS}
        self._polish = polish
        self._restorations = _read_restorations(folder)
        self._filters = FilterCheck(read_json(folder / VOCABULARY))
        self._suggester = Suggester(read_json(folder / SUGGESTIONS))

    def search(self, plan: SearchPlan) -> SearchPage:
        """Return one page (see `EmbeddedIndex.search`)."""
        check_limit(plan.limit)
        self._filters.check(plan)
        generation_id = self.generation.generation_id
        offset, index = read_offset(plan, generation_id), self.indices[plan.kind]
        query = index.build_query(self.read_words(plan.text), build_conditions(plan.filters))
        window = index.read_window(query, offset, plan.limit)
        more = Cursor(generation_id, digest_plan(plan), window.consumed) if window.consumed < window.total else None
        return SearchPage(
            items=window.hits,
            total=window.total,
            next=format_cursor(more) if more else None,
            facets=index.count_terms(query, TERM_FIELDS) if plan.kind == "offers" else {},
            generation=generation_id,
        )

    def suggest(self, prefix: str, limit: int) -> list[Suggestion]:
        """Return completions (see `Suggester.suggest`)."""
        return self._suggester.suggest(prefix, limit)

    def read_words(self, text: str) -> WordQuery | None:
        """Return the words of a query; None if it is blank and so asks for everything."""
        return read_query(text, self._polish, self._restorations) if text.strip() else None


def words_file(folder: Path, kind: SearchKind) -> Path:
    """Return the file that says which words a kind of documents holds, and from what it was built."""
    return folder / f"{kind}.words.json"


def _read_restorations(folder: Path) -> Restorations:
    lemmas: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for kind in KINDS:
        for folded, found in read_json(words_file(folder, kind))["restorations"].items():
            lemmas[folded].update(dict.fromkeys(found))
    return {folded: tuple(sorted(found)) for folded, found in lemmas.items()}


def check_limit(limit: int) -> None:
    """Refuse a page of no items or too many."""
    if not 1 <= limit <= MAX_LIMIT:
        raise InputInvalid(Message("A page has 1 to {most} items; asked for {limit}.", {"most": MAX_LIMIT, "limit": limit}))


class EmbeddedIndex:
    """A SearchIndex over the live generation of a folder; safe to share between threads."""

    def __init__(self, directory: Path, polish: Polish) -> None:
        """Open the live generation; use `open_index`."""
        self._directory = directory
        self._polish = polish
        self._open = _open_live(directory, polish)

    @property
    def generation(self) -> Generation:
        """The generation that answers."""
        return self._open.generation

    def search(self, plan: SearchPlan) -> SearchPage:
        """Return one page of whole items by falling score, then item id, their offers by start (unknown last) and id.

        A blank text lists everything by id with score 0. Facets count documents with all filters applied, the facet's own
        too.

        Raises:
            CursorExpired: the cursor is of another generation.
            FilterUnknown: a filter value does not exist.
            InputInvalid: the cursor is unreadable or of another query, or the limit is out of range.
        """
        return self._open.search(plan)

    def suggest(self, prefix: str, *, limit: int) -> list[Suggestion]:
        """Return at most `limit` completions, kinds sharing the places, best first within a kind."""
        return self._open.suggest(prefix, limit)

    def reload_if_changed(self) -> bool:
        """Take up the live generation if it is another one; return whether it was.

        Searches that run meanwhile end in the generation in which they began.
        """
        live = read_live(self._directory)
        if live is None or live == self.generation.generation_id:
            return False
        self._open = _open_live(self._directory, self._polish)
        return True


def open_index(directory: Path, *, analyser: Polish) -> EmbeddedIndex:
    """Open the live generation of a folder.

    Raises:
        NotReady: no index was built there yet, or it cannot be read.
    """
    return EmbeddedIndex(directory, analyser)


def _open_live(directory: Path, polish: Polish) -> OpenGeneration:
    live = read_live(directory)
    if live is None:
        raise NotReady(Message("There is no search index in {path} yet. Build it first.", {"path": str(directory)}))
    return OpenGeneration(directory / live, polish)
