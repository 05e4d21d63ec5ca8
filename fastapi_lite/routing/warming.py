"""Compiling before the first connection what would be compiled for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi_lite.types import ASGIApp, Receive, Scope, Send


class LateApp:
    """An application that is compiled for its first connection, or when it is warmed up.

    `replace` is then called with what it has become.
    """

    __slots__ = ("compile", "compiled", "replace")

    def __init__(
        self, compile_: Callable[[], ASGIApp], replace: Callable[[ASGIApp], None] | None = None
    ) -> None:
        self.compile: Callable[[], ASGIApp] = compile_
        self.compiled: ASGIApp | None = None
        self.replace: Callable[[ASGIApp], None] | None = replace

    def warm_up(self) -> ASGIApp:
        """What it becomes."""
        if self.compiled is None:
            self.compiled = self.compile()
            if self.replace is not None:
                self.replace(self.compiled)
        return self.compiled

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection."""
        await self.warm_up()(scope, receive, send)


def warm_up(application: Any) -> None:
    """Warm up an application that can be, also beneath middleware that has it as `app`."""
    seen: set[int] = set()
    while application is not None and id(application) not in seen:
        if hasattr(application, "warm_up"):
            application.warm_up()
            return
        seen.add(id(application))
        application = getattr(application, "app", None)
