"""The page of a credential."""

from szlak.ui.credential import build_credential_view
from szlak.ui.services import UiServices
from tests.asgi import Client
from tests.fakes.catalogue import BARE, REVIEWED, TODAY
from tests.ui.markup import Page


def main_text(client: Client, address: str) -> str:
    return " ".join(Page(client.get(address).text).one("main").text.split())


def test_it_says_how_sure_each_skill_is(client: Client) -> None:
    """Confirmed by a person, stated by the provider, recognised automatically: in words."""
    text = main_text(client, f"/mikroposwiadczenia/{REVIEWED}")
    assert all(words in text for words in ("potwierdzone przez osobę", "podane przez organizatora", "rozpoznane automatycznie, "))


def test_the_words_that_justify_a_skill_are_marked(client: Client, services: UiServices) -> None:
    """Every mark is the evidence of a link that is in force."""
    item = services.find.credential(REVIEWED)
    marks = {mark.text for mark in Page(client.get(f"/mikroposwiadczenia/{REVIEWED}").text).all("mark")}
    texts = {outcome.id: outcome.text["pl"] for outcome in item.credential.outcomes}
    evidence = {texts[key][slice(*link.evidence)] for key, links in item.links.items() for link in links if link.evidence}
    assert marks == evidence != set()


def test_a_skill_says_why_in_words_of_its_own(client: Client) -> None:
    """Folded under the skill; a link that a person confirmed shows the machine's view as the machine's."""
    page = Page(client.get(f"/mikroposwiadczenia/{REVIEWED}").text)
    folded = [details for details in page.all("details") if "reasons" in details.attributes.get("class", "")]
    assert all("W tekście występuje jedna z nazw" in " ".join(details.text.split()) for details in folded)
    summaries = {summary.text.partition(":")[0] for summary in page.all("summary") if summary.closest("details") in folded}
    assert "Dlaczego ta umiejętność" in summaries <= {"Dlaczego ta umiejętność", "Co zauważyła maszyna"}


def test_what_the_machine_saw_is_not_taken_for_a_persons_reason(services: UiServices) -> None:
    """Whoever has the last word, the reasons of the view are those of the link."""
    item = services.find.credential(REVIEWED)
    view = build_credential_view(item, services.find, TODAY, "pl")
    shown = [[skill.reasons for skill in outcome.skills] for outcome in view.outcomes]
    assert shown == [[link.reasons for link in item.links[outcome.id]] for outcome in item.credential.outcomes]


def test_everything_unknown_is_said_to_be_unknown(client: Client) -> None:
    """A bare record makes a page of sentences, not of gaps."""
    text = main_text(client, f"/mikroposwiadczenia/{BARE}")
    for words in ("nie podał ceny", "nie podał terminu", "nie podał miejsca", "nie podał liczby godzin", "nie podał poziomu"):
        assert words in text


def test_a_credential_without_offers_says_so(client: Client) -> None:
    """There is no empty table."""
    page = Page(client.get("/mikroposwiadczenia/mc:test:long").text)
    assert not page.all("table")
    assert "nie podał jeszcze żadnego terminu" in page.one("main").text.replace("\xa0", " ")


def test_markup_of_the_source_is_text(client: Client) -> None:
    """What a provider writes is shown as written, whatever it is."""
    assert "Wykonuje &lt;b&gt;pomiary&lt;/b&gt; &amp;" in client.get(f"/mikroposwiadczenia/{BARE}").text


def test_offers_are_in_order_of_date(services: UiServices) -> None:
    """The next one first."""
    view = build_credential_view(services.find.credential(REVIEWED), services.find, TODAY, "pl")
    starts = [offer.offer.starts for offer in view.offers]
    assert starts == sorted(starts)


def test_what_has_begun_stands_last_and_says_so(services: UiServices) -> None:
    """An edition that one can no longer join from its start is not the first thing shown."""
    item = services.find.credential(REVIEWED)
    second = sorted(offer.starts for offer in item.offers)[1]
    view = build_credential_view(item, services.find, second, "pl")
    assert [offer.over for offer in view.offers] == [False, False, True]


def test_invented_records_say_so_in_words(client: Client) -> None:
    """Nobody takes the demonstration for an offer; a real record says nothing of the kind."""
    assert "Dane pokazowe." in main_text(client, f"/mikroposwiadczenia/{REVIEWED}")
    assert "Dane pokazowe." not in main_text(client, f"/mikroposwiadczenia/{BARE}")


def test_provenance_and_the_record_itself_are_there(client: Client) -> None:
    """Where it comes from, under which licence, and the same for programs."""
    text = main_text(client, f"/mikroposwiadczenia/{REVIEWED}")
    assert "CC BY 4.0" in text
    assert 'href="/api/v1/credentials/mc%3Atest%3Abare/1"' in client.get(f"/mikroposwiadczenia/{BARE}").text
