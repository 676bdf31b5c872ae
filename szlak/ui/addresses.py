"""The addresses of the pages: one path a page and language, so that every page can name itself in the other one."""

from collections.abc import Iterable, Mapping
from urllib.parse import quote, urlencode

DEFAULT_LANG = "pl"
SEARCH: Mapping[str, str] = {"pl": "/", "en": "/en/"}
CREDENTIAL: Mapping[str, str] = {"pl": "/mikroposwiadczenia/", "en": "/en/micro-credentials/"}
REVIEW: Mapping[str, str] = {"pl": "/przeglad", "en": "/en/review"}
AGREEMENT: Mapping[str, str] = {"pl": "/przeglad/zgodnosc", "en": "/en/review/agreement"}
REVIEWED: Mapping[str, str] = {"pl": "/przeglad/tekst/", "en": "/en/review/text/"}
"""Followed by a text's key and its record's id."""
# What a path may hold unescaped (RFC 3986, pchar and "/"), so that ids stay readable.
_SAFE = "/:@!$&'()*+,;=-._~"


def lang_of(path: str) -> str:
    """Return the language of the page that a path is, or would be, the address of."""
    return "en" if path == "/en" or path.startswith("/en/") else DEFAULT_LANG


def search_address(lang: str, pairs: Iterable[tuple[str, str]] = (), anchor: str = "") -> str:
    """Return the address of a search; pairs are query parameters in order."""
    return _with_query(SEARCH[lang], pairs) + ("#" + anchor if anchor else "")


def credential_address(lang: str, record_id: str) -> str:
    """Return the address of a credential."""
    return CREDENTIAL[lang] + quote(record_id, safe=_SAFE)


def review_address(lang: str, pairs: Iterable[tuple[str, str]] = ()) -> str:
    """Return the address of the review's queue; pairs are query parameters in order."""
    return _with_query(REVIEW[lang], pairs)


def reviewed_address(lang: str, record_id: str, subject: str, pairs: Iterable[tuple[str, str]] = ()) -> str:
    """Return the address of a text under review."""
    return _with_query(REVIEWED[lang] + quote(subject, safe="") + "/" + quote(record_id, safe=_SAFE), pairs)


def _with_query(path: str, pairs: Iterable[tuple[str, str]]) -> str:
    query = urlencode(list(pairs))
    return path + ("?" + query if query else "")
