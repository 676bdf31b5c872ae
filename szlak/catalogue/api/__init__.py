"""The HTTP API: JSON under /api/v1, one router a resource, problem details for every error."""

from szlak.catalogue.api.application import Api, make_api
from szlak.catalogue.api.body_limit import BodyLimit
from szlak.catalogue.api.language import AnswerHeaders
from szlak.catalogue.api.services import ApiServices

__all__ = ["ApiServices", "create_api"]


def create_api(services: ApiServices) -> Api:
    """Return the API over the services, to be mounted."""
    api = make_api()
    api.state.services = services
    api.add_middleware(BodyLimit, max_bytes=services.max_upload_bytes)
    api.add_middleware(AnswerHeaders)
    return api
