"""Settings, read once from environment variables with the prefix SZLAK_."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Self

from szlak.catalogue.errors import ConfigError
from szlak.catalogue.messages import LANGUAGES, Message

PREFIX = "SZLAK_"
TEST_PREFIX = "SZLAK_TEST_"
"""Variables that belong to the tests, not to the program."""


def _positive(text: str) -> int:
    # int() alone would take "1_000" and digits of other scripts.
    if not (text.isascii() and text.isdigit()) or int(text) == 0:
        raise ValueError(text)
    return int(text)


def _port(text: str) -> int:
    number = _positive(text)
    if number > 65535:
        raise ValueError(text)
    return number


def _language(text: str) -> str:
    if text not in LANGUAGES:
        raise ValueError(text)
    return text


def _path(text: str) -> Path:
    # Absolute, so that one folder is one catalogue however it is written.
    try:
        return Path(text).expanduser().absolute()
    except RuntimeError:
        raise ValueError(text) from None


def default_data_dir(environ: Mapping[str, str]) -> Path:
    """Return the folder for data when none is named (XDG Base Directory Specification: a relative path there does not count)."""
    base = Path(environ.get("XDG_DATA_HOME", ""))
    return (base if base.is_absolute() else Path(environ.get("HOME", ".")) / ".local" / "share") / "szlak"


def _setting(description: str, expected: Message, read: Callable[[str], Any], default: Any = None) -> Any:  # noqa: ANN401 - a dataclass field may hold anything
    metadata = {"description": description, "expected": expected, "read": read}
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything that can be set. `data_dir` and `database_url` are always filled by `from_env`."""

    data_dir: Path = _setting(
        "Folder for the database (unless SZLAK_DATABASE_URL names one) and for derived files; in XDG_DATA_HOME when that is set.",
        Message("a path"),
        _path,
        Path("szlak"),
    )
    database_url: str = _setting(
        "Database as an SQLAlchemy URL; SQLite in the data folder when not set.",
        Message("a URL such as postgresql+psycopg://user@host/db"),
        str,
        "",
    )
    host: str = _setting("Address to listen on.", Message("an address"), str, "127.0.0.1")
    port: int = _setting("Port to listen on; the next free one is taken when it is in use.", Message("1 to 65535"), _port, 8000)
    language: str = _setting("Language of the command line.", Message("pl or en"), _language, "pl")
    max_text_chars: int = _setting("Longest text that is read or linked, in characters.", Message("a positive number"), _positive, 100_000)
    max_upload_bytes: int = _setting("Largest request body, in bytes.", Message("a positive number"), _positive, 10_000_000)
    encoder: str = _setting(
        "Sentence Transformers model that compares texts, from a folder or the Hugging Face hub; the shipped one when not set.",
        Message("a folder, or a name such as organisation/model"),
        str,
        "",
    )
    encoder_revision: str = _setting("Revision of that model; the newest when not set.", Message("a revision"), str, "")
    encoder_query_prefix: str = _setting(
        "What that model wants before a text that is looked up; its own prefix when not set.", Message("a text"), str, ""
    )
    encoder_document_prefix: str = _setting(
        "What that model wants before a text that is found; its own prefix when not set.", Message("a text"), str, ""
    )

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Self:
        """Read the settings.

        Raises:
            ConfigError: an unknown SZLAK_ variable, or a value that cannot be read; the variable is named.
        """
        known = {PREFIX + f.name.upper(): f for f in fields(cls)}
        for name in sorted(environ):
            if name.startswith(PREFIX) and not name.startswith(TEST_PREFIX) and name not in known:
                raise ConfigError(
                    Message("Unknown setting {name}. Known settings: {known}.", {"name": name, "known": ", ".join(sorted(known))})
                )
        values: dict[str, Any] = {}
        for name, setting in known.items():
            if name in environ:
                values[setting.name] = _read(name, environ[name], setting.metadata)
        _refuse_alone(values)
        values.setdefault("data_dir", default_data_dir(environ))
        values.setdefault("database_url", f"sqlite:///{values['data_dir'] / 'szlak.db'}")
        return cls(**values)


def _refuse_alone(values: Mapping[str, Any]) -> None:
    """Refuse what says more of an encoder when none is named: it would do nothing, in silence."""
    alone = next((name for name in values if name.startswith("encoder_") and "encoder" not in values), None)
    if alone is not None:
        raise ConfigError(Message("Setting {name} means nothing without SZLAK_ENCODER.", {"name": PREFIX + alone.upper()}))


def _read(name: str, text: str, metadata: Mapping[str, Any]) -> Any:  # noqa: ANN401 - the type is the setting's own
    try:
        if not text.strip():
            raise ValueError(text)
        return metadata["read"](text)
    except ValueError:
        raise ConfigError(
            Message(
                "Setting {name} cannot be read: expected {expected}, found “{found}”.",
                {"name": name, "expected": metadata["expected"], "found": text},
            )
        ) from None
