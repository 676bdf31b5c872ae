"""Whether the process lives, and whether it can serve."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from starlette.responses import Response

from szlak import __version__
from szlak.catalogue.api import examples
from szlak.catalogue.api.documents import answers
from szlak.catalogue.api.errors import KINDS, problem
from szlak.catalogue.api.schemas import Health, Ready
from szlak.catalogue.api.services import Services
from szlak.catalogue.errors import NotReady
from szlak.catalogue.messages import Message

router = APIRouter(tags=["operation"])


@router.get("/health", response_model=Health, responses=answers(examples.HEALTH))
def get_health() -> Health:
    """Say that the process answers. It asks nothing else, so it is 200 even when the database is gone."""
    return Health(version=__version__)


@router.get("/ready", response_model=Ready, responses=answers(examples.READY))
def get_readiness(request: Request, services: Services) -> Response:
    """Say whether every part answers; 503 names those that do not in `parts`."""
    parts = dict(services.readiness())
    absent = sorted(name for name, there in parts.items() if not there)
    if not absent:
        return JSONResponse(Ready(parts=parts).model_dump())
    detail = Message("Not there yet: {parts}.", {"parts": ", ".join(absent)})
    return problem(request, KINDS[NotReady], detail, parts=parts)
