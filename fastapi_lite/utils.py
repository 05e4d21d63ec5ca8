"""Public helpers that FastAPI has here; but for one they live where they are used."""

from __future__ import annotations

from typing import Any

from fastapi_lite.dependencies.utils import create_model_field
from fastapi_lite.responses.base import is_body_allowed_for_status_code
from fastapi_lite.routing.options import generate_unique_id

__all__ = [
    "create_model_field",
    "deep_dict_update",
    "generate_unique_id",
    "is_body_allowed_for_status_code",
]


def deep_dict_update(main: dict[str, Any], more: dict[str, Any]) -> None:
    """Merge `more` into `main` in place: mappings key by key, lists one after the other."""
    for key, value in more.items():
        known = main.get(key)
        if isinstance(known, dict) and isinstance(value, dict):
            deep_dict_update(known, value)
        elif isinstance(known, list) and isinstance(value, list):
            main[key] = known + value
        else:
            main[key] = value
