"""Rankers that were learned: they take the place of the shipped ones, and are refused when they are not whole."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from szlak.catalogue.errors import ConfigError, InputInvalid
from szlak.catalogue.esco.linking.learned import forget_rankers, open_rankers, save_ranker
from szlak.catalogue.esco.linking.linker import load_rankers
from szlak.catalogue.esco.linking.ranker import Ranker, number_texts
from szlak.catalogue.model.linking import LinkTarget

SKILLS = LinkTarget.SKILLS
SHIPPED = load_rankers()


def make_ranker(first: float = 2.0) -> Ranker:
    shipped = SHIPPED[SKILLS]
    calibration = replace(shipped.calibration, weights=(first, *shipped.calibration.weights[1:]))
    return replace(shipped, calibration=calibration, fitted=number_texts(["spawa"]), calibrated=frozenset()).named("skills")


def test_without_any_the_shipped_ones_are_used(tmp_path: Path) -> None:
    """A folder that is not there is no fault."""
    assert {target: ranker.version for target, ranker in open_rankers(tmp_path / "none").items()} == {
        target: ranker.version for target, ranker in SHIPPED.items()
    }


def test_what_was_learned_is_preferred(tmp_path: Path) -> None:
    """Read back as it was, with what it has seen; the other target keeps the shipped one."""
    ranker = make_ranker()
    assert save_ranker(ranker, tmp_path / "rankers", SKILLS) == tmp_path / "rankers" / "skills"
    found = open_rankers(tmp_path / "rankers")
    assert (found[SKILLS].content_hash, found[SKILLS].version) == (ranker.content_hash, ranker.version)
    assert (found[SKILLS].fitted, found[SKILLS].calibrated) == (number_texts(["spawa"]), frozenset())
    assert found[LinkTarget.OCCUPATIONS].version == SHIPPED[LinkTarget.OCCUPATIONS].version


def test_the_later_one_replaces_the_earlier(tmp_path: Path) -> None:
    """Nothing of it is left behind."""
    save_ranker(make_ranker(1.0), tmp_path, SKILLS)
    save_ranker(make_ranker(3.0), tmp_path, SKILLS)
    assert open_rankers(tmp_path)[SKILLS].calibration.weights[0] == 3.0
    assert [path.name for path in tmp_path.iterdir()] == ["skills"]


def test_the_version_tells_the_content() -> None:
    """Other numbers have another version, the same ones the same; what it has seen does not matter to links."""
    assert make_ranker(1.0).version != make_ranker(3.0).version
    assert make_ranker().version == replace(make_ranker(), fitted=frozenset()).named("skills").version


def test_forgetting_goes_back_to_the_shipped(tmp_path: Path) -> None:
    """Once; the second time there is nothing."""
    save_ranker(make_ranker(), tmp_path, SKILLS)
    assert forget_rankers(tmp_path)
    assert not forget_rankers(tmp_path)
    assert open_rankers(tmp_path)[SKILLS].version == SHIPPED[SKILLS].version


def test_forgetting_removes_whatever_lies_in_the_place(tmp_path: Path) -> None:
    """A file where a folder belongs, too."""
    (tmp_path / SKILLS.value).write_bytes(b"")
    assert forget_rankers(tmp_path)
    assert open_rankers(tmp_path)[SKILLS].version == SHIPPED[SKILLS].version


def cut(place: Path) -> None:
    (place / "ranker.npz").write_bytes((place / "ranker.npz").read_bytes()[:-40])


def garble(place: Path) -> None:
    content = bytearray((place / "ranker.npz").read_bytes())
    content[200:260] = b"\xff" * 60
    (place / "ranker.npz").write_bytes(content)


def lose(place: Path) -> None:
    (place / "ranker.npz").unlink()


def no_json(place: Path) -> None:
    (place / "ranker.json").write_text("{", encoding="utf-8")


def no_object(place: Path) -> None:
    (place / "ranker.json").write_text("[]", encoding="utf-8")


def other_features(place: Path) -> None:
    change(place, "features", ["one"])


def other_borders(place: Path) -> None:
    change(place, "calibration", {**facts_of(place)["calibration"], "accept": 0.1})


def fewer_weights(place: Path) -> None:
    change(place, "calibration", {**facts_of(place)["calibration"], "weights": [1.0]})


def missing_fact(place: Path) -> None:
    change(place, "calibration", {})


def change(place: Path, name: str, value: object) -> None:
    (place / "ranker.json").write_text(json.dumps({**facts_of(place), name: value}), encoding="utf-8")


def facts_of(place: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((place / "ranker.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("harm", [cut, garble, lose, no_json, no_object, other_features, other_borders, fewer_weights, missing_fact])
def test_a_damaged_or_old_one_is_refused(tmp_path: Path, harm: object) -> None:
    """The folder to delete is named."""
    save_ranker(make_ranker(), tmp_path, SKILLS)
    harm(tmp_path / "skills")  # type: ignore[operator]
    with pytest.raises(ConfigError) as refused:
        open_rankers(tmp_path)
    assert str(tmp_path / "skills") in str(refused.value)


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "rankers").write_text("", encoding="utf-8")
    with pytest.raises(InputInvalid, match="rankers"):
        save_ranker(make_ranker(), tmp_path / "rankers", SKILLS)
