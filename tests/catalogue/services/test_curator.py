"""Who may review: the name, the address, and requests that come from elsewhere."""

import pytest

from szlak.catalogue.errors import ConfigError, Forbidden
from szlak.catalogue.services.curator import check_request, check_write, is_loopback, read_curator

HERE = {"host": "127.0.0.1:8000"}


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.8.7", "::1", "[::1]", "localhost", "LOCALHOST"])
def test_this_machine_is_known_by_its_addresses(host: str) -> None:
    """All of 127.0.0.0/8, the IPv6 address, and the name."""
    assert is_loopback(host)
    assert read_curator("Anna", host) == "Anna"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.org", "localhost.example.org", "127.0.0.1.example.org", ""])
def test_a_server_that_others_reach_has_no_curator(host: str) -> None:
    """The setting is named."""
    with pytest.raises(ConfigError, match="SZLAK_HOST"):
        read_curator("Anna", host)


@pytest.mark.parametrize("name", ["", "   ", "a\x00b", "a\nb", "a" * 81, "Anna\N{RIGHT-TO-LEFT OVERRIDE}", "\ud800"])
def test_a_name_can_be_shown(name: str) -> None:
    """1 to 80 printable characters."""
    with pytest.raises(ConfigError, match="printable"):
        read_curator(name, "127.0.0.1")


@pytest.mark.parametrize(("name", "kept"), [("  Anna Żak ", "Anna Żak"), ("a" * 80, "a" * 80), ("Z\u0307ak", "Żak")])
def test_a_name_is_trimmed_and_composed(name: str, kept: str) -> None:
    """So that one person has one name."""
    assert read_curator(name, "127.0.0.1") == kept


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "127.0.0.1", "localhost:8000", "[::1]:8000", "[::1]"])
def test_a_request_to_this_machine_passes(host: str) -> None:
    """With or without its port, from a page of its own or from no page."""
    check_write({"host": host})
    check_write({"host": host, "origin": f"http://{host}", "sec-fetch-site": "same-origin"})


@pytest.mark.parametrize("host", ["rebound.example:8000", "192.168.1.5:8000", "localhost.evil.example", "", "127.0.0.1.evil.example:80"])
def test_a_name_that_only_leads_here_is_refused(host: str) -> None:
    """DNS rebinding gives a foreign page an address of this machine, not its name."""
    with pytest.raises(Forbidden):
        check_request({"host": host})


@pytest.mark.parametrize("header", ["x-forwarded-for", "forwarded", "via", "x-real-ip", "x-forwarded-host"])
def test_what_a_proxy_passes_on_is_refused(header: str) -> None:
    """Behind a proxy everybody would seem to sit here."""
    with pytest.raises(Forbidden):
        check_request(HERE | {header: "203.0.113.7"})


@pytest.mark.parametrize(
    "more",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": ""},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_what_a_page_of_somebody_else_sends_is_refused(more: dict[str, str]) -> None:
    """Another site, another port of this machine, a page without an origin."""
    with pytest.raises(Forbidden):
        check_write(HERE | more)
