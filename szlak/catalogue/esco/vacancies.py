"""Reading a vacancy: its lines with their sections, what each asks for, and the skills that follow."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from szlak.catalogue.esco.cues import load_cues
from szlak.catalogue.esco.decisions import standing_decisions
from szlak.catalogue.esco.sections import Line, split_section, split_vacancy
from szlak.catalogue.esco.taxonomy import Taxonomy
from szlak.catalogue.messages import Message
from szlak.catalogue.model.catalogue import SectionKind, Vacancy
from szlak.catalogue.model.linking import Decision, Link, Linker, LinkResult, LinkText, Zone
from szlak.catalogue.model.matching import NEED_WEIGHT, Need, RequiredSkill, RequirementLine, VacancyReading
from szlak.catalogue.polish import Polish
from szlak.catalogue.text import text_key

MAX_LINES = 400
"""Lines beyond this many are shown, but not linked."""

LINKS_A_LINE = 10

_QUOTED_CHARS = 200
_NEEDS: dict[SectionKind, Need] = {"duties": Need.ESSENTIAL, "must": Need.ESSENTIAL, "nice": Need.PREFERRED, "other": Need.OPTIONAL}
_ORDER = {need: rank for rank, need in enumerate((Need.ESSENTIAL, Need.PREFERRED, Need.OPTIONAL))}
_SECTION_NAMES: dict[SectionKind, Message] = {
    "duties": Message("Duties"),
    "must": Message("Requirements"),
    "nice": Message("Nice to have"),
    "other": Message("Other text"),
}


def read_vacancy(vacancy: Vacancy, linker: Linker, taxonomy: Taxonomy, polish: Polish) -> VacancyReading:
    """Return the title, the lines in order and the skills asked for, essential first, then by confidence.

    Offer, praise and legal lines are shown without links. Offsets are those of `vacancy.text`; a line of a given section that
    does not stand there has the empty span (0, 0). Evidence is within the line's own text.
    """
    title, lines = _split(vacancy, polish)
    linked = _linked(lines)
    found = dict(zip(linked, linker.link(_as_texts(linked, title), top_k=LINKS_A_LINE), strict=True))
    read = tuple(_requirement_line(line, found.get(line)) for line in lines)
    return VacancyReading(title=title, lines=read, skills=_required_skills(read, taxonomy))


def decide_reading(reading: VacancyReading, decisions: Sequence[Decision], taxonomy: Taxonomy) -> VacancyReading:
    """Return a stored vacancy's reading with people's word over it: what they accepted is asked for, what they rejected is not."""
    lines = tuple(_decide_line(line, [row for row in decisions if row.subject == text_key(line.text)], taxonomy) for line in reading.lines)
    return replace(reading, lines=lines, skills=_required_skills(lines, taxonomy))


def _decide_line(line: RequirementLine, decisions: Sequence[Decision], taxonomy: Taxonomy) -> RequirementLine:
    standing = {decision.target: decision.verdict for decision in standing_decisions(decisions)}
    if not standing:
        return line
    known = {link.concept_uri: link for link in line.links}
    added = [uri for uri, verdict in standing.items() if verdict == "accept" and uri not in known and taxonomy.find(uri)]
    chosen = [Link(concept_uri=uri, label=taxonomy.label(uri).text, score=0.0, confidence=1.0, zone=Zone.NOTHING) for uri in added]
    links = tuple(_decide_link(link, standing) for link in (*line.links, *chosen))
    return replace(line, links=links, nil=all(link.zone is Zone.NOTHING for link in links))


def _decide_link(link: Link, standing: Mapping[str, str]) -> Link:
    if standing.get(link.concept_uri) == "accept":
        return replace(link, confidence=1.0, zone=Zone.ACCEPT)
    return replace(link, zone=Zone.NOTHING) if link.concept_uri in standing or "" in standing else link


def requirement_texts(vacancy: Vacancy, polish: Polish) -> list[LinkText]:
    """Return what `read_vacancy` asks the linker, in order."""
    title, lines = _split(vacancy, polish)
    return _as_texts(_linked(lines), title)


def _as_texts(lines: Sequence[Line], title: str | None) -> list[LinkText]:
    return [LinkText(text=line.text, context=title or "", kind="job_requirement") for line in lines]


def _linked(lines: Sequence[Line]) -> tuple[Line, ...]:
    return tuple(line for line in lines if line.section in _NEEDS)[:MAX_LINES]


def _split(vacancy: Vacancy, polish: Polish) -> tuple[str | None, Sequence[Line]]:
    if vacancy.sections is None:
        title, lines = split_vacancy(vacancy.text, polish, load_cues(polish), title=vacancy.title)
        return vacancy.title or title, lines
    return vacancy.title, [
        _place(line, vacancy.text) for section in vacancy.sections for line in split_section(section.text, section.kind, polish)
    ]


def _place(line: Line, text: str) -> Line:
    start = text.find(line.text)
    return replace(line, start=start, end=start + len(line.text)) if start >= 0 else replace(line, start=0, end=0)


def _requirement_line(line: Line, result: LinkResult | None) -> RequirementLine:
    links, nil, lang = (result.links, result.nil, result.lang) if result else ((), True, None)
    return RequirementLine(text=line.text, section=line.section, start=line.start, end=line.end, links=links, nil=nil, lang=lang)


def _required_skills(lines: Iterable[RequirementLine], taxonomy: Taxonomy) -> tuple[RequiredSkill, ...]:
    found: dict[str, RequiredSkill] = {}
    for line in lines:
        for link in line.links:
            if link.accepted and taxonomy.find(link.concept_uri):
                skill = _required_skill(line, link)
                found[skill.concept_uri] = min(found.get(skill.concept_uri, skill), skill, key=_rank)
    return tuple(sorted(found.values(), key=_rank))


def _required_skill(line: RequirementLine, link: Link) -> RequiredSkill:
    need = _NEEDS[line.section]
    quoted = line.text if len(line.text) <= _QUOTED_CHARS else line.text[:_QUOTED_CHARS].rstrip() + "…"
    return RequiredSkill(
        concept_uri=link.concept_uri,
        label=link.label,
        need=need,
        weight=NEED_WEIGHT[need],
        reason=Message("{section}: “{line}”", {"section": _SECTION_NAMES[line.section], "line": quoted}),
        confidence=link.confidence,
    )


def _rank(skill: RequiredSkill) -> tuple[int, float, str]:
    return _ORDER[skill.need], -(skill.confidence or 0.0), skill.concept_uri
