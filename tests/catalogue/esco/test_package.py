"""Packages on disk: what they are, of which version, and what is said when they are not."""

import zipfile
from pathlib import Path

import pytest

from szlak.catalogue.errors import FileUnreadable, ReleaseInvalid
from szlak.catalogue.esco.package import PORTAL_URL, choose_version, open_packages
from tests.catalogue.esco.packages import sound_tables, write_folder, write_zip


def version_of(*paths: Path, stated: str | None = None) -> str:
    with open_packages(paths) as packages:
        return choose_version(packages, stated)


def test_version_is_read_from_the_name_of_the_archive(tmp_path: Path) -> None:
    """The portal writes it into the file's name."""
    assert version_of(write_zip(tmp_path, sound_tables(), version="1.1.2")) == "1.1.2"


def test_version_is_read_from_a_folder_inside_the_archive(tmp_path: Path) -> None:
    """An archive packed anew keeps the folder's name."""
    path = write_zip(tmp_path, sound_tables(), inner="ESCO dataset - v1.2 - classification/")
    assert version_of(path.rename(tmp_path / "esco.zip")) == "1.2"


def test_version_is_read_from_the_name_of_the_folder(tmp_path: Path) -> None:
    """A folder unpacked from the archive keeps its name."""
    assert version_of(write_folder(tmp_path / "ESCO dataset - v1.1.1 - classification - pl - csv", sound_tables())) == "1.1.1"


@pytest.mark.parametrize("name", ["esco", "esco 4.12.2025", "dane-24.12", "v12.1"])
def test_version_that_cannot_be_told_is_asked_for(tmp_path: Path, name: str) -> None:
    """A date or a number is no version; the message names the option."""
    with pytest.raises(ReleaseInvalid, match="--version"):
        version_of(write_folder(tmp_path / name, sound_tables()))


@pytest.mark.parametrize("stated", ["1.2.1", "v1.2.1"])
def test_stated_version_serves_where_no_name_tells(tmp_path: Path, stated: str) -> None:
    """With or without the letter."""
    assert version_of(write_folder(tmp_path / "esco", sound_tables()), stated=stated) == "1.2.1"


@pytest.mark.parametrize("stated", ["", "latest", "1", "1.2.1.4"])
def test_stated_version_must_be_a_version(tmp_path: Path, stated: str) -> None:
    """What is not a version is refused."""
    with pytest.raises(ReleaseInvalid, match="is not a version"):
        version_of(write_folder(tmp_path / "esco", sound_tables()), stated=stated)


def test_packages_of_two_versions_are_refused(tmp_path: Path) -> None:
    """The message names both, the details say which is which."""
    paths = [write_zip(tmp_path, sound_tables(), version=version) for version in ("1.1.1", "1.2.1")]
    with pytest.raises(ReleaseInvalid, match=r"1\.1\.1, 1\.2\.1") as refused:
        version_of(*paths)
    assert len(refused.value.details) == 2


def test_stated_version_must_agree_with_the_names(tmp_path: Path) -> None:
    """Labels of one version must not be taken for another's."""
    with pytest.raises(ReleaseInvalid, match="more than one version"):
        version_of(write_zip(tmp_path, sound_tables(), version="1.1.1"), stated="1.2.1")


def test_no_path_is_refused() -> None:
    """There is nothing to read."""
    with pytest.raises(ReleaseInvalid, match="No package"):
        version_of()


def test_archive_without_skills_is_refused(tmp_path: Path) -> None:
    """The message says what is missing, what was expected and where to get it."""
    tables = sound_tables()
    del tables["skills"]
    with pytest.raises(ReleaseInvalid) as refused:
        version_of(write_zip(tmp_path, tables))
    assert "skills_*.csv is not in it" in str(refused.value)
    assert PORTAL_URL in str(refused.value)


def test_file_that_is_no_archive_is_refused(tmp_path: Path) -> None:
    """A CSV by itself is not a package."""
    path = tmp_path / "skills_pl.csv"
    path.write_text("conceptUri\n", encoding="utf-8")
    with pytest.raises(ReleaseInvalid, match="neither a ZIP nor a folder"):
        version_of(path)


def test_missing_file_is_unreadable(tmp_path: Path) -> None:
    """A mistyped path is said as such."""
    with pytest.raises(FileUnreadable, match="does not exist"):
        version_of(tmp_path / "none.zip")


def test_files_of_another_system_are_passed_over(tmp_path: Path) -> None:
    """What macOS and people add to an archive is no table."""
    path = write_zip(tmp_path, sound_tables())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("__MACOSX/._skills_pl.csv", b"\x00")
        archive.writestr("notes.txt", "…")
    with open_packages([path]) as (package,):
        assert len(package.members) == len(sound_tables())


def test_folder_in_a_folder_is_found(tmp_path: Path) -> None:
    """Unpacking often makes one."""
    write_folder(tmp_path / "out" / "ESCO dataset - v1.2.1 - classification - pl - csv", sound_tables())
    assert version_of(tmp_path / "out") == "1.2.1"


def test_same_path_twice_is_opened_once(tmp_path: Path) -> None:
    """Its rows would otherwise all be repetitions."""
    path = write_zip(tmp_path, sound_tables())
    with open_packages([path, path]) as packages:
        assert len(packages) == 1


def test_archive_cut_short_is_unreadable(tmp_path: Path) -> None:
    """A download that broke off is said to be damaged, not to be something else."""
    path = write_zip(tmp_path, sound_tables())
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(FileUnreadable, match="the archive is damaged"):
        version_of(path)
