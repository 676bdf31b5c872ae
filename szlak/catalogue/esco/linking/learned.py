"""Rankers that were learned on this machine: where they lie, and when they take the place of the shipped ones."""

import shutil
import tempfile
from pathlib import Path

from szlak.catalogue.errors import ConfigError, InputInvalid
from szlak.catalogue.esco.linking.ranker import SHIPPED, Ranker
from szlak.catalogue.messages import Message
from szlak.catalogue.model.linking import LinkTarget


def open_rankers(folder: Path) -> dict[LinkTarget, Ranker]:
    """Return the ranker of each target: the one that was learned if `folder` has one, otherwise the shipped one.

    Raises:
        ConfigError: a learned ranker is damaged, or was made by another version of this program.
    """
    return {target: _open(folder / target.value) or Ranker.load(SHIPPED / target.value) for target in LinkTarget}


def save_ranker(ranker: Ranker, folder: Path, target: LinkTarget) -> Path:
    """Put a ranker into its place in a folder, which is made if need be; return that place. What was there before goes.

    Raises:
        InputInvalid: the system refuses, or there is no room.
    """
    place = folder / target.value
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{target.value}-", dir=folder, ignore_cleanup_errors=True) as beside:
            new = Path(beside) / "new"
            new.mkdir()
            ranker.save(new)
            if place.exists():
                place.replace(Path(beside) / "old")
            new.replace(place)
    except OSError as error:
        params = {"path": str(place), "error": error.strerror or "?"}
        raise InputInvalid(Message("{path} cannot be written: the system says: {error}.", params)) from error
    return place


def forget_rankers(folder: Path) -> bool:
    """Remove what was learned; return whether there was anything.

    Raises:
        InputInvalid: the system refuses.
    """
    places = [folder / target.value for target in LinkTarget if (folder / target.value).exists()]
    for place in places:
        try:
            shutil.rmtree(place) if place.is_dir() else place.unlink()
        except OSError as error:
            params = {"path": str(place), "error": error.strerror or "?"}
            raise InputInvalid(Message("{path} cannot be removed: the system says: {error}.", params)) from error
    return bool(places)


def _open(place: Path) -> Ranker | None:
    if not place.exists():
        return None
    try:
        ranker = Ranker.load(place)
        # Two files of different rankers, or one that was changed by hand, would link differently under the same version.
        if not ranker.version.endswith(f"-{ranker.content_hash}"):
            raise ValueError
    except (OSError, ValueError) as error:
        raise ConfigError(
            Message(
                "The ranker that was learned here is damaged or of another version of this program. Delete the folder {path}, "
                "or run “szlak esco learn --reset”, to use the shipped one; then learn again.",
                {"path": str(place)},
            )
        ) from error
    return ranker
