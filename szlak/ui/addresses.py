"""The addresses of the pages: one path a page and language, so that every page can name itself in the other one."""

from collections.abc import Iterable, Mapping
from urllib.parse import quote, urlencode

DEFAULT_LANG = "pl"
SEARCH: Mapping[str, str] = {"pl": "/", "en": "/en/"}
CREDENTIAL: Mapping[str, str] = {"pl": "/mikroposwiadczenia/", "en": "/en/micro-credentials/"}
# What a path may hold unescaped (RFC 3986, pchar and "/"), so that ids stay readable.
_SAFE = "/:@!$&'()*+,;=-._~"


def lang_of(path: str) -> str:
    """Return the language of the page that a path is, or would be, the address of."""
    return "en" if path == "/en" or path.startswith("/en/") else DEFAULT_LANG


def search_address(lang: str, pairs: Iterable[tuple[str, str]] = (), anchor: str = "") -> str:
    """Return the address of a search; pairs are query parameters in order."""
    query = urlencode(list(pairs))
    return SEARCH[lang] + ("?" + query if query else "") + ("#" + anchor if anchor else "")


def credential_address(lang: str, record_id: str) -> str:
    """Return the address of a credential."""
    return CREDENTIAL[lang] + quote(record_id, safe=_SAFE)
