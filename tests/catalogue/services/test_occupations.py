"""Which occupation a job title means, and what occupations need."""

from dataclasses import replace

import pytest

from szlak.catalogue.errors import InputInvalid, NotFound
from szlak.catalogue.messages import render
from szlak.catalogue.model.linking import Zone
from szlak.catalogue.model.matching import Basis
from szlak.catalogue.services.occupations import MAX_TITLE_CHARS, Occupations
from tests.fakes.catalogue import SmallCatalogue, without_relations
from tests.fakes.linker import WordLinker


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> SmallCatalogue:
    return SmallCatalogue(tmp_path_factory.mktemp("catalogue"))


@pytest.fixture(scope="module")
def occupations(catalogue: SmallCatalogue) -> Occupations:
    return Occupations(catalogue)


@pytest.fixture(scope="module")
def unrelated(catalogue: SmallCatalogue) -> SmallCatalogue:
    return without_relations(catalogue)


def titles_by_accepted(catalogue: SmallCatalogue) -> dict[bool, str]:
    """Return a name of an occupation by whether it is linked to one occupation alone."""
    names = [catalogue.taxonomy.label(uri).text for uri in catalogue.taxonomy.occupations]
    counted = ((name, sum(link.accepted for link in Occupations(catalogue).link(name).links)) for name in names)
    return {accepted == 1: name for name, accepted in counted if accepted}


def test_a_title_of_one_occupation_alone_is_resolved(occupations: Occupations, catalogue: SmallCatalogue) -> None:
    """The link is the one that is accepted."""
    title = titles_by_accepted(catalogue)[True]
    link = occupations.resolve(title)
    assert (link.label, link.zone) == (title, Zone.ACCEPT)


def test_a_title_of_several_occupations_is_not_guessed(occupations: Occupations, catalogue: SmallCatalogue) -> None:
    """All that are accepted or in doubt are named with URI and confidence, the rest is left out."""
    title = titles_by_accepted(catalogue)[False]
    with pytest.raises(InputInvalid) as refused:
        occupations.resolve(title)
    likely = [link for link in occupations.link(title).links if link.zone is not Zone.NOTHING]
    shown = [render(detail, "en") for detail in refused.value.details]
    assert len(shown) == len(likely) > 1
    assert all(link.concept_uri in line and "% sure" in line for link, line in zip(likely, shown, strict=True))


def test_a_title_that_nothing_is_like_gets_no_candidates(occupations: Occupations) -> None:
    """Ten occupations by chance would not help."""
    with pytest.raises(InputInvalid, match="qwerty") as refused:
        occupations.resolve("qwerty")
    assert refused.value.details == ()


@pytest.mark.parametrize("title", ["", " \n", "a" * (MAX_TITLE_CHARS + 1)])
def test_what_is_no_title_is_refused(occupations: Occupations, title: str) -> None:
    """Nothing, and a whole advertisement, are no titles."""
    with pytest.raises(InputInvalid, match=str(MAX_TITLE_CHARS)):
        occupations.resolve(title)


def test_what_esco_names_is_never_mixed_with_duties(occupations: Occupations, catalogue: SmallCatalogue) -> None:
    """Where there are relations they are the whole answer, without a note."""
    needs = occupations.needs(catalogue.taxonomy.occupations[0])
    assert (needs.occupation.basis, needs.occupation.note) == (Basis.RELATIONS, None)
    assert {skill.basis for skill in needs.skills} == {Basis.RELATIONS}


def test_without_relations_the_duties_answer_and_a_note_says_so(unrelated: SmallCatalogue) -> None:
    """It says how to get the relations, and that the skills are machine-made."""
    found = [Occupations(unrelated).needs(uri) for uri in unrelated.taxonomy.occupations]
    for needs in found:
        assert needs.occupation.basis is Basis.DUTIES
        assert needs.occupation.note is not None
        note = render(needs.occupation.note, "en")
        assert "szlak esco import PATH" in note
        assert ("recognised automatically" in note) == bool(needs.skills)
    assert any(needs.skills for needs in found)


def test_an_imported_release_without_relations_is_not_asked_for_again(catalogue: SmallCatalogue) -> None:
    """Who has imported the package is told that ESCO itself names no skills."""
    bare = without_relations(catalogue)
    bare.taxonomy = replace(bare.taxonomy, release=replace(bare.taxonomy.release, origin="esco"))
    bare.linker = WordLinker(bare.taxonomy)
    note = Occupations(bare).needs(bare.taxonomy.occupations[0]).occupation.note
    assert note is not None
    assert "import" not in render(note, "en")
    assert "ESCO 1.2.1 names no skills" in render(note, "en")


def test_an_unknown_occupation_is_not_found(occupations: Occupations) -> None:
    """A URI that the release does not have is named."""
    with pytest.raises(NotFound, match="urn:nothing"):
        occupations.needs("urn:nothing")
