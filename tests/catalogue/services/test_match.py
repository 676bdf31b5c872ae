"""From targets to gaps and plans, over a small real catalogue."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from szlak.catalogue.errors import InputInvalid, NotFound
from szlak.catalogue.model.catalogue import Vacancy
from szlak.catalogue.model.linking import Decision, LinkTarget, LinkText, Zone
from szlak.catalogue.model.matching import Basis, Limits, Profile, ProfileSkill, SkillState, Target
from szlak.catalogue.model.taxonomy import ConceptKind
from szlak.catalogue.recommend.planner import HighsPlanner
from szlak.catalogue.services.match import MAX_TARGETS, Match
from szlak.catalogue.text import text_key
from tests.fakes.catalogue import TODAY, SmallCatalogue, without_relations

ADVERTISEMENT = Vacancy(text="Wymagania:\n- wystawianie faktur\n- pierwsza pomoc\n")


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> SmallCatalogue:
    return SmallCatalogue(tmp_path_factory.mktemp("catalogue"))


@pytest.fixture(scope="module")
def match(catalogue: SmallCatalogue) -> Match:
    return Match(catalogue, HighsPlanner(), today=TODAY, max_text_chars=5000)


def uri_of(catalogue: SmallCatalogue, kind: ConceptKind) -> str:
    found = (
        c.concept_uri
        for c in catalogue.taxonomy.concepts()
        if c.kind is kind and (kind != "occupation" or catalogue.taxonomy.needs(c.concept_uri))
    )
    return next(found)


def unmistakable(catalogue: SmallCatalogue) -> tuple[str, str]:
    """Return an occupation whose name is linked to it alone."""
    for uri in catalogue.taxonomy.occupations:
        title = catalogue.taxonomy.label(uri).text
        (result,) = catalogue.linker.link([LinkText(text=title)], kind_of_target=LinkTarget.OCCUPATIONS)
        if [link.concept_uri for link in result.links if link.accepted] == [uri]:
            return uri, title
    raise AssertionError


def test_a_skill_is_a_target(match: Match, catalogue: SmallCatalogue) -> None:
    """It is asked for itself; who has it lacks nothing, of whom nothing is known it is unknown."""
    uri = catalogue.taxonomy.skills[0]
    for profile, state in ((Profile(), SkillState.UNKNOWN), (Profile(skills=(ProfileSkill(concept_uri=uri),)), SkillState.HAVE)):
        (skill,) = match.gap(profile, [Target(uri=uri)]).skills
        assert (skill.concept_uri, skill.state) == (uri, state)


def test_an_occupation_asks_for_what_esco_names(match: Match, catalogue: SmallCatalogue) -> None:
    """Every essential and optional skill is in the gap, once."""
    uri = uri_of(catalogue, ConceptKind.OCCUPATION)
    asked = [skill.concept_uri for skill in match.gap(Profile(), [Target(uri=uri)]).skills]
    assert sorted(asked) == sorted({relation.target for relation in catalogue.taxonomy.needs(uri)})


def test_an_occupation_of_which_nothing_is_known_says_how_to_change_that(catalogue: SmallCatalogue) -> None:
    """Without relations and without words for its duties, an empty gap would read as if nothing were lacking."""
    match = Match(without_relations(catalogue, ()), HighsPlanner(), today=TODAY)
    with pytest.raises(InputInvalid, match="szlak esco import"):
        match.gap(Profile(), [Target(uri=catalogue.taxonomy.occupations[0])])


def test_an_occupation_without_relations_is_measured_by_its_duties(catalogue: SmallCatalogue) -> None:
    """Gap and plan say so, and the plan leaves out what is in doubt."""
    bare = without_relations(catalogue)
    match = Match(bare, HighsPlanner(), today=TODAY)
    zones = {Zone.ACCEPT, Zone.ASK}
    uri = next(uri for uri in bare.taxonomy.occupations if zones <= {s.zone for s in match.occupations.needs(uri).skills})
    gap = match.gap(Profile(), [Target(uri=uri)])
    assert {skill.basis for skill in gap.skills} == {Basis.DUTIES}
    assert all(skill.duty in bare.taxonomy.sentences(uri) and skill.confidence for skill in gap.skills)
    result = match.plan(Profile(), [Target(uri=uri)], Limits())
    assert [found.basis for found in (*gap.occupations, *result.occupations)] == [Basis.DUTIES] * 2
    (plan,) = result.plans
    treated = {uri for offer in plan.offers for uri in offer.concept_uris} | set(plan.still_missing)
    assert treated == {skill.concept_uri for skill in gap.skills if skill.zone is Zone.ACCEPT}


def test_a_job_title_is_a_target(match: Match, catalogue: SmallCatalogue) -> None:
    """It asks for what its occupation asks for, and the answer says what the title was taken for."""
    uri, title = unmistakable(catalogue)
    by_title, by_uri = match.gap(Profile(), [Target(title=title)]), match.gap(Profile(), [Target(uri=uri)])
    assert by_title.skills == by_uri.skills
    (found,) = by_title.occupations
    assert (found.concept_uri, found.title, found.basis) == (uri, title, Basis.RELATIONS)


def test_a_group_is_no_target(match: Match, catalogue: SmallCatalogue) -> None:
    """It says to choose something inside the group."""
    with pytest.raises(InputInvalid, match="is a group"):
        match.gap(Profile(), [Target(uri=uri_of(catalogue, ConceptKind.SKILL_GROUP))])


@pytest.mark.parametrize(
    ("targets", "error"),
    [
        ([], InputInvalid),
        ([Target()], InputInvalid),
        ([Target(id="a", uri="b")], InputInvalid),
        ([Target(title="kucharz", uri="b")], InputInvalid),
        ([Target(title="qwerty")], InputInvalid),
        ([Target(id="no such vacancy")], NotFound),
        ([Target(uri="http://data.europa.eu/esco/skill/none")], NotFound),
        ([Target(vacancy=ADVERTISEMENT)] * (MAX_TARGETS + 1), InputInvalid),
    ],
)
def test_targets_that_are_none_are_refused(match: Match, targets: list[Target], error: type[Exception]) -> None:
    """A target is exactly one thing that exists, and there are not too many."""
    with pytest.raises(error):
        match.gap(Profile(), targets)


def test_a_stored_vacancy_and_its_text_ask_for_the_same(match: Match, catalogue: SmallCatalogue) -> None:
    """By id or as a whole: the reading is one."""
    with catalogue.store.read() as uow:
        vacancy = next(iter(uow.iter_vacancies()))
    assert match.gap(Profile(), [Target(id=vacancy.record_id)]) == match.gap(Profile(), [Target(vacancy=vacancy)])


def test_a_plan_closes_what_an_offer_teaches(match: Match, catalogue: SmallCatalogue) -> None:
    """The offer chosen teaches the skill asked for; within an impossible budget there is none."""
    with catalogue.store.read() as uow:
        taught = next(link.target for c in uow.iter_credentials() if c.offers for o in c.outcomes for link in o.links)
    (plan,) = match.plan(Profile(), [Target(uri=taught)], Limits()).plans
    assert taught in plan.offers[0].concept_uris
    assert plan.still_missing == ()
    (plan,) = match.plan(Profile(), [Target(uri=taught)], Limits(max_offers=1, end_by=TODAY)).plans
    assert all(offer.end is None for offer in plan.offers)


def test_a_text_that_is_too_long_is_refused(match: Match) -> None:
    """Linking and reading name the limit."""
    with pytest.raises(InputInvalid, match="5000"):
        match.link([LinkText(text="a" * 5001)])
    with pytest.raises(InputInvalid, match="5000"):
        match.read_vacancy(Vacancy(text="a" * 5001))


def test_what_people_decided_about_a_stored_vacancy_counts(match: Match, catalogue: SmallCatalogue) -> None:
    """A skill that a curator rejected for its line is asked for no more; sent as a text, the vacancy is read by the machine alone."""
    with catalogue.store.begin() as uow:
        uow.upsert(replace(ADVERTISEMENT, record_id="v:decided"))
    target = Target(id="v:decided")
    before = match.gap(Profile(), [target]).skills
    (line,) = [
        line
        for line in match.read_vacancy(ADVERTISEMENT).lines
        if any(link.concept_uri == before[0].concept_uri for link in line.links if link.accepted)
    ]
    decision = Decision(
        record_id="v:decided",
        subject=text_key(line.text),
        target=before[0].concept_uri,
        verdict="reject",
        decided_by="kuratorka",
        decided_at=datetime(2027, 1, 5, 12, tzinfo=UTC),
        release=catalogue.taxonomy.release.release_id,
        linker_version=catalogue.linker.version,
    )
    with catalogue.store.begin() as uow:
        uow.append_decision(decision)
    assert [skill.concept_uri for skill in match.gap(Profile(), [target]).skills] == [skill.concept_uri for skill in before[1:]]
    assert match.gap(Profile(), [Target(vacancy=ADVERTISEMENT)]).skills == before
