"""Message(id, params): a sentence that is not yet in anybody's language.

Rooms return Messages; only pages, API and command line turn them into words. The id is the English sentence with
`{name}` places; catalogues in `szlak/locales` hold the other languages (GNU gettext).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES = ("pl", "en")
"""Languages with a complete catalogue, the default first."""


@dataclass(frozen=True)
class Message:
    """A sentence to be: `id` in English, its parameters, and for counts the plural form and the number."""

    id: str
    params: Mapping[str, object] = field(default_factory=dict)
    plural: str | None = None
    n: int | None = None


@cache
def load_catalogue(lang: str) -> NullTranslations:
    """Return the translations of a language; an unknown language gives the ids themselves (English)."""
    source = files("szlak") / "locales" / lang / "LC_MESSAGES" / "szlak.po"
    if lang not in LANGUAGES or not source.is_file():
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(source.read_bytes()), locale=lang))
    compiled.seek(0)
    return GNUTranslations(compiled)


def render(message: Message, lang: str) -> str:
    """Return the sentence in a language; parameters that are Messages are rendered too."""
    catalogue = load_catalogue(lang)
    if message.plural is not None and message.n is not None:
        pattern = catalogue.ngettext(message.id, message.plural, message.n)
    else:
        pattern = catalogue.gettext(message.id)
    params = {name: render(value, lang) if isinstance(value, Message) else value for name, value in message.params.items()}
    if message.n is not None:
        params["n"] = message.n
    return pattern.format(**params)


def choose_language(accept: str | None, default: str = LANGUAGES[0]) -> str:
    """Return the best supported language for an Accept-Language header (RFC 9110, section 12.5.4)."""
    wanted: list[tuple[float, str]] = []
    for part in (accept or "")[:500].split(","):
        tag, _, quality = part.replace(" ", "").partition(";q=")
        try:
            wanted.append((-float(quality or 1), tag.split("-")[0].lower()))
        except ValueError:
            continue
    return next((tag for quality, tag in sorted(wanted, key=lambda item: item[0]) if tag in LANGUAGES and quality < 0), default)
