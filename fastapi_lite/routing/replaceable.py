"""Functions of `fastapi_lite.routing` that other packages replace at run time.

Instrumentation does so, to see every operation: whoever sets `fastapi_lite.routing.NAME` gets the
calls that would have gone to the function offered here under that name.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, TypeVar

Offered = TypeVar("Offered", bound=Callable[..., Any])

PACKAGE = "fastapi_lite.routing"
OFFERED: dict[str, Callable[..., Any]] = {}


def replaceable(function: Offered) -> Offered:
    """Offer `function` under its name."""
    OFFERED[function.__name__] = function
    return function


def current(name: str) -> Callable[..., Any]:
    """What stands under `name` now: what was offered, or its replacement."""
    offered = OFFERED[name]
    return getattr(sys.modules.get(PACKAGE), name, offered)


def is_replaced(*names: str) -> bool:
    """Whether something else stands under one of `names` than what was offered."""
    return any(current(name) is not OFFERED[name] for name in names)
