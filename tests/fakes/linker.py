"""A linker small enough to foresee: a concept fits a text as far as the text has the words of the concept's name."""

import re
from collections.abc import Mapping, Sequence

from szlak.catalogue.esco.taxonomy import Taxonomy
from szlak.catalogue.model.linking import Link, LinkResult, LinkTarget, LinkText, Zone
from szlak.catalogue.model.reasons import Reason
from szlak.catalogue.text import fold

STEM = 5
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_REASONS = {Zone.ACCEPT: (Reason.NAME_IN_TEXT,), Zone.ASK: (Reason.WORDS_SHARED, Reason.WORD_MISSED), Zone.NOTHING: ()}


class WordLinker:
    """A Linker over the words of names; its evidence is the first word that fits. What is in Cyrillic letters is Ukrainian to it."""

    version = "words-1"
    said: Mapping[str, str] = {}
    """What is added to the version of a text's links, by its key."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._taxonomy = taxonomy

    def link(self, texts: Sequence[LinkText], *, kind_of_target: LinkTarget = LinkTarget.SKILLS, top_k: int = 20) -> list[LinkResult]:
        uris = self._taxonomy.skills if kind_of_target is LinkTarget.SKILLS else self._taxonomy.occupations
        return [self._link_one(text.text, uris, top_k) for text in texts]

    def version_of(self, key: str) -> str:
        return self.version + self.said.get(key, "")

    def _link_one(self, text: str, uris: Sequence[str], top_k: int) -> LinkResult:
        links = sorted((self._score(text, uri) for uri in uris), key=lambda link: (-link.score, link.concept_uri))[:top_k]
        lang = "uk" if _CYRILLIC.search(text) else None
        return LinkResult(links=tuple(links), nil=all(link.zone is Zone.NOTHING for link in links), lang=lang)

    def _score(self, text: str, uri: str) -> Link:
        label = self._taxonomy.label(uri).text
        words = {fold(word)[:STEM] for word in label.split() if len(word) >= STEM}
        found = [word for word in text.split() if fold(word)[:STEM] in words]
        confidence = min(1.0, len(found) / max(1, len(words)))
        zone = Zone.ACCEPT if confidence > 0.6 else Zone.ASK if confidence > 0.3 else Zone.NOTHING
        start = text.find(found[0]) if found else 0
        evidence = (start, start + len(found[0])) if found else None
        reasons = _REASONS[zone]
        return Link(concept_uri=uri, label=label, score=confidence, confidence=confidence, zone=zone, evidence=evidence, reasons=reasons)
