"""Public helpers: names of operations, and what is known of statuses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fastapi_lite.routing.api import APIRoute


def generate_unique_id(route: APIRoute) -> str:
    """The id of an operation: its name, path and first method, without special characters."""
    name = re.sub(r"\W", "_", f"{route.name}{route.path_format}")
    return f"{name}_{min(route.methods).lower()}"


def is_body_allowed_for_status_code(status_code: int | str | None) -> bool:
    """Whether a response of this status has content; `default` and ranges such as `4XX` do."""
    if status_code is None or not str(status_code).isdecimal():
        return True
    status = int(status_code)
    return not (status < 200 or status in (204, 205, 304))


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
