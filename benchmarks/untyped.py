"""The applications without types: one source, for Starlette and for fastapi_lite."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from benchmarks.domain import HELLO, MESSAGE, RESOURCES, ROUTERS


def applications(package: str) -> dict[str, Callable[[], Any]]:
    """What makes the application of each workload, with the `package` imported."""
    Starlette = import_module(f"{package}.applications").Starlette  # noqa: N806 - a class
    Route = import_module(f"{package}.routing").Route  # noqa: N806
    responses = import_module(f"{package}.responses")

    def text() -> Any:
        async def read(request: Any) -> Any:
            return responses.PlainTextResponse(HELLO)

        return Starlette(routes=[Route("/", read)])

    def json() -> Any:
        async def read(request: Any) -> Any:
            return responses.JSONResponse(MESSAGE)

        return Starlette(routes=[Route("/", read)])

    def sync() -> Any:
        def read(request: Any) -> Any:
            return responses.JSONResponse(MESSAGE)

        return Starlette(routes=[Route("/", read)])

    def routes() -> Any:
        async def read(request: Any) -> Any:
            return responses.JSONResponse({"thing_id": request.path_params["thing_id"]})

        return Starlette(
            routes=[
                Route(f"/section{number}/things{resource}{rest}", read, methods=[method])
                for number in range(ROUTERS)
                for resource in range(RESOURCES)
                for method, rest in [
                    ("POST", ""),
                    ("GET", ""),
                    ("DELETE", "/{thing_id:int}"),
                    ("GET", "/{thing_id:int}"),
                ]
            ]
        )

    return {"text": text, "json": json, "last-route": routes, "no-route": routes, "sync": sync}
