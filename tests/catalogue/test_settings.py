"""Settings from the environment: strict, and every one described."""

from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from szlak.catalogue.errors import ConfigError
from szlak.catalogue.messages import Message, render
from szlak.catalogue.settings import Settings, default_data_dir


def test_nothing_need_be_set() -> None:
    """A first start works with what the machine says about the home folder."""
    settings = Settings.from_env({"HOME": "/home/ala"})
    assert settings.data_dir == Path("/home/ala/.local/share/szlak")
    assert settings.database_url == "sqlite:////home/ala/.local/share/szlak/szlak.db"
    assert (settings.host, settings.port, settings.language) == ("127.0.0.1", 8000, "pl")


def test_every_setting_is_read() -> None:
    """Each field has a variable, and its value arrives with its type."""
    environ = {
        "SZLAK_DATA_DIR": "/srv/szlak",
        "SZLAK_DATABASE_URL": "postgresql+psycopg://szlak@db/szlak",
        "SZLAK_HOST": "0.0.0.0",
        "SZLAK_PORT": "80",
        "SZLAK_LANGUAGE": "en",
        "SZLAK_MAX_TEXT_CHARS": "5",
        "SZLAK_MAX_UPLOAD_BYTES": "6",
        "SZLAK_ENCODER": "organisation/model",
        "SZLAK_ENCODER_REVISION": "main",
        "SZLAK_ENCODER_QUERY_PREFIX": "query: ",
        "SZLAK_ENCODER_DOCUMENT_PREFIX": "passage: ",
    }
    assert len(environ) == len(fields(Settings))
    settings = Settings.from_env(environ)
    assert settings == Settings(
        data_dir=Path("/srv/szlak"),
        database_url="postgresql+psycopg://szlak@db/szlak",
        host="0.0.0.0",
        port=80,
        language="en",
        max_text_chars=5,
        max_upload_bytes=6,
        encoder="organisation/model",
        encoder_revision="main",
        encoder_query_prefix="query: ",
        encoder_document_prefix="passage: ",
    )


def test_the_database_lies_in_the_data_folder_unless_named() -> None:
    """One variable moves everything."""
    assert Settings.from_env({"SZLAK_DATA_DIR": "/srv/szlak"}).database_url == "sqlite:////srv/szlak/szlak.db"


@pytest.mark.parametrize(
    ("environ", "folder"),
    [
        ({"XDG_DATA_HOME": "/data", "HOME": "/home/ala"}, "/data/szlak"),
        ({"XDG_DATA_HOME": "", "HOME": "/home/ala"}, "/home/ala/.local/share/szlak"),
        ({"XDG_DATA_HOME": "relative", "HOME": "/home/ala"}, "/home/ala/.local/share/szlak"),
        ({}, ".local/share/szlak"),
    ],
)
def test_the_data_folder_follows_the_desktop_standard(environ: dict[str, str], folder: str) -> None:
    """XDG_DATA_HOME counts when it is an absolute path, as the standard says."""
    assert default_data_dir(environ) == Path(folder)


def test_an_unknown_setting_is_an_error_that_lists_the_known_ones() -> None:
    """A misspelt variable must not silently do nothing."""
    with pytest.raises(ConfigError, match=r"Unknown setting SZLAK_PROT\. Known settings: .*SZLAK_PORT"):
        Settings.from_env({"SZLAK_PROT": "8000"})


@pytest.mark.parametrize("name", ["SZLAK_ENCODER_REVISION", "SZLAK_ENCODER_QUERY_PREFIX", "SZLAK_ENCODER_DOCUMENT_PREFIX"])
def test_more_about_an_encoder_that_is_not_named_is_an_error(name: str) -> None:
    """The shipped encoder has one revision and no prefixes; a setting that does nothing is a mistake."""
    with pytest.raises(ConfigError, match=f"Setting {name} means nothing without SZLAK_ENCODER"):
        Settings.from_env({name: "x"})


def test_variables_of_others_and_of_the_tests_are_left_alone() -> None:
    """Only this program's prefix is read, and what belongs to its tests is theirs."""
    assert Settings.from_env({"PORT": "x", "SZLAKETNY": "x", "SZLAK_TEST_POSTGRES_URL": "x", "HOME": "/h"}).port == 8000


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("SZLAK_PORT", value) for value in ("", " ", "0", "65536", "-1", "http", "80.5", "1_000", "9" * 5000)),
        *(("SZLAK_LANGUAGE", value) for value in ("", "de", "PL", "pl,en")),
        *(("SZLAK_MAX_TEXT_CHARS", value) for value in ("0", "-5", "many")),
        ("SZLAK_MAX_UPLOAD_BYTES", "10MB"),
        ("SZLAK_DATA_DIR", ""),
        ("SZLAK_DATA_DIR", "~nobody-of-this-name/szlak"),
        ("SZLAK_DATABASE_URL", " "),
        ("SZLAK_HOST", ""),
    ],
)
def test_an_unreadable_value_is_an_error_that_names_the_variable(name: str, value: str) -> None:
    """No value is replaced by a default in silence; what was expected is said in both languages."""
    with pytest.raises(ConfigError, match=f"Setting {name} cannot be read: expected ") as refusal:
        Settings.from_env({name: value})
    expected = refusal.value.message.params["expected"]
    assert isinstance(expected, Message)
    assert render(expected, "pl") in render(refusal.value.message, "pl")


def test_the_home_folder_may_be_written_as_a_tilde(monkeypatch: pytest.MonkeyPatch) -> None:
    """Service files and shells that do not expand it still mean the home folder."""
    monkeypatch.setenv("HOME", "/home/ala")
    assert Settings.from_env({"SZLAK_DATA_DIR": "~/szlak"}).data_dir == Path("/home/ala/szlak")


def test_every_setting_is_described() -> None:
    """The reference is made from these descriptions."""
    assert all(setting.metadata["description"].endswith(".") for setting in fields(Settings))


@pytest.mark.property
@given(st.dictionaries(st.sampled_from([f"SZLAK_{f.name.upper()}" for f in fields(Settings)]), st.text()))
def test_any_values_are_read_or_refused(environ: dict[str, str]) -> None:
    """No value fails in another way than by naming its variable."""
    try:
        port = Settings.from_env(environ).port
    except ConfigError as refusal:
        port = None
        named = refusal.message.params["name"]
    assert named in environ if port is None else 0 < port < 65536
