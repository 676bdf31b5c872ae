"""Reading vacancies, in advertisements of our own invention."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from szlak.catalogue.encoder import load_encoder
from szlak.catalogue.esco.linking.linker import build_linker
from szlak.catalogue.esco.vacancies import decide_reading, read_vacancy
from szlak.catalogue.messages import render
from szlak.catalogue.model.catalogue import Section, Vacancy
from szlak.catalogue.model.linking import Decision, Verdict
from szlak.catalogue.model.matching import NEED_WEIGHT, Need, VacancyReading
from szlak.catalogue.polish import Polish
from szlak.catalogue.text import text_key
from tests.catalogue.esco.small import make_taxonomy, uri

TAXONOMY = make_taxonomy()
POLISH = Polish()
ENCODER = load_encoder()
LINKER = build_linker(TAXONOMY, POLISH, ENCODER, cache_dir=None)

LONG = """Magazynier
O nas
Jesteśmy liderem w swojej branży, a komunikacja to nasza siła.
Zakres obowiązków:
- prowadzenie wózka widłowego
- obsługa kasy fiskalnej
Wymagania:
• znajomość języka angielskiego
• mile widziane spawanie metali
Dodatkowym atutem będzie:
Excel; C#
Oferujemy:
zarządzanie zespołem marzeń
Wyrażam zgodę na przetwarzanie moich danych osobowych w procesie rekrutacji. Komunikacja odbywa się drogą elektroniczną."""


def read(text: str, title: str | None = None) -> VacancyReading:
    return read_vacancy(Vacancy(text=text, title=title), LINKER, TAXONOMY, POLISH)


def sections(reading: VacancyReading) -> dict[str, str]:
    return {line.text: line.section for line in reading.lines}


def needs(reading: VacancyReading) -> dict[str, Need]:
    return {skill.concept_uri: skill.need for skill in reading.skills}


def test_lines_get_the_section_they_stand_in() -> None:
    """Headings in two languages of layout: on a line of their own, and before a colon."""
    found = sections(read(LONG))
    assert found["prowadzenie wózka widłowego"] == "duties"
    assert found["znajomość języka angielskiego"] == "must"
    assert found["mile widziane spawanie metali"] == "nice"
    assert found["Excel"] == found["C#"] == "nice"
    assert found["zarządzanie zespołem marzeń"] == "offer"
    assert found["Komunikacja odbywa się drogą elektroniczną."] == "legal"
    assert found["Jesteśmy liderem w swojej branży, a komunikacja to nasza siła."] == "praise"


def test_what_is_asked_for_comes_with_its_need() -> None:
    """Duties and requirements are essential, nice to have is preferred; offer, praise and legal text ask for nothing."""
    reading = read(LONG)
    assert needs(reading) == {
        uri("wózek"): Need.ESSENTIAL,
        uri("kasa"): Need.ESSENTIAL,
        uri("angielski"): Need.ESSENTIAL,
        uri("spawanie"): Need.PREFERRED,
        uri("excel"): Need.PREFERRED,
        uri("csharp"): Need.PREFERRED,
    }
    assert all(skill.weight == NEED_WEIGHT[skill.need] for skill in reading.skills)
    confidences = [skill.confidence or 0 for skill in reading.skills if skill.need is Need.ESSENTIAL]
    assert confidences == sorted(confidences, reverse=True)


def test_the_reason_quotes_the_line() -> None:
    """A person sees where a demand comes from."""
    reasons = {skill.concept_uri: render(skill.reason, "en") for skill in read(LONG).skills}
    assert reasons[uri("angielski")] == "Requirements: “znajomość języka angielskiego”"


def test_the_first_short_line_is_the_title() -> None:
    """Unless the vacancy has one."""
    assert read(LONG).title == "Magazynier"
    assert read(LONG, title="Operator").title == "Operator"
    assert read("obsługa kasy fiskalnej").title is None


def test_headings_inside_one_paragraph_are_found() -> None:
    """Portals glue everything together."""
    text = "Opis. Obowiązki:prowadzenie wózka widłowego. Wymagania:mile widziany język angielski, obsługa kasy fiskalnej. Oferujemy:Excel"
    assert needs(read(text)) == {uri("wózek"): Need.ESSENTIAL, uri("kasa"): Need.ESSENTIAL, uri("angielski"): Need.PREFERRED}


def test_a_short_text_without_headings_is_a_list_of_requirements() -> None:
    """As public employment offices write."""
    assert needs(read("obsługa kasy fiskalnej, język angielski")) == {uri("kasa"): Need.ESSENTIAL, uri("angielski"): Need.ESSENTIAL}


def test_english_headings_are_understood() -> None:
    """International firms advertise in English."""
    reading = read("Team lead\nResponsibilities\nmanage a team\nNice to have\nweld metal\nBenefits\nC#")
    assert needs(reading) == {uri("zespół"): Need.ESSENTIAL, uri("spawanie"): Need.PREFERRED}


def test_the_strongest_need_wins() -> None:
    """A skill asked for twice is listed once."""
    assert needs(read("Mile widziane:\nC#\nWymagania:\nznajomość C#")) == {uri("csharp"): Need.ESSENTIAL}


def test_given_sections_are_used_as_they_are() -> None:
    """Structured sources know better."""
    text = "Excel\nC#"
    vacancy = Vacancy(text=text, sections=(Section(kind="nice", text="Excel"), Section(kind="offer", text="C#")))
    reading = read_vacancy(vacancy, LINKER, TAXONOMY, POLISH)
    assert needs(reading) == {uri("excel"): Need.PREFERRED}
    assert [text[line.start : line.end] for line in reading.lines] == ["Excel", "C#"]


def test_evidence_is_within_the_line() -> None:
    """Openers are left out before linking, and counted again in the offsets."""
    line = next(line for line in read("Wymagania:\nbardzo dobra znajomość języka angielskiego").lines if line.links)
    assert line.links[0].evidence is not None
    assert line.text[slice(*line.links[0].evidence)] == "języka angielskiego"


def test_markup_is_layout() -> None:
    """List items part lines; unbreakable spaces do not hide a heading."""
    reading = read("<p>Zakres\u00a0obowiązków</p><ul><li>prowadzenie wózka widłowego</li><li>obsługa kasy fiskalnej</li></ul>")
    assert sections(reading) == {"prowadzenie wózka widłowego": "duties", "obsługa kasy fiskalnej": "duties"}


@pytest.mark.property
@settings(max_examples=100, deadline=None)
@given(
    st.text(alphabet=st.characters(exclude_categories=()), max_size=120)
    | st.lists(
        st.sampled_from(
            ["Wymagania:", "\n", "- ", "C#, ", "Excel; ", "<br>", "(a, b)", "\u00a0", "RODO ", "kasy. ", "Oferujemy\n", "😀", "\r\n"]
        )
    ).map("".join)
)
def test_lines_cut_the_text_as_received(text: str) -> None:
    """Offsets never overlap and always quote."""
    lines = read(text, title="x").lines
    assert all(text[line.start : line.end] == line.text for line in lines)
    assert all(one.end <= other.start for one, other in pairwise(lines))


def test_an_item_that_begins_like_a_heading_stays_an_item() -> None:
    """A bullet such as "uprawnienia do …" is asked for where it stands and does not change the section of what follows."""
    reading = read("Wymagania:\n- znajomość zasad\n\nMile widziane:\n- uprawnienia do obsługi wózka\n- znajomość arkusza")
    assert [(line.section, line.text) for line in reading.lines][1:] == [
        ("nice", "uprawnienia do obsługi wózka"),
        ("nice", "znajomość arkusza"),
    ]


def test_a_title_that_the_text_repeats_is_no_requirement() -> None:
    """The first line of a pasted text is its title, whether the vacancy says so or not."""
    text = "Spawacz\n\nWymagania:\n- znajomość zasad"
    for title in (None, "Spawacz", "SPAWACZ"):
        assert [line.text for line in read(text, title).lines] == ["znajomość zasad"]
    assert [line.text for line in read(text, "Ślusarz").lines] == ["Spawacz", "znajomość zasad"]


@pytest.mark.parametrize("heading", ["Dajemy:", "Co dajemy", "Gwarantujemy:", "U nas znajdziesz:", "Możesz liczyć na:", "Proponujemy:"])
def test_what_the_firm_gives_is_not_asked_for(heading: str) -> None:
    """However it is announced."""
    reading = read(f"Wymagania:\n- znajomość zasad\n\n{heading}\n- szkolenia z języka")
    assert [(line.section, line.text) for line in reading.lines] == [("must", "znajomość zasad"), ("offer", "szkolenia z języka")]


@pytest.mark.parametrize("heading", ["Mile widziane będzie:", "Będzie plusem:", "Plusem będzie:", "Dodatkowo cenimy:"])
def test_what_is_only_welcome_is_preferred(heading: str) -> None:
    """However it is announced."""
    reading = read(f"Wymagania:\n- znajomość zasad\n\n{heading}\n- znajomość arkusza")
    assert [line.section for line in reading.lines] == ["must", "nice"]


# --- what people decided


def decided(text: str, target: str, verdict: Verdict) -> Decision:
    return Decision(
        record_id="v:1",
        subject=text_key(text),
        target=target,
        verdict=verdict,
        decided_by="kuratorka",
        decided_at=datetime(2027, 1, 5, 12, tzinfo=UTC),
        release="starter-1.2.1",
        linker_version="1",
    )


def test_people_have_the_last_word_about_a_requirement() -> None:
    """What they accept is asked for, with certainty; what they reject is not; other lines stay as they are."""
    line, other, chosen = "znajomość języka angielskiego", "prowadzenie wózka widłowego", TAXONOMY.skills[-1]
    reading = read(LONG)
    (before,) = [found for found in reading.lines if found.text == line]
    taken = next(link.concept_uri for link in before.links if link.accepted)
    changed = decide_reading(reading, [decided(line, taken, "reject"), decided(line, chosen, "accept")], TAXONOMY)
    assert next(skill for skill in changed.skills if skill.concept_uri == chosen).confidence == 1.0
    assert taken not in [skill.concept_uri for skill in changed.skills]
    assert [found for found in changed.lines if found.text == other] == [found for found in reading.lines if found.text == other]


def test_a_line_in_another_language_says_so() -> None:
    """It asks for no skill; the lines beside it are read as ever."""
    german = "Kenntnisse in der Buchhaltung und im Rechnungswesen sowie gute Umgangsformen"
    found = {line.text: (line.nil, line.lang) for line in read(f"Wymagania:\n- {german}\n- znajomość języka angielskiego").lines}
    assert found[german] == (True, "de")
    assert found["znajomość języka angielskiego"] == (False, None)


def test_nothing_fits_silences_a_requirement() -> None:
    """All but what a person accepted; the line then asks for nothing."""
    line = "znajomość języka angielskiego"
    (found,) = [one for one in decide_reading(read(LONG), [decided(line, "", "nothing")], TAXONOMY).lines if one.text == line]
    assert found.nil
    assert found.links
