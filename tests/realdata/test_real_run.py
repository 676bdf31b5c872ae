"""The whole way on real data, once: nothing is lost, everything is linked, gaps and plans stand."""

from pathlib import Path

import pytest

from tests.conftest import SHARED
from tests.realdata.run import RealRun, run

pytestmark = pytest.mark.realdata


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> RealRun:
    return run(Path(tmp_path_factory.mktemp("real")), SHARED)


def test_all_of_esco_is_imported(found: RealRun) -> None:
    """Every skill, occupation and relation of the release is stored."""
    assert found.counts["ESCO: skill"] == 13_939
    assert found.counts["ESCO: occupation"] == 3_039
    assert found.counts["ESCO: essential"] + found.counts["ESCO: optional"] > 128_000


def test_no_record_is_lost(found: RealRun) -> None:
    """Every record that was read is stored or refused with a reason; here none is refused."""
    assert found.report is not None
    assert found.report.complete
    assert not found.report.invalid
    assert found.report.new == found.report.read
    assert found.counts["vacancies"] == 232 + 10
    assert found.counts["offers"] == 100


def test_every_credential_is_linked(found: RealRun) -> None:
    """Each outcome has its list of links."""
    assert found.counts["links"] > found.counts["credentials"]


def test_every_vacancy_is_read_and_two_in_five_ask_for_a_skill(found: RealRun) -> None:
    """Vacancies become skills. Most of the sample is of a few words ("own car", "willing to work") and names none for sure."""
    assert found.counts["vacancies read"] == 242
    assert found.counts["vacancies with at least one skill"] >= 97


def test_gaps_and_plans_stand_for_thirteen_targets(found: RealRun) -> None:
    """Ten vacancies and three occupations give a gap each, with all that the person said in it, and a plan with its bound."""
    assert len(found.gaps) == len(found.plans) == 13
    for gap in found.gaps:
        assert {skill.state for skill in gap.skills} >= {"have"}
    assert all(result.plans[0].name == "fullest" for result in found.plans)
    assert any(result.plans[0].offers for result in found.plans)
