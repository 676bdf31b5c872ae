"""Occupations: which one a job title means, and what each needs, by ESCO's word or else by its duties."""

from dataclasses import dataclass, replace

from szlak.catalogue.errors import InputInvalid
from szlak.catalogue.messages import Message
from szlak.catalogue.model.linking import Link, LinkResult, LinkTarget, LinkText, Zone
from szlak.catalogue.model.matching import Basis, RequiredSkill, TargetOccupation
from szlak.catalogue.recommend.duties import required_by_duties
from szlak.catalogue.recommend.targets import required_by_occupation
from szlak.catalogue.services.ports import Catalogue

MAX_TITLE_CHARS = 500
CANDIDATES = 10
"""How many occupations a title is compared with closely; more would not help a person to choose."""

_NEAR = 0.01
"""Whatever is less likely is not shown even as the nearest."""


@dataclass(frozen=True, kw_only=True)
class OccupationNeeds:
    """An occupation with the skills that it needs; there may be none."""

    occupation: TargetOccupation
    skills: tuple[RequiredSkill, ...]


class Occupations:
    """Reads the taxonomy and asks the linker; stores and logs nothing."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Keep the catalogue, which opens its parts when they are first needed."""
        self._catalogue = catalogue

    def link(self, title: str, *, top_k: int = CANDIDATES) -> LinkResult:
        """Return the occupations that a job title may mean, best first, each with its confidence and zone."""
        text = LinkText(text=title, kind="offer_title")
        (result,) = self._catalogue.linker.link([text], kind_of_target=LinkTarget.OCCUPATIONS, top_k=top_k)
        return result

    def resolve(self, title: str) -> Link:
        """Return the one occupation that a job title surely means.

        Raises:
            InputInvalid: it means none surely, or several; those that it may mean, if any, are the details, each with its URI.
        """
        if not title.strip() or len(title) > MAX_TITLE_CHARS:
            raise InputInvalid(Message("A job title has 1 to {limit} characters.", {"limit": MAX_TITLE_CHARS}))
        links = sorted(self.link(title).links, key=lambda link: -link.confidence)
        accepted = [link for link in links if link.accepted]
        if len(accepted) == 1:
            return accepted[0]
        if likely := [link for link in links if link.zone is not Zone.NOTHING]:
            unclear = Message(
                "It is not clear which occupation “{title}” means. Name one by its URI, such as one of these:", {"title": title}
            )
            raise InputInvalid(unclear, tuple(map(self._describe, likely)))
        near = [link for link in links if link.confidence >= _NEAR]
        unknown = Message("We know no occupation called “{title}”. Use another job title, or the URI of an occupation.", {"title": title})
        raise InputInvalid(unknown, tuple(map(self._describe, near)))

    def needs(self, uri: str) -> OccupationNeeds:
        """Return what an occupation needs: what ESCO names where the release has it, else what is linked from its duties.

        Raises:
            NotFound: the release has no such concept.
        """
        taxonomy = self._catalogue.taxonomy
        occupation = TargetOccupation(concept_uri=uri, label=taxonomy.label(uri).text, basis=Basis.RELATIONS)
        if named := required_by_occupation(taxonomy, uri):
            return OccupationNeeds(occupation=occupation, skills=named)
        found = required_by_duties(taxonomy, self._catalogue.linker, uri)
        note = Message("{absent} {instead}", {"absent": self._absent(occupation.label), "instead": _INSTEAD if found else _NOTHING})
        return OccupationNeeds(occupation=replace(occupation, basis=Basis.DUTIES, note=note), skills=found)

    def _absent(self, label: str) -> Message:
        release = self._catalogue.taxonomy.release
        if release.origin == "esco":
            return Message("ESCO {version} names no skills for “{label}”.", {"version": release.version, "label": label})
        return Message(
            "The skills that ESCO names for “{label}” are not loaded. "
            "Get the packages from the ESCO portal and import them: “szlak esco import PATH”.",
            {"label": label},
        )

    def _describe(self, link: Link) -> Message:
        concept = self._catalogue.taxonomy.concept(link.concept_uri)
        params = {"label": link.label, "code": concept.code or "?", "uri": link.concept_uri, "pct": round(100 * link.confidence)}
        return Message("{label} (ISCO {code}, {pct} % sure): {uri}", params)


_INSTEAD = Message(
    "In their place stand skills recognised automatically in the descriptions of its duties. "
    "Check them; plans leave out those that are not sure enough."
)
_NOTHING = Message("None could be recognised in the descriptions of its duties either.")
