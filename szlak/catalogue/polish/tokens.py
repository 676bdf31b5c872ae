"""How a text is cut into tokens: one rule for the spaCy pipeline and for the quick path beside it.

Tokens cover the text as received, code point by code point, so that their offsets cut the original string: accents may be
decomposed, spaces unbreakable, words hyphenated invisibly. `normalise` gives the form under which a token is looked up.
"""

import re
import unicodedata
from collections.abc import Iterator

_W = r"[\w\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]"  # word characters, combining accents, and what is invisible inside words
_ABBREVIATIONS = (
    "np m\\.in itp itd tj tzn ww pkt ul al tel godz ok dr mgr inż zł nr str min max wg im br tys mln dn ust lit art poz sp dz kat"
)

TOKEN = re.compile(
    rf"""
    \s+
    | [^\W\d_]{{3,}}(?=[\s,])                                            # plain words first, for speed
    | </?[A-Za-z][^<>]{{0,300}}> | &(?:\#\d{{1,6}}|[A-Za-z]{{2,8}});      # HTML
    | https?://[^\s<>]{{1,500}} | [\w.+-]{{1,64}}@[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{1,4}}
    | (?<![\w.])\.NET(?!{_W})
    | (?<!\w)[A-Z]&[A-Z](?!\w)                                          # R&D
    | (?<!\w)[A-Za-z]\#(?!\w) | (?<!\w)[A-Za-z]\w{{0,15}}\+\+(?!\w)     # C#, C++
    | (?<!\w)(?:{"|".join(_ABBREVIATIONS.split())})\.(?!{_W})
    | (?<=\d\s)r\.(?!{_W})                                             # "2020 r.": a year, not the language R
    | \d+(?:[.,]\d+)+(?!{_W})
    | (?<!\w)e-{_W}+                                                    # e-mail, e-learning
    | {_W}+(?:\.(?:js|net|io)(?!{_W})|['’][a-ząćęłńóśźż]{{1,4}}(?!{_W}))?  # Node.js; Excel'a
    | .
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_INVISIBLE = dict.fromkeys([0xAD, *range(0x200B, 0x200E), 0x2060, 0xFEFF])
_NOT_WORDS = ("<", "&", "http://", "https://")


def iter_tokens(text: str) -> Iterator[tuple[int, str]]:
    """Yield the offset and text of every token, white space included; joined together they are the text."""
    for found in TOKEN.finditer(text):
        yield found.start(), found.group()


def normalise(token: str) -> str:
    """Return the form of a token to look up: NFC, lower case, without case endings after an apostrophe; empty for what is no word."""
    form = unicodedata.normalize("NFC", token.translate(_INVISIBLE)).lower()
    if form.startswith(_NOT_WORDS) or "@" in form:
        return ""
    form = form.replace("’", "'").partition("'")[0]
    if form == "r.":
        return "rok"
    if form != ".net":
        form = form.strip("._")
    return form if any(sign.isalnum() for sign in form) else ""
