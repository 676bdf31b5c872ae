"""Official ESCO packages on disk: the classification in CSV of one or more languages, as a ZIP or unpacked in a folder."""

import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from szlak.catalogue.errors import ReleaseInvalid
from szlak.catalogue.messages import Message
from szlak.catalogue.readers import check_file, open_archive, unreadable

PORTAL_URL = "https://esco.ec.europa.eu/en/use-esco/download"
NEEDED = ("skills", "occupations")
_MEMBER = re.compile(r"([A-Za-z]+)_([a-z]{2})\.csv")
# One digit, then one or two: a date in a folder's name is no version.
_VERSION = re.compile(r"(?<![\w.])v?(\d\.\d{1,2}(?:\.\d{1,2})?)(?!\w|\.\d)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Member:
    """One CSV of a package: the table it holds, its language (ISO 639-1), its name for people, and how to open it."""

    table: str
    lang: str
    name: str
    size_bytes: int
    open: Callable[[], BinaryIO]


@dataclass(frozen=True, kw_only=True)
class Package:
    """A ZIP or folder that holds skills and occupations; `versions` are those that its names state."""

    path: Path
    versions: frozenset[str]
    members: tuple[Member, ...]


def not_esco(path: Path | str, reason: Message) -> ReleaseInvalid:
    """Return the error that says why this is no ESCO package, what was expected, and where to get it."""
    expected = Message(
        "Expected is ESCO's classification in CSV for one language, as the ZIP or the folder unpacked from it. "
        "Download it at {url}: version, “classification”, language, CSV.",
        {"url": PORTAL_URL},
    )
    return ReleaseInvalid(
        Message("{path} is not an ESCO package: {reason} {expected}", {"path": str(path), "reason": reason, "expected": expected})
    )


@contextmanager
def open_packages(paths: Sequence[Path]) -> Iterator[tuple[Package, ...]]:
    """Open packages for as long as the block lasts; the same place given twice is opened once.

    Raises:
        ReleaseInvalid: no path, or one that holds no skills or no occupations.
        FileUnreadable: a file is missing, damaged, or beyond the limits of `readers`.
    """
    if not paths:
        raise ReleaseInvalid(Message("No package is given. Download one at {url}.", {"url": PORTAL_URL}))
    with ExitStack() as stack:
        yield tuple(_open_package(path, stack) for path in dict.fromkeys(path.absolute() for path in paths))


def choose_version(packages: Sequence[Package], stated: str | None, unnamed: str | None = None) -> str:
    """Return the one version of all packages, from their names or as stated; `unnamed` where no name tells one and none is needed.

    Raises:
        ReleaseInvalid: the version cannot be told, or there is more than one.
    """
    if stated is not None and not _VERSION.fullmatch(stated):
        raise ReleaseInvalid(Message("“{version}” is not a version. Write it as 1.2.1.", {"version": stated}))
    named = {version: package.path.name for package in packages for version in package.versions}
    if stated is None and not named and unnamed is not None:
        return unnamed
    if stated is None:
        _check_named(packages)
    found = sorted({*named, *([stated.lower().removeprefix("v")] if stated else [])})
    if len(found) > 1:
        raise ReleaseInvalid(
            Message("The packages are of more than one version: {versions}. Import one version at a time.", {"versions": ", ".join(found)}),
            tuple(Message("{version}: {path}", {"version": version, "path": path}) for version, path in sorted(named.items())),
        )
    return found[0]


def _check_named(packages: Sequence[Package]) -> None:
    for package in packages:
        if not package.versions:
            raise ReleaseInvalid(
                Message(
                    "The version of {path} cannot be told from its name. Name it with --version, for example --version 1.2.1.",
                    {"path": str(package.path)},
                )
            )


def _open_package(path: Path, stack: ExitStack) -> Package:
    members = _folder_members(path) if _is_folder(path) else _archive_members(path, stack)
    tables = {member.table for member, _ in members}
    missing = [f"{table}_*.csv" for table in NEEDED if table not in tables]
    if missing:
        raise not_esco(path, Message("{files} is not in it.", {"files": ", ".join(missing)}))
    folders = {part for _, inner in members for part in inner.parts}
    versions = frozenset(version for name in (path.name, *folders) for version in _VERSION.findall(name))
    return Package(path=path, versions=versions, members=tuple(member for member, _ in members))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _archive_members(path: Path, stack: ExitStack) -> list[tuple[Member, PurePosixPath]]:
    check_file(path)
    if path.suffix.lower() != ".zip" and not zipfile.is_zipfile(path):
        raise not_esco(path, Message("it is neither a ZIP nor a folder."))
    archive = stack.enter_context(open_archive(path))
    infos = ((PurePosixPath(info.filename), info) for info in archive.infolist())
    return [
        (_member(match, f"{path.name}/{inner.name}", info.file_size, partial(_open_member, archive, info, path)), inner.parent)
        for inner, info in infos
        if (match := _MEMBER.fullmatch(inner.name))
    ]


def _folder_members(path: Path) -> list[tuple[Member, PurePosixPath]]:
    # Two levels: unpacking often puts a folder into a folder; deeper is not looked for, the path may be somebody's home.
    files = sorted({*path.glob("*.csv"), *path.glob("*/*.csv")})
    return [
        (
            _member(match, f"{path.name}/{file.name}", file.stat().st_size, partial(_open_file, file)),
            PurePosixPath(file.parent.relative_to(path)),
        )
        for file in files
        if (match := _MEMBER.fullmatch(file.name))
    ]


def _member(match: re.Match[str], name: str, size_bytes: int, opener: Callable[[], BinaryIO]) -> Member:
    return Member(table=match[1], lang=match[2], name=name, size_bytes=size_bytes, open=opener)


def _open_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path) -> BinaryIO:
    try:
        return cast(BinaryIO, archive.open(info))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
        raise unreadable(path, Message("the archive is damaged: {error}.", {"error": str(error)})) from error


def _open_file(path: Path) -> BinaryIO:
    check_file(path)
    try:
        return path.open("rb")
    except OSError as error:
        raise unreadable(path, Message("the system says: {error}.", {"error": error.strerror or "?"})) from error
