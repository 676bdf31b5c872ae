"""The services of the small catalogue, as the API and the pages take them."""

from szlak.catalogue.api import ApiServices
from szlak.catalogue.recommend.planner import HighsPlanner
from szlak.catalogue.services.find import Find
from szlak.catalogue.services.match import Match
from szlak.catalogue.services.review import Desk, Review
from szlak.ui import UiServices
from tests.fakes.catalogue import TODAY, SmallCatalogue

MAX_UPLOAD_BYTES = 200_000
MAX_TEXT_CHARS = 5_000
CURATOR = "Anna Kurator"


def make_desk(catalogue: SmallCatalogue, curator: str = CURATOR) -> Desk:
    return Desk(review=Review(catalogue, lambda: TODAY), curator=curator)


def make_api_services(catalogue: SmallCatalogue, desk: Desk | None = None) -> ApiServices:
    return ApiServices(
        find=Find(catalogue),
        match=Match(catalogue, HighsPlanner(), today=TODAY, max_text_chars=MAX_TEXT_CHARS),
        readiness=catalogue.readiness,
        max_upload_bytes=MAX_UPLOAD_BYTES,
        desk=desk,
    )


def make_ui_services(catalogue: SmallCatalogue, desk: Desk | None = None) -> UiServices:
    return UiServices(find=Find(catalogue), today=lambda: TODAY, desk=desk)
