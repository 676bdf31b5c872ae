"""Pure normalisation of text: cleaning, folding, keys, and removal of personal data.

Every function is total: any string gives a string. Cleaning and folding are idempotent.
"""

import hashlib
import re
import unicodedata

_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
_SPACES = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[^\w#+]+")
_STROKES = str.maketrans({"ł": "l", "Ł": "L", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe"})

_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_PHONE = re.compile(
    r"(?<![\w+/.,-])"
    r"(?:"
    r"(?:\+|00)48[\s-]?\d{3}[\s-]?\d{3}[\s-]?\d{3}"  # with the country's number
    r"|\d{3}[\s-]\d{3}[\s-]\d{3}"  # mobile, in threes
    r"|(?:\(\d{2}\)|\d{2})[\s-]\d{3}[\s-]\d{2}[\s-]\d{2}"  # landline, with area code
    r")(?![\w-])(?!\s?(?:zł|PLN|EUR|euro|€|%))"  # a sum of money is grouped alike
)
_CALLED_PHONE = re.compile(
    r"(\b(?:tel|telefon\w{0,5}|kom|komórk\w{0,3}|mobile|fax|faks)\b[\s.:]{0,4})"
    r"(?:\(?(?:\+|00)?48\)?[\s.-]?)?\d(?:[\s./()-]{0,2}\d){8}(?!\d)",
    re.IGNORECASE,
)
_PESEL = re.compile(r"(?<!\d)\d{11}(?!\d)")
_PESEL_WEIGHTS = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)


def clean(text: str) -> str:
    """Return the text in NFC without invisible and control characters, inner white space folded to single spaces."""
    visible = "".join(
        " " if c.isspace() else "" if unicodedata.category(c) in _INVISIBLE else c for c in unicodedata.normalize("NFC", text)
    )
    return unicodedata.normalize("NFC", _SPACES.sub(" ", visible).strip())


def fold(text: str) -> str:
    """Return the text in lower case without diacritics, as people type it in a hurry ("Księgowość" becomes "ksiegowosc")."""
    # Decomposing first: "𝐀" has no lower case of its own, the "A" in it has.
    lower = unicodedata.normalize("NFKD", text).casefold().translate(_STROKES)
    decomposed = unicodedata.normalize("NFKD", lower)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c))).translate(_STROKES)


def label_key(text: str) -> str:
    """Return the form under which two spellings of a name are the same name: cleaned, lower case, words only.

    "C#" and "C++" keep their signs; diacritics stay, for they tell words apart.
    """
    return clean(_NOT_WORD.sub(" ", clean(text).casefold()))


def text_key(text: str) -> str:
    """Return the identity of a text for links and decisions: 32 hexadecimal digits of its label key's SHA-256."""
    return hashlib.sha256(label_key(text).encode()).hexdigest()[:32]


def redact_personal(text: str) -> tuple[str, int]:
    """Replace e-mail addresses, Polish telephone numbers and PESEL numbers by marks.

    Returns:
        The text and the number of replacements.
    """
    text, emails = _EMAIL.subn("[E-MAIL]", text)
    pesels = sum(_is_pesel(number) for number in _PESEL.findall(text))
    text = _PESEL.sub(lambda found: "[PESEL]" if _is_pesel(found[0]) else found[0], text)
    text, called = _CALLED_PHONE.subn(r"\1[TELEFON]", text)
    text, phones = _PHONE.subn("[TELEFON]", text)
    return text, emails + pesels + called + phones


def _is_pesel(digits: str) -> bool:
    month, day = int(digits[2:4]) % 20, int(digits[4:6])
    checksum = sum(int(digit) * weight for digit, weight in zip(digits, _PESEL_WEIGHTS, strict=False))
    return 1 <= month <= 12 and 1 <= day <= 31 and (10 - checksum % 10) % 10 == int(digits[10])
