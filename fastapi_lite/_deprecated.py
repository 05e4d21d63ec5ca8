"""Functions that still work, and tell who calls them what to call instead."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing_extensions import deprecated as deprecated
else:
    # That of typing_extensions imports all of asyncio, which an import of this package can do without.
    def deprecated(
        message: str, *, category: type[Warning] = DeprecationWarning
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Warn with `message` at each call of the decorated function (PEP 702)."""

        def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
            @wraps(function)
            def warn_and_call(*args: Any, **kwargs: Any) -> Any:
                warnings.warn(message, category, stacklevel=2)
                return function(*args, **kwargs)

            function.__deprecated__ = warn_and_call.__deprecated__ = message
            return warn_and_call

        return decorate
