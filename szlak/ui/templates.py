"""Templates -> pages: Jinja with everything escaped, and gettext by messages.load_catalogue."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from gettext import NullTranslations
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse

from szlak import __version__
from szlak.catalogue.messages import LANGUAGES, Message, load_catalogue, render
from szlak.catalogue.model.catalogue import LocalText
from szlak.catalogue.model.reasons import SENTENCES, Reason
from szlak.ui import formats
from szlak.ui.addresses import REVIEW, SEARCH, credential_address


@dataclass(frozen=True)
class Words:
    """A text with the language that it is in, when that is not the page's."""

    text: str
    lang: str | None = None


@dataclass(frozen=True)
class Speaker:
    """Says things in one language."""

    lang: str

    @cached_property
    def _catalogue(self) -> NullTranslations:
        return load_catalogue(self.lang)

    def gettext(self, sentence: str, **params: object) -> Markup:
        """Return a sentence; its parameters are escaped unless they are markup."""
        return self._fill(self._catalogue.gettext(sentence), params)

    def ngettext(self, one: str, many: str, n: int, **params: object) -> Markup:
        """Return a sentence for a number, which it may name as `{n}`."""
        return self._fill(self._catalogue.ngettext(one, many, n), {"n": formats.format_number(n, self.lang), **params})

    def say(self, words: Message | str) -> str:
        """Return a message in words; a text stands as it is."""
        return formats.typeset(render(words, self.lang) if isinstance(words, Message) else words, self.lang)

    def reason(self, reason: Reason) -> str:
        """Return what the linker saw, in words."""
        return self.say(SENTENCES[reason])

    def choose(self, text: LocalText | None) -> Words | None:
        """Return a text in the page's language, or in the first there is, which is then named."""
        if not text:
            return None
        lang = next((lang for lang in (self.lang, *LANGUAGES) if text.get(lang)), next(iter(text)))
        return Words(formats.typeset(text[lang], lang), None if lang == self.lang else lang)

    def money(self, amount: Decimal) -> str:
        """Return an amount in złoty."""
        return formats.format_money(amount, self.lang)

    def number(self, number: Decimal | int) -> str:
        """Return a number."""
        return formats.format_number(number, self.lang)

    def share(self, share: float) -> str:
        """Return a share in per cent."""
        return formats.format_share(share, self.lang)

    def ratio(self, ratio: float) -> str:
        """Return a number between -1 and 1 with two decimal places."""
        return formats.format_ratio(ratio, self.lang)

    def moment(self, moment: datetime) -> str:
        """Return date and time of day."""
        return formats.format_moment(moment, self.lang)

    def hours(self, hours: Decimal) -> str:
        """Return a number of hours; a fraction takes the plural of many."""
        n = int(hours) if hours == hours.to_integral_value() else 5
        return self.say(Message("{hours} hour", {"hours": self.number(hours)}, plural="{hours} hours", n=n))

    def day(self, day: date) -> str:
        """Return a date with its day of the week."""
        return formats.format_day(day, self.lang)

    def short_day(self, day: date) -> str:
        """Return a date."""
        return formats.format_short_day(day, self.lang)

    def days(self, starts: date, ends: date) -> str:
        """Return a range of dates."""
        return formats.format_days(starts, ends, self.lang)

    def _fill(self, pattern: str, params: Mapping[str, object]) -> Markup:
        return Markup(escape(formats.typeset(pattern, self.lang))).format(**params)  # noqa: S704 - escaped here


class Pages:
    """Renders pages; the templates are read when it is made."""

    def __init__(self, *, reviewing: bool = False) -> None:
        """Prepare the environment; `reviewing` says whether the head of every page leads to the review."""
        self._reviewing = reviewing
        self._environment = Environment(
            loader=PackageLoader("szlak.ui"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
        )

    def show(self, template: str, lang: str, *, other: str, status: int = 200, **context: Any) -> HTMLResponse:  # noqa: ANN401
        """Return a page; `other` is its address in the other language."""
        speaker = Speaker(lang)
        page = self._environment.get_template(template).render(
            lang=lang,
            other_lang=next(code for code in LANGUAGES if code != lang),
            other_address=other,
            home=SEARCH[lang],
            review=REVIEW[lang] if self._reviewing else None,
            version=__version__,
            credential_address=credential_address,
            speak=speaker,
            _=speaker.gettext,
            ngettext=speaker.ngettext,
            say=speaker.say,
            **context,
        )
        return HTMLResponse(page, status, {"Content-Language": lang})
