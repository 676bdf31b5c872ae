"""The OpenAPI document as the file that is committed."""

import json
from pathlib import Path
from typing import Any

from szlak.catalogue.api.application import make_api


def format_document(document: dict[str, Any]) -> str:
    """Return the document as it is committed."""
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def write_openapi(path: Path) -> None:
    """Write the document of the API to a file."""
    path.write_text(format_document(make_api().openapi()), encoding="utf-8")
