"""The OpenAPI document says what the API does, and what is committed is what it says."""

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator
from schemathesis.specs.openapi.checks import positive_data_acceptance

from szlak.catalogue.api import ApiServices
from szlak.catalogue.api.application import make_api
from szlak.catalogue.api.openapi import format_document
from szlak.ui import UiServices
from szlak.web import join

COMMITTED = Path(__file__).parents[3] / "docs" / "reference" / "openapi.json"
DOCUMENT = make_api().openapi()
OPERATIONS = [(path, method, operation) for path, methods in DOCUMENT["paths"].items() for method, operation in methods.items()]
NAMES = [f"{method} {path}" for path, method, _ in OPERATIONS]


def is_valid(value: object, schema: dict[str, Any]) -> bool:
    return Draft202012Validator({**schema, "components": DOCUMENT["components"]}).is_valid(value)


def test_the_committed_document_is_up_to_date() -> None:
    """A change of the API is seen in review; `python -m docs.generate` writes it."""
    assert COMMITTED.read_text(encoding="utf-8") == format_document(DOCUMENT)


@pytest.mark.parametrize("operation", [operation for *_, operation in OPERATIONS], ids=NAMES)
def test_every_operation_has_an_example_of_its_own_shape(operation: dict[str, Any]) -> None:
    """The example answer validates against the schema beside it."""
    content = operation["responses"]["200"]["content"]["application/json"]
    assert is_valid(content["example"], content["schema"])


@pytest.mark.parametrize("operation", [operation for *_, operation in OPERATIONS if "requestBody" in operation])
def test_every_body_has_an_example(operation: dict[str, Any]) -> None:
    """The examples of request bodies stand in the document."""
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    assert all(is_valid(example, schema) for example in schema["examples"])


@pytest.mark.parametrize("operation", [operation for *_, operation in OPERATIONS], ids=NAMES)
def test_every_problem_is_documented_as_one(operation: dict[str, Any]) -> None:
    """Each error status refers to the same schema under its own media type."""
    problems = {status: answer for status, answer in operation["responses"].items() if status >= "400"}
    assert problems.keys() >= {"422", "500", "503"}
    assert all(list(answer["content"]) == ["application/problem+json"] for answer in problems.values())


def test_no_reference_leads_nowhere() -> None:
    """Every $ref names a schema of the document."""
    names = DOCUMENT["components"]["schemas"].keys()
    found = {part.split('"')[0] for part in format_document(DOCUMENT).split('"#/components/schemas/')[1:]}
    assert found <= names


@pytest.fixture(scope="session")
def document_of(services: ApiServices) -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_asgi("/openapi.json", join(services, UiServices(find=services.find)))


@pytest.mark.property
@pytest.mark.parametrize(("path", "method"), [(path, method) for path, method, _ in OPERATIONS], ids=NAMES)
def test_whatever_is_asked_the_answer_is_as_documented(path: str, method: str, document_of: schemathesis.BaseSchema) -> None:
    """No failure of ours, only documented statuses, media types and shapes."""

    @given(case=document_of[path][method.upper()].as_strategy())
    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    def ask(case: schemathesis.Case) -> None:
        # A schema cannot say which filters, cursors and ids exist, so what fits it may still be refused.
        case.call_and_validate(excluded_checks=[positive_data_acceptance])

    ask()
