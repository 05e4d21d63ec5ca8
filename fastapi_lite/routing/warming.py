"""Compiling before the first connection what would be compiled for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi_lite.types import ASGIApp, Receive, Scope, Send


class Warmable:
    """What can be compiled before its first connection."""

    __slots__ = ()

    def warm_up(self) -> Any:
        """Compile what would be compiled for the first connection; nothing unless somebody says so."""


class LateApp(Warmable):
    """An application that is compiled for its first connection, or when it is warmed up."""

    __slots__ = ("compile", "compiled")

    def __init__(self, compile_: Callable[[], ASGIApp]) -> None:
        self.compile: Callable[[], ASGIApp] = compile_
        self.compiled: ASGIApp | None = None

    def warm_up(self) -> ASGIApp:
        """What it becomes."""
        if self.compiled is None:
            self.compiled = self.compile()
        return self.compiled

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection."""
        await self.warm_up()(scope, receive, send)


def warm_up(application: Any) -> None:
    """Warm up an application of ours, also beneath middleware that has it as `app`."""
    seen: set[int] = set()
    while not isinstance(application, Warmable):
        seen.add(id(application))
        application = getattr(application, "app", None)
        if application is None or id(application) in seen:
            return
    application.warm_up()
