"""The application without services: routes, error handlers, and a document that says all of it."""

from typing import Any

from fastapi import Depends, FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from pydantic import TypeAdapter

from szlak import __version__
from szlak.catalogue.api import concepts, credentials, health, links, matching, review, vacancies
from szlak.catalogue.api.errors import add_error_handlers
from szlak.catalogue.api.schemas import Problem
from szlak.catalogue.api.validation import refuse_unknown_query
from szlak.catalogue.model.catalogue import Credential

PREFIX = "/api/v1"
ROOMS = (credentials, concepts, links, vacancies, matching, review, health)
_REF = "#/components/schemas/{model}"
# The format "time" of JSON Schema asks for an offset (RFC 3339), which a local time does not have.
_LOCAL_TIME = {"type": "string", "pattern": r"^\d{2}:\d{2}:\d{2}(\.\d+)?$", "description": "Local time in Poland."}
DESCRIPTION = (
    "Micro-credentials in Poland, their offers, the ESCO skills that they teach, and plans towards a job.\n\n"
    "Every error is a problem document (RFC 9457). Texts come in the language of Accept-Language (pl, en). "
    "What is null is unknown, not none. What is sent by POST is neither stored nor logged.\n\n"
    "This service uses the ESCO classification of the European Commission."
)


class Api(FastAPI):
    """FastAPI whose document knows our problem details and where the API is mounted."""

    def openapi(self) -> dict[str, Any]:
        """Return the document; made once."""
        if self.openapi_schema is None:
            self.openapi_schema = _build_document(self)
        return self.openapi_schema


def make_api() -> Api:
    """Return the routes and the document, with no services behind them."""
    api = Api(
        title="Szlak",
        version=__version__,
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        servers=[{"url": PREFIX}],
        root_path_in_servers=False,
        redirect_slashes=False,
        generate_unique_id_function=_operation_id,
        dependencies=[Depends(refuse_unknown_query)],
    )
    for room in ROOMS:
        api.include_router(room.router)
    add_error_handlers(api)
    api.state.query_names = _query_names(api.openapi())
    return api


def _build_document(api: FastAPI) -> dict[str, Any]:
    document = get_openapi(title=api.title, version=api.version, description=api.description, routes=api.routes, servers=api.servers)
    _restore_examples(document)
    schemas = document["components"]["schemas"]
    _add_schema(schemas, "Problem", Problem)
    record = _add_schema(schemas, "CredentialRecord", Credential)
    del record["properties"]["offers"]
    for name in ("CredentialOut", "CredentialAlone"):
        schemas[name]["properties"]["credential"] = {"$ref": _REF.format(model="CredentialRecord")}
    for name in ("from", "to"):
        schemas["Meeting"]["properties"][name]["anyOf"][0] = _LOCAL_TIME
    return document


def _restore_examples(document: dict[str, Any]) -> None:
    # FastAPI leaves null out of examples, where it says that something is unknown.
    for room in ROOMS:
        for route in room.router.routes:
            if isinstance(route, APIRoute):
                for method in route.methods or ():
                    answer = document["paths"][route.path_format][method.lower()]["responses"]["200"]
                    answer["content"]["application/json"]["example"] = route.responses[200]["content"]["application/json"]["example"]


def _add_schema(schemas: dict[str, Any], name: str, shape: type) -> dict[str, Any]:
    schema = TypeAdapter(shape).json_schema(mode="serialization", ref_template=_REF)
    for other, definition in schema.pop("$defs", {}).items():
        schemas.setdefault(other, definition)
    schemas[name] = {**schema, "title": name}
    return schemas[name]  # type: ignore[no-any-return]


def _query_names(document: dict[str, Any]) -> dict[tuple[str, str], frozenset[str]]:
    return {
        (path, method.upper()): frozenset(p["name"] for p in operation.get("parameters", ()) if p["in"] == "query")
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    }


def _operation_id(route: APIRoute) -> str:
    return route.name
