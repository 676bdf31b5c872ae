"""Documents say what the code does: generated pages are those of the code, links lead somewhere, licences are allowed ones."""

import json
import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from docs.generate import PAGES, REFERENCE, LicenceRefused, check_licences, format_page, iter_commands
from szlak.catalogue.records import parse_record
from szlak.cli.parser import build_parser

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def anchors_of(path: Path) -> set[str]:
    """The anchors of a page as GitHub makes them."""
    headings = HEADING.findall(path.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_that_of_the_code(name: str) -> None:
    """`make docs` would change nothing."""
    assert (REFERENCE / name).read_text(encoding="utf-8") == format_page(PAGES[name]())


def test_the_smallest_record_of_the_format_can_be_read() -> None:
    """The example in the reference is a record."""
    (example,) = re.findall(r"```json\n(.*?)```", (REFERENCE / "record-format.md").read_text(encoding="utf-8"), re.DOTALL)
    assert parse_record(json.loads(example))


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_links_lead_somewhere(path: Path) -> None:
    """Every link to a file of the repository, and every anchor in one, exists."""
    for target in LINK.findall(path.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        place, _, anchor = target.partition("#")
        found = (path.parent / place).resolve() if place else path
        assert found.exists(), target
        assert not anchor or anchor in anchors_of(found), target


def test_every_document_is_reached_from_the_index() -> None:
    """A page that nobody links to is not found by anybody."""
    reached, waiting = set[Path](), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or page.suffix != ".md" or not page.exists():
            continue
        reached.add(page)
        waiting += [(page.parent / link.partition("#")[0]).resolve() for link in LINK.findall(page.read_text(encoding="utf-8"))]
    assert set(DOCUMENTS) <= reached


def test_documents_name_only_commands_that_there_are() -> None:
    """Every `szlak …` line of a shell block is a command of the parser."""
    known = {name for name, _ in iter_commands(build_parser("en"))}
    for path in DOCUMENTS:
        for block in re.findall(r"```sh\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL):
            for line in re.findall(r"^(?:[A-Z_]+=\S+ )*((?:\.venv/bin/)?szlak [^-\n]*)", block, re.MULTILINE):
                words = line.replace(".venv/bin/", "").split()
                assert {" ".join(words[:2]), " ".join(words[:3])} & known, f"{name_of(path)}: {line}"


def test_the_licences_page_names_what_the_lock_installs() -> None:
    """Each package that the lock installs here is on the page, and the page names no other package."""
    page = (REFERENCE / "licences.md").read_text(encoding="utf-8")
    named = {
        re.sub(r"[-_.]+", "-", row[0]).lower(): row[2] for row in re.findall(r"^\| (\S+) \| (\S+) \| (.+) \|$", page, re.MULTILINE)[2:]
    }
    lock = re.findall(r"^([a-zA-Z0-9][^\\\n]*==[^\\\n]*?)\s*\\$", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE)
    locked = [Requirement(line) for line in lock]
    assert locked
    assert {r.name for r in locked if r.marker is None or r.marker.evaluate({"platform_system": "Linux", "sys_platform": "linux"})} <= set(
        named
    )
    assert set(named) <= {re.sub(r"[-_.]+", "-", r.name).lower() for r in locked}
    check_licences(named.items())


@pytest.mark.parametrize("licence", ["GPL-3.0-or-later", "AGPL-3.0", "GNU General Public License v3 (GPLv3)", "MIT OR GPL-2.0", "unknown"])
def test_a_forbidden_licence_is_refused(licence: str) -> None:
    """GPL and AGPL in any spelling, and a licence that nobody states, stop the page from being written."""
    with pytest.raises(LicenceRefused, match="some-package"):
        check_licences([("some-package", licence)])


@pytest.mark.parametrize("licence", ["MIT", "MPL-2.0", "LGPL-3.0-only", "GNU Lesser General Public License v3 (LGPLv3)"])
def test_an_allowed_licence_is_not_refused(licence: str) -> None:
    """Permissive licences, and those that ask only to stay unmodified."""
    check_licences([("some-package", licence)])
