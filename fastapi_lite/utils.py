"""Public helpers that FastAPI has here; but for one they live where they are used."""

from __future__ import annotations

import re
from typing import Any, TypeVar

from fastapi_lite._deprecated import deprecated
from fastapi_lite.datastructures import DefaultPlaceholder
from fastapi_lite.dependencies.graph import path_param_names as get_path_param_names
from fastapi_lite.dependencies.utils import create_model_field
from fastapi_lite.exceptions import FastAPIDeprecationWarning
from fastapi_lite.responses.base import is_body_allowed_for_status_code
from fastapi_lite.routing.options import generate_unique_id

__all__ = [
    "create_model_field",
    "deep_dict_update",
    "generate_operation_id_for_path",
    "generate_unique_id",
    "get_path_param_names",
    "get_value_or_default",
    "is_body_allowed_for_status_code",
]

Value = TypeVar("Value")


def get_value_or_default(
    first_item: DefaultPlaceholder | Value, *extra_items: DefaultPlaceholder | Value
) -> DefaultPlaceholder | Value:
    """The first that somebody chose, the nearest given first; else the first, a default."""
    items = (first_item, *extra_items)
    return next((one for one in items if not isinstance(one, DefaultPlaceholder)), first_item)


@deprecated(
    "fastapi_lite.utils.generate_operation_id_for_path() was deprecated, it is not used "
    "internally, and will be removed soon",
    category=FastAPIDeprecationWarning,
)
def generate_operation_id_for_path(*, name: str, path: str, method: str) -> str:
    """An operation's id, made of its name, path and method."""
    return re.sub(r"\W", "_", f"{name}{path}") + f"_{method.lower()}"


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
